"""Accounts, the second factor, and the devices on which somebody is signed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from handrail.kit import clock
from handrail.kit.links import find_link
from handrail.kit.models import Link
from handrail.kit.text import _
from handrail.people.models import Account, Identity, Person

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Device:
    """A browser on which a person is signed in."""

    number: int
    label: str
    since: datetime | None
    is_current: bool


def devices_of(account: Account, current_key: str | None) -> list[Device]:
    """The devices on which a person is signed in, this one first."""
    rows = list(UserSession.objects.filter(user=account).order_by("-created_at"))
    alive = set(
        Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=clock.real_now()
        ).values_list("session_key", flat=True)
    )
    devices = [
        Device(row.pk, _label(row.user_agent), row.created_at, row.session_key == current_key)
        for row in rows
        if row.session_key in alive
    ]
    if not any(device.is_current for device in devices):
        devices.insert(0, Device(0, str(_("This browser")), None, True))
    return sorted(devices, key=lambda device: not device.is_current)


def account_of(person: Person) -> Account | None:
    """A person's way in, open or closed."""
    return Account.objects.select_related("person").filter(person=person).first()


def second_factors(account: Account) -> frozenset[str]:
    """Which second factors somebody has set up: an app with codes ("totp"), passkeys ("webauthn")."""
    return frozenset(Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).values_list("type", flat=True))


@dataclass(frozen=True)
class Passkey:
    """A passkey of one's own: what it is called, since when, used when."""

    number: int
    name: str
    added_at: datetime
    used_at: datetime | None


def passkeys_of(account: Account) -> list[Passkey]:
    """Somebody's passkeys, the oldest first."""
    rows = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    return [Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at) for row in rows]


def browser_of(user_agent: str) -> str:
    """A browser in words: Chrome on Windows."""
    return _label(user_agent)


def recovery_codes_left(account: Account) -> int:
    """How many recovery codes have not been used."""
    found = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(found.wrap().get_unused_codes()) if found else 0


def account_states(person_ids: Iterable[int], *, uids: Mapping[int, UUID] | None = None) -> dict[int, str]:
    """What each person's way in is: "open", "closed", "invited", or (missing) none yet; `uids` are the persons' own, where they are at hand."""
    ids = list(person_ids)
    states = {
        person_id: "open" if is_active else "closed"
        for person_id, is_active in Account.objects.filter(person_id__in=ids).values_list("person_id", "is_active")
    }
    without = [one for one in ids if one not in states]
    known = uids if uids is not None else dict(Person.objects.filter(pk__in=without).values_list("pk", "uid"))
    subjects = {known[one]: one for one in without if one in known}
    invited = Link.objects.filter(
        purpose="invitation", subject__in=subjects, revoked_at=None, used_at=None, expires_at__gt=clock.now()
    )
    return states | {subjects[subject]: "invited" for subject in invited.values_list("subject", flat=True)}


def open_invitation(token: str) -> tuple[Link, Identity] | None:
    """The invitation behind a secret and whom it is for, while it can still be used."""
    link = find_link("invitation", token)
    if link is None or link.used_at is not None:
        return None
    identity = Identity.objects.select_related("person").filter(
        person__uid=link.subject, person__erased_at=None, person__account=None
    )
    found = identity.first()
    return (link, found) if found else None


def _label(user_agent: str) -> str:
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    if browser and system:
        return str(_("%(browser)s on %(system)s") % {"browser": browser, "system": system})
    return browser or system or str(_("Another browser"))
