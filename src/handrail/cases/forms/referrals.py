"""Asking another organisation, and its answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Organisation


class ReferForm(ActionForm):
    """To whom, and what is asked for."""

    act = _("Refer")

    receiver: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("Which organisation?"), queryset=None, to_field_name="uid", empty_label=_("Choose"))
    asks = forms.CharField(
        label=_("What do you ask for?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("The other organisation reads this. No health, no history, no status.")
    )

    def __init__(self, *args: Any, receivers: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].queryset = receivers  # type: ignore[attr-defined]
        self.fields["receiver"].label_from_instance = lambda one: one.name  # type: ignore[attr-defined]


class DeclineForm(ActionForm):
    """Why not."""

    act = _("Decline")

    reason = forms.CharField(label=_("Why not?"), max_length=300, help_text=_("So that the other side knows whom to ask instead."))
