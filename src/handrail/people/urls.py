"""One line per screen."""

from __future__ import annotations

from django.urls import URLPattern, path

from handrail.people import views

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("invitation/<str:token>/", views.invitation_accept, name="invitation"),
]
