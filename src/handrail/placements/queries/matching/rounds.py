"""Finds rounds of matching, from whose people one coordinates; what each way is worth, and who was proposed what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from handrail.cases.models import Case
from handrail.cases.queries import cases_visible_to, coordinated, names_of_cases, out_of_conflict
from handrail.kit.models import LongTask
from handrail.kit.text import _, number
from handrail.people.models import Consent, Organisation, Person
from handrail.people.queries import consent_holds
from handrail.placements.models import Choice, Listed, Look, Placement, Refusal, Round, Shortlist
from handrail.placements.queries.company import companies_served_by
from handrail.placements.queries.matching.market import agreeing
from handrail.programmes.models import Programme

BEST, STABLE = Round.Kind.BEST_TOTAL, Round.Kind.STABLE


def rounds_visible_to(person: Person) -> QuerySet[Round]:
    """The rounds of organisations of which a person is placement coordinator."""
    return Round.objects.filter(coordinated(person)).select_related("programme", "organisation", "asked_by__identity", "before")


def rounds_listed(person: Person, programme: Programme) -> QuerySet[Round]:
    """The rounds of a programme, the latest first."""
    return rounds_visible_to(person).filter(programme=programme).order_by("-id")


def round_to_compute(uid: str) -> Round | None:
    """A round that waits for a worker; asked by its task alone."""
    return Round.objects.filter(uid=UUID(uid), state=Round.State.COMPUTING).select_related("programme", "organisation", "before", "asked_by").first()


def task_of_round(found: Round) -> LongTask | None:
    """The work behind a round."""
    return LongTask.objects.filter(uid=found.task).first() if found.task else None


def current_round(programme: Programme, organisation: Organisation) -> Round | None:
    """The round whose proposals are used: the latest for which a way was chosen."""
    rows = Round.objects.filter(programme=programme, organisation=organisation, state=Round.State.PROPOSED).exclude(way="")
    return rows.select_related("programme", "organisation").order_by("-id").first()


def is_latest(found: Round) -> bool:
    """Whether no later round of the organisation has proposals."""
    later = Round.objects.filter(programme=found.programme_id, organisation=found.organisation_id, state=Round.State.PROPOSED, pk__gt=found.pk)
    return found.state == Round.State.PROPOSED and not later.exists()


def proposed_in(found: Round) -> tuple[dict[str, str], dict[str, str]]:
    """The places and mentors that a round proposes by the way that is used: by the uid of the case."""
    rows = Shortlist.objects.filter(round=found, way=found.way)
    mentors = {str(case): str(uid) for case, uid in rows.exclude(mentor=None).values_list("case__uid", "mentor__uid")}
    listed = Listed.objects.filter(shortlist__round=found, shortlist__way=found.way, is_proposed=True)
    return {str(case): str(uid) for case, uid in listed.values_list("shortlist__case__uid", "position__uid")}, mentors


def _is_current() -> Q:
    """The condition of a listed place to be of the round and the way that are used now, of somebody who agrees at this moment."""
    current = Round.objects.filter(programme=OuterRef("shortlist__round__programme"), organisation=OuterRef("shortlist__round__organisation"), state=Round.State.PROPOSED)
    current = current.exclude(way="").order_by("-id")
    agreed = Consent.objects.filter(consent_holds(), person=OuterRef("shortlist__case__person"), recipient=OuterRef("shortlist__round__programme__uid"))
    return Q(shortlist__round=Subquery(current.values("pk")[:1]), shortlist__way=F("shortlist__round__way")) & Q(Exists(agreed))


def listed_visible_to(person: Person) -> QuerySet[Listed]:
    """The places now proposed to people whose cases one may see, while these people agree."""
    rows = Listed.objects.filter(_is_current(), shortlist__case__in=cases_visible_to(person))
    return rows.select_related("position__company", "shortlist__round__programme", "shortlist__mentor__person__identity", "shortlist__case__programme", "shortlist__case__person", "shortlist__case__organisation")


def listed_at_companies_of(person: Person) -> QuerySet[Listed]:
    """What is proposed now for the places of companies that a person serves: those proposed alone, never who came second."""
    rows = Listed.objects.filter(_is_current(), is_proposed=True, position__company__in=companies_served_by(person), shortlist__case__person__erased_at=None)
    rows = rows.filter(out_of_conflict(person, "shortlist__case"))
    placed = Placement.objects.filter(case=OuterRef("shortlist__case"), state__in=[Placement.State.PREPARED, Placement.State.RUNNING])
    return rows.filter(~Exists(placed)).select_related("position__company__programme", "shortlist__case", "shortlist__round")


def refusals_visible_to(person: Person) -> QuerySet[Refusal]:
    """A no of people whose cases one may see, and the companies' own to those who serve them."""
    served = companies_served_by(person)
    theirs = Q(side=Refusal.Side.COMPANY) & (Q(position__company__in=served) | Q(company__in=served)) & out_of_conflict(person, "case")
    return Refusal.objects.filter(Q(case__in=cases_visible_to(person)) | theirs).select_related(
        "case__programme", "case__person", "case__organisation", "position__company__programme", "company__programme", "mentor__person__identity", "noted_by__identity", "contact"
    )


