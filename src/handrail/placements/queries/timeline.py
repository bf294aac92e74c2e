"""One plan: what happens at the company and what happens around it, on one line of days. The company's side sees the work alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from handrail.cases.models import Step
from handrail.cases.queries import cases_visible_to
from handrail.kit import clock
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.placements import rules
from handrail.placements.models import Placement
from handrail.placements.queries.companies import names_at_company
from handrail.placements.queries.placements import language_of, rule_of, unsettled_items, unsigned_parts


@dataclass(frozen=True)
class Moment:
    """One day on the plan: at work or around it, done, late or to come."""

    day: date
    title: Any
    text: str
    kind: str  # "work" or "support"
    state: str  # "done", "late" or "ahead"
    url: str = ""
    uid: Any = None


def placement_page(viewer: Person, placement: Placement) -> dict[str, Any]:
    """Everything on the page of one placement, as far as the viewer may know it."""
    sees_case = cases_visible_to(viewer).filter(pk=placement.case_id).exists()
    names = names_at_company(viewer, placement.position.company, [placement])
    signatures, preparations = list(placement.signatures.all()), list(placement.preparations.all())
    settled = {one.item: one for one in preparations}
    return {
        "placement": placement,
        "company": placement.position.company,
        "sees_case": sees_case,
        "name": names.get(placement.case_id) or str(_("A participant")),
        "spoken": language_of(placement),
        "demands": [text for code, text in rules.demand_items() if code in placement.position.demands],
        "items": [(code, text, settled.get(code)) for code, text in rules.preparation_items()],
        "unsettled": unsettled_items(placement, preparations),
        "parts": unsigned_parts(placement, signatures),
        "signed": signatures,
        "rule": rule_of(placement),
        "moments": timeline_of(placement, with_support=sees_case),
        "days_to_start": (placement.starts_on - placement.case.opened_on).days if sees_case else None,
        "is_over": clock.today() >= placement.ends_on,
    }


def timeline_of(placement: Placement, *, with_support: bool) -> list[Moment]:
    """The plan in the order of its days; support steps only for whoever may see the person's case."""
    today = clock.today()
    started = placement.state != Placement.State.PREPARED
    found = [Moment(placement.starts_on, _("First company day"), "", "work", "done" if started else "late" if placement.starts_on < today else "ahead")]
    for one in placement.follow_ups.all():
        words = " · ".join(text for text in (one.participant_says, one.company_says) if text) if with_support else ""
        state = "done" if one.done_on else "late" if one.due_on < today and placement.state == Placement.State.RUNNING else "ahead"
        found.append(Moment(one.done_on or one.due_on, _("Follow-up in week %(week)d") % {"week": one.week}, words, "work", state, uid=one.uid if not one.done_on else None))
    for one_more in placement.extensions.all():
        found.append(Moment(one_more.at.date(), _("Goes on until a later day"), one_more.reason if with_support else "", "work", "done"))
    if with_support:
        for step in Step.objects.filter(need__case_id=placement.case_id).select_related("need"):
            state = "done" if step.done_on else "late" if step.due_on < today else "ahead"
            found.append(Moment(step.done_on or step.due_on, step.title, step.need.text, "support", state))
    last = placement.ended_on or placement.ends_on
    title = {"completed": _("Completed"), "stopped": _("Stopped early"), "called_off": _("Called off before the start")}.get(placement.state, _("Last agreed day"))
    found.append(Moment(last, title, str(placement.get_reason_display()) if placement.reason and with_support else "", "work", "done" if placement.ended_on else "ahead"))
    return sorted(found, key=lambda one: (one.day, one.kind))
