"""What counts as one measurement: an own round and the managers' rounds of the same time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RoundFacts:
    """A round as far as the map needs it."""

    id: int
    is_self: bool
    phase: str
    opens_on: date
    is_closed: bool


@dataclass(frozen=True)
class Measurement:
    """One look at where staff stand: the round it is named by (None: ratings made outside rounds), and what belongs to it."""

    round: int | None
    self_rounds: tuple[int, ...] = ()
    manager_rounds: tuple[int, ...] = ()
    self_closed: bool = True
    manager_closed: bool = True

    @property
    def rounds(self) -> tuple[int, ...]:
        """Every round in it."""
        return self.self_rounds + self.manager_rounds

    def is_closed(self, kind: str) -> bool:
        """Whether nothing more comes in for a kind of rating."""
        return self.self_closed if kind == "self" else self.manager_closed


def measurements(rounds: Sequence[RoundFacts]) -> list[Measurement]:
    """The measurements of a framework: each own round with the managers' rounds of its phase that lie nearest to it in time.

    A managers' round of a phase in which nobody was asked about themselves is a measurement of its own.
    """
    own = sorted((one for one in rounds if one.is_self), key=lambda one: (one.opens_on, one.id))
    managers: dict[int, list[RoundFacts]] = {}
    alone: list[RoundFacts] = []
    for one in (one for one in rounds if not one.is_self):
        near = [other for other in own if other.phase == one.phase]
        if near:
            nearest = min(near, key=lambda other: (abs((other.opens_on - one.opens_on).days), other.id))
            managers.setdefault(nearest.id, []).append(one)
        else:
            alone.append(one)
    found = [
        Measurement(
            one.id, (one.id,), tuple(other.id for other in managers.get(one.id, ())), one.is_closed,
            all(other.is_closed for other in managers.get(one.id, ())),
        )
        for one in own
    ]  # fmt: skip
    return found + [Measurement(one.id, (), (one.id,), True, one.is_closed) for one in alone]
