"""The database is away for a while: the site says so, and goes on by itself soon after (security.md R11)."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.reliability.conftest import ON_POSTGRES
from tests.reliability.kinds import Kind
from tests.reliability.sent import is_acknowledged
from tests.reliability.server import Server
from tests.reliability.storm import Storm, Writer, at_once

AWAY = 17  # seconds: longer than a pool that doubles its pauses would need to miss the return by ten


if ON_POSTGRES:  # the other database is a file, which is never away

    def test_nobody_is_given_a_connection_that_a_restart_has_ended(server: Server, stormed: Storm, kinds: dict[str, Kind]) -> None:
        assert server.database is not None
        assert {status for status, _body in at_once(server, [kinds["answers"].make() for _number in range(16)])} == {201}
        server.database.kill()
        server.database.start()
        assert {status for status, _body in at_once(server, [kinds["answers"].make() for _number in range(16)])} == {201}

    def test_site_goes_on_by_itself_when_the_database_is_back(
        server: Server, stormed: Storm, kinds: dict[str, Kind], figure: Callable[[str], None]
    ) -> None:
        assert server.database is not None
        server.database.kill()
        until, told = time.monotonic() + AWAY, 0
        writer, one = Writer(server), kinds["answers"].make()
        while time.monotonic() < until:
            status, _body = writer.send(one)
            assert status == 503
            told += 1
        server.database.start()
        back = time.monotonic()
        while not is_acknowledged(one, *writer.send(one)):
            assert time.monotonic() < back + 60
        figure(f"R11 database away for {AWAY} s: {told} x 503, then acknowledged {time.monotonic() - back:.1f} s after its return")
        assert time.monotonic() - back < 10
