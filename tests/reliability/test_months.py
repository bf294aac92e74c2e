"""R1, R5 and R6 for months: a countersigned month that was acknowledged stands in the ledger once, whatever was killed."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.reliability.harness import Sent, Server, at_once, compare, digest, is_acknowledged, spread, storm

PEOPLE = 1500
LINE = [3, "870.00", 185]  # 90 + 95 minutes, whole hours by month, at 290 kr


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[Server, dict[str, Any], dict[str, int]]]:
    with Server() as server:
        made = server.inside("tests.reliability.months_side", "build", people=PEOPLE)
        yield server, made, {"next": 0}


def sent(made: dict[str, Any], months: list[str], key: str | None = None) -> Sent:
    """A manager's countersigning of some months under a key of its own."""
    key = key or hashlib.sha256(uuid.uuid4().bytes).hexdigest()[:24]
    token = "a" * 32
    body = urlencode({"key": key, "csrfmiddlewaretoken": token, "certificates": months}, doseq=True).encode()
    headers = {
        "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={made['cookie']}; csrftoken={token}",
    }  # fmt: skip
    return Sent(key, f"/programmes/{made['programme']}/hours/countersign/", body, digest({"certificates": sorted(months)}), months, headers)


def in_ledger(server: Server) -> tuple[dict[str, list[Any]], list[int]]:
    found = server.inside("tests.reliability.months_side", "stored")
    return dict(found["lines"]), found["counts"]


def fresh(made: dict[str, Any], place: dict[str, int], count: int = 1) -> list[str]:
    start = place["next"]
    place["next"] += count
    return list(made["months"][start : start + count])


def test_months_acknowledged_survive_kills(world: tuple[Server, dict[str, Any], dict[str, int]]) -> None:
    server, made, place = world
    seen = storm(server, lambda _number: sent(made, fresh(made, place)), kills=20, acks=1000)
    lines, (signed, pledged, _aside) = in_ledger(server)
    by_key = {one.key: lines.get(one.content[0], []) for one in seen.acked.values()}
    expected = [Sent(one.key, one.path, b"", "", LINE) for one in seen.acked.values()]
    findings = compare(expected, by_key)
    assert not findings, findings
    assert len(seen.acked) >= 1000
    assert seen.kills == 20
    assert all(len(rows) == 1 for rows in lines.values())
    assert (signed, pledged) == (len(lines), 2 * len(lines))  # signature, line and pledges stand and fall together
    lost_one = dict(list(by_key.items())[1:])
    assert compare(expected, lost_one).lost == [next(iter(by_key))]  # the comparison notices


def test_month_sent_in_eight_copies_is_signed_once(world: tuple[Server, dict[str, Any], dict[str, int]]) -> None:
    server, made, place = world
    server.start() if server.process is None else None
    server.wait()
    before = len(in_ledger(server)[0])
    sends = [sent(made, fresh(made, place)) for _one in range(40)]
    for one in sends:
        answers = at_once(server, [one] * 8)
        assert sorted(status for status, _body in answers) == [200] * 7 + [201], answers
        assert all(is_acknowledged(one, status, body) for status, body in answers)
    lines, _counts = in_ledger(server)
    assert len(lines) == before + 40
    replays = spread(server, [one for one in sends for _copy in range(40)])  # 1,600 replays
    assert {status for status, _body in replays} == {200}
    assert len(in_ledger(server)[0]) == before + 40


def test_same_month_under_two_keys_gives_one_line(world: tuple[Server, dict[str, Any], dict[str, int]]) -> None:
    server, made, place = world
    for _round in range(10):
        months = fresh(made, place)
        answers = at_once(server, [sent(made, months) for _copy in range(8)])
        assert sorted(status for status, _body in answers) == [201] + [409] * 7, answers
        assert json.loads(answers[0][1])
    lines, _counts = in_ledger(server)
    assert all(len(rows) == 1 for rows in lines.values())


def test_used_key_with_other_months_is_set_aside(world: tuple[Server, dict[str, Any], dict[str, int]]) -> None:
    server, made, place = world
    first = [sent(made, fresh(made, place)) for _one in range(50)]
    assert {status for status, _body in spread(server, first)} == {201}
    before, (_signed, _pledged, aside) = in_ledger(server)
    others = [sent(made, fresh(made, place), key=one.key) for one in first]
    assert {status for status, _body in spread(server, others)} == {422}
    after, (_signed, _pledged, now_aside) = in_ledger(server)
    assert after == before
    assert now_aside == aside + 50
