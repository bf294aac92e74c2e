"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.instruments import views

app_name = "instruments"
urlpatterns = [
    path("programmes/<uuid:uid>/rounds/", views.round_list, name="rounds"),
    path("programmes/<uuid:uid>/rounds/open/", views.round_open, name="round_open"),
    path("programmes/<uuid:uid>/rounds/questionnaire/", views.questionnaire_upload, name="questionnaire_upload"),
    path("programmes/<uuid:uid>/rounds/set-aside/", views.set_aside_list, name="set_aside_list"),
    path("rounds/set-aside/<uuid:uid>/", views.set_aside_settle, name="set_aside_settle"),
    path("questionnaires/<uuid:uid>/", views.questionnaire, name="questionnaire"),
    path("questionnaires/<uuid:uid>/xlsform/", views.questionnaire_download, name="questionnaire_download"),
    path("questionnaires/<uuid:uid>/words/", views.questionnaire_words, name="questionnaire_words"),
    path("rounds/<uuid:uid>/", views.round_show, name="round"),
    path("rounds/<uuid:uid>/invite/", views.round_invite, name="round_invite"),
    path("rounds/<uuid:uid>/send/", views.round_send, name="round_send"),
    path("rounds/<uuid:uid>/remind/", views.round_remind, name="round_remind"),
    path("rounds/<uuid:uid>/close/", views.round_close, name="round_close"),
    path("programmes/<uuid:uid>/collections/", views.collection_list, name="collections"),
    path("questionnaires/<uuid:uid>/collect/", views.collection_open, name="collection_open"),
    path("collections/<uuid:uid>/", views.collection_show, name="collection"),
    path("collections/<uuid:uid>/poster/", views.collection_poster, name="collection_poster"),
    path("collections/<uuid:uid>/links/", views.collection_tickets, name="collection_tickets"),
    path("collections/<uuid:uid>/answers/", views.collection_answers, name="collection_answers"),
    path("collections/<uuid:uid>/close/", views.collection_close, name="collection_close"),
    path("collections/<uuid:uid>/device/", views.collection_device, name="collection_device"),
    path("collections/<uuid:uid>/fill/<str:channel>/", views.interview, name="interview"),
    path("devices/<uuid:uid>/end/", views.device_end, name="device_end"),
    path("c/<str:token>/", views.collect, name="collect"),
    path("c/worker.js", views.collect_worker, name="collect_worker"),
    path("c/<str:token>/kept/", views.collect_kept, name="collect_kept"),
    path("c/<str:token>/sent/", views.collect_sent, name="collect_sent"),
    path("c/<str:token>/<str:secret>/", views.collect, name="collect_ticket"),
    path("openrosa/<str:token>/", views.openrosa_root, name="openrosa_root"),
    path("openrosa/<str:token>/formList", views.form_list, name="form_list"),
    path("openrosa/<str:token>/forms/<uuid:uid>/form.xml", views.form_xml, name="form_xml"),
    path("openrosa/<str:token>/forms/<uuid:uid>/manifest.xml", views.form_manifest, name="form_manifest"),
    path("openrosa/<str:token>/submission", views.submission, name="submission"),
    path("programmes/<uuid:uid>/results/", views.results_list, name="results_list"),
    path("programmes/<uuid:uid>/desk/", views.desk_trend, name="desk_trend"),
    path("questionnaires/<uuid:uid>/scales/", views.scales, name="scales"),
    path("collections/<uuid:uid>/results/", views.collection_results, name="collection_results"),
    path("results/<uuid:uid>/", views.results, name="results"),
    path("results/<uuid:uid>/cross/", views.results_cross, name="results_cross"),
    path("results/<uuid:uid>/change/", views.results_change, name="results_change"),
    path("my/answers/", views.own_answers, name="own_answers"),
    path("my/answers/<uuid:uid>/", views.own_submission, name="own_submission"),
    path("my/answers/<uuid:uid>/start/", views.answer_start, name="answer_start"),
    path("a/<str:token>/", views.answer, name="answer"),
    path("a/<str:token>/<uuid:uid>/review/", views.answer_review, name="answer_review"),
    path("a/<str:token>/<uuid:uid>/later/", views.answer_later, name="answer_later"),
    path("a/<str:token>/<uuid:uid>/sent/", views.answer_sent, name="answer_sent"),
    path("a/<str:token>/<uuid:uid>/<int:number>/", views.answer_page, name="answer_page"),
]
