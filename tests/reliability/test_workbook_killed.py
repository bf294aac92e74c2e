"""A worker is killed in the middle of bringing in a workbook: nothing of it is there; the next worker brings in everything, once."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.reliability.conftest import ON_POSTGRES
from tests.reliability.server import Server

PEOPLE, PATIENCE = 200, 150


def test_a_killed_import_leaves_nothing_and_the_next_worker_everything(figure: Callable[[str], None]) -> None:
    with Server(on_postgres=ON_POSTGRES) as one:
        one.inside("places", "build")
        before = one.inside("places", "hand_in", people=PEOPLE)
        worker, begun, kills, seen = one.work(), time.monotonic(), 0, 0
        try:
            while (now := one.inside("places", "brought_in"))["state"] == "waiting":
                assert time.monotonic() - begun < PATIENCE, one.log()[-3000:]
                assert now["people"] == before, "some are here before all are"
                seen = max(seen, now["done"])
                if kills < 1 and now["running"] and (now["done"] or not ON_POSTGRES):
                    time.sleep(0.3)  # into the middle of the rows
                    one.end(worker)
                    assert one.inside("places", "brought_in")["people"] == before
                    worker, kills = one.work(), kills + 1
                time.sleep(0.1)
        finally:
            one.end(worker)
        assert (now["state"], now["people"], now["kept"], kills) == ("saved", before + PEOPLE, False, 1)
        assert seen or not ON_POSTGRES, "nobody saw how far it was"
        figure(f"workbook: {PEOPLE} people, worker killed in the middle {kills} time; nothing before all, {time.monotonic() - begun:.0f} s, progress seen up to {seen}")
