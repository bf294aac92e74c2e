"""How often something may be tried: counted in the database, so that limits hold with several processes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from handrail.kit import clock
from handrail.kit.models import Throttle
from handrail.kit.shared import SharedMemory

KEPT = timedelta(days=2)
ATTEMPTS = 20  # so often another process may be quicker before one gives up, and refuses


def too_often(what: str, who: str, *, limit: int, within: timedelta) -> bool:
    """Count one try and say whether there were more than `limit` in the window. Neither address nor network is stored."""
    key = salted_hmac("handrail.throttle", f"{what}:{who}", algorithm="sha256").hexdigest()
    now = clock.real_now()
    with transaction.atomic():
        row, made = Throttle.objects.select_for_update(no_key=True).get_or_create(
            key=key, defaults={"window_started_at": now, "count": 1}
        )
        if made:
            Throttle.objects.filter(window_started_at__lt=now - KEPT).delete()
            return limit < 1
        if now - row.window_started_at >= within:
            Throttle.objects.filter(pk=row.pk).update(window_started_at=now, count=1)
            return limit < 1
        Throttle.objects.filter(pk=row.pk).update(count=F("count") + 1)
        return row.count + 1 > limit


@dataclass(frozen=True)
class Limit:
    """So many tries within so many seconds, whenever those begin."""

    key: str
    amount: int
    seconds: float


@dataclass
class Tried:
    """A try, and under which limits it was counted; true unless one of them was reached. `rollback` takes it back where it was none to be counted."""

    memory: SharedMemory
    at: float
    counted: dict[Limit, str] = field(default_factory=dict)  # with what was written
    reached: Limit | None = None

    def __bool__(self) -> bool:
        return self.reached is None

    def rollback(self) -> None:
        """Count this try no longer, whatever was counted since."""
        left, known = set(self.counted), {limit.key: written for limit, written in self.counted.items()}
        for _attempt in range(ATTEMPTS):
            changes = {}
            for limit in left:
                if (written := known.get(limit.key)) is not None:
                    changes[limit.key] = (written, [one for one in self.memory.meant(written) if one != self.at], limit.seconds)
            swapped = self.memory.swap(changes) if changes else {}
            left = {limit for limit in left if limit.key in changes and limit.key not in swapped}
            if not left:
                return
            known = self.memory.peek(limit.key for limit in left)


def try_once(memory: SharedMemory, limits: Sequence[Limit]) -> Tried:
    """Count one try under each limit in turn, until one is reached (those before it have counted it, it and those after have not).

    Every instant of the window is remembered, not only how many there were, so that no moment lets twice as many through. One look and one
    statement in the database, however many limits; where two processes try at one instant, the second looks again.
    """
    tried = Tried(memory, time.time())
    waiting = list(limits)
    for _attempt in range(ATTEMPTS):
        if not waiting:
            return tried
        seen = memory.peek(limit.key for limit in waiting)
        changes: dict[str, tuple[str | None, list[float], float]] = {}
        reached = None
        for limit in waiting:
            before = [one for one in memory.meant(seen[limit.key]) if one > tried.at - limit.seconds] if limit.key in seen else []
            if len(before) >= limit.amount:
                reached = limit
                break
            changes[limit.key] = (seen.get(limit.key), [tried.at, *before], limit.seconds)
        swapped = memory.swap(changes) if changes else {}
        tried.counted |= {limit: swapped[limit.key] for limit in waiting if limit.key in swapped}
        waiting = [limit for limit in waiting if limit.key not in swapped]
        if reached and len(swapped) == len(changes):
            break
    tried.reached = reached or waiting[0] if waiting else None
    return tried


def network_of(request: HttpRequest) -> str:
    """The caller's network address, as the proxies in front of the site report it; for counting only."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(passed) >= proxies:
        return passed[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
