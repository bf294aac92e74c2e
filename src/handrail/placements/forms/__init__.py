"""What is filled in about companies and placements."""

from handrail.placements.forms.companies import CompanyForm, ContactForm, FilterForm, PositionForm
from handrail.placements.forms.matching import (
    AgainForm,
    AskForm,
    AsksForm,
    CompanyRefuseForm,
    DecideForm,
    ExcludeForm,
    ReachForm,
    RefuseForm,
    WayChoiceForm,
    WayForm,
    WishesForm,
)
from handrail.placements.forms.placements import AgreeForm, ExtendForm, FollowUpForm, HistoriesForm, StatusForm, StopForm

__all__ = [
    "AgainForm", "AgreeForm", "AskForm", "AsksForm", "CompanyForm", "CompanyRefuseForm", "ContactForm", "DecideForm", "ExcludeForm", "ExtendForm",
    "FilterForm", "FollowUpForm", "HistoriesForm", "PositionForm", "ReachForm", "RefuseForm", "StatusForm", "StopForm", "WayChoiceForm", "WayForm",
    "WishesForm",
]  # fmt: skip
