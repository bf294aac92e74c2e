"""Copies of the person keys: a file of their own, apart from data and organisation key, gone within fourteen days (security.md 9).

Whoever keeps one for longer keeps people readable whom the programme has erased.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from handrail.kit import clock
from handrail.kit.crypto.keys import destroy_key, opens, persons_with_keys, persons_without, put_key_back

KEPT_FOR = timedelta(days=14)
HEAD = b"handrail-keys 1 "
LIST = "copies.jsonl"  # in the store: which copies were made where, so that `doctor` can look whether they are gone


class DamagedKeys(Exception):
    """The file is not a whole copy of person keys, or the organisation's key does not open them."""


class OldKeys(Exception):
    """The copy is older than it may be."""


@dataclass(frozen=True)
class PutBack:
    """What came back: keys, keys that were there already, and people whose key stays destroyed."""

    count: int
    there: int
    gone: int


def backup_keys(path: Path) -> int:
    """Write the wrapped keys and the signs of destroyed ones into one file (mode 0600); answers how many keys."""
    keys = {str(person): base64.b64encode(content).decode() for person, content in persons_with_keys()}
    made = clock.real_now().isoformat()
    content = gzip.compress(json.dumps({"made_at": made, "keys": keys, "gone": [str(one) for one in persons_without()]}).encode())
    partial = path.with_name(path.name + ".part")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(HEAD + hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    store = Path(settings.PERSON_KEYS)
    store.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(store / LIST, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as made_list:
        made_list.write(json.dumps({"at": made, "path": str(path.resolve())}) + "\n")
    return len(keys)


def backups_made() -> Iterator[tuple[datetime, Path]]:
    """When copies were made, and where; the file may be gone, as it should be after a while."""
    try:
        lines = (Path(settings.PERSON_KEYS) / LIST).read_text().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        row = json.loads(line)
        yield datetime.fromisoformat(row["at"]), Path(row["path"])


def restore_keys(path: Path, *, erased: Collection[UUID], is_old_fine: bool = False) -> PutBack:
    """Put keys back that are missing; nobody's key comes back who was erased since, here or in the copy.

    Raises DamagedKeys before anything is touched for a cut or altered file and for keys that our organisation key does not open,
    OldKeys for a copy older than fourteen days unless `is_old_fine`.
    """
    about = _read(path)
    if clock.real_now() - datetime.fromisoformat(about["made_at"]) > KEPT_FOR and not is_old_fine:
        raise OldKeys
    keys = {UUID(person): base64.b64decode(content) for person, content in about["keys"].items()}
    if not all(opens(person, content) for person, content in keys.items()):
        raise DamagedKeys(f"{path}: the organisation's key does not open these keys. Put the key back that was in use then. Nothing was touched.")
    gone = {UUID(one) for one in about["gone"]} | set(erased)
    for person in gone:
        destroy_key(person)
    count = sum(put_key_back(person, content) for person, content in keys.items())
    still = sum(1 for person in persons_without() if person in keys)
    return PutBack(count, len(keys) - count - still, still)


def _read(path: Path) -> dict[str, Any]:
    try:
        head, _sep, content = path.read_bytes().partition(b"\n")
        if head != HEAD + hashlib.sha256(content).hexdigest().encode():
            raise ValueError
        about: dict[str, Any] = json.loads(gzip.decompress(content))
    except (OSError, ValueError, EOFError) as fault:
        raise DamagedKeys(f"{path} is cut, altered or not a copy of person keys. Nothing was touched.") from fault
    return about
