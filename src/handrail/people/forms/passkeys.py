"""The account library's passkey forms in our words; whatever a browser sends, the answer is a sentence."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings

from handrail.kit.text import _
from handrail.people.forms.words import Factors, OurWords

NAME_LENGTH = 60
NAME_HELP = _("So that you can tell it from others, for example: Work phone.")
NOT_HERE = _("This passkey does not open anything here. It may have been removed, or be meant for another address. Try another one, or another way to sign in.")
NOT_ADDED = _("The passkey could not be added. Try once more; if it fails again, use another device or an app with codes.")
MALFORMED = (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError)  # what the parsers raise at bytes that are none of theirs


class Words:
    """What a page with a passkey says besides the form's own fields."""

    @property
    def address(self) -> str:
        """Where passkeys work: at the site's own host name, on one's own machine at localhost."""
        if not settings.LOCAL_MODE:
            return str(settings.SITE_URL)
        _host, _colon, port = context.request.get_host().rpartition(":")
        return f"http://localhost:{port}"


class PasskeyForm(Words, Factors, OurWords, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second factor, after the password."""

    def clean_credential(self) -> Any:
        """The same sentence for a passkey that is unknown, removed, of somebody else, unverified or nonsense."""
        try:
            return super().clean_credential()
        except forms.ValidationError as refused:
            if refused.code != "incorrect_code":
                raise
        except MALFORMED:
            pass
        raise forms.ValidationError(str(NOT_HERE), code="incorrect_code")


class SignInPasskeyForm(PasskeyForm, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of address and password: it says who one is, and the finger, face or PIN proves it."""


class ConfirmPasskeyForm(PasskeyForm, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more, before something that matters."""


class AddPasskeyForm(Words, Factors, OurWords, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey and what it is called; adding it is also the second factor of this session."""

    passwordless = None  # the library's choice of lesser keys: ours always sign in by themselves

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_field(self.fields["name"])

    def clean_name(self) -> str:
        """Never refused: the device has made the passkey already."""
        return str(super().clean_name())[:NAME_LENGTH]

    def clean(self) -> dict[str, Any]:
        """The device showed a finger, a face or a PIN just now: the gate need not ask again."""
        try:
            data: dict[str, Any] = super().clean() or {}
        except forms.ValidationError:
            raise forms.ValidationError(str(NOT_ADDED)) from None
        except MALFORMED:
            raise forms.ValidationError(str(NOT_ADDED)) from None
        if data.get("credential"):
            record_authentication(context.request, self.user, method="mfa", type="webauthn")
        return data


class NamePasskeyForm(OurWords, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_field(self.fields["name"])


def _name_field(field: forms.Field) -> None:
    field.label, field.help_text = _("Name of the passkey"), NAME_HELP
    field.max_length = NAME_LENGTH  # type: ignore[attr-defined]
    field.widget.attrs.update(maxlength=NAME_LENGTH, autocomplete="off")
