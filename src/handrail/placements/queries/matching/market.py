"""Who and what takes part in a round: people who said what is needed and agreed, places that are open, mentors with room; and who cannot, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from handrail.cases.models import Case, CaseLanguage, Entry
from handrail.cases.queries import kept_away_from
from handrail.kit import clock
from handrail.mentoring.models import Mentor, Mentorship
from handrail.mentoring.queries import organisations_recruiting
from handrail.people.models import Organisation, Person
from handrail.people.queries import persons_consenting
from handrail.placements import rules
from handrail.placements.models import Company, MentorReach, Placement, Position, Refusal, Seeking, Way
from handrail.placements.rules import matching as m
from handrail.placements.rules.rounds import MENTOR_LEVEL, NEEDED
from handrail.programmes.models import Programme

OPEN = (Placement.State.PREPARED, Placement.State.RUNNING)
ALL_DAYS = frozenset(range(10))


@dataclass(frozen=True)
class TakingPart:
    """The people of a round, and those who cannot be in it with the first thing that keeps them out; places that are open; mentors with room."""

    cases: list[Case]
    out: list[tuple[Case, str]]
    seekings: dict[int, Seeking]
    positions: list[Position]
    mentors: list[Mentor]

    @property
    def seats(self) -> int:
        """How many people the open places can take."""
        return sum(free_of(one) for one in self.positions)

    @property
    def reasons(self) -> list[tuple[Any, int]]:
        """How many people are kept out by what."""
        counted = Counter(code for _case, code in self.out)
        return [(text, counted[code]) for code, text in rules.OUT.items() if counted[code]]


@dataclass(frozen=True)
class Basis:
    """A market with the rows that its ids stand for."""

    market: m.Market
    cases: dict[str, Case]
    positions: dict[str, Position]
    mentors: dict[str, Mentor]
    with_mentor: set[str] = field(default_factory=set)  # people who have one already


def free_of(position: Position) -> int:
    """How many more people a position can take; `taken_now` was counted with it."""
    taken: int = position.taken_now  # type: ignore[attr-defined]
    return max(0, position.places - taken)


def waiting_cases(programme: Programme, organisation: Organisation) -> QuerySet[Case]:
    """People of an organisation who are here and have no open placement."""
    here = Entry.objects.filter(case=OuterRef("pk"), ended_on=None)
    placed = Placement.objects.filter(case=OuterRef("pk"), state__in=OPEN)
    rows = Case.objects.filter(Exists(here), ~Exists(placed), programme=programme, organisation=organisation, person__erased_at=None)
    return rows.select_related("person").order_by("number", "id")


def positions_open(programme: Programme) -> QuerySet[Position]:
    """What a programme's companies offer and nobody has yet."""
    rows = Position.objects.filter(company__programme=programme, company__withdrawn_on=None, closed_on=None)
    rows = rows.annotate(taken_now=Count("placements", filter=Q(placements__state__in=OPEN))).filter(taken_now__lt=F("places"))
    return rows.select_related("company").order_by("company__name", "title", "id")


def mentors_with_room(programme: Programme, organisation: Organisation) -> QuerySet[Mentor]:
    """An organisation's prepared mentors who can stand beside one more."""
    rows = Mentor.objects.filter(programme=programme, organisation=organisation, ended_on=None, prepared_on__isnull=False)
    return rows.annotate(has=Count("mentorships", filter=Q(mentorships__ended_on=None))).filter(has__lt=F("capacity")).select_related("person__identity")


def taking_part(programme: Programme, organisation: Organisation) -> TakingPart:
    """Who and what a round of an organisation would hold just now."""
    waiting = list(waiting_cases(programme, organisation))
    agreed = agreeing([one.person_id for one in waiting], programme)
    seekings = {one.case_id: one for one in Seeking.objects.filter(case__in=[one.pk for one in waiting])}
    cases, out = [], []
    for one in waiting:
        code = _kept_out_by(one, seekings.get(one.pk), agreed)
        if code:
            out.append((one, code))
        else:
            cases.append(one)
    return TakingPart(cases, out, seekings, list(positions_open(programme)), list(mentors_with_room(programme, organisation)))


