"""April 2018 in Kolding: programme 004 takes Handrail into use, brings in its workbook, meets its people and finds proposals."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from handrail.cases import actions as cases
from handrail.cases.models import Case
from handrail.desk.cast import CAST
from handrail.desk.demonstration import courses
from handrail.desk.demonstration.content import DATA
from handrail.desk.demonstration.world import World
from handrail.kit import ids
from handrail.mentoring import actions as mentoring
from handrail.mentoring.models import Mentor
from handrail.people import actions as people
from handrail.people.models import Identity, Role
from handrail.placements import actions as placements
from handrail.placements import formats
from handrail.placements.actions import matching
from handrail.placements.models import Company, Listed, Placement, Position
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
        sessions = courses.plan(world, programme, _by_language)
    with world.at(date(2018, 4, 11), 16):
        courses.hold(world, sessions[0])
    with world.at(date(2018, 4, 12)):
        describe_companies(world, programme)
    with world.at(date(2018, 4, 13), 16):
        courses.hold(world, sessions[1])
    with world.at(date(2018, 4, 17)):
        meet(world, programme)
        stand_beside(world, programme)
        write_days(world, programme)
        ask(world, programme)
        propose(world, programme)
        prepare_somebody(world, programme)


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
    people.open_account(person=world.cast["course-trainer"], password=ids.secret(), by=lead)
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


def write_days(world: World, programme: Programme) -> None:
    """A card of one's own, a week of days as the person and the company told them, one of them in two ways, and the person's side of the star."""
    by = world.cast["caseworker"]
    running = Placement.objects.filter(case__caseworker=by, case__programme=programme, state="running", starts_on__lte=NOW - timedelta(days=5))
    placement = running.exclude(case__strengths="").order_by("id").first() or running.order_by("id").first()
    if placement is None:
        return
    own, _token = placements.make_own_page(case=placement.case, language="ti", code="2580", by=by)
    for back, person, company in ((6, 300, 300), (5, 300, None), (2, 330, 240), (1, 300, 300)):
        day = NOW - timedelta(days=back)
        placements.record_day(placement=placement, day=day, minutes=person, said_by="participant")
        if company is not None:
            placements.record_day(placement=placement, day=day, minutes=company, said_by="company")
    placements.say_star(own=own, key=ids.secret(), values={"language": 4, "path": 6, "strength": 6, "everyday": 4, "people": 4, "belief": 6})


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


TOWNS = {"30114504": "Fredericia", "30114506": "Vamdrup", "30114513": "Egtved", "30114515": "Christiansfeld"}  # the others lie in Kolding
WAYS = (("Kolding", "Kolding", 20), ("Kolding", "Vamdrup", 35), ("Kolding", "Egtved", 40), ("Kolding", "Christiansfeld", 40), ("Kolding", "Fredericia", 45), ("Egtved", "Egtved", 15))
FIELDS = {
    "30114501": ["kitchen"], "30114503": ["garden"], "30114504": ["warehouse"], "30114507": ["hotel", "cleaning"], "30114509": ["workshop", "vehicles"], "30114510": ["shop"],
    "30114511": ["building"], "30114512": ["cleaning"], "30114513": ["kitchen", "warehouse"], "30114514": ["warehouse"], "30114515": ["textile"],
}  # fmt: skip
ASKS = {
    "kitchen": ({"cooking": 2}, {"cooking": 1, "machines": 1}), "shop": ({"guests": 2}, {"guests": 1, "computer": 1}), "warehouse": ({"goods": 2}, {"goods": 1, "machines": 1}),
    "hotel": ({"cleaning": 2}, {"guests": 1, "cleaning": 1}), "garden": ({"plants": 1}, {"plants": 2}),
}  # fmt: skip


def propose(world: World, programme: Programme) -> None:
    """People who were just met say what they wish for; a round proposes places and mentors, and Karen says which way is used."""
    lead, lars = world.cast["placement-coordinator"], world.cast["company-consultant"]
    organisation = programme.partners.get(organisation__short_name="Kolding").organisation
    for company in Company.objects.filter(programme=programme):
        placements.change_company(company=company, town=TOWNS.get(company.registration, "Kolding"), by=lars)
    for position in Position.objects.filter(company__programme=programme, closed_on=None).select_related("company"):
        fields = FIELDS.get(position.company.registration, [])
        needs, develops = ASKS.get(fields[0] if fields else "", ({}, {}))
        matching.describe_position(position=position, fields=fields, half_days_needed=5, needs=needs, develops=develops, by=lars)
    for one, other, minutes in WAYS:
        matching.note_way(programme=programme, one=one, other=other, minutes=minutes, by=lead)
    for mentor in Mentor.objects.filter(programme=programme, ended_on=None):
        matching.note_reach(mentor=mentor, area="Kolding", most_minutes=45, by=lead)
    for index, one in enumerate(data()["newcomer"]):
        _newcomer(world, programme, one, by=world.cast["caseworker" if index % 2 == 0 else "caseworker-two"])
    found = matching.compute_round(matching.ask_round(programme=programme, organisation=organisation, by=lead))
    matching.choose_way(found=found, way="best_total", reason="Flest får en plads, og ingen mister noget ved det.", by=lead)


def prepare_somebody(world: World, programme: Programme) -> None:
    """Mette decides on what was proposed to one of hers, of whom the workbook knows nothing: half of the list is done, two have signed."""
    by = world.cast["caseworker"]
    proposed = Listed.objects.filter(shortlist__round__programme=programme, shortlist__way="best_total", shortlist__case__caseworker=by, is_proposed=True)
    listed = proposed.select_related("shortlist__case__person", "shortlist__case__programme", "position__company").order_by("-shortlist__case_id")[0]
    starts_on = NOW + timedelta(days=5)
    found = matching.decide_on(
        listed=listed, starts_on=starts_on, ends_on=starts_on + timedelta(days=13 * 7 - 1), hours=25, why="Vi var på besøg, og begge sider har lyst.",
        adaptations="En rolig plads til pauser", by=by,
    )  # fmt: skip
    for item in ("supervisor", "first_day"):
        placements.settle_preparation(placement=found, item=item, by=world.cast["company-consultant"])
    for part in ("participant", "municipality"):
        placements.sign_placement(placement=found, part=part, by=by)


def _newcomer(world: World, programme: Programme, one: dict[str, Any], *, by: Any) -> None:
    organisation = programme.partners.get(organisation__short_name="Kolding").organisation
    case = cases.open_case(
        programme=programme, organisation=organisation, given_name=one["name"][0], family_name=one["name"][1], language=next(iter(one["languages"])),
        started_on=NOW - timedelta(days=6 + len(one["wishes"])), caseworker=by, by=by,
    )  # fmt: skip
    cases.change_case(case=case, strengths=one["strengths"], hours_wanted=one["hours"], travel_minutes=one["travel"], by=by)
    cases.say_languages(case=case, levels=one["languages"], by=by)
    for kind, recipient in (("company", programme.uid), ("organisation", organisation.uid)):
        people.give_consent(
            person=case.person, recipient_kind=kind, recipient=recipient, fields=["languages", "availability"], purpose="placement", wording="2026-11/da", language="da",
            interpreter="present", until=NOW + timedelta(days=365), by=by,
        )  # fmt: skip
    matching.say_wishes(
        case=case, area=one["from"], wishes=one["wishes"], not_fitting=one.get("not_fitting", []), skills=one["skills"], growth=one["growth"], by=by
    )
