"""One line per screen."""

from __future__ import annotations

from django.urls import path

app_name = "placements"
urlpatterns: list[object] = []
_ = path
