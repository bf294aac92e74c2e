"""The desk's own forms."""

from __future__ import annotations

from django import forms

from handrail.kit.text import _


class ClockForm(forms.Form):
    """A day to turn the demonstration's clock to."""

    day = forms.DateField(
        label=_("The day it is"), help_text=_("Reminders and follow-ups of the days between are sent when the worker next looks."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
