"""What a mentor writes down, on a phone, in under a minute."""

from __future__ import annotations

from typing import Any

from django import forms

from handrail.kit import clock
from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.mentoring.models import Contact

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _minutes(initial: int | None) -> forms.IntegerField:
    return forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, initial=initial, widget=forms.NumberInput(attrs={"inputmode": "numeric"}))


class ContactForm(ActionForm):
    """A contact: how, how long, when."""

    act = _("Log it")

    how = forms.ChoiceField(label=_("How"), choices=Contact.How.choices, widget=forms.RadioSelect)
    minutes = _minutes(15)
    day = forms.DateField(label=_("Day"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": clock.today()}, **kwargs)


class ReachedForm(ActionForm):
    """Somebody was reached: how, and how long it took."""

    act = _("We have spoken")

    how = forms.ChoiceField(label=_("How"), choices=Contact.How.choices, widget=forms.RadioSelect, initial=Contact.How.PHONE)
    minutes = _minutes(10)


class NextForm(ActionForm):
    """When and where the two speak next."""

    act = _("Save the day")

    next_on = forms.DateField(label=_("Day"), widget=DAY, required=False)
    next_where = forms.CharField(label=_("Where or how"), max_length=80, required=False)


class NoteForm(ActionForm):
    """The mentor's own words."""

    act = _("Keep the notes")

    text = forms.CharField(
        label=_("My own notes"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("Only you read them. They are gone when you are no longer this person's mentor. What others need to know, tell the caseworker."),
    )  # fmt: skip
