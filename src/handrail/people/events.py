"""What happened to people, organisations, accounts and roles."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from handrail.kit.events import Event, fact


@fact
class OrganisationAdded(Event):
    """An organisation was added."""

    organisation: UUID


@fact
class UnitAdded(Event):
    """A unit of an organisation was added."""

    unit: UUID
    organisation: UUID


@fact
class PersonAdded(Event):
    """A person was added."""

    person: UUID


@fact
class PersonEmployed(Event):
    """A person began to work for an organisation."""

    employment: UUID
    person: UUID
    organisation: UUID


@fact
class EmploymentEnded(Event):
    """A person stopped working for an organisation."""

    employment: UUID
    person: UUID
    organisation: UUID
    on: date


@fact
class RoleGranted(Event):
    """A person was given a role."""

    grant: UUID
    person: UUID
    role: str
    programme: UUID | None
    organisation: UUID | None
    unit: UUID | None


@fact
class RoleEnded(Event):
    """A person no longer holds a role."""

    grant: UUID
    person: UUID
    role: str
    programme: UUID | None
    organisation: UUID | None


@fact
class PersonInvited(Event):
    """A person was sent a link to choose a password."""

    person: UUID


@fact
class AccountOpened(Event):
    """A person got a way to sign in."""

    account: UUID
    person: UUID


@fact
class AccountClosed(Event):
    """A person can no longer sign in; every session ended at once."""

    account: UUID
    person: UUID


@fact
class AccountReopened(Event):
    """A person can sign in again."""

    account: UUID
    person: UUID


@fact
class SessionsEnded(Event):
    """Every device of a person was signed out."""

    account: UUID
    person: UUID


@fact
class SecondFactorAdded(Event):
    """A person set up a passkey (`webauthn`) or an app with codes (`totp`)."""

    account: UUID
    person: UUID
    kind: str


@fact
class SecondFactorRemoved(Event):
    """A passkey or an app with codes no longer signs a person in."""

    account: UUID
    person: UUID
    kind: str


@fact
class RecoveryAsked(Event):
    """Somebody asked to be let in again; without an account when nobody signs in with the address."""

    account: UUID | None


@fact
class RecoveryOpened(Event):
    """An administrator opened a recovery; `checked` says how the person's identity was checked."""

    recovery: UUID
    account: UUID
    person: UUID
    checked: str


@fact
class RecoveryConfirmed(Event):
    """A second administrator agreed: passkeys, app and password no longer sign in, every session ended."""

    recovery: UUID
    account: UUID
    person: UUID


@fact
class RecoveryStopped(Event):
    """The person or an administrator stopped a recovery."""

    recovery: UUID
    account: UUID
    person: UUID


@fact
class RecoveryFinished(Event):
    """A person came in again with a new password."""

    recovery: UUID
    account: UUID
    person: UUID


@fact
class ErasureAsked(Event):
    """Somebody asked to erase a person; another has to agree."""

    erasure: UUID
    person: UUID
    reason: str


@fact
class ErasureStopped(Event):
    """An erasure that was asked for will not be done."""

    erasure: UUID
    person: UUID


@fact
class PersonErased(Event):
    """A person is being erased: every app forgets its own part in the same transaction, the highest first; name and address go last."""

    person: UUID
    reason: str


@fact
class StaffListUploaded(Event):
    """A staff list was brought in; nothing has been saved of it yet."""

    staff_import: UUID
    organisation: UUID
    rows: int


@fact
class StaffListApplied(Event):
    """A staff list was saved: how many joined, changed and left."""

    staff_import: UUID
    organisation: UUID
    joined: int
    changed: int
    left: int


@fact
class StaffListDiscarded(Event):
    """A staff list was thrown away unsaved."""

    staff_import: UUID
    organisation: UUID


@fact
class ConsentGiven(Event):
    """A person agreed that certain facts may be told to somebody."""

    consent: UUID
    person: UUID
    recipient: UUID
    fields: tuple[str, ...]


@fact
class ConsentWithdrawn(Event):
    """A person took an agreement back: it ends at once."""

    consent: UUID
    person: UUID
    recipient: UUID
