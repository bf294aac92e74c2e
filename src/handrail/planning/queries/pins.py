"""Decisions that every plan respects: which hold, and what somebody is about to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from handrail.delivery.models import Session
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of, names_visible_to, persons_visible_to
from handrail.planning.models import Pin, Plan
from handrail.planning.queries.plans import STEERS, programmes_with_role
from handrail.programmes.models import Participation, Programme
from handrail.programmes.queries import current_participations

ABOUT_PERSON = frozenset({Pin.Kind.ATTEND, Pin.Kind.FORBID})


def pins_visible_to(person: Person) -> QuerySet[Pin]:
    """Decisions that hold, in the programmes that a person steers: those on sessions, and those on people whom this one may see."""
    rows = Pin.objects.filter(programme__in=programmes_with_role(person, STEERS), lifted_at=None)
    rows = rows.filter(Q(person=None) | Q(person__in=persons_visible_to(person)))
    return rows.select_related("session__module", "programme", "person").order_by("session__starts_at", "pk")


@dataclass(frozen=True)
class PinLine:
    """A decision that holds, with the name of whom it is about where that may stand."""

    pin: Pin
    name: str
    may_lift: bool


def pin_lines(viewer: Person, programme: Programme) -> list[PinLine]:
    """The decisions of a programme that a person may see, in a fixed number of queries."""
    rows = [one for one in pins_visible_to(viewer).filter(programme=programme) if one.session.state == Session.State.CANDIDATE]
    names = names_visible_to(viewer, [one.person_id for one in rows if one.person_id])
    steers = authority_of(viewer).has(Role.COORDINATOR, programme=programme.uid)
    return [PinLine(one, str(names[one.person_id]) if one.person_id else "", bool(one.person_id) or steers) for one in rows]


@dataclass(frozen=True)
class ToPin:
    """What somebody is about to decide."""

    kind: str
    session: Session
    person: Person | None
    name: str

    @property
    def initial(self) -> dict[str, Any]:
        """The hidden fields of its form."""
        return {"kind": self.kind, "session": self.session.uid, "person": self.person.uid if self.person else ""}


def to_pin(plan: Plan, viewer: Person, sent: Mapping[str, Any]) -> ToPin | None:
    """The session and person of a decision, if the viewer may decide about them; a whole session only by the project owner."""
    kind = str(sent.get("kind", ""))
    if kind not in Pin.Kind.values or (kind in ABOUT_PERSON) != bool(sent.get("person")):
        return None
    try:
        session = Session.objects.filter(plan_sessions_of(plan), uid=str(sent.get("session", ""))).select_related("module").first()
        person = participants_decided_by(viewer, plan.programme).filter(uid=sent["person"]).first() if sent.get("person") else None
    except (ValidationError, ValueError):
        return None
    if session is None or (kind in ABOUT_PERSON and person is None):
        return None
    if person is None and not authority_of(viewer).has(Role.COORDINATOR, programme=plan.programme.uid):
        return None
    return ToPin(kind, session, person, str(names_visible_to(viewer, [person.pk])[person.pk]) if person else "")


def plan_sessions_of(plan: Plan) -> Q:
    """The sessions that a plan speaks of, as a condition."""
    return Q(pk__in=plan.sessions.values("session_id"))


def participants_decided_by(viewer: Person, programme: Programme) -> QuerySet[Person]:
    """The participants about whose seats a person may decide: those of the own municipality whom this one leads."""
    led = authority_of(viewer).organisation_ids(Role.PROCESS_LEADER, programme.uid)
    mine: QuerySet[Participation] = current_participations(programme).filter(organisation__in=led)
    return persons_visible_to(viewer).filter(pk__in=mine.values("person_id"))
