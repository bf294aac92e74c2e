"""Each municipality's own plan: a new version replaces the old one, which stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _, date_medium
from handrail.people.models import Organisation, Person
from handrail.planning.events import MeasureDone, OrganisationalPlanSaved
from handrail.planning.models import OrganisationalMeasure, OrganisationalPlan
from handrail.programmes.models import Programme


@transaction.atomic
def save_organisational_plan(
    *, programme: Programme, organisation: Organisation, owner: Person, aim: str, decided_on: date, review_on: date,
    measures: Iterable[Mapping[str, Any]], by: Person,
) -> OrganisationalPlan:  # fmt: skip
    """Write or renew a municipality's plan: who owns it, what it aims at, what is done by when, and when it is looked at again.

    `measures` are mappings with action, due_on and, where there is one, competence. Raises RuleBroken without an aim or a
    measure, and for a review that does not lie after the decision and beyond the programme's end.
    """
    if not aim.strip():
        raise RuleBroken(_("Say in a sentence or two what the municipality aims at."), field="aim")
    if review_on <= decided_on:
        raise RuleBroken(_("The review lies after the decision. Choose a later day."), field="review_on")
    if review_on <= programme.ends_on:
        raise RuleBroken(
            _("The programme ends on %(day)s. Choose a later day, so that somebody looks at the plan when the programme is over.")
            % {"day": date_medium(programme.ends_on)}, field="review_on",
        )  # fmt: skip
    wanted = [one for one in measures if str(one.get("action", "")).strip()]
    if not wanted:
        raise RuleBroken(_("Write at least one measure: what is done, and by when."), field="measures")
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)  # one version at a time, also when two save at once
    earlier = OrganisationalPlan.objects.filter(programme=programme, organisation=organisation)
    version = (earlier.aggregate(most=Max("version"))["most"] or 0) + 1
    earlier.filter(is_current=True).update(is_current=False)
    plan = OrganisationalPlan.objects.create(
        programme=programme, organisation=organisation, version=version, owner=owner, aim=aim.strip(), decided_on=decided_on,
        review_on=review_on, saved_by=by, saved_at=clock.now(),
    )  # fmt: skip
    OrganisationalMeasure.objects.bulk_create(
        [
            OrganisationalMeasure(
                plan=plan, competence=one.get("competence"), action=str(one["action"]).strip()[:400], due_on=one["due_on"], done_on=one.get("done_on")
            )
            for one in wanted
        ]
    )
    announce(OrganisationalPlanSaved(plan.uid, programme.uid, organisation.uid, version), by=by)
    return plan


@transaction.atomic
def finish_measure(*, plan: OrganisationalPlan, measure_id: int, by: Person) -> OrganisationalMeasure:
    """Say that a measure of the plan that holds is done. Raises RuleBroken for one of another plan or an earlier version."""
    measure = OrganisationalMeasure.objects.select_for_update(no_key=True).filter(plan=plan, plan__is_current=True, pk=measure_id).first()
    if measure is None:
        raise RuleBroken(_("The plan was renewed or has no such measure. Reload the page."))
    if measure.done_on is None:
        measure.done_on = clock.today()
        measure.save(update_fields=["done_on"])
        announce(MeasureDone(plan.uid, measure.pk), by=by)
    return measure
