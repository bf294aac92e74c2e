"""Kolding in small: three partners, their people, one company of twelve, two people on the way into work. Made by the actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from handrail.cases import actions as cases
from handrail.cases.models import Case
from handrail.kit import clock
from handrail.people import actions as people
from handrail.people.models import Organisation, Person, Role
from handrail.placements import actions
from handrail.placements.models import Company, Placement, Position
from handrail.placements.rules import fictional, preparation_items
from handrail.programmes import actions as programmes
from handrail.programmes.models import Programme

START, END = date(2016, 4, 7), date(2020, 12, 31)


@dataclass
class Kolding:
    """Who plays, and what there is."""

    programme: Programme
    kommune: Organisation
    integrationsnet: Organisation
    business: Organisation
    owner: Person  # answers to the funder, sees totals
    coordinator: Person  # placement coordinator
    mette: Person  # caseworker
    rasmus: Person  # caseworker
    lars: Person  # company consultant
    stranger: Person
    company: Company
    position: Position
    dawit: Case  # Mette's
    selam: Case  # Rasmus's

    def place(self, case: Case, *, days_ago: int = 0, weeks: int = 13, **more: Any) -> Placement:
        """A placement that is being prepared, beginning some days ago."""
        first = clock.today() - timedelta(days=days_ago)
        return actions.agree_placement(
            case=case, position=self.position, starts_on=first, ends_on=first + timedelta(weeks=weeks, days=-1), hours=25, by=self.mette, **more
        )

    def ready(self, placement: Placement) -> Placement:
        """Everything done that must be before the first day."""
        for code, _text in preparation_items():
            actions.settle_preparation(placement=placement, item=code, by=self.lars)
        for part in ("participant", "employer", "employees", "municipality"):
            actions.sign_placement(placement=placement, part=part, by=self.mette)
        return placement

    def running(self, case: Case, **more: Any) -> Placement:
        """A placement that has begun."""
        return actions.start_placement(placement=self.ready(self.place(case, **more)), by=self.mette)


def make_kolding() -> Kolding:
    """Call the actions that make Kolding; the clock stands somewhere within the programme."""
    kommune, net, business = (
        people.add_organisation(name=name, short_name=short, by=None)
        for name, short in (("Kolding Kommune", "Kolding"), ("Integrationsnet Kolding", "Integrationsnet"), ("Business Kolding", "Business Kolding"))
    )
    programme = programmes.start_programme(
        slug="kp", code="KP", name={"da": "Place & Train", "en": "Place & Train"}, owner=net, starts_on=START, ends_on=END, currency="DKK", by=None
    )
    for order, one in enumerate((net, kommune, business)):
        programmes.add_partner(programme=programme, organisation=one, part="owner" if order == 0 else "partner", order=order, by=None)

    def person(given: str, family: str, role: str = "", organisation: Organisation | None = None) -> Person:
        found = people.add_person(given_name=given, family_name=family, email=f"{given}.{family}@example.org".lower(), language="da", by=None)
        if role:
            people.grant_role(person=found, role=role, programme=programme.uid, organisation=organisation, by=None)
        return found

    owner, coordinator = person("Birthe", "Lund", Role.COORDINATOR), person("Karen", "Holm", Role.PLACEMENT_COORDINATOR)
    mette, rasmus = person("Mette", "Juhl", Role.CASEWORKER, kommune), person("Rasmus", "Bech", Role.CASEWORKER, kommune)
    lars, stranger = person("Lars", "Friis", Role.COMPANY_CONSULTANT), person("Ulla", "Fremmed")
    for step, count in fictional.promised():
        actions.set_target(programme=programme, step=step, people=count, source="Projektets side", by=None)
    company = actions.add_company(programme=programme, name="Havnens Smedje A/S", ordinary_staff=12, region="Syddanmark", registration="30114502", consultant=lars, by=lars)
    position = actions.offer_position(company=company, title="Smedehjælper", tasks=["Slibe", "Rydde op"], hours=25, language="da", language_level="A2", demands=["noise"], places=5, by=lars)

    def case(given: str, family: str, worker: Person) -> Case:
        return cases.open_case(
            programme=programme, organisation=kommune, given_name=given, family_name=family, language="ti", started_on=min(clock.today(), END) - timedelta(days=10), caseworker=worker, by=worker
        )

    return Kolding(
        programme, kommune, net, business, owner, coordinator, mette, rasmus, lars, stranger, company, position,
        case("Dawit", "Tesfay", mette), case("Selam", "Kidane", rasmus),
    )  # fmt: skip
