"""What a person fills in on their own page, and what is filled in about it. The page speaks languages of its own: a fault is the name of a text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from handrail.kit.errors import RuleBroken
from handrail.kit.forms import ActionForm
from handrail.kit.text import _, date_long
from handrail.mentoring.rules import Language
from handrail.placements.models import Day, Opinion
from handrail.placements.rules.days import MINUTES_A_DAY
from handrail.placements.rules.week import QUESTIONS, STEPS, minutes_told

THERE, AWAY, TIME = "there", "away", "time"


class OwnDayForm(forms.Form):
    """A day: there for the usual time, not there, or another time. Why not is never asked."""

    act = forms.ChoiceField(choices=[(one, one) for one in (THERE, AWAY, TIME)])
    day = forms.DateField()
    minutes = forms.IntegerField(min_value=1, max_value=MINUTES_A_DAY, required=False)
    start = forms.TimeField(required=False)
    end = forms.TimeField(required=False)
    hours = forms.DecimalField(min_value=0, max_value=24, required=False)
    fault = ""  # the name of the text that says what is wrong

    def __init__(self, *args: Any, days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days

    def clean(self) -> dict[str, Any]:
        """The action's words: the day, minutes, and an absence where there is one."""
        sent = super().clean() or self.cleaned_data
        if self.errors:
            self.fault = "wrong_day" if {"day", "act"} & set(self.errors) else "wrong_time"
            return sent
        if sent["day"] not in self.days:
            return self._wrong("wrong_day")
        act, minutes = sent["act"], 0
        if act == THERE:
            minutes = sent["minutes"] or 0
        elif act == TIME:
            told = round(sent["hours"] * 60) if sent["hours"] is not None else None
            try:
                minutes = minutes_told(start=sent["start"], end=sent["end"], minutes=told)
            except RuleBroken as broken:
                return self._wrong(f"wrong_{broken.field}")
        if act != AWAY and not minutes:
            return self._wrong("wrong_time")
        return {"day": sent["day"], "minutes": minutes, "absence": Day.Absence.AWAY.value if act == AWAY else ""}

    def _wrong(self, fault: str) -> dict[str, Any]:
        self.fault = fault
        self.add_error(None, fault)
        return {}


class OpinionForm(forms.Form):
    """The fixed questions of a review, each from 1 to 4, and own words."""

    words = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question] = forms.TypedChoiceField(choices=[("", ""), *((str(step), step) for step in STEPS)], coerce=int, empty_value=None, required=False)

    def clean(self) -> dict[str, Any]:
        """Answers by question, and the words."""
        sent = super().clean() or self.cleaned_data
        return {"answers": {question: sent.get(question) for question in QUESTIONS}, "words": sent.get("words", "")}


LABELS = {"tasks": _("The tasks suit."), "help": _("We get help when we need it."), "welcome": _("We would like to go on together.")}
WORDS_OF_STEPS = {1: _("Not at all"), 2: _("A little"), 3: _("Mostly"), 4: _("Very much")}


class CompanyOpinionForm(ActionForm):
    """The same questions as the company reads them."""

    act = _("Send the answers")

    def __init__(self, *args: Any, uid: str, said: Opinion | None = None, **kwargs: Any) -> None:
        initial = {**said.answers, "words": said.words} if said else {}
        super().__init__(*args, auto_id=f"o{uid}_%s", initial=initial, **kwargs)
        for question, label in LABELS.items():
            self.fields[question] = forms.TypedChoiceField(label=label, choices=list(WORDS_OF_STEPS.items()), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect)
        self.fields["words"] = forms.CharField(label=_("In your own words. Only the caseworker reads this."), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        """Answers by question, and the words."""
        sent = super().clean() or self.cleaned_data
        return {"answers": {question: sent.get(question) for question in QUESTIONS}, "words": sent.get("words", "")}


class OwnCardForm(ActionForm):
    """In which language the page speaks, and the code that the person chose."""

    act = _("Make the card")

    language = forms.ChoiceField(label=_("Language"), widget=forms.RadioSelect)
    code = forms.CharField(
        label=_("The person's code"), max_length=4, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "pattern": "[0-9]{4}"}),
        help_text=_("Four digits that the person chooses. It opens the plan and the star, is not printed on the card, and cannot be read again here."),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[Language], first: str, **kwargs: Any) -> None:
        codes = [one.code for one in offered]
        super().__init__(*args, initial={"language": first if first in codes else codes[0]}, **kwargs)
        draft = _("%(name)s (%(english)s): draft, shown as such")
        field: Any = self.fields["language"]
        field.choices = [(one.code, draft % {"name": one.name, "english": one.english} if one.is_draft else one.name) for one in offered]


class StaffDayForm(ActionForm):
    """A day as the caseworker says it was: this word holds."""

    act = _("Write it down")

    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    hours = forms.IntegerField(label=_("Hours"), min_value=0, max_value=24, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=59, required=False, help_text=_("Nothing in either: the person was not there."))

    def __init__(self, *args: Any, days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = [(day.isoformat(), date_long(day)) for day in days]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The action's words."""
        sent = super().clean() or self.cleaned_data
        total = 60 * (sent.get("hours") or 0) + (sent.get("minutes") or 0)
        return {"day": sent.get("day"), "minutes": total, "absence": "" if total else Day.Absence.AWAY.value}
