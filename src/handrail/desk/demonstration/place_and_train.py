"""April 2018 in Kolding: programme 004 takes Handrail into use, brings in its workbook and meets its people."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from handrail.cases import actions as cases
from handrail.cases.models import Case
from handrail.desk.cast import CAST
from handrail.desk.demonstration.content import DATA
from handrail.desk.demonstration.world import World
from handrail.kit import ids
from handrail.mentoring import actions as mentoring
from handrail.people import actions as people
from handrail.people.models import Identity, Role
from handrail.placements import actions as placements
from handrail.placements import formats
from handrail.placements.models import Company, Placement
from handrail.placements.rules import fictional
from handrail.programmes import actions as programmes
from handrail.programmes.models import Programme
from handrail.support import actions as support

BEGINS, NOW = date(2018, 4, 9), date(2018, 4, 18)
ROLES = {
    "placement-coordinator": (Role.PLACEMENT_COORDINATOR, None), "caseworker": (Role.CASEWORKER, "Kolding"),
    "caseworker-two": (Role.CASEWORKER, "Kolding"), "company-consultant": (Role.COMPANY_CONSULTANT, None),
}  # fmt: skip


@cache
def data() -> dict[str, Any]:
    """The programme, its organisations, and the people who are met more closely."""
    with (DATA / "place_and_train.toml").open("rb") as file:
        return tomllib.load(file)


def build(world: World) -> None:
    """The programme with its partners, its workbook, its companies, and three people met as themselves."""
    with world.at(BEGINS):
        programme = start(world)
    with world.at(date(2018, 4, 10)):
        bring_in(world, programme)
    with world.at(date(2018, 4, 12)):
        describe_companies(world, programme)
    with world.at(date(2018, 4, 17)):
        meet(world, programme)
        prepare_somebody(world, programme)
        stand_beside(world, programme)
        ask(world, programme)


def danish(pair: list[str]) -> dict[str, str]:
    """[Danish, English] as a text in two languages."""
    return {"da": pair[0], "en": pair[1]}


def start(world: World) -> Programme:
    """The programme, its three partners, who works there, and what was promised."""
    told = data()
    places = {one["short"]: people.add_organisation(name=one["name"], short_name=one["short"], by=None) for one in told["organisation"]}
    owner = places["Integrationsnet Kolding"]
    for part in CAST:
        if part.programme == told["slug"] and not part.key.startswith("mentor"):
            world.cast[part.key] = people.add_person(given_name=part.given_name, family_name=part.family_name, email=part.email, language="da", by=None)
    lead = world.cast["placement-coordinator"]
    programme = programmes.start_programme(
        slug=told["slug"], code=told["code"], name=danish(told["name"]), owner=owner, starts_on=told["starts_on"], ends_on=told["ends_on"],
        summary=danish(told["summary"]), background=danish(told["background"]), funder=danish(told["funder"]), funder_statement=danish(told["statement"]),
        funder_emblem="eu", currency="DKK", is_demonstration=True, by=lead,
    )  # fmt: skip
    for order, one in enumerate(told["organisation"]):
        programmes.add_partner(programme=programme, organisation=places[one["short"]], part=one["part"], order=order, by=lead)
    programmes.add_funding_line(
        programme=programme, name={"da": "Støtteberettigede udgifter", "en": "Eligible costs"}, amount=Decimal(told["budget"]),
        participation_share=Decimal(0), source=told["source"], by=lead,
    )  # fmt: skip
    for order, group in enumerate(told["target_groups"]):
        programmes.add_target_group(programme=programme, name=danish(group), order=order, by=lead)
    for key, (role, place) in ROLES.items():
        people.grant_role(person=world.cast[key], role=role, programme=programme.uid, organisation=places[place] if place else None, by=lead)
        people.open_account(person=world.cast[key], password=ids.secret(), by=lead)
    for step, promised in fictional.promised():
        placements.set_target(programme=programme, step=step, people=promised, source=told["promised"], by=lead)
    return programme


def bring_in(world: World, programme: Programme) -> None:
    """The workbook that was kept until now: everybody who had begun by then, with placements."""
    rows = fictional.until(fictional.people(), date(2018, 4, 10))
    workers = [world.cast["caseworker"], world.cast["caseworker-two"]]
    organisation = programme.partners.get(organisation__short_name="Kolding").organisation
    read, problems = formats.read_histories(formats.write_histories(rows), name="borgere.xlsx")
    assert not problems, problems
    placements.bring_in_histories(programme=programme, organisation=organisation, rows=read, caseworkers=workers, by=world.cast["placement-coordinator"])


def describe_companies(world: World, programme: Programme) -> None:
    """What the companies do, whom one rings there, and what is free."""
    by = world.cast["company-consultant"]
    known = {number: (field, title) for _name, number, _region, _staff, field, title in fictional.COMPANIES}
    names = ("Jette Lund", "Ole Bang", "Pia Skov", "Torben Kjær", "Susanne Holm")
    for index, company in enumerate(Company.objects.filter(programme=programme).order_by("registration")):
        field, _title = known[company.registration]
        placements.change_company(company=company, field=field, municipality="Kolding", consultant=by, by=by)
        contact = placements.add_contact(
            company=company, name=names[index % len(names)], phone=f"+45 00 00 {index + 10:02d} {index + 40:02d}", email=f"kontakt{index}@example.org", does="Daglig leder", by=by
        )
        if index % 3 == 0:
            placements.offer_position(
                company=company, title="Køkkenhjælper" if index == 0 else "Medhjælper", hours=25, language="da", language_level="A2",
                tasks=["Gøre klar til frokost", "Rydde op sammen med en kollega", "Tælle varer og skrive, hvad der mangler"],
                demands=["standing", "lifting"] if index % 2 == 0 else ["guests"], supervisor=contact, places=2, by=by,
            )  # fmt: skip


def meet(world: World, programme: Programme) -> None:
    """Three of Mette's people, as themselves: strengths and wishes first, needs with steps, a sealed note."""
    by = world.cast["caseworker"]
    own = Case.objects.filter(programme=programme, caseworker=by, entries__ended_on=None).order_by("-opened_on", "-id").select_related("person", "programme")
    for case, one in zip(_by_language(list(own)), data()["person"], strict=False):
        cases.change_case(
            case=case, strengths=one["strengths"], wishes=one["wishes"], experience=one["experience"], hours_wanted=one["hours"], travel_minutes=one["travel"], by=by
        )
        cases.say_languages(case=case, levels=dict(one["languages"]), by=by)
        for domain, text, steps in one["needs"]:
            need = cases.note_need(case=case, domain=domain, text=text, by=by)
            for title, days, is_done in steps:
                step = cases.plan_step(need=need, title=title, due_on=max(case.opened_on, NOW + timedelta(days=days)), by=by)
                if is_done:
                    cases.do_step(step=step, done_on=max(case.opened_on, NOW + timedelta(days=min(days, -1))), by=by)
        if "note" in one:
            cases.seal_note(case=case, kind=one["note"][0], text=one["note"][1], by=by)


