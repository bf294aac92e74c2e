"""The one kind of error that people are meant to read."""

from __future__ import annotations

from typing import Any


class RuleBroken(Exception):
    """Something asked for may not be done; `message` says why and what to do instead, `field` names the input it concerns."""

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class Conflict(RuleBroken):
    """Somebody else changed the same thing in the meantime; nothing was overwritten."""
