"""Labels and help of ours on the account library's forms."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms

from handrail.kit.text import _
from handrail.people import queries

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your password now"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": _("Six-digit code"),
}
NEW_PASSWORD = _("At least 12 characters. A sentence of your own is easy to remember and hard to guess. You may paste it.")
HELP = {"password1": NEW_PASSWORD}


class OurWords(forms.Form):
    """Labels and help of ours on a form of the library; what fills in and pastes keeps working."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)
        if "login" in self.fields:
            self.fields["login"].widget.attrs["autocomplete"] = "username"
        if "code" in self.fields:
            self.fields["code"].widget.attrs.update(inputmode="text", autocomplete="one-time-code", autofocus=True)


class Factors:
    """Which second factors whoever is asked has: the page offers those."""

    user: Any

    @cached_property
    def factors(self) -> frozenset[str]:
        """Read once a page."""
        return queries.second_factors(self.user)

    @property
    def has_app(self) -> bool:
        """Whether an app with codes is set up."""
        return "totp" in self.factors

    @property
    def has_passkey(self) -> bool:
        """Whether there is a passkey."""
        return "webauthn" in self.factors


def code_words(form: Any) -> None:
    """Where only a recovery code can be written, the field says so; beside a passkey it does not take the focus."""
    field = form.fields["code"]
    if not form.has_app:
        field.label = _("Recovery code")
    if form.has_passkey:
        field.widget.attrs.pop("autofocus", None)
