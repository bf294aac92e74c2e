"""Typed settings from the environment; every `env()` call is listed in docs/reference/settings.md."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import overload


@dataclass(frozen=True)
class Setting:
    """One environment variable that the operator may set."""

    name: str
    default: str
    sentence: str


known: dict[str, Setting] = {}


@overload
def env(name: str, default: bool, sentence: str) -> bool: ...
@overload
def env(name: str, default: int, sentence: str) -> int: ...
@overload
def env(name: str, default: str, sentence: str) -> str: ...
def env(name: str, default: str | int | bool, sentence: str) -> str | int | bool:
    """Read one setting; the type of the default is the type of the answer.

    Raises SystemExit naming the variable when its value cannot be read as that type.
    """
    known[name] = Setting(name, str(default), sentence)
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    if isinstance(default, bool):
        if raw.lower() in {"1", "true", "yes", "on"}:
            return True
        if raw.lower() in {"0", "false", "no", "off"}:
            return False
        raise SystemExit(f"{name}={raw!r}: write yes or no.")
    if isinstance(default, int):
        try:
            return int(raw)
        except ValueError:
            raise SystemExit(f"{name}={raw!r}: write a whole number.") from None
    return raw
