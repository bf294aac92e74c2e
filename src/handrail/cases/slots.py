"""What cases show on lower screens: a station, steps that are due, people that search finds, what erasure takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from handrail.cases import access, queries
from handrail.cases.models import Case
from handrail.cases.rules import DayItem
from handrail.delivery.models import Session
from handrail.delivery.queries import has_courses
from handrail.kit import clock
from handrail.kit.slots import Panel, Station, Waiting, fill
from handrail.kit.text import _, date_long, local, plural
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
def courses_of_the_day(person: Person, programme: Programme) -> list[DayItem]:
    """Own people's courses of today and tomorrow, and who is to be told of a place."""
    return queries.courses_of_day(person, programme)


@fill("delivery.newcomers")
def newcomers(programme: Programme, person_ids: list[int]) -> list[int]:
    """Who of these is accompanied in a programme: theirs are courses of their own."""
    return queries.newcomers_of(programme, person_ids)


@fill("case.panels")
def courses(viewer: Person, case: Case) -> list[Panel]:
    """Courses and minutes, where the programme holds any."""
    if not has_courses(case.programme):
        return []
    context = queries.course_panel(viewer, case)
    context |= {"may_give": access.may_give_place(viewer, case), "may_change": access.may_change_case(viewer, case)}
    return [Panel(30, "cases/_courses_panel.html", context)]


@fill("session.panels")
def own_people(viewer: Person, session: Session) -> list[Panel]:
    """The viewer's own people in a course, and the way to give more of them a place."""
    if not session.for_newcomers or not access.may_list_cases(viewer, session.programme):
        return []
    context = {"session": session, "rows": queries.own_in_course(viewer, session), "may_give": access.may_give_places(viewer, session)}
    return [Panel(20, "cases/_course_people.html", context)]


@fill("home.waiting", order=12, where=lambda person, _programme: queries.to_tell_of(person))
def places_to_tell_of(person: Person, programme: Programme | None) -> list[Waiting]:
    """Own people whom no mail reaches, and whose place changed."""
    return [
        Waiting(
            title=_("Tell %(name)s how it stands with the course") % {"name": row.name}, why=f"{row.tag_text}. {row.session}, {date_long(row.date)}, {row.text}", act=_("Told"),
            url=reverse("cases:course_told", args=[row.seat.uid]), due=row.date, is_post=True,
        )
        for row in (queries.places_to_tell(person, programme) if programme else ())
    ]  # fmt: skip


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
        Part(_("Who must not see the case, and who looked at it.")),
        Part(_("Strengths, wishes, languages, needs and steps, the star, what was asked of other organisations; sealed notes with the key that opens them, so that copies in backups can never be read.")),
        Part(_("The day on which a number began and ended in the programme, and the kind of reason."), "stays"),
    ]
