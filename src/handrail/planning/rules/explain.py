"""Why this seat, and why not that one: facts and numbers counted from the finished plan, for the screens to put into words.

"Gain" is always weighted levels closed beside the person's other seats; "points" is the same after the unit's decreasing worth.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from handrail.planning.rules.instance import Problem
from handrail.planning.rules.plan import Plan
from handrail.planning.rules.standing import NO_GAIN, Standing

NOT_NEEDED, FORBIDDEN, NOT_AVAILABLE, LANGUAGE, TRAVEL, HOURS, CLASH, PREREQUISITE, UNIT_LIMIT, MIXED, FULL, TRAVEL_MONEY, NOT_HELD = (
    "not_needed", "forbidden", "not_available", "language", "travel", "hours", "clash", "prerequisite", "unit_limit", "mixed_group", "full",
    "travel_money", "not_held",
)  # fmt: skip
ORDER = (
    NOT_NEEDED, FORBIDDEN, NOT_AVAILABLE, LANGUAGE, TRAVEL, HOURS, CLASH, PREREQUISITE, UNIT_LIMIT, MIXED, FULL, TRAVEL_MONEY, NOT_HELD,
)  # fmt: skip
NO_SESSION, POSSIBLE = "no_session", "possible"  # the module has no candidate session at all; nothing stands against the seat
PINNED_OUT, OCCUPIED, ATTENDANCE, BUDGET, LITTLE_WORTH = "pinned_out", "occupied", "attendance", "budget", "little_worth"


@dataclass(frozen=True)
class SeatReason:
    """Why a person has this seat: what it closes, and the best other seat the person could have had instead."""

    person: int
    pair: int
    session: int
    module: int
    gain: float
    points: float
    levels: tuple[tuple[int, int, float], ...]  # competence, levels closed, the same weighted
    pinned: bool
    second_pair: int  # -1: there is none
    second_gain: float


@dataclass(frozen=True)
class Refusal:
    """Why a person does not take a module on the shortlist: the first fact, in the order of `ORDER`, at the session that came nearest."""

    person: int
    module: int
    code: str
    session: int  # -1 where the fact is about the module
    # two numbers to set against each other, by code: hours needed and had; people away and allowed; points won here and by whoever was
    # admitted last (full); money needed and left; people reachable and the minimum (not held); else the gain of the seat and 0
    yours: float
    theirs: float
    other: int = -1  # the session or module in the way
    cause: str = ""  # of `not_held`


def explain_seats(problem: Problem, plan: Plan) -> list[SeatReason]:
    """Say for each seat of a plan what it closes and what would have been second best."""
    standing = Standing(problem, plan)
    pinned = {int(x) for x in problem.pinned_pairs}
    return [_seat(standing, int(pair), int(pair) in pinned) for pair in plan.seats]


def _seat(now: Standing, pair: int, pinned: bool) -> SeatReason:
    p = now.problem
    person, session = int(p.pair_person[pair]), int(p.pair_session[pair])
    module = int(p.session_module[session])
    rest = [x for x in now.seats_of[person] if x != pair]
    gain = now.gain(person, module, rest)
    levels = now.levels(person, module, rest)
    second, second_gain = -1, 0.0
    for other in now.pairs_of[person]:
        if other == pair or other in rest or not now.is_held[p.pair_session[other]]:
            continue
        worth = now.gain(person, int(p.session_module[p.pair_session[other]]), rest)
        if worth > second_gain + NO_GAIN and now.fits_instead(other, pair):
            second, second_gain = other, worth
    return SeatReason(person, pair, session, module, gain, now.points_lost(person, gain), levels, pinned, second, second_gain)


def explain_refusals(problem: Problem, plan: Plan) -> list[Refusal]:
    """Say for each module on a shortlist that its person does not take which fact stands in the way, with its numbers."""
    now = Standing(problem, plan)
    by_module: dict[int, list[int]] = defaultdict(list)
    for s, m in enumerate(problem.session_module):
        by_module[int(m)].append(s)
    filtered: dict[int, dict[int, str]] = defaultdict(dict)
    names = {1: FORBIDDEN, 2: NOT_AVAILABLE, 3: LANGUAGE, 4: TRAVEL}
    for i, s, code in zip(problem.refused_person, problem.refused_session, problem.refused_code, strict=True):
        known = filtered[int(i)].setdefault(int(s), names[int(code)])
        filtered[int(i)][int(s)] = min(known, names[int(code)], key=ORDER.index)
    found = []
    for person in range(problem.people):
        taken = {int(problem.session_module[problem.pair_session[x]]) for x in now.seats_of[person]}
        for module in (int(m) for m in problem.shortlist[person] if m >= 0):
            if module not in taken:
                found.append(_refusal(now, person, module, by_module[module], filtered[person]))
    return found


def _refusal(now: Standing, person: int, module: int, sessions: list[int], filtered: dict[int, str]) -> Refusal:
    """The fact at the session that came nearest; sessions held before sessions not held, early before late."""
    alone, beside = now.gain(person, module, []), now.gain(person, module, now.seats_of[person])
    if beside <= NO_GAIN:
        return Refusal(person, module, NOT_NEEDED, -1, beside, alone)
    facts = [_fact(now, person, module, s, beside, filtered) for s in sessions]
    known = [f for f in facts if f is not None]
    if not known:
        return Refusal(person, module, NO_SESSION, -1, beside, 0.0)
    rank = {code: place for place, code in enumerate((*ORDER, POSSIBLE))}
    admissible = [f for f in known if f.code not in (FORBIDDEN, NOT_AVAILABLE, LANGUAGE, TRAVEL)]
    held = [f for f in admissible if now.is_held[f.session]]
    return max(held or admissible or known, key=lambda f: (rank[f.code], -f.session))


def _fact(now: Standing, person: int, module: int, session: int, gain: float, filtered: dict[int, str]) -> Refusal | None:
    p = now.problem
    pair = now.pair_at.get((person, session), -1)
    if pair < 0:
        code = filtered.get(session)
        return None if code is None else Refusal(person, module, code, session, 0.0, 0.0)
    hours = now.hours[person] + float(p.module_hours[module])
    if hours > float(p.person_hours[person]) + 1e-9:
        return Refusal(person, module, HOURS, session, hours, float(p.person_hours[person]))
    for other in now.seats_of[person]:
        if now.overlap(session, int(p.pair_session[other])):
            return Refusal(person, module, CLASH, session, gain, 0.0, other=int(p.pair_session[other]))
    if not now.prerequisite_done(person, session, now.seats_of[person]):
        return Refusal(person, module, PREREQUISITE, session, gain, 0.0, other=int(p.module_prerequisite[module]))
    unit = int(p.person_unit[person])
    for slot in now.slots(session):
        if now.away[unit, slot] + 1 > p.absence_limit[unit, slot]:
            return Refusal(person, module, UNIT_LIMIT, session, float(now.away[unit, slot] + 1), float(p.absence_limit[unit, slot]), other=slot)
    if not now.is_held[session]:
        return _not_held(now, person, module, session)
    if p.session_mixed[session] and not now.mixed(person, session):
        return Refusal(person, module, MIXED, session, gain, float(p.mixed_limit[session]))
    if now.attendance[session] >= p.session_maximum[session]:
        return Refusal(person, module, FULL, session, now.points_won(person, gain), now.least_points(session))
    left = p.budget - now.spent
    if p.pair_travel[pair] > left + 1e-9:
        return Refusal(person, module, TRAVEL_MONEY, session, float(p.pair_travel[pair]), left)
    return Refusal(person, module, POSSIBLE, session, gain, 0.0)


def _not_held(now: Standing, person: int, module: int, session: int) -> Refusal:
    """Why a session is not held: a decision, a trainer or room in use, too few people left, or too little money."""
    p = now.problem
    if session in {int(s) for s in p.pinned_not_held}:
        return Refusal(person, module, NOT_HELD, session, 0.0, 0.0, cause=PINNED_OUT)
    for other in (int(s) for s in now.plan.held):
        for whose in (p.session_trainer, p.session_room):
            if whose[session] >= 0 and whose[session] == whose[other] and now.overlap(session, other):
                return Refusal(person, module, NOT_HELD, session, 0.0, 0.0, other=other, cause=OCCUPIED)
    reachable, travel = now.reachable(session)
    if reachable < p.session_minimum[session]:
        return Refusal(person, module, NOT_HELD, session, float(reachable), float(p.session_minimum[session]), cause=ATTENDANCE)
    needed, left = float(p.session_cost[session]) + travel, p.budget - now.spent
    if needed > left + 1e-9:
        return Refusal(person, module, NOT_HELD, session, needed, left, cause=BUDGET)
    return Refusal(person, module, NOT_HELD, session, float(reachable), float(p.session_minimum[session]), cause=LITTLE_WORTH)


__all__ = [
    "ATTENDANCE", "BUDGET", "CLASH", "FORBIDDEN", "FULL", "HOURS", "LANGUAGE", "LITTLE_WORTH", "MIXED", "NOT_AVAILABLE", "NOT_HELD",
    "NOT_NEEDED", "NO_SESSION", "OCCUPIED", "ORDER", "PINNED_OUT", "POSSIBLE", "PREREQUISITE", "TRAVEL", "TRAVEL_MONEY", "UNIT_LIMIT",
    "Refusal", "SeatReason", "explain_refusals", "explain_seats",
]  # fmt: skip
