"""Lists of sessions, with when, where, with whom and how full."""

from __future__ import annotations

from collections.abc import Iterable
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
from handrail.kit.text import _, time_short
from handrail.people.models import Person
from handrail.people.queries import Names, names_visible_to

ZONE = ZoneInfo(settings.TIME_ZONE)
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


def time_span(session: Session) -> str:
    """08.30–10.15."""
    return f"{time_short(session.starts_at)}–{time_short(session.ends_at)}"


def where_of(session: Session) -> str:
    """The room and the municipality, or online."""
    parts = [str(session.place) if session.place else "", str(session.organisation) if session.organisation else ""]
    return ", ".join(part for part in parts if part) or str(_("Online"))


def session_rows(sessions: Iterable[Session], trainers: Names | None = None) -> list[SessionRow]:
    """Rows of a list: when, where, with whom, and how full."""
    return [_row(one, trainers) for one in sessions]


def _row(session: Any, trainers: Names | None) -> SessionRow:
    who = trainers[session.trainer_id].text if trainers and session.trainer_id else ""
    text = ". ".join(part for part in (f"{time_span(session)}, {where_of(session)}", who) if part)
    if session.state == Session.State.PLANNED and session.ends_at <= clock.now():
        tag, kind = str(_("No attendance yet")), "alarm"
    elif session.state == Session.State.PLANNED:
        words = {"taken": session.taken, "maximum": session.maximum}
        tag, kind = str(_("%(taken)d of %(maximum)d") % words), "wait" if session.waiting or session.taken < session.minimum else "ok"
    elif session.state == Session.State.HELD:
        tag, kind = str(_("%(present)d were there") % {"present": session.present}), "plain"
    else:
        tag, kind = str(session.get_state_display()), SESSION_TAGS[session.state]
    return SessionRow(session, local_day(session.starts_at, ZONE), text, tag, kind)


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
