"""Work after the answer: whoever is next is told when the agreed time is over, by a task of its own and by a sweep that catches up."""

from __future__ import annotations

from uuid import UUID

from handrail.kit.later import sweep, task
from handrail.mentoring import actions, queries


@task()
def tell_next(call: str) -> None:
    """Tell the next one of a call, if by now somebody should have answered; else nothing. Safe to run again."""
    if found := queries.call_by_uid(UUID(call)):
        actions.escalate(call=found)


@sweep("mentoring: calls that nobody answered")
def catch_up() -> None:
    """Calls whose time is over, whatever became of their task: a worker was killed, or the clock was turned."""
    for call in queries.calls_due():
        actions.escalate(call=call)