@dataclass(frozen=True)
class WayFigures:
    """What one way of matching is worth."""

    way: str
    label: Any
    points: int
    placed: int
    mentored: int
    blocking: int


def figures_of_round(found: Round) -> list[WayFigures]:
    """Both ways side by side; a round after withdrawals has one."""
    return [
        WayFigures(way.value, way.label, facts["points"], facts["placed"], facts["mentored"], facts["blocking"])
        for way in (BEST, STABLE)
        if (facts := found.facts.get(way.value))
    ]


def bars_of_round(found: Round) -> dict[str, Any]:
    """People with a place and without, a bar for each way; the words beside each bar are its table."""
    rows = [
        {"label": one.label, "value": one.placed, "text": number(one.placed), "more": str(_("of %(n)s people") % {"n": number(found.facts["people"])})}
        for one in figures_of_round(found)
    ]
    return {"rows": rows, "top": max(1, found.facts["people"])}


@dataclass(frozen=True)
class RoundRow:
    """One person in a round: the place proposed to them, and what became of it."""

    case: Case
    name: Any
    listed: Listed | None
    state: str  # proposed, none, declined, decided, placed (by another way), ended
    mentor: str


def shortlists_of(found: Round, viewer: Person) -> QuerySet[Shortlist]:
    """The shortlists of a round by the way that is used (best total, until one is chosen), those with a place first; none of somebody from whom
    the viewer is kept away."""
    proposed = Listed.objects.filter(shortlist=OuterRef("pk"), is_proposed=True)
    rows = Shortlist.objects.filter(out_of_conflict(viewer, "case"), round=found, way=found.way or BEST).annotate(has_place=Exists(proposed))
    return rows.select_related("case__person", "mentor__person__identity").order_by("-has_place", "case__number", "pk")


def round_rows(viewer: Person, found: Round, shortlists: Iterable[Shortlist]) -> list[RoundRow]:
    """The lines of one page, in a handful of queries however many they are."""
    rows = list(shortlists)
    cases = [one.case for one in rows]
    names, agreed = names_of_cases(viewer, cases), agreeing([one.person_id for one in cases], found.programme)
    listed = {one.shortlist_id: one for one in Listed.objects.filter(shortlist__in=rows, is_proposed=True).select_related("position__company")}
    chosen = set(Choice.objects.filter(listed__shortlist__in=rows).exclude(placement__state=Placement.State.CALLED_OFF).values_list("listed__shortlist", flat=True))
    placed = set(Placement.objects.filter(case__in=cases, state__in=[Placement.State.PREPARED, Placement.State.RUNNING]).values_list("case", flat=True))
    said_no = refused_positions([one.pk for one in cases])
    made = []
    for one in rows:
        place = listed.get(one.pk)
        if one.case.person_id not in agreed:
            made.append(RoundRow(one.case, names[one.case.person_id], None, "ended", ""))
            continue
        mentor = one.mentor.person.called if one.mentor else ""
        state = "decided" if one.pk in chosen else "placed" if one.case_id in placed else _state(one, place, said_no)
        made.append(RoundRow(one.case, names[one.case.person_id], place, state, mentor))
    return made


def _state(one: Shortlist, place: Listed | None, said_no: set[tuple[int, int]]) -> str:
    if place is None:
        return "none"
    return "declined" if (one.case_id, place.position_id) in said_no else "proposed"


def refused_positions(cases: list[int]) -> set[tuple[int, int]]:
    """Pairs of case and position to which somebody said no; a no to a company counts for all that it offers."""
    rows = Refusal.objects.filter(case__in=cases, taken_back_at=None)
    found = {(case, position) for case, position in rows.exclude(position=None).values_list("case", "position") if position}
    whole = rows.exclude(company=None).values_list("case", "company__positions")
    return found | {(case, position) for case, position in whole if position}


