"""The star, filled in together: each point with both sides below one another, on one screen of a phone."""

from __future__ import annotations

from typing import Any

from django import forms

from handrail.cases.rules import SIDES, Dimension, dimensions
from handrail.kit.forms import ActionForm
from handrail.kit.text import _

POINTS = [("", "–"), *[(number, str(number)) for number in range(1, 11)]]


class StarForm(ActionForm):
    """1 to 10 on each point, by the person and by the caseworker; nothing where it was not talked about."""

    act = _("Keep this reading")

    held_on = forms.DateField(label=_("Day of the talk"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), help_text=_("Today, unless you write another day."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points: list[Dimension] = dimensions()
        labels = {"citizen": _("The person says"), "caseworker": _("I say")}
        for one in self.points:
            for side in SIDES:
                field = forms.TypedChoiceField(label=labels[side], choices=POINTS, coerce=int, empty_value=None, required=False)
                field.widget.attrs["aria-describedby"] = f"point-{one.code}"
                self.fields[f"{side}_{one.code}"] = field

    def rows(self) -> list[tuple[Dimension, Any, Any]]:
        """Each point with its two fields."""
        return [(one, self[f"citizen_{one.code}"], self[f"caseworker_{one.code}"]) for one in self.points]

    def clean(self) -> dict[str, Any]:
        """Two mappings of points to steps."""
        sent = super().clean() or self.cleaned_data
        return {"held_on": sent.get("held_on"), **{side: {one.code: sent.get(f"{side}_{one.code}") for one in self.points} for side in SIDES}}
