"""One thing to be acknowledged, and what went wrong between what was acknowledged and what is stored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sent:
    """One thing to be acknowledged: `content` is what must be found stored under `name`, once."""

    key: str
    path: str
    body: bytes
    sha256: str
    name: str
    content: Any
    headers: Mapping[str, str]
    about: Any = None  # what its kind needs to send something else under the same key


@dataclass
class Findings:
    """What was lost, doubled or altered, by name."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.doubled or self.altered)


def digest(content: Any) -> str:
    """The digest that an acknowledgement must carry, computed here as a device would, not by the product's code."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_acknowledged(one: Sent, status: int, body: bytes) -> bool:
    """Stored now or before, with the whole body, our key and the digest of what we sent."""
    if status not in (200, 201):
        return False
    try:
        said = json.loads(body)
    except ValueError:
        return False
    return bool(said.get("key") == one.key and said.get("sha256") == one.sha256)


def compare(acked: Iterable[Sent], stored: Mapping[str, Sequence[Any]]) -> Findings:
    """Each acknowledged thing must be stored exactly once, as it was sent; nothing else may be stored twice either."""
    found = Findings()
    for one in acked:
        copies = stored.get(one.name, ())
        if not copies:
            found.lost.append(one.name)
        elif any(copy != one.content for copy in copies):
            found.altered.append(one.name)
    found.doubled = [name for name, copies in stored.items() if len(copies) > 1]
    return found