def stand_beside(world: World, programme: Programme) -> None:
    """Mentors and a lifeline for the people who were met; what their companies may know; a first star."""
    lead, by = world.cast["placement-coordinator"], world.cast["caseworker"]
    organisation = programme.partners.get(organisation__short_name="Kolding").organisation
    known = {part.key: part for part in CAST}
    mentors = []
    for key, languages in (("mentor", ["da", "en", "ar"]), ("mentor-two", ["da", "ti"])):
        part = known[key]
        mentor = mentoring.recruit_mentor(
            programme=programme, organisation=organisation, given_name=part.given_name, family_name=part.family_name, email=part.email, languages=languages, capacity=3,
            hours="Hverdage 8-18", phone="+45 00 00 00 07", shows_phone=True, by=lead,
        )  # fmt: skip
        Identity.objects.filter(person=mentor.person).update(language="da")  # this demonstration's site is Swedish
        mentoring.prepare_mentor(mentor=mentor, by=lead)
        people.open_account(person=mentor.person, password=ids.secret(), by=lead)
        mentors.append(mentor)
    for index, case in enumerate(Case.objects.filter(programme=programme, caseworker=by).exclude(strengths="").order_by("id").select_related("person", "programme")):
        mentor, backup = mentors[index % 2], mentors[1 - index % 2]
        beside = mentoring.match_mentor(case=case, mentor=mentor, backup=backup, reach="Ring efter kl. 16", next_on=NOW + timedelta(days=2), next_where="Biblioteket", by=by)
        mentoring.log_contact(mentorship=beside, minutes=35 + 10 * index, how="met", by=mentor.person)
        cases.note_star(case=case, citizen={"language": 3 + index, "path": 4, "strength": 5, "everyday": 4}, caseworker={"language": 4 + index, "path": 3, "strength": 5, "everyday": 5}, by=by)
        placement = Placement.objects.filter(case=case, state__in=["prepared", "running"]).select_related("position__company").first()
        if placement is not None:
            people.give_consent(
                person=case.person, recipient_kind="company", recipient=placement.position.company.uid, fields=["first_name", "adaptations"], purpose="placement",
                wording="2026-11/da", language="da", interpreter="present", until=placement.ends_on, by=by,
            )  # fmt: skip


