"""What came late: check-ins that a person decides about, lists that nobody has sent, and who may take them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from handrail.delivery.models import CoTrainer, LateCheckIn, Seat, Session
from handrail.delivery.queries.sessions import trained_by
from handrail.delivery.rules import LATEST, moment_of_code
from handrail.kit import clock
from handrail.people.models import Identity, Person, Role
from handrail.people.queries import authority_of, current_grants, led_by
from handrail.programmes.models import Programme

OVERDUE = timedelta(days=1)  # a list older than this is called in
FORGOTTEN = timedelta(days=30)  # what is older is not mailed about: it was known before lists were called in


def late_check_ins_visible_to(person: Person) -> QuerySet[LateCheckIn]:
    """Late check-ins of the sessions that a person leads: as trainer, or as process leader of the town where they are held."""
    led = led_by(person, organisation="session__organisation_id", programme="session__programme__uid") & Q(session__audience=Session.Audience.STAFF)
    rows = LateCheckIn.objects.filter(
        Q(session__trainer=person) | Q(session_id__in=CoTrainer.objects.filter(person=person).values("session_id")) | led
    )
    return rows.exclude(person=person).select_related("session__programme", "session__module", "person")


def open_late_check_ins(person: Person, session: Session) -> list[LateCheckIn]:
    """Those of a session about which nobody has decided."""
    if not session.late_check_ins.filter(settled_at=None).exists():  # hardly ever is there one, and whose they are takes longer to ask
        return []
    return list(late_check_ins_visible_to(person).filter(session=session, settled_at=None))


def session_of_late_code(person: Person, code: str) -> Session | None:
    """Which of a person's own sessions of the last day showed this code; only those are looked through."""
    now = clock.now()
    rows = Session.objects.filter(
        pk__in=Seat.objects.filter(person=person).exclude(state__in=[Seat.State.REFUSED, Seat.State.WITHDRAWN]).values("session_id"),
        state__in=[Session.State.PLANNED, Session.State.HELD], ends_at__gt=now - LATEST, starts_at__lt=now + timedelta(hours=2),
    )  # fmt: skip
    return next((
        one for one in rows
        if moment_of_code(code, secret=one.check_in_secret, session=one.uid, starts_at=one.starts_at, ends_at=one.ends_at, now=now)
    ), None)  # fmt: skip


def overdue_lists(leader: Person, programme: Programme) -> QuerySet[Session]:
    """Sessions in a process leader's municipality that ended more than a day ago and have no list; not those the leader trains, which wait there already."""
    led = authority_of(leader).organisation_ids(Role.PROCESS_LEADER, programme.uid)
    rows = Session.objects.filter(
        programme=programme, organisation_id__in=led, state=Session.State.PLANNED, ends_at__lt=clock.now() - OVERDUE, audience=Session.Audience.STAFF
    )
    return rows.exclude(trained_by(leader)).select_related("place", "organisation").order_by("starts_at")


def lists_to_call_in() -> list[Session]:
    """Sessions that ended more than a day ago, have no list, and about which nobody was told."""
    now = clock.now()
    return list(Session.objects.filter(state=Session.State.PLANNED, called_in_at=None, ends_at__lt=now - OVERDUE, ends_at__gt=now - FORGOTTEN).order_by("ends_at", "id"))


def takers_of(session: Session) -> list[Identity]:
    """Whom to ask for a session's list: its trainers, else the process leaders of the town where it is held, as far as they have an address.

    For a newcomers' course without a trainer those who arrange it there, who then say who takes the list.
    """
    reachable = Identity.objects.filter(person__erased_at=None).exclude(email="").select_related("person").order_by("person_id")
    trainers = list(reachable.filter(Q(person_id=session.trainer_id) | Q(person_id__in=session.co_trainers.values("person_id"))))
    if trainers or session.organisation_id is None:
        return trainers
    grants = current_grants().filter(
        Q(programme=None) | Q(programme=session.programme.uid), organisation_id=session.organisation_id,
        role=Role.PLACEMENT_COORDINATOR if session.for_newcomers else Role.PROCESS_LEADER,
    )  # fmt: skip
    return list(reachable.filter(person_id__in=grants.values("person_id")))
