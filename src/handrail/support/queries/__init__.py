"""Finds questions, guidance and figures, starting from who asks."""

from handrail.support.queries.guidance import (
    guidance_by_uid,
    guidance_found,
    guidance_of,
    guidance_offered,
    guidance_visible_to,
    known_names,
)
from handrail.support.queries.owners import (
    coordinators_of,
    duties_of,
    duties_visible_to,
    helpers_of,
    helpers_to_choose,
    owner_for,
)
from handrail.support.queries.questions import (
    contacts_of,
    history_of,
    open_questions_of,
    overdue_questions,
    placements_to_ask_about,
    question_by_uid,
    questions_listed,
    questions_of_company,
    questions_shown_to,
    questions_visible_to,
    questions_waiting_for,
)
from handrail.support.queries.times import TimesShown, agreed_then, agreed_today, times_of

__all__ = [
    "TimesShown", "agreed_then", "agreed_today", "contacts_of", "coordinators_of", "duties_of", "duties_visible_to", "guidance_by_uid", "guidance_found", "guidance_of", "guidance_offered",
    "guidance_visible_to", "helpers_of", "helpers_to_choose", "history_of", "known_names", "open_questions_of", "overdue_questions", "owner_for", "placements_to_ask_about", "question_by_uid",
    "questions_listed", "questions_of_company", "questions_shown_to", "questions_visible_to", "questions_waiting_for", "times_of",
]  # fmt: skip
