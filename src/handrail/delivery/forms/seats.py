"""Inviting people, and saying why."""

from __future__ import annotations

from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _


class ReasonForm(ActionForm):
    """Why; may be left out where the action allows it."""

    reason = forms.CharField(label=_("Why"), max_length=300, required=False)


class InviteForm(ActionForm):
    """Whom to invite: people by their uid, named as the inviter may name them."""

    persons = forms.MultipleChoiceField(
        label=_("People"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one person.")}
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = people  # type: ignore[attr-defined]
