"""Asking for a round of matching, working it out in the background, choosing the way that is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from subprocess import TimeoutExpired
from typing import Any

from django.db import IntegrityError
from django.db.models import Max
from django.db.transaction import atomic

from handrail.kit import clock, later
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.models import LongTask
from handrail.kit.text import _
from handrail.people.models import Organisation, Person
from handrail.placements import events, rules
from handrail.placements.models import Listed, Round, Shortlist, WayChoice
from handrail.placements.queries import matching as queries
from handrail.placements.rules import matching as m
from handrail.programmes.models import Programme

BATCH, STEPS = 1000, 4
BEST, STABLE = Round.Kind.BEST_TOTAL, Round.Kind.STABLE


@atomic
def ask_round(*, programme: Programme, organisation: Organisation, by: Person) -> Round:
    """Ask for proposals for an organisation's people; a worker works them out, with progress. Nobody is placed by it.

    Raises RuleBroken when nobody can take part, when no place is open, and while another round of the organisation is being worked out
    (saying whose).
    """
    return _ask(Round(programme=programme, organisation=organisation, asked_by=by))


@atomic
def ask_again(*, before: Round, reason: str, by: Person) -> Round:
    """Ask once more, after a place was withdrawn or somebody said no: what was proposed before stays wherever that costs little.

    Raises RuleBroken without a reason, for a round that is not the latest or for which no way was chosen, and as `ask_round` does.
    """
    if len(reason.strip()) < 10:
        raise RuleBroken(_("Write in a few words what has changed."), field="reason")
    if not before.way or not queries.is_latest(before):
        raise RuleBroken(_("Only the latest round can be proposed again, once its way was chosen. Reload the page."))
    return _ask(Round(programme=before.programme, organisation=before.organisation, before=before, again_because=reason.strip()[:300], draw=before.draw, asked_by=by))


def _ask(found: Round) -> Round:
    part = queries.taking_part(found.programme, found.organisation)
    if not part.cases:
        raise RuleBroken(rules.FAULTS["nobody"])
    if not part.positions:
        raise RuleBroken(rules.FAULTS["no_places"])
    # One number each, also when two ask at once: the second waits here, and then meets the round of the first.
    Programme.objects.select_for_update(no_key=True).get(pk=found.programme.pk)
    mine = Round.objects.filter(programme=found.programme, organisation=found.organisation)
    if running := mine.filter(state=Round.State.COMPUTING).select_related("asked_by__identity").first():
        raise RuleBroken(_("%(name)s has just asked for proposals for these people. Wait for that round; it is in the list.") % {"name": running.asked_by.called})
    found.number, found.asked_at = (mine.aggregate(most=Max("number"))["most"] or 0) + 1, clock.now()
    found.draw = found.draw or str(found.uid)
    found.task = later.long_task("matching", subject=found.uid, asked_by=found.asked_by.uid).uid
    try:
        with atomic():
            found.save()
    except IntegrityError:
        raise RuleBroken(_("Somebody has just asked for proposals for these people. Wait for that round; it is in the list.")) from None
    announce(events.RoundAsked(found.uid, found.programme.uid), by=found.asked_by)
    return found


def compute_round(found: Round) -> Round:
    """Work a round out and keep it, or say why not; doing it again changes nothing. Nothing is held locked meanwhile, and nothing half is kept."""
    if found.state != Round.State.COMPUTING:
        return found
    try:
        basis = queries.basis_of(found.programme, found.organisation, found.draw)
        if not basis.market.participants or not basis.market.places:
            return fail_round(found, "nobody" if not basis.market.participants else "no_places")
        _tell(found, 1)
        made = _again(found, basis) if found.before else _both(basis)
        _tell(found, 2)
        lists = {way: m.shortlists(basis.market, proposal) for way, (proposal, _facts) in made.items()}
        _tell(found, 3)
    except m.MarketError:
        return fail_round(found, "data")
    except (m.MatchingFailed, TimeoutExpired):
        return fail_round(found, "failed")
    return _keep(found, basis, lists, {way: facts for way, (_proposal, facts) in made.items()})


def _tell(found: Round, done: int) -> None:
    if found.task:
        later.progress(found.task, done=done, total=STEPS)


def _both(basis: queries.Basis) -> dict[str, tuple[m.Proposal, dict[str, Any]]]:
    both = m.propose_both_ways_apart(basis.market)
    return {BEST: (both.best_total, _facts(both.best_total)), STABLE: (both.stable, _facts(both.stable))}


def _again(found: Round, basis: queries.Basis) -> dict[str, tuple[m.Proposal, dict[str, Any]]]:
    assert found.before is not None
    places, mentors = queries.proposed_in(found.before)
    again = m.propose_again_apart(basis.market, places=places, mentors=mentors)
    now = again.proposal.places
    still = {who: where for who, where in places.items() if who in basis.cases}
    facts = {
        "possible": again.possible, "kept": again.kept, "stayed": sum(now.get(who) == where for who, where in still.items()),
        "changed": sum(who in now and now[who] != where for who, where in still.items()), "lost": sum(who not in now for who in still),
        "new": sum(who not in places for who in now), "gone": len(places) - len(still),
    }  # fmt: skip
    return {BEST: (again.proposal, {**_facts(again.proposal), "again": facts})}


def _facts(proposal: m.Proposal) -> dict[str, Any]:
    return {"points": proposal.value, "placed": proposal.matching.placed, "mentored": proposal.matching.mentored, "blocking": proposal.blocking}


@atomic
def _keep(found: Round, basis: queries.Basis, lists: dict[str, list[m.Shortlist]], facts: dict[str, dict[str, Any]]) -> Round:
    found = Round.objects.select_for_update(of=("self",), no_key=True).select_related("programme", "organisation", "before", "asked_by").get(pk=found.pk)
    if found.state != Round.State.COMPUTING:
        return found
    still = queries.agreeing([one.person_id for one in basis.cases.values()], found.programme)  # somebody may have taken it back, or been erased, meanwhile
    part = queries.taking_part(found.programme, found.organisation)
    for way, some in lists.items():
        _keep_lists(found, way, [one for one in some if basis.cases[one.participant].person_id in still], basis)
    found.weights = {name: value for name, value in asdict(basis.market.weights).items() if name != "draw" and not name.startswith("valid")}
    seats = sum(place.capacity for place in basis.market.places)
    found.facts = {
        "people": len(basis.cases), "places": len(basis.positions), "seats": seats, "mentors": len(basis.mentors),
        "kept_out": len(part.out), **{way: {name: value for name, value in one.items() if name != "again"} for way, one in facts.items()},
    }  # fmt: skip
    if again := facts[BEST].get("again"):
        found.facts["again"] = again
    found.state, found.computed_at = Round.State.PROPOSED, clock.now()
    if found.before is not None:  # after withdrawals there is one way; whoever asked has said why
        found.way = BEST
        WayChoice.objects.create(round=found, way=BEST, reason=found.again_because, by=found.asked_by, at=clock.now())
    found.save(update_fields=["weights", "facts", "state", "computed_at", "way"])
    if found.task:
        later.finish(found.task, LongTask.State.DONE)
    announce(events.RoundProposed(found.uid, found.programme.uid, len(basis.cases), facts[BEST]["placed"]), by=None)
    return found


def _keep_lists(found: Round, way: str, lists: Sequence[m.Shortlist], basis: queries.Basis) -> None:
    people = {one.uid: one for one in basis.market.participants}
    places = {one.uid: one for one in basis.market.places}
    rows, listed = [], []
    for one in lists:
        has_mentor = one.participant in basis.with_mentor
        row = Shortlist(
            round=found, way=way, case=basis.cases[one.participant], mentor=basis.mentors[one.mentor] if one.mentor else None,
            mentor_why=["has_mentor", {}] if has_mentor else kept(one.mentor_why), nothing=kept(one.nothing), blocked=[[block.place, kept(block.why)] for block in one.blocked],
        )  # fmt: skip
        rows.append(row)
        for rank, entry in enumerate(one.entries, 1):
            listed.append(Listed(
                shortlist=row, position=basis.positions[entry.place], rank=rank, is_proposed=entry.is_proposed, **entry.score._asdict(), loss=entry.loss,
                worked=rules.worked_from(people[one.participant], places[entry.place]), for_person=[kept(s) for s in entry.for_person],
                for_company=[kept(s) for s in entry.for_company], why=[kept(s) for s in entry.why], change=kept(entry.change),
            ))  # fmt: skip
    Shortlist.objects.bulk_create(rows, batch_size=BATCH)
    Listed.objects.bulk_create(listed, batch_size=BATCH)


def kept(sentence: m.Sentence | None) -> list[Any]:
    """A sentence as it is kept: its key and its facts."""
    return [sentence.key, dict(sentence.facts)] if sentence else []


@atomic
def fail_round(found: Round, fault: str, *, by: Person | None = None) -> Round:
    """Say that a round did not work out, and why; nothing else is changed."""
    if Round.objects.filter(pk=found.pk, state=Round.State.COMPUTING).update(state=Round.State.FAILED, fault=fault, computed_at=clock.now()):
        found.state, found.fault = Round.State.FAILED, fault
        if found.task:
            later.finish(found.task, LongTask.State.STOPPED if fault == "stopped" else LongTask.State.FAILED)
        announce(events.RoundFailed(found.uid, found.programme.uid), by=by)
    return found


def stop_round(*, found: Round, by: Person) -> Round:
    """Give a round up that is being worked out, also one whose worker died; whatever it still finds is not kept."""
    return fail_round(found, "stopped", by=by)


@atomic
def choose_way(*, found: Round, way: str, reason: str, by: Person) -> Round:
    """Say openly which way of matching is used, and why; only then caseworkers see proposals. A later choice takes its place, both stay on record.

    Raises RuleBroken for a way that this round does not have, without a reason, and for a round that is not the latest.
    """
    found = Round.objects.select_for_update(of=("self",), no_key=True).select_related("programme", "organisation").get(pk=found.pk)
    if way not in [one.way for one in queries.figures_of_round(found)]:
        raise RuleBroken(_("Choose one of the ways."), field="way")
    if len(reason.strip()) < 10:
        raise RuleBroken(_("Write in a few words why this way."), field="reason")
    if not queries.is_latest(found):
        raise RuleBroken(_("There is a later round. Choose the way there."))
    WayChoice.objects.create(round=found, way=way, reason=reason.strip()[:300], by=by, at=clock.now())
    found.way = way
    found.save(update_fields=["way"])
    announce(events.WayChosen(found.uid, way), by=by)
    return found
