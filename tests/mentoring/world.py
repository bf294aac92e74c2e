"""A small town in Denmark: a coordinator, a caseworker, two mentors, one person with a mentor and a card; and those from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from handrail.cases import actions as cases
from handrail.cases.models import Case
from handrail.mentoring import actions
from handrail.mentoring.models import Call, Lifeline, Mentor, Mentorship
from handrail.people import actions as people
from handrail.people.models import Organisation, Person, Role
from handrail.programmes import actions as programmes
from handrail.programmes.models import Programme

START = date(2018, 1, 8)
ZONE = ZoneInfo("Europe/Stockholm")
CARDS_LANGUAGE = "ar"


@dataclass
class Town:
    """Who plays."""

    programme: Programme
    strandby: Organisation
    other_town: Organisation
    sofie: Person  # placement coordinator
    karen: Person  # caseworker
    kurt: Person  # another caseworker of the same town
    ola: Person  # placement coordinator of the other town
    stranger: Person
    morten: Mentor
    leyla: Mentor
    case: Case
    mentorship: Mentorship
    lifeline: Lifeline
    token: str

    def another_case(self, given: str = "Yusuf") -> Case:
        """One more person of Karen's."""
        return cases.open_case(programme=self.programme, organisation=self.strandby, given_name=given, family_name="Test", language="so", started_on=START, by=self.karen)

    def call(self) -> Call:
        """Somebody taps."""
        actions.ask_for_mentor(lifeline=self.lifeline, key=f"key-{Call.objects.count()}-of-a-page")
        return Call.objects.get(lifeline=self.lifeline, ended_at=None)


def local(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    """An instant on Strandby's wall clock, in the spring of 2018."""
    return datetime(2018, month, day, hour, minute, tzinfo=ZONE)


def person(given: str, family: str, **more: Any) -> Person:
    """Somebody with an address."""
    return people.add_person(given_name=given, family_name=family, email=f"{given}.{family}@strandby.example.org".lower(), by=None, **more)


def make_town() -> Town:
    """Call the actions that make it."""
    strandby, other = (people.add_organisation(name=f"{name} Kommune", short_name=name, by=None) for name in ("Strandby", "Skovby"))
    programme = programmes.start_programme(
        slug="strandby", code="ST", name={"da": "Place & Train", "en": "Place & Train"}, owner=strandby, starts_on=START, ends_on=date(2020, 12, 31), by=None
    )
    for order, one in enumerate((strandby, other)):
        programmes.add_partner(programme=programme, organisation=one, part="owner" if order == 0 else "participant", order=order, by=None)
    sofie, karen, kurt, ola, stranger = person("Sofie", "Lund"), person("Karen", "Friis"), person("Kurt", "Friis"), person("Ola", "Vind"), person("Fremmed", "Udenfor")
    since: dict[str, Any] = {"programme": programme.uid, "starts_on": START, "by": None}
    people.grant_role(person=sofie, role=Role.PLACEMENT_COORDINATOR, organisation=strandby, **since)
    people.grant_role(person=karen, role=Role.CASEWORKER, organisation=strandby, **since)
    people.grant_role(person=kurt, role=Role.CASEWORKER, organisation=strandby, **since)
    people.grant_role(person=ola, role=Role.PLACEMENT_COORDINATOR, organisation=other, **since)
    actions.set_terms(programme=programme, answer_minutes=30, quiet_from=time(22), quiet_until=time(7), quiet_days=14, by=sofie)
    mentors = [
        actions.recruit_mentor(
            programme=programme, organisation=strandby, given_name=given, family_name=family, email=f"{given}.{family}@strandby.example.org".lower(),
            languages=languages, capacity=2, phone=phone, shows_phone=bool(phone), by=sofie,
        )
        for given, family, languages, phone in (("Morten", "Dahl", ["ar"], "+45 20 30 40 50"), ("Leyla", "Omar", ["so"], ""))
    ]  # fmt: skip
    for one in mentors:
        actions.prepare_mentor(mentor=one, by=sofie)
    case = cases.open_case(programme=programme, organisation=strandby, given_name="Dana", family_name="Hemmelig", language="ar", started_on=START, by=karen)
    mentorship = actions.match_mentor(case=case, mentor=mentors[0], backup=mentors[1], starts_on=date(2018, 4, 2), reach="22 11 00 99, ring", by=sofie)
    lifeline, token = actions.make_lifeline(case=case, language=CARDS_LANGUAGE, by=karen)
    return Town(programme, strandby, other, sofie, karen, kurt, ola, stranger, mentors[0], mentors[1], case, mentorship, lifeline, token)
