"""One line per screen."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "competences"
urlpatterns: list[URLPattern] = []
