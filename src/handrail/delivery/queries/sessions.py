"""Which sessions a person may see, and what is taken when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from handrail.delivery.models import CoTrainer, Place, Seat, Session
from handrail.delivery.rules import Slot, code_is_right
from handrail.kit import clock
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of, current_grants, managed_person_ids
from handrail.programmes.models import Programme

SEES_ALL = (Role.COORDINATOR, Role.PROCESS_LEADER, Role.AUDITOR)
GIVES_PLACES = (Role.CASEWORKER, Role.PLACEMENT_COORDINATOR)  # they find courses for newcomers; who sits there they read of their own people alone
STAFF, NEWCOMERS = Session.Audience.STAFF, Session.Audience.NEWCOMERS


def sessions_visible_to(person: Person) -> QuerySet[Session]:
    """Sessions that a person has to do with: all of a programme for its owner, process leaders and auditor, else one's own.

    One's own: those one trains, those one has a seat in, and those in which somebody one manages has a seat. Courses for newcomers are found
    by whoever accompanies some in the programme, and by nobody who steers its staff.
    """
    wide = _of_programmes(person, SEES_ALL, STAFF) | _of_programmes(person, GIVES_PLACES, NEWCOMERS)
    seated = Seat.objects.filter(Q(person=person) | Q(person_id__in=managed_person_ids(person))).exclude(state=Seat.State.WITHDRAWN)
    own = (
        Q(trainer=person)
        | Q(pk__in=CoTrainer.objects.filter(person=person).values("session_id"))
        | Q(pk__in=seated.values("session_id"))
        | Q(pk__in=Seat.objects.filter(person=person).values("session_id"))
    )
    return Session.objects.filter(wide | own & ~Q(state=Session.State.CANDIDATE)).select_related("programme", "module", "place", "organisation")


def _of_programmes(person: Person, roles: Iterable[str], audience: str) -> Q:
    held = [one for one in authority_of(person).held if one.role in roles]
    if not held:
        return Q(pk__in=[])
    return Q(audience=audience) if any(one.programme is None for one in held) else Q(audience=audience, programme__uid__in={one.programme for one in held})


def sessions_to_lead(person: Person) -> QuerySet[Session]:
    """Sessions that a person may lead on the day, as far as roles say: those one trains, and those of programmes whose process one leads.

    A few of those one may see, found by a short question instead of a long one; each comes with whether the person is a second trainer there.
    """
    led = {one.programme for one in authority_of(person).held if one.role == Role.PROCESS_LEADER and one.programme}
    there = trained_by(person) | Q(programme__uid__in=led) if led else trained_by(person)
    second = Exists(CoTrainer.objects.filter(session=OuterRef("pk"), person=person))
    found = Session.objects.filter(there, state__in=[Session.State.PLANNED, Session.State.HELD])
    return found.select_related("programme", "module", "place", "organisation").annotate(asked_for=Value(person.pk), is_second=second)


def is_trainer(person: Person, session: Session) -> bool:
    """Whether a person trains in a session, first or second."""
    if session.trainer_id == person.pk:
        return True
    if session.__dict__.get("asked_for") == person.pk:
        return bool(session.__dict__["is_second"])
    known: dict[int, bool] = session.__dict__.setdefault("_trains", {})  # asked by guard, list and labels of one page
    if person.pk not in known:
        known[person.pk] = CoTrainer.objects.filter(session=session, person=person).exists()
    return known[person.pk]


def trained_by(person: Person) -> Q:
    """The sessions that a person trains, as a condition."""
    return Q(trainer=person) | Q(pk__in=CoTrainer.objects.filter(person=person).values("session_id"))


def places_of(programme: Programme) -> QuerySet[Place]:
    """The rooms of a programme."""
    return Place.objects.filter(programme=programme).select_related("organisation").order_by("organisation__name", "name")


def trainers_of(programme: Programme) -> QuerySet[Person]:
    """Whoever may train in a programme today."""
    rows = current_grants().filter(Q(programme=None) | Q(programme=programme.uid), role=Role.TRAINER)
    return Person.objects.filter(pk__in=rows.values("person_id")).select_related("identity")


def slots_taken(
    *, starts_at: datetime, ends_at: datetime, but: int | None, place: Place | None = None, trainers: Iterable[Person] = ()
) -> list[tuple[str, Slot, Session]]:
    """What overlaps a time: ("place" or "trainer", when, which session). Candidates take nothing until a plan holds them."""
    trainer_ids = [one.pk for one in trainers]
    wanted = Q(pk__in=[])
    if place is not None:
        wanted |= Q(place=place)
    if trainer_ids:
        wanted |= Q(trainer_id__in=trainer_ids) | Q(pk__in=CoTrainer.objects.filter(person_id__in=trainer_ids).values("session_id"))
    rows = Session.objects.filter(
        wanted, state__in=[Session.State.PLANNED, Session.State.HELD], starts_at__lt=ends_at, ends_at__gt=starts_at
    ).exclude(pk=but or 0)
    return [
        ("place" if place is not None and one.place_id == place.pk else "trainer", Slot(one.starts_at, one.ends_at, str(one)), one)
        for one in rows
    ]


def session_by_code(code: str, moment: datetime | None = None) -> Session | None:
    """The session whose turning code somebody typed or scanned, now or at a moment just before."""
    now = moment or clock.now()
    rows = Session.objects.filter(
        state__in=[Session.State.PLANNED, Session.State.HELD], starts_at__lt=now + timedelta(hours=12), ends_at__gt=now - timedelta(hours=12)
    ).select_related("programme", "module")
    return next((one for one in rows if code_is_right(code, secret=one.check_in_secret, session=one.uid, moment=now)), None)
