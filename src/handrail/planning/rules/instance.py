"""The planning problem as plain arrays of codes: who needs what, which sessions could be held, and the rules that must hold."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handrail.planning.rules.validation import SHORTLIST_LIMIT, ProblemError, validate

Array = NDArray[Any]

__all__ = ["FORBIDDEN", "LANGUAGE", "NOT_AVAILABLE", "TRAVEL", "Array", "Problem", "ProblemError", "absence_limits", "shortlist_by_gap_per_hour"]
ENDLESS = 1_000_000  # a level that nobody reaches
FORBIDDEN, NOT_AVAILABLE, LANGUAGE, TRAVEL = 1, 2, 3, 4  # why the caller left a pair out (`refused_code`)

_WHOLE = (
    "person_unit", "person_municipality", "person_profession", "gap", "outcome", "module_prerequisite", "shortlist",
    "session_module", "session_slot", "session_length", "session_minimum", "session_maximum", "session_trainer",
    "session_room", "pair_person", "pair_session", "absence_limit", "pinned_pairs", "pinned_held", "pinned_not_held",
    "refused_person", "refused_session", "refused_code", "leads_to", "level",
)  # fmt: skip
_REAL = (
    "person_hours", "weight", "module_hours", "session_cost", "pair_travel", "omega", "width",
)  # fmt: skip
_YESNO = (
    "prerequisite_met", "session_mixed",
)  # fmt: skip


def _none() -> Array:
    return np.zeros(0, np.int32)


@dataclass(frozen=True, eq=False, kw_only=True)
class Problem:
    """One training-plan problem in codes, without names: people, modules, candidate sessions, admissible pairs, limits and pins.

    Slots count half days from 0. A pair is a person who needs, may, can and understands a session; the caller filtered the others.
    """

    slots: int
    budget: float
    # people
    person_unit: Array
    person_municipality: Array
    person_profession: Array
    person_hours: Array  # hours a person may spend on training in the period
    gap: Array  # [person, competence] levels missing
    weight: Array  # [person, competence] how much one missing level matters
    # modules
    outcome: Array  # [module, competence] levels gained
    module_hours: Array
    module_prerequisite: Array  # module that must come earlier, -1 for none
    prerequisite_met: Array  # [person, module] the prerequisite is already satisfied
    shortlist: Array  # [person, at most 8] modules proposed to the person, -1 pads
    # candidate sessions
    session_module: Array
    session_slot: Array
    session_length: Array  # half days
    session_minimum: Array
    session_maximum: Array
    session_cost: Array
    session_trainer: Array  # -1: none to reserve
    session_room: Array  # -1: online
    session_mixed: Array  # group work: nobody's municipality or profession may fill more than `mixed_share`
    # admissible pairs
    pair_person: Array
    pair_session: Array
    pair_travel: Array
    # units
    absence_limit: Array  # [unit, slot], or [unit] for the same limit every half day
    # decisions of people
    pinned_pairs: Array = field(default_factory=_none)
    pinned_held: Array = field(default_factory=_none)
    pinned_not_held: Array = field(default_factory=_none)
    # what the caller filtered out, for the explanations: FORBIDDEN, NOT_AVAILABLE, LANGUAGE or TRAVEL
    refused_person: Array = field(default_factory=_none)
    refused_session: Array = field(default_factory=_none)
    refused_code: Array = field(default_factory=_none)
    # how far a module leads, and where the person stands: what lies beyond is not gained (left out: nothing stands in the way)
    leads_to: Array = field(default_factory=_none)  # [module, competence]
    level: Array = field(default_factory=_none)  # [person, competence]
    # worth of a unit's first, next and last part of need; decreasing, so that units share
    omega: Array = field(default_factory=lambda: np.array([1.5, 1.0, 0.6]))
    width: Array = field(default_factory=lambda: np.array([0.4, 0.3, 0.3]))
    mixed_share: float = 0.6

    def __post_init__(self) -> None:
        limit = np.asarray(self.absence_limit)
        if limit.ndim == 1:
            object.__setattr__(self, "absence_limit", np.repeat(limit[:, None], self.slots, axis=1))
        if not np.asarray(self.leads_to).size:
            object.__setattr__(self, "leads_to", np.full(np.shape(self.outcome), ENDLESS))
        if not np.asarray(self.level).size:
            object.__setattr__(self, "level", np.zeros(np.shape(self.gap)))
        for names, kind in ((_WHOLE, np.int32), (_REAL, np.float64), (_YESNO, np.bool_)):
            for name in names:
                array = np.array(getattr(self, name), dtype=kind, order="C")  # a copy of our own that nobody can change
                array.setflags(write=False)
                object.__setattr__(self, name, array)
        validate(self)

    @property
    def people(self) -> int:
        return len(self.person_unit)

    @property
    def competences(self) -> int:
        return int(self.gap.shape[1])

    @property
    def modules(self) -> int:
        return len(self.module_hours)

    @property
    def sessions(self) -> int:
        return len(self.session_module)

    @property
    def pairs(self) -> int:
        return len(self.pair_person)

    @property
    def units(self) -> int:
        return int(self.absence_limit.shape[0])

    @property
    def mixed_limit(self) -> Array:
        """Seats one municipality, or one profession, may take in each group-work session: the share of the maximum, rounded up."""
        return np.ceil(np.round(self.mixed_share * self.session_maximum, 9)).astype(np.int32)

    @property
    def unit_need(self) -> Array:
        """Weighted levels missing in each unit."""
        return np.bincount(self.person_unit, (self.weight * self.gap).sum(1), minlength=self.units)

    @property
    def digest(self) -> str:
        """SHA-256 of everything the plan depends on; the same data give the same digest on every machine."""
        seal = hashlib.sha256()
        for item in fields(self):
            value = getattr(self, item.name)
            array = np.ascontiguousarray(value if isinstance(value, np.ndarray) else np.float64(value))
            little = array.astype(array.dtype.newbyteorder("<"), copy=False)
            seal.update(f"{item.name}:{array.dtype.kind}{array.dtype.itemsize}:{array.shape};".encode())
            seal.update(little.tobytes())
        return seal.hexdigest()


def absence_limits(unit_sizes: Array, share: float) -> Array:
    """How many people of each unit may be away in one half day: the share rounded down, but always at least one."""
    return np.maximum(1, np.floor(np.round(share * np.asarray(unit_sizes), 9))).astype(np.int32)


def shortlist_by_gap_per_hour(gap: Array, weight: Array, outcome: Array, module_hours: Array, size: int = SHORTLIST_LIMIT) -> Array:
    """Each person's modules with the most weighted gap closed per hour, best first, at most eight; -1 pads, equal ones by module code."""
    people, modules = len(gap), len(outcome)
    worth = np.stack([(weight * np.minimum(gap, outcome[m])).sum(1) for m in range(modules)], 1)
    score = np.where(worth > 0, worth / module_hours, -1.0)
    order = np.argsort(-score, axis=1, kind="stable")[:, :size]
    chosen = np.where(np.take_along_axis(score, order, 1) > 0, order, -1).astype(np.int32)
    padded = np.full((people, size), -1, np.int32)
    padded[:, : chosen.shape[1]] = chosen
    return padded
