"""The store of person keys: one small file each, wrapped by the organisation's key, apart from database and backups (security.md 8, 9).

A file is made whole or not at all, is never made anew once destroyed (a tombstone stands in its place), and any number of processes
may ask for the same key at the same instant.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_BYTES, NONCE_BYTES, SIGN_BYTES = 32, 12, 8
STALE_SECONDS = 3600  # a half-made file that is older than this belongs to a process that died


class Unreadable(Exception):
    """What was sealed cannot be read: it was altered, moved, or sealed under another key than the one that is here."""


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
    _folder(path.parent)
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
        destroy_key(person)
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
    """Destroy a person's key for ever: the tombstone first, so that nobody makes another, then the key itself. Safe to say twice.

    Half-made files of the key go with it: a process that died may have left one.
    """
    stone = _path(person, "gone")
    _folder(stone.parent)
    try:
        _write(stone, b"")
    except FileExistsError:
        pass
    _sync(stone.parent)
    for path in stone.parent.glob(f"{stone.stem}.*"):
        if path != stone:
            _wipe(path)


def destroyed(person: UUID) -> bool:
    """Whether a person's key was destroyed."""
    return _path(person, "gone").exists()


@dataclass(frozen=True)
class Rewrapped:
    """What a rotation did: keys wrapped anew, and keys that no organisation key of ours opens."""

    count: int
    unreadable: int


def rewrap_keys() -> Rewrapped:
    """Wrap every key that an older organisation key still holds by the current one. Safe to stop and start again.

    A key that cannot be opened is left as it is and counted; what processes that died have left behind is wiped.
    """
    count = unreadable = 0
    for path in _files("part"):
        if time.time() - path.stat().st_mtime > STALE_SECONDS:
            _wipe(path)
    for path in _files("key"):
        person = UUID(path.stem)
        try:
            content = path.read_bytes()
            if content[:SIGN_BYTES] == _sign(_ring()[0]):
                continue
            fresh = _wrapped(person, _unwrapped(person, content))
        except FileNotFoundError:  # destroyed meanwhile
            continue
        except Unreadable:
            unreadable += 1
            continue
        partial = path.with_suffix(f".{secrets.token_hex(6)}.part")
        _write(partial, fresh)
        partial.replace(path)
        _sync(path.parent)
        if destroyed(person):  # meanwhile; the file that was just put there must not bring it back
            destroy_key(person)
            continue
        count += 1
    return Rewrapped(count, unreadable)


def foreign_keys() -> int:
    """How many person keys no organisation key of ours opens, told by their sign."""
    ours = {_sign(key) for key in _ring()}
    return sum(1 for path in _files("key") if path.read_bytes()[:SIGN_BYTES] not in ours)


def older_keys() -> int:
    """How many person keys an older organisation key still holds."""
    ours = _sign(_ring()[0])
    return sum(1 for path in _files("key") if path.read_bytes()[:SIGN_BYTES] != ours) - foreign_keys()


def persons_with_keys() -> Iterator[tuple[UUID, bytes]]:
    """Every person's key as it lies there, wrapped; none of those that were destroyed."""
    for path in _files("key"):
        person = UUID(path.stem)
        if not destroyed(person):
            yield person, path.read_bytes()


def persons_without() -> Iterator[UUID]:
    """Those whose key was destroyed."""
    for path in _files("gone"):
        yield UUID(path.stem)


def put_key_back(person: UUID, content: bytes) -> bool:
    """Put a wrapped key back from its backup; False when there is one already or it was destroyed.

    Raises Unreadable when no organisation key of ours opens it.
    """
    _unwrapped(person, content)
    path = _path(person, "key")
    if destroyed(person) or path.exists():
        return False
    _folder(path.parent)
    partial = path.with_suffix(f".{secrets.token_hex(6)}.part")
    _write(partial, content)
    try:
        os.link(partial, path)
    except FileExistsError:
        return False
    finally:
        partial.unlink()
    _sync(path.parent)
    return True


def opens(person: UUID, content: bytes) -> bool:
    """Whether an organisation key of ours opens this wrapped key."""
    try:
        _unwrapped(person, content)
    except Unreadable:
        return False
    return True


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
            except (InvalidTag, ValueError):
                break
    raise Unreadable("A person's key cannot be unwrapped: the organisation's key is another one, or the file was altered.")


def _path(person: UUID, kind: str) -> Path:
    name = str(UUID(str(person)))
    return Path(settings.PERSON_KEYS) / name[:2] / f"{name}.{kind}"


def _files(kind: str) -> Iterator[Path]:
    yield from sorted(path for path in Path(settings.PERSON_KEYS).glob(f"*/*.{kind}"))


def _folder(path: Path) -> None:
    """The folder of a key, and the store around it: nobody else lists whom there are keys for."""
    for one in (Path(settings.PERSON_KEYS), path):
        one.mkdir(parents=True, exist_ok=True, mode=0o700)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _wipe(path: Path) -> None:
    """Overwrite and remove a file, as far as the disk lets us."""
    try:
        with path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
