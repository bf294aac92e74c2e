"""What is true of mentors and calls, and the lifeline's texts."""

from handrail.mentoring.rules.calls import awake_after, is_quiet, next_turn, wakes_at
from handrail.mentoring.rules.mentors import LONGEST, check_capacity, check_contact, check_place, is_too_quiet
from handrail.mentoring.rules.texts import FALLBACK, Language, language, languages, put, read_languages, text

__all__ = [
    "FALLBACK", "LONGEST", "Language", "awake_after", "check_capacity", "check_contact", "check_place", "is_quiet", "is_too_quiet", "language",
    "languages", "next_turn", "put", "read_languages", "text", "wakes_at",
]  # fmt: skip
