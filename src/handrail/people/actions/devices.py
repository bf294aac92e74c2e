"""Signing out on another device, and what a changed second factor does to the others."""

from __future__ import annotations

from allauth.core.internal.httpkit import HTTP_USER_AGENT_MAX_LENGTH
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.actions.accounts import end_all_sessions
from handrail.people.events import SecondFactorAdded, SecondFactorRemoved, SessionsEnded
from handrail.people.models import Account, Person


def note_device(*, account: Account, session_key: str, is_new: bool, network: str, user_agent: str) -> None:
    """Note on which browser somebody signed in, so that they find it among their devices; signing in again there (not `is_new`) stays one device.

    Nothing is announced: the sign-in itself is no fact of a programme.
    """
    now = clock.real_now()
    row = UserSession(user=account, session_key=session_key, ip=network, user_agent=user_agent[:HTTP_USER_AGENT_MAX_LENGTH], created_at=now, last_seen_at=now)
    if is_new:
        row.save(force_insert=True)
    else:
        UserSession.objects.bulk_create([row], update_conflicts=True, unique_fields=["session_key"], update_fields=["user", "ip", "user_agent", "last_seen_at"])


@atomic
def forget_ended_devices() -> int:
    """Drop sessions that are over, and devices without one; answers how many devices."""
    Session.objects.filter(expire_date__lt=clock.real_now()).delete()
    gone: int = UserSession.objects.exclude(Exists(Session.objects.filter(session_key=OuterRef("session_key")))).delete()[0]
    return gone


@atomic
def end_device(*, account: Account, number: int, by: Person) -> None:
    """Sign out on one device of one's own.

    Raises RuleBroken when it was signed out already, or is somebody else's: the two look the same.
    """
    row = UserSession.objects.filter(user=account, pk=number).first()
    if row is None:
        raise RuleBroken(_("This device is already signed out."))
    _end([row], account, by)


@atomic
def end_other_devices(*, account: Account, current_key: str, by: Person) -> int:
    """Sign out everywhere but here; answers on how many devices."""
    rows = list(UserSession.objects.filter(user=account).exclude(session_key=current_key))
    _end(rows, account, by)
    return len(rows)


@atomic
def change_second_factor(*, account: Account, kind: str, is_added: bool, current_key: str, by: Person) -> Account:
    """Note that a passkey or an app was set up or removed; every device but this one is signed out at its next request."""
    said = SecondFactorAdded if is_added else SecondFactorRemoved
    announce(said(account.uid, account.person.uid, kind), by=by)
    end_all_sessions(account=account, by=by, but=current_key)
    return account


def _end(rows: list[UserSession], account: Account, by: Person) -> None:
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
    announce(SessionsEnded(account.uid, account.person.uid), by=by)
