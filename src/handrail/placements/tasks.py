"""What is done after the answer: bringing in a workbook, working out a round of matching."""

from __future__ import annotations

from uuid import UUID

from handrail.kit.later import daily, task
from handrail.placements import actions
from handrail.placements.actions import matching
from handrail.placements.queries.matching import round_to_compute


@task(priority=10)  # somebody looks on: before the mails and reminders of a day
def bring_in(workbook: str) -> None:
    """Bring in the people of a workbook; safe to run again."""
    actions.bring_in_waiting(workbook=UUID(workbook))


@task(priority=10)
def propose_round(uid: str) -> None:
    """Work out a round of matching that was asked for; safe to run again."""
    if found := round_to_compute(uid):
        matching.compute_round(found)


@daily("placements: forget workbooks that nobody brought in")
def forget_old_workbooks() -> None:
    """They name people."""
    actions.forget_old_workbooks()
