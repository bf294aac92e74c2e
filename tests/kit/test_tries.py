"""Tries counted in the database: as the account library counts them, in one look and one statement, and right when two try at one instant."""

from __future__ import annotations

import random
from typing import Any

import pytest
from allauth.core.internal.ratelimit import Rate, apply_rate
from django.core.management import call_command

from handrail.kit import throttle
from handrail.kit.shared import SharedMemory
from handrail.kit.throttle import Limit, try_once

pytestmark = pytest.mark.django_db
LIMITS = (Limit("net", 5, 60), Limit("address", 3, 300))


@pytest.fixture
def memory() -> SharedMemory:
    """The table that `setup` makes."""
    call_command("createcachetable", "kit_cache", verbosity=0)
    return SharedMemory("kit_cache", {})


def test_tries_are_counted_as_the_library_counts_them(memory: SharedMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given any order of tries and of what is taken back, then the same ones are refused as by the library's own plain way."""
    rng, moment = random.Random(7), [1_000_000.0]
    monkeypatch.setattr(throttle.time, "time", lambda: moment[0])
    monkeypatch.setattr("handrail.kit.clock.real_now", lambda: __import__("datetime").datetime.fromtimestamp(moment[0], __import__("datetime").UTC))
    plain: dict[str, list[float]] = {limit.key: [] for limit in LIMITS}
    ours, theirs = [], []
    for _try in range(400):
        moment[0] += rng.choice([0.25, 3, 30, 200])
        tried, allowed = try_once(memory, LIMITS), True
        counted = []
        for limit in LIMITS:
            allowed, plain[limit.key] = apply_rate(plain[limit.key], moment[0], Rate(limit.amount, limit.seconds, "key"))
            if not allowed:
                break
            counted.append(limit.key)
        ours.append(bool(tried))
        theirs.append(allowed)
        assert {limit.key for limit in tried.counted} == set(counted)
        if tried and rng.random() < 0.4:
            tried.rollback()
            plain = {key: [one for one in history if one != moment[0]] for key, history in plain.items()}
    assert ours == theirs
    assert {True, False} == set(ours)


def test_a_try_costs_two_statements_and_taking_it_back_one(memory: SharedMemory, queries_of: Any) -> None:
    found: list[Any] = []
    assert queries_of(lambda: found.append(try_once(memory, LIMITS))) == 2
    assert queries_of(found[0].rollback) == 1
    assert [memory.get(limit.key) for limit in LIMITS] == [[], []]


def test_of_two_that_try_at_one_instant_none_is_lost(memory: SharedMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given that another process counts between our look and our statement, when we write, then we look again."""
    peek, others = memory.peek, [3]

    def peek_and_be_late(keys: Any) -> dict[str, str]:
        seen = peek(list(keys))
        if others[0]:
            others[0] -= 1
            assert try_once(SharedMemory("kit_cache", {}), LIMITS[:1])
        return seen

    monkeypatch.setattr(memory, "peek", peek_and_be_late)
    tried = try_once(memory, LIMITS)
    assert tried and len(memory.get("net")) == 4 and len(memory.get("address")) == 1
    others[0] = 1
    assert not try_once(memory, LIMITS), "the other took the last one"
    assert len(memory.get("net")) == 5


def test_what_is_taken_back_leaves_what_others_counted_since(memory: SharedMemory) -> None:
    first = try_once(memory, LIMITS)
    second = try_once(memory, LIMITS)
    first.rollback()
    assert memory.get("net") == memory.get("address") == [second.at]
    first.rollback()
    assert memory.get("net") == [second.at]


def test_nothing_is_put_in_the_place_of_what_was_not_seen(memory: SharedMemory) -> None:
    memory.set("a", 1, 60)
    seen = memory.peek(["a", "b"])
    memory.set("a", 2, 60)
    assert set(memory.swap({"a": (seen["a"], 9, 60), "b": (None, 9, 60)})) == {"b"}
    assert (memory.get("a"), memory.get("b")) == (2, 9)
    assert memory.swap({"b": (None, 7, 60)}) == {}
    memory.set("c", 1, -60)
    assert set(memory.swap({"c": (None, 7, 60)})) == {"c"}, "what is over is nothing"
