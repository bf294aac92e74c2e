"""One line per screen."""

from __future__ import annotations

from django.urls import URLPattern, path

from handrail.evidence.views import audit, change, ledger, sheets, signing, work

app_name = "evidence"
HOURS = "programmes/<uuid:uid>/hours"
urlpatterns: list[URLPattern] = [
    path(f"{HOURS}/", ledger.hours_ledger, name="hours"),
    path(f"{HOURS}/mine/", signing.my_months, name="hours_mine"),
    path(f"{HOURS}/countersign/", signing.countersign, name="hours_countersign"),
    path(f"{HOURS}/rules/", work.terms, name="terms"),
    path(f"{HOURS}/rules/add/", work.rule_add, name="rule_add"),
    path(f"{HOURS}/unit-costs/add/", work.unit_cost_add, name="unit_cost_add"),
    path(f"{HOURS}/sheets/", sheets.sheets, name="sheets"),
    path(f"{HOURS}/sheets/<str:name>.<str:kind>", sheets.sheet_download, name="sheet_download"),
    path(f"{HOURS}/<str:key>/", ledger.month, name="month"),
    path(f"{HOURS}/<str:key>/submit/", work.month_submit, name="month_submit"),
    path(f"{HOURS}/<str:key>/remind/", work.month_remind, name="month_remind"),
    path("participations/<uuid:uid>/hours/", ledger.person_hours, name="person_hours"),
    path("certificates/<uuid:uid>/", signing.certificate, name="certificate"),
    path("certificates/<uuid:uid>/confirm/", signing.certificate_confirm, name="certificate_confirm"),
    path("certificates/<uuid:uid>/object/", signing.certificate_object, name="certificate_object"),
    path("my-months/<str:token>/", signing.my_months_by_link, name="my_months_by_link"),
    path("objections/<uuid:uid>/", work.objection, name="objection"),
    path("programmes/<uuid:uid>/evidence/handed-in/", audit.evidence, name="evidence"),
    path("programmes/<uuid:uid>/samples/add/", audit.sample_draw, name="sample_draw"),
    path("samples/<uuid:uid>/", audit.sample, name="sample"),
    path("samples/<uuid:uid>/names.xlsx", audit.sample_names, name="sample_names"),
    path("programmes/<uuid:uid>/change/", change.change, name="change"),
]
