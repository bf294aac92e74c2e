"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.placements.views import companies, funnel, placements

app_name = "placements"
urlpatterns = [
    path("programmes/<uuid:uid>/companies/", companies.company_list, name="company_list"),
    path("programmes/<uuid:uid>/companies/new/", companies.company_add, name="company_add"),
    path("companies/<uuid:uid>/", companies.company_detail, name="company_detail"),
    path("companies/<uuid:uid>/change/", companies.company_change, name="company_change"),
    path("companies/<uuid:uid>/withdraw/", companies.company_withdraw, name="company_withdraw"),
    path("companies/<uuid:uid>/contacts/", companies.contact_add, name="contact_add"),
    path("contacts/<uuid:uid>/end/", companies.contact_end, name="contact_end"),
    path("companies/<uuid:uid>/positions/", companies.position_offer, name="position_offer"),
    path("positions/<uuid:uid>/close/", companies.position_close, name="position_close"),
    path("cases/<uuid:uid>/placement/", placements.placement_agree, name="placement_agree"),
    path("placements/<uuid:uid>/", placements.placement_detail, name="placement_detail"),
    path("placements/<uuid:uid>/sign/", placements.placement_sign, name="placement_sign"),
    path("placements/<uuid:uid>/prepare/", placements.placement_prepare, name="placement_prepare"),
    path("placements/<uuid:uid>/start/", placements.placement_start, name="placement_start"),
    path("placements/<uuid:uid>/call-off/", placements.placement_call_off, name="placement_call_off"),
    path("placements/<uuid:uid>/extend/", placements.placement_extend, name="placement_extend"),
    path("placements/<uuid:uid>/complete/", placements.placement_complete, name="placement_complete"),
    path("placements/<uuid:uid>/stop/", placements.placement_stop, name="placement_stop"),
    path("follow-ups/<uuid:uid>/", placements.follow_up, name="follow_up"),
    path("cases/<uuid:uid>/work/<str:clock>/", placements.status_note, name="status_note"),
    path("programmes/<uuid:uid>/funnel/", funnel.funnel, name="funnel"),
    path("programmes/<uuid:uid>/funnel/people/<str:step>/", funnel.funnel_people, name="funnel_people"),
    path("programmes/<uuid:uid>/funnel/bring-in/", funnel.histories, name="histories"),
    path("programmes/<uuid:uid>/funnel/empty.xlsx", funnel.histories_empty, name="histories_empty"),
]
