"""Everything that changes questionnaires, rounds and answers."""

from handrail.instruments.actions.answers import Answered, AnswersWrong, submit_all_answers, submit_answers
from handrail.instruments.actions.aside import settle_set_aside
from handrail.instruments.actions.books import Part, mark_health, set_split, use_scale
from handrail.instruments.actions.collections import close_collection, open_collection
from handrail.instruments.actions.forgetting import forget_in_rounds
from handrail.instruments.actions.mails import link_for, mail_invitation, mail_reminder
from handrail.instruments.actions.questionnaires import check_questionnaire, publish_questionnaire
from handrail.instruments.actions.rounds import (
    close_overdue_rounds,
    close_round,
    invite_to_round,
    open_round,
    open_round_for,
    remind,
    send_invitations,
)
from handrail.instruments.actions.tallies import add_up, count_responses, recount

__all__ = [
    "Answered",
    "AnswersWrong",
    "Part",
    "add_up",
    "check_questionnaire",
    "close_collection",
    "close_overdue_rounds",
    "close_round",
    "count_responses",
    "forget_in_rounds",
    "invite_to_round",
    "link_for",
    "mail_invitation",
    "mail_reminder",
    "mark_health",
    "open_collection",
    "open_round",
    "open_round_for",
    "publish_questionnaire",
    "recount",
    "remind",
    "send_invitations",
    "set_split",
    "settle_set_aside",
    "submit_all_answers",
    "submit_answers",
    "use_scale",
]
