"""The controls: each planted fault must be caught, else the figures above mean nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from tests.reliability.kinds import Answers, Kind
from tests.reliability.sent import compare
from tests.reliability.server import PRODUCT, Server
from tests.reliability.storm import Storm, at_once, storm


@pytest.fixture
def lying(server: Server, stormed: Storm) -> Iterator[Callable[[str], Server]]:
    """Serve a planted fault on the same database."""

    def serve(name: str) -> Server:
        server.kill()
        server.application = f"tests.reliability.liar:{name}"
        return server

    yield serve
    server.kill()
    server.application = PRODUCT
    server.start()
    server.wait()


def test_compare_notices_each_fault(kinds: dict[str, Kind]) -> None:
    answers = kinds["answers"]
    sent = [answers.make() for _number in range(3)]
    stored = {one.name: [one.content] for one in sent}
    assert not compare(sent, stored)
    assert compare(sent, {key: copies for key, copies in stored.items() if key != sent[0].name}).lost == [sent[0].name]
    assert compare(sent, {**stored, sent[1].name: [sent[1].content] * 2}).doubled == [sent[1].name]
    assert compare(sent, {**stored, sent[2].name: [{**sent[2].content, "hours": 13}]}).altered == [sent[2].name]


def test_server_that_acknowledges_before_commit_is_caught(
    lying: Callable[[str], Server], kinds: dict[str, Kind], figure: Callable[[str], None]
) -> None:
    server = lying("before_commit")
    seen = storm(server, {"answers": kinds["answers"].make}, ["server"] * 2, acks=200)
    acked, before = seen.acked["answers"].values(), -1
    while before < (now := server.inside("answers", "counts")[0]):  # what still waits is not lost
        before = now
        time.sleep(1)
    lost = compare(acked, server.inside("answers", "stored")).lost
    figure(f"control, answer before commit: {len(lost)} of {len(acked)} lost, caught")
    assert 0 < len(lost) < len(acked)


def test_server_that_looks_instead_of_relying_on_the_key_is_caught(
    lying: Callable[[str], Server], kinds: dict[str, Kind], figure: Callable[[str], None]
) -> None:
    server = lying("without_unique_key")
    server.start()
    server.wait()
    answers = kinds["answers"]
    assert isinstance(answers, Answers)
    fresh = [answers.make() for _number in range(10)]
    for one in fresh:
        at_once(server, [one] * 8)
    doubled = compare(fresh, server.inside("answers", "stored")).doubled
    figure(f"control, check instead of unique key: {len(doubled)} of {len(fresh)} doubled, caught")
    assert doubled
