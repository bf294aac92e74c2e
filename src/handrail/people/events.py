"""What happened to people, organisations, accounts and roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.kit.events import Event


@dataclass(frozen=True)
class OrganisationAdded(Event):
    """An organisation was added."""

    organisation: UUID


@dataclass(frozen=True)
class UnitAdded(Event):
    """A unit of an organisation was added."""

    unit: UUID
    organisation: UUID


@dataclass(frozen=True)
class PersonAdded(Event):
    """A person was added."""

    person: UUID


@dataclass(frozen=True)
class PersonEmployed(Event):
    """A person began to work for an organisation."""

    employment: UUID
    person: UUID
    organisation: UUID


@dataclass(frozen=True)
class EmploymentEnded(Event):
    """A person stopped working for an organisation."""

    employment: UUID
    person: UUID
    organisation: UUID
    on: date


@dataclass(frozen=True)
class RoleGranted(Event):
    """A person was given a role."""

    grant: UUID
    person: UUID
    role: str
    programme: UUID | None
    organisation: UUID | None
    unit: UUID | None


@dataclass(frozen=True)
class RoleEnded(Event):
    """A person no longer holds a role."""

    grant: UUID
    person: UUID
    role: str
    programme: UUID | None
    organisation: UUID | None


@dataclass(frozen=True)
class PersonInvited(Event):
    """A person was sent a link to choose a password."""

    person: UUID


@dataclass(frozen=True)
class AccountOpened(Event):
    """A person got a way to sign in."""

    account: UUID
    person: UUID


@dataclass(frozen=True)
class AccountClosed(Event):
    """A person can no longer sign in; every session ended at once."""

    account: UUID
    person: UUID


@dataclass(frozen=True)
class AccountReopened(Event):
    """A person can sign in again."""

    account: UUID
    person: UUID


@dataclass(frozen=True)
class SessionsEnded(Event):
    """Every device of a person was signed out."""

    account: UUID
    person: UUID


@dataclass(frozen=True)
class SecondFactorAdded(Event):
    """A person set up a passkey (`webauthn`) or an app with codes (`totp`)."""

    account: UUID
    person: UUID
    kind: str


@dataclass(frozen=True)
class SecondFactorRemoved(Event):
    """A passkey or an app with codes no longer signs a person in."""

    account: UUID
    person: UUID
    kind: str


@dataclass(frozen=True)
class RecoveryAsked(Event):
    """Somebody asked to be let in again; without an account when nobody signs in with the address."""

    account: UUID | None


@dataclass(frozen=True)
class RecoveryOpened(Event):
    """An administrator opened a recovery; `checked` says how the person's identity was checked."""

    recovery: UUID
    account: UUID
    person: UUID
    checked: str


@dataclass(frozen=True)
class RecoveryConfirmed(Event):
    """A second administrator agreed: passkeys, app and password no longer sign in, every session ended."""

    recovery: UUID
    account: UUID
    person: UUID


@dataclass(frozen=True)
class RecoveryStopped(Event):
    """The person or an administrator stopped a recovery."""

    recovery: UUID
    account: UUID
    person: UUID


@dataclass(frozen=True)
class RecoveryFinished(Event):
    """A person came in again with a new password."""

    recovery: UUID
    account: UUID
    person: UUID


@dataclass(frozen=True)
class ErasureAsked(Event):
    """Somebody asked to erase a person; another has to agree."""

    erasure: UUID
    person: UUID
    reason: str


@dataclass(frozen=True)
class ErasureStopped(Event):
    """An erasure that was asked for will not be done."""

    erasure: UUID
    person: UUID


@dataclass(frozen=True)
class PersonErased(Event):
    """A person is being erased: every app forgets its own part in the same transaction, the highest first; name and address go last."""

    person: UUID
    reason: str


@dataclass(frozen=True)
class StaffListUploaded(Event):
    """A staff list was brought in; nothing has been saved of it yet."""

    staff_import: UUID
    organisation: UUID
    rows: int


@dataclass(frozen=True)
class StaffListApplied(Event):
    """A staff list was saved: how many joined, changed and left."""

    staff_import: UUID
    organisation: UUID
    joined: int
    changed: int
    left: int


@dataclass(frozen=True)
class StaffListDiscarded(Event):
    """A staff list was thrown away unsaved."""

    staff_import: UUID
    organisation: UUID


@dataclass(frozen=True)
class ConsentGiven(Event):
    """A person agreed that certain facts may be told to somebody."""

    consent: UUID
    person: UUID
    recipient: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ConsentWithdrawn(Event):
    """A person took an agreement back: it ends at once."""

    consent: UUID
    person: UUID
    recipient: UUID
