"""Sessions: what is held when, where, with whom; and what groups make."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings

from handrail.curriculum.models import Module
from handrail.curriculum.queries import other_modules
from handrail.delivery import rules
from handrail.delivery.models import Place, Session
from handrail.delivery.queries import organisations_in, places_of, trainers_of
from handrail.kit.errors import RuleBroken
from handrail.kit.forms import ActionForm, MoneyField
from handrail.kit.text import _
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme

ZONE = ZoneInfo(settings.TIME_ZONE)
DAY = {"type": "date"}
CLOCK = {"type": "time"}
TITLES = ("sv", "da", "en")


class TrainerChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # the class takes no argument when the program runs
    """Trainers by name: they stand there in their work."""

    def label_from_instance(self, obj: Person) -> str:
        return obj.called


class SessionFilter(forms.Form):
    """The sentence above the list of sessions."""

    when = forms.ChoiceField(label=_("Sessions"), required=False, choices=[("", _("to come")), ("past", _("that were"))])
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("in"), queryset=None, required=False, to_field_name="uid", empty_label=_("all municipalities"))
    module: forms.ModelChoiceField[Module] = forms.ModelChoiceField(label=_("of"), queryset=None, required=False, to_field_name="uid", empty_label=_("all modules"))
    form = forms.ChoiceField(label=_("as"), required=False, choices=[("", _("any form")), *Module.Form.choices])
    state = forms.ChoiceField(label=_("that are"), required=False, choices=[("", _("planned, held or cancelled")), *Session.State.choices])

    def __init__(self, *args: Any, programme: Programme, may_see_candidates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_in(programme)  # type: ignore[attr-defined]
        self.fields["module"].queryset = other_modules(programme)  # type: ignore[attr-defined]
        if not may_see_candidates:
            del self.fields["state"]

    def chosen(self) -> dict[str, Any]:
        """What the address asks for; nonsense is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class Timed(ActionForm):
    """A form with a local day and clock times, which become instants."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    starts_at = forms.TimeField(label=_("From"), widget=forms.TimeInput(CLOCK, format="%H:%M"))
    ends_at = forms.TimeField(label=_("To"), widget=forms.TimeInput(CLOCK, format="%H:%M"))

    def clean(self) -> dict[str, Any]:
        """Put day and clock together; a time that the clock jumps over is refused."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day = cleaned.pop("day", None)
        for name in ("starts_at", "ends_at"):
            clock_time = cleaned.pop(name, None)
            if day and clock_time:
                cleaned[name] = self._instant(day, clock_time, name)
        return cleaned

    def _instant(self, day: date, clock_time: time, name: str) -> datetime | None:
        try:
            return rules.check_local_time(day, clock_time, ZONE, field=name)
        except RuleBroken as broken:
            self.add_error(name, str(broken.message))
            return None


def clock_of(session: Session) -> dict[str, Any]:
    """Day and clock times of a session, as they are filled in."""
    starts, ends = session.starts_at.astimezone(ZONE), session.ends_at.astimezone(ZONE)
    return {"day": starts.date(), "starts_at": starts.time(), "ends_at": ends.time()}


