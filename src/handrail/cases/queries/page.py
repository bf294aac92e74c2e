"""What a person's page shows."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from handrail.cases import rules
from handrail.cases.models import Case, Need, SealedNote, Step
from handrail.cases.queries.cases import emergency_of, last_entry, names_of_cases, own_cases
from handrail.kit import clock, slots
from handrail.kit.text import language_name
from handrail.people.models import Person


def case_page(viewer: Person, case: Case) -> dict[str, Any]:
    """Everything on the page of one person, as far as the viewer may know it. What a sealed note is about is read by whoever may open it."""
    entry, emergency = last_entry(case), emergency_of(viewer, case)
    notes = SealedNote.objects.filter(case=case).defer("sealed")
    may_read = emergency is not None or own_cases(viewer).filter(pk=case.pk).exists()
    return {
        "case": case,
        "name": names_of_cases(viewer, [case])[case.person_id],
        "entry": entry,
        "is_here": entry is not None and entry.ended_on is None,
        "languages": [(language_name(one.code), one.get_level_display()) for one in case.languages.all()],
        "needs": needs_of(case),
        "notes": list(notes.select_related("written_by__identity")) if may_read else [],
        "notes_count": notes.count(),
        "may_read_notes": may_read,
        "emergency": emergency,
        "panels": sorted(slots.gathered("case.panels", viewer, case), key=lambda panel: panel.order),
        "today": clock.today(),
    }


def needs_of(case: Case) -> list[dict[str, Any]]:
    """The needs of a person with their steps: open ones first."""
    rows = Need.objects.filter(case=case).prefetch_related(Prefetch("steps", Step.objects.order_by("due_on", "id")))
    found = [{"need": need, "domain": rules.domain_name(need.domain), "steps": list(need.steps.all()), "is_open": need.state == Need.State.OPEN} for need in rows]
    return sorted(found, key=lambda one: not one["is_open"])
