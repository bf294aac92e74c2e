"""Places in courses: given to one's own people, with a step of the way that points to the course."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.transaction import atomic

from handrail.cases.actions.needs import plan_on_path
from handrail.cases.models import Case, Need, Step
from handrail.cases.queries import open_entry
from handrail.curriculum.models import Module
from handrail.delivery import actions as delivery
from handrail.delivery.models import Session
from handrail.kit.errors import RuleBroken
from handrail.kit.text import _, local
from handrail.people.models import Person


@atomic
def give_course_places(*, session: Session, cases: Iterable[Case], by: Person) -> int:
    """Give people places in a course on which they have agreed; answers how many are new. Whoever comes when all are taken stands in line.

    Raises RuleBroken for somebody who is not here any more, and as `give_places` of sessions does.
    """
    chosen = list(cases)
    _check_here(chosen)
    return delivery.give_places(session=session, persons=[case.person for case in chosen], by=by)


@atomic
def take_part_in_courses(*, case: Case, sessions: Sequence[Session], domain: str = "", by: Person) -> int:
    """Give one person places in several sessions of courses; `domain` writes each course down as a step of the way in that field of life, once.

    Raises RuleBroken as `give_course_places` and `plan_on_path` do; then no place is given.
    """
    given = 0
    _check_here([case])
    for session in sessions:
        given += delivery.give_places(session=session, persons=[case.person], by=by)
    if domain:
        for module in Module.objects.filter(pk__in={one.module_id for one in sessions}).order_by("code"):
            if not Step.objects.filter(need__case=case, need__state=Need.State.OPEN, module=module, done_on=None).exists():
                last = max(local(one.starts_at).date() for one in sessions if one.module_id == module.pk)
                plan_on_path(case=case, domain=domain, title=str(module.title)[:200], due_on=last, module=module, by=by)
    return given


def _check_here(cases: Iterable[Case]) -> None:
    for case in cases:
        if case.person.erased_at is not None or open_entry(case) is None:
            raise RuleBroken(_("%(number)s is not in the programme now. Note that they came back, then give the place.") % {"number": case.number})
