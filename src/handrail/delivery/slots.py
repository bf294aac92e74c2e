"""What sessions show on lower screens: stations, what waits, the next sessions, a person's sessions, a module's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from handrail.curriculum.models import Module
from handrail.delivery import access
from handrail.delivery.queries import late_check_ins_visible_to, overdue_lists, screens, work
from handrail.delivery.queries.work import SessionOfLevel
from handrail.kit import clock
from handrail.kit.slots import Panel, Station, Waiting, fill
from handrail.kit.text import _, date_short, local, plural, time_short
from handrail.people.access import may_see_person
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.people.rules import Part
from handrail.programmes.models import Programme


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """Sessions for whoever steers; my sessions for trainers and participants; who is away for managers."""
    if programme is None:
        return []
    url = reverse("delivery:session_list", args=[programme.uid])
    away = reverse("delivery:sessions_away", args=[programme.uid])
    found = []
    if authority_of(person).roles(programme.uid) & {Role.COORDINATOR, Role.PROCESS_LEADER, Role.AUDITOR}:
        found.append(Station(50, _("Sessions"), url, url))
        return found
    trains, seated = work.has_part(person, programme)
    if access.may_find_courses(person, programme) and (work.has_courses(programme) or access.may_schedule(person, programme)):
        found.append(Station(55, _("Courses"), url, url))
        trains = False  # what one trains stands there too
    if access.may_see_away(person, programme):
        found.append(Station(45, _("Who is away"), away, away))
    if trains:
        found.append(Station(50, _("My sessions"), url, url))
    elif seated:
        mine = reverse("delivery:my_sessions")
        found.append(Station(50, _("My sessions"), mine, mine))
    return found


@fill("home.waiting", where=lambda person, _programme: work.untaken_by(person))
def lists_to_take(person: Person, programme: Programme | None) -> list[Waiting]:
    """A trainer's session of today, one tap from the list; and lists that are missing since."""
    if programme is None:
        return []
    found = []
    for session in work.lists_missing(person, programme):
        day, words = local(session.starts_at).date(), {"title": str(session), "day": date_short(session.starts_at), "time": time_short(session.starts_at)}
        is_today = day == clock.today()
        found.append(Waiting(
            title=_("Today %(time)s: %(title)s") % words if is_today else _("The list for %(day)s is missing") % words,
            why=f"{screens.where_of(session)}." if is_today else _("%(title)s. Without it nobody's hours count.") % words,
            act=_("Take attendance"), url=reverse("delivery:attendance_list", args=[session.uid]), due=day, is_overdue=day < clock.today(),
        ))  # fmt: skip
    return found


@fill("home.waiting", where=lambda person, programme: work.untaken_in_town(person, programme))
def lists_overdue(person: Person, programme: Programme | None) -> list[Waiting]:
    """Lists of the process leader's municipality that have been missing for more than a day, whoever was to take them."""
    if programme is None or not authority_of(person).has(Role.PROCESS_LEADER, programme=programme.uid):
        return []
    sessions, found = list(overdue_lists(person, programme)[:10]), []
    names = screens.trainer_names(person, sessions)
    for session in sessions:
        day = local(session.starts_at).date()
        found.append(Waiting(
            title=_("The list for %(day)s is missing") % {"day": date_short(session.starts_at)},
            why=_("%(title)s, %(trainer)s. Ask for it, or take it from the signed sheet.")
            % {"title": str(session), "trainer": names[session.trainer_id].text if session.trainer_id else _("no trainer")},
            act=_("Take attendance"), url=reverse("delivery:attendance_list", args=[session.uid]), due=day, is_overdue=True,
        ))  # fmt: skip
    return found


@fill("home.waiting", where=lambda _person, programme: work.late_undecided(programme))
def late_check_ins_wait(person: Person, programme: Programme | None) -> list[Waiting]:
    """People who checked in without a line and are not on the list that was saved meanwhile."""
    if programme is None:
        return []
    rows = late_check_ins_visible_to(person).filter(settled_at=None, session__programme=programme).order_by("session__starts_at", "id")
    return [
        Waiting(
            title=_("A check-in came late: %(title)s") % {"title": str(late.session)},
            why=_("The code was read %(day)s %(time)s without a connection. On the saved list the person is not there.") % {"day": date_short(late.arrived_at), "time": time_short(late.arrived_at)},
            act=_("Decide"), url=reverse("delivery:attendance_list", args=[late.session.uid]), due=local(late.session.starts_at).date(),
        )
        for late in rows[:5]
    ]  # fmt: skip


