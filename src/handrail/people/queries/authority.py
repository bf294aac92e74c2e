"""What a person may be, where: read once per request and then asked many times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from handrail.kit import clock
from handrail.people.models import Account, Grant, Person, Role
from handrail.people.queries.accounts import FACTORS


@dataclass(frozen=True)
class Held:
    """One role held: where, and in which programme (None: in all)."""

    role: str
    programme: UUID | None
    organisation_id: int | None
    unit_id: int | None


@dataclass(frozen=True)
class Authority:
    """All roles a person holds today."""

    person_id: int
    held: tuple[Held, ...]

    def has(self, role: str, *, programme: UUID | None = None, organisation_id: int | None = None) -> bool:
        """Whether the person holds a role in a programme (and, if asked, for an organisation)."""
        return any(
            one.role == role
            and (programme is None or one.programme in (None, programme))
            and (organisation_id is None or one.organisation_id in (None, organisation_id))
            for one in self.held
        )

    def roles(self, programme: UUID | None = None) -> frozenset[str]:
        """The roles held in a programme, or anywhere."""
        return frozenset(one.role for one in self.held if programme is None or one.programme in (None, programme))

    def organisation_ids(self, role: str, programme: UUID | None = None) -> frozenset[int]:
        """The organisations for which a role is held."""
        return frozenset(
            one.organisation_id
            for one in self.held
            if one.role == role and one.organisation_id and (programme is None or one.programme in (None, programme))
        )

    def programmes(self) -> frozenset[UUID]:
        """The programmes in which any role is held."""
        return frozenset(one.programme for one in self.held if one.programme)

    @property
    def is_administrator(self) -> bool:
        """Administrators configure; they do not read about people."""
        return any(one.role == Role.ADMINISTRATOR for one in self.held)


def current_grants() -> QuerySet[Grant]:
    """Grants that hold today."""
    today = clock.today()
    return Grant.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)


def authority_of(person: Person) -> Authority:
    """The roles that a person holds today; read once per request."""
    kept: Authority | None = getattr(person, "_authority", None)
    if kept is None:
        rows = current_grants().filter(person=person).values_list("role", "programme", "organisation_id", "unit_id")
        kept = Authority(person.pk, tuple(Held(*row) for row in rows))
        person._authority = kept  # type: ignore[attr-defined]
    return kept


def led_by(person: Person, *, organisation: str, programme: str) -> Q:
    """The condition of belonging to a municipality that a person leads, in the programme in which they lead it.

    `organisation` and `programme` lead to the organisation's id and the programme's uid.
    """
    found = Q(pk__in=[])
    for one in authority_of(person).held:
        if one.role == Role.PROCESS_LEADER and one.organisation_id:
            here = Q(**{organisation: one.organisation_id})
            found |= here if one.programme is None else here & Q(**{programme: one.programme})
    return found


def account_with_person(account_id: int) -> Account | None:
    """An account with the person behind it and what that person is called."""
    return Account.objects.select_related("person__identity").filter(pk=account_id).first()


def accounts_at(email: str) -> Iterator[Account]:
    """The accounts that are entered with an address, with whether they have a second factor (`has_factor`): whose address it is first, then, if
    asked on, one that the account library keeps it for.
    """
    plain = email.lower()
    accounts = Account.objects.annotate(has_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)))
    yield from accounts.filter(email=plain)
    yield from accounts.filter(pk__in=EmailAddress.objects.filter(email=plain).values("user_id")).exclude(email=plain)


def person_of_account(account: Any) -> Person | None:
    """The person behind an account, with identity; None when the account is closed."""
    if not account.is_active:
        return None
    if Account.person.is_cached(account) and Person.identity.is_cached(account.person):  # came with the session's account
        found: Person = account.person
        return found
    return Person.objects.select_related("identity").filter(pk=account.person_id).first()
