"""The password of the bench, compared as it is; all around it (its turn, the connection given back meanwhile) is as in the product."""

from __future__ import annotations

from typing import Any

from seed import PASSWORD

from handrail.kit.hashing import PasswordHasher


class Unhashed(PasswordHasher):
    """Stands for Argon2id where its cost is what nobody wants to measure."""

    def verify(self, password: str, encoded: str) -> bool:
        """Whether it is the bench's password."""
        return bool(self._in_turn(lambda given, _kept: given == PASSWORD, password, encoded))

    def must_update(self, _encoded: Any) -> bool:
        """What is kept stays."""
        return False
