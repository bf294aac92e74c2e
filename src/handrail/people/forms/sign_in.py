"""The account library's forms in our words: a label above each field, no placeholder, and help for password managers."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp

from handrail.people import queries
from handrail.people.forms.passkeys import SignInPasskeyForm
from handrail.people.forms.words import Factors, OurWords, code_words


class SignInForm(OurWords, account.LoginForm):  # type: ignore[misc]
    """Address and password, and beside them the passkey."""

    @property
    def passkey(self) -> SignInPasskeyForm:
        """The form of the other button on this page."""
        return SignInPasskeyForm()


class ResetForm(OurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """The address that a link goes to."""

    users: list[Any]

    def clean_email(self) -> str:
        """Whoever is being let in again has the administrators' link and no other: a mailbox alone must not open the account."""
        email = str(super().clean_email())
        self.users = [account for account in self.users if not queries.awaits_recovery(account)]
        return email


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by a link from a mail."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password, knowing the old one."""


class ConfirmPasswordForm(OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""


class CodeForm(Factors, OurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code of the second factor, while signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code_words(self)


class ConfirmCodeForm(Factors, OurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code of the second factor, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code_words(self)


class ActivateForm(Factors, OurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app, which is also the second factor of this session."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.pop("autofocus", None)  # the passkey stands before it

    def clean_code(self) -> str:
        """The right code was shown: the gate need not ask for the next one."""
        code = str(super().clean_code())
        record_authentication(context.request, self.user, method="mfa", type="totp")
        return code
