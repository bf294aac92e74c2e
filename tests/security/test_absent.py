"""A3: what exists and is forbidden looks like what does not exist: status, body, headers, number of queries, time."""

from __future__ import annotations

import time
from statistics import median

import pytest

from tests.security.doors import EVERYBODY, Door, Visitors, doors_of, own_routes
from tests.security.table import TABLE
from tests.security.world import World

pytestmark = pytest.mark.django_db
DETAIL = [door for name, found in TABLE.items() for door in doors_of(name, found) if door.line.of and door.expected("GET") != EVERYBODY]
LINKS = {"instruments:answer": "answer_token", "delivery:seat_by_link": "seat_token", "delivery:calendar_feed": "calendar_token", "evidence:my_months_by_link": "months_token", "people:invitation": "invitation_token", "people:recovery_stop": "stop_token", "people:recovery_finish": "recovery_token"}
TIMED = ("evidence:certificate", "instruments:own_submission", "delivery:seat_detail", "desk:person", "people:staff_list")


def shut_out(door: Door) -> list[str]:
    """Two who may not: somebody from nowhere, and the nearest colleague by role who is told no."""
    near = ("leader Hörby", "leader Osby", "manager Hörby", "trainer Osby", "owner", "other leader", "ended")
    return ["stranger", next(one for one in near if one not in door.expected("GET"))]


def hides(door: Door, world: World, session: str) -> bool:
    """Whether `find` already leaves the object out, so that its very existence is nobody's business."""
    view = own_routes()[door.name].callback
    find = getattr(view, "find", None)
    return find is not None and not find(world.fresh(session)).filter(uid=world.values(door.place)[door.line.of]).exists()


@pytest.mark.parametrize("name", sorted({door.name for door in DETAIL}))
def test_forbidden_looks_like_absent(world: World, visitors: Visitors, name: str) -> None:
    for door in (one for one in DETAIL if one.name == name):
        for session in shut_out(door):
            forbidden, absent = (visitors.ask(session, "GET", door.url(world, absent=one)) for one in (False, True))
            assert forbidden.plain == absent.plain == visitors.nothing(session), f"{door}: {session}"
            if hides(door, world, session):
                assert forbidden.queries == absent.queries, f"{door}: {session} could tell by the time it takes"


@pytest.mark.parametrize("name", LINKS)
def test_a_secret_for_something_else_opens_nothing(world: World, visitors: Visitors, name: str) -> None:
    here = world.values("osby")
    tried = [here[token] for other, token in LINKS.items() if other != name] + ["x", "0" * 27]
    door = next(one for one in doors_of(name, TABLE[name]) if one.place == "osby")
    for token in tried:
        answer = visitors.ask("visitor", "GET", door.url(world).replace(here[LINKS[name]], token))
        assert answer.plain == visitors.nothing("visitor"), f"{name}: {token}"


@pytest.mark.parametrize("name", ["instruments:answer_page", "instruments:answer_review", "instruments:answer_later", "instruments:answer_sent"])
def test_a_link_leads_to_its_own_answers_only(world: World, visitors: Visitors, name: str) -> None:
    door = next(one for one in doors_of(name, TABLE[name]) if one.place == "osby")
    for uid in (world.values("horby")["invitation"], world.values("osby")["submission"]):
        for method in ("GET", "POST"):
            answer = visitors.ask("visitor", method, door.url(world).replace(world.values("osby")["invitation"], uid))
            assert answer.plain == visitors.nothing("visitor")
            assert not answer.writes


@pytest.mark.parametrize("name", TIMED)
def test_forbidden_takes_as_long_as_absent(world: World, visitors: Visitors, name: str) -> None:
    """Two tries directly after each other meet the same load, so their ratio says what the work takes; the median of many forgets the rest."""
    door = next(one for one in DETAIL if one.name == name)
    session = shut_out(door)[1]
    urls = {absent: door.url(world, absent=absent) for absent in (False, True)}

    def seconds(absent: bool) -> float:
        began = time.perf_counter()
        visitors.ask(session, "GET", urls[absent], keep=True)
        return time.perf_counter() - began

    ratios: list[float] = []
    for _attempt in range(6):
        for first in (False, True) * 12:  # each is the first of a pair as often as the other
            took = {first: seconds(first), not first: seconds(not first)}
            ratios.append(took[False] / took[True])
        if 1 / 1.2 <= median(ratios) <= 1.2:
            return
    raise AssertionError(f"{door}: {median(ratios):.2f} times as long")
