"""What somebody agrees to, and how it was talked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms

from handrail.kit import clock
from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.people.models import Consent
from handrail.people.rules.consents import FIELDS, PURPOSES, Recipient, Wording


class ConsentForm(ActionForm):
    """To whom, what, what for, until when, and whether somebody interpreted. The text was read out in one language, in one version."""

    act = _("The person agrees")
    HALF_YEAR = timedelta(days=182)

    recipient = forms.ChoiceField(label=_("Who may be told?"))
    fields_told = forms.MultipleChoiceField(label=_("What may be told?"), choices=list(FIELDS.items()), widget=forms.CheckboxSelectMultiple)
    purpose = forms.ChoiceField(label=_("What for?"), choices=list(PURPOSES.items()), widget=forms.RadioSelect)
    interpreter = forms.ChoiceField(label=_("Was there an interpreter?"), choices=Consent.Interpreter.choices)
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), help_text=_("It ends by itself after this day."))

    def __init__(self, *args: Any, recipients: Sequence[Recipient], wording: Wording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = {str(one.uid): one for one in recipients}
        self.wording = wording
        groups = [(_("Companies"), "company"), (_("Organisations"), "organisation")]
        offered = [(label, [(str(one.uid), one.name) for one in recipients if one.kind == kind]) for label, kind in groups]
        self.fields["recipient"].choices = [("", _("Choose")), *[one for one in offered if one[1]]]  # type: ignore[attr-defined]
        self.fields["until"].initial = clock.today() + self.HALF_YEAR

    def clean(self) -> dict[str, Any]:
        """As the action names them; the wording is the one that the page showed."""
        sent = super().clean() or self.cleaned_data
        chosen = self.recipients.get(str(sent.get("recipient")))
        if chosen is None or self.errors:
            return sent
        return {
            "recipient_kind": chosen.kind, "recipient": chosen.uid, "fields": sent["fields_told"], "purpose": sent["purpose"], "until": sent["until"],
            "interpreter": sent["interpreter"], "wording": self.wording.name, "language": self.wording.language,
        }  # fmt: skip
