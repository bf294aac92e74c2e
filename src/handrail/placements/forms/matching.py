"""What is filled in around a matching: wishes, what a place asks for, ways, which way is used, a no, a decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.mentoring.models import Mentor
from handrail.people.models import Organisation
from handrail.placements import rules
from handrail.placements.forms.placements import day_field
from handrail.placements.models import Company, Contact, Listed, MentorReach, Position, Refusal, Round, Seeking
from handrail.placements.queries import Offer
from handrail.placements.rules.rounds import MOST_WISHES

SKILL = [("0", "–"), ("1", _("a little")), ("2", _("manages")), ("3", _("well"))]
GROWTH = [("0", "–"), ("1", _("one level")), ("2", _("two levels"))]
BOXES = forms.CheckboxSelectMultiple


class PickField(forms.ChoiceField):
    """One of the rows that are offered, by uid; answers the row itself, None where nothing was chosen."""

    known: dict[str, Any]

    def offer(self, pairs: Iterable[tuple[Any, Any]], *, empty: Any = None) -> None:
        """What may be chosen, each with its words; `empty` stands first where nothing needs to be chosen."""
        pairs = list(pairs)
        self.known = {str(one.uid): one for one, _label in pairs}
        self.choices = [*([("", empty)] if empty is not None else []), *((str(one.uid), label) for one, label in pairs)]

    def clean(self, value: Any) -> Any:
        return self.known.get(super().clean(value))


class LevelsForm(ActionForm):
    """A form with skills in two columns, each a list of levels."""

    columns: tuple[tuple[str, Any, list[tuple[str, Any]]], ...] = ()

    def add_skills(self, known: Mapping[str, Mapping[str, int]]) -> None:
        """Two lists of levels for each skill."""
        for code, text in rules.work_skills():
            for name, label, choices in self.columns:
                field = forms.TypedChoiceField(label=f"{text}: {label}", choices=choices, coerce=int, required=False, empty_value="0", initial=str(known[name].get(code, 0)))
                self.fields[f"{name}_{code}"] = field

    @property
    def skills(self) -> list[tuple[str, list[Any]]]:
        """The skills for the page: its words, and the fields beside it."""
        return [(text, [self[f"{name}_{code}"] for name, _label, _choices in self.columns]) for code, text in rules.work_skills()]

    @property
    def heads(self) -> list[Any]:
        """What stands above the columns."""
        return [label for _name, label, _choices in self.columns]

    def taken_levels(self, sent: dict[str, Any]) -> dict[str, dict[str, int]]:
        """The action's words, out of the single fields, which are taken away."""
        return {name: {code: int(sent.pop(f"{name}_{code}", 0) or 0) for code, _text in rules.work_skills()} for name, _label, _choices in self.columns}


