"""Who answers a question: never nobody."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from handrail.kit import clock
from handrail.people.models import Person, Role
from handrail.people.queries import current_grants
from handrail.placements.models import Company
from handrail.placements.queries.company import SERVES, serves
from handrail.programmes.models import Programme
from handrail.support.models import Duty, Question

ANSWERS = (*SERVES, Role.CASEWORKER)  # to whom a question may be given
IN_TURN = (Role.COMPANY_CONSULTANT, Role.PLACEMENT_COORDINATOR, Role.COORDINATOR, Role.ADMINISTRATOR)


def helpers_of(programme: Programme) -> list[Person]:
    """To whom a question may be given: consultants, placement coordinators and caseworkers of the programme, by name."""
    return sorted(_holding(programme, ANSWERS), key=lambda one: one.called)


def helpers_to_choose(programme: Programme) -> QuerySet[Person]:
    """The same as rows to choose from in a form."""
    return Person.objects.filter(pk__in=[one.pk for one in helpers_of(programme)]).select_related("identity").order_by("identity__given_name", "pk")


def coordinators_of(programme: Programme) -> list[Person]:
    """Who is told when the agreed time has passed: the placement coordinators; where there are none, the project owner."""
    found = _holding(programme, [Role.PLACEMENT_COORDINATOR]) or _holding(programme, [Role.COORDINATOR])
    return sorted(found, key=lambda one: one.pk)


def owner_for(company: Company) -> Person | None:
    """Who answers what a company asks now: its consultant; else whoever is on duty; else the consultant, placement coordinator, project owner
    or administrator with the fewest open questions. None only where a programme has none of all these."""
    serving = {one.pk: one for one in _holding(company.programme, SERVES)}
    if company.consultant_id in serving:
        return serving[company.consultant_id]
    for duty in _duties_today(company.programme):
        if duty.person_id in serving:
            return serving[duty.person_id]
    for role in IN_TURN:
        if found := _holding(company.programme, [role]):
            return _least_busy(found)
    return None


def _least_busy(people: list[Person]) -> Person:
    rows = Question.objects.filter(owner__in=people, state=Question.State.OPEN).order_by().values_list("owner_id").annotate(n=Count("pk"))
    busy: dict[int, int] = dict(rows)
    return min(people, key=lambda one: (busy.get(one.pk, 0), one.pk))


def _holding(programme: Programme, roles: Iterable[str]) -> list[Person]:
    """Who holds one of these roles in a programme today; nobody who was erased."""
    grants = current_grants().filter(Q(programme=None) | Q(programme=programme.uid), role__in=list(roles))
    return list(Person.objects.filter(pk__in=grants.values("person_id"), erased_at=None).select_related("identity"))


def _duties_today(programme: Programme) -> QuerySet[Duty]:
    today = clock.today()
    rows = Duty.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), programme=programme, starts_on__lte=today)
    return rows.order_by("-starts_on", "-id")  # who took it last has it


def duties_of(programme: Programme) -> list[Duty]:
    """Who is on duty now or later, the earliest first."""
    rows = Duty.objects.filter(Q(ends_on=None) | Q(ends_on__gte=clock.today()), programme=programme)
    return list(rows.select_related("person__identity").order_by("starts_on", "id"))


def duties_visible_to(person: Person) -> QuerySet[Duty]:
    """The duties of the programmes in which a person serves companies."""
    return Duty.objects.filter(serves(person, "programme__uid")).select_related("programme", "person__identity")
