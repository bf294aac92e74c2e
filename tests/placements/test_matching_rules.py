"""Who may be matched with whom, and with how many points: by the plain rules, and the same by arrays."""

from __future__ import annotations

import dataclasses
from datetime import date

import numpy as np
import pytest

from handrail.placements.rules import matching as m
from handrail.placements.rules.matching import columns, eligibility, pairs
from handrail.placements.rules.matching.weights import lot, ticket
from tests.placements.markets import market, person, place, small

FORBIDDEN = ("nation", "citizen", "origin", "ethnic", "religio", "faith", "gender", "sex", "age", "birth", "born", "family", "child", "marit", "married",
             "status", "permit", "residen", "asylum", "refugee", "health", "diagnos", "illness", "name", "phone", "mail", "address")  # fmt: skip
COMPANY = m.Company(uid="c0", coached_places=1)


@pytest.mark.parametrize(
    "kind",
    [
        m.Participant,
        m.Place,
        m.Mentor,
        m.Company,
        m.Market,
        m.Weights,
        m.Columns,
        columns.People,
        columns.Places,
        columns.Mentors,
    ],
)
def test_no_input_says_who_somebody_is(kind: type) -> None:
    """Given any type that matching is asked with, then no field of it is about nationality, religion, gender, age, family, legal status or health."""
    fields = [field.name for field in dataclasses.fields(kind)]
    said = [name for name in fields for word in FORBIDDEN if word in name.replace("languages", "").replace("language", "")]
    assert said == []


@pytest.mark.parametrize(("rule", "who", "where", "company"), [
    ("consent", {"shares_with_companies": False}, {}, {}),
    ("declined", {"declined": frozenset({"q0"})}, {}, {}),
    ("no_way", {"minutes": {}}, {}, {}),
    ("travel", {"most_minutes": 19}, {}, {}),
    ("language", {"languages": {"da": 1}}, {}, {}),
    ("demands", {"demands_not_fitting": frozenset({"lifting"})}, {"demands": frozenset({"lifting"})}, {}),
    ("hours", {"most_hours": 19}, {}, {}),
    ("hours", {"least_hours": 21}, {}, {}),
    ("half_days", {"half_days": frozenset({0, 1, 2, 3})}, {}, {}),
    ("excluded", {"excluded_companies": frozenset({"c0"})}, {}, {}),
    ("excluded", {}, {}, {"excluded_participants": frozenset({"p0"})}),
    ("no_capacity", {}, {"capacity": 0}, {}),
    ("no_coach", {}, {}, {"coached_places": 0}),
])  # fmt: skip
def test_each_rule_stops_the_pair_it_is_about(
    rule: str, who: dict[str, object], where: dict[str, object], company: dict[str, object]
) -> None:
    assert m.first_block(person(), place(), COMPANY) is None
    block = m.first_block(person(**who), place(**where), dataclasses.replace(COMPANY, **company))  # type: ignore[arg-type]
    assert block is not None and block.rule == rule


def test_the_first_fact_is_told_in_the_fixed_order() -> None:
    """Given a pair that everything stands against, when one fact after the other is mended, then the order of the rules is what comes out; consent first."""
    mended: dict[str, dict[str, object]] = {
        "consent": {"shares_with_companies": True}, "declined": {"declined": frozenset()}, "no_way": {"minutes": {"q0": 30}}, "travel": {"most_minutes": 60}, "language": {"languages": {"da": 6}},
        "demands": {"demands_not_fitting": frozenset()}, "hours": {"most_hours": 37}, "half_days": {"half_days": frozenset(range(10))},
        "excluded": {"excluded_companies": frozenset()},
    }  # fmt: skip
    who = person(shares_with_companies=False, declined=frozenset({"q0"}), minutes={}, most_minutes=5, languages={}, demands_not_fitting=frozenset({"nights"}), most_hours=1,
                 least_hours=0, half_days=frozenset(), excluded_companies=frozenset({"c0"}))  # fmt: skip
    where, company, told = place(demands=frozenset({"nights"}), capacity=0), dataclasses.replace(COMPANY, coached_places=0), []
    while (block := m.first_block(who, where, company)) is not None:
        told.append(block.rule)
        if block.rule == "no_capacity":
            where = dataclasses.replace(where, capacity=1)
        elif block.rule == "no_coach":
            company = COMPANY
        else:
            who = dataclasses.replace(who, **mended[block.rule])  # type: ignore[arg-type]
    assert tuple(told) == eligibility.ORDER


