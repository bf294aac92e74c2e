"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.start, name="start"),
    path("home/", views.home, name="home"),
    path("home/tasks/", views.tasks, name="tasks"),
    path("search/", views.search, name="search"),
]
