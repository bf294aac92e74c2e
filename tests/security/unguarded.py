"""Addresses of which one has no guard."""

from __future__ import annotations

from django.urls import path

from tests.security.planted import unguarded, urlpatterns

urlpatterns = [*urlpatterns, path("everything/", unguarded, name="everything")]
