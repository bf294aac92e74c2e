"""Two lists of one session: where they say different things, a person decides; nothing is overwritten without being seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from handrail.delivery.rules.minutes import Mark, Present, present_minutes
from handrail.kit.errors import Conflict

KEPT_FOR_HOURS = 24  # names stay on a phone no longer than this, sent or not


@dataclass(frozen=True)
class Stands:
    """What counts for one person now: the line's public identifier and what it says."""

    line: str
    present: Present


class Disputed(Conflict):
    """Marks that say something else than lines written since the list was opened; names whom they are about."""

    def __init__(self, message: object, *, persons: Iterable[UUID]) -> None:
        super().__init__(message)
        self.persons = tuple(persons)


def said_by(mark: Mark, *, planned: int) -> Present:
    """What a mark says: its minutes, or what late and early leave of the planned ones."""
    minutes = present_minutes(planned=planned, late=mark.late_minutes, early=mark.left_early_minutes) if mark.minutes is None else mark.minutes
    return Present(minutes, mark.late_minutes, mark.left_early_minutes)


def disputed_marks(marks: Iterable[Mark], stands: Mapping[UUID, Stands], *, planned: int) -> list[Mark]:
    """Marks made without having seen the line that counts now, and saying something else than it does.

    Who does not tell what was seen (`seen` is None) disputes nothing; two people who say the same agree.
    """
    found = []
    for mark in marks:
        now = stands.get(mark.person)
        if mark.seen is None or mark.seen == (now.line if now else ""):
            continue
        if now is None or now.present != said_by(mark, planned=planned):
            found.append(mark)
    return found
