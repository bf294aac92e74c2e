"""Finds placements, starting from whose cases one may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from handrail.cases.models import Case, Entry
from handrail.cases.queries import (
    cases_visible_to,
    last_entry,
    names_of_cases,
    organisations_worked,
    out_of_conflict,
    own_cases,
    with_caseworkers,
)
from handrail.kit import clock
from handrail.kit.kept import once
from handrail.kit.text import language_name
from handrail.people.models import Organisation, Person
from handrail.placements import rules
from handrail.placements.models import FollowUp, Placement, Preparation, Signature, WorkStatus
from handrail.placements.queries.company import companies_served_by
from handrail.programmes.models import Programme

State = Placement.State
OPEN = (State.PREPARED, State.RUNNING)
SHOWN = ("case__person__identity", "case__programme", "case__organisation", "position__company", "position__supervisor")


def placements_visible_to(person: Person) -> QuerySet[Placement]:
    """Placements of the cases that a person may see."""
    return Placement.objects.filter(case__in=cases_visible_to(person)).select_related(*SHOWN)


def placements_at_companies_of(person: Person) -> QuerySet[Placement]:
    """Placements that a person may open: of the cases that are theirs to see, and of the companies that they serve, whose side they look
    after: preparation, signatures, days; nothing of the case."""
    return Placement.objects.filter(Q(case__in=cases_visible_to(person)) | Q(position__company__in=companies_served_by(person)), out_of_conflict(person, "case")).select_related(*SHOWN)


def follow_ups_visible_to(person: Person) -> QuerySet[FollowUp]:
    """Follow-ups of the placements that a person may see."""
    return FollowUp.objects.filter(placement__case__in=cases_visible_to(person)).select_related(*(f"placement__{path}" for path in SHOWN))


def placements_of(case: Case) -> list[Placement]:
    """A person's placements, the latest first; asked once a page."""
    return once("placements", [case.pk], lambda: list(Placement.objects.filter(case=case).select_related("position__company")))


def open_placement(case: Case) -> Placement | None:
    """The placement that is being prepared or runs."""
    return next((one for one in placements_of(case) if one.state in OPEN), None)


def is_placed(case: UUID) -> bool:
    """Whether a person has a placement that is being prepared or runs."""
    return Placement.objects.filter(case__uid=case, state__in=OPEN).exists()


def unsettled_items(placement: Placement, settled: Iterable[Preparation] | None = None) -> list[tuple[str, str]]:
    """What the company has still to prepare, in words; `settled`, where what is done is at hand."""
    done = {one.item for one in (placement.preparations.all() if settled is None else settled)}
    return [(code, text) for code, text in rules.preparation_items() if code not in done]


def rule_of(placement: Placement) -> rules.PlacementRule:
    """The national rule that holds for a placement."""
    return rules.rule_for(placement.position.company.country, placement.starts_on)


def unsigned_parts(placement: Placement, signatures: Iterable[Signature] | None = None) -> list[tuple[str, Any]]:
    """Who has still to sign, by the national rule of the company's country; `signatures`, where those that are there are at hand."""
    signed = {one.part for one in (placement.signatures.all() if signatures is None else signatures)}
    return [(part, Signature.Part(part).label) for part in rule_of(placement).signatures if part not in signed]


def days_of_clocks(case: Case) -> dict[str, date]:
    """The days that the clocks ask about for a person: the programme's, and the own ones once the stay has ended."""
    entry = last_entry(case)
    return rules.clock_days(case.programme.ends_on, entry.ended_on if entry else None)


def statuses_of(case: Case) -> dict[str, WorkStatus]:
    """What is known of a person's work, by clock."""
    return {one.clock: one for one in WorkStatus.objects.filter(case=case, is_current=True)}


@dataclass(frozen=True)
class Asked:
    """One of the clocks for a person: the day asked about, and what is known."""

    clock: str
    label: Any
    day: date
    status: WorkStatus | None
    has_come: bool


def clocks_of(case: Case) -> list[Asked]:
    """All clocks that run for a person, in the order of their days."""
    known, today = statuses_of(case), clock.today()
    rows = [
        Asked(name, WorkStatus.Clock(name).label, day, one if (one := known.get(name)) and one.on == day else None, day <= today)
        for name, day in days_of_clocks(case).items()
    ]  # an answer about an earlier leaving is none
    return sorted(rows, key=lambda one: one.day)