class SessionForm(Timed):
    """A session on the calendar."""

    field_order = ("audience", "module", "title_sv", "title_da", "title_en", "day", "starts_at", "ends_at")

    audience = forms.ChoiceField(label=_("It is for"), choices=Session.Audience.choices, widget=forms.RadioSelect, initial="staff")

    module: forms.ModelChoiceField[Module] = forms.ModelChoiceField(label=_("Module"), queryset=None, empty_label=_("Choose"))
    title_sv = forms.CharField(label=_("Title in Swedish"), max_length=150, required=False, help_text=_("Left out, it is called what the module is called."))
    title_da = forms.CharField(label=_("Title in Danish"), max_length=150, required=False, help_text=_("Left out, it is called what the module is called."))
    title_en = forms.CharField(label=_("Title in English"), max_length=150, required=False)
    break_minutes = forms.IntegerField(label=_("Breaks, in minutes"), min_value=0, initial=0, help_text=_("Breaks are not counted as time present."))
    grace_minutes = forms.IntegerField(
        label=_("Nobody is late within, in minutes"), min_value=0, max_value=120, initial=10, help_text=_("For checking in with the code.")
    )
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("Municipality"), queryset=None, required=False, empty_label=_("Online"))
    place: forms.ModelChoiceField[Place] = forms.ModelChoiceField(label=_("Room"), queryset=None, required=False, empty_label=_("None"))
    online_address = forms.URLField(label=_("Address on the web"), required=False, assume_scheme="https")
    language = forms.ChoiceField(label=_("Language"), choices=[("sv", _("Swedish")), ("da", _("Danish")), ("en", _("English"))])
    trainer = TrainerChoice(label=_("Trainer"), queryset=None, required=False, empty_label=_("Not decided"))
    co_trainer = TrainerChoice(label=_("Second trainer"), queryset=None, required=False, empty_label=_("None"))
    minimum = forms.IntegerField(label=_("Fewest people"), min_value=1, initial=1)
    maximum = forms.IntegerField(label=_("Seats"), min_value=1)
    needs_approval = forms.BooleanField(label=_("The manager approves each seat"), required=False)
    cost = MoneyField(label=_("Cost"), initial=0)
    state = forms.ChoiceField(
        label=_("It is"), choices=[("planned", _("planned")), ("candidate", _("possible: the planner may choose it"))], widget=forms.RadioSelect, initial="planned"
    )

    def __init__(self, *args: Any, programme: Programme, session: Session | None = None, audiences: Sequence[str] = (Session.Audience.STAFF,), **kwargs: Any) -> None:
        own = next((code for code in ("sv", "da") if code in programme.name), "sv")
        if session is None:
            kwargs["initial"] = {"language": own} | kwargs.get("initial", {})
        else:
            second = session.co_trainers.values_list("person_id", flat=True).first()
            same = ("break_minutes", "grace_minutes", "online_address", "language", "minimum", "maximum", "needs_approval", "cost")
            kwargs["initial"] = clock_of(session) | {name: getattr(session, name) for name in same} | {
                "organisation": session.organisation_id, "place": session.place_id, "trainer": session.trainer_id, "co_trainer": second,
                **{f"title_{code}": session.title.get(code, "") for code in TITLES},
            }  # fmt: skip
        super().__init__(*args, currency=programme.currency, **kwargs)
        self.fields["module"].queryset = other_modules(programme)  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations_in(programme)  # type: ignore[attr-defined]
        self.fields["place"].queryset = places_of(programme)  # type: ignore[attr-defined]
        for name in ("trainer", "co_trainer"):
            self.fields[name].queryset = trainers_of(programme)  # type: ignore[attr-defined]
        for code in TITLES:
            if code not in (own, "en") and not (session and session.title.get(code)):
                del self.fields[f"title_{code}"]
        self.only_newcomers = (session.for_newcomers if session else Session.Audience.STAFF not in audiences)
        if session is not None:
            del self.fields["module"], self.fields["state"]
        elif self.only_newcomers:
            del self.fields["state"]  # planned at once
        if self.only_newcomers:
            del self.fields["needs_approval"]
            self.fields["organisation"].label = _("Who holds it")
        if session is not None or len(audiences) < 2:
            del self.fields["audience"]

    def titles(self) -> list[forms.BoundField]:
        """The title in each of the programme's languages."""
        return [self[f"title_{code}"] for code in TITLES if f"title_{code}" in self.fields]

    def clean(self) -> dict[str, Any]:
        """Titles in their languages, and one or two trainers."""
        cleaned = super().clean()
        cleaned["title"] = {code: cleaned.pop(f"title_{code}") for code in TITLES if f"title_{code}" in cleaned}
        second = cleaned.pop("co_trainer", None)
        if second is not None and second == cleaned.get("trainer"):
            self.add_error("co_trainer", _("That is the same person as the first trainer. Choose another, or none."))
        cleaned["co_trainers"] = [second] if second else []
        return cleaned


class RepeatForm(Timed):
    """The same session at another time."""

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        kwargs["initial"] = {name: value for name, value in clock_of(session).items() if name != "day"}
        super().__init__(*args, **kwargs)


class CancelForm(ActionForm):
    """Why a session is cancelled."""

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Whoever had a seat reads this on their page. It does not stand in the mail."))


class PlaceForm(ActionForm):
    """A room."""

    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(label=_("Municipality"), queryset=None, empty_label=_("Choose"))
    name = forms.CharField(label=_("Name of the room"), max_length=150)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    seats = forms.IntegerField(label=_("Seats"), min_value=0, initial=0, help_text=_("0 means not stated."))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_in(programme)  # type: ignore[attr-defined]


class GroupsForm(ActionForm):
    """How many groups."""

    count = forms.IntegerField(label=_("Number of groups"), min_value=1, max_value=20, initial=3)

    def clean(self) -> dict[str, Any]:
        """The action takes names or a number."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return {"names_or_count": cleaned["count"]} if "count" in cleaned else cleaned


class ProductForm(ActionForm):
    """What a group made."""

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(label=_("What the group arrived at"), widget=forms.Textarea({"rows": 12}), max_length=20_000)
