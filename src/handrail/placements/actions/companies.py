"""Companies, whom to ring there, and what they offer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.placements import events
from handrail.placements.models import Company, Contact, Placement, Position
from handrail.placements.rules import demand_items
from handrail.programmes.models import Programme

OPEN = (Placement.State.PREPARED, Placement.State.RUNNING)


@atomic
def add_company(
    *, programme: Programme, name: str, ordinary_staff: int, region: str, municipality: str = "", town: str = "", country: str = "DK", registration: str = "",
    field: str = "", follows: int | None = None, consultant: Person | None = None, by: Person,
) -> Company:  # fmt: skip
    """Add a company with its size and region. `ordinary_staff` counts people on ordinary terms; it says how many it may take in at once.

    Raises RuleBroken without a name or region, and for a registration number that is there already.
    """
    facts = _checked(programme, None, name=name, region=region, registration=registration)
    company = Company.objects.create(
        programme=programme, ordinary_staff=ordinary_staff, municipality=municipality.strip(), town=town.strip(), country=country, field=field.strip(), follows=follows,
        consultant=consultant, added_at=clock.now(), **facts,
    )  # fmt: skip
    announce(events.CompanyAdded(company.uid, programme.uid), by=by)
    return company


@atomic
def change_company(*, company: Company, by: Person, **facts: Any) -> Company:
    """Write down anew what is known of a company. Raises RuleBroken as `add_company` does."""
    checked = {**facts, **_checked(company.programme, company, **{name: facts.get(name, getattr(company, name)) for name in ("name", "region", "registration")})}
    changed = tuple(name for name, value in checked.items() if getattr(company, name) != value)
    for name in changed:
        setattr(company, name, checked[name])
    if changed:
        company.save(update_fields=list(changed))
        announce(events.CompanyChanged(company.uid, changed), by=by)
    return company


@atomic
def withdraw_company(*, company: Company, withdrawn_on: date | None = None, by: Person) -> Company:
    """Say that a company takes in nobody any more. Placements that run there go on until somebody ends them."""
    if company.withdrawn_on is None:
        company.withdrawn_on = withdrawn_on or clock.today()
        company.save(update_fields=["withdrawn_on"])
        announce(events.CompanyWithdrew(company.uid, company.withdrawn_on), by=by)
    return company


@atomic
def add_contact(*, company: Company, name: str, email: str = "", phone: str = "", does: str = "", by: Person) -> Contact:
    """Name somebody at a company whom one may ring.

    Raises RuleBroken without a name, and without any way to reach them.
    """
    if not name.strip():
        raise RuleBroken(_("Write whom to ask for."), field="name")
    if not email.strip() and not phone.strip():
        raise RuleBroken(_("Write an e-mail address or a telephone number."), field="phone")
    contact = Contact.objects.create(company=company, name=name.strip(), email=email.strip().lower(), phone=phone.strip(), does=does.strip())
    announce(events.ContactAdded(company.uid, contact.uid), by=by)
    return contact


@atomic
def end_contact(*, contact: Contact, by: Person) -> Contact:
    """Say that somebody is no longer a company's contact; their way in ends with it."""
    if contact.ended_on is None:
        contact.ended_on = clock.today()
        contact.save(update_fields=["ended_on"])
        announce(events.ContactEnded(contact.company.uid, contact.uid), by=by)
    return contact


@atomic
def offer_position(
    *, company: Company, title: str, tasks: Sequence[str], hours: int, language: str = "", language_level: str = "", demands: Sequence[str] = (),
    supervisor: Contact | None = None, places: int = 1, by: Person,
) -> Position:  # fmt: skip
    """Write down what somebody could do at a company: tasks in sentences, hours a week, what the work asks.

    Raises RuleBroken without a title or task, for hours beyond a week of 48, for unknown demands, and for another company's contact.
    """
    found = [line.strip() for line in tasks if line.strip()]
    if not title.strip():
        raise RuleBroken(_("Give it a title, such as Kitchen hand."), field="title")
    if not found:
        raise RuleBroken(_("Write at least one task."), field="tasks")
    if not 1 <= hours <= 48:
        raise RuleBroken(_("Hours a week are a number from 1 to 48."), field="hours")
    if not set(demands) <= set(dict(demand_items())):
        raise RuleBroken(_("Choose demands from the list."), field="demands")
    if supervisor is not None and supervisor.company_id != company.pk:
        raise RuleBroken(_("The person at the side works at another company."), field="supervisor")
    position = Position.objects.create(
        company=company, title=title.strip(), tasks=found, hours=hours, language=language, language_level=language_level if language else "",
        demands=sorted(demands), supervisor=supervisor, places=places,
    )  # fmt: skip
    announce(events.PositionOffered(position.uid, company.uid), by=by)
    return position


@atomic
def close_position(*, position: Position, by: Person) -> Position:
    """Offer it no longer; placements that run there go on."""
    if position.closed_on is None:
        position.closed_on = clock.today()
        position.save(update_fields=["closed_on"])
        announce(events.PositionClosed(position.uid), by=by)
    return position


def _checked(programme: Programme, company: Company | None, *, name: str, region: str, registration: str) -> dict[str, str]:
    facts = {"name": name.strip(), "region": region.strip(), "registration": registration.replace(" ", "")}
    if not facts["name"]:
        raise RuleBroken(_("Write the company's name."), field="name")
    if not facts["region"]:
        raise RuleBroken(_("Write the region it lies in."), field="region")
    same = Company.objects.filter(programme=programme, registration=facts["registration"])
    if facts["registration"] and (same.exclude(pk=company.pk) if company else same).exists():
        raise RuleBroken(_("A company with this number is there already. Open that one."), field="registration")
    return facts
