"""Letting somebody in again who has lost passkeys and app: two administrators, or one and the operator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.transaction import atomic
from django.urls import reverse

from handrail.kit import clock, links
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.mail import send_mail
from handrail.kit.models import Link
from handrail.kit.text import _
from handrail.people import events, rules
from handrail.people.actions.accounts import check_password, end_all_sessions
from handrail.people.models import Account, Person, Recovery
from handrail.people.queries.recoveries import (
    FINISH,
    STOP,
    UNDECIDED,
    account_of_address,
    administers_all,
    administrators,
    has_lost,
)

ASKED_DAYS = 14  # how long a wish waits for an administrator
LINK_HOURS = 24  # how long the link to a new password works
STOP_DAYS = 30  # how long the link that stops it explains itself


@atomic
def ask_recovery(*, email: str, by: Person | None = None) -> None:
    """Ask to be let in again; nobody learns whether the address signs in here. What follows happens after the answer."""
    account = account_of_address(email)
    announce(events.RecoveryAsked(account.uid if account else None), by=by)


@atomic
def note_recovery_asked(*, account: Account) -> Recovery | None:
    """Put the wish before the administrators, once; None when there is one already or nothing to recover."""
    account = _held(account)
    _end_overdue(account)
    if not account.is_active or not has_lost(account) or Recovery.objects.filter(account=account, state__in=UNDECIDED).exists():
        return None
    now = clock.now()
    recovery = Recovery.objects.create(
        account=account, state=Recovery.State.ASKED, asked_at=now, expires_at=now + timedelta(days=ASKED_DAYS)
    )
    _tell_administrators(recovery, but=(account.person,))
    return recovery


@atomic
def open_recovery(*, account: Account, checked: str, reason: str, by: Person) -> Recovery:
    """The first administrator opens a recovery and says how the person's identity was checked; the person is told and can stop it.

    Raises RuleBroken for one's own account, a closed one, one without a second factor, when there is an open one already, or for
    whoever is no administrator.
    """
    if not administers_all(by):
        raise RuleBroken(_("Only an administrator opens a recovery."))
    account = _held(account)
    rules.recovery_may_be_opened(person=account.person.uid, by=by.uid, has_lost=has_lost(account), is_active=account.is_active)
    if checked not in Recovery.Checked.values:
        raise RuleBroken(_("Say how you made sure that it is the right person."), field="checked")
    if not reason.strip():
        raise RuleBroken(_("Write in a few words what was lost."), field="reason")
    _end_overdue(account)
    now = clock.now()
    recovery = Recovery.objects.select_for_update(no_key=True).filter(account=account, state__in=UNDECIDED).first()
    if recovery is not None and recovery.state == Recovery.State.OPEN:
        raise RuleBroken(_("A recovery for this person is open already. It waits for a second administrator."), field="email")
    recovery = recovery or Recovery(account=account, asked_at=now)
    recovery.state, recovery.opened_by, recovery.opened_at = Recovery.State.OPEN, by, now
    recovery.checked, recovery.reason, recovery.expires_at = checked, reason.strip()[:300], now + timedelta(hours=settings.RECOVERY_HOURS)
    recovery.save()
    person = account.person
    stop = links.make_link(STOP, subject=recovery.uid, person=person.uid, expires_at=now + timedelta(days=STOP_DAYS))
    _mail(account, "recovery_opened", path=reverse("people:recovery_stop", args=[stop]), hours=settings.RECOVERY_HOURS)
    _tell_administrators(recovery, but=(person, by))
    announce(events.RecoveryOpened(recovery.uid, account.uid, person.uid, checked), by=by)
    return recovery


@atomic
def confirm_recovery(*, recovery: Recovery, by: Person | None) -> Recovery:
    """The second administrator agrees: passkeys, app, codes and password are gone, every session ends, a link to a new password leaves.

    `by` None is the operator at the machine, the second pair of eyes where there is one administrator only. Raises RuleBroken
    for whoever opened it, the person, a recovery that is not open or out of time, and whoever is no administrator.
    """
    recovery = _locked(recovery)
    if by is not None and not administers_all(by):
        raise RuleBroken(_("Only an administrator agrees to a recovery."))
    account, opener, now = recovery.account, recovery.opened_by, clock.now()
    rules.recovery_may_be_confirmed(
        is_open=recovery.state == Recovery.State.OPEN and opener is not None, expires_at=recovery.expires_at, now=now,
        person=account.person.uid, opened_by=opener.uid if opener else account.person.uid, by=by.uid if by else None,
        opener_is_administrator=opener is not None and administrators().filter(pk=opener.pk).exists(),
    )  # fmt: skip
    for kind in Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("type", flat=True):
        announce(events.SecondFactorRemoved(account.uid, account.person.uid, kind), by=by)
    Authenticator.objects.filter(user=account).delete()
    # The old password, too: with nothing beside it, whoever knows it would be in.
    account.set_unusable_password()
    account.save(update_fields=["password"])
    end_all_sessions(account=account, by=by)
    recovery.state, recovery.confirmed_by, recovery.confirmed_at = Recovery.State.CONFIRMED, by, now
    recovery.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    token = links.make_link(FINISH, subject=recovery.uid, person=account.person.uid, expires_at=now + timedelta(hours=LINK_HOURS))
    _mail(account, "recovery_confirmed", path=reverse("people:recovery_finish", args=[token]), hours=LINK_HOURS)
    announce(events.RecoveryConfirmed(recovery.uid, account.uid, account.person.uid), by=by)
    return recovery


@atomic
def stop_recovery(*, recovery: Recovery, by: Person | None) -> Recovery:
    """The person, by the link from the mail, or an administrator stops a recovery; a link to a new password no longer works.

    Raises RuleBroken when the person has come in already, or it has ended otherwise.
    """
    recovery = _locked(recovery)
    if recovery.state not in (*UNDECIDED, Recovery.State.CONFIRMED):
        raise RuleBroken(_("This recovery has ended already."))
    links.revoke_links(FINISH, subject=recovery.uid)
    recovery.state, recovery.ended_at = Recovery.State.STOPPED, clock.now()
    recovery.save(update_fields=["state", "ended_at"])
    announce(events.RecoveryStopped(recovery.uid, recovery.account.uid, recovery.account.person.uid), by=by)
    return recovery


@atomic
def finish_recovery(*, link: Link, password: str, by: Person | None = None) -> Account:
    """Choose the new password that a confirmed recovery's link asks for; the link is then spent.

    Raises RuleBroken when it was used or stopped before, or the password is too weak (then the link stays good).
    """
    # Spending comes first, so that of two at one instant only one gets past this line; what fails below takes it back.
    if not links.mark_used(link):
        raise RuleBroken(_("This link has already been used. Sign in, or ask an administrator again."))
    recovery = _locked(Recovery.objects.get(uid=link.subject))
    if recovery.state != Recovery.State.CONFIRMED or not recovery.account.is_active:
        raise RuleBroken(_("This recovery has been stopped. Ask an administrator."))
    account = recovery.account
    check_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    recovery.state, recovery.ended_at = Recovery.State.FINISHED, clock.now()
    recovery.save(update_fields=["state", "ended_at"])
    announce(events.RecoveryFinished(recovery.uid, account.uid, account.person.uid), by=by or account.person)
    return account


def _held(account: Account) -> Account:
    """The account as it stands now, held until the end: of two who begin at one instant one comes second."""
    return Account.objects.select_for_update(of=("self",), no_key=True).select_related("person__identity").get(pk=account.pk)


def _locked(recovery: Recovery) -> Recovery:
    """The row as it stands now, held until the end: of two who press at one instant one comes second."""
    Recovery.objects.select_for_update(no_key=True).get(pk=recovery.pk)
    return Recovery.objects.select_related("account__person__identity", "opened_by__identity").get(pk=recovery.pk)


def _end_overdue(account: Account) -> None:
    """What ran out makes room for a new one."""
    Recovery.objects.filter(account=account, state__in=UNDECIDED, expires_at__lte=clock.now()).update(
        state=Recovery.State.EXPIRED, ended_at=clock.now()
    )


def _mail(account: Account, name: str, *, path: str, **more: Any) -> None:
    send_mail(
        f"people/mail/{name}", to=account.email, language=account.person.identity.language, person=account.person.uid,
        context={"url": settings.SITE_URL + path, **more},
    )  # fmt: skip


def _tell_administrators(recovery: Recovery, *, but: tuple[Person, ...]) -> None:
    path = reverse("people:recovery", args=[recovery.uid])
    for one in administrators().exclude(pk__in=[person.pk for person in but]):
        _mail(one.account, "recovery_waits", path=path)
