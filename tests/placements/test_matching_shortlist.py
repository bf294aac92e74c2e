"""Every pair on a shortlist has its sentence, and every number in one can be counted again from the raw data by somebody who trusts nobody."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache

import pytest
from django.utils import translation

from handrail.placements.rules import matching as m
from handrail.placements.rules.matching import sentences
from tests.placements.markets import Assignment, assignments, easy, market, person, place, points, possible, small

SEEDS = range(30)
NAMES = {"da": "Danish", "q0": "Garden of Vejle", "q1": "Kitchen", "c0": "Vejle Ltd"}


class Count:
    """Everything about a market found by trying everything."""

    def __init__(self, given: m.Market) -> None:
        self.given, self.may = given, possible(given)
        self.people, self.places = {one.uid: one for one in given.participants}, {one.uid: one for one in given.places}
        self.every = [(one, points(given, one)) for one in assignments(given)]
        self.best = max(value for _, value in self.every)

    def worth(self, who: str, uid: str) -> int:
        """The points of a pair with those for being placed at all; 0 without a place."""
        return m.score(self.people[who], self.places[uid], self.given.weights).points + self.given.weights.placed if uid else 0

    def loss(self, who: str, uid: str) -> int:
        """What everybody together loses at least when this person gets this place."""
        return self.best - max(value for one, value in self.every if one.get(who) == uid)

    def wanted(self, who: str, uid: str, chosen: Assignment) -> int:
        """How many others are proposed the place, or would have more points with it than now."""
        others = [other for other, may in self.may.items() if other != who and uid in may]
        return sum(
            chosen.get(other) == uid or self.worth(other, uid) > self.worth(other, chosen.get(other, "")) for other in others
        )


def drawn(seed: int) -> m.Market:
    """Every other market is one in which each person has several places to choose from."""
    return small(seed) if seed % 2 else easy(small(seed))


@cache
def counted(seed: int) -> tuple[m.Market, m.Proposal, Count, list[m.Shortlist]]:
    given = drawn(seed)
    proposal = m.propose(given)
    return given, proposal, Count(given), m.shortlists(given, proposal)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shortlist_has_the_proposed_place_first_and_three_to_five_where_there_are(seed: int) -> None:
    given, proposal, count, made = counted(seed)
    assert [one.participant for one in made] == [one.uid for one in given.participants]
    for one in made:
        listed = [entry.place for entry in one.entries]
        assert len(listed) == min(4, len(count.may[one.participant])) and set(listed) <= set(count.may[one.participant])
        assert [entry.place for entry in one.entries if entry.is_proposed] == [
            uid for uid in listed[:1] if uid == proposal.places.get(one.participant)
        ]
        assert (one.nothing is None) == (one.participant in proposal.places)
        assert one.mentor == proposal.mentors.get(one.participant, "")
        assert not {pair.place for pair in one.blocked} & set(count.may[one.participant])


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_of_why_and_why_not_is_counted_again(seed: int) -> None:
    """Given a drawn market, when every assignment is tried, then each pair's loss, gain and cost, who else wants it and what would have to change are those told."""
    given, proposal, count, made = counted(seed)
    for one in made:
        who, now = one.participant, proposal.places.get(one.participant, "")
        losses = {uid: count.loss(who, uid) for uid in count.may[who]}
        for entry in one.entries:
            loss = losses[entry.place]
            assert entry.loss == loss >= 0
            if entry.is_proposed:
                others = {uid: lost for uid, lost in losses.items() if uid != entry.place}
                told = entry.why[0]
                assert entry.change is None and loss == 0
                assert (told.key == "proposed_only") == (not others)
                if others:
                    assert told.facts.get("loss", 0) == min(others.values()) == losses[str(told.facts["place"])]
                    assert one.entries[1].place == told.facts["place"]
                continue
            gain = count.worth(who, entry.place) - count.worth(who, now)
            *before, told = entry.why
            wanted = count.wanted(who, entry.place, proposal.places)
            assert [dict(sentence.facts) for sentence in before] == ([{"place": entry.place, "others": wanted}] if wanted else [])
            _why_not(told, gain, loss + gain, loss, now)
            assert entry.change is not None and entry.change.facts["points"] == loss + 1
            assert entry.score == m.score(count.people[who], count.places[entry.place], given.weights)
            assert entry.points.facts["points"] == sum(entry.score)


