"""The kit's own addresses: preferences, the gallery."""

from __future__ import annotations

from django.urls import path

from handrail.kit import views

app_name = "kit"
urlpatterns = [
    path("preferences/", views.preferences, name="preferences"),
    path("ui/", views.gallery, name="gallery"),
    path("tasks/<uuid:uid>/", views.task_progress, name="task"),
    path("tasks/<uuid:uid>/stop/", views.task_stop, name="task_stop"),
]
