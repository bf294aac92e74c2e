"""The star of a person: the latest reading drawn, all of them in a table."""

from __future__ import annotations

from dataclasses import dataclass

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
    """The latest talk drawn, its table, and the days of all talks."""

    talk: StarTalk
    drawing: drawing.Star
    rows: tuple[StarRow, ...]
    talks: tuple[StarTalk, ...]

    @property
    def first(self) -> StarTalk | None:
        """The first talk, where there were several."""
        return self.talks[0] if len(self.talks) > 1 else None


def star_talks_visible_to(person: Person) -> QuerySet[StarTalk]:
    """The talks of people whom one accompanies."""
    return StarTalk.objects.filter(case__in=cases_visible_to(person)).select_related("case__person", "case__programme")


def star_of(case: Case, talk: StarTalk | None = None) -> StarPage | None:
    """The star as it stood at a talk (the latest, unless another is asked for); None before the first."""
    talks = list(case.star_talks.all())
    if not talks:
        return None
    chosen = talk or talks[-1]
    values: dict[tuple[int, str, str], int] = {
        (talk_id, side, code): value
        for talk_id, side, code, value in StarReading.objects.filter(talk__in={chosen.pk, talks[0].pk}).values_list("talk_id", "side", "dimension", "value")
    }
    points = dimensions()
    rows = tuple(
        StarRow(
            one, values.get((chosen.pk, "citizen", one.code)), values.get((chosen.pk, "caseworker", one.code)),
            values.get((talks[0].pk, "citizen", one.code)), values.get((talks[0].pk, "caseworker", one.code)),
        )
        for one in points
    )  # fmt: skip
    drawn = drawing.star(names=[one.name for one in points], sides=[(side, [values.get((chosen.pk, side, one.code)) for one in points]) for side in SIDES])
    return StarPage(chosen, drawn, rows, tuple(talks))
