"""What mentoring shows on lower screens: who asks for somebody, stations, a part of a person's page, what erasure takes."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from handrail.cases.models import Case
from handrail.kit import clock
from handrail.kit.slots import Panel, Station, Waiting, fill
from handrail.kit.text import _, local, time_short
from handrail.mentoring import access, queries
from handrail.people.models import Person
from handrail.people.rules import Part
from handrail.programmes.models import Programme


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """My people, for mentors; mentors, for placement coordinators."""
    found = []
    if programme is not None and access.may_see_own_people(person, programme):
        mine = reverse("mentoring:my_people", args=[programme.uid])
        found.append(Station(50, _("My people"), mine, mine))
    if programme is not None and access.may_list_mentors(person, programme):
        url = reverse("mentoring:mentor_list", args=[programme.uid])
        found.append(Station(53, _("Mentors"), url, url))
    return found


@fill("home.waiting", order=1, where=lambda person, _programme: queries.calls_visible_to(person))
def calls(person: Person, programme: Programme | None) -> list[Waiting]:
    """Somebody asks for you: before everything else."""
    if programme is None:
        return []
    found = []
    for call in queries.calls_waiting_for(person, programme):
        url = reverse("mentoring:call_detail", args=[call.uid])
        day, late = local(call.asked_at).date(), call.next_at is None or call.next_at <= clock.now()
        if call.answered_by_id == person.pk:
            found.append(Waiting(title=_("You ring somebody"), why=_("Say when you have reached each other."), act=_("Say so"), url=url, due=day, is_overdue=late))
        else:
            why = _("Since %(time)s") % {"time": time_short(call.asked_at)}
            found.append(Waiting(
                title=_("Somebody asks for you"), why=why, act=_("I ring now"), url=url, due=day, is_overdue=late, is_post=True, fields=(("act", "ring"),)
            ))  # fmt: skip
    return found


@fill("home.panels")
def my_people(person: Person, programme: Programme | None) -> list[Panel]:
    """A mentor's people at home: when one speaks next, and whom one has not heard for long."""
    if programme is None or not access.may_see_own_people(person, programme):
        return []
    people = queries.mentees_of(person, programme)
    return [Panel(20, "mentoring/_home_panel.html", {"programme": programme, "people": people})] if people else []


@fill("case.panels")
def mentor_panel(viewer: Person, case: Case) -> list[Panel]:
    """Mentor, back-up, the last contact, the card and the calls."""
    lifeline = queries.lifeline_of(case)
    context: dict[str, Any] = {
        "case": case, "it": queries.case_panel(case), "works": queries.works(lifeline), "made_at": lifeline.made_at if lifeline else None,
        "calls": queries.calls_of_case(case), "may": access.may_match_mentor(viewer, case),
    }  # fmt: skip
    return [Panel(20, "mentoring/_case_panel.html", context, column="side")]


@fill("case.task")
def open_call(person: Person, case: Case) -> bool:
    """Somebody asked, and this one was told."""
    return queries.calls_visible_to(person).filter(lifeline__case=case).exists()


@fill("erasure.parts", order=54)
def parts_of_mentoring(person: Person) -> list[Part]:
    """What was between a mentor and somebody."""
    return [
        Part(_("Who the mentor was to be reached by and how, the mentor's own notes, the card and its link.")),
        Part(_("Days and minutes of contact, and when somebody asked: without words, under the number."), "stays"),
    ]
