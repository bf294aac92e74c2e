"""Opaque identifiers: random, so that they tell nothing about order or number."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from typing import Any

from django.db import models


class Uid(models.UUIDField[Any, uuid.UUID]):
    """The public identifier of a row: in URLs, events, exports and packages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", uuid.uuid4)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)


def secret() -> str:
    """A secret for a link: 160 random bits, URL-safe."""
    return secrets.token_urlsafe(20)


def hashed(token: str) -> str:
    """What is kept of a secret: its SHA-256. The secret has 160 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def digest(content: Any) -> str:
    """The SHA-256 of a JSON-able content, independent of key order."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
