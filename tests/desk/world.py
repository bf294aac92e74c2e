"""A whole way for the desk's tests, made by the actions: a mapping, sessions with outcomes, months that are certified and handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from handrail.competences import actions as competences
from handrail.competences.models import Rating
from handrail.curriculum import actions as curriculum
from handrail.curriculum.models import Module
from handrail.delivery.models import Attendance, Session
from handrail.evidence import actions as evidence
from handrail.evidence.models import Certificate, LedgerLine
from handrail.instruments import actions as instruments
from handrail.instruments import formats
from handrail.instruments.formats import Choice, Form, Item, Language
from handrail.instruments.models import Invitation, Submission
from handrail.kit import clock
from handrail.people.actions import add_unit
from handrail.people.models import Person
from tests.competences.made import competence, make_framework
from tests.evidence import world as hours

SECRET = "Lär ut det till andra"  # Birgit's answer, and nobody else's
OTHERS = "Behöver ofta stöd"


def questionnaire() -> bytes:
    """One question, bound to C1, whose answers have words of their own."""
    words = ("Har inte mött det", OTHERS, "Klarar det ibland", "Klarar det själv", SECRET)
    choices = tuple(Choice(f"n{level}", {"sv": text, "en": text}, level) for level, text in enumerate(words))
    question = Item("select_one", "q1", {"sv": "Samtal genom tolk", "en": "Talking through an interpreter"}, list_name="niva", choices=choices, competence="C1")
    page = Item("group", "sida", {"sv": "Sida", "en": "Page"}, items=(question,))
    languages = (Language("sv", "Svenska"), Language("en", "English"))
    return formats.write_xlsform(Form("Kartläggning", "kart", "1", languages, "sv", (page,)))


def map_it(cast: Any, run_later: Callable[[], int], *, staff: int = 6, is_kim_there: bool = True) -> None:
    """Birgit, Bo, Kim, six more of Hörby and six of Hässleholm answer in March; the round is closed and the map drawn. Bo shares with Lena."""
    cast.framework = make_framework(cast)
    cast.staff = cast.more_staff(staff)
    unit = add_unit(organisation=cast.hassleholm, name="Komvux", by=None)
    cast.elsewhere = cast.more_staff(6, organisation=cast.hassleholm, unit=unit)
    people: list[Person] = [cast.birgit, cast.bo, *([cast.kim] if is_kim_there else []), *cast.staff, *cast.elsewhere]
    with clock.at(datetime(2018, 3, 1, 9, tzinfo=UTC)):
        version = instruments.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=questionnaire(), by=cast.amal)
        made = instruments.open_round(
            programme=cast.programme, version=version, title={"sv": "Kartläggning mars", "en": "Mapping March"}, respondent="self", phase="before",
            opens_on=date(2018, 3, 1), closes_on=date(2018, 3, 10), by=cast.amal,
        )  # fmt: skip
        instruments.invite_to_round(round=made, persons=people, by=cast.amal)
        for number, person in enumerate(people):
            instruments.submit_answers(
                invitation=Invitation.objects.get(round=made, about=person), answers={"q1": "n4" if person == cast.birgit else "n1"}, is_complete=True,
                language="sv", key=f"key-of-{number:08d}",
            )  # fmt: skip
        run_later()
    instruments.close_round(round=made, by=cast.amal)
    run_later()
    competences.draw_map(framework=cast.framework, by=None)
    competences.share_levels(person=cast.bo, manager=cast.lena, by=cast.bo)
    cast.answered = ("birgit", "bo", *(("kim",) if is_kim_there else ()))
    cast.competence = competence(cast.framework, "C1")
    cast.ratings = {name: Rating.objects.get(person=getattr(cast, name), competence=cast.competence) for name in cast.answered}
    cast.submissions = {name: Submission.objects.get(invitation__about=getattr(cast, name)) for name in cast.answered}


def train(cast: Any) -> None:
    """Two sessions in March: Birgit and Bo certified, Kim's month waits. The module leads to C1."""
    hours.terms(cast.programme)
    months = hours.month_of_90_and_95(cast, people=[cast.birgit, cast.bo, cast.kim])
    by_person = {one.person_id: one for one in months}
    cast.months = {name: by_person[getattr(cast, name).pk] for name in ("birgit", "bo", "kim")}
    for name in ("birgit", "bo"):
        evidence.confirm_month(cast.months[name], by=getattr(cast, name))
        evidence.countersign_month(cast.months[name], by=cast.lena)
    cast.lines = {name: LedgerLine.objects.get(person=getattr(cast, name)) for name in ("birgit", "bo")}
    cast.session = Session.objects.order_by("starts_at").last()
    cast.attendances = {name: Attendance.objects.get(session=cast.session, person=getattr(cast, name)) for name in ("birgit", "bo", "kim")}
    cast.outcome = curriculum.add_outcome(
        module=Module.objects.get(), code="M1.1", statement={"sv": "Leda ett samtal genom tolk", "en": "Lead a conversation through an interpreter"},
        competence=cast.competence, to_level=3, by=cast.amal,
    )  # fmt: skip


def certify(cast: Any, person: Person, by: Person) -> Certificate:
    """Somebody's listed month, signed twice."""
    found = Certificate.objects.get(person=person)
    evidence.confirm_month(found, by=person)
    evidence.countersign_month(found, by=by)
    return found
