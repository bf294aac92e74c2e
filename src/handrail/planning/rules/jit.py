"""Compiles a function where numba is installed and switched on; otherwise the same function runs as plain Python, slowly."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])

numba: Any
try:
    numba = importlib.import_module("numba")
except ImportError:  # the slow path: same functions, same answers
    numba = None

# The kernel reaches into tuples of some forty arrays in its inner loops; counting references to each of them there costs a hundred
# times the work itself (160 ms against 1.5 ms for one pass over 164,000 pairs). Without numba's run time nothing is counted, and
# nothing may be allocated either: scratch arrays are part of the tuples.
_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False, "no_cfunc_wrapper": True}


def _widened(dispatcher: Any) -> Any:
    """Let one compiled form serve every caller: whole numbers as int64, constants as ordinary values.

    Otherwise numba makes a form of its own for each mixture of int32, int64, True and -1, and compiling takes four times as long.
    """
    resolve = dispatcher.get_call_template

    def get_call_template(args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        plain = (numba.types.unliteral(a) for a in args)
        return resolve(tuple(numba.types.int64 if isinstance(a, numba.types.Integer) else a for a in plain), kws)

    dispatcher.get_call_template = get_call_template
    return dispatcher


def compiled(function: Function) -> Function:
    """One thread, cached on disk (NUMBA_CACHE_DIR), no fast-math: the same sums in the same order everywhere."""
    if numba is None or numba.config.DISABLE_JIT:
        return function
    return cast("Function", _widened(numba.njit(**_OPTIONS)(function)))


def inner(function: Function) -> Function:
    """Like `compiled`, for steps that only compiled functions take: no door from Python is built, which is most of the compiling."""
    if numba is None or numba.config.DISABLE_JIT:
        return function
    return cast("Function", _widened(numba.njit(**_OPTIONS, no_cpython_wrapper=True)(function)))


@inner
def sort_by_key(keys: Any, names: Any, first: int, last: int) -> None:
    """Sort the part first..last-1 of two arrays by key, equal keys by name, in place."""
    step = 1
    while step < (last - first) // 3:
        step = 3 * step + 1
    while step >= 1:
        for a in range(first + step, last):
            key, name, b = keys[a], names[a], a
            while b >= first + step and (keys[b - step] > key or (keys[b - step] == key and names[b - step] > name)):
                keys[b], names[b] = keys[b - step], names[b - step]
                b -= step
            keys[b], names[b] = key, name
        step //= 3
