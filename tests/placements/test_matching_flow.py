"""The best total: as good as trying everything, within every capacity, whoever comes first; and much the same again after withdrawals."""

from __future__ import annotations

import dataclasses
import random
from collections import Counter

import numpy as np
import pytest

from handrail.placements.rules import matching as m
from handrail.placements.rules.matching import network
from handrail.placements.rules.matching.weights import lot, ticket
from tests.placements.markets import assignments, market, mentor_points, person, place, points, possible, small


@pytest.mark.parametrize("seed", range(30))
def test_the_flow_is_worth_as_much_as_the_best_of_all_assignments(seed: int) -> None:
    """Given a drawn market, when every assignment of places and of mentors is tried, then none is worth more than the proposal, which is one of them."""
    given = small(seed)
    proposal = m.propose(given)
    assert proposal.value == max(points(given, one) for one in assignments(given)) + mentor_points(given)
    assert proposal.places in list(assignments(given))
    assert proposal.value - mentor_points(given) == points(given, proposal.places)


@pytest.mark.parametrize("seed", range(12))
def test_a_proposal_keeps_every_capacity_and_every_rule(seed: int) -> None:
    given = small(seed, people=40, places=20, companies=8, mentors=12)
    for proposal in (m.propose(given), m.propose(given, m.STABLE)):
        taken, busy = Counter(proposal.places.values()), Counter(proposal.mentors.values())
        company = {one.uid: one.company for one in given.places}
        coached = Counter(company[uid] for uid in proposal.places.values())
        assert all(taken[one.uid] <= one.capacity for one in given.places)
        assert all(coached[one.uid] <= one.coached_places for one in given.companies)
        assert all(busy[one.uid] <= one.capacity for one in given.mentors)
        may = possible(given)
        assert all(where in may[who] for who, where in proposal.places.items())
        mentors = {one.uid: one for one in given.mentors}
        people = {one.uid: one for one in given.participants}
        assert all(
            m.first_block_mentor(people[who], mentors[uid], given.weights) is None for who, uid in proposal.mentors.items()
        )


def test_the_coach_of_a_company_is_a_limit_of_its_own() -> None:
    """Given a place for three at a company whose coach follows two, when three people fit, then two are proposed; with none to coach, nobody."""
    people = [person(f"p{row}") for row in range(3)]
    placed = [m.propose(market(people, [place(capacity=3)], coached=coached)).matching.placed for coached in (3, 2, 0)]
    assert placed == [3, 2, 0]


def test_a_weak_match_comes_before_none() -> None:
    """Given somebody whose only place gives no points at all, then it is proposed all the same: to be placed is worth something."""
    nobodys_wish = person(wishes=(), minutes={"q0": 90}, most_minutes=90, gaps={}, competences={}, waiting_days=0)
    proposal = m.propose(market([nobodys_wish], [place()]))
    assert (proposal.places, proposal.value) == ({"p0": "q0"}, 200)


def test_who_came_first_changes_nothing() -> None:
    """Given people who are alike but for their ids, when they stand in another order, then the same ones are proposed a place, by their lots."""
    people = [person(f"p{row}") for row in range(12)]
    where = [place("q0", capacity=2), place("q1", capacity=2, company="c1")]
    people = [dataclasses.replace(one, minutes={"q0": 20, "q1": 20}) for one in people]
    given = market(people, where)
    usual = m.propose(given)
    for seed in range(5):
        order = random.Random(seed)
        mixed = market(order.sample(people, len(people)), order.sample(where, len(where)))
        assert m.propose(mixed).places == usual.places
        assert m.propose(mixed, m.STABLE).matching.placed == 4
    best = max(
        (one for one in assignments(market(people[:5], where))),
        key=lambda one: (len(one), sum(lot(ticket(a, ""), ticket(b, "")) for a, b in one.items())),
    )
    assert m.propose(market(people[:5], where)).places == best
    assert m.propose(market(people, where, draw="another round")).places != usual.places


