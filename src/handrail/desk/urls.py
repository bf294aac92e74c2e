"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.start, name="start"),
    path("continue-as/", views.continue_as, name="continue_as"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<uuid:uid>/", views.outbox_mail, name="outbox_mail"),
    path("clock/", views.turn_clock, name="clock"),
    path("home/", views.home, name="home"),
    path("home/tasks/", views.tasks, name="tasks"),
    path("search/", views.search, name="search"),
    path("people/<uuid:uid>/", views.person, name="person"),
    path("programmes/<uuid:uid>/evidence/", views.evidence, name="evidence"),
    path("thread/<slug:kind>/<uuid:uid>/", views.thread, name="thread"),
]
