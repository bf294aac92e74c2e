"""What a company's contact fills in: a day in a minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _, date_long
from handrail.placements.models import Day

THERE = "there"


class DayForm(ActionForm):
    """A day, whether somebody was there, and for how long. Why not is never asked."""

    act = _("Save the day")

    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    was = forms.ChoiceField(label=_("Was the person there?"), widget=forms.RadioSelect, initial=THERE, choices=[
        (THERE, _("Yes")), (Day.Absence.SICK, _("No, reported sick")), (Day.Absence.AWAY, _("No (you need not say why)")),
    ])  # fmt: skip
    hours = forms.IntegerField(label=_("Hours"), min_value=0, max_value=24, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=59, required=False)

    def __init__(self, *args: Any, days: Sequence[date], uid: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"d{uid}_%s", **kwargs)
        self.fields["day"].choices = [(day.isoformat(), date_long(day)) for day in days]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The action's words: minutes of the whole day, and an absence where there is one."""
        sent = super().clean() or self.cleaned_data
        was, hours, minutes = sent.get("was"), sent.get("hours"), sent.get("minutes")
        if self.errors:
            return sent
        if was == THERE and not hours and not minutes:
            self.add_error("hours", _("Write how long: hours, minutes or both."))
        # Hours left in a field above "No" are not meant.
        total = 60 * (hours or 0) + (minutes or 0) if was == THERE else 0
        return {"day": sent.get("day"), "minutes": total, "absence": "" if was == THERE else was}
