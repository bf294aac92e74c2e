"""What waits for a person, counted or found in one query each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Min, Q, QuerySet
from django.urls import reverse

from handrail.curriculum.models import LearningOutcome, Module
from handrail.delivery.models import Attendance, CoTrainer, LateCheckIn, Seat, Session
from handrail.delivery.queries.seats import seats_to_approve
from handrail.delivery.queries.sessions import SEES_ALL, sessions_visible_to, trained_by
from handrail.kit import clock
from handrail.kit.kept import once
from handrail.kit.text import local
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of, managed_person_ids, manages_somebody
from handrail.programmes.models import Programme

PLANNED = Session.State.PLANNED
MOST_FOUND = 5


def untaken_by(trainer: Person) -> tuple[QuerySet[Any], ...]:
    """Sessions of a trainer that are over, or soon, and have no saved list, in whichever programme; the second: whatever one trains beside another."""
    return _begun().filter(trainer=trainer), CoTrainer.objects.filter(person=trainer)


def untaken_in_town(leader: Person, programme: Programme | None) -> QuerySet[Session]:
    """Sessions in a leader's municipality that have begun and have no saved list."""
    return _begun().filter(programme=programme, organisation_id__in=_led(leader, programme), audience=Session.Audience.STAFF)


def late_undecided(programme: Programme | None) -> QuerySet[LateCheckIn]:
    """Late check-ins about which nobody has decided."""
    return LateCheckIn.objects.filter(settled_at=None, session__programme=programme)


def seats_asked(person: Person, programme: Programme | None) -> QuerySet[Seat]:
    """Seats that wait for somebody's yes: for a leader those of the municipality, for a manager all."""
    rows = Seat.objects.filter(state=Seat.State.ASKED)
    return rows if manages_somebody(person) else rows.filter(organisation_id__in=_led(person, programme))


def seats_in_line(leader: Person, programme: Programme | None) -> QuerySet[Seat]:
    """Seats of a leader's municipality that wait for a place."""
    return Seat.objects.filter(state=Seat.State.WAITING, organisation_id__in=_led(leader, programme), session__audience=Session.Audience.STAFF)


def invited(person: Person) -> QuerySet[Seat]:
    """Invitations to sessions without an answer, past ones too."""
    return Seat.objects.filter(person=person, state=Seat.State.INVITED)


def _led(person: Person, programme: Programme | None) -> frozenset[int]:
    return authority_of(person).organisation_ids(Role.PROCESS_LEADER, programme.uid if programme else None)


def _begun() -> QuerySet[Session]:
    return Session.objects.filter(state=PLANNED, starts_at__lt=clock.now() + timedelta(hours=12))


def lists_missing(trainer: Person, programme: Programme) -> list[Session]:
    """Sessions of a trainer that are over, or are today, and have no saved list; the oldest first."""
    soon = clock.now() + timedelta(hours=12)
    rows = Session.objects.filter(trained_by(trainer), programme=programme, state=PLANNED, starts_at__lt=soon)
    return list(rows.select_related("place", "organisation").order_by("starts_at")[:10])


def to_approve(manager: Person, programme: Programme) -> dict[str, Any]:
    """How many seats wait for a manager, and when the first of them is."""
    return seats_to_approve(manager, programme).order_by().aggregate(n=Count("pk"), first=Min("session__starts_at"))


def queues_of(leader: Person, programme: Programme) -> list[tuple[Session, int]]:
    """Coming sessions in which people of the leader's municipality stand in line, with how many."""
    rows = seats_in_line(leader, programme).filter(session__programme=programme, session__state=PLANNED, session__starts_at__gt=clock.now())
    in_line = dict(rows.order_by().values_list("session_id").annotate(Count("pk")))
    sessions = Session.objects.filter(pk__in=in_line).order_by("starts_at")[:5] if in_line else ()
    return [(one, in_line[one.pk]) for one in sessions]


def to_answer(person: Person, programme: Programme) -> list[Seat]:
    """Invitations that a person has not answered, the next session first."""
    rows = Seat.objects.filter(person=person, state=Seat.State.INVITED, session__programme=programme, session__state=PLANNED, session__ends_at__gt=clock.now())
    return list(rows.select_related("session").order_by("session__starts_at")[:10])


