"""Screens of questionnaires, rounds and answers."""

from handrail.instruments.views.answering import answer, answer_later, answer_page, answer_review, answer_sent
from handrail.instruments.views.aside import set_aside_list, set_aside_settle
from handrail.instruments.views.own import answer_start, own_answers, own_submission
from handrail.instruments.views.questionnaires import questionnaire, questionnaire_download, questionnaire_upload
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
    "collection_results",
    "desk_trend",
    "own_answers",
    "own_submission",
    "questionnaire",
    "questionnaire_download",
    "questionnaire_upload",
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
]
