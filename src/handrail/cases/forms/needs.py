"""Needs and steps."""

from __future__ import annotations

from typing import Any

from django import forms

from handrail.cases.rules import domains
from handrail.kit.forms import ActionForm
from handrail.kit.text import _


class NeedForm(ActionForm):
    """What is needed, in which field of life."""

    act = _("Write it down")

    domain = forms.ChoiceField(label=_("Field of life"))
    text = forms.CharField(label=_("What is needed"), max_length=300, help_text=_("Words that you could read together. What is sensitive goes into a sealed note."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = domains()  # type: ignore[attr-defined]


class StepForm(ActionForm):
    """A step and its day."""

    act = _("Plan the step")

    title = forms.CharField(label=_("Step"), max_length=200)
    due_on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    helper = forms.CharField(label=_("Who helps?"), max_length=120, required=False, help_text=_("A lawyer, an association, a teacher."))


class PathForm(StepForm):
    """A step of the pathway, in its field of life."""

    domain = forms.ChoiceField(label=_("Field of life"))
    field_order = ("domain", "title", "due_on", "helper")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = domains()  # type: ignore[attr-defined]
