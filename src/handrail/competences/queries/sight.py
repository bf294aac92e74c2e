"""What of the map somebody may see: whole municipalities, own municipality's units, own unit, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from handrail.competences.models import LevelSharing
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of, current_employments, manages_somebody
from handrail.programmes.models import Participation, Programme


@dataclass(frozen=True)
class Sight:
    """Which columns a person may see, and whether numbers about single people are known to this person already."""

    municipalities: bool = False  # every municipality's column and the total
    units_of: frozenset[int] = frozenset()  # organisations whose units are seen
    own_units: frozenset[int | None] = frozenset()  # units of one's reports
    own_organisation: int | None = None
    knows: frozenset[int] = frozenset()  # persons whose levels were shared with this person
    is_manager: bool = False
    viewer: int | None = None

    def __bool__(self) -> bool:
        return self.municipalities or bool(self.own_units)

    @property
    def known(self) -> frozenset[int]:
        """The persons whose levels this one knows: those who shared theirs, and oneself."""
        return self.knows if self.viewer is None else self.knows | {self.viewer}

    @property
    def may_filter(self) -> bool:
        """Whether kinds and role profiles may be told apart: not for somebody who knows single people's levels, or gave them."""
        return not self.knows and not self.is_manager

    def sees_units_of(self, organisation_id: int) -> bool:
        """Whether a municipality's units are seen."""
        return organisation_id in self.units_of


def sight_of(person: Person, programme: Programme) -> Sight:
    """What of a programme's map a person may see: the owner the totals of all municipalities (decision 8), a process leader those
    and the units of the own one, a line manager the units of the own reports, nobody else anything."""
    authority = authority_of(person)
    led = authority.organisation_ids(Role.PROCESS_LEADER, programme.uid)
    owns = authority.has(Role.COORDINATOR, programme=programme.uid)
    taking_part = Participation.objects.filter(programme=programme, left_on=None).values("person_id")
    reports = (
        current_employments().filter(manager=person, person_id__in=taking_part).values_list("unit_id", "organisation_id").distinct()
    )
    units = list(reports) if manages_somebody(person) else []
    knows = frozenset(LevelSharing.objects.filter(manager=person).values_list("person_id", flat=True)) if units or led or owns else frozenset()
    own = next(iter(sorted(led)), None)
    if own is None and owns:
        own = programme.owner_id
    return Sight(
        municipalities=bool(owns or led), units_of=led, own_units=frozenset(unit for unit, _org in units if unit),
        own_organisation=own or next((organisation for _unit, organisation in units), None), knows=knows, is_manager=bool(units), viewer=person.pk,
    )  # fmt: skip


def leads_in(person: Person, programme: Programme) -> bool:
    """Whether somebody owns or leads the programme, and so sees municipalities."""
    authority = authority_of(person)
    return authority.has(Role.COORDINATOR, programme=programme.uid) or bool(authority.organisation_ids(Role.PROCESS_LEADER, programme.uid))


def has_reports_in(person: Person, programme: Programme) -> bool:
    """Whether somebody who takes part has this person as line manager."""
    taking_part = Participation.objects.filter(Q(programme=programme), left_on=None).values("person_id")
    return manages_somebody(person) and current_employments().filter(manager=person, person_id__in=taking_part).exists()