class WishesForm(LevelsForm):
    """What a person wishes for and can do, written down together."""

    act = _("Save")
    columns = (("skills", _("can do"), SKILL), ("growth", _("wants to learn"), GROWTH))

    area = forms.ChoiceField(label=_("Sets out from"), help_text=_("The town, no address."))
    least_hours = forms.IntegerField(label=_("Hours a week, at least"), min_value=0, max_value=48, required=False, help_text=_("At most are the hours on the person's page."))
    half_days = forms.TypedMultipleChoiceField(label=_("When the person can come"), coerce=int, widget=BOXES, required=False, help_text=_("None chosen: at any time."))
    not_fitting = forms.MultipleChoiceField(label=_("The work should not ask for"), widget=BOXES, required=False, help_text=_("What, never why."))

    def __init__(self, *args: Any, seeking: Seeking | None, areas: Sequence[str], offers: Sequence[Offer], **kwargs: Any) -> None:
        names = ("area", "least_hours", "not_fitting")
        initial: dict[str, Any] = {name: getattr(seeking, name) for name in names} if seeking else {}
        super().__init__(*args, initial={**initial, "half_days": [str(day) for day in seeking.half_days] if seeking else []}, **kwargs)
        known = [*areas, *([seeking.area] if seeking and seeking.area not in areas else [])]
        self.fields["area"].choices = [("", _("Choose")), *((one, one) for one in known)]  # type: ignore[attr-defined]
        self.fields["half_days"].choices = rules.half_days()  # type: ignore[attr-defined]
        self.fields["not_fitting"].choices = rules.demand_items()  # type: ignore[attr-defined]
        places = [(str(one.position.uid), f"{one.position.title}, {one.position.company.name}") for one in offers]
        said = seeking.wishes if seeking else []
        gone = [(uid, _("a place that is no longer offered")) for uid in said if uid not in dict(places) and uid not in dict(rules.work_fields())]
        for index in range(MOST_WISHES):
            choices = [("", "–"), (_("Field of work"), rules.work_fields()), *([(_("A certain place"), [*places, *gone])] if places or gone else [])]
            label = _("Wish number %(n)s") % {"n": index + 1}
            self.fields[f"wish_{index}"] = forms.ChoiceField(label=label, required=False, choices=choices, initial=said[index] if index < len(said) else "")
        self.add_skills({"skills": seeking.skills if seeking else {}, "growth": seeking.growth if seeking else {}})

    @property
    def wishes(self) -> list[Any]:
        """The wishes for the page, in their order."""
        return [self[f"wish_{index}"] for index in range(MOST_WISHES)]

    def clean(self) -> dict[str, Any]:
        """The action's words."""
        sent = dict(super().clean() or self.cleaned_data)
        wishes = [sent.pop(f"wish_{index}", "") for index in range(MOST_WISHES)]
        return {**self.taken_levels(sent), **sent, "least_hours": sent.get("least_hours") or 0, "wishes": [one for one in wishes if one]}


class AsksForm(LevelsForm):
    """What a place asks for, and what can grow there."""

    act = _("Save")
    columns = (("needs", _("asked for"), SKILL), ("develops", _("can grow there"), GROWTH))

    fields_of_work = forms.MultipleChoiceField(label=_("Field of work"), widget=BOXES, required=False)
    half_days = forms.TypedMultipleChoiceField(label=_("When somebody can come"), coerce=int, widget=BOXES, required=False, help_text=_("None chosen: at any time."))
    half_days_needed = forms.IntegerField(label=_("Half days needed a week"), min_value=1, max_value=10)

    def __init__(self, *args: Any, position: Position, **kwargs: Any) -> None:
        initial = {"fields_of_work": position.fields, "half_days": [str(day) for day in position.half_days], "half_days_needed": position.half_days_needed}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["fields_of_work"].choices = rules.work_fields()  # type: ignore[attr-defined]
        self.fields["half_days"].choices = rules.half_days()  # type: ignore[attr-defined]
        self.add_skills({"needs": position.needs, "develops": position.develops})

    def clean(self) -> dict[str, Any]:
        """The action's words."""
        sent = dict(super().clean() or self.cleaned_data)
        return {**self.taken_levels(sent), "fields": sent.pop("fields_of_work", []), **sent}


class WayForm(ActionForm):
    """Minutes between two towns."""

    act = _("Save the way")

    one = forms.CharField(label=_("From"), max_length=60)
    other = forms.CharField(label=_("To"), max_length=60, help_text=_("The same town for ways within it."))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, help_text=_("By bus or on foot, one way."))


