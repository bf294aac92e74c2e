"""Organisational plans: each municipality's current one, earlier versions, and who has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from handrail.competences.models import Competence
from handrail.delivery.queries import process_leaders_trained
from handrail.kit import clock
from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import authority_of, current_employments, current_grants, names_visible_to
from handrail.planning.models import OrganisationalPlan
from handrail.programmes.models import Partner, Programme
from handrail.programmes.queries import programmes_visible_to


@dataclass(frozen=True)
class Municipality:
    """How a municipality stands: its plan, and its process leader named and trained."""

    organisation: Organisation
    plan: OrganisationalPlan | None
    is_overdue: bool
    leaders: list[Person]
    trained: int

    @property
    def has_leader(self) -> bool:
        """Whether somebody is named."""
        return bool(self.leaders)

    @property
    def is_ready(self) -> bool:
        """A process leader is named and trained."""
        return self.has_leader and self.trained > 0

    @property
    def is_red(self) -> bool:
        """Without a named and trained process leader, without a plan, or with an overdue review."""
        return not self.is_ready or self.plan is None or self.is_overdue


def municipalities(programme: Programme) -> list[Municipality]:
    """Every municipality that takes part, in the programme's order; five queries however many there are."""
    partners = list(Partner.objects.filter(programme=programme, part__in=("owner", "participant")).select_related("organisation"))
    plans = {
        one.organisation_id: one
        for one in OrganisationalPlan.objects.filter(programme=programme, is_current=True).select_related("owner__identity").prefetch_related("measures")
    }
    leaders: dict[int, list[Person]] = {}
    for grant in current_grants().filter(role=Role.PROCESS_LEADER, programme=programme.uid).select_related("person__identity"):
        leaders.setdefault(grant.organisation_id or 0, []).append(grant.person)
    trained = process_leaders_trained(programme)
    return [
        Municipality(
            one.organisation, plans.get(one.organisation_id), _is_overdue(plans.get(one.organisation_id)), leaders.get(one.organisation_id, []),
            sum(1 for leader in leaders.get(one.organisation_id, []) if leader.pk in trained),
        )
        for one in partners
    ]  # fmt: skip


def _is_overdue(plan: OrganisationalPlan | None) -> bool:
    return plan is not None and plan.review_on < clock.today()


def organisational_plans_visible_to(person: Person) -> QuerySet[OrganisationalPlan]:
    """The organisational plans of the programmes in which a person holds a role; they name nobody but their owner."""
    mine: list[Any] = [
        one.pk
        for one in programmes_visible_to(person)
        if authority_of(person).roles(one.uid) & {Role.COORDINATOR, Role.PROCESS_LEADER, Role.AUDITOR}
    ]
    return OrganisationalPlan.objects.filter(programme__in=mine).select_related("programme", "organisation", "owner__identity")


def earlier_versions(plan: OrganisationalPlan) -> QuerySet[OrganisationalPlan]:
    """The other versions of a municipality's plan, the newest first."""
    return OrganisationalPlan.objects.filter(programme=plan.programme, organisation=plan.organisation).exclude(pk=plan.pk)


def possible_owners(organisation: Organisation) -> dict[str, Person]:
    """Managers and leaders of the organisation, who may own its plan, by uid."""
    staff = current_employments().filter(organisation=organisation)
    managers = staff.exclude(manager=None).values("manager_id")
    leaders = current_grants().filter(organisation=organisation, role=Role.PROCESS_LEADER).values("person_id")
    rows = Person.objects.filter(pk__in=managers).union(Person.objects.filter(pk__in=leaders))
    return {str(one.uid): one for one in rows}


def owner_names(viewer: Person, people: dict[str, Person]) -> dict[str, str]:
    """Their names as the viewer may read them, by uid; owning a plan is a public office within the programme."""
    names = names_visible_to(viewer, [one.pk for one in people.values()], also=[one.pk for one in people.values()])
    return dict(sorted(((uid, str(names[one.pk])) for uid, one in people.items()), key=lambda pair: pair[1]))


def competences_of(programme: Programme) -> list[Competence]:
    """The programme's competences, for the measures to point at."""
    return list(Competence.objects.filter(framework__programme=programme, retired_at=None).select_related("area"))


def today() -> Any:
    """The day it is, for what is overdue."""
    return clock.today()