def ask(world: World, programme: Programme) -> None:
    """A company's question, answered and kept for others."""
    lars = world.cast["company-consultant"]
    running = Placement.objects.filter(position__company__programme=programme, state="running").select_related("position__company").order_by("id").first()
    if running is None:
        return
    company = running.position.company
    asked = support.ask_question(company=company, placement=running, contact=company.contacts.first(), text="Må vores nye kollega køre med ud til kunderne?")
    words = "Ja, som passager og sammen med en kollega. I skal ikke gøre andet end I plejer: giv besked om, hvornår I er tilbage."
    support.answer_question(question=asked, text=words, by=lars)
    support.keep_guidance(programme=programme, title="Må en praktikant køre med ud?", text=words, language="da", by=lars)


def _by_language(own: list[Case]) -> list[Case]:
    """One who speaks Tigrinya, one Dari, one Arabic; whoever is there where somebody is missing."""
    found: list[Case] = []
    for language in ("ti", "fa-AF", "ar"):
        fitting = [case for case in own if case not in found and case.languages.filter(code=language).exists()]
        found += fitting[:1] or [case for case in own if case not in found][:1]
    return found


def prepare_somebody(world: World, programme: Programme) -> None:
    """One placement that is being prepared: half of the list is done, two have signed."""
    by = world.cast["caseworker"]
    waiting = Case.objects.filter(programme=programme, caseworker=by, entries__ended_on=None).exclude(
        pk__in=Placement.objects.filter(state__in=["prepared", "running"]).values("case_id")
    )
    case = waiting.order_by("-opened_on", "-id").select_related("person", "programme").first()
    position = next((one for company in Company.objects.filter(programme=programme).order_by("registration") for one in company.positions.filter(places=2)), None)
    if case is None or position is None:
        return
    found = placements.agree_placement(
        case=case, position=position, starts_on=NOW + timedelta(days=5), ends_on=NOW + timedelta(days=5 + 13 * 7 - 1), hours=25,
        adaptations="En rolig plads til pauser", by=by,
    )  # fmt: skip
    for item in ("supervisor", "first_day"):
        placements.settle_preparation(placement=found, item=item, by=world.cast["company-consultant"])
    for part in ("participant", "municipality"):
        placements.sign_placement(placement=found, part=part, by=by)

