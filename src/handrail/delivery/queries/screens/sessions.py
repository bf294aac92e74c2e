"""Lists of sessions, with when, where, with whom and how full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from handrail.delivery.models import Attendance, Seat, Session
from handrail.delivery.rules import local_day
from handrail.kit import clock
from handrail.kit.text import _, plural, time_short
from handrail.people.models import Person
from handrail.people.queries import Names, names_visible_to

ZONE = ZoneInfo(settings.TIME_ZONE)
SEAT_TAGS = {
    Seat.State.ACCEPTED: "ok", Seat.State.INVITED: "wait", Seat.State.WAITING: "wait", Seat.State.ASKED: "wait",
    Seat.State.DECLINED: "plain", Seat.State.REFUSED: "plain", Seat.State.WITHDRAWN: "plain",
}  # fmt: skip
SESSION_TAGS = {"candidate": "plain", "planned": "plain", "held": "ok", "cancelled": "alarm"}


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.filter(session=OuterRef("pk")).order_by().values("session").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def counted(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Sessions with how many seats are taken, how many wait, and how many were present."""
    return sessions.annotate(
        taken=_number_of(Seat.objects.filter(state__in=Seat.HOLDING)),
        waiting=_number_of(Seat.objects.filter(state=Seat.State.WAITING)),
        present=_number_of(Attendance.objects.filter(replaced_by=None, minutes__gt=0)),
    )


def filtered(sessions: QuerySet[Session], chosen: dict[str, Any]) -> QuerySet[Session]:
    """The sessions that the list's filters ask for; coming ones the next first, past ones the latest first."""
    now = clock.now()
    rows = sessions
    if chosen.get("organisation"):
        rows = rows.filter(organisation=chosen["organisation"])
    if chosen.get("module"):
        rows = rows.filter(module=chosen["module"])
    if chosen.get("form"):
        rows = rows.filter(module__form=chosen["form"])
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    else:
        rows = rows.exclude(state=Session.State.CANDIDATE)
    if chosen.get("when") == "past":
        return rows.filter(ends_at__lte=now).order_by("-starts_at", "-id")
    return rows.filter(ends_at__gt=now).order_by("starts_at", "id")


@dataclass(frozen=True)
class SessionRow:
    """One row of a list of sessions."""

    session: Session
    date: date
    text: str
    tag_text: str
    tag_kind: str
    tag_icon: str = ""


def time_span(session: Session) -> str:
    """08.30–10.15."""
    return f"{time_short(session.starts_at)}–{time_short(session.ends_at)}"


def when_of(session: Session) -> str:
    """08.30–10.15; before it the year where that is not this one's, for a row's date names only day and month."""
    year = local_day(session.starts_at, ZONE).year
    return time_span(session) if year == clock.today().year else f"{year}, {time_span(session)}"


def where_of(session: Session) -> str:
    """The room and the municipality, or online."""
    parts = [str(session.place) if session.place else "", str(session.organisation) if session.organisation else ""]
    return ", ".join(part for part in parts if part) or str(_("Online"))


def session_rows(sessions: Iterable[Session], trainers: Names | None = None, own: Mapping[int, Seat] | None = None) -> list[SessionRow]:
    """Rows of a list: when, where, with whom, and how full; where the reader has a seat (`own`), how that stands instead."""
    return [_row(one, trainers, (own or {}).get(one.pk)) for one in sessions]


def next_of(rows: Iterable[SessionRow]) -> dict[str, Any]:
    """The next session that is not cancelled, and how many of those listed are."""
    held = [row for row in rows if row.session.state != Session.State.CANCELLED]
    return {"next_row": held[0] if held else None, "cancelled": len(list(rows)) - len(held)}


def _row(session: Any, trainers: Names | None, own: Seat | None) -> SessionRow:
    who = trainers[session.trainer_id].text if trainers and session.trainer_id else ""
    text = ". ".join(part for part in (f"{when_of(session)}, {where_of(session)}", who) if part)
    icon = ""
    if own is not None:
        tag, kind = str(own.get_state_display()), SEAT_TAGS[Seat.State(own.state)]
    elif session.state == Session.State.PLANNED and session.ends_at <= clock.now():
        tag, kind = str(_("No attendance yet")), "alarm"
    elif session.state == Session.State.PLANNED:
        tag, kind, icon = _filled(session)
    elif session.state == Session.State.HELD:
        tag, kind = str(_("%(present)d were there") % {"present": session.present}), "plain"
    else:
        tag, kind = str(session.get_state_display()), SESSION_TAGS[session.state]
    return SessionRow(session, local_day(session.starts_at, ZONE), text, tag, kind, icon)


def _filled(session: Any) -> tuple[str, str, str]:
    """How full a planned session is, in words: too few, full, or neither."""
    words = {"taken": session.taken, "maximum": session.maximum, "waiting": session.waiting, "minimum": session.minimum}
    if session.waiting:
        return str(plural("Full, %(waiting)d waits", "Full, %(waiting)d wait", session.waiting) % words), "wait", "clock"
    if session.taken < session.minimum:
        return str(_("%(taken)d of at least %(minimum)d") % words), "wait", "alert"
    if session.taken >= session.maximum:
        return str(_("Full, %(taken)d of %(maximum)d") % words), "plain", ""
    return str(_("%(taken)d of %(maximum)d") % words), "ok", ""


def trainer_names(viewer: Person, sessions: Iterable[Session]) -> Names:
    """Trainers are named to everybody who may see the session: they stand there in their work."""
    ids = {one.trainer_id for one in sessions if one.trainer_id}
    return names_visible_to(viewer, ids, also=ids)


def trainers_text(viewer: Person, session: Session) -> str:
    """The trainers of a session, by name."""
    ids = [session.trainer_id, *session.co_trainers.values_list("person_id", flat=True)]
    known = [pk for pk in ids if pk]
    names = names_visible_to(viewer, known, also=known)
    return ", ".join(names[pk].text for pk in known)


def siblings_of(viewer: Person, session: Session) -> list[SessionRow]:
    """The other times at which the same session is held."""
    first = session.repeats_id or session.pk
    rows = counted(Session.objects.filter(repeats=first) | Session.objects.filter(pk=first)).exclude(pk=session.pk)
    visible = rows.exclude(state=Session.State.CANDIDATE).select_related("place", "organisation").order_by("starts_at")
    return session_rows(visible, None)
