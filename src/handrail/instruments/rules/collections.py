"""When a collection takes answers and by which way; the word that joins one person's answers over time."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import date, datetime

from handrail.instruments.rules.rounds import round_state

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXY"  # without 0, 1, I, L, O, U and Z: nothing is taken for something else; 29 is a prime
LENGTH = 8  # seven at random (34 bits) and one that checks them


def collection_state(*, opens_on: date, closes_on: date, closed_at: datetime | None, today: date) -> str:
    """Where a collection stands: `ahead`, `open`, `grace` (past its last day, still taking what was kept on a phone) or `closed`."""
    return round_state(opens_on=opens_on, closes_on=closes_on, closed_at=closed_at, today=today)


def way_is_open(way: str, *, channel: str, has_ticket: bool, is_staff: bool) -> bool:
    """Whether answers may come by this way: interviews and paper by staff only, closed collections on the web by a link of one's own."""
    if channel != "web":
        return is_staff
    return way == "open" or (way == "closed" and has_ticket)


def new_word() -> str:
    """A word that somebody may take along: 7K3M-9QXT, hard to misread, with a sign that tells when it was written wrongly."""
    signs = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH - 1))
    return shown_word(signs + _check(signs))


def shown_word(word: str) -> str:
    """The word as it is read, in two halves."""
    return f"{word[: LENGTH // 2]}-{word[LENGTH // 2 :]}"


def known_word(typed: str) -> str:
    """The word that somebody typed, without what was put between; empty where it is none of ours."""
    plain = "".join(one for one in unicodedata.normalize("NFKC", typed).upper() if one.isalnum())
    plain = "".join(str(unicodedata.decimal(one, one)) for one in plain)
    return plain if len(plain) == LENGTH and not set(plain) - set(SIGNS) and _check(plain[:-1]) == plain[-1] else ""


def _check(signs: str) -> str:
    """One wrong sign and two exchanged ones always change it: places weigh differently, modulo a prime."""
    return SIGNS[sum(place * SIGNS.index(sign) for place, sign in enumerate(signs, start=1)) % len(SIGNS)]
