"""Checking a password is made slow on purpose; one is checked at a time, so that a morning of sign-ins leaves room for pages."""

from __future__ import annotations

import threading
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection

_turn = threading.Lock()


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
        with _turn:
            return work(*given)
