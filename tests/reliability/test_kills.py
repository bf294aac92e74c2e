"""What was acknowledged is there, whatever was killed (security.md R1, R2; short forms)."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from tests.reliability.conftest import ACKS, FAULTS, ROW
from tests.reliability.kinds import Kind
from tests.reliability.sent import compare
from tests.reliability.server import Server
from tests.reliability.storm import WRITERS, Storm


def test_everything_acknowledged_survives_kills(server: Server, stormed: Storm, kind: Kind, figure: Callable[[str], None]) -> None:
    acked = stormed.acked[kind.inside]
    stored = server.inside(kind.inside, "stored")
    findings = compare(acked.values(), stored)
    figure(
        f"{ROW} {kind.inside}: {len(acked)} acknowledged, {WRITERS} writers; "
        f"{len(findings.lost)} lost, {len(findings.doubled)} doubled, {len(findings.altered)} altered"
    )
    assert not findings, findings
    assert len(acked) >= ACKS
    # What belongs together is one transaction: all of its parts were counted, and they agree.
    assert set(server.inside(kind.inside, "counts")) == {len(stored)}


def test_server_was_killed_and_came_back_by_itself(stormed: Storm, figure: Callable[[str], None]) -> None:
    assert stormed.kills == {fault: FAULTS.count(fault) for fault in set(FAULTS)}
    for fault, times in sorted(stormed.ready_after.items()):
        figure(f"{ROW} killed, {fault}: {len(times)} times; all kinds acknowledged again after {median(times):.1f} s (median), {max(times):.1f} s (most)")
        assert max(times) < 30
    said = ", ".join(f"{count} x {status or 'broken off'}" for status, count in sorted(stormed.statuses.items()))
    figure(f"{ROW} {sum(stormed.kills.values())} kills, {stormed.count} acknowledged in {stormed.seconds:.0f} s: {said}")
    assert not stormed.refused
