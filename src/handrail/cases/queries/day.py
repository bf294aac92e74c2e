"""A caseworker's day on one page, fed by every app that knows something of it."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from handrail.cases.models import Case, Need, Step
from handrail.cases.queries.cases import coordinated, here, names_of_cases, own_cases
from handrail.cases.queries.conflicts import out_of_conflict
from handrail.cases.queries.referrals import referrals_declined, referrals_waiting, waited
from handrail.cases.rules import DayItem
from handrail.cases.rules.day import KINDS
from handrail.kit import clock, slots
from handrail.kit.text import _, plural
from handrail.people.models import Person
from handrail.programmes.models import Programme

MOST = 50


def day_of(person: Person, programme: Programme) -> dict[str, list[DayItem]]:
    """By kind, what waits, is late, runs, is today or comes soon; the most urgent first."""
    found: dict[str, list[DayItem]] = {kind: [] for kind in KINDS}
    for one in slots.gathered("cases.day", person, programme):
        found[one.kind].append(one)
    for kind, items in found.items():
        items.sort(key=lambda one: (one.due is None, one.due or clock.today(), -(one.days or 0)))
        found[kind] = items[:MOST]
    return found


def steps_of_day(person: Person, programme: Programme) -> list[DayItem]:
    """Steps of one's own people who are here: late, today, and within a week."""
    today = clock.today()
    rows = list(
        Step.objects.filter(done_on=None, due_on__lte=today + timedelta(days=7), need__case__in=here(own_cases(person)).filter(programme=programme), need__state=Need.State.OPEN)
        .select_related("need__case__person").order_by("due_on", "id")[: 3 * MOST]
    )  # fmt: skip
    names = names_of_cases(person, [step.need.case for step in rows])
    return [
        DayItem(
            "late" if step.due_on < today else "today" if step.due_on == today else "soon", step.title,
            ", ".join(part for part in (names[step.need.case.person_id].text, step.helper) if part), reverse("cases:case_detail", args=[step.need.case.uid]) + "#path",
            due=step.due_on,
        )
        for step in rows
    ]  # fmt: skip


def referrals_of_day(person: Person, programme: Programme) -> list[DayItem]:
    """Referrals that wait for one's answer, and own ones that were declined."""
    waits = [
        DayItem("waits", _("A referral from %(who)s") % {"who": one.case.organisation}, one.asks, reverse("cases:referral", args=[one.uid]), days=waited(one))
        for one in referrals_waiting(person).filter(programme=programme)[:MOST]
    ]
    back = [
        DayItem("waits", _("%(who)s said no") % {"who": one.receiver}, one.reason, reverse("cases:referral", args=[one.uid]))
        for one in referrals_declined(person).filter(programme=programme)[:MOST]
    ]
    return waits + back


def nobodys_of_day(person: Person, programme: Programme) -> list[DayItem]:
    """For a coordinator: people whom nobody accompanies yet."""
    count = Case.objects.filter(coordinated(person), out_of_conflict(person), programme=programme, caseworker=None, person__erased_at=None, entries__ended_on=None).distinct().count()
    if not count:
        return []
    words = plural("One person has no caseworker", "%(n)s people have no caseworker", count) % {"n": count}
    return [DayItem("waits", words, _("Give them to one of the caseworkers."), reverse("cases:case_list", args=[programme.uid]) + "?state=nobody")]
