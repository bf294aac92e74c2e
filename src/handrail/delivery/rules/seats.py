"""Who gets a seat, who waits, who is next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

K = TypeVar("K")
ANSWERED_STATES = frozenset({"accepted", "declined"})


def free_seats(*, maximum: int, held: int) -> int:
    """How many seats are free; never under 0, though people may have come without one."""
    return max(0, maximum - held)


def first_state(*, needs_approval: bool, free: int) -> str:
    """What an invited person's seat begins as: asked of the manager where the session wants that, invited while there is room, else waiting."""
    if needs_approval:
        return "asked"
    return "invited" if free > 0 else "waiting"


def next_from_queue(queue: Iterable[tuple[datetime, K]], *, free: int) -> Sequence[K]:
    """Who gets the free seats: whoever has waited longest."""
    return [key for _queued_at, key in sorted(queue, key=lambda pair: pair[0])][: max(0, free)]
