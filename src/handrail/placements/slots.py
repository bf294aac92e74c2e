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
from handrail.mentoring.rules import Language
from handrail.people.models import Person
from handrail.people.rules import Part
from handrail.people.rules.consents import Recipient
from handrail.placements import access, queries
from handrail.placements.models import Round, WorkStatus
from handrail.placements.queries import days, matching, week
from handrail.placements.rules import exit_due
from handrail.placements.rules.week import MOST_TRIES, week_languages
from handrail.programmes.models import Programme


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """Companies, for those who find them; matching, for those who coordinate; the funnel, for those who answer for it."""
    found = []
    if programme is not None and access.may_list_companies(person, programme):
        found.append(_station(54, _("Companies"), "placements:company_list", programme))
    if programme is not None and access.may_match(person, programme):
        found.append(_station(57, _("Matching"), "placements:round_list", programme))
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


@fill("home.waiting", order=13, where=lambda person, _programme: (days.disputed_days(person), queries.running_of(person)))
def days_disputed(person: Person, programme: Programme | None) -> list[Waiting]:
    """Days of which two sides say different things, or that came twice."""
    if programme is None:
        return []
    return [
        Waiting(title=_settle(name, many), why=_("The person and the company do not say the same."), act=_("Settle it"), url=reverse("placements:day_list", args=[one.uid]), due=clock.today())
        for one, name, many in days.days_to_settle(person, programme)
    ]


def _settle(name: str, many: int) -> Any:
    return plural("%(name)s: one day is told in two ways", "%(name)s: %(n)s days are told in two ways", many) % {"name": name, "n": number(many)}


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
            title=_("What does %(number)s do since leaving?") % {"number": one.case.number}, why=_asked(one), act=_("Note it"),
            url=reverse("placements:status_note", args=[one.case.uid, one.clock]), due=exit_due(one.day), is_overdue=clock.today() > exit_due(one.day),
        )
        for one in queries.exits_unasked(person, programme)
    ]  # fmt: skip
    return found


def _asked(one: queries.Left) -> Any:
    """Which of the own clocks has struck, and the day that is asked about."""
    return _("%(label)s: %(day)s.") % {"label": str(WorkStatus.Clock(one.clock).label).capitalize(), "day": date_medium(one.day)}


@fill("case.task")
def placement_to_steer(person: Person, case: Case) -> bool:
    """A placement is being prepared, or its last day has come: whoever coordinates the case has a part in that."""
    return any(one.state == "prepared" or (one.state == "running" and one.ends_on <= clock.today()) for one in queries.placements_of(case))


@fill("case.panels")
def work_panel(viewer: Person, case: Case) -> list[Panel]:
    """A person's placements, and what is known of work afterwards."""
    placements = queries.placements_of(case)
    context = {
        "case": case, "placements": placements, "may_place": access.may_place(viewer, case, placements),
        "clocks": queries.clocks_of(case), "may_note": access.may_note_status(viewer, case),
    }  # fmt: skip
    return [Panel(20, "placements/_work_panel.html", context)]


@fill("home.waiting", order=13, where=lambda person, _programme: matching.rounds_visible_to(person).filter(state=Round.State.PROPOSED, way=""))
def rounds_without_way(person: Person, programme: Programme | None) -> list[Waiting]:
    """Proposals that nobody sees before a way is chosen."""
    rows = matching.rounds_listed(person, programme).filter(state=Round.State.PROPOSED, way="")[:5] if programme else ()
    return [
        Waiting(
            title=_("Proposals for %(name)s are ready") % {"name": one.organisation.name}, why=_("Choose which way is used; caseworkers see them then."), act=_("Open"),
            url=reverse("placements:round", args=[one.uid]),
        )
        for one in rows if matching.is_latest(one)
    ]  # fmt: skip


@fill("case.panels")
def matching_panel(viewer: Person, case: Case) -> list[Panel]:
    """What a person wishes for, and what is proposed."""
    context = {"case": case, "may_say": access.may_say_wishes(viewer, case), **matching.panel_of(case)}
    return [Panel(19, "placements/_matching_panel.html", context)]


@fill("consent.recipients")
def companies_in_proposals(case: Case) -> list[Recipient]:
    """All companies of the programme at once, for proposals without a name; and the mentors of the organisation."""
    return [
        Recipient("company", case.programme.uid, str(_("All companies, in proposals without a name"))),
        Recipient("organisation", case.organisation.uid, str(_("The mentors of %(name)s, in proposals") % {"name": case.organisation.name})),
    ]


@fill("case.panels")
def own_panel(viewer: Person, case: Case) -> list[Panel]:
    """The card with the way to a person's own days, and what everybody said of those days."""
    own = week.own_page_of(case)
    context = {
        "case": case, "own": own, "works": week.works(own), "is_shut": own is not None and own.tries >= MOST_TRIES, "may": access.may_make_own_page(viewer, case),
        "placement": week.placement_of_case(case),
    }  # fmt: skip
    return [Panel(22, "placements/_own_panel.html", context, column="side")]


@fill("link.texts")
def texts_of_own_page() -> dict[str, Language]:
    """The texts of a person's own page, for whoever has them read through."""
    return week_languages()


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
        DayItem("today", _settle(name, many), _("The person and the company do not say the same."), reverse("placements:day_list", args=[one.uid]), today)
        for one, name, many in days.days_to_settle(person, programme)
    ]
    found += [
        DayItem(
            "clock", _("What does %(number)s do since leaving?") % {"number": one.case.number}, _asked(one),
            reverse("placements:status_note", args=[one.case.uid, one.clock]), exit_due(one.day),
        )
        for one in queries.exits_unasked(person, programme)
    ]  # fmt: skip
    return found


@fill("home.panels")
def funnel_panel(person: Person, programme: Programme | None) -> list[Panel]:
    """The funnel at home, for those who may see it."""
    if programme is None or not access.may_see_funnel(person, programme) or not queries.has_funnel(programme):
        return []
    steps = queries.funnel_of(programme, clock.today())
    return [Panel(30, "placements/_funnel_panel.html", {"programme": programme, "steps": steps, "top": queries.longest(steps)})]


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
        Part(_("What was agreed for somebody at a company, what was said in follow-up talks and by link, and their own page.")),
        Part(_("Wishes, every no, the sentences of proposals and why somebody decided.")),
        Part(_("Points and places of proposals, and who opened them, under the participation number."), "stays"),
        Part(_("Days, hours and results of placements under the participation number, and being in work at the clocks' days."), "stays"),
    ]
