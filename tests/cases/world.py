"""Those who accompany people in a programme of two partners: Kim and Kaja work cases in Hörby, Pia coordinates there, Olle in Osby."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handrail.cases import actions
from handrail.cases.models import Case
from handrail.people import actions as people
from handrail.people.models import Person, Role
from tests.cast import START, Cast, make_cast
from tests.remembered import remembered


@dataclass
class World:
    """Who plays."""

    cast: Cast
    kim: Person  # caseworker, Hörby
    kaja: Person  # another caseworker there
    pia: Person  # placement coordinator, Hörby
    petra: Person  # another one there
    olle: Person  # placement coordinator, Osby
    ove: Person  # caseworker, Osby
    consultant: Person  # the business organisation's: companies, never people
    mentor: Person
    case: Case  # Kim's: Selam

    @property
    def everybody(self) -> dict[str, Person]:
        """Everybody by name, for tables of who may do what."""
        own = {name: value for name, value in vars(self).items() if isinstance(value, Person)}
        return {**self.cast.everybody, **own}


def make_world() -> World:
    """By the actions."""
    cast = make_cast()

    def person(given: str, role: str, organisation: Any) -> Person:
        made = people.add_person(given_name=given, family_name="Dahl", email=f"{given.lower()}@example.org", by=None)
        people.grant_role(person=made, role=role, programme=cast.programme.uid, organisation=organisation, starts_on=START, by=None)
        return made

    people_ = {
        "kim": person("Kim", Role.CASEWORKER, cast.horby), "kaja": person("Kaja", Role.CASEWORKER, cast.horby),
        "pia": person("Pia", Role.PLACEMENT_COORDINATOR, cast.horby), "petra": person("Petra", Role.PLACEMENT_COORDINATOR, cast.horby),
        "olle": person("Olle", Role.PLACEMENT_COORDINATOR, cast.osby), "ove": person("Ove", Role.CASEWORKER, cast.osby),
        "consultant": person("Bert", Role.COMPANY_CONSULTANT, None), "mentor": person("Mette", Role.MENTOR, cast.horby),
    }  # fmt: skip
    case = actions.open_case(
        programme=cast.programme, organisation=cast.horby, given_name="Selam", family_name="Tesfay", language="ti", email="selam@example.org",
        strengths="Lagar mat för många", wishes="Ett kök", by=people_["kim"],
    )  # fmt: skip
    return World(cast, **people_, case=case)


def the_world() -> World:
    """The same rows for every test, made once."""
    return remembered("cases", make_world)


def met(world: World, given: str, **more: Any) -> Case:
    """One more person, Kim's unless said otherwise."""
    return actions.open_case(**({"programme": world.cast.programme, "organisation": world.cast.horby, "given_name": given, "by": world.kim} | more))
