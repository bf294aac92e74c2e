"""A1: every address x everybody x both towns' objects x GET and POST, against the table and against the product's own guards."""

from __future__ import annotations

import pytest

from tests.security.doors import Visitors, disagreements, faults, own_routes, stored
from tests.security.table import TABLE
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
