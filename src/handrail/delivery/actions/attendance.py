"""Attendance in whole minutes: recorded, corrected with the old line kept, taken from lists exactly once, checked in by code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from handrail.delivery import events, queries, rules
from handrail.delivery.actions.schedule import ZONE, check_has_begun, hold_session
from handrail.delivery.actions.seats import locked, move, walk_in
from handrail.delivery.models import Attendance, Seat, Session
from handrail.delivery.rules import Mark
from handrail.kit import clock
from handrail.kit.errors import Conflict, RuleBroken
from handrail.kit.events import announce_all
from handrail.kit.intake import Receipt, take_once
from handrail.kit.text import _
from handrail.people.models import Person

KEPT = (Seat.State.INVITED, Seat.State.ACCEPTED)


@dataclass(frozen=True)
class Line:
    """What is to be written for one person."""

    person: Person
    minutes: int | None
    late: int
    early: int
    reason: str
    arrived_at: datetime | None = None
    device_at: datetime | None = None


@transaction.atomic
def record_attendance(
    *, session: Session, person: Person, minutes: int | None = None, late_minutes: int = 0, left_early_minutes: int = 0,
    method: str = "list", by: Person | None, reason: str = "", arrived_at: datetime | None = None,
) -> Attendance:  # fmt: skip
    """Record the minutes a person was present; left out, they follow from late and early. A later record corrects the earlier one, which stays.

    Raises RuleBroken for minutes outside the session, a session that has not begun, and a correction without a reason.
    """
    session = locked(session)
    line = Line(person, minutes, late_minutes, left_early_minutes, reason, arrived_at)
    return write_lines(session, [line], method=method, by=by)[0]


def save_attendance_list(
    *, session: Session, marks: Sequence[Mark | Mapping[str, Any]], list_version: int | None, key: str, by: Person, device_at: datetime | None = None,
    known: Mapping[int, Attendance] | None = None,
) -> Receipt:  # fmt: skip
    """Take a whole list exactly once: the same again changes nothing, other content under the same key is set aside.

    A page names the `list_version` it shows. A phone that was without a line names none; each of its marks then says which line it has seen.
    `known` are the lines that counted a moment ago: whether they still do is asked.
    Raises Conflict when somebody saved the list meanwhile, Disputed where a line changed since it was shown and says something else; nothing is
    overwritten. Raises RuleBroken naming the person's place in the list when a line cannot be recorded; then none is.
    """
    given = [one if isinstance(one, Mark) else mark_from(one) for one in marks]
    if list_version is None and any(one.seen is None for one in given):
        raise RuleBroken(_("A line of the list could not be read. Reload the list and send it again."), field="marks")
    content = {"session": str(session.uid), "list_version": list_version, "marks": [{**vars(one), "person": str(one.person)} for one in given]}

    def perform() -> UUID:
        held = locked(session)
        if list_version is not None and held.list_version != list_version:
            raise Conflict(_("Somebody else saved this list while you had it open. Nothing of yours was lost: compare the lines marked below and save again."))
        wanted = {mark.person for mark in given}
        seats = {seat.person_id: seat for seat in held.seats.filter(person__uid__in=wanted).select_related("person")}
        people = {seat.person.uid: seat.person for seat in seats.values()}
        if seatless := wanted - set(people):
            people |= {one.uid: one for one in Person.objects.filter(uid__in=seatless)}
        unknown = [str(place) for place, mark in enumerate(given, 1) if mark.person not in people]
        if unknown:
            raise RuleBroken(_("Line %(lines)s names nobody we know. Reload the list.") % {"lines": ", ".join(unknown)}, field="marks")
        # Whoever was erased since the list was opened keeps the minutes they have; everybody else's must not wait for that.
        marks = [mark for mark in given if people[mark.person].erased_at is None]
        latest = queries.latest_of(held, known)
        stands = {uid: stands_of(latest[person.pk]) for uid, person in people.items() if person.pk in latest}
        if disputed := rules.disputed_marks(marks, stands, planned=held.planned_minutes):
            raise rules.Disputed(
                _("Somebody checked in or was corrected while you had the list open. Compare the lines marked below and save again."),
                persons=[mark.person for mark in disputed],
            )
        lines = [Line(people[mark.person], mark.minutes, mark.late_minutes, mark.left_early_minutes, mark.reason, None, device_at) for mark in marks]
        write_lines(held, lines, method=Attendance.Method.LIST, by=by, latest=latest, seats=seats)
        Session.objects.filter(pk=held.pk).update(list_version=F("list_version") + 1)
        if held.state != Session.State.HELD and clock.now() >= held.starts_at:
            hold_session(session=held, by=by)
        return held.uid

    return take_once(key=key, scope="attendance", content=content, perform=perform, programme=session.programme.uid, result=session.uid)


@transaction.atomic
def save_marks(*, session: Session, marks: Sequence[Mark], method: str, by: Person) -> int:
    """Record many lines of a file or a signed sheet at once, or none; answers how many were new or corrected."""
    session = locked(session)
    people = {one.uid: one for one in Person.objects.filter(uid__in=[mark.person for mark in marks])}
    lines = [Line(people[mark.person], mark.minutes, mark.late_minutes, mark.left_early_minutes, mark.reason) for mark in marks]
    before = session.attendances.count()
    write_lines(session, lines, method=method, by=by)
    Session.objects.filter(pk=session.pk).update(list_version=F("list_version") + 1)
    if session.state != Session.State.HELD and clock.now() >= session.starts_at:
        hold_session(session=session, by=by)
    return session.attendances.count() - before


@transaction.atomic
def check_in(*, session: Session, code: str, person: Person, by: Person | None, arrived_at: datetime | None = None) -> Attendance:
    """A person checks in with the code on the wall; when they came decides how late they were. A second time changes nothing.

    `arrived_at` is when the code was read, if that was a moment ago (before signing in). Raises RuleBroken for a wrong or old code.
    """
    session = locked(session)
    moment = arrived_at or clock.now()
    if not rules.code_is_right(code, secret=session.check_in_secret, session=session.uid, moment=moment):
        raise RuleBroken(_("That code is not the one shown now. Look at the screen and type the new one."), field="code")
    check_has_begun(session)
    if moment < session.starts_at - rules.DOORS_OPEN:
        raise RuleBroken(_("It is too early to check in. It opens an hour before the start."), field="code")
    if moment >= session.ends_at:
        raise RuleBroken(_("The session has ended. Ask the trainer to put you on the list."), field="code")
    if there := queries.latest_of(session).get(person.pk):
        return there
    late = rules.late_minutes(starts_at=session.starts_at, arrived_at=moment, grace=session.grace_minutes)
    line = Line(person, None, min(late, session.planned_minutes), 0, "", moment)
    return write_lines(session, [line], method=Attendance.Method.QR, by=by)[0]


def mark_from(given: Mapping[str, Any]) -> Mark:
    """A line of a list as it came over the wire. Raises RuleBroken when it is none."""
    try:
        minutes = given.get("minutes")
        return Mark(
            person=given["person"] if isinstance(given["person"], UUID) else UUID(str(given["person"])),
            minutes=None if minutes is None else _whole(minutes), late_minutes=_whole(given.get("late_minutes", 0)),
            left_early_minutes=_whole(given.get("left_early_minutes", 0)), reason=str(given.get("reason", ""))[:300],
            seen=None if given.get("seen") is None else str(given["seen"]),
        )  # fmt: skip
    except (KeyError, ValueError, TypeError, AttributeError):
        raise RuleBroken(_("A line of the list could not be read. Reload the list and send it again."), field="marks") from None


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("not a whole number")
    return value


def stands_of(row: Attendance) -> rules.Stands:
    """A stored line, as rules compare it."""
    return rules.Stands(str(row.uid), rules.Present(row.minutes, row.late_minutes, row.left_early_minutes))


def write_lines(
    session: Session, lines: Sequence[Line], *, method: str, by: Person | None, latest: dict[int, Attendance] | None = None,
    seats: Mapping[int, Seat] | None = None,
) -> list[Attendance]:  # fmt: skip
    """Write lines for a locked session; lines that say the same as what counts already are left as they are.

    `latest` and `seats` are the lines that count and these people's seats, where they were asked since the session is locked.
    """
    check_has_begun(session)
    latest = queries.latest_of(session) if latest is None else latest
    _seat(session, [line.person for line in lines if line.minutes != 0], by, seats)
    kept: list[Attendance] = []
    new: list[Attendance] = []
    for place, line in enumerate(lines, 1):
        found = _present(session, line, place if len(lines) > 1 else 0)
        before = latest.get(line.person.pk)
        if before and (before.minutes, before.late_minutes, before.left_early_minutes) == (found.minutes, found.late_minutes, found.left_early_minutes):
            kept.append(before)
            continue
        if line.person.erased_at is not None:
            raise RuleBroken(_named(_("This person has been erased: their minutes stay as they are."), place, lines), field="minutes")
        if before and not line.reason.strip():
            raise RuleBroken(_named(_("Say why the minutes are corrected. The old line stays and shows your reason."), place, lines), field="reason")
        if before and before.pk is None:  # somebody stands on the list twice: the first line must be there before the second replaces it
            _store(session, new, by)
            new = []
        row = Attendance(
            session=session, person=line.person, minutes=found.minutes, late_minutes=found.late_minutes,
            left_early_minutes=found.left_early_minutes, method=method, arrived_at=line.arrived_at, device_at=line.device_at, recorded_by=by,
            recorded_at=clock.now(), reason=line.reason.strip()[:300], replaces=before,
        )  # fmt: skip
        new.append(row)
        latest[line.person.pk] = row
        kept.append(row)
    _store(session, new, by)
    return kept


def _store(session: Session, rows: Sequence[Attendance], by: Person | None) -> None:
    """New lines, each with its own event."""
    Attendance.objects.bulk_create(rows, batch_size=500)
    month = rules.month_of(session.starts_at, ZONE)
    announce_all([events.AttendanceRecorded(row.uid, session.uid, row.person.uid, month, row.replaces.uid if row.replaces else None) for row in rows], by=by)


def _present(session: Session, line: Line, place: int) -> rules.Present:
    try:
        return rules.check_present(planned=session.planned_minutes, minutes=line.minutes, late=line.late, early=line.early)
    except RuleBroken as broken:
        if place:
            raise RuleBroken(_("Line %(place)d: %(what)s") % {"place": place, "what": broken.message}, field=broken.field) from None
        raise


def _named(text: Any, place: int, lines: Sequence[Line]) -> Any:
    return _("Line %(place)d: %(what)s") % {"place": place, "what": text} if len(lines) > 1 else text


def _seat(session: Session, persons: Iterable[Person], by: Person | None, known: Mapping[int, Seat] | None) -> None:
    """Whoever was there had a seat: one is made for who came without, and an unused one becomes theirs."""
    people = {person.pk: person for person in persons}
    seats = {seat.person_id: seat for seat in session.seats.filter(person_id__in=people)} if known is None else known
    if without := [person for pk, person in people.items() if pk not in seats]:
        walk_in(session, without, by)
    for pk in people:
        if pk in seats and seats[pk].state not in KEPT:
            move(seats[pk], Seat.State.ACCEPTED, by, str(_("Came")))
