"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.planning import views

app_name = "planning"
urlpatterns = [
    path("programmes/<uuid:uid>/plans/", views.plans, name="plans"),
    path("programmes/<uuid:uid>/plans/ask/", views.plan_ask, name="plan_ask"),
    path("programmes/<uuid:uid>/plans/what-if/", views.what_if_ask, name="what_if_ask"),
    path("programmes/<uuid:uid>/plans/replan/", views.replan_ask, name="replan_ask"),
    path("plans/<uuid:uid>/", views.plan, name="plan"),
    path("plans/<uuid:uid>/adopt/", views.plan_adopt, name="plan_adopt"),
    path("plans/<uuid:uid>/pin/", views.pin, name="pin"),
    path("pins/<uuid:uid>/lift/", views.pin_lift, name="pin_lift"),
    path("programmes/<uuid:uid>/organisational-plans/", views.organisational_plans, name="organisational_plans"),
    path("programmes/<uuid:uid>/organisational-plans/<uuid:organisation>/", views.organisational_plan_write, name="organisational_plan_write"),
    path("organisational-plans/<uuid:uid>/", views.organisational_plan, name="organisational_plan"),
    path("organisational-plans/<uuid:uid>/done/<int:measure>/", views.measure_done, name="measure_done"),
]