def _why_not(told: m.Sentence, gain: int, cost: int, loss: int, now: str) -> None:
    facts = told.facts
    assert facts.get("proposed", now) == now
    assert (
        facts.get("cost", cost) == cost
        and facts.get("gain", gain) == gain
        and facts.get("less", -gain) == -gain
        and facts.get("won", -cost) == -cost
    )
    expected = {
        "unplaced": not now and loss > 0, "unplaced_drawn": not now and loss == 0, "drawn": bool(now) and loss == 0, "dearer_to_others": gain > 0 and loss > 0,
        "same_for_you": gain == 0 and cost > 0, "dearer_to_all": gain < 0 < cost, "others_win_less": gain < 0 and cost < 0 < loss,
        "less_for_you": gain < 0 and cost == 0,
    }  # fmt: skip
    assert expected[told.key]
    assert all(value > 0 for name, value in facts.items() if isinstance(value, int))


def test_drawn_markets_know_every_reason() -> None:
    told = {sentence.key for seed in SEEDS for one in counted(seed)[3] for entry in one.entries for sentence in entry.why}
    assert told >= {
        "proposed",
        "proposed_only",
        "dearer_to_others",
        "dearer_to_all",
        "less_for_you",
        "unplaced",
        "wanted",
    }


def test_others_may_win_less_than_somebody_loses() -> None:
    """Given one who wishes for the place that another needs a little more, then the sentence says what the others would win and what this one would lose."""
    glad, other = (
        person("p0", wishes=("q0",), minutes={"q0": 10, "q1": 10}),
        person("p1", wishes=(), minutes={"q0": 10, "q2": 60}),
    )
    given = market([glad, other], [place("q0"), place("q1", company="c1", fields=frozenset()), place("q2", company="c2")])
    count, proposal = Count(given), m.propose(given)
    told = m.shortlists(given, proposal, people=["p0"])[0].entries[1]
    won = count.worth("p1", "q0") - count.worth("p1", "q2")
    assert 0 < won < 400
    assert told.why[-1] == m.Sentence("others_win_less", {"place": "q1", "proposed": "q0", "less": 400, "won": won})
    assert told.loss == count.loss("p0", "q1") == 400 - won


@pytest.mark.parametrize("seed", SEEDS)
def test_what_would_have_to_change_is_enough_and_not_too_much(seed: int) -> None:
    """Given the points that are said to be missing, when the place gives exactly so many more to this person, then every best assignment has the pair;
    with one point fewer not every one has."""
    _, _, count, made = counted(seed)
    for one in made:
        for entry in (entry for entry in one.entries if entry.change):
            more = int(entry.change.facts["points"]) if entry.change else 0
            with_it = max(value for chosen, value in count.every if chosen.get(one.participant) == entry.place)
            without = max(value for chosen, value in count.every if chosen.get(one.participant) != entry.place)
            assert with_it + more > without and with_it + more - 1 <= without


