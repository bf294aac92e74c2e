"""One person's shortlist in the reader's words, and what a company's side is shown of it: the company's reasons alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from handrail.cases.models import Case
from handrail.kit.text import language_name, plain_language
from handrail.people.models import Person
from handrail.placements import rules
from handrail.placements.models import Choice, Company, Listed, Placement, Position, Refusal, Round, Shortlist
from handrail.placements.queries.companies import offers_of
from handrail.placements.queries.matching.market import agreeing, seeking_of
from handrail.placements.queries.matching.rounds import (
    current_round,
    listed_at_companies_of,
    log_of_case,
    refused_mentors,
    refused_positions,
    refused_thing,
)
from handrail.placements.queries.placements import open_placement
from handrail.placements.rules import matching as m
from handrail.placements.rules.matching.sentences import CODES


@dataclass(frozen=True)
class ListedShown:
    """A place on a shortlist, in words."""

    listed: Listed
    name: str
    for_person: list[str]
    for_company: list[str]
    why: list[str]
    change: str
    parts: list[rules.PartShown]
    is_refused: bool
    is_open: bool  # still offered, with a place that nobody has
    is_chosen: bool


@dataclass(frozen=True)
class ShortlistShown:
    """What a person and the caseworker look at together."""

    round: Round
    shortlist: Shortlist
    places: list[ListedShown]
    nothing: str
    blocked: list[tuple[str, str]]
    mentor: str
    mentor_why: str
    is_mentor_refused: bool
    is_again: bool


def shortlist_now(case: Case) -> Shortlist | None:
    """A person's shortlist of the round that is used; none before a way was chosen, and none once the person no longer agrees."""
    found = current_round(case.programme, case.organisation)
    return _shortlist_in(found, case) if found is not None and agrees(case) else None


def agrees(case: Case) -> bool:
    """Whether a person agrees at this moment to what a matching needs."""
    return bool(agreeing([case.person_id], case.programme))


def _shortlist_in(found: Round, case: Case) -> Shortlist | None:
    rows = Shortlist.objects.filter(round=found, way=found.way, case=case)
    return rows.select_related("round__programme", "mentor__person__identity", "case").first()


def shortlist_shown(shortlist: Shortlist) -> ShortlistShown:
    """A shortlist in the reader's words; the sentences are made from what was kept."""
    listed = list(shortlist.places.select_related("position__company"))
    blocked = [(str(uid), list(sentence)) for uid, sentence in shortlist.blocked]
    said = [sentence for one in listed for sentence in (*one.for_person, *one.for_company, *one.why, one.change)]
    names = _names([*said, shortlist.nothing, shortlist.mentor_why, *(sentence for _uid, sentence in blocked)], [uid for uid, _sentence in blocked])
    refused = refused_positions([shortlist.case_id])
    offered = _still_free([one.position_id for one in listed])
    chosen = set(Choice.objects.filter(listed__shortlist=shortlist).exclude(placement__state=Placement.State.CALLED_OFF).values_list("listed", flat=True))
    no_mentors = refused_mentors(shortlist.case_id)
    places = [
        ListedShown(
            one, f"{one.position.title}, {one.position.company.name}", [_say(s, names) for s in one.for_person], [_say(s, names) for s in one.for_company],
            [_say(s, names) for s in one.why], _say(one.change, names),
            rules.parts_shown(one.worked, (one.wish, one.need, one.growth, one.travel, one.waiting), shortlist.round.weights) if one.worked else [],
            (one.shortlist.case_id, one.position_id) in refused, one.position_id in offered, one.pk in chosen,
        )
        for one in listed
    ]  # fmt: skip
    return ShortlistShown(
        shortlist.round, shortlist, places, _say(shortlist.nothing, names), [(names.get(uid, uid), _say(sentence, names)) for uid, sentence in blocked],
        shortlist.mentor.person.called if shortlist.mentor else "", _say(shortlist.mentor_why, names), shortlist.mentor_id in no_mentors, shortlist.round.before_id is not None,
    )  # fmt: skip


