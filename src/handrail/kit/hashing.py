"""Checking a password is made slow on purpose; it takes turns, so that a morning of sign-ins leaves room for pages."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection

MOST_WAITING = 24  # of a process's 32 threads: whoever comes while so many wait is asked to try again, and pages go on
_turn = threading.Lock()
_counting = threading.Lock()
_waiting = 0


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id with Django's memory (100 MiB) and passes, in one lane: the same work, done by one thread instead of eight.

    Whoever waits for a turn holds no connection to the database meanwhile.
    """

    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The hash to keep."""
        return str(self._in_turn(super().encode, password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password is the one that was kept."""
        return bool(self._in_turn(super().verify, password, encoded))

    def _in_turn(self, work: Any, *given: str) -> Any:
        if not connection.in_atomic_block:
            connection.close()
        with _counted(), _turn, _turn_of_the_machine(os.getpid() % max(1, (os.cpu_count() or 1) // 2)):
            return work(*given)


def is_crowded() -> bool:
    """Whether so many wait for their turn in this process that one more would keep others from their pages."""
    return _waiting >= MOST_WAITING


@contextmanager
def _counted() -> Iterator[None]:
    global _waiting
    with _counting:
        _waiting += 1
    try:
        yield
    finally:
        with _counting:
            _waiting -= 1


@contextmanager
def _turn_of_the_machine(number: int) -> Iterator[None]:
    """Half of the machine's processors hash at most, however many processes serve; the system takes a turn back from one that dies."""
    with (Path(settings.VAR) / f"hashing-{number}.lock").open("w") as file:
        flock(file, LOCK_EX)
        yield
