"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.curriculum import views

app_name = "curriculum"
urlpatterns = [
    path("programmes/<uuid:uid>/modules/", views.module_list, name="module_list"),
    path("programmes/<uuid:uid>/modules/new/", views.module_add, name="module_add"),
    path("modules/<uuid:uid>/", views.module_detail, name="module_detail"),
    path("modules/<uuid:uid>/change/", views.module_change, name="module_change"),
    path("modules/<uuid:uid>/retire/", views.module_retire, name="module_retire"),
    path("modules/<uuid:uid>/outcomes/new/", views.outcome_add, name="outcome_add"),
    path("outcomes/<uuid:uid>/change/", views.outcome_change, name="outcome_change"),
    path("outcomes/<uuid:uid>/remove/", views.outcome_remove, name="outcome_remove"),
]
