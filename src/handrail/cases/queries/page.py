"""What a person's page shows."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from handrail.cases import rules
from handrail.cases.models import Case, Need, SealedNote, Step
from handrail.cases.queries.cases import emergency_of, is_own_case, last_entry, names_of_cases
from handrail.cases.queries.conflicts import conflicts_of, has_conflicts
from handrail.cases.queries.consents import consent_rows
from handrail.cases.queries.looks import looked_lately
from handrail.cases.queries.referrals import referrals_of
from handrail.cases.queries.star import star_of
from handrail.kit import clock, slots
from handrail.kit.text import language_name
from handrail.people.models import Person


def case_page(viewer: Person, case: Case) -> dict[str, Any]:
    """Everything on the page of one person, as far as the viewer may know it. What a sealed note is about is read by whoever may open it."""
    entry, emergency = last_entry(case), emergency_of(viewer, case)
    may_read = emergency is not None or is_own_case(viewer, case)
    sealed = SealedNote.objects.filter(case=case).defer("sealed")
    notes = list(sealed.select_related("written_by__identity")) if may_read else []
    return {
        "case": case,
        "name": names_of_cases(viewer, [case])[case.person_id],
        "entry": entry,
        "is_here": entry is not None and entry.ended_on is None,
        "languages": [(language_name(one.code), one.get_level_display()) for one in case.languages.all()],
        "needs": needs_of(case),
        "notes": notes,
        "notes_count": len(notes) if may_read else sealed.count(),
        "may_read_notes": may_read,
        "emergency": emergency,
        "path": path_of(case),
        "star": star_of(case),
        "consents": consent_rows(case, only_now=True),
        "referrals": referrals_of(case),
        "conflicts": list(conflicts_of(case)) if has_conflicts(case) else [],
        "looked": looked_lately(case),
        "panels": sorted(slots.gathered("case.panels", viewer, case), key=lambda panel: panel.order),
        "today": clock.today(),
    }


def needs_of(case: Case) -> list[dict[str, Any]]:
    """The needs of a person with their steps: open ones first."""
    rows = Need.objects.filter(case=case).prefetch_related(Prefetch("steps", Step.objects.order_by("due_on", "id")))
    found = [{"need": need, "domain": rules.domain_name(need.domain), "steps": list(need.steps.all()), "is_open": need.state == Need.State.OPEN} for need in rows]
    return sorted(found, key=lambda one: not one["is_open"])


def path_of(case: Case) -> list[dict[str, Any]]:
    """A person's pathway: every step towards an open need and every step taken, in the order of its days; those ahead after today."""
    rows = Step.objects.filter(need__case=case).exclude(done_on=None, need__state__in=[Need.State.MET, Need.State.DROPPED]).select_related("need")
    found = [
        {"step": step, "domain": rules.domain_name(step.need.domain), "day": step.done_on or step.due_on, "is_late": step.done_on is None and step.due_on < clock.today()}
        for step in rows
    ]
    return sorted(found, key=lambda one: (one["day"], one["step"].pk))