def agreeing(persons: list[int], programme: Programme) -> set[int]:
    """Those who agree at this moment that what a matching needs is shared with the programme's companies."""
    return {person for person, fields in persons_consenting(persons, programme.uid).items() if fields >= NEEDED}


def _kept_out_by(case: Case, seeking: Seeking | None, agreed: set[int]) -> str:
    if case.person_id not in agreed:
        return "consent"
    if seeking is None or not seeking.area:
        return "area"
    if not case.hours_wanted:
        return "hours"
    return "" if case.travel_minutes else "travel"


def basis_of(programme: Programme, organisation: Organisation, draw: str) -> Basis:
    """All that a round is worked out from; codes, numbers and yes or no. Raises MarketError where something contradicts itself."""
    found = taking_part(programme, organisation)
    ways, area_of = _Ways(programme), {one.pk: area_of_company(one.company) for one in found.positions}
    reaches = {one.mentor_id: one for one in MentorReach.objects.filter(mentor__in=[one.pk for one in found.mentors])}
    with_mentor = set(Mentorship.objects.filter(case__in=[one.pk for one in found.cases], ended_on=None).values_list("case__uid", flat=True))
    market = m.Market(
        participants=_participants(found, ways, area_of, reaches, persons_consenting([one.person_id for one in found.cases], organisation.uid), {str(uid) for uid in with_mentor}),
        places=tuple(_place(one) for one in found.positions),
        mentors=tuple(
            m.Mentor(
                uid=str(one.uid), capacity=one.capacity - one.has,  # type: ignore[attr-defined]
                languages=dict.fromkeys(one.languages, MENTOR_LEVEL), most_minutes=reaches[one.pk].most_minutes if one.pk in reaches else 0,
            )
            for one in found.mentors
        ),
        companies=_companies(found.positions), weights=m.Weights(draw=draw),
    )  # fmt: skip
    return Basis(
        market, {str(one.uid): one for one in found.cases}, {str(one.uid): one for one in found.positions}, {str(one.uid): one for one in found.mentors},
        {str(uid) for uid in with_mentor},
    )  # fmt: skip


class _Ways:
    """Minutes between towns, both ways alike."""

    def __init__(self, programme: Programme) -> None:
        self.minutes: dict[str, dict[str, int]] = defaultdict(dict)
        for one in Way.objects.filter(programme=programme):
            here, there = one.one.casefold(), one.other.casefold()
            self.minutes[here][there] = self.minutes[there][here] = one.minutes

    def between(self, one: str, other: str) -> int | None:
        """None where nobody looked it up."""
        return self.minutes.get(one.casefold(), {}).get(other.casefold())


def area_of_company(company: Company) -> str:
    """The town that a company lies in, as far as it is known."""
    return company.town or company.municipality or company.region


def _participants(
    found: TakingPart, ways: _Ways, area_of: dict[int, str], reaches: dict[int, MentorReach], to_mentors: dict[int, frozenset[str]], with_mentor: set[str]
) -> tuple[m.Participant, ...]:
    ids, today = [one.pk for one in found.cases], clock.today()
    languages: dict[int, dict[str, int]] = defaultdict(dict)
    for case, code, level in CaseLanguage.objects.filter(case__in=ids).values_list("case", "code", "level"):
        languages[case][code] = rules.level_of(level)
    since = dict(Entry.objects.filter(case__in=ids, ended_on=None).values_list("case", "started_on"))
    said_no = _refusals(ids)
    mentors = {one.person_id: str(one.uid) for one in found.mentors}
    for case, person in kept_away_from(ids):  # nobody who must not see a case is proposed as its mentor
        if person in mentors:
            said_no[case]["mentor"].add(mentors[person])
    minutes: dict[str, dict[str, int]] = {}
    to_mentor: dict[str, dict[str, int]] = {}
    for area in {found.seekings[pk].area for pk in ids}:
        minutes[area] = {str(one.uid): way for one in found.positions if (way := ways.between(area, area_of[one.pk])) is not None}
        to_mentor[area] = {str(one.uid): way for one in found.mentors if one.pk in reaches and (way := ways.between(area, reaches[one.pk].area)) is not None}
    made = []
    for one in found.cases:
        seeking, no = found.seekings[one.pk], said_no[one.pk]
        made.append(m.Participant(
            uid=str(one.uid), shares_with_companies=True, shares_with_mentors="languages" in to_mentors.get(one.person_id, ()) and str(one.uid) not in with_mentor,
            wishes=tuple(seeking.wishes), languages=languages[one.pk], least_hours=seeking.least_hours, most_hours=one.hours_wanted or 0,
            half_days=frozenset(seeking.half_days) or ALL_DAYS, most_minutes=one.travel_minutes or 0, minutes=minutes[seeking.area], minutes_to_mentors=to_mentor[seeking.area],
            demands_not_fitting=frozenset(seeking.not_fitting), competences=seeking.skills, gaps=seeking.growth, waiting_days=max(0, (today - since[one.pk]).days),
            declined=frozenset(no["position"]), excluded_companies=frozenset(no["company"]), excluded_mentors=frozenset(no["mentor"]),
        ))  # fmt: skip
    return tuple(made)


