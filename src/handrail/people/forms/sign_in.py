"""The account library's forms in our words: a label above each field, no placeholder, and help for password managers."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms

from handrail.kit.text import _

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


class SignInForm(OurWords, account.LoginForm):  # type: ignore[misc]
    """Address and password."""


class ResetForm(OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """The address that a link goes to."""


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by a link from a mail."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password, knowing the old one."""


class ConfirmPasswordForm(OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""


class CodeForm(OurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code of the second factor, while signing in."""


class ConfirmCodeForm(OurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code of the second factor, before something that matters."""


class ActivateForm(OurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app, which is also the second factor of this session."""

    def clean_code(self) -> str:
        """The right code was shown: the gate need not ask for the next one."""
        code = str(super().clean_code())
        record_authentication(context.request, self.user, method="mfa", type="totp")
        return code
