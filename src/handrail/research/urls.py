"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.research.views import findings, guides, studies

app_name = "research"
urlpatterns = [
    path("programmes/<uuid:uid>/studies/", studies.study_list, name="study_list"),
    path("programmes/<uuid:uid>/studies/new/", studies.study_open, name="study_open"),
    path("studies/<uuid:uid>/", studies.study, name="study"),
    path("studies/<uuid:uid>/partner/", studies.partner_add, name="partner_add"),
    path("studies/<uuid:uid>/group/", studies.group_add, name="group_add"),
    path("studies/groups/<uuid:uid>/words/", studies.consent_write, name="consent_write"),
    path("studies/<uuid:uid>/round/", studies.round_add, name="round_add"),
    path("studies/<uuid:uid>/questionnaire/", studies.survey_choose, name="survey_choose"),
    path("studies/<uuid:uid>/numbers/", studies.quotas, name="quotas"),
    path("studies/<uuid:uid>/collect/", studies.gather, name="gather"),
    path("studies/<uuid:uid>/guide/", guides.guide_add, name="guide_add"),
    path("guides/<uuid:uid>/", guides.guide, name="guide"),
    path("guides/<uuid:uid>/edit/", guides.guide_edit, name="guide_edit"),
    path("studies/<uuid:uid>/findings/", findings.finding_list, name="finding_list"),
    path("studies/<uuid:uid>/findings/new/", findings.finding_add, name="finding_add"),
    path("studies/<uuid:uid>/findings/order/", findings.finding_rank, name="finding_rank"),
    path("findings/<uuid:uid>/", findings.finding, name="finding"),
    path("findings/<uuid:uid>/edit/", findings.finding_edit, name="finding_edit"),
    path("findings/<uuid:uid>/answers/", findings.finding_count, name="finding_count"),
    path("findings/answers/<uuid:uid>/drop/", findings.count_drop, name="count_drop"),
    path("findings/<uuid:uid>/quotes/", findings.finding_quotes, name="finding_quotes"),
    path("findings/<uuid:uid>/show/", findings.finding_show, name="finding_show"),
]
