"""What companies have in the world of the matrix: in each town one with a placement, a contact's link, questions and guidance."""

from __future__ import annotations

from datetime import date
from typing import Any

from handrail.cases import actions as cases
from handrail.kit.models import SetAside
from handrail.people import actions as people
from handrail.people.models import Person, Role
from handrail.placements import actions as placements
from handrail.placements.models import Placement
from handrail.placements.rules import preparation_items
from handrail.programmes.models import Programme
from handrail.support import actions as support
from tests.cast import START, account_of


def make_companies(world: Any) -> None:
    """A consultant of the programme, and in each town a company with everything that it has."""
    programme: Programme = world.cast.programme
    by = world.people["consultant"] = _with_role(programme, "Conny", "Kull", Role.COMPANY_CONSULTANT)
    account_of(by)
    for place, town in (("osby", "Osby"), ("horby", "Hörby")):
        here = world.places[place]
        caseworker = world.people.get(f"caseworker {town}") or _with_role(programme, "Cilla", place, Role.CASEWORKER, organisation=here["organisation"])
        _company(here, place=place, caseworker=caseworker, world_placer=world.people[f"placer {town}"], by=by)
    world.places["lfi"]["helper"] = world.places["osby"]["helper"]


def _with_role(programme: Programme, given: str, family: str, role: str, **where: Any) -> Person:
    found = people.add_person(given_name=given, family_name=family, email=f"{given}.{family}@example.org".lower(), by=None)
    people.grant_role(person=found, role=role, programme=programme.uid, starts_on=START, by=None, **where)
    return found


def _company(here: dict[str, Any], *, place: str, caseworker: Person, world_placer: Person, by: Person) -> None:
    programme: Programme = here["programme"]
    helper = _with_role(programme, "Hilda", place, Role.COMPANY_CONSULTANT)
    company = placements.add_company(programme=programme, name=f"Bageriet {place}", ordinary_staff=20, region="Skåne", country="DK", consultant=by, by=by)
    contact = placements.add_contact(company=company, name="Ring Mig", email="ring@example.com", by=by)
    position = placements.offer_position(company=company, title="Hjälpreda", tasks=["Baka"], hours=20, supervisor=contact, by=by)
    case = cases.open_case(
        programme=programme, organisation=here["organisation"], given_name="Kanin", started_on=date(2018, 4, 1), caseworker=caseworker, by=caseworker
    )
    placement = placements.agree_placement(case=case, position=position, starts_on=date(2018, 4, 9), ends_on=date(2018, 6, 15), hours=20, by=caseworker)
    counter = placements.offer_position(company=company, title="Disk", tasks=["Duka"], hours=20, places=9, by=by)
    runs = cases.open_case(programme=programme, organisation=here["organisation"], given_name="Loke", started_on=date(2018, 4, 1), caseworker=caseworker, by=caseworker)
    running = placements.agree_placement(case=runs, position=counter, starts_on=date(2018, 4, 9), ends_on=date(2018, 6, 15), hours=20, by=caseworker)
    for item, _text in preparation_items():
        placements.settle_preparation(placement=running, item=item, by=by)
    for part in ("participant", "employer", "employees", "municipality"):
        placements.sign_placement(placement=running, part=part, by=by)
    running = placements.start_placement(placement=running, by=caseworker)
    left = cases.open_case(programme=programme, organisation=here["organisation"], given_name="Sif", started_on=date(2018, 4, 1), caseworker=caseworker, by=caseworker)
    cases.end_case(case=left, reason="moved", by=caseworker)
    _own_page(here, running, caseworker)
    question, answered = (support.ask_question(company=company, text=f"Fråga {number}", contact=contact) for number in (1, 2))
    here |= {
        "workbook": placements.hand_in_workbook(
            programme=programme, organisation=here["organisation"], content=b"Key;Given name;First day\nA-1;Dawit;2018-04-01\n", name="b.csv",
            by=world_placer,
        ),
        "spare_helper": _with_role(programme, "Hedda", place, Role.COMPANY_CONSULTANT), "conflict": cases.note_conflict(case=here["case"], person=helper, tie="other", by=caseworker),
        "running": running, "follow_up": running.follow_ups.first(), "counter": counter, "left_case": left,
        "company": company, "contact": contact, "placement": placement, "helper": helper, "question": question,
        "answered": support.answer_question(question=answered, text="Ja.", by=by),
        "guidance": support.keep_guidance(programme=programme, title="Ofta", text="Alla får fråga.", language="sv", by=by),
        "duty": support.put_on_duty(programme=programme, person=helper, by=by),
        "company_token": placements.make_company_link(contact=contact, by=by).rstrip("/").rsplit("/", 1)[1],
    }  # fmt: skip


def _own_page(here: dict[str, Any], running: Placement, caseworker: Person) -> None:
    """A card of one's own; a day told in two ways, and one that came twice under one key."""
    own, here["week_token"] = placements.make_own_page(case=running.case, language="en", code="2580", by=caseworker)
    placements.record_day(placement=running, day=date(2018, 4, 17), minutes=240, said_by="participant")
    here["disputed"] = placements.record_day(placement=running, day=date(2018, 4, 17), minutes=120, said_by="company")
    for minutes in (240, 60):
        placements.say_day(placement=running, key="a-key-used-twice", day=date(2018, 4, 13), minutes=minutes, programme=here["programme"].uid)
    here["aside"] = SetAside.objects.get(scope=f"own-day:{running.uid}")
    here["own_case"] = own.case
    ending = cases.open_case(programme=here["programme"], organisation=here["organisation"], given_name="Saga", started_on=date(2018, 4, 1), caseworker=caseworker, by=caseworker)
    placements.make_own_page(case=ending, language="en", code="2580", by=caseworker)
    here["ending_case"] = ending
