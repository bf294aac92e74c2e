"""The stable matching: no pair would both rather have each other, and nobody does better in any other stable matching."""

from __future__ import annotations

import pytest

from handrail.placements.rules import matching as m
from tests.placements.markets import Assignment, assignments, market, person, place, possible, small


class Sides:
    """What both sides want, counted by the plain rules."""

    def __init__(self, given: m.Market) -> None:
        self.given, self.may = given, possible(given)
        people, places = {one.uid: one for one in given.participants}, {one.uid: one for one in given.places}
        self.score = {
            (who, uid): m.score(people[who], places[uid], given.weights) for who, one in self.may.items() for uid in one
        }
        self.places, self.coached = places, {one.uid: one.coached_places for one in given.companies}

    def own(self, who: str, uid: str) -> int:
        score = self.score[who, uid]
        return score.wish + score.growth + score.travel

    def theirs(self, who: str, uid: str) -> tuple[int, int]:
        score = self.score[who, uid]
        return (score.need, score.waiting)

    def blocking(self, chosen: Assignment) -> list[tuple[str, str]]:
        """Pairs that would both rather have each other."""
        found = []
        for who, one in self.may.items():
            for uid in one:
                if who in chosen and self.own(who, uid) <= self.own(who, chosen[who]):
                    continue
                here = [other for other, where in chosen.items() if where == uid]
                company = self.places[uid].company
                there = [(other, where) for other, where in chosen.items() if self.places[where].company == company]
                if len(here) >= self.places[uid].capacity:
                    gladly = min(self.theirs(other, uid) for other in here) < self.theirs(who, uid)
                elif len(there) >= self.coached[company]:
                    gladly = min(self.theirs(*pair) for pair in there) < self.theirs(who, uid)
                else:
                    gladly = True
                if gladly:
                    found.append((who, uid))
        return found


@pytest.mark.parametrize("seed", range(40))
def test_deferred_acceptance_is_the_peoples_best_stable_matching(seed: int) -> None:
    """Given a drawn market, when all stable matchings are found by trying everything, then the one proposed is among them, and
    where no two things are wanted equally nobody does better in another one."""
    given = small(seed)
    sides, found = Sides(given), m.propose(given, m.STABLE)
    assert sides.blocking(found.places) == []
    assert found.blocking == 0
    stable = [one for one in assignments(given) if not sides.blocking(one)]
    assert found.places in stable
    if not _ties(sides):
        for other in stable:
            for who, uid in other.items():
                assert who in found.places and sides.own(who, found.places[who]) >= sides.own(who, uid)


def _ties(sides: Sides) -> bool:
    own = [(who, sides.own(who, uid)) for who, uid in sides.score]
    theirs = [(sides.places[uid].company, sides.theirs(who, uid)) for who, uid in sides.score]
    return len(set(own)) < len(own) or len(set(theirs)) < len(theirs)


def test_some_drawn_markets_have_no_ties_and_more_than_one_answer() -> None:
    """The test above means something: there are markets without ties, and some where stability leaves a choice or costs points."""
    seeds = [seed for seed in range(40) if not _ties(Sides(small(seed)))]
    assert len(seeds) >= 3
    assert any(m.propose_both_ways(small(seed)).price["points"] > 0 for seed in range(40))


@pytest.mark.parametrize("seed", range(20))
def test_blocking_pairs_are_counted_as_by_hand(seed: int) -> None:
    given = small(seed, people=8, places=5)
    proposal = m.propose(given)
    people, places = [one.uid for one in given.participants], [one.uid for one in given.places]
    counted = m.blocking_pairs(proposal.columns, proposal.pairs, proposal.matching)
    told = [(people[proposal.pairs.person[pair]], places[proposal.pairs.place[pair]]) for pair in counted]
    assert told == Sides(given).blocking(proposal.places)


def test_the_price_of_stability_is_shown() -> None:
    """Given one who fits both places and one who fits only the wished-for one, then the best total places both and stability only one."""
    glad, only = person("p0", wishes=("q0",), minutes={"q0": 5, "q1": 60}, competences={"a": 2}), person("p1", minutes={"q0": 30})
    given = market([glad, only], [place("q0"), place("q1", company="c1", fields=frozenset())])
    both = m.propose_both_ways(given)
    assert both.best_total.places == {"p0": "q1", "p1": "q0"}
    assert both.stable.places == {"p0": "q0"}
    assert (both.best_total.blocking, both.stable.blocking) == (1, 0)
    assert both.price == {"points": both.best_total.value - both.stable.value, "placed": 1, "blocking": 1}


def test_mentors_are_the_same_both_ways() -> None:
    both = m.propose_both_ways(small(1, people=12, mentors=5))
    assert both.best_total.mentors == both.stable.mentors
