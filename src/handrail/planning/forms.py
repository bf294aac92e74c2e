"""Forms of planning."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from handrail.competences.models import Competence
from handrail.delivery.models import Session
from handrail.kit import clock
from handrail.kit.forms import ActionForm, MoneyField
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.planning.models import OrganisationalPlan
from handrail.planning.queries import CalledOff

MEASURES = 6  # lines for measures on the form, and always two empty ones


def day(label: Any, **options: Any) -> forms.DateField:
    """A date, chosen or written."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class LimitsForm(ActionForm):
    """The limits within which people are planned."""

    hours = forms.IntegerField(
        label=_("Hours each at most"), min_value=1, max_value=200, initial=16, help_text=_("In full time; part time in proportion. Seats given already count.")
    )
    absence_share = forms.DecimalField(
        label=_("Away at once, per cent of a unit"), min_value=Decimal(1), max_value=Decimal(100), initial=20,
        help_text=_("In one half day. One person may always go; a unit may have set its own number."),
    )  # fmt: skip
    travel = forms.BooleanField(label=_("People may travel to another municipality"), required=False, initial=True)
    travel_cost = MoneyField(label=_("What such a journey costs"), initial=150)

    def clean(self) -> dict[str, Any]:
        """Per cent becomes a share."""
        data = super().clean() or {}
        if data.get("absence_share") is not None:
            data["absence_share"] = data["absence_share"] / 100
        return data


class AskPlanForm(LimitsForm):
    """What a plan is asked for."""

    first = day(_("First day"))
    last = day(_("Last day"))
    budget = MoneyField(label=_("Budget for sessions and journeys"), help_text=_("Suggested is half of what all possible sessions cost."))
    field_order = ("first", "last", "budget")


class WhatIfForm(LimitsForm):
    """Other limits for the sessions still to come."""

    budget = MoneyField(label=_("Money for all sessions still to come"), help_text=_("Suggested is what the planned ones cost. Write more or less."))
    field_order = ("budget",)


class ReplanForm(ActionForm):
    """Which cancellations are answered, and within what."""

    cancelled = forms.MultipleChoiceField(label=_("Sessions that were called off"), widget=forms.CheckboxSelectMultiple)
    money = MoneyField(label=_("Money for new sessions"), help_text=_("Suggested is what the cancelled ones would have cost."))
    notice_days = forms.IntegerField(
        label=_("Days of notice"), min_value=0, max_value=90, help_text=_("Nobody is moved in what starts sooner. Ask them yourself if it must be.")
    )

    def __init__(self, *args: Any, sessions: Sequence[CalledOff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = {str(one.session.uid): one.session for one in sessions}
        self.fields["cancelled"].choices = [(str(one.session.uid), one.words) for one in sessions]  # type: ignore[attr-defined]

    def clean_cancelled(self) -> list[Session]:
        """The sessions themselves."""
        return [self.sessions[uid] for uid in self.cleaned_data["cancelled"]]


class PinForm(ActionForm):
    """The reason of a decision; what is decided stands in the hidden fields and is checked by the query that finds it."""

    kind = forms.CharField(widget=forms.HiddenInput, required=False)
    session = forms.CharField(widget=forms.HiddenInput, required=False)
    person = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label=_("Why?"), max_length=300, help_text=_("Others read it beside the plan. No names, nothing about health."))


class OrganisationalPlanForm(ActionForm):
    """A municipality's plan with its measures; a measure that is left as it was keeps the day it was done."""

    owner = forms.ChoiceField(label=_("Who owns the plan"))
    aim = forms.CharField(label=_("What the municipality aims at"), widget=forms.Textarea(attrs={"rows": 4}))
    decided_on = day(_("Decided on"))
    review_on = day(_("Looked at again on"), help_text=_("Beyond the programme's end, so that it lasts."))

    def __init__(
        self, *args: Any, owners: dict[str, tuple[Person, str]], competences: list[Competence], current: OrganisationalPlan | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owners, self.by_uid = owners, {str(one.uid): one for one in competences}
        self.known = list(current.measures.all()) if current else []
        self.fields["owner"].choices = [(uid, name) for uid, (_person, name) in owners.items()]  # type: ignore[attr-defined]
        choices = [("", _("No particular one")), *((str(one.uid), str(one.name)) for one in competences)]
        self.lines = max(MEASURES, len(self.known) + 2)
        for number in range(self.lines):
            known = self.known[number] if number < len(self.known) else None
            self.fields[f"action_{number}"] = forms.CharField(
                label=_("Measure %(number)d") % {"number": number + 1}, required=False, max_length=400, initial=known.action if known else ""
            )
            self.fields[f"competence_{number}"] = forms.ChoiceField(
                label=_("Competence"), required=False, choices=choices, initial=str(known.competence.uid) if known and known.competence else ""
            )
            self.fields[f"due_{number}"] = day(_("Done by"), required=False, initial=known.due_on if known else None)
        self.fields["decided_on"].initial = clock.today()
        if current:
            self.fields["owner"].initial, self.fields["aim"].initial = str(current.owner.uid), current.aim

    @property
    def measures(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The lines for measures: what is done, which competence, by when."""
        return [(self[f"action_{number}"], self[f"competence_{number}"], self[f"due_{number}"]) for number in range(self.lines)]

    def clean(self) -> dict[str, Any]:
        """What the action takes."""
        data = super().clean() or {}
        measures = []
        for number in range(self.lines):
            action, due = str(data.pop(f"action_{number}", "") or "").strip(), data.pop(f"due_{number}", None)
            competence = self.by_uid.get(data.pop(f"competence_{number}", ""))
            known = self.known[number] if number < len(self.known) else None
            done_on = known.done_on if known and known.action == action else None
            if action and due is None and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", _("Say by when this is done."))
            elif action:
                measures.append({"action": action, "due_on": due, "competence": competence, "done_on": done_on})
        if data.get("owner"):
            data["owner"] = self.owners[data["owner"]][0]
        return {**data, "measures": measures}
