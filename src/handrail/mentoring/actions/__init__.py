"""Everything that changes mentors, mentorships, lifelines and calls."""

from handrail.mentoring.actions.calls import (
    answer_call,
    ask_for_mentor,
    close_call,
    end_calls_of,
    escalate,
    report_reached,
    take_call_back,
)
from handrail.mentoring.actions.contacts import agree_next_contact, keep_note, log_contact
from handrail.mentoring.actions.forgetting import end_with_stay, forget_in_mentoring, keep_mentor_away
from handrail.mentoring.actions.lifelines import end_lifeline, make_lifeline, set_terms, switch_language
from handrail.mentoring.actions.mentors import (
    change_mentor,
    let_mentor_go,
    match_mentor,
    name_backup,
    prepare_mentor,
    recruit_mentor,
    relieve_mentor,
)

__all__ = [
    "agree_next_contact", "answer_call", "ask_for_mentor", "change_mentor", "close_call", "end_calls_of", "end_lifeline", "end_with_stay", "escalate",
    "forget_in_mentoring", "keep_mentor_away", "keep_note", "let_mentor_go", "log_contact", "make_lifeline", "match_mentor", "name_backup", "prepare_mentor", "recruit_mentor",
    "relieve_mentor", "report_reached", "set_terms", "switch_language", "take_call_back",
]  # fmt: skip
