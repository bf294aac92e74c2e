"""The web face of the actions."""

from handrail.mentoring.forms.contacts import ContactForm, NextForm, NoteForm, ReachedForm
from handrail.mentoring.forms.mentors import (
    BackupForm,
    CardForm,
    ChangeForm,
    MatchForm,
    PreparedForm,
    RecruitForm,
    RelieveForm,
    TermsForm,
)

__all__ = [
    "BackupForm", "CardForm", "ChangeForm", "ContactForm", "MatchForm", "NextForm", "NoteForm", "PreparedForm", "ReachedForm", "RecruitForm", "RelieveForm",
    "TermsForm",
]  # fmt: skip
