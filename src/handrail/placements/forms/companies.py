"""Companies, contacts, positions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from handrail.cases.rules import languages
from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.placements.models import Company, Contact
from handrail.placements.rules import demand_items

LEVELS = [("", "–"), ("A1", "A1"), ("A2", "A2"), ("B1", "B1"), ("B2", "B2"), ("C1", "C1")]


class FilterForm(forms.Form):
    """What the list of companies shows, kept in the address."""

    q = forms.CharField(label=_("Name, number or field"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, regions: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(regions) < 2:
            del self.fields["region"]
        else:
            self.fields["region"].choices = [("", _("all")), *((one, one) for one in regions)]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """What the address asks for; nonsense counts as nothing."""
        self.is_valid()
        return {"words": str(self.cleaned_data.get("q") or ""), "region": str(self.cleaned_data.get("region") or "")}

    @property
    def narrows(self) -> bool:
        """Whether fewer than all are asked for."""
        return any(self.chosen().values())


class CompanyForm(ActionForm):
    """A company with its size and region."""

    act = _("Save the company")

    name = forms.CharField(label=_("Name"), max_length=200)
    registration = forms.CharField(label=_("Number in the public register"), max_length=30, required=False)
    ordinary_staff = forms.IntegerField(label=_("Ordinary staff"), min_value=0, max_value=100_000, help_text=_("People employed on ordinary terms; it says how many the company may take in at once."))
    region = forms.CharField(label=_("Region"), max_length=60)
    municipality = forms.CharField(label=_("Municipality"), max_length=60, required=False)
    town = forms.CharField(label=_("Town"), max_length=60, required=False, help_text=_("Where one goes to work."))
    field = forms.CharField(label=_("What the company does"), max_length=100, required=False)
    follows = forms.IntegerField(label=_("People it can guide at once"), min_value=0, max_value=1000, required=False, help_text=_("Where its own staff has time for fewer than its size allows."))

    def __init__(self, *args: Any, company: Company | None = None, **kwargs: Any) -> None:
        if company is not None:
            kwargs["initial"] = {name: getattr(company, name) for name in ("name", "registration", "ordinary_staff", "region", "municipality", "town", "field", "follows")}
        super().__init__(*args, **kwargs)


class ContactForm(ActionForm):
    """Whom to ring."""

    act = _("Save the contact")

    name = forms.CharField(label=_("Name"), max_length=150)
    does = forms.CharField(label=_("What they do there"), max_length=100, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


class PositionForm(ActionForm):
    """What somebody could do there."""

    act = _("Offer it")

    title = forms.CharField(label=_("Title"), max_length=150)
    tasks = forms.CharField(label=_("Tasks, one a line"), widget=forms.Textarea(attrs={"rows": 4}))
    hours = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=48, initial=25)
    language = forms.ChoiceField(label=_("Language at work"), required=False)
    language_level = forms.ChoiceField(label=_("How much of it"), required=False, choices=LEVELS)
    demands = forms.MultipleChoiceField(label=_("The work asks for"), required=False, widget=forms.CheckboxSelectMultiple)
    supervisor: forms.ModelChoiceField[Contact] = forms.ModelChoiceField(label=_("At their side"), queryset=None, required=False, to_field_name="uid", empty_label=_("Not named yet"))
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=50, initial=1)

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("None")), *languages()]  # type: ignore[attr-defined]
        self.fields["demands"].choices = demand_items()  # type: ignore[attr-defined]
        field = self.fields["supervisor"]
        field.queryset = company.contacts.filter(ended_on=None)  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.name  # type: ignore[attr-defined]

    def clean_tasks(self) -> list[str]:
        """One sentence a line."""
        return str(self.cleaned_data["tasks"]).splitlines()