class ReachForm(ActionForm):
    """Where a mentor sets out from."""

    act = _("Save")

    mentor = PickField(label=_("Mentor"))
    area = forms.ChoiceField(label=_("Sets out from"))
    most_minutes = forms.IntegerField(label=_("How far it may be, in minutes"), min_value=1, max_value=240, initial=60)

    def __init__(self, *args: Any, mentors: Sequence[tuple[Mentor, MentorReach | None]], areas: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["mentor"]
        field.offer([(one, one.person.called) for one, _reach in mentors])
        self.fields["area"].choices = [(one, one) for one in areas]  # type: ignore[attr-defined]


class AskForm(ActionForm):
    """For whose people proposals are looked for."""

    act = _("Find proposals")

    organisation = PickField(label=_("Whose people"))

    def __init__(self, *args: Any, organisations: Sequence[Organisation], chosen: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.offer([(one, str(one)) for one in organisations])
        field.widget, field.initial = forms.HiddenInput(), str(chosen.uid)


class WayChoiceForm(ActionForm):
    """Which way of matching is used, and why."""

    act = _("Use this way")

    way = forms.ChoiceField(label=_("Which way is used"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("It stands on record with your name. Name nobody else."))

    def __init__(self, *args: Any, found: Round, ways: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"way": found.way}, **kwargs)
        self.fields["way"].choices = list(ways)  # type: ignore[attr-defined]


class AgainForm(ActionForm):
    """Why proposals are looked for once more."""

    act = _("Propose again")

    reason = forms.CharField(label=_("What has changed"), max_length=300, help_text=_("Such as a place that was withdrawn, or a no. Without names: it stays on record."))


class ExcludeForm(ActionForm):
    """A company to which somebody is not to be proposed."""

    act = _("Do not propose it")

    company = PickField(label=_("Company"))
    side = forms.ChoiceField(label=_("Whose no is it"), choices=Refusal.Side.choices)

    def __init__(self, *args: Any, companies: Sequence[Company], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["company"]
        field.offer([(one, one.name) for one in companies], empty=_("Choose"))


COMPANYS = ("tasks", "times", "filled", "no_time", "other")


def reasons(codes: Sequence[str]) -> list[tuple[str, Any]]:
    """The reasons to choose from; none is an answer, too."""
    return [("", _("No reason is given")), *((code, Refusal.Reason(code).label) for code in codes)]


class RefuseForm(ActionForm):
    """Whose no it is, to what, and perhaps why."""

    act = _("Note the no")

    side = forms.ChoiceField(label=_("Whose no is it"), choices=Refusal.Side.choices, widget=forms.RadioSelect, initial="person")
    reason = forms.ChoiceField(label=_("Why"), choices=reasons(("tasks", "times", "far", "elsewhere", "filled", "no_time", "other")), required=False)
    contact = PickField(label=_("Who said it at the company"), required=False)
    whole_company = forms.BooleanField(label=_("It goes for everything that this company offers"), required=False)

    def __init__(self, *args: Any, contacts: Sequence[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]
        field.offer([(one, one.name) for one in contacts], empty="–")


class CompanyRefuseForm(ActionForm):
    """A company's no, as its consultant notes it."""

    act = _("Note the no")

    reason = forms.ChoiceField(label=_("Why"), choices=reasons(COMPANYS), required=False)
    contact = PickField(label=_("Who said it at the company"), required=False)

    def __init__(self, *args: Any, contacts: Sequence[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contact"]
        field.offer([(one, one.name) for one in contacts], empty="–")


class DecideForm(ActionForm):
    """A decision on a proposed place: from when to when, with which mentor, and why."""

    act = _("Decide on this")

    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last agreed day"))
    hours = forms.IntegerField(label=_("Hours a week"), min_value=1, max_value=48)
    mentor = PickField(label=_("Mentor"), required=False)
    why = forms.CharField(label=_("Why this place"), max_length=300, help_text=_("In your own words: what you and the person went by. Others read it."))
    adaptations = forms.CharField(label=_("Agreed with the company"), required=False, max_length=300, help_text=_("Such as a quiet room or a later start: what, never why."))
    over_limit_reason = forms.CharField(label=_("Why this company may go beyond its number"), required=False, max_length=300, help_text=_("Only where it has as many people already as its size allows."))

    def __init__(self, *args: Any, listed: Listed, today: date, weeks: int, mentors: Sequence[tuple[Mentor, int]], may_give: bool, **kwargs: Any) -> None:
        initial = {"hours": listed.position.hours, "starts_on": today, "ends_on": today + timedelta(weeks=weeks, days=-1)}
        mentor = listed.shortlist.mentor if listed.shortlist.mentor in [one for one, _has in mentors] else None
        super().__init__(*args, initial={**initial, "mentor": str(mentor.uid) if mentor else ""}, **kwargs)
        if may_give:
            field: Any = self.fields["mentor"]
            field.offer([(one, one.person.called) for one, _has in mentors], empty=_("Nobody for now"))
        else:
            del self.fields["mentor"]

