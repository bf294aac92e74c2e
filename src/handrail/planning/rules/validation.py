"""What a planning problem must satisfy before anybody searches: sizes, codes within range, one pair once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from handrail.planning.rules.instance import Array, Problem

SHORTLIST_LIMIT = 8  # the search keeps a value for every subset of a person's shortlist: 2**8 of them


class ProblemError(ValueError):
    """The data of a plan cannot be used: names the field, the row, the cause and the remedy."""

    def __init__(self, field_name: str, row: int | None, cause: str, remedy: str) -> None:
        where = field_name if row is None else f"{field_name}[{row}]"
        super().__init__(f"{where}: {cause} {remedy}")
        self.field, self.row, self.cause, self.remedy = field_name, row, cause, remedy


def _fail(field: str, row: int | None, cause: str, remedy: str) -> None:
    raise ProblemError(field, row, cause, remedy)


def _shape(problem: Problem, shapes: dict[str, tuple[int, ...]]) -> None:
    for name, expected in shapes.items():
        found = getattr(problem, name).shape
        if found != expected:
            _fail(name, None, f"has shape {found} where {expected} is expected.", "Give one entry for each row.")


def _within(name: str, values: Array, low: int, high: int) -> None:
    """Codes lie in low..high-1."""
    wrong = np.flatnonzero((values < low) | (values >= high))
    if len(wrong):
        row = int(wrong[0])
        code = int(values.reshape(-1)[row])
        _fail(name, row, f"code {code} lies outside {low}..{high - 1}.", "Use a code that exists.")


def _not_negative(name: str, values: Array) -> None:
    wrong = np.flatnonzero(~np.isfinite(values.astype(np.float64)) | (values < 0))
    if len(wrong):
        _fail(name, int(wrong[0]), "is negative or not a number.", "Use zero or more.")


def validate(problem: Problem) -> None:
    """Refuse a planning problem whose arrays do not fit together, naming the field, the row and the remedy."""
    p = problem
    if p.slots < 1:
        _fail("slots", None, "there is no half day to plan.", "Give the number of half days in the period.")
    if not np.isfinite(p.budget) or p.budget < 0:
        _fail("budget", None, "is negative or not a number.", "Use zero or more.")
    for name in ("gap", "weight", "outcome", "leads_to", "level", "shortlist", "prerequisite_met", "absence_limit"):
        if getattr(p, name).ndim != 2:
            _fail(name, None, "is not a table.", "Give rows and columns.")
    n, c, m, s = p.people, p.competences, p.modules, p.sessions
    width = p.shortlist.shape[1]
    if not 1 <= width <= SHORTLIST_LIMIT:
        _fail("shortlist", None, f"has {width} columns.", f"Propose between 1 and {SHORTLIST_LIMIT} modules per person.")
    people = dict.fromkeys(("person_unit", "person_municipality", "person_profession", "person_hours"), (n,))
    sessions = {name: (s,) for name in vars(p) if name.startswith("session_")}
    _shape(p, people | sessions | {
        "gap": (n, c), "weight": (n, c), "outcome": (m, c), "leads_to": (m, c), "level": (n, c), "module_prerequisite": (m,), "prerequisite_met": (n, m),
        "shortlist": (n, width), "pair_session": (p.pairs,), "pair_travel": (p.pairs,),
        "refused_session": p.refused_person.shape, "refused_code": p.refused_person.shape, "width": p.omega.shape,
        "absence_limit": (p.units, p.slots),
    })  # fmt: skip
    for name in ("gap", "weight", "outcome", "leads_to", "level", "person_hours", "module_hours", "session_cost", "pair_travel", "absence_limit",
                 "session_minimum", "person_municipality", "person_profession", "omega", "width"):  # fmt: skip
        _not_negative(name, getattr(p, name))
    _codes(p)
    _sessions(p)
    _people(p)


def _codes(p: Problem) -> None:
    for name, high in (("person_unit", p.units), ("session_module", p.modules), ("session_slot", p.slots), ("pair_person", p.people),
                       ("pair_session", p.sessions), ("pinned_pairs", p.pairs), ("pinned_held", p.sessions),
                       ("pinned_not_held", p.sessions), ("refused_person", p.people), ("refused_session", p.sessions)):  # fmt: skip
        _within(name, getattr(p, name), 0, high)
    for name, high in (("module_prerequisite", p.modules), ("shortlist", p.modules)):
        _within(name, getattr(p, name), -1, high)
    _within("refused_code", p.refused_code, 1, 5)


def _sessions(p: Problem) -> None:
    for row in np.flatnonzero((p.session_length < 1) | (p.session_slot + p.session_length > p.slots))[:1]:
        _fail("session_length", int(row), "the session ends after the last half day.", "Move it, or plan a longer period.")
    for row in np.flatnonzero((p.session_maximum < 1) | (p.session_minimum > p.session_maximum))[:1]:
        _fail("session_maximum", int(row), "is below the minimum, or no seat at all.", "Raise it, or lower the minimum.")
    for row in np.flatnonzero(p.module_prerequisite == np.arange(p.modules))[:1]:
        _fail("module_prerequisite", int(row), "the module is its own prerequisite.", "Name another module.")


def _people(p: Problem) -> None:
    listed = np.sort(p.shortlist, axis=1)
    for row in np.flatnonzero(((listed[:, 1:] == listed[:, :-1]) & (listed[:, 1:] >= 0)).any(1))[:1]:
        _fail("shortlist", int(row), "names a module twice.", "Name each module once.")
    on_list = (p.shortlist[p.pair_person] == p.session_module[p.pair_session][:, None]).any(1)
    for row in np.flatnonzero(~on_list)[:1]:
        _fail("pair_session", int(row), "its module is not on the person's shortlist.", "Drop the pair or propose the module.")
    key = p.pair_person.astype(np.int64) * max(1, p.sessions) + p.pair_session
    unique, first = np.unique(key, return_index=True)
    if len(unique) != p.pairs:
        _fail("pair_person", int(np.setdiff1d(np.arange(p.pairs), first)[0]), "the pair is given twice.", "Give each pair once.")
    if len(p.omega) and (np.diff(p.omega) > 0).any():
        _fail("omega", None, "grows.", "The first part of a unit's need must be worth at least as much as the next.")
    if abs(float(p.width.sum()) - 1.0) > 1e-9:
        _fail("width", None, f"adds up to {float(p.width.sum())}.", "The parts of a unit's need must add up to 1.")
