"""A1: every address x everybody x both towns' objects x GET and POST, against the table and against the product's own guards."""

from __future__ import annotations

import pytest

from tests.security.doors import Visitors, acting, disagreements, doors_of, effective, faults, own_routes, stored
from tests.security.table import TABLE, Line
from tests.security.world import World

pytestmark = pytest.mark.django_db
SCREENS = [name for name, pattern in own_routes().items() if getattr(pattern.callback, "guard", "") == "screen"]


@pytest.mark.parametrize("name", TABLE)
def test_an_address_opens_for_exactly_those_whom_the_table_names(world: World, visitors: Visitors, stored_at_first: str, name: str) -> None:
    assert not faults(world, visitors, name, TABLE[name])


def test_nobody_who_may_not_has_changed_anything(stored_at_first: str) -> None:
    """After all that was asked above, every row of every table stands as it stood, the journal's too."""
    assert stored() == stored_at_first


@pytest.mark.parametrize("name", SCREENS)
def test_table_and_guard_agree(world: World, name: str) -> None:
    assert not disagreements(world, name, TABLE[name])


@pytest.mark.parametrize(("name", "line"), [pytest.param(*one, id=f"{one[0]} {one[1].of}") for one in acting()])
def test_what_is_sent_where_it_is_forbidden_does_something_where_it_is_allowed(world: World, visitors: Visitors, name: str, line: Line) -> None:
    assert effective(visitors, doors_of(name, line))