@fill("home.waiting", where=lambda person, programme: work.seats_asked(person, programme))
def seats_wait(person: Person, programme: Programme | None) -> list[Waiting]:
    """Seats that wait for a manager's yes."""
    if programme is None:
        return []
    found = work.to_approve(person, programme)
    if not found["n"]:
        return []
    return [Waiting(
        title=plural("One person needs your yes to a seat", "%(n)d people need your yes to a seat", found["n"]) % {"n": found["n"]},
        why=_("Before their session can be booked."), act=_("Answer"), url=reverse("delivery:seats_approve", args=[programme.uid]),
        due=local(found["first"]).date(),
    )]  # fmt: skip


@fill("home.waiting", where=lambda person, programme: work.seats_in_line(person, programme))
def queues_wait(person: Person, programme: Programme | None) -> list[Waiting]:
    """People of a process leader's municipality who stand in line for a coming session."""
    if programme is None or not authority_of(person).has(Role.PROCESS_LEADER, programme=programme.uid):
        return []
    return [
        Waiting(
            title=plural("One of yours stands in line", "%(n)d of yours stand in line", in_line) % {"n": in_line},
            why=_("%(title)s, %(day)s. All seats are taken.") % {"title": str(session), "day": date_short(session.starts_at)}, act=_("Distribute"),
            url=reverse("delivery:session_detail", args=[session.uid]) + "#queue", due=local(session.starts_at).date(),
        )
        for session, in_line in work.queues_of(person, programme)
    ]  # fmt: skip


@fill("home.waiting", where=lambda person, _programme: work.invited(person))
def invitations_wait(person: Person, programme: Programme | None) -> list[Waiting]:
    """Invitations that a person has not answered."""
    if programme is None:
        return []
    return [
        Waiting(
            title=_("Can you come? %(title)s") % {"title": str(seat.session)},
            why=_("%(day)s %(time)s.") % {"day": date_short(seat.session.starts_at), "time": time_short(seat.session.starts_at)},
            act=_("Answer"), url=reverse("delivery:seat_detail", args=[seat.uid]), due=local(seat.session.starts_at).date(),
        )
        for seat in work.to_answer(person, programme)
    ]  # fmt: skip


@fill("home.panels")
def next_sessions(person: Person, programme: Programme | None) -> list[Panel]:
    """The next sessions, as date blocks."""
    if programme is None:
        return []
    sessions = list(screens.counted(work.next_sessions(person, programme)))
    if not sessions:
        return []
    rows = screens.session_rows(sessions, screens.trainer_names(person, sessions), own=work.own_seats_in(person, programme, sessions))
    return [Panel(20, "delivery/_next_panel.html", {"rows": rows, "programme": programme})]


@fill("person.panels")
def person_sessions(viewer: Person, person: Person, programme: Programme | None) -> list[Panel]:
    """A person's sessions and minutes, for those who may see them."""
    if programme is None or not may_see_person(viewer, person):
        return []
    return [Panel(40, "delivery/_person_panel.html", screens.attended_panel(person, programme))]


@fill("module.panels")
def module_sessions(viewer: Person, module: Module) -> list[Panel]:
    """The sessions that hold a module."""
    sessions = list(screens.counted(work.sessions_of_module(viewer, module)))
    context = {"rows": screens.session_rows(sessions, screens.trainer_names(viewer, sessions)), "module": module,
               "may_schedule": access.may_schedule(viewer, module.programme)}  # fmt: skip
    return [Panel(50, "delivery/_module_panel.html", context)]


@fill("levels.sessions")
def sessions_of_levels(person: Person, competence_ids: Iterable[int]) -> list[SessionOfLevel]:
    """A person's own sessions that train these competences."""
    return work.sessions_training(person, competence_ids)


@fill("search")
def search(person: Person, programme: Programme | None, wanted: str) -> list[dict[str, Any]]:
    """Sessions by title."""
    if programme is None:
        return []
    return [
        {"kind": _("Sessions"), "title": str(one), "line": f"{date_short(one.starts_at)}, {screens.where_of(one)}", "url": reverse("delivery:session_detail", args=[one.uid])}
        for one in work.sessions_found(person, programme, wanted)
    ]


@fill("erasure.parts", order=50)
def parts_of_sessions(person: Person) -> list[Part]:
    """Seats and minutes."""
    return [
        Part(_("Seats in sessions to come, which go to whoever has waited longest; the unit, the reasons and every word about seats and minutes.")),
        Part(_("Attendance in minutes, by day and session, under the participation number; what a group made together."), "stays"),
    ]
