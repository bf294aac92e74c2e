"""The fixed cast: five municipalities, their people, and the Stranger, who belongs elsewhere. Made by the actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from handrail.people import actions as people
from handrail.people.models import Account, Organisation, Person, Role, Unit
from handrail.programmes import actions as programmes
from handrail.programmes.models import Programme

START = date(2016, 10, 1)


@dataclass
class Cast:
    """Who plays. Hörby has two units with people; Kristianstad one."""

    programme: Programme
    osby: Organisation
    ostra_goinge: Organisation
    kristianstad: Organisation
    hassleholm: Organisation
    horby: Organisation
    school: Unit  # Hörby
    care: Unit  # Hörby
    library: Unit  # Kristianstad
    amal: Person  # coordinator: the project owner, Osby
    oskar: Person  # process leader, Osby
    paula: Person  # process leader, Hörby
    lena: Person  # line manager of Birgit and Bo, Hörby
    birgit: Person  # participant, Hörby, school
    bo: Person  # participant, Hörby, care
    kim: Person  # participant, Kristianstad
    carlos: Person  # trainer
    elin: Person  # the funder's auditor
    stranger: Person  # has an account, belongs to no programme

    @property
    def everybody(self) -> dict[str, Person]:
        """All of them by name, for tables of who may do what."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Person)}

    def more_staff(self, count: int, *, organisation: Organisation | None = None, unit: Unit | None = None) -> list[Person]:
        """More participants of one unit (Hörby's school by default), employed and enrolled."""
        organisation, unit = organisation or self.horby, unit or self.school
        made = []
        for index in range(count):
            person = people.add_person(given_name=f"Anna{index}", family_name=f"Test{unit.pk}", email="", by=None)
            people.employ_person(
                person=person, organisation=organisation, unit=unit, job_title="Lärare", started_on=START, by=None
            )
            programmes.enrol_person(programme=self.programme, person=person, organisation=organisation, by=None)
            made.append(person)
        return made


def account_of(person: Person) -> Account:
    """The account of a person, opened when there is none."""
    found = Account.objects.filter(person=person).first()
    return found or people.open_account(person=person, password="correct horse battery", by=None)


def make_cast() -> Cast:
    """Call the actions that make the cast."""
    org: dict[str, Organisation] = {
        name: people.add_organisation(name=f"{name} kommun", short_name=name, by=None)
        for name in ("Osby", "Östra Göinge", "Kristianstad", "Hässleholm", "Hörby")
    }
    programme = programmes.start_programme(
        slug="lfi", code="LFI", name={"sv": "Lärande för integration", "en": "Learning for integration"}, owner=org["Osby"],
        starts_on=START, ends_on=date(2018, 10, 31), by=None,
    )  # fmt: skip
    for order, one in enumerate(org.values()):
        programmes.add_partner(
            programme=programme, organisation=one, part="owner" if order == 0 else "participant", order=order, by=None
        )
    programmes.add_funding_line(
        programme=programme, name={"sv": "Projektbudget", "en": "Project budget"}, amount=Decimal("7247750"),
        participation_share=Decimal("0.25"), source="Osby kommun, projektsidan", by=None,
    )  # fmt: skip
    for order, (code, sv, en) in enumerate(
        [
            ("A", "Kulturförståelse", "Cultural understanding"), ("B", "Psykisk hälsa", "Mental health"),
            ("C", "Samtalsmetoder och kommunikation", "Conversation and communication"),
            ("D", "Ledning av mångfaldsarbete", "Leading diversity"),
        ]
    ):  # fmt: skip
        programmes.add_area(programme=programme, code=code, name={"sv": sv, "en": en}, order=order, by=None)

    def unit(where: str, name: str) -> Unit:
        return people.add_unit(organisation=org[where], name=name, by=None)

    def person(given: str, family: str) -> Person:
        email = f"{given}.{family}@example.org".lower().replace("ö", "o").replace("å", "a").replace("ä", "a")
        return people.add_person(given_name=given, family_name=family, email=email, by=None)

    school, care, library = unit("Hörby", "Georgshillsskolan"), unit("Hörby", "Hemtjänsten"), unit("Kristianstad", "Biblioteket")
    everyone: dict[str, Person] = {
        "amal": person("Amal", "Haddad"), "oskar": person("Oskar", "Lindahl"), "paula": person("Paula", "Ek"),
        "lena": person("Lena", "Brandt"), "birgit": person("Birgit", "Nyström"), "bo": person("Bo", "Holm"),
        "kim": person("Kim", "Lund"), "carlos": person("Carlos", "Vega"), "elin": person("Elin", "Berg"),
        "stranger": person("Stranger", "Utanför"),
    }  # fmt: skip

    def employ(name: str, where: str, at: Unit | None, title: str, manager: Person | None = None) -> None:
        people.employ_person(
            person=everyone[name], organisation=org[where], unit=at, job_title=title, manager=manager, contact="direct",
            started_on=START, by=None,
        )  # fmt: skip

    employ("amal", "Osby", None, "Projektledare")
    employ("oskar", "Osby", None, "Processledare")
    employ("paula", "Hörby", None, "Processledare")
    employ("lena", "Hörby", school, "Rektor")
    employ("birgit", "Hörby", school, "Lärare", everyone["lena"])
    employ("bo", "Hörby", care, "Undersköterska", everyone["lena"])
    employ("kim", "Kristianstad", library, "Bibliotekarie")

    def grant(name: str, role: str, **where: Any) -> None:
        people.grant_role(person=everyone[name], role=role, programme=programme.uid, starts_on=START, by=None, **where)

    grant("amal", Role.COORDINATOR)
    grant("oskar", Role.PROCESS_LEADER, organisation=org["Osby"])
    grant("paula", Role.PROCESS_LEADER, organisation=org["Hörby"])
    grant("carlos", Role.TRAINER)
    grant("elin", Role.AUDITOR)
    for name, where in (("lena", "Hörby"), ("birgit", "Hörby"), ("bo", "Hörby"), ("kim", "Kristianstad")):
        programmes.enrol_person(programme=programme, person=everyone[name], organisation=org[where], by=None)
    return Cast(
        programme=programme, osby=org["Osby"], ostra_goinge=org["Östra Göinge"], kristianstad=org["Kristianstad"],
        hassleholm=org["Hässleholm"], horby=org["Hörby"], school=school, care=care, library=library, **everyone,
    )  # fmt: skip
