"""From the decision to the last day, and afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Organisation
from handrail.placements.models import Placement, Position, WorkStatus
from handrail.placements.queries import Offer, positions_offered


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, picked on a calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class AgreeForm(ActionForm):
    """Which position, from when to when, how many hours."""

    act = _("Decide on this")

    position: forms.ModelChoiceField[Position] = forms.ModelChoiceField(label=_("Position"), queryset=None, to_field_name="uid", empty_label=_("Choose"))
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last agreed day"))
    hours = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=48)
    adaptations = forms.CharField(label=_("Agreed with the company"), required=False, max_length=300, help_text=_("Such as a quiet room or a later start: what, never why."))
    over_limit_reason = forms.CharField(label=_("Why this company may go beyond its number"), required=False, max_length=300, help_text=_("Only where it has as many people already as its size allows."))

    def __init__(self, *args: Any, offers: Sequence[Offer], hours: int | None, today: date, weeks: int, **kwargs: Any) -> None:
        initial = {"hours": hours, "starts_on": today, "ends_on": today + timedelta(weeks=weeks, days=-1)}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        field = self.fields["position"]
        field.queryset = positions_offered(offers)  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.company.name}: {one.title}"  # type: ignore[attr-defined]


class ExtendForm(ActionForm):
    """Until when, and why."""

    act = _("Let it go on")

    until = day_field(_("New last day"))
    reason = forms.CharField(label=_("Why"), max_length=300)


class StopForm(ActionForm):
    """Why it stops early, and on which day."""

    act = _("Stop it")

    reason = forms.ChoiceField(label=_("Why"), choices=Placement.Reason.choices, widget=forms.RadioSelect)
    ended_on = day_field(_("Last day"), required=False, help_text=_("Today, unless you write another day."))


class FollowUpForm(ActionForm):
    """What both sides say."""

    act = _("Save the talk")

    participant_says = forms.CharField(label=_("The participant says"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    company_says = forms.CharField(label=_("The company says"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    done_on = day_field(_("Day"), required=False, help_text=_("Today, unless you write another day."))


class StatusForm(ActionForm):
    """What somebody does now, and by which evidence."""

    act = _("Save")

    does = forms.ChoiceField(label=_("What does the person do?"), choices=WorkStatus.Does.choices, widget=forms.RadioSelect)
    evidence = forms.ChoiceField(label=_("Evidence of work"), choices=WorkStatus.Evidence.choices, help_text=_("In work counts with evidence alone; without it, it stands as claimed."))


class HistoriesForm(ActionForm):
    """A workbook of people with their histories."""

    act = _("Bring them in")

    file = forms.FileField(label=_("Workbook"), help_text=_("XLSX or CSV, one row for each stay and placement."))
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("Whose caseworkers accompany them"), queryset=None, to_field_name="uid", empty_label=None)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