def refused_mentors(case: int) -> set[int]:
    """The mentors whom a person does not want."""
    return set(Refusal.objects.filter(case=case, taken_back_at=None).exclude(mentor=None).values_list("mentor", flat=True))


@dataclass(frozen=True)
class LogLine:
    """One line of what happened to a round: who, when, what."""

    at: Any
    who: str
    what: str
    why: str
    number: str  # of the case, where it is about one


def log_of_round(found: Round, viewer: Person, *, most: int = 50) -> list[LogLine]:
    """Who asked, chose a way, opened proposals, said no and decided, the latest first; people by their number, but for those from whom the
    viewer is kept away."""
    lines = [LogLine(found.asked_at, found.asked_by.called, str(_("asked for proposals")), found.again_because, "")]
    lines += [
        LogLine(one.at, one.by.called, str(_("chose the way: %(way)s") % {"way": str(one.get_way_display()).lower()}), one.reason, "")
        for one in found.choices.select_related("by__identity")
    ]
    looks = Look.objects.filter(Q(case=None) | out_of_conflict(viewer, "case"), round=found).select_related("person__identity", "case", "position")[:most]
    lines += [LogLine(one.at, one.person.called, look_words(one), "", one.case.number if one.case else "") for one in looks]
    chosen = Choice.objects.filter(out_of_conflict(viewer, "listed__shortlist__case"), listed__shortlist__round=found).select_related("by__identity", "listed__position__company", "listed__shortlist__case")[:most]
    lines += [choice_line(one, with_number=True) for one in chosen]
    no = Refusal.objects.filter(out_of_conflict(viewer, "case"), case__in=Shortlist.objects.filter(round=found).values("case"), noted_at__gte=found.asked_at)
    no = no.select_related("noted_by__identity", "position__company", "company", "mentor__person__identity", "case")
    lines += [refusal_line(one, with_number=True) for one in no[:most]]
    return sorted(lines, key=lambda one: one.at, reverse=True)[:most]


def log_of_case(case: Case, *, most: int = 25) -> list[LogLine]:
    """What was shown of one person's proposals to whom, every no, and who decided, the latest first."""
    looks = Look.objects.filter(case=case).select_related("person__identity", "position")[:most]
    lines = [LogLine(one.at, one.person.called, look_words(one), "", "") for one in looks]
    chosen = Choice.objects.filter(listed__shortlist__case=case).select_related("by__identity", "listed__position__company", "listed__shortlist__case")[:most]
    lines += [choice_line(one) for one in chosen]
    no = Refusal.objects.filter(case=case).select_related("noted_by__identity", "position__company", "company", "mentor__person__identity", "case")[:most]
    lines += [refusal_line(one) for one in no]
    return sorted(lines, key=lambda one: one.at, reverse=True)[:most]


def look_words(one: Look) -> str:
    """What somebody opened."""
    if one.position is not None and one.case is None:
        return str(_("opened what is proposed for %(place)s") % {"place": one.position.title})
    return str(_("opened the proposals"))


def choice_line(one: Choice, *, with_number: bool = False) -> LogLine:
    """Who decided on what, and why."""
    place = f"{one.listed.position.title}, {one.listed.position.company.name}"
    return LogLine(one.at, one.by.called, str(_("decided on %(place)s (%(points)s points)") % {"place": place, "points": number(one.listed.points)}), one.why, one.listed.shortlist.case.number if with_number else "")


def refusal_line(one: Refusal, *, with_number: bool = False) -> LogLine:
    """Whose no was noted, to what, and whether it still holds."""
    words = _("noted a no of the company: %(what)s") if one.side == Refusal.Side.COMPANY else _("noted a no of the person: %(what)s")
    text = str(words % {"what": refused_thing(one)})
    if one.taken_back_at:
        text = str(_("%(text)s (taken back since)") % {"text": text})
    return LogLine(one.noted_at, one.noted_by.called, text, str(one.get_reason_display()) if one.reason else "", one.case.number if with_number else "")


def refused_thing(one: Refusal) -> str:
    """To what somebody said no, in words."""
    if one.position is not None:
        return f"{one.position.title}, {one.position.company.name}"
    if one.company is not None:
        return str(_("all of %(company)s") % {"company": one.company.name})
    return one.mentor.person.called if one.mentor else ""
