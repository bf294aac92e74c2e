"""Places in courses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from handrail.cases.rules import domains
from handrail.kit.forms import ActionForm
from handrail.kit.text import _


class CourseForm(ActionForm):
    """Which sessions of courses, and whether they are a step of the way."""

    act = _("Give the places")

    sessions = forms.MultipleChoiceField(
        label=_("Which times?"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one time.")}
    )
    domain = forms.ChoiceField(
        label=_("Write it down as a step of the way?"), required=False, help_text=_("When the course is over, you are asked whether the step is done. It never closes by itself.")
    )

    def __init__(self, *args: Any, sessions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sessions"].choices = sessions  # type: ignore[attr-defined]
        self.fields["domain"].choices = [("", _("No")), *domains()]  # type: ignore[attr-defined]


class PlacesForm(ActionForm):
    """Which of one's own people."""

    cases = forms.MultipleChoiceField(
        label=_("People"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one person.")}
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cases"].choices = people  # type: ignore[attr-defined]


class TakeBackForm(ActionForm):
    """Why a place is taken back."""

    act = _("Take the place back")

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("A word is enough: it was too early, another course. Nothing about health."))
