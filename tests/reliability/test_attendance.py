"""Attendance lists are taken exactly once, and what was acknowledged is there (security.md R1, R5, R6; short forms)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from tests.reliability.harness import Sent, Server, Storm, at_once, compare, digest, spread, storm

SIDE = "tests.reliability.attendance_side"
SESSIONS = 1300
CSRF = "a" * 32


class Lists:
    """Makes one list after another, each for a session of its own."""

    def __init__(self, world: dict[str, Any]) -> None:
        self.world, self.fresh = world, iter(world["sessions"])

    def make(self, *, key: str = "", session: str = "", minutes: int | None = None) -> Sent:
        """A list of two people: one present for some minutes, one late; the reason carries the key."""
        key, session = key or secrets.token_urlsafe(16), session or next(self.fresh)
        minutes = secrets.randbelow(96) if minutes is None else minutes
        first, second = self.world["people"]
        plain = {"late_minutes": 0, "left_early_minutes": 0, "reason": key, "seen": None}
        marks = [{**plain, "person": first, "minutes": minutes}, {**plain, "person": second, "minutes": None, "late_minutes": 15}]
        body = json.dumps({"key": key, "list_version": 0, "marks": marks}).encode()
        content = {"session": session, "lines": [[first, minutes, 0, 0], [second, 80, 15, 0]]}
        headers = {
            "Accept": "application/json", "Content-Type": "application/json", "X-CSRFToken": CSRF,
            "Cookie": f"sessionid={self.world['cookie']}; csrftoken={CSRF}",
        }  # fmt: skip
        return Sent(key, f"/sessions/{session}/attendance/", body, digest({"session": session, "list_version": 0, "marks": marks}), content, headers)


@pytest.fixture(scope="module")
def school() -> Iterator[Server]:
    """A server of its own: these lists need a cast of their own."""
    with Server() as one:
        yield one


@pytest.fixture(scope="module")
def lists(school: Server) -> Lists:
    """Enough sessions for every list to have one."""
    return Lists(school.inside(SIDE, "build", sessions=SESSIONS))


@pytest.fixture(scope="module")
def stormed(school: Server, lists: Lists) -> Storm:
    """Twenty kills among sixteen writers, then a server that stands."""
    return storm(school, lambda _number: lists.make(), kills=20, acks=1000)


def test_acknowledged_lists_survive_kills(school: Server, stormed: Storm) -> None:
    assert stormed.kills == 20
    assert len(stormed.acked) >= 1000
    assert not stormed.refused
    stored = school.inside(SIDE, "stored")
    findings = compare(stormed.acked.values(), stored)
    print(f"\nR1: {len(stormed.acked)} lists acknowledged, {stormed.kills} kills, {stormed.broken_off} broken off, {stormed.statuses}")
    assert not findings, findings
    rows = school.inside(SIDE, "counts")
    assert rows["lists"] == rows["keys"] == len(stored)
    assert rows["lines"] == rows["events"] == 2 * len(stored)


def test_same_key_at_one_instant_is_one_list_and_replays_add_none(school: Server, lists: Lists, stormed: Storm) -> None:
    before = school.inside(SIDE, "counts")
    fresh = [lists.make() for _number in range(40)]
    for one in fresh:
        assert sorted(status for status, _body in at_once(school, [one] * 8)) == [200] * 7 + [201]
    after = school.inside(SIDE, "counts")
    assert after["lines"] == before["lines"] + 80
    replays = [one for one in list(stormed.acked.values())[:200] for _copy in range(8)]
    assert {status for status, _body in spread(school, replays)} == {200}
    assert school.inside(SIDE, "counts") == after
    assert not compare([*stormed.acked.values(), *fresh], school.inside(SIDE, "stored"))


def test_same_key_with_other_content_is_set_aside(school: Server, lists: Lists, stormed: Storm) -> None:
    first = [lists.make(minutes=60) for _number in range(50)]
    assert {status for status, _body in spread(school, first)} == {201}
    before = school.inside(SIDE, "counts")
    others = [lists.make(key=one.key, session=one.content["session"], minutes=61) for one in first]
    for _twice in range(2):
        assert {status for status, _body in spread(school, others)} == {422}
    assert school.inside(SIDE, "counts") == before
    assert sorted(school.inside(SIDE, "set_aside")) == sorted(one.key for one in others)
    assert not compare(first, school.inside(SIDE, "stored"))


def test_a_list_saved_by_two_at_once_is_stored_for_one_and_refused_for_the_other(school: Server, lists: Lists, stormed: Storm) -> None:
    for _round in range(20):
        one = lists.make()
        rivals = [one, *(lists.make(session=one.content["session"]) for _other in range(3))]
        answers = at_once(school, rivals)
        assert sorted(status for status, _body in answers) == [201, 409, 409, 409]
        won = [rival for rival, (status, _body) in zip(rivals, answers, strict=True) if status == 201]
        assert not compare(won, school.inside(SIDE, "stored")) if _round == 0 else won