@pytest.mark.parametrize("seed", SEEDS)
def test_the_facts_of_both_sides_are_those_of_the_raw_data(seed: int) -> None:
    given, _, count, made = counted(seed)
    for one in made:
        who = count.people[one.participant]
        for entry in one.entries:
            where = count.places[entry.place]
            facts: Mapping[str, Mapping[str, int | str]] = {
                told.key: told.facts for told in (*entry.for_person, *entry.for_company)
            }
            ranks = [rank for rank, wish in enumerate(who.wishes, 1) if wish == where.uid or wish in where.fields]
            assert facts.get("wish", {}).get("rank") == (ranks[0] if ranks else None)
            assert facts["way"] == {"minutes": who.minutes[where.uid], "most": who.most_minutes}
            assert facts["hours"] == {"hours": where.hours, "least": who.least_hours, "most": who.most_hours}
            closed = sum(min(level, where.develops.get(code, 0)) for code, level in who.gaps.items())
            assert facts.get("growth") == ({"part": closed, "whole": sum(who.gaps.values())} if closed else None)
            met = sum(min(level, who.competences.get(code, 0)) for code, level in where.needs.items())
            assert facts.get("needs") == ({"part": met, "whole": sum(where.needs.values())} if met else None)
            assert ("needs_nothing" in facts) == (not where.needs)
            assert facts["half_days"] == {"has": len(who.half_days & where.half_days), "asked": where.half_days_needed}
            if where.level:
                assert facts["language"] == {
                    "language": where.language,
                    "level": who.languages[where.language],
                    "asked_level": where.level,
                }
        if one.mentor:
            mentor = next(mentor for mentor in given.mentors if mentor.uid == one.mentor)
            spoken = one.mentor_why.facts
            shared = {code: min(level, mentor.languages.get(code, 0)) for code, level in who.languages.items()}
            assert shared[str(spoken["language"])] == max(shared.values()) == spoken["level"]
            assert spoken["minutes"] == who.minutes_to_mentors[one.mentor]
        elif one.mentor_why.key == "mentor_busy":
            fit = [mentor for mentor in given.mentors if m.first_block_mentor(who, mentor, given.weights) is None]
            busy = list(counted(seed)[1].mentors.values())
            assert one.mentor_why.facts["fit"] == len(fit) and all(busy.count(mentor.uid) == mentor.capacity for mentor in fit)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_stands_in_the_way_is_the_first_fact(seed: int) -> None:
    given, _, count, made = counted(seed)
    companies = {one.uid: one for one in given.companies}
    for one in made:
        who = count.people[one.participant]
        assert bool(one.blocked) == (
            who.shares_with_companies and len(count.may[who.uid]) < len({*who.minutes, *who.wishes} & set(count.places))
        )
        for pair in one.blocked:
            block = m.first_block(who, count.places[pair.place], companies[count.places[pair.place].company])
            assert (
                block is not None
                and {"language": "language", "half_days": "half_days", "hours": "hours"}.get(block.rule, block.rule)
                in pair.why.key
            )
            asked = {
                "has": block.has,
                "asked": block.asked,
                "asked_level": block.asked,
                "level": block.has,
                "demand": block.about,
                "language": block.about,
            }
            assert all(value == asked[name] for name, value in pair.why.facts.items() if name != "company")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_reasons_of_a_stable_matching_are_true(seed: int) -> None:
    """Given a stable matching, then each pair on a list that is not proposed is worse by the person's own side, or its place has nobody less wanted."""
    given = drawn(seed)
    count, proposal = Count(given), m.propose(given, m.STABLE)
    for one in m.shortlists(given, proposal):
        who, now = one.participant, proposal.places.get(one.participant)
        for entry in one.entries:
            told = entry.why[0]
            assert entry.loss is None and entry.change is None
            if entry.is_proposed:
                assert told.key == "stable_proposed"
            elif told.key in {"stable_own", "stable_own_equal"}:
                mine, other = (m.score(count.people[who], count.places[uid], given.weights) for uid in (str(now), entry.place))
                assert (
                    told.facts.get("less", 0)
                    == mine.wish + mine.growth + mine.travel - other.wish - other.growth - other.travel
                    >= 0
                )
            else:
                company = count.places[entry.place].company
                there = [
                    (other, uid)
                    for other, uid in proposal.places.items()
                    if uid == entry.place or count.places[uid].company == company
                ]
                held = [pair for pair in there if told.key == "stable_coach" or pair[1] == entry.place]
                limit = (
                    next(c.coached_places for c in given.companies if c.uid == company)
                    if told.key == "stable_coach"
                    else count.places[entry.place].capacity
                )
                need = m.score(count.people[who], count.places[entry.place], given.weights).need
                assert len(held) == limit
                assert all(m.score(count.people[other], count.places[uid], given.weights).need >= need for other, uid in held)


def test_stable_matchings_know_every_reason() -> None:
    made = [
        entry.why[0].key
        for seed in SEEDS
        for one in m.shortlists(drawn(seed), m.propose(drawn(seed), m.STABLE))
        for entry in one.entries
    ]
    assert {"stable_proposed", "stable_own", "stable_full", "stable_coach"} <= set(made)