def follow_ups_due(person: Person, programme: Programme, *, until: date) -> list[tuple[FollowUp, str]]:
    """Follow-ups of one's own people that are due up to a day, with what they are called; at most twenty."""
    rows = list(
        FollowUp.objects.filter(done_on=None, due_on__lte=until, placement__state=State.RUNNING, placement__case__in=own_cases(person).filter(programme=programme))
        .select_related("placement__case__person", "placement__position__company").order_by("due_on", "id")[:20]
    )  # fmt: skip
    names = names_of_cases(person, [one.placement.case for one in rows])
    return [(one, names[one.placement.case.person_id].text) for one in rows]


def follow_ups_open(person: Person) -> QuerySet[FollowUp]:
    """Open follow-ups of one's own people: without any, nothing waits."""
    return FollowUp.objects.filter(done_on=None, placement__state=State.RUNNING, placement__case__in=own_cases(person))


def running_of(person: Person) -> QuerySet[Placement]:
    """Running placements of one's own people."""
    return Placement.objects.filter(state=State.RUNNING, case__in=own_cases(person))


def placements_ending(person: Person, programme: Programme) -> list[tuple[Placement, str]]:
    """Running placements of one's own people whose agreed time is over, with names; at most twenty."""
    rows = list(
        running_of(person).filter(ends_on__lte=clock.today(), case__programme=programme)
        .select_related("case__person", "position__company").order_by("ends_on", "id")[:20]
    )  # fmt: skip
    names = names_of_cases(person, [one.case for one in rows])
    return [(one, names[one.case.person_id].text) for one in rows]


def clocks_struck(person: Person, programme: Programme) -> list[tuple[str, date, int]]:
    """For one's own people: which clocks have struck without an answer: clock, day, how many people. The programme may be over long ago."""
    own, today = own_cases(person).filter(programme=programme), clock.today()
    found: list[tuple[str, date, int]] = []
    for name, day in rules.clock_days(programme.ends_on, None).items():
        if day <= today:
            known = WorkStatus.objects.filter(case=OuterRef("pk"), clock=name, is_current=True)
            waiting = own.filter(~Exists(known)).count()
            if waiting:
                found.append((name, day, waiting))
    return found


@dataclass(frozen=True)
class Left:
    """Somebody who left, and one of the own clocks that has struck without an answer: the day that is asked about."""

    case: Case
    clock: str
    day: date


def exits_unasked(person: Person, programme: Programme) -> list[Left]:
    """One's own people who left, whose own clocks have struck without an answer: on leaving, and six months after; of twenty people at most,
    those who left first."""
    later = Entry.objects.filter(case=OuterRef("case")).filter(Q(ended_on=None) | Q(started_on__gt=OuterRef("started_on")))
    left = Entry.objects.filter(~Exists(later), case__in=own_cases(person).filter(programme=programme), ended_on__isnull=False).select_related("case__person")
    months = {WorkStatus.Clock.EXIT.value: 0, WorkStatus.Clock.EXIT_SIX.value: 6}
    asks = {}
    for name, after in months.items():
        known = WorkStatus.objects.filter(case=OuterRef("case"), clock=name, is_current=True, on__gte=OuterRef("ended_on"))  # an answer about an earlier leaving is none
        has_struck = Q(ended_on__lte=rules.months_later(clock.today(), -after))
        asks[f"asks_{name}"] = ExpressionWrapper(has_struck & ~Exists(known), BooleanField())
    rows = left.annotate(**asks).filter(reduce(or_, [Q(**{ask: True}) for ask in asks])).order_by("ended_on", "id")[:20]
    found = [Left(row.case, name, rules.months_later(row.ended_on, after)) for row in rows for name, after in months.items() if row.ended_on and getattr(row, f"asks_{name}")]
    return sorted(found, key=lambda one: one.day)


def language_of(placement: Placement) -> str:
    """The language needed at the position, in words."""
    position = placement.position
    return f"{language_name(position.language)} {position.language_level}".strip() if position.language else ""


def organisations_with_caseworkers(person: Person, programme: Programme) -> QuerySet[Organisation]:
    """The organisations that a person coordinates in a programme and that have caseworkers."""
    return with_caseworkers(programme, organisations_worked(person, programme))