def test_a_mentor_is_stopped_by_the_first_of_the_mentors_rules() -> None:
    mentor = m.Mentor(uid="m0", capacity=1, languages={"da": 5})
    stopped = [
        m.first_block_mentor(person(shares_with_mentors=False), mentor, m.Weights()), m.first_block_mentor(person(minutes_to_mentors={}), mentor, m.Weights()),
        m.first_block_mentor(person(minutes_to_mentors={"m0": 61}), mentor, m.Weights()), m.first_block_mentor(person(languages={"da": 2}), mentor, m.Weights()),
        m.first_block_mentor(person(excluded_mentors=frozenset({"m0"})), mentor, m.Weights()),
        m.first_block_mentor(person(), dataclasses.replace(mentor, capacity=0), m.Weights()),
    ]  # fmt: skip
    assert [block.rule for block in stopped if block] == list(eligibility.MENTOR_ORDER)
    assert m.first_block_mentor(person(), mentor, m.Weights()) is None
    assert m.mentor_score(person(), mentor, m.Weights()) == 700 * 3 // 6 + 300 * 80 // 90


def test_a_score_is_the_sum_of_five_parts() -> None:
    """Given one pair counted by hand, then each part has its points; a place wished for by name counts by the rank of that wish."""
    found = m.score(person(), place(), m.Weights())
    assert found == m.Score(wish=400, need=250 * 1 // 2, growth=150 * 1 // 2, travel=100 * 70 // 90, waiting=100 * 30 // 180)
    assert found.points == 400 + 125 + 75 + 77 + 16
    assert m.score(person(wishes=("food", "q0")), place(), m.Weights()).wish == 240
    assert m.score(person(wishes=()), place(needs={}), m.Weights())[:2] == (0, 250)
    assert m.score(person(minutes={"q0": 120}, most_minutes=150), place(), m.Weights()).travel == 0
    assert m.score(person(gaps={}, waiting_days=999), place(), m.Weights())[2::2] == (0, 100)


@pytest.mark.parametrize("seed", range(40))
def test_arrays_find_the_same_pairs_as_the_plain_rules(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given drawn markets, when pairs are built one by one and by arrays in small chunks, then pairs, points and counts of refusals are the same."""
    monkeypatch.setattr(pairs, "CHUNK", 7)
    given = small(seed, people=9, places=8, mentors=4, travel_minutes=40, waiting_days=100, wish_shares=(900, 333))
    slow, fast = m.pairs_one_by_one(given), m.pairs_of(given)
    for name in ("person", "place", "parts", "mentored", "mentor", "mentor_points"):
        assert np.array_equal(getattr(slow, name), getattr(fast, name)), name
    assert (slow.refused, slow.refused_mentors) == (fast.refused, fast.refused_mentors)
    assert slow.refused.keys() <= set(eligibility.ORDER)


def test_drawn_markets_know_every_rule() -> None:
    refused: dict[str, int] = {}
    for seed in range(40):
        refused.update(m.pairs_one_by_one(small(seed, people=9, places=8)).refused)
    assert refused.keys() == set(eligibility.ORDER) - {eligibility.DECLINED, eligibility.NO_WAY}


def test_lots_are_the_same_by_arrays_and_come_from_case_and_round() -> None:
    one, other = [ticket(f"case-{row}", "") for row in range(50)], [ticket(f"place-{row}", "") for row in range(50)]
    fast = columns.lots(np.array(one, np.uint64), np.array(other, np.uint64))
    assert fast.tolist() == [lot(a, b) for a, b in zip(one, other, strict=True)]
    assert 0 <= fast.min() < fast.max() < 256
    assert ticket("case-1", "spring") != ticket("case-1", "autumn")


@pytest.mark.parametrize(("wrong", "words"), [
    ({"wish": 300}, "add up to 1,000"), ({"wish": -1}, "below zero"), ({"wish_shares": (100, 200)}, "fall with the rank"),
    ({"placed": 0}, "at least one point"), ({"waiting_days": 0}, "at least 1"), ({"mentor_travel": 1}, "1,000"),
])  # fmt: skip
def test_weights_that_cannot_be_are_refused(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        m.Weights(**wrong)  # type: ignore[arg-type]


def test_weights_say_when_they_hold() -> None:
    weights = m.Weights(valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31))
    assert [weights.holds_on(day) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))] == [
        False,
        True,
        True,
        False,
    ]


def test_a_market_that_contradicts_itself_is_refused_by_row() -> None:
    with pytest.raises(m.MarketError, match="p0 stands there twice"):
        market([person(), person()], [place()])
    with pytest.raises(m.MarketError, match="no company c9"):
        m.Market(participants=(), places=(place(company="c9"),))
    with pytest.raises(m.MarketError, match="Participant p0: languages: 7"):
        market([person(languages={"da": 7})], [place()])
    with pytest.raises(m.MarketError, match="64 fields of work"):
        market([], [place(fields=frozenset(f"f{row}" for row in range(64)))])
    with pytest.raises(m.MarketError, match="both a field of work and a place"):
        market([], [place(fields=frozenset({"q0"}))])
