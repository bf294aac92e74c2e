"""Recoveries, and who may look after them."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from handrail.kit import clock
from handrail.kit.links import find_link
from handrail.kit.models import Link
from handrail.people.models import Account, Person, Recovery, Role
from handrail.people.queries.authority import authority_of, current_grants

FINISH = "recovery"  # the purpose of the link to a new password
STOP = "recovery-stop"
UNDECIDED = (Recovery.State.ASKED, Recovery.State.OPEN)


def administers_all(person: Person) -> bool:
    """Whether somebody is an administrator of the whole installation: a way in opens everything its holder may see."""
    return any(one.role == Role.ADMINISTRATOR and one.programme is None and one.organisation_id is None for one in authority_of(person).held)


def administrators() -> QuerySet[Person]:
    """Whoever administers the whole installation today and can sign in."""
    grants = current_grants().filter(role=Role.ADMINISTRATOR, programme=None, organisation=None, unit=None)
    return Person.objects.filter(pk__in=grants.values("person_id"), account__is_active=True, erased_at=None).select_related("identity", "account")


def recoveries_visible_to(person: Person) -> QuerySet[Recovery]:
    """Every recovery, for administrators."""
    rows = Recovery.objects.select_related("account__person__identity", "opened_by__identity", "confirmed_by__identity")
    return rows if administers_all(person) else rows.none()


def waits_for_administrators(now: datetime) -> Q:
    """The condition of being asked for or open, and in time."""
    return Q(state__in=UNDECIDED, expires_at__gt=now)


def has_lost(account: Account) -> bool:
    """Whether there is anything to recover from: a second factor, or a way in that an earlier recovery took away."""
    return Authenticator.objects.filter(user_id=account.pk).exists() or not account.has_usable_password()


def awaits_recovery(account: Account) -> bool:
    """Whether a recovery took the way in away and has not given it back: then no other link to a password may be made."""
    if account.has_usable_password():
        return False
    last = Recovery.objects.filter(account=account).exclude(confirmed_at=None).first()
    return last is not None and last.state != Recovery.State.FINISHED


def account_of_address(email: str) -> Account | None:
    """The account that somebody signs in to with an address."""
    return Account.objects.select_related("person__identity").filter(email=email.strip().lower(), person__erased_at=None).first()


def account_by_uid(uid: str) -> Account | None:
    """An account by its identifier."""
    return Account.objects.select_related("person__identity").filter(uid=uid).first()


def recovery_of(link: Link) -> Recovery | None:
    """The recovery that a link is about."""
    return Recovery.objects.select_related("account__person__identity").filter(uid=link.subject).first()


def open_recovery_link(token: str) -> tuple[Link, Recovery] | None:
    """The link to a new password and its recovery, while it can still be used."""
    link = find_link(FINISH, token)
    if link is None or link.used_at is not None:
        return None
    found = Recovery.objects.select_related("account").filter(uid=link.subject, state=Recovery.State.CONFIRMED, account__is_active=True).first()
    return (link, found) if found else None


def open_recoveries() -> list[Recovery]:
    """What waits for a second pair of eyes, for the operator at the machine."""
    rows = Recovery.objects.filter(state=Recovery.State.OPEN, expires_at__gt=clock.now())
    return list(rows.select_related("account__person__identity", "opened_by__account"))


def recoveries_waiting_for(person: Person) -> list[Recovery]:
    """What this administrator can do something about: asked for, or opened by another one."""
    rows = recoveries_visible_to(person).filter(waits_for_administrators(clock.now()))
    return list(rows.exclude(opened_by=person).exclude(account__person=person)) if administers_all(person) else []
