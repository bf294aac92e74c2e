"""Two companies of a Danish programme with people in placements, made by the actions; every text a company must never read is a canary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handrail.cases import actions as cases
from handrail.cases.models import Case
from handrail.kit import clock
from handrail.people import actions as people
from handrail.people.models import Consent, Organisation, Person, Role
from handrail.placements import actions as placements
from handrail.placements.models import Company, Contact, Placement, Position
from handrail.programmes import actions as programmes
from handrail.programmes.models import Programme
from tests.remembered import remembered

ZONE = ZoneInfo("Europe/Stockholm")
START = date(2018, 1, 1)
FIRST, LAST = date(2018, 4, 9), date(2018, 6, 15)
CANARIES = ("KANARIEBEHOV", "KANARIETRIN", "KANARIENOTE", "Kanarieefternavn", "KANARIEKONTAKT", "KANARIESTYRKE")


@dataclass
class World:
    """Who plays: Dorte is consultant of both companies' programme, Pia coordinates, Klaus is caseworker, the Stranger belongs elsewhere."""

    programme: Programme
    kolding: Organisation
    dorte: Person
    else_: Person  # another consultant
    pia: Person
    klaus: Person
    owner: Person
    stranger: Person
    bakery: Company
    garage: Company
    baker: Contact
    mechanic: Contact
    kitchen: Position
    workshop: Position
    amina: Case
    yusuf: Case
    at_bakery: Placement
    at_garage: Placement
    more: list[Placement] = field(default_factory=list)


def local(day: int, hour: int, minute: int = 0, *, month: int = 4, second: int = 0) -> datetime:
    """An instant of 2018 on the programme's wall clock."""
    return datetime(2018, month, day, hour, minute, second, tzinfo=ZONE)


@contextmanager
def at(day: int, hour: int, minute: int = 0, *, month: int = 4, second: int = 0) -> Iterator[None]:
    """Time stands at such an instant."""
    with clock.at(local(day, hour, minute, month=month, second=second)):
        yield


def make_world() -> World:
    """The rows, made once a run."""
    return remembered("support", _made)


def person(given: str, family: str, *, language: str = "da") -> Person:
    """Somebody with an address."""
    return people.add_person(given_name=given, family_name=family, email=f"{given}@example.org".lower(), language=language, by=None)


def _made() -> World:
    kolding = people.add_organisation(name="Kolding Kommune", short_name="Kolding", by=None)
    programme = programmes.start_programme(
        slug="place", code="PT", name={"da": "Place & Train", "en": "Place & Train"}, owner=kolding, starts_on=START, ends_on=date(2020, 12, 31), by=None
    )
    programmes.add_partner(programme=programme, organisation=kolding, part="owner", order=0, by=None)
    dorte, else_, pia, klaus = person("Dorte", "Dam"), person("Else", "Eng"), person("Pia", "Poulsen"), person("Klaus", "Krogh")
    owner, stranger = person("Ove", "Olsen"), person("Stine", "Fremmed")
    for who, role in ((dorte, Role.COMPANY_CONSULTANT), (else_, Role.COMPANY_CONSULTANT), (pia, Role.PLACEMENT_COORDINATOR), (klaus, Role.CASEWORKER), (owner, Role.COORDINATOR)):
        people.grant_role(person=who, role=role, programme=programme.uid, organisation=kolding if role == Role.CASEWORKER else None, starts_on=START, by=None)
    bakery = _company(programme, "Bageriet ved Åen", dorte)
    garage = _company(programme, "Værkstedet", None)
    baker = placements.add_contact(company=bakery, name="Bente Brød", email="bente@example.com", by=dorte)
    mechanic = placements.add_contact(company=garage, name="Mads Motor", email="mads@example.com", by=dorte)
    kitchen = placements.offer_position(company=bakery, title="Bagerhjælp", tasks=["Forme boller", "Pakke brød"], hours=20, supervisor=baker, places=3, by=dorte)
    workshop = placements.offer_position(company=garage, title="Dækskift", tasks=["Skifte dæk"], hours=20, supervisor=mechanic, places=3, by=dorte)
    amina, yusuf = _case(programme, kolding, klaus, "Amina"), _case(programme, kolding, klaus, "Yusuf")
    with clock.at(datetime(2018, 4, 2, 9, tzinfo=ZONE)):
        at_bakery, at_garage = _placed(amina, kitchen, klaus), _placed(yusuf, workshop, klaus)
    return World(
        programme, kolding, dorte, else_, pia, klaus, owner, stranger, bakery, garage, baker, mechanic, kitchen, workshop, amina, yusuf, at_bakery, at_garage
    )


def _company(programme: Programme, name: str, consultant: Person | None) -> Company:
    return placements.add_company(programme=programme, name=name, ordinary_staff=40, region="Syddanmark", consultant=consultant, by=consultant or person("Karen", name))


def _case(programme: Programme, organisation: Organisation, worker: Person, given: str) -> Case:
    case = cases.open_case(
        programme=programme, organisation=organisation, given_name=given, family_name=CANARIES[3], email=f"{CANARIES[4].lower()}-{given.lower()}@example.org",
        started_on=date(2018, 3, 1), strengths=CANARIES[5], caseworker=worker, by=worker,
    )  # fmt: skip
    need = cases.note_need(case=case, domain="health" if given == "Amina" else "housing", text=CANARIES[0], by=worker)
    cases.plan_step(need=need, title=CANARIES[1], due_on=date(2018, 5, 1), by=worker)
    cases.seal_note(case=case, kind="health", text=CANARIES[2], by=worker)
    return case


def _placed(case: Case, position: Position, by: Person) -> Placement:
    return placements.agree_placement(case=case, position=position, starts_on=FIRST, ends_on=LAST, hours=20, adaptations="Roligt rum i pausen", by=by)


def agree_to(case: Case, company: Company, *fields: str, by: Person) -> Consent:
    """The person lets a company know these fields."""
    return people.give_consent(
        person=case.person, recipient_kind="company", recipient=company.uid, fields=fields, purpose="praktik", wording="v1", language="da", until=date(2018, 12, 31), by=by
    )


def run(placement: Placement) -> Placement:
    """A placement that has started."""
    Placement.objects.filter(pk=placement.pk).update(state=Placement.State.RUNNING)
    placement.refresh_from_db()
    return placement


def link_of(contact: Contact, by: Person) -> str:
    """The path of a contact's page."""
    url = placements.make_company_link(contact=contact, by=by)
    return "/" + url.split("/", 3)[3]
