"""Who may do what with sessions, seats, minutes and groups."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings

from handrail.delivery.models import LateCheckIn, Seat, Session, WorkGroup
from handrail.delivery.queries import GIVES_PLACES, is_trainer, seats_to_approve
from handrail.delivery.rules import local_day
from handrail.kit import clock
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of, manages_somebody
from handrail.programmes.models import Programme

State = Session.State


def may_see_sessions(person: Person, programme: Programme) -> bool:
    """Everybody in a programme has a list of sessions; which ones stand in it is decided by `sessions_visible_to`."""
    return True


def may_schedule(person: Person, programme: Programme) -> bool:
    """The project owner's coordinator and the process leaders put sessions on the calendar; placement coordinators courses for newcomers."""
    return bool(audiences_of(person, programme))


def audiences_of(person: Person, programme: Programme) -> list[str]:
    """For whom a person may put sessions on the calendar: those who steer a programme's staff and those who answer for its newcomers are not the same."""
    roles = authority_of(person).roles(programme.uid)
    steers = {Session.Audience.STAFF: {Role.COORDINATOR, Role.PROCESS_LEADER}, Session.Audience.NEWCOMERS: {Role.PLACEMENT_COORDINATOR}}
    return [str(audience) for audience, those in steers.items() if roles & those]


def may_find_courses(person: Person, programme: Programme) -> bool:
    """Whoever accompanies newcomers finds the courses that are held for them."""
    return bool(authority_of(person).roles(programme.uid) & set(GIVES_PLACES))


def may_run(person: Person, session: Session) -> bool:
    """The coordinator, and the process leader of the municipality where the session is held; online, any process leader.

    A course for newcomers: the placement coordinator of the organisation that holds it.
    """
    authority = authority_of(person)
    uid = session.programme.uid
    if session.for_newcomers:
        return authority.has(Role.PLACEMENT_COORDINATOR, programme=uid, organisation_id=session.organisation_id)
    return authority.has(Role.COORDINATOR, programme=uid) or authority.has(
        Role.PROCESS_LEADER, programme=uid, organisation_id=session.organisation_id
    )


def may_change(person: Person, session: Session) -> bool:
    """Whoever runs it, while it is to come."""
    return session.state in (State.CANDIDATE, State.PLANNED) and may_run(person, session)


def may_plan(person: Person, session: Session) -> bool:
    """Turn a candidate into a planned session."""
    return session.state == State.CANDIDATE and may_run(person, session)


def may_cancel(person: Person, session: Session) -> bool:
    """Call a planned session off."""
    return session.state == State.PLANNED and may_run(person, session)


def may_repeat(person: Person, session: Session) -> bool:
    """Hold it again at another time."""
    return session.state != State.CANDIDATE and may_run(person, session)


def may_invite(person: Person, session: Session) -> bool:
    """A process leader invites people of the own municipality, wherever the session is held. Newcomers are given places by who accompanies them."""
    leads = authority_of(person).has(Role.PROCESS_LEADER, programme=session.programme.uid)
    return leads and not session.for_newcomers and session.state == State.PLANNED and session.ends_at > clock.now()


def may_lead(person: Person, session: Session) -> bool:
    """Lead the session on the day: its trainers, and the process leader of the municipality where it is held; among newcomers the trainers alone."""
    if session.state not in (State.PLANNED, State.HELD):
        return False
    if session.for_newcomers:
        return is_trainer(person, session)
    led = authority_of(person).has(Role.PROCESS_LEADER, programme=session.programme.uid, organisation_id=session.organisation_id or -1)
    return is_trainer(person, session) or led


def may_record(person: Person, session: Session) -> bool:
    """Record who was there: whoever leads it, from its first day on."""
    return has_begun(session) and may_lead(person, session)


def has_begun(session: Session) -> bool:
    """Whether the session's day has come."""
    return clock.today() >= local_day(session.starts_at, ZoneInfo(settings.TIME_ZONE))


def may_see_seat(person: Person, seat: Seat) -> bool:
    """One's own seat."""
    return seat.person_id == person.pk


def may_take_back(person: Person, seat: Seat) -> bool:
    """The process leader of the person's municipality takes a seat back, until the session is over."""
    led = authority_of(person).has(Role.PROCESS_LEADER, programme=seat.session.programme.uid, organisation_id=seat.organisation_id)
    return led and not seat.session.for_newcomers and seat.session.state == State.PLANNED and seat.session.ends_at > clock.now()


def may_decide(person: Person, seat: Seat) -> bool:
    """The person's line manager approves or refuses; where there is none, the process leader. Nobody decides for themselves."""
    return seats_to_approve(person).filter(pk=seat.pk).exists()


def may_see_approvals(person: Person, programme: Programme) -> bool:
    """Whoever manages somebody, and process leaders."""
    leads = authority_of(person).has(Role.PROCESS_LEADER, programme=programme.uid)
    return leads or manages_somebody(person)


def may_see_away(person: Person, programme: Programme) -> bool:
    """Whoever manages somebody sees who of them is away when."""
    return manages_somebody(person)


def may_correct(person: Person, seat: Seat) -> bool:
    """Correct somebody's minutes: whoever leads the session, and the process leader of the person's municipality; never one's own."""
    if seat.person_id == person.pk or seat.session.state not in (State.PLANNED, State.HELD) or not has_begun(seat.session):
        return False
    led = authority_of(person).has(Role.PROCESS_LEADER, programme=seat.session.programme.uid, organisation_id=seat.organisation_id)
    return (led and not seat.session.for_newcomers) or may_lead(person, seat.session)


def may_settle(person: Person, late: LateCheckIn) -> bool:
    """Say whether a check-in that came late counts: whoever records at that session; never one's own."""
    return late.person_id != person.pk and may_record(person, late.session)


def may_see_group(person: Person, group: WorkGroup) -> bool:
    """A group's product: whoever leads the session, and those who were in it."""
    return may_lead(person, group.session) or group.session.seats.filter(person=person, groups__isnull=False).exists()


def may_write_in_group(person: Person, group: WorkGroup) -> bool:
    """Save what the group made: its members and whoever leads the session."""
    return may_lead(person, group.session) or group.members.filter(person=person).exists()


def has_account(person: Person) -> bool:
    """Everybody who is signed in has own sessions and an own calendar."""
    return person.erased_at is None
