"""Forms of planning."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms

from handrail.competences.models import Competence
from handrail.kit import clock
from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.planning.models import OrganisationalPlan

MEASURES = 6


def day(label: Any, **options: Any) -> forms.DateField:
    """A date, chosen or written."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class AskPlanForm(ActionForm):
    """What a plan is asked for."""

    first = day(_("First day"))
    last = day(_("Last day"))
    budget = forms.DecimalField(
        label=_("Budget for sessions and travel"), min_value=Decimal(0), max_digits=12, decimal_places=2, localize=True, help_text=_("In the programme's currency.")
    )
    hours = forms.IntegerField(label=_("Hours each at most"), min_value=1, max_value=200, initial=16, help_text=_("For full time; part time in proportion."))
    absence_share = forms.DecimalField(
        label=_("Away at once, per cent of a unit"), min_value=Decimal(1), max_value=Decimal(100), initial=20,
        help_text=_("In one half day. At least one person may always go. A unit may set its own number."),
    )  # fmt: skip
    travel = forms.BooleanField(label=_("People may travel to another municipality"), required=False, initial=True)
    travel_cost = forms.DecimalField(label=_("Cost of such a journey"), min_value=Decimal(0), max_digits=8, decimal_places=2, initial=150, localize=True)

    def clean(self) -> dict[str, Any]:
        """Per cent becomes a share."""
        data = super().clean() or {}
        if data.get("absence_share") is not None:
            data["absence_share"] = data["absence_share"] / 100
        return data


class PinForm(ActionForm):
    """A decision, with its reason."""

    kind = forms.CharField(widget=forms.HiddenInput)
    session = forms.UUIDField(widget=forms.HiddenInput)
    person = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(label=_("Why?"), max_length=300, help_text=_("Others read it beside the plan. No names, nothing about health."))


class OrganisationalPlanForm(ActionForm):
    """A municipality's plan with its measures."""

    owner = forms.ChoiceField(label=_("Who owns the plan"))
    aim = forms.CharField(label=_("What the municipality aims at"), widget=forms.Textarea(attrs={"rows": 4}))
    decided_on = day(_("Decided on"))
    review_on = day(_("Looked at again on"), help_text=_("Beyond the project's end, so that it lasts."))

    def __init__(self, *args: Any, owners: dict[str, str], competences: list[Competence], people: dict[str, Person], current: OrganisationalPlan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.by_uid = people, {str(one.uid): one for one in competences}
        self.fields["owner"].choices = list(owners.items())  # type: ignore[attr-defined]
        choices = [("", _("no particular one")), *((str(one.uid), str(one.name)) for one in competences)]
        measures = list(current.measures.all()) if current else []
        for number in range(MEASURES):
            known = measures[number] if number < len(measures) else None
            self.fields[f"action_{number}"] = forms.CharField(
                label=_("Measure %(number)d") % {"number": number + 1}, required=False, max_length=400, initial=known.action if known else ""
            )
            self.fields[f"competence_{number}"] = forms.ChoiceField(
                label=_("Competence"), required=False, choices=choices, initial=str(known.competence.uid) if known and known.competence else ""
            )
            self.fields[f"due_{number}"] = day(_("Done by"), required=False, initial=known.due_on if known else clock.today() + timedelta(days=180))
        if current:
            self.fields["owner"].initial, self.fields["aim"].initial = str(current.owner.uid), current.aim
        self.fields["decided_on"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        """What the action takes."""
        data = super().clean() or {}
        measures = []
        for number in range(MEASURES):
            action, due = str(data.pop(f"action_{number}", "") or "").strip(), data.pop(f"due_{number}", None)
            competence = self.by_uid.get(data.pop(f"competence_{number}", ""))
            if action and due is None:
                self.add_error(f"due_{number}", _("Say by when this is done."))
            elif action:
                measures.append({"action": action, "due_on": due, "competence": competence})
        if data.get("owner"):
            data["owner"] = self.people[data["owner"]]
        return {**data, "measures": measures}
