"""A matching in a process of its own: the solver, and what a large market takes in memory, are gone when it ends.

Also because OR-Tools and highspy cannot be loaded in one process (google/or-tools issue 5246): whoever else plans in the worker is not disturbed.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handrail.placements.rules.matching.facts import Market
    from handrail.placements.rules.matching.proposing import Again, BothWays

SECONDS = 600


class MatchingFailed(RuntimeError):
    """The process that matches ended without an answer; says the last line it wrote. Nothing was proposed."""


def propose_both_ways_apart(market: Market) -> BothWays:
    """`propose_both_ways` in a process of its own."""
    found: BothWays = _apart("propose_both_ways", (market,), {})
    return found


def propose_again_apart(market: Market, *, places: dict[str, str], mentors: dict[str, str]) -> Again:
    """`propose_again` in a process of its own."""
    found: Again = _apart("propose_again", (market,), {"places": places, "mentors": mentors})
    return found


def _apart(name: str, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """What goes in and out is pickled between two processes of ours and written nowhere."""
    code = f"import sys; sys.path[:] = {sys.path!r}; from handrail.placements.rules.matching.apart import answer; answer()"
    done = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps((name, given, named)), capture_output=True, check=False, timeout=SECONDS
    )
    if done.returncode:
        raise MatchingFailed((done.stderr.decode(errors="replace").strip().splitlines() or [f"ended with {done.returncode}"])[-1])
    return pickle.loads(done.stdout)  # noqa: S301  (from our own child)


def answer() -> None:
    """The other side: read what is asked from standard input, do it, and write the answer to standard output."""
    from handrail.placements.rules.matching import proposing

    name, given, named = pickle.load(sys.stdin.buffer)  # noqa: S301  (from our own parent)
    asked: dict[str, Callable[..., Any]] = {
        "propose_both_ways": proposing.propose_both_ways,
        "propose_again": proposing.propose_again,
    }
    sys.stdout.buffer.write(pickle.dumps(asked[name](*given, **named)))
