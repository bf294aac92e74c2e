"""What comes from outside is taken exactly once: a key made on the device, unique in the database (security.md 14, 15)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from handrail.kit import clock, ids
from handrail.kit.errors import RuleBroken
from handrail.kit.models import Received, SetAside
from handrail.kit.text import _


@dataclass(frozen=True)
class Receipt:
    """What the sender is told: stored now, stored before, or kept aside because the key was used for something else."""

    key: str
    sha256: str
    result: UUID | None
    state: str  # "new", "again" or "aside"

    @property
    def status(self) -> int:
        """The HTTP status: 201 new, 200 the same again, 422 other content under a used key."""
        return {"new": 201, "again": 200, "aside": 422}[self.state]


def take_once(
    *, key: str, scope: str, content: Any, perform: Callable[[], UUID | None], programme: UUID | None = None, result: UUID | None = None
) -> Receipt:
    """Do `perform` once for this key; the same content again changes nothing, other content is set aside for a person.

    Answer only after this returns: then it is committed. Raises RuleBroken for a missing key, and whatever `perform` raises
    (then nothing is stored, and the key is free). `result` is what `perform` will answer, where that is known before.
    """
    if not 8 <= len(key) <= 80:
        raise RuleBroken(_("The page sent no key of its own. Reload it and send again."))
    sha256 = ids.digest(content)
    scoped = f"{scope}:{key}" if len(scope) + len(key) < 79 else ids.hashed(f"{scope}:{key}")
    try:
        with transaction.atomic():
            # The row comes first, so that of several copies at one instant, and of one that comes later, only one gets past this line.
            row = Received(key=scoped, scope=scope, sha256=sha256, at=clock.now(), result=result)
            row.save(force_insert=True)
            result = perform()
            if result != row.result:
                Received.objects.filter(pk=row.pk).update(result=result)
    except IntegrityError:
        earlier = Received.objects.filter(key=scoped).first()
        if earlier is None:  # the clash was inside `perform`, not about the key
            raise
        return _seen(earlier, key, scope, sha256, content, programme)
    return Receipt(key, sha256, result, "new")


def _seen(earlier: Received, key: str, scope: str, sha256: str, content: Any, programme: UUID | None) -> Receipt:
    if earlier.sha256 == sha256:
        return Receipt(key, sha256, earlier.result, "again")
    SetAside.objects.get_or_create(
        key=earlier.key, sha256=sha256,
        defaults={"scope": scope, "payload": content, "programme": programme, "at": clock.now()},
    )  # fmt: skip
    return Receipt(key, sha256, earlier.result, "aside")
