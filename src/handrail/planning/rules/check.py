"""Every hard rule of a plan, counted again from the raw data. Shares no code with the search, on purpose."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from handrail.planning.rules.instance import Problem

SLACK = 1e-6  # money is added up in floating point


@dataclass(frozen=True)
class Violation:
    """One broken hard rule: its code, the codes of what it concerns, what was found and what was allowed."""

    code: str
    where: tuple[tuple[str, int], ...]
    found: float
    allowed: float
    words: str


def _violation(code: str, words: str, found: float, allowed: float, **where: int) -> Violation:
    place = ", ".join(f"{name} {value}" for name, value in where.items())
    return Violation(code, tuple(where.items()), found, allowed, f"{words} ({place}): {found:g}, allowed {allowed:g}")


def check(problem: Problem, held: Iterable[int], seats: Iterable[int]) -> list[Violation]:
    """List every broken hard rule of a plan in words; an empty list means the plan may be carried out."""
    sessions = [int(s) for s in held]
    pairs = [int(p) for p in seats]
    found = [*_references(problem, sessions, pairs)]
    if any(v.code in ("unknown_session", "unknown_pair") for v in found):
        return found
    taken = [(int(problem.pair_person[p]), int(problem.pair_session[p])) for p in pairs]
    for rule in (_sizes, _absence, _mixed, _exclusive, _persons, _prerequisites):
        found.extend(rule(problem, sessions, taken))
    found.extend(_money(problem, sessions, pairs))
    found.extend(_pins(problem, set(sessions), set(pairs)))
    return found


def _references(p: Problem, sessions: list[int], pairs: list[int]) -> Iterator[Violation]:
    for s, times in Counter(sessions).items():
        if not 0 <= s < p.sessions:
            yield _violation("unknown_session", "no such session", s, p.sessions - 1)
        elif times > 1:
            yield _violation("session_twice", "session listed more than once", times, 1, session=s)
    for pair, times in Counter(pairs).items():
        if not 0 <= pair < p.pairs:
            yield _violation("unknown_pair", "no such admissible pair", pair, p.pairs - 1)
        elif times > 1:
            yield _violation("seat_twice", "seat given more than once", times, 1, pair=pair)


def _sizes(p: Problem, sessions: list[int], taken: list[tuple[int, int]]) -> Iterator[Violation]:
    people = Counter(s for _, s in taken)
    for s in sorted(set(people) - set(sessions)):
        yield _violation("not_held", "seats in a session that is not held", people[s], 0, session=s)
    for s in sorted(set(sessions)):
        if people[s] < p.session_minimum[s]:
            yield _violation("below_minimum", "fewer people than the minimum", people[s], float(p.session_minimum[s]), session=s)
        if people[s] > p.session_maximum[s]:
            yield _violation("above_maximum", "more people than seats", people[s], float(p.session_maximum[s]), session=s)


def _halfdays(p: Problem, s: int) -> range:
    start = int(p.session_slot[s])
    return range(start, start + int(p.session_length[s]))


def _absence(p: Problem, _: list[int], taken: list[tuple[int, int]]) -> Iterator[Violation]:
    away: dict[tuple[int, int], set[int]] = defaultdict(set)
    for person, s in taken:
        for slot in _halfdays(p, s):
            away[int(p.person_unit[person]), slot].add(person)
    for (unit, slot), absent in sorted(away.items()):
        limit = int(p.absence_limit[unit, slot])
        if len(absent) > limit:
            yield _violation("unit_absence", "too many of one unit away", len(absent), limit, unit=unit, slot=slot)


def _mixed(p: Problem, _: list[int], taken: list[tuple[int, int]]) -> Iterator[Violation]:
    share = Fraction(p.mixed_share).limit_denominator(10**6)
    for name, label in (("municipality", p.person_municipality), ("profession", p.person_profession)):
        count = Counter((s, int(label[person])) for person, s in taken if p.session_mixed[s])
        for (s, which), people in sorted(count.items()):
            limit = ceil(share * int(p.session_maximum[s]))
            if people > limit:
                yield _violation(f"mixed_{name}", f"too many from one {name} in group work", people, limit, session=s, group=which)


def _exclusive(p: Problem, sessions: list[int], _: list[tuple[int, int]]) -> Iterator[Violation]:
    for name, whose in (("trainer", p.session_trainer), ("room", p.session_room)):
        used = Counter((int(whose[s]), slot) for s in set(sessions) if whose[s] >= 0 for slot in _halfdays(p, s))
        for (which, slot), times in sorted(used.items()):
            if times > 1:
                yield _violation(f"{name}_twice", f"one {name} in two sessions at once", times, 1, slot=slot, **{name: which})


def _money(p: Problem, sessions: list[int], pairs: list[int]) -> Iterator[Violation]:
    spent = sum(float(p.session_cost[s]) for s in set(sessions)) + sum(float(p.pair_travel[x]) for x in set(pairs))
    if spent > p.budget + SLACK:
        yield _violation("budget", "more spent than the budget", spent, p.budget)


def _persons(p: Problem, _: list[int], taken: list[tuple[int, int]]) -> Iterator[Violation]:
    modules = Counter((person, int(p.session_module[s])) for person, s in taken)
    for (person, module), times in sorted(modules.items()):
        if times > 1:
            yield _violation("module_twice", "one module more than once", times, 1, person=person, module=module)
    hours: dict[int, float] = defaultdict(float)
    busy: Counter[tuple[int, int]] = Counter()
    for person, s in taken:
        hours[person] += float(p.module_hours[p.session_module[s]])
        busy.update((person, slot) for slot in _halfdays(p, s))
    for person, spent in sorted(hours.items()):
        if spent > float(p.person_hours[person]) + SLACK:
            yield _violation("hours", "more hours than the person has", spent, float(p.person_hours[person]), person=person)
    for (person, slot), times in sorted(busy.items()):
        if times > 1:
            yield _violation("clash", "two sessions at once", times, 1, person=person, slot=slot)


def _prerequisites(p: Problem, _: list[int], taken: list[tuple[int, int]]) -> Iterator[Violation]:
    ends: dict[tuple[int, int], int] = {}
    for person, s in taken:
        key, last = (person, int(p.session_module[s])), _halfdays(p, s)[-1]
        ends[key] = min(last, ends.get(key, last))
    for person, s in taken:
        module = int(p.session_module[s])
        before = int(p.module_prerequisite[module])
        if before < 0 or p.prerequisite_met[person, module]:
            continue
        done = ends.get((person, before), p.slots)
        if done >= int(p.session_slot[s]):
            yield _violation(
                "prerequisite", "the prerequisite does not come before", done, int(p.session_slot[s]) - 1, person=person, module=module
            )


def _pins(p: Problem, sessions: set[int], pairs: set[int]) -> Iterator[Violation]:
    for pair in sorted({int(x) for x in p.pinned_pairs} - pairs):
        yield _violation("pin_seat", "a pinned seat is missing", 0, 1, pair=pair)
    for s in sorted({int(x) for x in p.pinned_held} - sessions):
        yield _violation("pin_held", "a session pinned as held is not held", 0, 1, session=s)
    for s in sorted({int(x) for x in p.pinned_not_held} & sessions):
        yield _violation("pin_not_held", "a session pinned as not held is held", 1, 0, session=s)
