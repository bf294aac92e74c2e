"""October 2016: the programme, the five municipalities, their staff lists, who leads, who takes part."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handrail.desk.cast import CAST
from handrail.desk.demonstration.content import both, framework, programme
from handrail.desk.demonstration.staff import employees, staff_file
from handrail.desk.demonstration.world import World
from handrail.kit import ids
from handrail.people import actions as people
from handrail.people.models import Employment, Person, Role
from handrail.programmes import actions as programmes


def build(world: World) -> None:
    """The programme and its people."""
    data = programme()
    with world.at(data["starts_on"]):
        start_programme(world)
    with world.at(date(2016, 10, 12)):
        bring_in_staff(world)
    with world.at(date(2016, 10, 14)):
        give_roles(world)
        enrol(world)


def start_programme(world: World) -> None:
    """The programme as its public page tells it."""
    data = programme()
    world.organisations = [people.add_organisation(name=one["name"], short_name=one["short"], by=None) for one in data["municipality"]]
    amal = next(one for one in CAST if one.key == "coordinator")
    world.cast["coordinator"] = people.add_person(given_name=amal.given_name, family_name=amal.family_name, email=amal.email, by=None)
    # Employed already when Osby's staff list comes, which then knows her by her address.
    people.employ_person(person=world.amal, organisation=world.organisations[0], unit=None, job_title="Projektledare", by=None)
    world.programme = programmes.start_programme(
        slug=data["slug"], code=data["code"], name=both(data["name"]), owner=world.organisations[0], starts_on=data["starts_on"],
        ends_on=data["ends_on"], summary=both(data["summary"]), background=both(data["background"]), funder=both(data["funder"]),
        funder_statement=both(data["statement"]), funder_emblem="eu", is_demonstration=True, by=world.amal,
    )  # fmt: skip
    for order, organisation in enumerate(world.organisations):
        programmes.add_partner(
            programme=world.programme, organisation=organisation, part="owner" if order == 0 else "participant", order=order, by=world.amal
        )
    programmes.add_funding_line(
        programme=world.programme, name={"sv": "Projektbudget", "en": "Project budget"}, amount=Decimal(data["budget"]),
        participation_share=Decimal(data["share"]), source=data["source"], by=world.amal,
    )  # fmt: skip
    for order, area in enumerate(framework()["area"]):
        programmes.add_area(programme=world.programme, code=area["code"], name=both(area["name"]), order=order, by=world.amal)
    for order, group in enumerate(data["target_groups"]):
        programmes.add_target_group(programme=world.programme, name=both(group), order=order, by=world.amal)
    people.grant_role(person=world.amal, role=Role.COORDINATOR, programme=world.programme.uid, by=None)


def bring_in_staff(world: World) -> None:
    """Each municipality's list, as its own HR system writes it."""
    for index, organisation in enumerate(world.organisations):
        name, content = staff_file(index, employees(index, world.rng))
        found = people.upload_staff_list(organisation=organisation, file_name=name, content=content, by=world.amal)
        people.apply_staff_list(staff_import=found, by=world.amal)
    rows = Employment.objects.select_related("person__identity", "manager").order_by("pk")
    by_email = {row.person.identity.email: row.person for row in rows if row.person.identity.email}
    for part in CAST:
        if part.email in by_email:
            world.cast[part.key] = by_email[part.email]
    world.managers = {row.person_id: row.manager for row in rows if row.manager}
    for index, one in enumerate(programme()["municipality"]):
        if one["leader"]:
            world.leaders[world.organisations[index].pk] = rows.get(
                organisation=world.organisations[index], job_title="Processledare"
            ).person


def give_roles(world: World) -> None:
    """Who leads, trains and audits; the cast gets accounts whose password nobody knows."""
    auditor = next(one for one in CAST if one.key == "auditor")
    world.cast["auditor"] = people.add_person(given_name=auditor.given_name, family_name=auditor.family_name, email=auditor.email, by=world.amal)
    uid = world.programme.uid
    for organisation in world.organisations:
        if leader := world.leaders.get(organisation.pk):
            people.grant_role(person=leader, role=Role.PROCESS_LEADER, programme=uid, organisation=organisation, by=world.amal)
    people.grant_role(person=world.cast["trainer"], role=Role.TRAINER, programme=uid, by=world.amal)
    people.grant_role(person=world.cast["auditor"], role=Role.AUDITOR, programme=uid, by=world.amal)
    for person in world.cast.values():
        people.open_account(person=person, password=ids.secret(), by=world.amal)
    for organisation in world.organisations:
        partner = world.programme.partners.get(organisation=organisation)
        programmes.name_contact_person(partner=partner, contact_person=world.leaders.get(organisation.pk, world.amal), by=world.amal)


def enrol(world: World) -> None:
    """Everybody on the lists takes part, but those who run the project and the trainer."""
    apart = {world.amal.pk, world.cast["trainer"].pk, world.cast["auditor"].pk}
    for organisation in world.organisations:
        staff = list(
            Person.objects.filter(employments__organisation=organisation).exclude(pk__in=apart).select_related("identity").order_by("pk")
        )
        world.staff[organisation.pk] = staff
        programmes.enrol_people(programme=world.programme, organisation=organisation, persons=staff, by=world.amal)