def test_neighbours_are_numbered_together_without_any_other_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a market, when nodes are numbered as in a large one, then the same is proposed, also to people who stand in another order."""
    given = small(11, people=60, places=40, companies=15, mentors=20)
    usual = m.propose(given)
    monkeypatch.setattr(network, "MANY", 1)
    mixed = dataclasses.replace(
        given, participants=given.participants[::-1], places=given.places[::-1], mentors=given.mentors[::-1]
    )
    for one in (m.propose(given), m.propose(mixed)):
        assert (one.value, one.places, one.mentors) == (usual.value, usual.places, usual.mentors)


def test_lots_never_outweigh_a_point() -> None:
    """Given many people alike and one who has one point more, then that one is proposed the place, whatever the lots say."""
    for waiting in range(20):
        people = [person(f"p{row}", waiting_days=178 if row != waiting else 180) for row in range(20)]
        assert m.propose(market(people, [place()])).places == {f"p{waiting}": "q0"}


def test_nobody_and_nothing_can_be_matched() -> None:
    for given in (market([], []), market([person()], []), market([], [place()]), market([person(minutes={})], [place()])):
        proposal = m.propose(given)
        assert (proposal.value, proposal.places, proposal.mentors, proposal.blocking) == (0, {}, {}, 0)
        assert m.propose_both_ways(given).price == {"points": 0, "placed": 0, "blocking": 0}


def without(given: m.Market, *gone: str) -> m.Market:
    """The market after companies have withdrawn: their coaches follow nobody."""
    return dataclasses.replace(
        given,
        companies=tuple(
            dataclasses.replace(one, coached_places=0 if one.uid in gone else one.coached_places) for one in given.companies
        ),
    )


@pytest.mark.parametrize("seed", range(8))
def test_a_company_that_withdrew_is_proposed_to_nobody(seed: int) -> None:
    given = small(seed, people=30, places=20, companies=8)
    before = m.propose(given)
    gone = Counter({one.uid: one.company for one in given.places}[uid] for uid in before.places.values()).most_common(1)[0][0]
    after = m.propose_again(without(given, gone), places=before.places, mentors=before.mentors)
    company = {one.uid: one.company for one in given.places}
    still = {who: uid for who, uid in before.places.items() if company[uid] != gone}
    assert gone not in {company[uid] for uid in after.proposal.places.values()}
    assert after.possible == len(still) + len(before.mentors)
    kept = sum(after.proposal.places.get(who) == uid for who, uid in still.items())
    assert after.kept == kept + sum(after.proposal.mentors.get(who) == uid for who, uid in before.mentors.items())
    assert after.afresh == m.propose(without(given, gone)).value >= after.proposal.value


def test_loyalty_keeps_more_and_costs_more() -> None:
    """Given the same withdrawals, when the loyalty bonus rises, then never fewer matches are kept; without it the total is the best there is."""
    given = small(6, people=80, places=60, companies=25, mentors=25)
    before = m.propose(given)
    left = without(given, "c0", "c6", "c12", "c18", "c24")
    found = [
        m.propose_again(dataclasses.replace(left, weights=m.Weights(loyalty=bonus)), places=before.places, mentors=before.mentors)
        for bonus in (0, 50, 200, 1000)
    ]
    kept = [one.kept for one in found]
    assert kept == sorted(kept) and kept[-1] > kept[0]
    assert found[0].loss == 0 < found[1].loss and found[-1].kept_share == 1
    assert [one.loss for one in found] == sorted(one.loss for one in found)


def test_a_match_that_may_no_longer_be_is_not_counted_as_possible() -> None:
    given = market([person("p0"), person("p1")], [place(capacity=2)])
    before = m.propose(given)
    ended = dataclasses.replace(
        given, participants=(dataclasses.replace(given.participants[0], shares_with_companies=False), given.participants[1])
    )
    after = m.propose_again(ended, places=before.places, mentors={})
    assert (after.possible, after.kept, after.proposal.places) == (1, 1, {"p1": "q0"})


def test_the_value_is_that_of_the_pairs() -> None:
    proposal = m.propose(small(2, people=20, places=12))
    pairs, chosen, met = proposal.pairs, proposal.matching.chosen, proposal.matching.met
    assert (
        proposal.value
        == int(np.sum(pairs.parts[chosen], dtype=np.int64))
        + 200 * chosen.sum()
        + int(pairs.mentor_points[met].sum())
        + 200 * met.sum()
    )
