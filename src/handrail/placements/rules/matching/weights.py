"""What counts how much, as data with its source and its validity; and the lot that decides where everything else is equal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b

PARTS = ("wish", "need", "growth", "travel", "waiting")  # of a score, in this order everywhere
LOTS = 256
_MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How many of 1,000 points each part of a score can give, and what lies beside the score. Read the source before changing one."""

    source: str = "Handrail: participant's ranking first, then the company's need"
    valid_from: date | None = None
    valid_until: date | None = None
    wish: int = 400
    need: int = 250
    growth: int = 150
    travel: int = 100
    waiting: int = 100
    wish_shares: tuple[int, ...] = (1000, 600, 400, 250, 150)  # of 1,000, by rank; a wish further down counts nothing
    travel_minutes: int = 90  # from here on the way gives no points
    waiting_days: int = 180  # from here on waiting longer gives no more
    placed: int = 200  # what it is worth to be placed at all, beside the score: so a weak match still comes before none
    mentored: int = 200
    mentor_language: int = 700  # of 1,000 points between a mentor and a person
    mentor_travel: int = 300
    mentor_level: int = 3  # the lowest level of a language both speak (B1)
    loyalty: int = 200  # points that a match made before is worth more when others have withdrawn
    draw: str = ""  # of this round; another one draws the lots anew

    def __post_init__(self) -> None:
        if any(value < 0 for value in (*self.parts, self.placed, self.mentored, self.loyalty, *self.wish_shares)):
            raise ValueError("A weight below zero. Weights are points from 0 on.")
        if sum(self.parts) != 1000 or self.mentor_language + self.mentor_travel != 1000:
            raise ValueError("The weights of a score do not add up to 1,000. Correct one of them.")
        if list(self.wish_shares) != sorted(self.wish_shares, reverse=True) or not all(0 <= x <= 1000 for x in self.wish_shares):
            raise ValueError("The shares of wishes lie between 0 and 1,000 and fall with the rank.")
        if min(self.placed, self.mentored) < 1:
            raise ValueError("To be placed, and to have a mentor, is worth at least one point.")
        if min(self.travel_minutes, self.waiting_days) < 1:
            raise ValueError("Minutes of travel and days of waiting are counted up to at least 1.")

    @property
    def parts(self) -> tuple[int, ...]:
        """The weights of the five parts, in the order of `PARTS`."""
        return (self.wish, self.need, self.growth, self.travel, self.waiting)

    def holds_on(self, day: date) -> bool:
        """Whether these weights are in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_until is None or day <= self.valid_until)


@lru_cache(maxsize=1 << 18)
def ticket(uid: str, draw: str) -> int:
    """A case's number in the draw, from its id and the round: not from when it came, nor from who it is (64 bits of BLAKE2b)."""
    return int.from_bytes(blake2b(f"{draw}/{uid}".encode(), digest_size=8).digest(), "little")


def lot(one: int, other: int) -> int:
    """The lot of a pair, 0 to 255, from the tickets of both; where the points of two matchings are equal, the higher sum of lots wins."""
    mixed = (one ^ ((other << 1 | other >> 63) & _MASK)) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    return (mixed ^ (mixed >> 31)) >> 56
