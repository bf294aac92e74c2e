"""Links with a secret: for people without an account, for one purpose, until a date."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from handrail.kit import clock, ids
from handrail.kit.models import Link


def make_link(purpose: str, *, subject: UUID, expires_at: datetime, person: UUID | None = None) -> str:
    """Make a secret link and answer the secret, which is kept nowhere else. Earlier links stay valid until revoked."""
    token = ids.secret()
    Link.objects.create(
        token_hash=ids.hashed(token), purpose=purpose, subject=subject, person=person,
        created_at=clock.now(), expires_at=expires_at,
    )  # fmt: skip
    return token


def find_link(purpose: str, token: str) -> Link | None:
    """The link behind a secret, if it is for this purpose, not revoked and not expired."""
    link = Link.objects.filter(token_hash=ids.hashed(token), purpose=purpose, revoked_at=None).first()
    return link if link and link.expires_at > clock.now() else None


def is_spent(purpose: str, token: str) -> bool:
    """True when the secret was once right but has expired or been revoked: its holder is told so, kindly."""
    return Link.objects.filter(token_hash=ids.hashed(token), purpose=purpose).exists()


def revoke_links(purpose: str, *, subject: UUID) -> int:
    """Make every link to a subject useless at once; answers how many there were."""
    return Link.objects.filter(purpose=purpose, subject=subject, revoked_at=None).update(revoked_at=clock.now())


def mark_used(link: Link) -> bool:
    """Spend a link that may be used once; False when somebody was faster."""
    return bool(Link.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now()))
