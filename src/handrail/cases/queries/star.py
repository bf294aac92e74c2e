"""The star of a person: the latest reading drawn, all of them in a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from handrail.cases.models import Case, StarReading, StarTalk
from handrail.cases.queries.cases import cases_visible_to
from handrail.cases.rules import SIDES, Dimension, dimensions
from handrail.kit import drawing
from handrail.people.models import Person


@dataclass(frozen=True)
class StarRow:
    """One point of the star: what both sides say now, in figures and words, and what they said at first."""

    dimension: Dimension
    citizen: int | None
    caseworker: int | None
    first_citizen: int | None
    first_caseworker: int | None

    @property
    def citizen_words(self) -> str:
        """The step that the person chose."""
        return self.dimension.step_of(self.citizen) if self.citizen else ""

    @property
    def caseworker_words(self) -> str:
        """The step that the caseworker chose."""
        return self.dimension.step_of(self.caseworker) if self.caseworker else ""


@dataclass(frozen=True)
class StarPage:
    """The latest word of each side drawn, its table, and the days of all talks."""

    talk: StarTalk
    drawing: drawing.Star
    rows: tuple[StarRow, ...]
    talks: tuple[StarTalk, ...]
    citizen: StarTalk | None  # when the person's side was said, and whether by link
    caseworker: StarTalk | None

    @property
    def first(self) -> StarTalk | None:
        """The first talk, where there were several."""
        return self.talks[0] if len(self.talks) > 1 else None

    @property
    def is_one_talk(self) -> bool:
        """Whether both sides were said in one talk."""
        return self.citizen is None or self.caseworker is None or self.citizen.pk == self.caseworker.pk


def star_talks_visible_to(person: Person) -> QuerySet[StarTalk]:
    """The talks of people whom one accompanies."""
    return StarTalk.objects.filter(case__in=cases_visible_to(person)).select_related("case__person", "case__programme")


def star_of(case: Case, talk: StarTalk | None = None) -> StarPage | None:
    """The star as it stood at a talk (the latest, unless another is asked for); None before the first.

    A side that was not said then (the person's word by link is one side alone) stands as it was last said before.
    """
    talks = list(case.star_talks.all())
    if not talks:
        return None
    chosen = talk or talks[-1]
    until = [one.pk for one in talks[: [one.pk for one in talks].index(chosen.pk) + 1]]
    values: dict[tuple[int, str, str], int] = {}
    said: dict[str, set[int]] = {side: set() for side in SIDES}
    for talk_id, side, code, value in StarReading.objects.filter(talk__case=case).values_list("talk_id", "side", "dimension", "value"):
        values[talk_id, side, code] = value
        said[side].add(talk_id)
    last = {side: next((pk for pk in reversed(until) if pk in said[side]), None) for side in SIDES}
    first = {side: next((one.pk for one in talks if one.pk in said[side]), None) for side in SIDES}

    def step(when: dict[str, int | None], side: str, code: str) -> int | None:
        pk = when[side]
        return None if pk is None else values.get((pk, side, code))

    points = dimensions()
    rows = tuple(
        StarRow(
            one, step(last, "citizen", one.code), step(last, "caseworker", one.code), step(first, "citizen", one.code), step(first, "caseworker", one.code)
        )
        for one in points
    )
    drawn = drawing.star(names=[one.name for one in points], sides=[(side, [step(last, side, one.code) for one in points]) for side in SIDES])
    known = {one.pk: one for one in talks}
    return StarPage(chosen, drawn, rows, tuple(talks), known.get(last["citizen"] or 0), known.get(last["caseworker"] or 0))


def own_side_of(case: Case) -> tuple[dict[str, int], date | None]:
    """The steps that the person chose last, by point, and the day; nothing before the first time."""
    talk = StarTalk.objects.filter(case=case, readings__side=StarReading.Side.CITIZEN).order_by("-held_on", "-id").first()
    if talk is None:
        return {}, None
    return dict(StarReading.objects.filter(talk=talk, side=StarReading.Side.CITIZEN).values_list("dimension", "value")), talk.held_on
