"""Sealed texts: AES-256-GCM under the person's key, bound to the place where they stand, so that none can be moved to another row."""

from __future__ import annotations

import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from handrail.kit.crypto.keys import NONCE_BYTES, Unreadable, existing_key, key_for

FORMAT = b"\x01"


def sealed(text: str, *, person: UUID, place: str) -> bytes:
    """A text that only the person's key opens, and only at `place` (table, column and row in words).

    Raises KeyDestroyed for somebody who was erased.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key_for(person)).encrypt(nonce, text.encode(), _bound(person, place))


def opened(content: bytes, *, person: UUID, place: str) -> str:
    """The text behind a seal.

    Raises KeyDestroyed for somebody who was erased, Unreadable when it is not what was sealed here or the key is missing.
    """
    key = existing_key(person)
    if key is None or content[:1] != FORMAT:
        raise Unreadable
    try:
        return AESGCM(key).decrypt(content[1 : 1 + NONCE_BYTES], content[1 + NONCE_BYTES :], _bound(person, place)).decode()
    except (InvalidTag, ValueError):  # ValueError: cut so short that not even the nonce is whole
        raise Unreadable from None


def _bound(person: UUID, place: str) -> bytes:
    return b"|".join((FORMAT, place.encode(), person.bytes))
