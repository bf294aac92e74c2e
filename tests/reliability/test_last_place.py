"""Two who decide at the same instant, on connections of their own: exactly one gets the last place, and no company gets more than its size allows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.reliability.conftest import ON_POSTGRES
from tests.reliability.server import Server

ROUNDS = 25


@pytest.fixture(scope="module")
def kolding() -> Iterator[Server]:
    """A database of its own with a small town and its company."""
    with Server(on_postgres=ON_POSTGRES) as one:
        one.inside("places", "build")
        yield one


def test_exactly_one_of_two_gets_the_last_place(kolding: Server) -> None:
    told = kolding.inside("places", "last_place", rounds=ROUNDS)
    assert [sorted(one) for one in told] == [["agreed", "position"]] * ROUNDS


def test_exactly_one_of_two_is_within_what_a_companys_size_allows(kolding: Server) -> None:
    """Twelve ordinary staff allow two: with one there, of two more at once one is asked for a reason."""
    told = kolding.inside("places", "third_placement", rounds=ROUNDS)
    assert [sorted(one) for one in told] == [["agreed", "over_limit_reason"]] * ROUNDS


def test_no_company_has_more_people_than_that(kolding: Server) -> None:
    assert set(kolding.inside("places", "open_placements").values()) <= {1, 2}
