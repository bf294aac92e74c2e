"""Coming in by invitation."""

from __future__ import annotations

from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _

PASSWORD_HELP = _("At least 12 characters. A sentence of your own is easy to remember and hard to guess. You may paste it.")


class ChoosePasswordForm(ActionForm):
    """The password that an invitation asks for."""

    act = _("Choose password and sign in")
    password = forms.CharField(
        label=_("Password"), help_text=PASSWORD_HELP, strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Password once more"), strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Both are the same; only one goes to the action."""
        data = super().clean() or {}
        again = data.pop("again", None)
        if again is not None and "password" in data and again != data["password"]:
            self.add_error("again", _("The two passwords differ. Write the same one twice."))
        return data


class AskInvitationForm(ActionForm):
    """The address that a new invitation goes to."""

    act = _("Send a new link")
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
