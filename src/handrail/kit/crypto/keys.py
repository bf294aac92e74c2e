"""The store of person keys: one small file each, wrapped by the organisation's key, apart from database and backups (security.md 8, 9).

A file is made whole or not at all, is never made anew once destroyed (a tombstone stands in its place), and any number of processes
may ask for the same key at the same instant.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES, NONCE_BYTES, SIGN_BYTES = 32, 12, 8


class KeyDestroyed(Exception):
    """The person was erased: what was sealed for them can never be read again, and nothing is sealed for them any more."""


def key_for(person: UUID) -> bytes:
    """The data key of a person, made now if there is none yet.

    Raises KeyDestroyed when it was destroyed.
    """
    found = existing_key(person)
    if found is not None:
        return found
    key = secrets.token_bytes(KEY_BYTES)
    path = _path(person, "key")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(f".{secrets.token_hex(6)}.part")
    _write(partial, _wrapped(person, key))
    try:
        os.link(partial, path)  # whole or not at all, and only one of several who ask at the same instant
    except FileExistsError:
        pass
    finally:
        partial.unlink()
    _sync(path.parent)
    if destroyed(person):  # somebody destroyed it between the two looks
        path.unlink(missing_ok=True)
        raise KeyDestroyed
    again = existing_key(person)
    if again is None:
        raise KeyDestroyed
    return again


def existing_key(person: UUID) -> bytes | None:
    """The data key of a person; None when nothing was ever sealed for them.

    Raises KeyDestroyed when it was destroyed.
    """
    if destroyed(person):
        raise KeyDestroyed
    try:
        content = _path(person, "key").read_bytes()
    except FileNotFoundError:
        return None
    return _unwrapped(person, content)


def destroy_key(person: UUID) -> None:
    """Destroy a person's key for ever: the tombstone first, so that nobody makes another, then the key itself. Safe to say twice."""
    path, stone = _path(person, "key"), _path(person, "gone")
    stone.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not stone.exists():
        _write(stone, b"")
        _sync(stone.parent)
    if path.exists():
        with path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink(missing_ok=True)
        _sync(path.parent)


def destroyed(person: UUID) -> bool:
    """Whether a person's key was destroyed."""
    return _path(person, "gone").exists()


def rewrap_keys() -> int:
    """Wrap every key that an older organisation key still holds by the current one; answers how many. Safe to stop and start again."""
    count = 0
    for path in Path(settings.PERSON_KEYS).glob("*/*.key"):
        person, content = UUID(path.stem), path.read_bytes()
        if content[:SIGN_BYTES] == _sign(_ring()[0]):
            continue
        partial = path.with_suffix(f".{secrets.token_hex(6)}.part")
        _write(partial, _wrapped(person, _unwrapped(person, content)))
        partial.replace(path)
        _sync(path.parent)
        count += 1
    return count


def _ring() -> list[bytes]:
    """The organisation's keys: the current one first, then older ones that some files may still be wrapped by."""
    return [hashlib.sha256(text.encode()).digest() for text in settings.ORGANISATION_KEYS]


def _sign(key: bytes) -> bytes:
    return hashlib.sha256(b"sign" + key).digest()[:SIGN_BYTES]


def _wrapped(person: UUID, key: bytes) -> bytes:
    ours, nonce = _ring()[0], secrets.token_bytes(NONCE_BYTES)
    return _sign(ours) + nonce + AESGCM(ours).encrypt(nonce, key, b"person-key|" + person.bytes)


def _unwrapped(person: UUID, content: bytes) -> bytes:
    sign, nonce, inner = content[:SIGN_BYTES], content[SIGN_BYTES : SIGN_BYTES + NONCE_BYTES], content[SIGN_BYTES + NONCE_BYTES :]
    for ours in _ring():
        if _sign(ours) == sign:
            try:
                return AESGCM(ours).decrypt(nonce, inner, b"person-key|" + person.bytes)
            except InvalidTag:
                break
    raise RuntimeError("A person's key cannot be unwrapped: the organisation's key is another one, or the file was altered.")


def _path(person: UUID, kind: str) -> Path:
    name = str(UUID(str(person)))
    return Path(settings.PERSON_KEYS) / name[:2] / f"{name}.{kind}"


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def paths() -> Iterator[Path]:
    """Every file of the store, for its own backup."""
    yield from sorted(path for path in Path(settings.PERSON_KEYS).glob("*/*") if path.suffix in {".key", ".gone"})
