"""A sample that anybody with the seed can draw again."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable


def new_seed() -> str:
    """A fresh seed, stored with the sample."""
    return secrets.token_hex(16)


def drawn_from(numbers: Iterable[str], *, size: int, seed: str) -> list[str]:
    """The `size` participation numbers with the smallest SHA-256 of "seed:number", in order of number.

    Nobody can steer who is drawn, and the same seed draws the same people whatever the order of the list.
    """
    ranked = sorted(set(numbers), key=lambda number: hashlib.sha256(f"{seed}:{number}".encode()).hexdigest())
    return sorted(ranked[: max(0, size)])


def largest_sample(people: int) -> int:
    """How many a sample of so many people may hold: a quarter of them, rounded up, but always up to five."""
    return min(people, max(5, -(-people // 4)))
