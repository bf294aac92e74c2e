"""Other content under a used key is not accepted, and is kept aside for a person (security.md R6, short form)."""

from __future__ import annotations

from collections.abc import Callable

from tests.reliability.kinds import Answers, Kind
from tests.reliability.sent import compare
from tests.reliability.server import Server
from tests.reliability.storm import spread


def test_same_key_with_other_content_is_set_aside(server: Server, kind: Kind, figure: Callable[[str], None]) -> None:
    first = [kind.make() for _number in range(50)]
    assert {status for status, _body in spread(server, first)} == {201}
    before = server.inside(kind.inside, "counts")
    others = [kind.other(one) for one in first]
    accepted = 0
    for _twice in range(2):
        statuses = [status for status, _body in spread(server, others)]
        accepted += sum(status < 300 for status in statuses)
        assert set(statuses) == {422}
    assert server.inside(kind.inside, "counts") == before
    aside = server.inside(kind.inside, "set_aside")
    figure(f"R6 {kind.inside}: 50 x other content under a used key, twice: {accepted} accepted, {len(aside)} kept aside")
    assert sorted(aside) == sorted(kind.aside(one) for one in others)
    assert not compare(first, server.inside(kind.inside, "stored"))


def test_no_personal_link_stands_in_the_log(server: Server, kind: Kind) -> None:
    if isinstance(kind, Answers):  # refused requests are what a web framework likes to log
        assert not [one for one in kind.links if one in server.log()]
