"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.cases.views import cases, needs, notes

app_name = "cases"
urlpatterns = [
    path("programmes/<uuid:uid>/cases/", cases.case_list, name="case_list"),
    path("programmes/<uuid:uid>/cases/new/", cases.case_open, name="case_open"),
    path("cases/<uuid:uid>/", cases.case_detail, name="case_detail"),
    path("cases/<uuid:uid>/change/", cases.case_change, name="case_change"),
    path("cases/<uuid:uid>/languages/", cases.case_languages, name="case_languages"),
    path("cases/<uuid:uid>/give/", cases.case_give, name="case_give"),
    path("cases/<uuid:uid>/end/", cases.case_end, name="case_end"),
    path("cases/<uuid:uid>/again/", cases.case_reopen, name="case_reopen"),
    path("cases/<uuid:uid>/needs/", needs.need_note, name="need_note"),
    path("needs/<uuid:uid>/settle/", needs.need_settle, name="need_settle"),
    path("needs/<uuid:uid>/steps/", needs.step_plan, name="step_plan"),
    path("steps/<uuid:uid>/done/", needs.step_done, name="step_done"),
    path("cases/<uuid:uid>/sealed/", notes.note_seal, name="note_seal"),
    path("cases/<uuid:uid>/openings/", notes.openings, name="openings"),
    path("cases/<uuid:uid>/emergency/", notes.glass_break, name="glass_break"),
    path("sealed/<uuid:uid>/", notes.note_open, name="note_open"),
]
