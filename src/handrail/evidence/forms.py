"""The web face of the evidence actions."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from handrail.evidence.models import Certificate, FunderRule
from handrail.kit.forms import ActionForm, MoneyField
from handrail.kit.text import _, month_name


def new_key() -> str:
    """A key of this page view: what is sent under it is taken exactly once."""
    return secrets.token_urlsafe(16)


class CountersignForm(ActionForm):
    """Months to countersign, ticked one by one."""

    certificates: forms.ModelMultipleChoiceField[Certificate] = forms.ModelMultipleChoiceField(
        queryset=None, to_field_name="uid", label=_("Months"),
        error_messages={
            "required": _("Tick at least one month."),
            "invalid_choice": _("A month on this page no longer waits for you. Reload and look again."),
            "invalid_pk_value": _("A month on this page could not be read. Reload and look again."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["certificates"].queryset = waiting  # type: ignore[attr-defined]


class ObjectionForm(ActionForm):
    """Something in a month is wrong."""

    act = _("Send")
    attendance = forms.ChoiceField(label=_("Which session is it about?"), required=False)
    text = forms.CharField(
        label=_("What is wrong?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The process leader and the session's trainer read this. Write about times and minutes, nothing else."),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"].choices = [("", _("The whole month, or a session that is missing")), *lines]  # type: ignore[attr-defined]


class SettleForm(ActionForm):
    """The answer to an objection."""

    act = _("Send the answer")
    answer = forms.CharField(
        label=_("What did you find?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The participant reads this. Correct the attendance first, if it was wrong."),
    )  # fmt: skip


class RuleForm(ActionForm):
    """A counting rule as data."""

    act = _("Add the rule")
    rounding = forms.ChoiceField(label=_("How hours are rounded"), choices=FunderRule.Rounding.choices, widget=forms.RadioSelect)
    share = forms.DecimalField(
        label=_("Share that participation must bring, per cent"), min_value=0, max_value=100, decimal_places=3, localize=True
    )
    annual_cap_hours = forms.IntegerField(
        label=_("Annual cap, hours per person"), required=False, min_value=1, help_text=_("Hours above it are listed and not counted.")
    )
    lock_day = forms.IntegerField(
        label=_("Day of the following month on which a month is handed in"), min_value=1, max_value=31, initial=20
    )
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("The first day of a month.")
    )
    valid_to = forms.DateField(
        label=_("Valid to"), required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=_("The last day of a month.")
    )
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("The call, decision or table where this stands."))
    is_illustrative = forms.BooleanField(
        label=_("Illustrative"), required=False, help_text=_("An invented figure for demonstration; every screen says so.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        share = cleaned.pop("share", None)
        if share is not None:
            cleaned["required_share"] = share / Decimal(100)
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error("share" if field == "required_share" else field, error)


class UnitCostForm(ActionForm):
    """What an hour is worth, as data."""

    act = _("Add the unit cost")
    amount = MoneyField(label=_("Amount per hour"), max_digits=10)
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("The first day of a month.")
    )
    valid_to = forms.DateField(
        label=_("Valid to"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("The last day of a month.")
    )
    source = forms.CharField(label=_("Source"), max_length=300, help_text=_("The call, decision or table where this stands."))
    is_illustrative = forms.BooleanField(
        label=_("Illustrative"), required=False, help_text=_("An invented figure for demonstration; every screen says so.")
    )


class SampleForm(ActionForm):
    """A sample of a month's participants."""

    act = _("Draw the sample")
    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    size = forms.IntegerField(label=_("How many"), min_value=1, help_text=_("At most a quarter of the month's participants, or five."))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, months: Iterable[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(one.isoformat(), month_name(one)) for one in months]  # type: ignore[attr-defined]


class ReasonForm(ActionForm):
    """Why a name of a sample is opened."""

    reason = forms.CharField(label=_("Why"), max_length=200)


def line_choices(lines: Iterable[Any]) -> list[tuple[str, str]]:
    """A month's attendance lines as choices of the objection form."""
    return [(str(one.attendance.uid), f"{one.title}, {one.when}") for one in lines if not one.is_replaced]
