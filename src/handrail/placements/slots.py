"""What placements show on lower screens: stations, what is due, a person's work on their page, and what erasure takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from handrail.cases.models import Case
from handrail.cases.queries import own_cases
from handrail.cases.rules import DayItem
from handrail.kit import clock
from handrail.kit.slots import Panel, Station, Waiting, fill
from handrail.kit.text import _, date_medium, number, plural
from handrail.people.models import Person
from handrail.people.rules import Part
from handrail.people.rules.consents import Recipient
from handrail.placements import access, queries
from handrail.placements.models import WorkStatus
from handrail.placements.rules import exit_due
from handrail.programmes.models import Programme


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """Companies, for those who find them; the funnel, for those who answer for it."""
    found = []
    if programme is not None and access.may_list_companies(person, programme):
        found.append(_station(54, _("Companies"), "placements:company_list", programme))
    if programme is not None and access.may_see_funnel(person, programme) and queries.has_funnel(programme):
        found.append(_station(58, _("Way to work"), "placements:funnel", programme))
    return found


def _station(order: int, label: Any, name: str, programme: Programme) -> Station:
    url = reverse(name, args=[programme.uid])
    return Station(order, label, url, url)


@fill("home.waiting", order=12, where=lambda person, _programme: queries.follow_ups_open(person))
def follow_ups(person: Person, programme: Programme | None) -> list[Waiting]:
    """Follow-up talks due within a week."""
    if programme is None:
        return []
    today = clock.today()
    return [
        Waiting(
            title=_("Talk with %(name)s and %(company)s") % {"name": name, "company": one.placement.position.company.name},
            why=_("Follow-up in week %(week)d of the placement.") % {"week": one.week}, act=_("Write it down"),
            url=reverse("placements:follow_up", args=[one.uid]), due=one.due_on, is_overdue=one.due_on < today,
        )
        for one, name in queries.follow_ups_due(person, programme, until=today + timedelta(days=7))
    ]  # fmt: skip


@fill("home.waiting", order=12, where=lambda person, _programme: queries.running_of(person))
def placements_over(person: Person, programme: Programme | None) -> list[Waiting]:
    """Placements whose agreed time is over and that nobody has completed, extended or stopped."""
    if programme is None:
        return []
    return [
        Waiting(
            title=_("%(name)s has been at %(company)s for the whole agreed time") % {"name": name, "company": one.position.company.name},
            why=_("Complete it, or let it go on."), act=_("Open"), url=reverse("placements:placement_detail", args=[one.uid]), due=one.ends_on,
            is_overdue=one.ends_on < clock.today(),
        )
        for one, name in queries.placements_ending(person, programme)
    ]  # fmt: skip


@fill("home.waiting", order=14, where=lambda person, _programme: own_cases(person))
def clocks_struck(person: Person, programme: Programme | None) -> list[Waiting]:
    """What people do when the programme's clocks strike, also long after it is over; and what they do who have left."""
    if programme is None:
        return []
    found = [
        Waiting(
            title=plural("What does one person do now?", "What do %(n)s people do now?", waiting) % {"n": number(waiting)},
            why=_("%(label)s, %(day)s: ask each, and note the evidence.") % {"label": str(WorkStatus.Clock(name).label).capitalize(), "day": date_medium(day)},
            act=_("Open the list"), url=reverse("placements:funnel_people", args=[programme.uid, f"unasked_{name}"]), due=day + timedelta(weeks=4), is_overdue=clock.today() > day + timedelta(weeks=4),
        )
        for name, day, waiting in queries.clocks_struck(person, programme)
    ]  # fmt: skip
    found += [
        Waiting(
            title=_("What does %(number)s do since leaving?") % {"number": case.number}, why=_("Asked within four weeks of the last day."), act=_("Note it"),
            url=reverse("placements:status_note", args=[case.uid, "exit"]), due=exit_due(left), is_overdue=clock.today() > exit_due(left),
        )
        for case, left in queries.exits_unasked(person, programme)
    ]  # fmt: skip
    return found


@fill("case.panels")
def work_panel(viewer: Person, case: Case) -> list[Panel]:
    """A person's placements, and what is known of work afterwards."""
    placements = list(queries.placements_of(case))
    context = {
        "case": case, "placements": placements, "may_place": access.may_place(viewer, case, placements),
        "clocks": queries.clocks_of(case), "may_note": access.may_note_status(viewer, case),
    }  # fmt: skip
    return [Panel(20, "placements/_work_panel.html", context)]


@fill("consent.recipients")
def companies_to_tell(case: Case) -> list[Recipient]:
    """Companies that something may be told to: where the person is or was, and those that offer something."""
    return [Recipient("company", one.uid, one.name) for one in queries.companies_to_tell(case)]


@fill("cases.day")
def day_of_placements(person: Person, programme: Programme) -> list[DayItem]:
    """Follow-ups, placements whose agreed time is over, and clocks that run, on the caseworker's one page."""
    today = clock.today()
    found = [
        DayItem(
            "late" if one.due_on < today else "today" if one.due_on == today else "soon",
            _("Talk with %(name)s and %(company)s") % {"name": name, "company": one.placement.position.company.name},
            _("Follow-up in week %(week)d of the placement.") % {"week": one.week}, reverse("placements:follow_up", args=[one.uid]), one.due_on,
        )
        for one, name in queries.follow_ups_due(person, programme, until=today + timedelta(days=7))
    ]  # fmt: skip
    found += [
        DayItem(
            "late", _("%(name)s has been at %(company)s for the whole agreed time") % {"name": name, "company": one.position.company.name},
            _("Complete it, or let it go on."), reverse("placements:placement_detail", args=[one.uid]), one.ends_on,
        )
        for one, name in queries.placements_ending(person, programme)
    ]  # fmt: skip
    found += [
        DayItem(
            "clock", _("What does %(number)s do since leaving?") % {"number": case.number}, _("Asked within four weeks of the last day."),
            reverse("placements:status_note", args=[case.uid, "exit"]), exit_due(left),
        )
        for case, left in queries.exits_unasked(person, programme)
    ]  # fmt: skip
    return found


@fill("home.panels")
def funnel_panel(person: Person, programme: Programme | None) -> list[Panel]:
    """The funnel at home, for those who may see it."""
    if programme is None or not access.may_see_funnel(person, programme) or not queries.has_funnel(programme):
        return []
    steps = queries.funnel_of(programme, clock.today())
    top = max([one.target or 0 for one in steps] + [one.people for one in steps] + [1])
    return [Panel(30, "placements/_funnel_panel.html", {"programme": programme, "steps": steps, "top": top})]


@fill("search", order=40)
def search(person: Person, programme: Programme | None, words: str) -> list[dict[str, Any]]:
    """Companies by name or number."""
    if programme is None or not access.may_list_companies(person, programme):
        return []
    rows = queries.companies_listed(person, programme, words=words)[0].ordered()[:8]
    return [{"kind": _("Companies"), "title": one.name, "line": one.region, "url": reverse("placements:company_detail", args=[one.uid])} for one in rows]


@fill("erasure.parts", order=56)
def parts_of_placements(person: Person) -> list[Part]:
    """What was written about placements."""
    return [
        Part(_("What was agreed for somebody at a company, and what was said in follow-up talks.")),
        Part(_("Days, hours and results of placements under the participation number, and being in work at the clocks' days."), "stays"),
    ]
