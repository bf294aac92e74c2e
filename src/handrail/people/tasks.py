"""What waits until the answer has left."""

from __future__ import annotations

from handrail.kit.later import daily, task
from handrail.people import actions, queries


@task()
def put_before_administrators(account: str) -> None:
    """Note who asked to be let in again; an empty account is an address that nobody signs in with, for which the same was done."""
    if found := queries.account_by_uid(account) if account else None:
        actions.note_recovery_asked(account=found)


@daily("people: forget devices that are signed out")
def forget_ended_devices() -> None:
    """Sessions that are over, and the devices they were on."""
    actions.forget_ended_devices()
