"""The web face of the library's actions."""

from handrail.library.forms.practices import (
    AskForm,
    BeginForm,
    ContactForm,
    DraftForm,
    InviteForm,
    LinkForm,
    PublishForm,
    ReasonForm,
    ReviewForm,
    SortForm,
)
from handrail.library.forms.use import (
    AdoptForm,
    BarrierForm,
    BarrierReportForm,
    ChecklistForm,
    FilterForm,
    RemedyForm,
    ResultForm,
    TickForm,
)
from handrail.library.forms.words import ReviseForm, WordsForm

__all__ = [
    "AdoptForm", "AskForm", "BarrierForm", "BarrierReportForm", "BeginForm", "ChecklistForm", "ContactForm", "DraftForm", "FilterForm", "InviteForm", "LinkForm", "PublishForm",
    "ReasonForm", "RemedyForm", "ResultForm", "ReviewForm", "ReviseForm", "SortForm", "TickForm", "WordsForm",
]  # fmt: skip
