"""Adding organisations and their units."""

from __future__ import annotations

from django.db.transaction import atomic

from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.events import OrganisationAdded, UnitAdded
from handrail.people.models import Organisation, Person, Unit


@atomic
def add_organisation(*, name: str, short_name: str, website: str = "", by: Person | None) -> Organisation:
    """Add a municipality, association, company or authority.

    Raises RuleBroken when the name is empty or taken.
    """
    name, short_name = name.strip(), short_name.strip()
    if not name:
        raise RuleBroken(_("Write the organisation's name."), field="name")
    if Organisation.objects.filter(name=name).exists():
        raise RuleBroken(_("There is already an organisation with this name."), field="name")
    organisation = Organisation.objects.create(name=name, short_name=short_name, website=website)
    announce(OrganisationAdded(organisation.uid), by=by)
    return organisation


@atomic
def add_unit(*, organisation: Organisation, name: str, parent: Unit | None = None, by: Person | None) -> Unit:
    """Add a department, or a workplace within one.

    Raises RuleBroken when the name is empty or taken there, or the department belongs to another organisation.
    """
    name = name.strip()
    if not name:
        raise RuleBroken(_("Write the unit's name."), field="name")
    if parent is not None and parent.organisation_id != organisation.pk:
        raise RuleBroken(_("The department belongs to another organisation."), field="parent")
    if Unit.objects.filter(organisation=organisation, parent=parent, name=name).exists():
        raise RuleBroken(_("There is already a unit with this name."), field="name")
    unit = Unit.objects.create(organisation=organisation, parent=parent, name=name)
    announce(UnitAdded(unit.uid, organisation.uid), by=by)
    return unit
