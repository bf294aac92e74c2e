"""Answers are taken exactly once, and what was acknowledged is there (security.md R1, R5, R6; short forms)."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest

from tests.reliability.harness import Sent, Server, Storm, at_once, compare, digest, spread, storm

SIDE = "tests.reliability.answers_side"
PEOPLE = 40


def answer(link: str, *, key: str = "", more: str = "") -> Sent:
    """One whole set of answers; the free text carries the key."""
    key = key or secrets.token_urlsafe(16)
    answers: dict[str, Any] = {
        "interpreter": "l1", "trained": "yes", "hours": 12, "trauma": "l3", "topics": ["sleep"], "wish": f"{key} åäö مرحبا {more}".strip()
    }  # fmt: skip
    content = {"answers": answers, "complete": True, "language": "sv", "page": None}
    body = json.dumps({"key": key, "answers": answers, "complete": True, "language": "sv"}, ensure_ascii=False).encode()
    return Sent(key, link, body, digest(content), answers)


@pytest.fixture(scope="module")
def links(server: Server) -> list[str]:
    """Personal links of forty people."""
    return list(server.inside(SIDE, "build", people=PEOPLE))


@pytest.fixture(scope="module")
def stormed(server: Server, links: list[str]) -> Storm:
    """Twenty kills among sixteen writers, then a server that stands."""
    return storm(server, lambda number: answer(links[number % PEOPLE]), kills=20, acks=1000)


def test_acknowledged_answers_survive_kills(server: Server, stormed: Storm) -> None:
    assert stormed.kills == 20
    assert len(stormed.acked) >= 1000
    assert not stormed.refused
    stored = server.inside(SIDE, "stored")
    findings = compare(stormed.acked.values(), stored)
    print(f"\nR1: {len(stormed.acked)} acknowledged, {stormed.kills} kills, {stormed.broken_off} broken off, "
          f"ready after {sorted(stormed.ready_after)[len(stormed.ready_after) // 2]:.1f} s (median), {stormed.statuses}")  # fmt: skip
    assert not findings, findings
    rows = server.inside(SIDE, "counts")
    assert rows["submissions"] == rows["keys"] == rows["events"] == sum(len(copies) for copies in stored.values())


def test_same_key_at_one_instant_is_one_row_and_replays_add_none(server: Server, links: list[str], stormed: Storm) -> None:
    before = server.inside(SIDE, "counts")["submissions"]
    fresh = [answer(links[number]) for number in range(PEOPLE)]
    for one in fresh:
        statuses = sorted(status for status, _body in at_once(server, [one] * 8))
        assert statuses == [200] * 7 + [201]
    after = server.inside(SIDE, "counts")
    assert after["submissions"] == before + PEOPLE
    replays = [one for one in list(stormed.acked.values())[:200] for _copy in range(8)]
    assert {status for status, _body in spread(server, replays)} == {200}
    assert server.inside(SIDE, "counts") == after
    assert not compare([*stormed.acked.values(), *fresh], server.inside(SIDE, "stored"))


def test_same_key_with_other_content_is_set_aside(server: Server, links: list[str]) -> None:
    first = [answer(links[number % PEOPLE]) for number in range(50)]
    assert {status for status, _body in spread(server, first)} == {201}
    before = server.inside(SIDE, "counts")
    others = [answer(one.path, key=one.key, more="something else") for one in first]
    for _twice in range(2):
        assert {status for status, _body in spread(server, others)} == {422}
    assert server.inside(SIDE, "counts") == before
    assert sorted(one["wish"] for one in server.inside(SIDE, "set_aside")) == sorted(one.content["wish"] for one in others)
    assert not compare(first, server.inside(SIDE, "stored"))
    # Refused requests are what a web framework likes to log: no personal link may stand there.
    assert not [one for one in links if one in server.log()]


def test_compare_notices_each_fault() -> None:
    sent = [answer("/a/x/") for _number in range(3)]
    stored = {one.key: [one.content] for one in sent}
    assert not compare(sent, stored)
    assert compare(sent, {key: copies for key, copies in stored.items() if key != sent[0].key}).lost == [sent[0].key]
    assert compare(sent, {**stored, sent[1].key: [sent[1].content] * 2}).doubled == [sent[1].key]
    assert compare(sent, {**stored, sent[2].key: [{**sent[2].content, "hours": 13}]}).altered == [sent[2].key]


def test_server_that_acknowledges_before_commit_is_caught() -> None:
    with Server(application="tests.reliability.liar:application") as liar:
        links = liar.inside(SIDE, "build", people=8)
        seen = storm(liar, lambda number: answer(links[number % 8]), kills=2, acks=200)
        assert compare(seen.acked.values(), liar.inside(SIDE, "stored")).lost
