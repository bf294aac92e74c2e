"""Letting somebody in again: the wish, and what the first administrator says."""

from __future__ import annotations

from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Recovery
from handrail.people.queries import account_of_address


class AskRecoveryForm(ActionForm):
    """The address that one signs in with."""

    act = _("Ask the administrators")
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class CheckedForm(ActionForm):
    """How an administrator made sure that it is the right person, and what was lost."""

    act = _("Open recovery")
    checked = forms.ChoiceField(label=_("How did you make sure who it is?"), choices=Recovery.Checked.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("What was lost?"), max_length=300, help_text=_("A few words, for example: new phone, the old one is broken. Nothing private."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class OpenRecoveryForm(CheckedForm):
    """The same for somebody who told an administrator, by the address that they sign in with."""

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("The one that the person signs in with."), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    field_order = ("email", "checked", "reason")

    def clean(self) -> dict[str, Any]:
        """The account stands for the address."""
        data = super().clean() or {}
        if email := data.pop("email", ""):
            data["account"] = account_of_address(email)
            if data["account"] is None:
                self.add_error("email", _("Nobody signs in with this address. Look at how it is spelt."))
        return data
