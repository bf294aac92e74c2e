"""What comes from outside is taken exactly once: a key made on the device, unique in the database (security.md 14, 15)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from secrets import randbelow
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


@dataclass(frozen=True)
class Brought:
    """One of several things that came at once."""

    key: str
    scope: str
    content: Any


def take_once(
    *, key: str, scope: str, content: Any, perform: Callable[[], UUID | None], programme: UUID | None = None, result: UUID | None = None,
    unjoined: bool = False,
) -> Receipt:
    """Do `perform` once for this key; the same content again changes nothing, other content is set aside for a person.

    Answer only after this returns: then it is committed. Raises RuleBroken for a missing key, and whatever `perform` raises
    (then nothing is stored, and the key is free). `result` is what `perform` will answer, where that is known before. What comes `unjoined`
    leaves a day and no instant, no place in an order and no name of what was made: nothing to lay beside an anonymous answer.
    """
    if not 8 <= len(key) <= 80:
        raise RuleBroken(_("The page sent no key of its own. Reload it and send again."))
    sha256 = ids.digest(content)
    scoped = _scoped(scope, key)
    try:
        with transaction.atomic():
            # The row comes first, so that of several copies at one instant, and of one that comes later, only one gets past this line.
            row = _row(scoped, scope, sha256, unjoined=unjoined, result=result)
            row.save(force_insert=True)
            result = perform()
            if result != row.result and not unjoined:
                Received.objects.filter(pk=row.pk).update(result=result)
    except IntegrityError:
        earlier = Received.objects.filter(key=scoped).first()
        if earlier is None:  # the clash was inside `perform`, not about the key
            raise
        return _seen(earlier, key, scope, sha256, content, programme, unjoined=unjoined)
    return Receipt(key, sha256, None if unjoined else result, "new")


def take_all_once(
    brought: Sequence[Brought], *, perform: Callable[[list[int]], Sequence[UUID | None]], programme: UUID | None = None, unjoined: bool = False
) -> list[Receipt]:
    """The same for a list brought along at once: `perform` gets the places in the list that are new and does them in one transaction, all or none.

    Raises what `take_once` raises, and ValueError when a key stands in the list twice.
    """
    if any(not 8 <= len(one.key) <= 80 for one in brought):
        raise RuleBroken(_("The page sent no key of its own. Reload it and send again."))
    keys = [_scoped(one.scope, one.key) for one in brought]
    digests = [ids.digest(one.content) for one in brought]
    if len(set(keys)) < len(keys):
        raise ValueError("A key stands in the list twice.")
    earlier = {row.key: row for row in Received.objects.filter(key__in=keys)}
    new = [place for place, key in enumerate(keys) if key not in earlier]
    result: dict[int, UUID | None] = {}
    try:
        with transaction.atomic():
            rows = Received.objects.bulk_create(_row(keys[place], brought[place].scope, digests[place], unjoined=unjoined) for place in new)
            result = dict(zip(new, perform(new), strict=True)) if new else {}
            if unjoined:
                result = dict.fromkeys(new)
            else:
                for row, uid in zip(rows, result.values(), strict=True):
                    row.result = uid
                Received.objects.bulk_update(rows, ["result"], batch_size=200)
    except IntegrityError:
        if not Received.objects.filter(key__in=[keys[place] for place in new]).exists():  # the clash was inside `perform`, not about a key
            raise
        return take_all_once(brought, perform=perform, programme=programme, unjoined=unjoined)
    return [
        Receipt(one.key, digests[place], result[place], "new")
        if place in result
        else _seen(earlier[keys[place]], one.key, one.scope, digests[place], one.content, programme, unjoined=unjoined)
        for place, one in enumerate(brought)
    ]


def _scoped(scope: str, key: str) -> str:
    return f"{scope}:{key}" if len(scope) + len(key) < 79 else ids.hashed(f"{scope}:{key}")


def unordered() -> int:
    """A row's number that tells nothing of when it came."""
    return 1 + randbelow(2**52)


def was_taken(*, key: str, scope: str) -> bool:
    """Whether something came under this key."""
    return Received.objects.filter(key=_scoped(scope, key)).exists()


def _row(scoped: str, scope: str, sha256: str, *, unjoined: bool, result: UUID | None = None) -> Received:
    if unjoined:
        return Received(pk=unordered(), key=scoped, scope=scope, sha256=sha256, at=clock.midnight())
    return Received(key=scoped, scope=scope, sha256=sha256, at=clock.now(), result=result)


def _seen(earlier: Received, key: str, scope: str, sha256: str, content: Any, programme: UUID | None, *, unjoined: bool) -> Receipt:
    if earlier.sha256 == sha256:
        return Receipt(key, sha256, earlier.result, "again")
    _aside(earlier.key, scope, sha256, content, programme, unjoined=unjoined)
    return Receipt(key, sha256, earlier.result, "aside")


def put_aside(*, key: str, scope: str, content: Any, programme: UUID | None = None, unjoined: bool = False) -> None:
    """Keep what cannot be taken as it is, once, for a person to look at; its key stays free."""
    _aside(_scoped(scope, key), scope, ids.digest(content), content, programme, unjoined=unjoined)


def _aside(scoped: str, scope: str, sha256: str, content: Any, programme: UUID | None, *, unjoined: bool) -> None:
    at = clock.midnight() if unjoined else clock.now()
    SetAside.objects.get_or_create(key=scoped, sha256=sha256, defaults={"scope": scope, "payload": content, "programme": programme, "at": at})
