"""The code that turns on the wall: derived from the session's secret and the minute, so that a photo of it is soon worth nothing."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from uuid import UUID

ROTATES_AFTER = 60  # seconds; the code before is accepted as well, so that nobody stands there with one that just turned
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are misread, or spell words
LENGTH = 8
DOORS_OPEN = timedelta(hours=1)  # before the session starts, for checking in
LATEST = timedelta(days=1)  # a code that was kept on a phone without a line is taken for so long
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def code_at(secret: str, session: UUID, moment: datetime, *, back: int = 0) -> str:
    """The eight letters shown at a moment, or `back` turns before. 40 bits of HMAC-SHA256: none can be guessed in a minute."""
    turn = int(moment.timestamp()) // ROTATES_AFTER - back
    digest = hmac.new(secret.encode(), f"{session}:{turn}".encode(), hashlib.sha256).digest()
    value = int.from_bytes(digest[:5], "big")
    return "".join(LETTERS[(value >> (5 * place)) & 31] for place in reversed(range(LENGTH)))


def plain_code(typed: str) -> str:
    """What somebody typed, as the code is written: no spaces or dashes, capitals, misread letters put right."""
    return "".join(one for one in typed.upper().translate(MISREAD) if one in LETTERS)[: LENGTH + 1]


def code_is_right(typed: str, *, secret: str, session: UUID, moment: datetime) -> bool:
    """Whether a code is the one shown now or the one before; compared in constant time."""
    plain = plain_code(typed)
    now, before = (hmac.compare_digest(plain, code_at(secret, session, moment, back=back)) for back in (0, 1))
    return now or before


def moment_of_code(typed: str, *, secret: str, session: UUID, starts_at: datetime, ends_at: datetime, now: datetime) -> datetime | None:
    """When a code that comes late was first shown: the moment that the code itself proves, whatever the clock of the phone says.

    Only codes of this session's check-in count, from an hour before the start to the end, not yet to come and at most a day old; None for others.
    """
    first, last = max(starts_at - DOORS_OPEN, now - LATEST), min(ends_at, now)
    plain, found = plain_code(typed), None
    for turn in range(int(first.timestamp()) // ROTATES_AFTER, int(last.timestamp()) // ROTATES_AFTER + 1):
        shown = max(datetime.fromtimestamp(turn * ROTATES_AFTER, UTC), first)
        if shown < last and hmac.compare_digest(plain, code_at(secret, session, shown)):
            found = shown
    return found


def seconds_left(moment: datetime) -> int:
    """Seconds until the code turns."""
    return ROTATES_AFTER - int(moment.timestamp()) % ROTATES_AFTER


def spaced(code: str) -> str:
    """7QK4 M2PD: in two halves, as people read it aloud."""
    return f"{code[:4]} {code[4:]}"
