"""What a participant sees: own sessions, one own seat."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from handrail.delivery.models import Attendance, Seat, Session
from handrail.delivery.queries.calendar import has_feed
from handrail.delivery.queries.screens.labels import why_of
from handrail.delivery.queries.screens.sessions import SEAT_TAGS, ZONE, time_span, trainer_names, when_of, where_of
from handrail.delivery.rules import local_day
from handrail.kit import clock
from handrail.kit.text import _, date_long, date_medium, minutes
from handrail.people.models import Person
from handrail.programmes.models import Programme

S = Seat.State


def own_seats(person: Person, programme: Programme | None = None) -> QuerySet[Seat]:
    """A person's own seats, with their sessions."""
    rows = Seat.objects.filter(person=person).exclude(session__state=Session.State.CANDIDATE)
    if programme is not None:
        rows = rows.filter(session__programme=programme)
    return rows.select_related("session__module", "session__programme", "session__place", "session__organisation", "organisation", "unit").order_by("session__starts_at", "id")


def my_sessions(person: Person) -> dict[str, Any]:
    """All sessions of a person: to answer, to come, that were."""
    seats = list(own_seats(person).exclude(state__in=[S.WITHDRAWN]))
    there = {row.session_id: row for row in Attendance.objects.filter(person=person, replaced_by=None)}
    whys, now = why_of(seats, viewer=person), clock.now()
    rows: list[dict[str, Any]] = [
        {
            "seat": seat, "why": whys[seat.pk].text, "date": local_day(seat.session.starts_at, ZONE), "text": f"{when_of(seat.session)}, {where_of(seat.session)}",
            "tag_text": str(seat.get_state_display()), "tag_kind": SEAT_TAGS[S(seat.state)], "attendance": there.get(seat.session_id),
        }
        for seat in seats
    ]  # fmt: skip
    coming = [row for row in rows if row["seat"].session.ends_at > now and row["seat"].session.state == Session.State.PLANNED]
    return {
        "to_answer": [row for row in coming if row["seat"].state == S.INVITED],
        "coming": [row for row in coming if row["seat"].state in (S.ACCEPTED, S.WAITING, S.ASKED)],
        "past": [row for row in reversed(rows) if row not in coming and (row["attendance"] or row["seat"].session.state == Session.State.HELD)],
        "total": sum(row.minutes for row in there.values()), "has_feed": has_feed(person),
    }  # fmt: skip


def own_seat(seat: Seat) -> dict[str, Any]:
    """One seat for its own person: when, where, why, what can be done now."""
    person, session, now = seat.person, seat.session, clock.now()
    row = Attendance.objects.filter(person=person, session=session, replaced_by=None).first()
    is_open = session.state == Session.State.PLANNED and session.ends_at > now
    names = trainer_names(person, [session])
    return {
        "seat": seat, "session": session, "why": why_of([seat], viewer=person)[seat.pk], "attendance": row, "span": time_span(session), "where": where_of(session),
        "trainer": names[session.trainer_id].text if session.trainer_id else "", "given_name": person.identity.given_name,
        "state_text": str(seat.get_state_display()), "state_kind": SEAT_TAGS[S(seat.state)],
        "may_accept": is_open and seat.state in (S.INVITED, S.DECLINED), "may_decline": is_open and seat.state in (S.INVITED, S.ACCEPTED, S.WAITING, S.ASKED),
        "may_check_in": is_open and row is None and local_day(session.starts_at, ZONE) == clock.today() and seat.state not in (S.WITHDRAWN, S.REFUSED),
        "reason": _reason(seat),
        "steps": path_of(person, session),
    }  # fmt: skip


def _reason(seat: Seat) -> str:
    """Why a seat was refused or taken back."""
    last = seat.steps.last() if seat.state in (S.REFUSED, S.WITHDRAWN) else None
    return last.reason if last else ""


def path_of(person: Person, session: Session) -> list[dict[str, Any]]:
    """The sessions of the same programme that a person was at, is at and goes to, as knots on a thread."""
    there = {row.session_id: row for row in Attendance.objects.filter(person=person, replaced_by=None, minutes__gt=0)}
    found = []
    for seat in own_seats(person, session.programme):
        row, one = there.get(seat.session_id), seat.session
        if one.pk == session.pk:
            found.append({"title": str(one), "text": str(_("this session")), "state": "here"})
        elif row is not None:
            found.append({"title": str(one), "text": f"{date_medium(one.starts_at)}, {minutes(row.minutes)}", "state": "behind"})
        elif one.starts_at > session.starts_at and seat.state in Seat.HOLDING and one.state == Session.State.PLANNED:
            found.append({"title": str(one), "text": date_long(one.starts_at), "state": "ahead"})
    return found if len(found) > 1 else []


def attended_panel(person: Person, programme: Programme) -> dict[str, Any]:
    """A person's sessions for their page: those that were with minutes, those to come."""
    seats = list(own_seats(person, programme).filter(state__in=Seat.HOLDING).exclude(session__state=Session.State.CANCELLED))
    there = dict(Attendance.objects.filter(person=person, session__programme=programme, replaced_by=None).values_list("session_id", "minutes"))
    rows = [
        {"session": seat.session, "date": local_day(seat.session.starts_at, ZONE), "minutes": there.get(seat.session_id), "is_past": seat.session.ends_at <= clock.now()}
        for seat in reversed(seats)
    ]
    return {"rows": rows, "total": sum(there.values()), "held": sum(1 for value in there.values() if value)}
