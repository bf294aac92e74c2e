"""Adding persons and saying where they work."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.events import EmploymentEnded, PersonAdded, PersonEmployed
from handrail.people.models import Employment, Identity, Organisation, Person, Unit
from handrail.people.rules.names import plain_email, search_name


@atomic
def add_person(
    *, given_name: str, family_name: str, email: str = "", language: str = "", is_protected: bool = False, by: Person | None
) -> Person:
    """Add a person, with or without an e-mail address. A protected identity is shown to named roles only.
    Without `language` the person is written to in the site's own.

    Raises RuleBroken when there is no name at all.
    """
    given_name, family_name = given_name.strip(), family_name.strip()
    if not given_name and not family_name:
        raise RuleBroken(_("Write the person's name."), field="given_name")
    person = Person.objects.create(created_at=clock.now())
    # Through the reverse side, so that `person.identity` is at hand without another question to the database.
    person.identity = Identity.objects.create(
        person=person, given_name=given_name, family_name=family_name, email=plain_email(email), language=language or settings.LANGUAGE_CODE,
        is_protected=is_protected, search_name=search_name(given_name, family_name),
    )  # fmt: skip
    announce(PersonAdded(person.uid), by=by)
    return person


@atomic
def employ_person(
    *,
    person: Person,
    organisation: Organisation,
    unit: Unit | None,
    job_title: str = "",
    employee_number: str = "",
    aid_code: str = "",
    rate: Decimal | int = 100,
    manager: Person | None = None,
    contact: str = Employment.Contact.UNKNOWN,
    started_on: date | None = None,
    by: Person | None,
) -> Employment:
    """Say where a person works, as what, under whom. `rate` is per cent of full time.

    Raises RuleBroken when the unit belongs to another organisation, the person already works there, the employee number is
    taken, the rate lies outside 0 to 100, or somebody would be their own manager.
    """
    if unit is not None and unit.organisation_id != organisation.pk:
        raise RuleBroken(_("The unit belongs to another organisation."), field="unit")
    if not 0 <= rate <= 100:
        raise RuleBroken(_("The rate of employment is a number from 0 to 100."), field="rate")
    if manager is not None and manager.pk == person.pk:
        raise RuleBroken(_("Nobody is their own manager. Choose somebody else."), field="manager")
    current = Employment.objects.filter(organisation=organisation, ended_on=None)
    if current.filter(person=person).exists():
        raise RuleBroken(_("The person already works there. Change the employment there is, or end it first."), field="person")
    if employee_number and current.filter(employee_number=employee_number).exists():
        raise RuleBroken(_("Somebody else has this employee number. Correct one of them."), field="employee_number")
    employment = Employment.objects.create(
        person=person, organisation=organisation, unit=unit, manager=manager, employee_number=employee_number,
        job_title=job_title, aid_code=aid_code, rate=rate, contact=contact, started_on=started_on or clock.today(),
    )  # fmt: skip
    announce(PersonEmployed(employment.uid, person.uid, organisation.uid), by=by)
    return employment


@atomic
def end_employment(*, employment: Employment, ended_on: date | None = None, by: Person | None) -> Employment:
    """Say that a person no longer works for an organisation; from that day on its process leader cannot see them.

    Raises RuleBroken when the day lies before the first day of work.
    """
    day = ended_on or clock.today()
    if day < employment.started_on:
        raise RuleBroken(_("The last day cannot lie before the first."), field="ended_on")
    employment.ended_on = day
    employment.save(update_fields=["ended_on"])
    announce(EmploymentEnded(employment.uid, employment.person.uid, employment.organisation.uid, day), by=by)
    return employment
