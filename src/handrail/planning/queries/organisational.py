"""Organisational plans: each municipality's current one, earlier versions, and who has none; process leaders named and trained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from handrail.competences.models import Competence
from handrail.competences.queries import competences_of, framework_of
from handrail.delivery.queries import process_leaders_trained
from handrail.kit import clock
from handrail.kit.text import _, date_medium
from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import current_employments, current_grants, names_visible_to
from handrail.planning.models import OrganisationalMeasure, OrganisationalPlan
from handrail.planning.queries.plans import STEERS, programmes_with_role
from handrail.programmes.models import Partner, Programme
from handrail.programmes.queries import municipalities_in


@dataclass(frozen=True)
class Municipality:
    """How a municipality stands: its plan, and its process leader named and trained."""

    organisation: Organisation
    plan: OrganisationalPlan | None
    is_overdue: bool
    leaders: tuple[str, ...]
    trained: int
    open_measures: int
    late_measures: int

    @property
    def lacks_leader(self) -> bool:
        """Nobody is named, or nobody of those named is trained."""
        return not self.leaders or not self.trained

    @property
    def is_red(self) -> bool:
        """Without a named and trained process leader, without a plan, or with an overdue review."""
        return bool(self.faults)

    @property
    def faults(self) -> list[str]:
        """What makes a municipality red, in words."""
        found: list[Any] = []
        if not self.leaders:
            found.append(_("No process leader is named."))
        elif not self.trained:
            found.append(_("The process leader has not taken the process leaders' course yet."))
        if self.plan is None:
            found.append(_("There is no organisational plan."))
        elif self.is_overdue:
            found.append(_("The plan should have been looked at again on %(day)s.") % {"day": date_medium(self.plan.review_on)})
        return [str(one) for one in found]

    @property
    def good(self) -> list[str]:
        """What is in place, in words."""
        found: list[Any] = []
        if self.leaders and self.trained:
            found.append(_("Process leader named and trained."))
        if self.plan is not None and not self.is_overdue:
            found.append(_("Organisational plan, looked at again on %(day)s.") % {"day": date_medium(self.plan.review_on)})
        return [str(one) for one in found]


def municipalities(programme: Programme, viewer: Person) -> list[Municipality]:
    """Every municipality that takes part, in the programme's order; a fixed number of queries.

    Who leads a municipality's work and who owns its plan is public among those who work together; a protected identity is not named.
    """
    partners = municipalities_in(programme)
    current = OrganisationalPlan.objects.filter(programme=programme, is_current=True)
    plans = {one.organisation_id: one for one in current.select_related("owner", "organisation")}
    measures: dict[int, list[OrganisationalMeasure]] = defaultdict(list)
    for measure in OrganisationalMeasure.objects.filter(plan__in=[one.pk for one in plans.values()], done_on=None) if plans else ():
        measures[measure.plan_id].append(measure)
    leaders: dict[int, list[int]] = defaultdict(list)
    for person, organisation in (
        current_grants().filter(role=Role.PROCESS_LEADER, programme=programme.uid).order_by("pk").values_list("person_id", "organisation_id")
    ):
        leaders[organisation or 0].append(person)
    public = {one for some in leaders.values() for one in some}
    names, trained, today = names_visible_to(viewer, public, also=public), process_leaders_trained(programme, among=public), clock.today()
    found = []
    for partner in partners:
        plan, here = plans.get(partner.organisation_id), leaders.get(partner.organisation_id, [])
        rest = measures[plan.pk] if plan else []
        found.append(
            Municipality(
                partner.organisation, plan, plan is not None and plan.review_on < today, tuple(str(names[one]) for one in here),
                sum(one in trained for one in here), len(rest), sum(one.due_on < today for one in rest),
            )
        )  # fmt: skip
    return found


def finding(rows: list[Municipality]) -> str:
    """How the municipalities stand, in words: the heading of the screen."""
    red = [one.organisation.short_name for one in rows if one.is_red]
    if not red:
        return str(_("Every municipality has a trained process leader and a plan"))
    if len(red) == len(rows):
        return str(_("No municipality has both a trained process leader and a plan yet"))
    return str(_("%(ready)s of %(all)s municipalities have a trained process leader and a plan") % {"ready": len(rows) - len(red), "all": len(rows)})


def organisational_plans_visible_to(person: Person) -> QuerySet[OrganisationalPlan]:
    """The organisational plans of the programmes that a person steers or audits; they name nobody but their owner."""
    mine = programmes_with_role(person, STEERS | {Role.AUDITOR})
    return OrganisationalPlan.objects.filter(programme__in=mine).select_related("programme", "organisation", "owner")


def owner_name(plan: OrganisationalPlan, viewer: Person) -> str:
    """Who owns a plan: an office, so its name may stand, unless it is protected."""
    return str(names_visible_to(viewer, [plan.owner_id], also=[plan.owner_id])[plan.owner_id])


def measures_of(plan: OrganisationalPlan) -> QuerySet[OrganisationalMeasure]:
    """A plan's measures by date."""
    return plan.measures.select_related("competence")


