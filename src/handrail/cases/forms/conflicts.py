"""Keeping somebody away from a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from handrail.cases.models import Conflict
from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Person


class ConflictForm(ActionForm):
    """Who must not see the case, and why in one word."""

    act = _("Keep away")

    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=_("Who"), queryset=None, to_field_name="uid", empty_label=_("Choose"))
    tie = forms.ChoiceField(label=_("Why"), choices=Conflict.Tie.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.queryset = people  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.called  # type: ignore[attr-defined]