def shortlist_page(case: Case) -> dict[str, Any]:
    """Everything on the page of one person's proposals."""
    found = shortlist_now(case)
    no = Refusal.objects.filter(case=case, taken_back_at=None).select_related("position__company", "company", "mentor__person__identity", "noted_by__identity", "contact")
    return {"shown": shortlist_shown(found) if found else None, "refusals": [(one, refused_thing(one)) for one in no], "log": log_of_case(case)}


def panel_of(case: Case) -> dict[str, Any]:
    """What a person's page says about proposals: the places by name, no points; nothing more once the person has a place."""
    seeking = seeking_of(case)
    if open_placement(case) is not None:
        return {"seeking": seeking, "shortlist": None, "places": [], "is_placed": True}
    found = current_round(case.programme, case.organisation)
    may_propose = (seeking is not None or found is not None) and agrees(case)
    shortlist = _shortlist_in(found, case) if found is not None and may_propose else None
    if shortlist is None:
        return {"seeking": seeking, "shortlist": None, "places": [], "agrees": may_propose}
    refused = refused_positions([case.pk])
    rows = [one for one in shortlist.places.select_related("position__company") if (case.pk, one.position_id) not in refused]
    return {"seeking": seeking, "shortlist": shortlist, "places": rows}


@dataclass(frozen=True)
class ForCompany:
    """What a company's side is shown of one proposal: the company's reasons alone, without a name, in no order that says anything."""

    listed: Listed
    reasons: list[str]


def proposals_for(viewer: Person, position: Position) -> list[ForCompany]:
    """What is proposed for a place now and nobody has said no to, to whoever serves the company; in the order of random numbers."""
    rows = list(listed_at_companies_of(viewer).filter(position=position))
    agreed = agreeing([one.shortlist.case.person_id for one in rows], position.company.programme)
    rows = [one for one in rows if one.shortlist.case.person_id in agreed]
    refused = refused_positions([one.shortlist.case_id for one in rows])
    names = _names([sentence for one in rows for sentence in one.for_company], [])
    open_rows = [one for one in rows if (one.shortlist.case_id, one.position_id) not in refused]
    return [ForCompany(one, [_say(s, names) for s in one.for_company]) for one in sorted(open_rows, key=lambda one: one.uid)]


def companys_refusals(position: Position) -> QuerySet[Refusal]:
    """Every no of the company to somebody proposed for this place, that holds; without saying to whom."""
    return Refusal.objects.filter(position=position, side=Refusal.Side.COMPANY, taken_back_at=None).select_related("contact", "noted_by__identity")


def _still_free(positions: list[int]) -> set[int]:
    companies = Company.objects.filter(positions__in=positions)
    return {one.position.pk for one in offers_of(companies, only_free=True)} & set(positions)


def _names(sentences: Iterable[list[Any]], uids: Iterable[str]) -> dict[str, str]:
    """What the codes in these sentences are called, in two queries."""
    found: dict[str, set[str]] = {name: set() for name in CODES}
    found["place"] |= set(uids)
    for sentence in sentences:
        for name, value in sentence[1].items() if sentence else ():
            if name in CODES:
                found[name].add(str(value))
    names = {code: within_sentence(language_name(code)) for code in found["language"] if code}
    names |= {code: text.lower() for code, text in rules.demand_items() if code in found["demand"]}
    if places := found["place"] | found["proposed"]:
        names |= {str(one.uid): f"{one.title}, {one.company.name}" for one in Position.objects.filter(uid__in=places).select_related("company")}
    if found["company"]:
        names |= {str(uid): name for uid, name in Company.objects.filter(uid__in=found["company"]).values_list("uid", "name")}
    return names


def within_sentence(language: str) -> str:
    """A language as it stands within a sentence: dansk; with a capital in English alone."""
    return language if plain_language() == "en" else language[:1].lower() + language[1:]


def _say(sentence: list[Any], names: dict[str, str]) -> str:
    return m.say(m.Sentence(sentence[0], sentence[1]), names) if sentence else ""
