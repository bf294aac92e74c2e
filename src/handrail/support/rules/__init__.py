"""What is true of questions, clocks, guidance and playbooks: plain Python, no database."""

from handrail.support.rules.clocks import Agreed, agreed_for, answer_due, is_working_day, working_minutes
from handrail.support.rules.playbooks import Playbook, playbook, playbooks
from handrail.support.rules.privacy import candidate_names, capitals_inside, contact_details
from handrail.support.rules.times import Asked, Month, by_month
from handrail.support.rules.words import score, telling_words

__all__ = [
    "Agreed", "Asked", "Month", "Playbook", "agreed_for", "answer_due", "by_month", "candidate_names", "capitals_inside", "contact_details", "is_working_day", "playbook",
    "playbooks", "score", "telling_words", "working_minutes",
]  # fmt: skip
