"""A shortlist: three to five places for a person, with reasons on both sides, what speaks against the others, and what would have to change.

The first is the one proposed. A person may decline it, so may the company; somebody with a name decides. Every pair on the list has its sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handrail.placements.rules.matching import reasons
from handrail.placements.rules.matching.eligibility import first_block
from handrail.placements.rules.matching.facts import BEST_TOTAL, Market, Participant, Place
from handrail.placements.rules.matching.matching import company_points_of, mentor_of, own_points_of
from handrail.placements.rules.matching.prices import Prices
from handrail.placements.rules.matching.proposing import Proposal
from handrail.placements.rules.matching.scoring import Score, wish_rank
from handrail.placements.rules.matching.sentences import Sentence

LEAST, USUAL, MOST = 3, 4, 5


@dataclass(frozen=True)
class Entry:
    """A place on somebody's shortlist."""

    place: str
    is_proposed: bool
    score: Score
    for_person: tuple[Sentence, ...]
    for_company: tuple[Sentence, ...]  # all that a company may be shown
    points: Sentence
    why: tuple[Sentence, ...]  # why it is proposed, or why not
    change: Sentence | None  # what would have to change for it to be proposed
    loss: int | None  # points that everybody together would lose with it; None in a stable matching


@dataclass(frozen=True)
class Blocked:
    """A place that was wished for, or lies near, and cannot be: the first fact that stands in the way."""

    place: str
    why: Sentence


@dataclass(frozen=True)
class Shortlist:
    """What one participant and the caseworker look at together."""

    participant: str
    entries: tuple[Entry, ...]  # the proposed one first, then the one that comes nearest to it, then by points
    nothing: Sentence | None  # why no place is proposed, where none is
    blocked: tuple[Blocked, ...]
    mentor: str
    mentor_why: Sentence


def shortlists(market: Market, proposal: Proposal, *, people: Iterable[str] | None = None, size: int = USUAL) -> list[Shortlist]:
    """The shortlists of all participants of a proposal, or of some, in the order asked for."""
    maker = _Maker(market, proposal, min(max(size, LEAST), MOST))
    rows = {person.uid: row for row, person in enumerate(market.participants)}
    wanted = list(rows.values()) if people is None else [rows[uid] for uid in people]
    losses = maker.prices.losses(wanted) if proposal.way == BEST_TOTAL else {}
    return [maker.shortlist(row, losses[row].tolist() if losses else None) for row in wanted]


