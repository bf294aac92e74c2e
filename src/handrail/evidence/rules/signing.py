"""Who signs a month."""

from __future__ import annotations

from collections.abc import Iterable


def who_countersigns(person: int, *, managers: Iterable[int], process_leaders: Iterable[int]) -> frozenset[int]:
    """Who may countersign a person's month, as ids: the current line manager; where the staff list names none, the
    organisation's process leader. Never the person: a manager's own month goes to the manager's manager, or to the process
    leader. Empty means that nobody may, until a manager is named.
    """
    by_line = frozenset(managers) - {person}
    return by_line or frozenset(process_leaders) - {person}
