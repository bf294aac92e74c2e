"""The way in: invitations, accounts, sessions."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F
from django.db.transaction import atomic
from django.urls import reverse

from handrail.kit import clock, links
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.mail import send_mail
from handrail.kit.models import Link
from handrail.kit.text import _
from handrail.people.events import AccountClosed, AccountOpened, AccountReopened, PersonInvited, SessionsEnded
from handrail.people.models import Account, Identity, Person
from handrail.people.rules.names import plain_email

INVITATION = "invitation"  # the purpose of the link
INVITATION_DAYS = 14


@atomic
def open_account(*, person: Person, password: str | None, by: Person | None) -> Account:
    """Give a person a way to sign in with their e-mail address; without a password one must be set by reset.

    Raises RuleBroken when there is no address, it is already used to sign in, or the password is too weak.
    """
    address = plain_email(person.identity.email)
    if not address:
        raise RuleBroken(_("The person has no e-mail address. Add one to the staff list first."), field="email")
    if Account.objects.filter(person=person).exists():
        raise RuleBroken(_("The person can already sign in."))
    if Account.objects.filter(email=address).exists():
        raise RuleBroken(_("This address is already used to sign in. Ask for another one."), field="email")
    account = Account(email=address, person=person)
    if password is not None:
        check_password(password, account)
    account = Account.objects.create_user(address, password, person=person)
    announce(AccountOpened(account.uid, person.uid), by=by)
    return account


@atomic
def invite_person(*, person: Person, by: Person | None) -> str:
    """Send a person a link, good for 14 days and for one use, to choose a password. An earlier link stops working.

    Answers the link's secret. Raises RuleBroken when there is no address, or the person can already sign in.
    """
    identity = person.identity
    if not identity.email:
        raise RuleBroken(_("The person has no e-mail address. Add one to the staff list first."), field="email")
    if Account.objects.filter(person=person).exists():
        raise RuleBroken(_("The person can already sign in."))
    links.revoke_links(INVITATION, subject=person.uid)
    token = links.make_link(
        INVITATION, subject=person.uid, person=person.uid, expires_at=clock.now() + timedelta(days=INVITATION_DAYS)
    )
    send_mail(
        "people/mail/invitation", to=identity.email, language=identity.language, person=person.uid,
        context={
            "url": settings.SITE_URL + reverse("people:invitation", args=[token]), "given_name": identity.given_name,
            "days": INVITATION_DAYS,
        },
    )  # fmt: skip
    announce(PersonInvited(person.uid), by=by)
    return token


@atomic
def accept_invitation(*, link: Link, password: str, by: Person | None = None) -> Account:
    """Choose the password that an invitation asks for; the link is then spent.

    Raises RuleBroken when it was used before, or the password is too weak (then the link stays good).
    """
    # Spending comes first, so that of two at one instant only one gets past this line; what fails below takes it back.
    if not links.mark_used(link):
        raise RuleBroken(_("This link has already been used. Sign in, or ask for a new password."))
    person = Person.objects.select_related("identity").get(uid=link.subject)
    account = open_account(person=person, password=password, by=by or person)
    links.revoke_links(INVITATION, subject=person.uid)
    return account


@atomic
def ask_invitation_again(*, email: str, by: Person | None = None) -> None:
    """Send a new invitation to an address that was invited and has no account yet; nobody learns whether it did."""
    waiting = Identity.objects.filter(
        email=plain_email(email), person__erased_at=None, person__account=None,
        person__uid__in=Link.objects.filter(purpose=INVITATION).values("subject"),
    )  # fmt: skip
    for identity in waiting.select_related("person")[:1]:
        invite_person(person=identity.person, by=by)


@atomic
def close_account(*, account: Account, by: Person | None) -> Account:
    """Close a person's way in; every session ends with the next request.

    Raises RuleBroken for one's own account: somebody else closes that.
    """
    if by is not None and by.pk == account.person_id:
        raise RuleBroken(_("You cannot close your own account. Ask somebody else who may."))
    account.is_active = False
    account.save(update_fields=["is_active"])
    links.revoke_links(INVITATION, subject=account.person.uid)
    _end_sessions(account)
    announce(AccountClosed(account.uid, account.person.uid), by=by)
    return account


@atomic
def reopen_account(*, account: Account, by: Person | None) -> Account:
    """Let a person sign in again, with the password they had."""
    account.is_active = True
    account.save(update_fields=["is_active"])
    announce(AccountReopened(account.uid, account.person.uid), by=by)
    return account


@atomic
def end_all_sessions(*, account: Account, by: Person | None, but: str = "") -> None:
    """Sign a person out on every device, at the next request; `but` is the key of a session that is then given the new mark."""
    _end_sessions(account, but=but)
    announce(SessionsEnded(account.uid, account.person.uid), by=by)


def _end_sessions(account: Account, *, but: str = "") -> None:
    # The number is part of what a session is checked against, so all of them fail at once, in this transaction.
    Account.objects.filter(pk=account.pk).update(session_round=F("session_round") + 1)
    account.refresh_from_db(fields=["session_round"])
    UserSession.objects.filter(user=account).exclude(session_key=but).delete()


def check_password(password: str, account: Account) -> None:
    """Raises RuleBroken (field "password") for a password that is too short, too common or too like the address."""
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise RuleBroken(" ".join(weak.messages), field="password") from None
