"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.support.views import by_link, guidance, questions

app_name = "support"
urlpatterns = [
    path("programmes/<uuid:uid>/questions/", questions.question_list, name="question_list"),
    path("programmes/<uuid:uid>/questions/duty/", questions.duty, name="duty"),
    path("programmes/<uuid:uid>/questions/guidance/", guidance.guidance_list, name="guidance_list"),
    path("programmes/<uuid:uid>/questions/guidance/new/", guidance.guidance_write, name="guidance_write"),
    path("programmes/<uuid:uid>/questions/playbooks/<slug:code>/", guidance.playbook, name="playbook"),
    path("programmes/<uuid:uid>/questions/answer-times/", guidance.times, name="times"),
    path("companies/<uuid:uid>/questions/", questions.company_history, name="company_history"),
    path("companies/<uuid:uid>/questions/new/", questions.question_ask, name="question_ask"),
    path("questions/<uuid:uid>/", questions.question, name="question"),
    path("questions/<uuid:uid>/answer/", questions.question_answer, name="question_answer"),
    path("questions/<uuid:uid>/give/", questions.question_give, name="question_give"),
    path("questions/<uuid:uid>/close/", questions.question_close, name="question_close"),
    path("questions/<uuid:uid>/keep/", guidance.guidance_keep, name="guidance_keep"),
    path("guidance/<uuid:uid>/", guidance.guidance_change, name="guidance_change"),
    path("guidance/<uuid:uid>/withdraw/", guidance.guidance_withdraw, name="guidance_withdraw"),
    path("duties/<uuid:uid>/end/", questions.duty_end, name="duty_end"),
    path("company/<str:token>/ask/", by_link.company_ask, name="company_ask"),
    path("company/<str:token>/often-asked/", by_link.company_guidance, name="company_guidance"),
    path("company/<str:token>/playbooks/<slug:code>/", by_link.company_playbook, name="company_playbook"),
    path("company/<str:token>/answer-times/", by_link.company_times, name="company_times"),
]
