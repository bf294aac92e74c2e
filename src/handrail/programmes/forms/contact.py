"""Writing to a programme from its public page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.programmes.models import Partner


class ContactForm(ActionForm):
    """A visitor's message. `website` is a trap: people do not see it, machines fill it in."""

    act = _("Send the message")
    organisation = forms.ChoiceField(label=_("Whom do you want to write to?"))
    sender_name = forms.CharField(
        label=_("Your name"), required=False, max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    sender_email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("So that you can be answered. It is used for nothing else."), max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write an e-mail address that we can answer, such as name@example.org.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Your message"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000,
        help_text=_("Write nothing about other people's health or background."),
    )  # fmt: skip
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, *args: Any, partners: Sequence[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(one.organisation.uid): one.organisation for one in partners}
        self.fields["organisation"].choices = [("", _("Choose …")), *((uid, str(one)) for uid, one in self.partners.items())]  # type: ignore[attr-defined]

    @property
    def is_trap_sprung(self) -> bool:
        """Whether a machine filled in what people do not see."""
        return bool(self.data.get("website"))

    def clean(self) -> dict[str, Any]:
        """What the action takes."""
        data = super().clean() or {}
        data.pop("website", None)
        if "organisation" in data:
            data["organisation"] = self.partners[data["organisation"]]
        return data