def earlier_versions(plan: OrganisationalPlan) -> QuerySet[OrganisationalPlan]:
    """The other versions of a municipality's plan, the newest first."""
    return OrganisationalPlan.objects.filter(programme=plan.programme, organisation=plan.organisation).exclude(pk=plan.pk)


def organisation_in(programme: Programme, uid: Any) -> Organisation | None:
    """A municipality that takes part in a programme."""
    parts = (Partner.Part.OWNER, Partner.Part.PARTICIPANT)
    return Organisation.objects.filter(uid=uid, pk__in=programme.partners.filter(part__in=parts).values("organisation_id")).first()


def current_plan(programme: Programme, organisation: Organisation) -> OrganisationalPlan | None:
    """The plan of a municipality that holds today."""
    found = OrganisationalPlan.objects.filter(programme=programme, organisation=organisation, is_current=True)
    return found.select_related("owner").prefetch_related("measures__competence").first()


def plan_waits(programme: Programme, led: Collection[Organisation]) -> list[tuple[Organisation, date | None]]:
    """Municipalities among these without a plan (None) or with one whose review is overdue (its day)."""
    rows = OrganisationalPlan.objects.filter(programme=programme, organisation__in=[one.pk for one in led], is_current=True)
    plans = dict(rows.values_list("organisation_id", "review_on"))
    waiting = [one for one in led if one.pk not in plans or plans[one.pk] < clock.today()]
    return [(one, plans.get(one.pk)) for one in sorted(waiting, key=lambda one: one.pk)]


def possible_owners(viewer: Person, programme: Programme, organisation: Organisation, current: OrganisationalPlan | None) -> dict[str, tuple[Person, str]]:
    """Who may own a municipality's plan, by uid, with the name: its process leaders and, for those who may read their names, its managers."""
    staff = current_employments().filter(organisation=organisation).exclude(manager=None).values_list("manager_id", flat=True)
    leaders = set(
        current_grants().filter(organisation=organisation, role=Role.PROCESS_LEADER, programme=programme.uid).values_list("person_id", flat=True)
    )
    public = leaders | ({current.owner_id} if current else set()) | {viewer.pk}
    rows = list(Person.objects.filter(pk__in=public | set(staff), erased_at=None))
    names = names_visible_to(viewer, [one.pk for one in rows], also=public)
    found = [(one, names[one.pk]) for one in rows]
    return {str(one.uid): (one, str(name)) for one, name in sorted(found, key=lambda pair: str(pair[1])) if not name.is_hidden}


def competences_to_name(programme: Programme) -> list[Competence]:
    """The programme's competences, for the measures to point at."""
    framework = framework_of(programme)
    return list(competences_of(framework)) if framework else []
