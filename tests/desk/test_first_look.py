"""A page that is looked at for the first time asks for little, and says what it said when it asked for everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from handrail.cases import actions as cases
from handrail.cases.models import Case
from handrail.competences.models import SharingRequest
from handrail.delivery.models import LateCheckIn, Seat, Session
from handrail.desk.queries import shell
from handrail.evidence.models import Certificate, MonthObjection
from handrail.instruments.models import Invitation, Round
from handrail.kit import clock, slots
from handrail.kit.kept import look, once
from handrail.library import actions as library
from handrail.library import rules as library_rules
from handrail.mentoring import actions as mentoring
from handrail.people import actions as people
from handrail.people.actions import give_consent
from handrail.people.models import Employment, Identity, Person, Role
from handrail.people.queries import authority_of
from handrail.placements import actions as placements
from handrail.placements.models import Round as Matched
from handrail.placements.rules import preparation_items
from handrail.programmes.models import ContactMessage, Participation, Partner
from handrail.research import actions as research
from handrail.support import actions as support
from tests.evidence import world as hours
from tests.research.made import make as make_interviews

pytestmark = pytest.mark.django_db


def said(rows: list[slots.Waiting]) -> list[tuple[str, str, Any]]:
    return [(str(one.title), one.url, one.due) for one in rows]


def test_what_waits_is_the_same_for_everybody_whether_the_database_is_asked_first_or_not(played: Any) -> None:
    everybody = [*played.everybody.values(), *something_of_everything(played), *something_on_the_way_into_work(played), *something_heard(played)]
    shown: set[str] = set()
    for days in (0, 3, 40):
        with clock.at(clock.now() + timedelta(days=days)):
            for person in everybody:
                plain = slots.gathered("home.waiting", person, played.programme)
                assert said(shell._waiting_of(person, played.programme)) == said(plain)
                assert said(shell._waiting_of(person, None)) == said(slots.gathered("home.waiting", person, None))
                shown |= {function.__name__ for function, rows in slots.conditions("home.waiting", person, played.programme) if rows and function(person, played.programme)}
    asks_first = {function.__name__ for function, rows in slots.conditions("home.waiting", played.paula, played.programme) if rows is not None}
    assert shown == asks_first, "each of them had something for somebody"


def something_heard(played: Any) -> list[Person]:
    """A copy of an interview that waits for its second reader, and a text that two mark."""
    made = make_interviews(played)
    research.save_redaction(source=made.raw, by=made.hilda)
    research.ask_second_reader(source=made.raw, by=made.hilda)
    research.name_reader(source=made.raw, reader=made.rita, by=made.rita)
    research.give_to_two(text=made.text, coders=[made.ruben, made.hilda], by=made.rita)
    return [made.rita, made.ruben, made.hilda, *something_to_review(played, made)]


def something_to_review(played: Any, made: Any) -> list[Person]:
    """A practice that two are asked to review, and one that was handed in and waits for whoever keeps the toolbox."""
    organisation = made.study.coordinator
    for title in ("Grannar", "Kaffe"):
        practice = library.begin_practice(programme=played.programme, title=title, language="sv", country="SE", organisation=organisation, by=made.rita)
        library.write_text(practice=practice, parts={one.code: f"{one.code} i korthet" for one in library_rules.card_parts()} | {"title": title}, steps=[{"what": "Fråga"}], by=made.rita)
        library.sort_practice(
            practice=practice, area="Hörby", context="local", services="both", cost="low", evidence="described", fields_of_work=["language"], audiences=["provider"], starts_on=date(2016, 1, 1), by=made.rita
        )
        handed_in = library.submit_practice(practice=practice, by=made.rita)
        if title == "Kaffe":
            library.ask_for_reviews(practice=handed_in, reviewers=[made.ruben, made.hilda], by=played.amal)
    return [played.amal]


def something_of_everything(played: Any) -> list[Person]:
    """One row at least of each kind that waits; answers for whom some of them do."""
    now, programme = clock.now(), played.programme
    past, coming = hours.session(programme, played.carlos, date(2018, 4, 10)), hours.session(programme, played.carlos, date(2018, 6, 20))
    Session.objects.filter(pk__in=[past.pk, coming.pk]).update(organisation=played.horby)
    other = hours.session(programme, played.carlos, date(2018, 4, 11), hour=12)
    Session.objects.filter(pk=other.pk).update(organisation=played.horby, trainer=None)
    people = played.more_staff(3)
    for person, state in ((played.birgit, "asked"), (people[0], "waiting"), (people[1], "invited"), (people[2], "asked")):
        Seat.objects.create(session=coming, person=person, organisation=played.horby, state=state, created_at=now, queued_at=now)
    LateCheckIn.objects.create(session=past, person=people[0], arrived_at=now, received_at=now)
    ContactMessage.objects.create(programme=programme, organisation=played.osby, sender_email="a@example.org", text="Hej", received_at=now)
    Partner.objects.filter(programme=programme, organisation=played.osby).update(contact_person=played.oskar)
    newest = Round.objects.filter(programme=programme).order_by("pk").last()
    assert newest is not None
    Round.objects.filter(pk=newest.pk).update(opens_on=clock.today() - timedelta(days=5), closes_on=clock.today() + timedelta(days=60), closed_at=None)
    for person in people:
        Identity.objects.filter(person=person).update(email=f"{person.pk}@example.org")
        Invitation.objects.create(round=newest, respondent=person, about=person, organisation=played.horby, sent_at=now - timedelta(days=30))
    SharingRequest.objects.filter(person=played.bo, manager=played.lena).delete()
    SharingRequest.objects.create(person=played.bo, manager=played.lena, asked_at=now)
    month = Certificate.objects.filter(programme=programme, state="certified", organisation=played.horby).first()
    assert month is not None
    MonthObjection.objects.create(certificate=month, text="x", made_by=month.person, made_at=now)
    for person, state in ((people[0], "open"), (people[1], "confirmed")):
        part = Participation.objects.get(person=person, programme=programme)
        Certificate.objects.create(programme=programme, participation=part, person=person, organisation=played.horby, month=date(2018, 2, 1), minutes=120, hours=2, state=state, created_at=now)
    Employment.objects.filter(person=people[1]).update(manager=played.lena)
    return people


def something_on_the_way_into_work(played: Any) -> list[Person]:
    """The same of Place & Train: a step, a referral, an emergency, a call, a follow-up, a placement that is over, a day told in two ways, a place in a
    course, proposals, a clock, a question."""
    programme, first = played.programme, clock.today() - timedelta(weeks=14)

    def staff(given: str, role: str, organisation: Any = None) -> Person:
        made = people.add_person(given_name=given, family_name="Vej", email=f"{given.lower()}.vej@example.org", by=None)
        people.grant_role(person=made, role=role, programme=programme.uid, organisation=organisation, starts_on=first, by=None)
        return made

    worker, placer, other = staff("Cilla", Role.CASEWORKER, played.horby), staff("Pia", Role.PLACEMENT_COORDINATOR, played.horby), staff("Ove", Role.CASEWORKER, played.osby)
    consultant = staff("Conny", Role.COMPANY_CONSULTANT)

    def met(given: str) -> Case:
        return cases.open_case(programme=programme, organisation=played.horby, given_name=given, started_on=first, by=worker)

    here, runs, over, left = met("Selam"), met("Amina"), met("Yusuf"), met("Dawit")
    cases.plan_on_path(case=here, domain="legal", title="Juristen", due_on=clock.today(), by=worker)
    cases.seal_note(case=here, kind="health", text="x", by=worker)
    cases.break_glass(case=here, reason="Personen är inlagd på sjukhus", by=placer)
    give_consent(
        person=here.person, recipient_kind="organisation", recipient=played.osby.uid, fields=("languages",), purpose="referral", language="sv",
        wording="2026-11/sv", until=clock.today() + timedelta(days=90), by=worker,
    )  # fmt: skip
    cases.refer_case(case=here, receiver=played.osby, asks="Språkcafé", by=worker)
    lifeline, _token = mentoring.make_lifeline(case=here, language="en", by=worker)
    with clock.at(clock.now().replace(hour=12)):  # not in the quiet hours
        mentoring.ask_for_mentor(lifeline=lifeline, key="a-key-of-a-first-look")
    company = placements.add_company(programme=programme, name="Bageriet", ordinary_staff=200, region="Skåne", country="DK", consultant=consultant, by=consultant)
    position = placements.offer_position(company=company, title="Hjälp", tasks=["Baka"], hours=20, places=9, by=consultant)
    for case, weeks_ago in ((runs, 2), (over, 13)):
        begins = clock.today() - timedelta(weeks=weeks_ago)
        placement = placements.agree_placement(case=case, position=position, starts_on=begins, ends_on=begins + timedelta(weeks=12), hours=20, by=worker)
        for item, _text in preparation_items():
            placements.settle_preparation(placement=placement, item=item, by=consultant)
        for part in ("participant", "employer", "employees", "municipality"):
            placements.sign_placement(placement=placement, part=part, by=worker)
        placements.start_placement(placement=placement, starts_on=begins, by=worker)
        for side, minutes in (("participant", 300), ("company", 240)):
            placements.record_day(placement=placement, day=begins, minutes=minutes, said_by=side)
    coming = hours.session(programme, played.carlos, clock.today() + timedelta(days=60))
    Session.objects.filter(pk=coming.pk).update(organisation=played.horby, audience="newcomers")
    Seat.objects.create(session=coming, person=here.person, organisation=played.horby, state="accepted", created_at=clock.now(), to_tell_since=clock.now())
    Matched.objects.create(programme=programme, organisation=played.horby, number=1, draw="a", state="proposed", asked_by=placer, asked_at=clock.now())
    cases.end_case(case=left, ended_on=clock.today() - timedelta(weeks=5), reason="moved", by=worker)  # asked four weeks after leaving
    support.ask_question(company=company, text="Fråga")
    return [worker, placer, other, consultant]


def test_a_first_look_asks_so_much_and_no_more(played: Any, client_of: Callable[[Any], Any], queries_of: Callable[[Callable[[], Any]], int]) -> None:
    home, people = reverse("desk:home"), reverse("programmes:participants", args=[played.programme.uid])
    for person, address, most in ((played.paula, home, 35), (played.amal, home, 41), (played.birgit, home, 18), (played.lena, home, 17), (played.paula, people, 24)):
        client = client_of(person)
        client.get(address)
        assert queries_of(lambda client=client, address=address: client.get(address)) <= most, (person.pk, address)


def test_once_asks_once_within_a_look_and_each_time_outside() -> None:
    made: list[int] = []
    ask = lambda: once("lamps", [1], lambda: made.append(1) or len(made))
    assert (ask(), ask()) == (1, 2)
    with look():
        assert (ask(), ask(), once("lamps", [2], lambda: "other")) == (3, 3, "other")
    assert ask() == 4


def test_a_filling_that_says_of_what_it_needs_some_is_not_asked_without(played: Any) -> None:
    conditions = dict(slots.conditions("home.waiting", played.birgit, played.programme))
    named = {function.__name__: rows for function, rows in conditions.items()}
    assert named["process_leaders_lack"] is None, "says nothing: is asked"
    assert not authority_of(played.birgit).has(Role.PROCESS_LEADER)
    assert not any(rows.exists() for rows in named["queues_wait"])
