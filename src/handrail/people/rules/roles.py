"""Which roles somebody may give and end: never beyond one's own scope."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

COORDINATOR, PROCESS_LEADER, LINE_MANAGER, TRAINER, AUDITOR, ADMINISTRATOR = (
    "coordinator", "process_leader", "line_manager", "trainer", "auditor", "administrator",
)  # fmt: skip
PLACEMENT_COORDINATOR, CASEWORKER, COMPANY_CONSULTANT, MENTOR, RESEARCHER = "place_coordinator", "caseworker", "company_consultant", "mentor", "researcher"
GIVES = {
    COORDINATOR: frozenset({COORDINATOR, PROCESS_LEADER, LINE_MANAGER, TRAINER, AUDITOR, PLACEMENT_COORDINATOR, CASEWORKER, COMPANY_CONSULTANT, MENTOR, RESEARCHER}),
    PLACEMENT_COORDINATOR: frozenset({CASEWORKER, COMPANY_CONSULTANT, MENTOR}),
    PROCESS_LEADER: frozenset({LINE_MANAGER, TRAINER}),
    ADMINISTRATOR: frozenset({COORDINATOR}),
}


class HeldRole(Protocol):
    """A role that somebody holds: where, and in which programme (None: in all)."""

    @property
    def role(self) -> str: ...
    @property
    def programme(self) -> UUID | None: ...
    @property
    def organisation_id(self) -> int | None: ...


def roles_to_give(held: Iterable[HeldRole], *, programme: UUID | None, organisation_id: int | None) -> frozenset[str]:
    """The roles that the holder of `held` may give in a programme and for an organisation (None: for all of them).

    A project owner names process leaders and all others in the own programme; a process leader names line managers and
    trainers in the own municipality; an administrator names project owners.
    """
    found: frozenset[str] = frozenset()
    for one in held:
        if one.programme is not None and one.programme != programme:
            continue
        if one.organisation_id is not None and one.organisation_id != organisation_id:
            continue
        if one.role == PROCESS_LEADER and one.organisation_id is None:
            continue  # a process leader leads one municipality, never all
        found |= GIVES.get(one.role, frozenset())
    return found
