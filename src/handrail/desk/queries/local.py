"""Only for local mode: the demonstration's cast and the mail that was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from handrail.desk.cast import CAST
from handrail.kit.models import SentMail
from handrail.people.models import Account, Person
from handrail.programmes.queries import public_programmes


@dataclass(frozen=True)
class CastMember:
    """Somebody one can continue as, with what they do."""

    key: str
    name: str
    initials: str
    does: Any
    programme: str = ""


def cast_members() -> list[CastMember]:
    """The demonstration's cast, as far as it has been built."""
    if not settings.LOCAL_MODE:
        return []
    accounts = Account.objects.filter(email__in=[one.email for one in CAST], is_active=True).select_related("person__identity")
    by_email = {account.email: account.person.identity for account in accounts}
    return [
        CastMember(one.key, str(by_email[one.email]), by_email[one.email].initials, one.does, one.programme) for one in CAST if one.email in by_email
    ]


def cast_by_programme() -> list[tuple[str, list[CastMember]]]:
    """The cast under the name of the programme that each plays in."""
    names = {one.slug: str(one.name) for one in public_programmes()}
    members = cast_members()
    slugs = list(dict.fromkeys(one.programme for one in members))
    return [(names.get(slug, ""), [one for one in members if one.programme == slug]) for slug in slugs]


def person_of_cast(key: str) -> Account | None:
    """The account behind a "continue as" button; None outside local mode."""
    emails = [one.email for one in CAST if one.key == key]
    if not settings.LOCAL_MODE or not emails:
        return None
    return Account.objects.filter(email=emails[0], is_active=True).select_related("person").first()


def mails() -> QuerySet[SentMail]:
    """The mail that was sent, the newest first; nothing outside local mode."""
    return SentMail.objects.order_by("-pk") if settings.LOCAL_MODE else SentMail.objects.none()


def mails_visible_in_local_mode(_person: Person) -> QuerySet[SentMail]:
    """As `mails`, for a screen."""
    return mails()
