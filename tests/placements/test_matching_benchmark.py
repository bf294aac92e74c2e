"""The published market is frozen, its checker finds what is wrong, and both say the same as the product."""

from __future__ import annotations

import copy
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "bench" / "matching"
LINES = [line.split("  ") for line in (FOLDER / "DIGESTS").read_text().splitlines()]
FILES = [(digest, name) for digest, name in LINES if name.endswith(".py")]
MARKETS = [
    (digest, *map(int, name.removeprefix("people ").split(" seed "))) for digest, name in LINES if name.startswith("people")
]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The modules of the bench, found as the bench itself finds them, and forgotten afterwards."""
    monkeypatch.setattr(sys, "path", [str(FOLDER), *sys.path])
    for name in ("market", "facts", "simple", "bound"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import facts
    import market

    yield market, facts
    for name in ("market", "facts", "simple", "bound"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize(("digest", "name"), FILES)
def test_a_file_of_the_benchmark_is_as_published(digest: str, name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize(("digest", "people", "seed"), MARKETS)
def test_a_market_is_as_published(digest: str, people: int, seed: int, bench: Any) -> None:
    market, _ = bench
    assert market.digest(market.make(people, seed)) == digest


def test_the_published_market_is_the_same_as_arrays_and_as_facts(bench: Any) -> None:
    from handrail.placements.rules import matching as m

    market, facts = bench
    one = market.make(144, 3)
    slow, fast = m.pairs_one_by_one(facts.market_of_made(one)), m.pairs_of(facts.columns_of_made(one))
    for name in ("person", "place", "parts", "mentored", "mentor", "mentor_points"):
        assert np.array_equal(getattr(slow, name), getattr(fast, name)), name
    assert m.propose(facts.columns_of_made(one)).places == m.propose(facts.market_of_made(one)).places


def test_the_checker_finds_each_broken_rule(bench: Any) -> None:
    """Given a proposal in which the checker finds nothing, when the raw data change behind its back, then the checker names what broke."""
    from handrail.placements.rules import matching as m
    from handrail.placements.rules.matching.matching import mentor_of, place_of

    market, facts = bench
    one = market.make(60, 0)
    found = m.propose(facts.columns_of_made(one))
    places, mentors = (rows(found.columns, found.pairs, found.matching) for rows in (place_of, mentor_of))
    assert market.check(one, places, mentors) == []
    assert market.evaluate(one, places, mentors) == found.value
    who, met = int(np.flatnonzero(places >= 0)[0]), int(np.flatnonzero(mentors >= 0)[0])
    where, mentor = int(places[who]), int(mentors[met])
    company = int(one.company[where])
    planted: list[tuple[str, str, Any, Any]] = [
        ("no consent", "shares_companies", who, False), ("minutes", "most_minutes", who, 0), ("language", "level", where, 9), ("hours", "least_hours", who, 99),
        ("half days", "needed", where, 11), (f"place {where}:", "capacity", where, 0), (f"company {company}:", "coached", company, 0),
        ("no consent", "shares_mentors", met, False), ("minutes", "mentor_minutes", mentor, 0), ("no language in common", "mentor_languages", mentor, 0),
        (f"mentor {mentor}:", "time", mentor, 0),
    ]  # fmt: skip
    for words, name, row, value in planted:
        changed = copy.deepcopy(one)
        getattr(changed, name)[row] = value
        assert any(words in line for line in market.check(changed, places, mentors)), (words, name)
    changed = copy.deepcopy(one)
    changed.unfit[who], changed.demands[where] = True, True
    changed.barred, changed.parted = np.array([[who, company]]), np.array([[met, mentor]])
    told = market.check(changed, places, mentors)
    assert sum("a demand that does not fit" in line for line in told) >= 1 and sum("excluded" in line for line in told) == 2


def test_the_bound_proves_the_optimum_and_only_that(bench: Any) -> None:
    """Given a market, then the bound equals the value of the best total; of a matching that can be bettered no prices are found."""
    from handrail.placements.rules import matching as m
    from handrail.placements.rules.matching.prices import NotBest

    market, facts = bench
    from bound import bound

    both = m.propose_both_ways(facts.columns_of_made(market.make(144, 1)))
    assert bound(both.best_total.columns, both.best_total.pairs, both.best_total.matching) == both.best_total.value
    with pytest.raises(NotBest):
        bound(both.stable.columns, both.stable.pairs, both.stable.matching)


def test_the_bench_prints_one_line_in_which_the_flow_is_the_optimum() -> None:
    done = subprocess.run([sys.executable, str(FOLDER / "run.py"), "--people", "144"], capture_output=True, text=True, check=True)
    (line,) = done.stdout.splitlines()
    told = json.loads(line)
    assert told["value"] == told["optimum"] == told["bound"] == 185_655
    assert told["hard_rule_violations"] == told["stable_blocking_pairs"] == 0
    assert told["explained"] == 1 and told["explained_pairs"] > 500
    assert told["value"] >= 1.1 * told["greedy"]
    assert told["loyal_kept"] >= 0.98 and told["loyal_loss"] <= 0.005
