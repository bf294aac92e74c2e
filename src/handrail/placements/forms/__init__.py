"""What is filled in about companies and placements."""

from handrail.placements.forms.companies import CompanyForm, ContactForm, FilterForm, PositionForm
from handrail.placements.forms.placements import AgreeForm, ExtendForm, FollowUpForm, HistoriesForm, StatusForm, StopForm

__all__ = ["AgreeForm", "CompanyForm", "ContactForm", "ExtendForm", "FilterForm", "FollowUpForm", "HistoriesForm", "PositionForm", "StatusForm", "StopForm"]