def next_sessions(person: Person, programme: Programme) -> QuerySet[Session]:
    """The next sessions that a person has to do with."""
    coming = Session.objects.filter(programme=programme, state=PLANNED, ends_at__gt=clock.now())
    if not any(one.role in SEES_ALL and one.programme in (None, programme.uid) for one in authority_of(person).held):
        # As `sessions_visible_to`. One's own are few and are looked up; among all that come they would have to be looked for.
        seated = Q(person=person)
        if manages_somebody(person):
            seated |= Q(person_id__in=managed_person_ids(person)) & ~Q(state=Seat.State.WITHDRAWN)
        seats = Seat.objects.filter(seated, session__in=coming).order_by().values_list("session_id")
        trained = CoTrainer.objects.filter(person=person, session__in=coming).order_by().values_list("session_id")
        coming = Session.objects.filter(pk__in=[pk for (pk,) in seats.union(trained, coming.filter(trainer=person).order_by().values_list("pk"))])
    else:
        coming = coming.filter(audience=Session.Audience.STAFF)
    return coming.select_related("programme", "module", "place", "organisation").order_by("starts_at", "id")[:3]


def own_seats_in(person: Person, programme: Programme, sessions: Iterable[Session]) -> dict[int, Seat]:
    """A participant's own seats in these sessions: to them their own answer says more than how full it is. Empty for whoever plans."""
    if authority_of(person).roles(programme.uid):
        return {}
    return {seat.session_id: seat for seat in Seat.objects.filter(person=person, session__in=[one.pk for one in sessions]).exclude(state=Seat.State.WITHDRAWN)}


def has_part(person: Person, programme: Programme) -> tuple[bool, bool]:
    """Whether a person trains sessions of a programme, and whether they have a seat in one: for the stations."""
    shown = Session.objects.filter(programme=programme).exclude(state=Session.State.CANDIDATE)
    seated = Seat.objects.filter(person=person, session__in=shown).exclude(state=Seat.State.WITHDRAWN)
    trains = [shown.filter(trainer=person), CoTrainer.objects.filter(person=person, session__in=shown)]
    first, second, has_seat = Programme.objects.filter(pk=programme.pk).values_list(*map(Exists, (*trains, seated))).get()
    return first or second, has_seat


def has_courses(programme: Programme) -> bool:
    """Whether a programme holds courses for newcomers; asked once a page."""
    return once("has-courses", [programme.pk], lambda: Session.objects.filter(programme=programme, audience=Session.Audience.NEWCOMERS).exists())


class SessionOfLevel(NamedTuple):
    """A session of a person that trains a competence: what "levels.sessions" answers."""

    competence_id: int
    title: str
    date: date
    minutes: int | None  # None while it is to come, or when the person was not there
    is_past: bool
    url: str


def sessions_training(person: Person, competence_ids: Iterable[int]) -> list[SessionOfLevel]:
    """A person's sessions that train these competences, the earliest first."""
    trained: dict[int, set[int]] = {}
    for competence_id, module_id in LearningOutcome.objects.filter(competence_id__in=list(competence_ids)).values_list("competence_id", "module_id"):
        trained.setdefault(module_id, set()).add(competence_id)
    there = dict(Attendance.objects.filter(person=person, replaced_by=None).values_list("session_id", "minutes"))
    seats = Seat.objects.filter(person=person, state__in=Seat.HOLDING, session__module_id__in=trained).exclude(
        session__state__in=[Session.State.CANDIDATE, Session.State.CANCELLED]
    )
    return [
        SessionOfLevel(
            competence_id, str(seat.session), local(seat.session.starts_at).date(), there.get(seat.session_id), seat.session.ends_at <= clock.now(),
            reverse("delivery:seat_detail", args=[seat.uid]),
        )
        for seat in seats.select_related("session").order_by("session__starts_at", "pk")
        for competence_id in sorted(trained[seat.session.module_id])
    ]  # fmt: skip


def sessions_of_module(viewer: Person, module: Module) -> QuerySet[Session]:
    """The sessions that hold a module, among those that the viewer may see, the latest first."""
    return sessions_visible_to(viewer).filter(module=module).exclude(state=Session.State.CANDIDATE).order_by("-starts_at")[:12]


def sessions_found(viewer: Person, programme: Programme, wanted: str) -> list[Session]:
    """Sessions whose title holds these words, in any language, the latest first, at most a handful.

    Capitals are folded here: SQLite folds A to Z only, and JSON may keep å as an escape. Only titles are read to look through.
    """
    words = wanted.casefold().split()
    rows = sessions_visible_to(viewer).filter(programme=programme).order_by("-starts_at", "pk")
    found = [key for key, title in rows.values_list("pk", "title") if any(all(word in text.casefold() for word in words) for text in title.values())][:MOST_FOUND]
    return list(rows.filter(pk__in=found))
