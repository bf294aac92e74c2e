"""What is loaded when it is first named: a planner's arrays and compiler are no part of a page."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any


class _Module:
    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        found = getattr(importlib.import_module(self._name), name)
        setattr(self, name, found)
        return found


def when_used(module: str) -> Any:
    """A module of another's making that is imported when something of it is first used, so that pages that need none of it start without."""
    return _Module(module)


def when_named(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package (PEP 562): name -> the module inside it that is imported when the name is first asked for.

    The package's own `TYPE_CHECKING` imports tell readers and the type checker the same. Raises AttributeError for other names.
    """

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(importlib.import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, found)
        return found

    return load