def test_some_people_are_asked_for_by_name_and_the_size_is_kept_within_three_to_five() -> None:
    people = [person(minutes={f"q{row}": 10 + row for row in range(9)})]
    given = market(people, [place(f"q{row}", company=f"c{row}") for row in range(9)])
    proposal = m.propose(given)
    assert [len(m.shortlists(given, proposal, size=size)[0].entries) for size in (1, 3, 4, 5, 9)] == [3, 3, 4, 5, 5]
    assert m.shortlists(given, proposal, people=["p0"])[0].participant == "p0"
    assert m.shortlists(given, proposal, people=[]) == []


def test_nobody_without_consent_has_a_place_or_a_word_about_one() -> None:
    given = market([person(shares_with_companies=False, shares_with_mentors=False)], [place()])
    one = m.shortlists(given, m.propose(given))[0]
    assert (one.entries, one.blocked) == ((), ())
    assert one.nothing == m.Sentence("consent") and one.mentor_why == m.Sentence("mentor_consent")


def test_a_sentence_reads_as_one_writes_it() -> None:
    with translation.override("en"):
        said = _some_said()
    assert said == [
        "Garden of Vejle is wanted by 1 other person.",
        "Garden of Vejle is wanted by 3 others.",
        "Garden of Vejle would give you 60 more than Kitchen, but cost others 1,400 points together.",
        "Asks for Danish at B2; you have A2.",
        "c0 has as many people as its size or its coach allows.",
    ]


def _some_said() -> list[str]:
    return [
        m.say(m.Sentence("wanted", {"place": "q0", "others": 1}), NAMES), m.say(m.Sentence("wanted", {"place": "q0", "others": 3}), NAMES),
        m.say(m.Sentence("dearer_to_others", {"place": "q0", "proposed": "q1", "gain": 60, "cost": 1400}), NAMES),
        m.say(m.Sentence("low_language", {"language": "da", "level": 2, "asked_level": 4}), NAMES),
        m.say(m.Sentence("no_coach", {"company": "c0"}), {}),
    ]  # fmt: skip


def test_every_sentence_can_be_said() -> None:
    """Given each key, when it is said with every fact there is, then a full sentence comes out, in the singular and in the plural."""
    facts = ["place", "proposed", "company", "language", "demand", "level", "asked_level"]
    numbers = ["rank", "part", "whole", "minutes", "most", "hours", "least", "has", "asked", "points", "wish", "need", "growth", "travel", "waiting", "others",
               "loss", "gain", "cost", "less", "won", "room", "known", "fit"]  # fmt: skip
    for key in sentences.keys():  # noqa: SIM118  (a function of ours)
        for figure in (1, 2):
            said = m.say(
                m.Sentence(
                    key, {**dict.fromkeys(facts[:5], "q0"), "level": 1, "asked_level": 2, **dict.fromkeys(numbers, figure)}
                ),
                NAMES,
            )
            assert said.endswith(".") and "%" not in said


@pytest.mark.parametrize("seed", [0, 2, 3, 4, 5, 6])
def test_after_withdrawals_losses_are_exact_with_the_points_for_staying(seed: int) -> None:
    """Given a proposal that keeps what was there before, then what everybody would lose with another place is counted with the points that a place of before counts more."""
    given = easy(small(seed, people=4, places=4))
    before = m.propose(given)
    gone = next(iter(before.places.values()))
    left = dataclasses.replace(given, places=tuple(one for one in given.places if one.uid != gone))
    again = m.propose_again(left, places=before.places, mentors={})
    loyalty = left.weights.loyalty

    def worth(chosen: dict[str, str]) -> int:
        return points(left, chosen) + loyalty * sum(before.places.get(who) == where for who, where in chosen.items())

    every = [(chosen, worth(chosen)) for chosen in assignments(left)]
    best = max(value for _chosen, value in every)
    assert worth(again.proposal.places) == best
    for one in m.shortlists(left, again.proposal, size=5):
        for entry in one.entries:
            forced = max(value for chosen, value in every if chosen.get(one.participant) == entry.place)
            assert entry.loss == best - forced
