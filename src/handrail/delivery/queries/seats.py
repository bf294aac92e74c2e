"""Who has a seat where, who waits, and whom to tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from handrail.delivery.models import CoTrainer, Seat, SeatStep, Session, WorkGroup
from handrail.delivery.queries.sessions import sessions_visible_to
from handrail.kit import clock, slots
from handrail.people.models import Employment, Organisation, Person
from handrail.people.queries import current_employments, led_by, managed_person_ids
from handrail.programmes.models import Participation, Programme


def seats_visible_to(person: Person) -> QuerySet[Seat]:
    """Seats that a person may open: one's own, one's reports', one's municipality's, and those of sessions one trains.

    A newcomer's seat is opened here by the person and the trainers alone; whoever accompanies them finds it in their case.
    """
    led = led_by(person, organisation="organisation_id", programme="session__programme__uid")
    return Seat.objects.filter(
        Q(person=person)
        | (Q(person_id__in=managed_person_ids(person)) | led) & Q(session__audience=Session.Audience.STAFF)
        | Q(session__trainer=person)
        | Q(session_id__in=CoTrainer.objects.filter(person=person).values("session_id"))
    ).select_related("session__programme", "session__module", "session__place", "session__organisation", "organisation", "unit")  # fmt: skip


def seats_of(session: Session) -> QuerySet[Seat]:
    """All seats of a session but those taken back, in the order of their organisations."""
    return session.seats.exclude(state=Seat.State.WITHDRAWN).select_related("person", "organisation", "unit").order_by("organisation__name", "unit__name", "id")


def waiting_seats(session: Session) -> QuerySet[Seat]:
    """The waiting list: whoever has waited longest first."""
    return session.seats.filter(state=Seat.State.WAITING).order_by("queued_at", "id")


def lost_seats(sessions: Iterable[Session]) -> list[Seat]:
    """The seats that people had or waited for when these sessions were called off; whoever had said no before is not among them."""
    reasons = {one.pk: one.cancelled_reason for one in sessions if one.state == Session.State.CANCELLED}
    steps: dict[int, list[SeatStep]] = defaultdict(list)
    for step in SeatStep.objects.filter(seat__session__in=reasons).select_related("seat").order_by("pk"):
        steps[step.seat_id].append(step)
    had = {*Seat.HOLDING, Seat.State.ASKED}
    return [
        some[-1].seat for some in steps.values()
        if len(some) > 1 and some[-1].state == Seat.State.WITHDRAWN and some[-1].reason == reasons[some[-1].seat.session_id] and some[-2].state in had
    ]  # fmt: skip


def untold_seats(session: UUID) -> list[Seat]:
    """Seats of a session that changed since their person was last told."""
    rows = Seat.objects.filter(session__uid=session).annotate(last_step=Max("steps__id"))
    return list(rows.filter(last_step__gt=F("told_step")).order_by("id"))


def seats_to_remind() -> list[Seat]:
    """Seats in sessions that start tomorrow at the latest, whose people were not reminded yet."""
    now = clock.now()
    end = timezone.make_aware(datetime.combine(clock.today() + timedelta(days=2), time()))
    rows = Seat.objects.filter(state__in=Seat.HOLDING, reminded_at=None, session__state=Session.State.PLANNED)
    return list(rows.filter(session__starts_at__gt=now, session__starts_at__lt=end).order_by("session__starts_at", "id"))


def seats_to_approve(manager: Person, programme: Programme | None = None) -> QuerySet[Seat]:
    """Seats that wait for this manager's approval, the next session first; where nobody manages, the process leader is asked."""
    led = led_by(manager, organisation="organisation_id", programme="session__programme__uid")
    managed = current_employments().exclude(manager=None).values("person_id")
    rows = Seat.objects.filter(state=Seat.State.ASKED, session__state=Session.State.PLANNED).filter(
        Q(person_id__in=managed_person_ids(manager)) | led & ~Q(person_id__in=managed) & ~Q(person=manager)
    )
    if programme is not None:
        rows = rows.filter(session__programme=programme)
    return rows.select_related("session__module", "unit", "organisation").order_by("session__starts_at", "id")


def newcomers_among(programme: Programme, person_ids: Iterable[int]) -> set[int]:
    """Who of these is accompanied as a newcomer in a programme, as the app that knows it says."""
    return set(slots.gathered("delivery.newcomers", programme, list(person_ids)))


def participants_in(programme: Programme, person_ids: Iterable[int]) -> dict[int, Participation]:
    """Who of these takes part in a programme, by person."""
    rows = Participation.objects.filter(programme=programme, person_id__in=list(person_ids), left_on=None)
    return {row.person_id: row for row in rows}


def workplaces_in(organisation_ids: Iterable[int], person_ids: Iterable[int]) -> dict[tuple[int, int], Employment]:
    """Where these people work now, by organisation and person."""
    rows = current_employments().filter(organisation_id__in=set(organisation_ids), person_id__in=list(person_ids)).select_related("unit")
    return {(row.organisation_id, row.person_id): row for row in rows}


def organisations_in(programme: Programme) -> QuerySet[Organisation]:
    """The organisations that take part in a programme."""
    return Organisation.objects.filter(pk__in=programme.partners.values("organisation_id")).order_by("name")


def seat_by_uid(uid: UUID) -> Seat | None:
    """A seat by its public identifier, for whoever holds its link."""
    return Seat.objects.filter(uid=uid).select_related("session__programme", "session__module", "session__place", "session__organisation", "person__identity").first()


def seat_of(session: Session, person: Person) -> Seat:
    """A person's seat in a session."""
    return Seat.objects.get(session=session, person=person)


def seat_in(session: Session, uid: str) -> Seat | None:
    """A seat of this session by what a form sent; None for nonsense."""
    return next((seat for seat in session.seats.all() if str(seat.uid) == uid), None)


def group_in(session: Session, uid: str) -> WorkGroup | None:
    """A group of this session by what a form sent; None for nonsense."""
    return next((group for group in session.groups.all() if str(group.uid) == uid), None)


def groups_visible_to(person: Person) -> QuerySet[WorkGroup]:
    """The groups of the sessions that a person may see."""
    return WorkGroup.objects.filter(session__in=sessions_visible_to(person)).select_related("session__programme", "session__module").prefetch_related("products")


def persons_by_uid(uids: Iterable[str]) -> list[Person]:
    """Persons whom a form named, after the form has checked that they may be."""
    return list(Person.objects.filter(uid__in=list(uids)).order_by("pk"))


def person_by_uid(uid: UUID) -> Person | None:
    """The person behind a link, unless erased."""
    return Person.objects.filter(uid=uid, erased_at=None).first()
