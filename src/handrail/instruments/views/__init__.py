"""Screens of questionnaires, rounds and answers."""

from handrail.instruments.views.answering import (
    answer,
    answer_later,
    answer_page,
    answer_review,
    answer_sent,
)
from handrail.instruments.views.aside import (
    set_aside_list,
    set_aside_settle,
)
from handrail.instruments.views.collecting import (
    collect,
    collect_kept,
    collect_sent,
    collect_worker,
    interview,
)
from handrail.instruments.views.collections import (
    collection_answers,
    collection_close,
    collection_device,
    collection_list,
    collection_open,
    collection_poster,
    collection_show,
    collection_tickets,
    device_end,
)
from handrail.instruments.views.openrosa import (
    form_list,
    form_manifest,
    form_xml,
    openrosa_root,
    submission,
)
from handrail.instruments.views.own import (
    answer_start,
    own_answers,
    own_submission,
)
from handrail.instruments.views.questionnaires import (
    questionnaire,
    questionnaire_download,
    questionnaire_upload,
    questionnaire_words,
)
from handrail.instruments.views.results import (
    collection_results,
    desk_trend,
    results,
    results_change,
    results_cross,
    results_list,
    scales,
)
from handrail.instruments.views.rounds import (
    round_close,
    round_invite,
    round_list,
    round_open,
    round_remind,
    round_send,
    round_show,
)

__all__ = [
    "answer",
    "answer_later",
    "answer_page",
    "answer_review",
    "answer_sent",
    "answer_start",
    "collect",
    "collect_kept",
    "collect_sent",
    "collect_worker",
    "collection_answers",
    "collection_close",
    "collection_device",
    "collection_list",
    "collection_open",
    "collection_poster",
    "collection_results",
    "collection_show",
    "collection_tickets",
    "desk_trend",
    "device_end",
    "form_list",
    "form_manifest",
    "form_xml",
    "interview",
    "openrosa_root",
    "own_answers",
    "own_submission",
    "questionnaire",
    "questionnaire_download",
    "questionnaire_upload",
    "questionnaire_words",
    "results",
    "results_change",
    "results_cross",
    "results_list",
    "round_close",
    "round_invite",
    "round_list",
    "round_open",
    "round_remind",
    "round_send",
    "round_show",
    "scales",
    "set_aside_list",
    "set_aside_settle",
    "submission",
]
