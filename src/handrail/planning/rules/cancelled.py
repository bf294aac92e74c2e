"""After cancellations: two or three answers that keep most of a plan as people know it, from the fewest changes to the most closed.

A published plan is a promise: whatever starts within the notice period stays as it is, and only those who lost a seat are moved for
certain. Same plan, seed and cancellations: same answers.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from handrail.planning.rules.finish import repair
from handrail.planning.rules.instance import Array, Problem
from handrail.planning.rules.plan import closed_by_unit, plan_value
from handrail.planning.rules.repair import call_off, seat_again, take_up, try_open
from handrail.planning.rules.search import DRAWS, Tuning, anneal
from handrail.planning.rules.state import HELD, WORTH, State, empty_state, held_of, seats_of
from handrail.planning.rules.tables import NEAR, SIZE, Data, lay_out

FEWEST, NEW_SESSIONS, MOST = "fewest", "new_sessions", "most"
MOVES_PER_CANCELLED = 200  # of the search around the cancelled sessions; planning.md 2 measured where more moves stop paying
# A cool search: it starts from a plan that is good already, and each change touches people.
COOL = Tuning(heat=0.05, last_heat=0.01, missing=2.6, last_missing=2.6, near=0.9, only_close=0.0, try_third=0.75, money=0.0)
MOST_MOVES = 3000  # a large consortium waits seconds, not minutes: the search is the answer that touches most and gains least
CHUNK = 10  # moves that are kept or taken back together
LOW_PRICE = 0.1  # the same in the search, whose answer is the one that touches most
PRICE = 0.35  # of a typical weight: what a new session must bring for each person who had lost nothing


@dataclass(frozen=True, eq=False, kw_only=True)
class Answer:
    """One way to go on: what is held, who sits where, and whom it touches."""

    name: str  # fewest, new_sessions or most
    held: Array  # session codes, ascending
    seats: Array  # pair indices, ascending
    value: float
    closed_by_unit: Array
    touched: Array  # persons with other seats than before, whoever lost one by the cancellation among them
    added: Array  # pairs
    removed: Array  # pairs, those of cancelled sessions among them
    opened: Array  # sessions held now and not before
    closed: Array  # sessions no longer held, beside the cancelled ones


@dataclass(frozen=True, eq=False, kw_only=True)
class Replan:
    """What was lost, and the answers from the fewest people touched to the most closed."""

    problem: Problem  # with each limit as wide as what people have agreed on already
    old_value: float
    lost_people: Array  # who had a seat in a cancelled session
    answers: tuple[Answer, ...]
    cpu_seconds: float
    digest: str
    seed: int


def frozen_as(problem: Problem, seats: Array, held: Array, cancelled: Array, frozen: Array) -> tuple[Problem, Array]:
    """The problem with the cancelled sessions gone and whatever starts within the notice period as it is; and which pairs are left.

    Nobody gets a seat in a frozen session, loses one, or loses it because what prepares for it was cancelled.
    """
    is_frozen = np.zeros(problem.sessions, bool)
    is_frozen[np.setdiff1d(frozen, cancelled)] = True
    is_seated = np.zeros(problem.pairs, bool)
    is_seated[seats] = True
    left = np.flatnonzero(~is_frozen[problem.pair_session] | is_seated)
    number = np.full(problem.pairs, -1, np.int64)
    number[left] = np.arange(len(left))
    fixed = seats[is_frozen[problem.pair_session[seats]]]
    pinned = np.union1d(problem.pinned_pairs[is_seated[problem.pinned_pairs]], fixed)
    pinned = pinned[~np.isin(problem.pair_session[pinned], cancelled)]
    met = problem.prerequisite_met.copy()
    met[problem.pair_person[fixed], problem.session_module[problem.pair_session[fixed]]] = True
    is_held = np.zeros(problem.sessions, bool)
    is_held[held] = True
    return replace(
        problem, pair_person=problem.pair_person[left], pair_session=problem.pair_session[left], pair_travel=problem.pair_travel[left],
        pinned_pairs=number[pinned], prerequisite_met=met,
        pinned_held=np.union1d(problem.pinned_held[is_held[problem.pinned_held]], np.flatnonzero(is_frozen & is_held)),
        pinned_not_held=np.union1d(np.union1d(problem.pinned_not_held, cancelled), np.flatnonzero(is_frozen & ~is_held)),
    ), left  # fmt: skip


def as_it_stands(problem: Problem, held: Array, seats: Array) -> Problem:
    """The problem with each limit as wide as what people have agreed on already: what stands is never a fault of an answer.

    Somebody may have been invited by hand beyond a unit's limit, or a session be held although some dropped out.
    """
    person, session = problem.pair_person[seats], problem.pair_session[seats]
    attending = np.bincount(session, minlength=problem.sessions)
    is_held = np.zeros(problem.sessions, bool)
    is_held[held] = True
    away = np.zeros((problem.units, problem.slots), np.int64)
    for i, s in zip(person, session, strict=True):
        away[problem.person_unit[i], problem.session_slot[s] : problem.session_slot[s] + problem.session_length[s]] += 1
    hours = np.bincount(person, problem.module_hours[problem.session_module[session]], minlength=problem.people)
    met, mixed = problem.prerequisite_met.copy(), problem.session_mixed.copy()
    ends = {(i, problem.session_module[s]): problem.session_slot[s] + problem.session_length[s] for i, s in zip(person, session, strict=True)}
    for i, s in zip(person, session, strict=True):
        module = problem.session_module[s]
        if ends.get((i, problem.module_prerequisite[module]), problem.slots + 1) > problem.session_slot[s]:
            met[i, module] = True
    for label in (problem.person_municipality, problem.person_profession):
        cells, count = np.unique(np.stack([session, label[person]]), axis=1, return_counts=True)
        mixed[cells[0][count > problem.mixed_limit[cells[0]]]] = False
    trainer, room = problem.session_trainer.copy(), problem.session_room.copy()
    for whose in (trainer, room):
        _one_at_a_time(problem, whose, held)
    return replace(
        problem, session_trainer=trainer, session_room=room, absence_limit=np.maximum(problem.absence_limit, away), person_hours=np.maximum(problem.person_hours, hours),
        session_minimum=np.where(is_held, np.minimum(problem.session_minimum, attending), problem.session_minimum),
        session_maximum=np.maximum(problem.session_maximum, attending), prerequisite_met=met, session_mixed=mixed,
    )  # fmt: skip


def _one_at_a_time(problem: Problem, whose: Array, held: Array) -> None:
    """Two planned sessions of one trainer, or in one room, may share a half day by the clock: the longer keeps it reserved."""
    taken: set[tuple[int, int]] = set()
    for s in sorted((int(s) for s in held if whose[s] >= 0), key=lambda s: (-int(problem.session_length[s]), s)):
        slots = {(int(whose[s]), t) for t in range(problem.session_slot[s], problem.session_slot[s] + problem.session_length[s])}
        if slots & taken:
            whose[s] = -1
        taken |= slots


def replan(
    problem: Problem, *, held: Array, seats: Array, cancelled: Array, frozen: Array, seed: int = 0, moves: int | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Replan:  # fmt: skip
    """Answer cancellations: seat again whoever lost a seat; open sessions with the money left; search around what fell away.

    `held` and `seats` (pairs) are the plan as it stands before; `frozen` the sessions that start within the notice period.
    """
    started = time.process_time()
    problem = as_it_stands(problem, held, seats)
    now, left = frozen_as(problem, seats, held, cancelled, frozen)
    data = lay_out(now)
    number = np.full(problem.pairs, -1, np.int64)
    number[left] = np.arange(len(left))
    state = empty_state(data, now.people, now.units)
    take_up(data, state, held.astype(np.int64), number[seats])
    lost = np.unique(problem.pair_person[seats[np.isin(problem.pair_session[seats], cancelled)]])
    before = state.seat[:, :SIZE].copy()
    kept = _Kept(problem, left, held, seats, cancelled)
    weights = problem.weight[problem.weight > 0]
    scale = float(weights.mean()) if len(weights) else 1.0
    call_off(data, state, cancelled.astype(np.int64))
    as_left = copied(state)
    seat_again(data, state, _by_need(problem, state, lost))
    repair(data, state)
    answers = [kept.answer(FEWEST, state)]
    # New sessions come before free seats elsewhere: whoever has just been seated again would be missing in them.
    if open_more(problem, data, as_left, _touched(before, as_left), PRICE * scale):
        seat_again(data, as_left, _by_need(problem, as_left, lost))
        repair(data, as_left)
        answers.append(kept.answer(NEW_SESSIONS, as_left))
        state = as_left
    wanted = min(MOST_MOVES, MOVES_PER_CANCELLED * len(cancelled)) if moves is None else moves
    if wanted and not (should_stop is not None and should_stop()):
        answers.append(kept.answer(MOST, _search_near(now, data, state, before, cancelled, seed, wanted, scale, should_stop)))
    return Replan(
        problem=problem, old_value=plan_value(problem, seats), lost_people=lost, answers=_worth_choosing(answers), cpu_seconds=time.process_time() - started,
        digest=problem.digest, seed=seed,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Kept:
    """The plan before, to count what an answer changes."""

    problem: Problem
    left: Array
    held: Array
    seats: Array
    cancelled: Array

    def answer(self, name: str, state: State) -> Answer:
        seats, held = np.sort(self.left[seats_of(state)]), held_of(state)
        added, removed = np.setdiff1d(seats, self.seats), np.setdiff1d(self.seats, seats)
        return Answer(
            name=name, held=held, seats=seats, value=plan_value(self.problem, seats), closed_by_unit=closed_by_unit(self.problem, seats),
            touched=np.unique(self.problem.pair_person[np.concatenate([added, removed])]), added=added, removed=removed,
            opened=np.setdiff1d(held, self.held), closed=np.setdiff1d(np.setdiff1d(self.held, held), self.cancelled),
        )  # fmt: skip


def copied(state: State) -> State:
    """A plan that can be changed while the first one stays."""
    return State(*(array.copy() for array in state))


def _by_need(problem: Problem, state: State, persons: Array) -> Array:
    """Whose unit is furthest behind comes first, then who lacks most."""
    need = problem.unit_need
    share = state.closed / np.maximum(need, 1e-9)
    lacking = (problem.weight[persons] * problem.gap[persons]).sum(1)
    return persons[np.lexsort((persons, -lacking, share[problem.person_unit[persons]]))].astype(np.int64)


def _touched(before: Array, state: State) -> Array:
    """1 for each person whose seats differ from those before."""
    return np.asarray((state.seat[:, :SIZE] != before).any(axis=1), np.int64)


def open_more(problem: Problem, data: Data, state: State, touched: Array, price: float) -> int:
    """Open the session that brings most, again and again, while one pays; gains only fall, so only the best one is looked at again."""
    gains = [(-try_open(data, state, s, touched, price, False), s) for s in range(problem.sessions) if not state.attend[s, HELD]]
    queue = [(gain, s) for gain, s in gains if gain < 0.0]
    heapq.heapify(queue)
    opened = 0
    while queue:
        _old, s = heapq.heappop(queue)
        gain = try_open(data, state, s, touched, price, False)
        if gain <= 0.0:
            continue
        if queue and -gain > queue[0][0]:
            heapq.heappush(queue, (-gain, s))
            continue
        opened += try_open(data, state, s, touched, price, True) > 0.0
    return opened


def _search_near(
    problem: Problem, data: Data, state: State, before: Array, cancelled: Array, seed: int, moves: int, scale: float,
    should_stop: Callable[[], bool] | None,
) -> State:  # fmt: skip
    """Search among the sessions that share people with a cancelled one, a few moves at a time; what does not pay for the people it
    touches is taken back."""
    chosen = np.zeros(problem.sessions)
    for s in cancelled:
        chosen[data.links[data.meeting[s, NEAR] : data.meeting[s + 1, NEAR]]] = 1.0
    if not chosen.any():
        return state
    tuning = COOL._replace(**{name: getattr(COOL, name) * scale for name in ("heat", "last_heat", "missing", "last_missing")})
    random, chances = np.random.default_rng(seed), np.cumsum(chosen)

    def worth(one: State) -> float:
        return float(one.total[WORTH]) - LOW_PRICE * scale * float(_touched(before, one).sum())

    best = worth(state)
    for done in range(0, moves, CHUNK):
        if should_stop is not None and should_stop():
            break
        tried = copied(state)
        anneal(data, tried, random.random((CHUNK, DRAWS)), chances, tuning, done, moves)
        repair(data, tried)
        if (found := worth(tried)) > best:
            state, best = tried, found
    return state


def _worth_choosing(answers: list[Answer]) -> tuple[Answer, ...]:
    """Only answers that close more than one that touches no more people."""
    chosen: list[Answer] = []
    for one in sorted(answers, key=lambda one: (len(one.touched), -one.value)):
        if not chosen or one.value > chosen[-1].value + 1e-6:
            chosen.append(one)
    return tuple(chosen)
