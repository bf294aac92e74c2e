"""Choosing, enrolling and marking participants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Employment, Organisation, Unit

MARKS = [(value, label) for value, label in Employment.Contact.choices if value != Employment.Contact.UNKNOWN]


MOST_UNITS = 60


class FilterForm(forms.Form):
    """What the list shows, kept in the address."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    organisation = forms.ChoiceField(label=_("Municipality"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    contact = forms.ChoiceField(label=_("Contact with newcomers"), required=False, choices=[("", _("all")), *Employment.Contact.choices])
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)  # kept while one narrows

    def __init__(self, *args: Any, organisations: Sequence[Organisation], units: Iterable[Unit], with_names: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("organisation", organisations, at_least=2)
        first = list(islice(units, MOST_UNITS + 1))
        self.is_searched = len(first) > MOST_UNITS
        if self.is_searched:  # more than anybody reads through, and each a line of the page
            self.fields["unit"] = forms.CharField(label=_("Unit"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
        else:
            self._offer("unit", first, at_least=1)
        if not with_names:
            del self.fields["q"]

    def _offer(self, name: str, rows: Iterable[Organisation | Unit], *, at_least: int) -> None:
        choices = [(str(row.uid), str(row)) for row in rows]
        if len(choices) < at_least:
            del self.fields[name]
        else:
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """What the address asks for; nonsense counts as nothing."""
        self.is_valid()
        names = {"q": "words", "organisation": "organisation", "unit": "unit", "contact": "contact"}
        names["unit"] = "units" if self.is_searched else "unit"
        return {target: str(self.cleaned_data.get(name) or "") for name, target in names.items()}

    @property
    def narrows(self) -> bool:
        """Whether fewer than all are asked for."""
        return any(self.chosen().values())


class MarkForm(ActionForm):
    """Mark the chosen participants."""

    act = _("Mark")
    contact = forms.ChoiceField(label=_("Contact with newcomers"), choices=MARKS)


class EnrolForm(ActionForm):
    """The units whose staff take part."""

    act = _("Enrol")
    units = forms.MultipleChoiceField(
        label=_("Units"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one unit.")}
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = choices  # type: ignore[attr-defined]
