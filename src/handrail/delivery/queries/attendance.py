"""Who was there for how long: the lines that count, and those that they replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from handrail.curriculum.models import Module
from handrail.delivery.models import Attendance, CoTrainer, Seat, Session
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of, led_by, managed_person_ids
from handrail.programmes.models import Programme


def current_attendance(programme: Programme | None = None) -> QuerySet[Attendance]:
    """Staff's lines of attendance that no later line replaces, of one programme or of all: what hours, figures and plans are counted from.

    Newcomers' minutes are not among them: they are nobody's working time, and no co-financing.
    """
    rows = Attendance.objects.filter(replaced_by=None, session__audience=Session.Audience.STAFF).select_related("session")
    return rows if programme is None else rows.filter(session__programme=programme)


def attendance_visible_to(person: Person) -> QuerySet[Attendance]:
    """Lines that a person may open: one's own, one's reports', one's municipality's, those of sessions one trains, and all of a programme for
    its owner and auditor. A newcomer's line by the person and the trainers alone."""
    held = [one for one in authority_of(person).held if one.role in (Role.COORDINATOR, Role.AUDITOR)]
    wide = Q() if any(one.programme is None for one in held) else Q(session__programme__uid__in={one.programme for one in held})
    led = Seat.objects.filter(led_by(person, organisation="organisation_id", programme="session__programme__uid"))
    own = (
        Q(person=person)
        | Q(session__trainer=person)
        | Q(session_id__in=CoTrainer.objects.filter(person=person).values("session_id"))
    )
    steered = Q(person_id__in=managed_person_ids(person)) | Exists(led.filter(session=OuterRef("session"), person=OuterRef("person")))
    staff = (steered | wide if held else steered) & Q(session__audience=Session.Audience.STAFF)
    return Attendance.objects.filter(own | staff).select_related("session__programme", "session__module")


def latest_of(session: Session, known: Mapping[int, Attendance] | None = None) -> dict[int, Attendance]:
    """The line that counts for each person of a session. Lines never change: where the same ones count as were `known`, they are those."""
    if known is not None and {row.pk for row in known.values()} == set(session.attendances.filter(replaced_by=None).values_list("pk", flat=True)):
        return dict(known)
    return {row.person_id: row for row in session.attendances.filter(replaced_by=None)}


def attendance_history(session: Session) -> dict[int, list[Attendance]]:
    """All lines of a session by person, the newest first: the first one counts, the others were replaced."""
    found: dict[int, list[Attendance]] = {}
    for row in session.attendances.order_by("-id"):
        found.setdefault(row.person_id, []).append(row)
    return found


def trained_people(programme: Programme, module: Module) -> QuerySet[Any, int]:
    """Ids of the persons who were present at a held session of a module."""
    return (
        current_attendance(programme)
        .filter(session__module=module, session__state=Session.State.HELD, minutes__gt=0)
        .values_list("person_id", flat=True).distinct()
    )  # fmt: skip


def process_leaders_trained(programme: Programme, *, among: Collection[int]) -> set[int]:
    """Ids of those of some persons who were present at a held session that prepares for process leaders."""
    rows = current_attendance(programme).filter(
        person_id__in=among, session__module__prepares_for=Role.PROCESS_LEADER, session__state=Session.State.HELD, minutes__gt=0
    )
    return set(rows.values_list("person_id", flat=True))


def attended_by(person_ids: Iterable[int], programme: Programme | None = None) -> QuerySet[Attendance]:
    """The lines that count of these persons, the latest session first."""
    return current_attendance(programme).filter(person_id__in=list(person_ids), minutes__gt=0).order_by("-session__starts_at")


def missed_by(person: Person) -> QuerySet[Seat]:
    """Seats that a person had said yes to and did not use."""
    return Seat.objects.filter(person=person, state=Seat.State.ACCEPTED, session__state=Session.State.HELD).exclude(
        session_id__in=Attendance.objects.filter(person=person, minutes__gt=0).values("session_id")
    )
