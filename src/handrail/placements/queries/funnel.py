"""The funnel from start to work: people, never events; each figure opens down to exactly its people, for those who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, QuerySet

from handrail.cases.models import Case, Entry
from handrail.cases.queries import coordinated
from handrail.kit.kept import once
from handrail.kit.models import LongTask
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.placements.models import FunnelTarget, Placement, Workbook, WorkStatus
from handrail.placements.rules import months_later
from handrail.programmes.models import Programme

State = Placement.State
LABELS = {
    "started": _("Have begun"),
    "placed": _("At a company"),
    "completed": _("Full time completed"),
    "employed": _("In work at the end"),
    "plus": _("In work 6 months on"),
}
EXPLAINED = {
    "started": _("Everybody with a first day in the programme, once, however often they came back."),
    "placed": _("Everybody with a placement that every part has signed and that has begun."),
    "completed": _("Everybody with a placement that lasted to its last agreed day, extensions included. Who stopped early is not among them."),
    "employed": _("Everybody in work on the programme's last day, with evidence. Without evidence it is claimed and not counted."),
    "plus": _("Everybody in work six months after the programme's end, with evidence, who was not among those in work at its end."),
}


def people_of(programme: Programme, step: str, day: date) -> QuerySet[Case]:
    """Exactly the people whom a step of the funnel counts on a day."""
    cases = Case.objects.filter(programme=programme)
    if step == "started":
        return cases.filter(Exists(Entry.objects.filter(case=OuterRef("pk"), started_on__lte=day)))
    if step == "placed":
        return cases.filter(Exists(_begun(day)))
    if step == "completed":
        return cases.filter(Exists(Placement.objects.filter(case=OuterRef("pk"), state=State.COMPLETED, ended_on__lte=day)))
    if step == "employed":
        return cases.filter(_in_work("project", day))
    if step == "plus":
        return cases.filter(_in_work("project_six", day)).exclude(_in_work("project", day))
    if step == "claimed":
        return cases.filter(_in_work("project", day, proven=False))
    if step == "claimed_plus":
        return cases.filter(_in_work("project_six", day, proven=False)).exclude(_in_work("project", day))
    if step == "stopped":
        return cases.filter(Exists(_begun(day))).filter(
            Exists(Placement.objects.filter(case=OuterRef("pk"), state=State.STOPPED, ended_on__lte=day))
        ).exclude(Exists(Placement.objects.filter(case=OuterRef("pk"), state=State.COMPLETED, ended_on__lte=day)))  # fmt: skip
    if step in ("exit", "exit_six"):
        return cases.filter(_in_work(step, day))
    if step in ("unasked_project", "unasked_project_six"):
        known = WorkStatus.objects.filter(case=OuterRef("pk"), clock=step.removeprefix("unasked_"), is_current=True)
        return cases.filter(~Exists(known))
    return cases.none()


def _begun(day: date) -> QuerySet[Placement]:
    return Placement.objects.filter(case=OuterRef("pk"), state__in=[State.RUNNING, State.COMPLETED, State.STOPPED], starts_on__lte=day)


def _in_work(clock_name: str, day: date, *, proven: bool = True) -> Any:
    rows = WorkStatus.objects.filter(case=OuterRef("pk"), clock=clock_name, is_current=True, does=WorkStatus.Does.EMPLOYED, on__lte=day)
    return Exists(rows.exclude(evidence=WorkStatus.Evidence.NONE) if proven else rows.filter(evidence=WorkStatus.Evidence.NONE))


def has_funnel(programme: Programme) -> bool:
    """Whether a programme promised steps of a funnel; asked once a page."""
    return once("has-funnel", [programme.pk], lambda: FunnelTarget.objects.filter(programme=programme).exists())


@dataclass(frozen=True)
class FunnelStep:
    """One step: how many people, of how many promised, and how many of those who began."""

    key: str
    label: Any
    explained: Any
    people: int
    target: int | None
    source: str
    share: Decimal | None  # of those who began
    forecast: int | None
    claimed: int = 0

    @property
    def lacking(self) -> int:
        """How many are missing to the promise."""
        return max(0, (self.target or 0) - self.people)


def funnel_of(programme: Programme, day: date) -> list[FunnelStep]:
    """The funnel of a programme on a day, against what it promised, with how many it will be at the pace of the last twelve months.

    A forecast is the count so far plus the pace of the last twelve months until the programme's end, for steps that happen along the
    way; being in work is asked on fixed days and has none.
    """
    targets = {one.step: one for one in FunnelTarget.objects.filter(programme=programme)}
    started = people_of(programme, "started", day).count()
    found = []
    for key, label in LABELS.items():
        people = started if key == "started" else people_of(programme, key, day).count()
        claimed = people_of(programme, {"employed": "claimed", "plus": "claimed_plus"}[key], day).count() if key in ("employed", "plus") else 0
        target = targets.get(key)
        found.append(
            FunnelStep(
                key, label, EXPLAINED[key], people, target.people if target else None, target.source if target else "",
                Decimal(people) / started if started else None, _forecast(programme, key, people, day), claimed,
            )
        )  # fmt: skip
    return found


def longest(steps: Sequence[FunnelStep]) -> int:
    """How many people the longest bar stands for: counted or promised."""
    return max([1, *(one.people for one in steps), *(one.target or 0 for one in steps)])


def _forecast(programme: Programme, key: str, people: int, day: date) -> int | None:
    if key not in ("started", "placed", "completed") or day >= programme.ends_on or day <= programme.starts_on:
        return None
    since = max(programme.starts_on, day - timedelta(days=365))
    before = people_of(programme, key, since).count() if since > programme.starts_on else 0
    pace = Decimal(people - before) / max(1, (day - since).days)
    return people + int(pace * (programme.ends_on - day).days)


def days_to_company(programme: Programme, day: date) -> tuple[int, int | None]:
    """How many people came to a company, and the median of days from beginning to the first company day; None where nobody has."""
    first = Placement.objects.filter(case__programme=programme, state__in=[State.RUNNING, State.COMPLETED, State.STOPPED], starts_on__lte=day)
    rows = first.values("case").annotate(first=Min("starts_on"), opened=Min("case__opened_on")).order_by(F("first") - F("opened"))
    count = rows.count()
    if not count:
        return 0, None
    middle = rows[(count - 1) // 2]
    return count, (middle["first"] - middle["opened"]).days


def exits_of(programme: Programme, day: date) -> dict[str, int]:
    """The second view, from each person's own exit: how many left, were in work within four weeks, were in work after six months."""
    here = Entry.objects.filter(case=OuterRef("pk"), ended_on=None)
    left = Case.objects.filter(programme=programme).filter(Exists(Entry.objects.filter(case=OuterRef("pk"), ended_on__lte=day))).exclude(Exists(here))
    six = Entry.objects.filter(case=OuterRef("pk"), ended_on__lte=months_later(day, -6))
    return {
        "left": left.count(), "exit": people_of(programme, "exit", day).count(), "left_six": left.filter(Exists(six)).count(),
        "exit_six": people_of(programme, "exit_six", day).count(),
    }  # fmt: skip


def reasons_of_stopping(programme: Programme, day: date) -> list[tuple[Any, int]]:
    """Why placements stopped early, the most frequent first."""
    rows = Placement.objects.filter(case__programme=programme, state=State.STOPPED, ended_on__lte=day).exclude(reason="")
    found = rows.values_list("reason").annotate(n=Count("id")).order_by("-n", "reason")
    return [(Placement.Reason(reason).label, count) for reason, count in found]


def workbooks_visible_to(person: Person) -> QuerySet[Workbook]:
    """The workbooks that one handed in oneself, while one may bring in people there."""
    where = {"programme": "programme__uid", "organisation": "organisation_id"}
    return Workbook.objects.filter(coordinated(person, **where), asked_by=person).select_related("programme")


def task_of(workbook: Workbook) -> LongTask | None:
    """How far a workbook is."""
    return LongTask.objects.filter(uid=workbook.task).first() if workbook.task else None
