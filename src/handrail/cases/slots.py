"""What cases show on lower screens: a station, steps that are due, people that search finds, what erasure takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from handrail.cases import access, queries
from handrail.cases.models import Case
from handrail.cases.rules import DayItem
from handrail.kit import clock
from handrail.kit.slots import Station, Waiting, fill
from handrail.kit.text import _, local, plural
from handrail.people.models import Person
from handrail.people.rules import Part
from handrail.people.rules.consents import Recipient
from handrail.programmes.models import Programme

ANSWER_WITHIN = timedelta(days=7)


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """People, for those who accompany some."""
    if programme is None or not access.may_list_cases(person, programme):
        return []
    url, day = reverse("cases:case_list", args=[programme.uid]), reverse("cases:day", args=[programme.uid])
    return [Station(51, _("My day"), day, day), Station(52, _("People"), url, url)]


@fill("home.waiting", order=10, where=lambda person, _programme: queries.steps_visible_to(person).filter(done_on=None))
def steps_due(person: Person, programme: Programme | None) -> list[Waiting]:
    """Steps of one's own people that are due within a week."""
    if programme is None:
        return []
    return [
        Waiting(
            title=_("%(step)s, with %(name)s") % {"step": one.step.title, "name": one.name}, why=one.step.need.text, act=_("Open"),
            url=reverse("cases:case_detail", args=[one.step.need.case.uid]) + "#path", due=one.step.due_on, is_overdue=one.is_late,
        )
        for one in queries.steps_due(person, programme, until=clock.today() + timedelta(days=7))
    ]  # fmt: skip


@fill("consent.recipients", order=60)
def partners(case: Case) -> list[Recipient]:
    """The programme's other organisations may be told something, if the person agrees."""
    return queries.partners_to_tell(case)


@fill("cases.day")
def steps_of_the_day(person: Person, programme: Programme) -> list[DayItem]:
    """Steps of one's own people."""
    return queries.steps_of_day(person, programme)


@fill("cases.day")
def referrals_of_the_day(person: Person, programme: Programme) -> list[DayItem]:
    """Referrals that wait, and those that came back."""
    return queries.referrals_of_day(person, programme)


@fill("cases.day")
def nobodys(person: Person, programme: Programme) -> list[DayItem]:
    """People without a caseworker, for who may give them one."""
    return queries.nobodys_of_day(person, programme)


@fill("home.waiting", order=5, where=lambda person, _programme: queries.referrals_waiting(person))
def referrals_that_wait(person: Person, programme: Programme | None) -> list[Waiting]:
    """Referrals to one's own organisation."""
    rows = queries.referrals_waiting(person).filter(programme=programme)[:20] if programme else ()
    return [
        Waiting(
            title=_("A referral from %(who)s") % {"who": one.case.organisation},
            why=plural("Has waited for one day.", "Has waited for %(n)s days.", queries.waited(one)) % {"n": queries.waited(one)},
            act=_("Answer"), url=reverse("cases:referral", args=[one.uid]), due=local(one.referred_at).date() + ANSWER_WITHIN,
            is_overdue=clock.today() > local(one.referred_at).date() + ANSWER_WITHIN,
        )
        for one in rows
    ]  # fmt: skip


@fill("home.waiting", order=1, where=lambda person, _programme: queries.emergencies_told(person))
def emergencies_in_own_cases(person: Person, programme: Programme | None) -> list[Waiting]:
    """Somebody broke the glass for a case of one's own, within the last week."""
    rows = queries.emergencies_told(person).filter(case__programme=programme) if programme else ()
    return [
        Waiting(
            title=_("Sealed notes were opened in an emergency"), why=_("Somebody else read what you keep for %(number)s.") % {"number": one.case.number},
            act=_("See who and why"), url=reverse("cases:openings", args=[one.case.uid]),
        )
        for one in rows
    ]  # fmt: skip


@fill("erasure.persons")
def persons_accompanied(person: Person) -> Any:
    """Whoever accompanies somebody may ask for them to be erased."""
    return queries.cases_visible_to(person).values("person_id")


@fill("search", order=5)
def search(person: Person, programme: Programme | None, words: str) -> list[dict[str, Any]]:
    """People whom one accompanies, by name or number."""
    if programme is None or not access.may_list_cases(person, programme):
        return []
    runs = queries.cases_listed(person, programme, words=words)
    rows = queries.case_rows(person, list(runs[0].ordered()[:8]))
    return [{"kind": _("People"), "title": str(row.name), "line": row.case.number, "url": reverse("cases:case_detail", args=[row.case.uid])} for row in rows]


@fill("erasure.parts", order=55)
def parts_of_cases(person: Person) -> list[Part]:
    """What was written about somebody on the way into work."""
    return [
        Part(_("Strengths, wishes, languages, needs and steps, the star, what was asked of other organisations; sealed notes with the key that opens them, so that copies in backups can never be read.")),
        Part(_("The day on which a number began and ended in the programme, and the kind of reason."), "stays"),
    ]