def _refusals(cases: list[int]) -> dict[int, dict[str, set[str]]]:
    """Every no that holds, of whichever side: by case, to what, the uids."""
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: {"position": set(), "company": set(), "mentor": set()})
    rows = Refusal.objects.filter(case__in=cases, taken_back_at=None)
    for case, position, company, mentor in rows.values_list("case", "position__uid", "company__uid", "mentor__uid"):
        for name, uid in (("position", position), ("company", company), ("mentor", mentor)):
            if uid is not None:
                found[case][name].add(str(uid))
    return found


def _place(one: Position) -> m.Place:
    return m.Place(
        uid=str(one.uid), company=str(one.company.uid), capacity=free_of(one), language=one.language, level=rules.level_of(one.language_level), hours=one.hours,
        half_days=frozenset(one.half_days) or ALL_DAYS, half_days_needed=one.half_days_needed, demands=frozenset(one.demands), fields=frozenset(one.fields),
        develops=one.develops, needs=one.needs,
    )  # fmt: skip


def _companies(positions: list[Position]) -> tuple[m.Company, ...]:
    """How many more people each company may take: the fewer of what its size allows and what it says it can guide."""
    companies, today = {one.company_id: one.company for one in positions}, clock.today()
    there = dict(Placement.objects.filter(position__company__in=companies, state__in=OPEN).values_list("position__company").annotate(n=Count("id")))
    made = []
    for pk, one in companies.items():
        allowed = rules.places_allowed(rules.rule_for(one.country, today), one.ordinary_staff)
        most = min(x for x in (allowed, one.follows, 10_000) if x is not None)
        made.append(m.Company(uid=str(one.uid), coached_places=max(0, most - there.get(pk, 0))))
    return tuple(made)


def areas_of(programme: Programme) -> list[str]:
    """The towns that are known in a programme: of its ways and of its companies."""
    found = {area for pair in Way.objects.filter(programme=programme).values_list("one", "other") for area in pair}
    companies = Company.objects.filter(programme=programme, withdrawn_on=None).values_list("town", "municipality", "region")
    found |= {town or municipality or region for town, municipality, region in companies}
    return sorted(found)


def ways_of(programme: Programme) -> list[Way]:
    """The ways that were written down."""
    return list(Way.objects.filter(programme=programme))


def seeking_of(case: Case) -> Seeking | None:
    """What a person said for finding a place."""
    return Seeking.objects.filter(case=case).first()


def mentor_reaches(programme: Programme, organisations: list[Organisation]) -> list[tuple[Mentor, MentorReach | None]]:
    """The mentors of some organisations with where they set out from."""
    mentors = list(Mentor.objects.filter(programme=programme, organisation__in=organisations, ended_on=None).select_related("person__identity"))
    known = {one.mentor_id: one for one in MentorReach.objects.filter(mentor__in=[one.pk for one in mentors])}
    return sorted(((one, known.get(one.pk)) for one in mentors), key=lambda pair: pair[0].person.called)


def organisations_matching(person: Person, programme: Programme) -> list[Organisation]:
    """The organisations for which a person may match: coordinated by them, with people of their own."""
    with_people = set(Case.objects.filter(programme=programme).values_list("organisation_id", flat=True).distinct())
    return [one for one in organisations_recruiting(person, programme) if one.pk in with_people]
