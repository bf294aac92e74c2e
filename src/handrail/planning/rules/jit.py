"""Compiles a function where numba is installed and switched on; otherwise the same function runs as plain Python, slowly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])

try:
    import numba
except ImportError:  # the slow path: same functions, same answers
    numba = None


def compiled(function: Function) -> Function:
    """One thread, cached on disk (NUMBA_CACHE_DIR), no fast-math: the same sums in the same order everywhere."""
    if numba is None:
        return function
    return cast("Function", numba.njit(cache=True, nogil=True)(function))
