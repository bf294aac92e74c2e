"""The same thing sent many times is taken once (security.md R5, short form)."""

from __future__ import annotations

from collections.abc import Callable

from tests.reliability.kinds import Kind, Lists, Months
from tests.reliability.sent import compare, is_acknowledged
from tests.reliability.server import Server
from tests.reliability.storm import Storm, at_once, spread

REPLAYED = 50  # of each of the four kinds: two hundred together, as security.md asks


def test_same_key_at_one_instant_is_one_row_and_replays_add_none(
    server: Server, stormed: Storm, kind: Kind, figure: Callable[[str], None]
) -> None:
    before = server.inside(kind.inside, "counts")[0]
    fresh = [kind.make() for _number in range(40)]
    for one in fresh:
        answers = at_once(server, [one] * 8)
        assert sorted(status for status, _body in answers) == [200] * 7 + [201], answers
        assert all(is_acknowledged(one, status, body) for status, body in answers)
    after = server.inside(kind.inside, "counts")
    assert set(after) == {before + 40}
    earlier = list(stormed.acked[kind.inside].values())
    replays = [one for one in earlier[:REPLAYED] for _copy in range(8)]
    answers = spread(server, replays)
    assert {status for status, _body in answers} == {200}
    assert all(is_acknowledged(one, status, body) for one, (status, body) in zip(replays, answers, strict=True))
    now = server.inside(kind.inside, "counts")
    figure(f"R5 {kind.inside}: 40 keys x 8 copies at one instant gave {after[0] - before} rows; {REPLAYED} x 8 replays gave {now[0] - after[0]}")
    assert now == after
    assert not compare([*earlier, *fresh], server.inside(kind.inside, "stored"))


def test_a_list_saved_by_four_at_once_is_stored_for_one_and_refused_for_the_others(
    server: Server, stormed: Storm, kinds: dict[str, Kind]
) -> None:
    lists = kinds["lists"]
    assert isinstance(lists, Lists)
    won = []
    for _round in range(20):
        one = lists.make()
        rivals = [one, *(lists.rival(one) for _other in range(3))]
        answers = at_once(server, rivals)
        assert sorted(status for status, _body in answers) == [201, 409, 409, 409], answers
        won += [rival for rival, (status, _body) in zip(rivals, answers, strict=True) if status == 201]
    assert not compare(won, server.inside("lists", "stored"))


def test_a_month_countersigned_under_eight_keys_gives_one_line(server: Server, stormed: Storm, kinds: dict[str, Kind]) -> None:
    months = kinds["months"]
    assert isinstance(months, Months)
    signed = [months.make() for _round in range(10)]
    for one in signed:
        answers = at_once(server, [one, *(months.rival(one) for _other in range(7))])
        assert sorted(status for status, _body in answers) == [201] + [409] * 7, answers
    assert not compare(signed, server.inside("months", "stored"))