class _Maker:
    def __init__(self, market: Market, proposal: Proposal, size: int) -> None:
        self.market, self.proposal, self.size = market, proposal, size
        self.prices, self.pairs = Prices(proposal), proposal.pairs
        self.points, self.own, self.theirs = (
            proposal.pairs.points,
            own_points_of(proposal.pairs),
            company_points_of(proposal.pairs),
        )
        self.companies = {company.uid: company for company in market.companies}
        self.place_of, self.mentors_of = self.prices.place_of, mentor_of(proposal.columns, proposal.pairs, proposal.matching)
        self.place_rows = {place.uid: row for row, place in enumerate(market.places)}
        self.mentor_rows = {mentor.uid: row for row, mentor in enumerate(market.mentors)}
        chosen = proposal.pairs.place[proposal.matching.chosen]
        self.seats = {int(row): int((chosen == row).sum()) for row in set(chosen.tolist())}

    def shortlist(self, row: int, losses: Sequence[int] | None) -> Shortlist:
        person = self.market.participants[row]
        mine = range(int(self.prices.first_pair[row]), int(self.prices.first_pair[row + 1]))
        loss_of = {pair: losses[number] for number, pair in enumerate(mine)} if losses is not None else {}
        order = self._order(mine, loss_of)
        entries = tuple(self._entry(row, person, pair, loss_of) for pair in order[: self.size])
        mentor = int(self.mentors_of[row])
        return Shortlist(
            person.uid, entries, self._nothing(row, person, len(mine)), self._blocked(person, {int(self.pairs.place[pair]) for pair in mine}),
            self.market.mentors[mentor].uid if mentor >= 0 else "", self._mentor_why(person, mentor),
        )  # fmt: skip

    def _order(self, mine: range, loss_of: dict[int, int]) -> list[int]:
        """The one proposed, then the one that comes nearest to being it, then by points; in a stable matching by the person's own side."""
        points = self.points if loss_of else self.own
        proposed = [pair for pair in mine if self.prices.chosen[pair]]
        rest = sorted(
            (pair for pair in mine if not self.prices.chosen[pair]),
            key=lambda pair: (-int(points[pair]), int(self.pairs.place[pair])),
        )
        nearest = min(rest, key=lambda pair: (loss_of[pair], rest.index(pair))) if loss_of and rest else None
        return [*proposed, *([nearest] if nearest is not None else []), *(pair for pair in rest if pair != nearest)]

    def _entry(self, row: int, person: Participant, pair: int, loss_of: dict[int, int]) -> Entry:
        place = self.market.places[int(self.pairs.place[pair])]
        parts, is_proposed = Score(*(int(x) for x in self.pairs.parts[pair])), bool(self.prices.chosen[pair])
        loss = loss_of.get(pair)
        return Entry(
            place.uid, is_proposed, parts, reasons.persons_reasons(person, place), reasons.companys_reasons(person, place), reasons.points_sentence(parts),
            self._why(row, pair, place, loss_of), None if is_proposed or loss is None else self._change(person, place, parts, loss), loss,
        )  # fmt: skip

    def _why(self, row: int, pair: int, place: Place, loss_of: dict[int, int]) -> tuple[Sentence, ...]:
        if not loss_of:
            return self._why_stable(row, pair, place)
        if self.prices.chosen[pair]:
            return (self._why_proposed(pair, loss_of),)
        wanted = int(self.prices.wanted[self.pairs.place[pair]]) - int(self.prices.wants[pair])
        others = (Sentence("wanted", {"place": place.uid, "others": wanted}),) if wanted else ()
        return (*others, self._why_not(row, pair, place, loss_of[pair]))

    def _why_proposed(self, pair: int, loss_of: dict[int, int]) -> Sentence:
        rest = [
            (loss, -int(self.points[other]), int(self.pairs.place[other]), other)
            for other, loss in loss_of.items()
            if other != pair
        ]
        if not rest:
            return Sentence("proposed_only")
        loss, _, _, second = min(rest)
        name = self.market.places[int(self.pairs.place[second])].uid
        return Sentence("proposed", {"place": name, "loss": loss}) if loss else Sentence("proposed_drawn", {"place": name})

    def _why_not(self, row: int, pair: int, place: Place, loss: int) -> Sentence:
        """Your gain against what the others lose; both with the points for being placed at all."""
        gain = int(self.prices.gain[pair] - self.prices.now[row])
        cost = loss + gain
        if self.place_of[row] < 0:
            return (
                Sentence("unplaced", {"place": place.uid, "gain": gain, "cost": cost})
                if loss
                else Sentence("unplaced_drawn", {"place": place.uid})
            )
        names: dict[str, int | str] = {"place": place.uid, "proposed": self.market.places[int(self.place_of[row])].uid}
        if not loss:
            return Sentence("drawn", names)
        if gain > 0:
            return Sentence("dearer_to_others", {**names, "gain": gain, "cost": cost})
        if gain == 0:
            return Sentence("same_for_you", {**names, "cost": cost})
        if cost > 0:
            return Sentence("dearer_to_all", {**names, "less": -gain, "cost": cost})
        return (
            Sentence("others_win_less", {**names, "less": -gain, "won": -cost})
            if cost
            else Sentence("less_for_you", {**names, "less": -gain})
        )

    def _why_stable(self, row: int, pair: int, place: Place) -> tuple[Sentence, ...]:
        mine = int(self.place_of[row])
        names: dict[str, int | str] = {"place": place.uid}
        if self.prices.chosen[pair]:
            return (Sentence("stable_proposed"),)
        if mine >= 0:
            now = next(p for p in range(*self.prices.first_pair[row : row + 2]) if self.prices.chosen[p])
            less = int(self.own[now] - self.own[pair])
            if less >= 0:
                names["proposed"] = self.market.places[mine].uid
                return (Sentence("stable_own", {**names, "less": less}) if less else Sentence("stable_own_equal", names),)
        full = self.seats.get(int(self.pairs.place[pair]), 0) >= place.capacity
        return (Sentence("stable_full", names) if full else Sentence("stable_coach", {"company": place.company}),)

    def _change(self, person: Participant, place: Place, parts: Score, loss: int) -> Sentence:
        room = self.market.weights.wish * self.market.weights.wish_shares[0] // 1000 - parts.wish
        facts: dict[str, int | str] = {"place": place.uid, "points": loss + 1}
        return (
            Sentence("change_wish", {**facts, "room": room})
            if room > 0 and wish_rank(person, place) != 1
            else Sentence("change", facts)
        )

    def _nothing(self, row: int, person: Participant, fit: int) -> Sentence | None:
        if self.place_of[row] >= 0:
            return None
        if not person.shares_with_companies:
            return Sentence("consent")
        known = sum(uid in self.place_rows for uid in person.minutes)
        if not fit:
            return Sentence("no_place", {"known": known}) if known else Sentence("no_way_known")
        return Sentence("no_place_left" if self.proposal.way == BEST_TOTAL else "no_place_stable", {"fit": fit})

    def _blocked(self, person: Participant, fit: set[int]) -> tuple[Blocked, ...]:
        """Places that were wished for, dearest first, and then the nearest, up to five together with those that fit."""
        if not person.shares_with_companies:
            return ()  # the list says it once
        known = [self.place_rows[uid] for uid in (*person.wishes, *person.minutes) if uid in self.place_rows]
        rest = sorted({row for row in known if row not in fit}, key=lambda row: self._nearness(person, row))
        found = []
        for row in rest[: max(LEAST, MOST - len(fit))]:
            place = self.market.places[row]
            if block := first_block(person, place, self.companies[place.company]):
                found.append(Blocked(place.uid, reasons.block_sentence(block, place)))
        return tuple(found)

    def _nearness(self, person: Participant, row: int) -> tuple[int, int, int]:
        place = self.market.places[row]
        return (wish_rank(person, place) or len(person.wishes) + 1, person.minutes.get(place.uid, 1 << 20), row)

    def _mentor_why(self, person: Participant, mentor: int) -> Sentence:
        if mentor >= 0:
            return reasons.mentor_sentence(person, self.market.mentors[mentor])
        known = [self.market.mentors[self.mentor_rows[uid]] for uid in person.minutes_to_mentors if uid in self.mentor_rows]
        return reasons.no_mentor_sentence(person, known, self.market.weights)


__all__ = ["LEAST", "MOST", "USUAL", "Blocked", "Entry", "Shortlist", "shortlists"]
