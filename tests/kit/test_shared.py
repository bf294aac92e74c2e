"""What processes agree on for a while is kept until its time, however much else is."""

from __future__ import annotations

import pytest
from django.db import connection

from handrail.kit.later import daily_tasks
from handrail.kit.shared import SharedMemory

pytestmark = pytest.mark.django_db


@pytest.fixture
def memory() -> SharedMemory:
    """The table that `setup` makes."""
    from django.core.management import call_command

    call_command("createcachetable", "kit_cache", verbosity=0)
    return SharedMemory("kit_cache", {})


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM kit_cache")
        return int(cursor.fetchone()[0])


def test_a_count_outlives_a_thousand_others(memory: SharedMemory) -> None:
    """Given the tries of one address, when a thousand other addresses try, then the one is still remembered."""
    memory.set("a-first", [1.5, 2.5], 300)
    for number in range(1000):
        memory.set(f"n{number}", [number], 300)
    assert memory.get("a-first") == [1.5, 2.5]
    assert (memory.get("n0"), memory.get("n999")) == ([0], [999])


def test_a_lock_is_taken_once_and_again_when_it_is_over(memory: SharedMemory) -> None:
    """Given a lock, when it is asked for again, then it is refused until it is given back or over."""
    assert memory.add("lock", True, 60)
    assert not memory.add("lock", True, 60)
    memory.delete("lock")
    assert memory.add("lock", "mine", -5), "one that is over from the start"
    assert memory.add("lock", "yours", 60), "takes the place of what is over"
    assert memory.get("lock") == "yours"
    assert memory.touch("lock", 60)
    assert not memory.touch("nothing", 60)
    memory.set("lock", "anew", None)
    assert memory.get("lock") == "anew"


def test_what_is_over_goes_once_a_day(memory: SharedMemory) -> None:
    """Given what is over and what is not, when the day's work is done, then only the first is gone."""
    memory.set("old", 1, -5)
    memory.set("young", 1, 60)
    assert rows() == 2
    assert memory.forget_expired() == 1
    assert (rows(), memory.get("young")) == (1, 1)
    assert "kit: forget what is over" in daily_tasks()
