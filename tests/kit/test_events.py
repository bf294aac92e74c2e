"""Facts: frozen, compared by what they say, their methods written when the first comes about; told one by one or as a list."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import FrozenInstanceError, fields
from sys import getswitchinterval, setswitchinterval
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from handrail.kit import events
from handrail.kit.events import Event, announce, announce_each, fact, on, on_all
from handrail.kit.models import JournalEntry


@fact
class Planted(Event):
    """A tree was planted."""

    tree: UUID
    row: int = 1


@fact
class Felled(Event):
    """A tree was felled."""

    tree: UUID


@pytest.fixture
def told() -> Iterator[list[object]]:
    """What two listeners hear, the first fact by fact and the second as a list."""
    found: list[object] = []

    def one(event: Planted) -> None:
        found.append(event.row)

    def several(some: Sequence[Planted]) -> None:
        found.append([event.row for event in some])

    on(Planted)(one)
    on_all(Planted)(several)
    yield found
    del events._listeners[Planted]
    events._together.discard(several)


def test_a_fact_is_a_frozen_dataclass() -> None:
    tree = uuid4()
    assert [field.name for field in fields(Planted)] == ["tree", "row"]  # type: ignore[arg-type]
    one = Planted(tree)
    assert one == Planted(tree, row=1) != Planted(tree, 2)
    assert hash(one) == hash(Planted(tree))
    assert repr(one) == f"Planted(tree={tree!r}, row=1)"
    with pytest.raises(FrozenInstanceError):
        one.row = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        Planted()  # type: ignore[call-arg]


def test_the_first_facts_of_a_kind_may_come_about_in_several_threads_at_once() -> None:
    often, made = getswitchinterval(), list[int]()
    setswitchinterval(1e-6)  # as if the machine were busy
    try:
        for turn in range(40):

            @fact
            class Seen(Event):
                number: int

            together = Barrier(8)

            def see(number: int, kind: type[Event] = Seen, together: Barrier = together) -> None:
                together.wait()
                made.append(kind(number).number)  # type: ignore[call-arg, attr-defined]

            threads = [Thread(target=see, args=(8 * turn + number,)) for number in range(8)]
            for one in threads:
                one.start()
            for one in threads:
                one.join()
    finally:
        setswitchinterval(often)
    assert sorted(made) == list(range(320))


def test_a_fact_whose_kind_is_not_marked_as_one_says_so() -> None:
    class Heard(Event):
        number: int

    with pytest.raises(TypeError, match="Heard"):
        Heard(1)  # type: ignore[call-arg]


def test_no_kind_of_fact_is_written_out_before_one_comes_about() -> None:
    """Given a new process, when every app is loaded, then no event's methods have been compiled: it would be a tenth of the start."""
    code = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup()\n"
        "from handrail.kit.events import Event\n"
        "print([one.__name__ for one in Event.__subclasses__() if '__eq__' in vars(one)])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


@pytest.mark.django_db
def test_facts_that_came_about_together_are_told_one_by_one_or_as_a_list(told: list[object]) -> None:
    tree = uuid4()
    with transaction.atomic():
        announce_each([(Planted(tree, 1), None), (Planted(tree, 2), None), (Felled(tree), None), (Planted(tree, 3), None)])
    assert told == [1, 2, [1, 2], 3, [3]], "each kind in its turn, in the order of what happened"
    assert list(JournalEntry.objects.order_by("pk").values_list("name", flat=True)) == ["Planted", "Planted", "Felled", "Planted"]


@pytest.mark.django_db
def test_each_fact_stands_under_whoever_brought_it_about(cast: object) -> None:
    people = [cast.birgit, cast.lena]  # type: ignore[attr-defined]
    with transaction.atomic():
        announce_each([(Felled(uuid4()), person) for person in people])
    assert list(JournalEntry.objects.filter(name="Felled").order_by("pk").values_list("by", flat=True)) == [one.uid for one in people]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_announced_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        announce(Felled(uuid4()), by=None)
    assert not JournalEntry.objects.exists()
