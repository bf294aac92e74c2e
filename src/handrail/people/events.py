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
