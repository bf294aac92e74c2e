"""A page that is looked at for the first time asks for little, and says what it said when it asked for everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from handrail.desk.queries import shell
from handrail.kit import clock, slots
from handrail.kit.kept import look, once
from handrail.people.models import Role
from handrail.people.queries import authority_of

pytestmark = pytest.mark.django_db


def said(rows: list[slots.Waiting]) -> list[tuple[str, str, Any]]:
    return [(str(one.title), one.url, one.due) for one in rows]


def test_what_waits_is_the_same_for_everybody_whether_the_database_is_asked_first_or_not(played: Any) -> None:
    from datetime import timedelta

    seen = 0
    for days in (0, 3, 40):
        with clock.at(clock.now() + timedelta(days=days)):
            for person in played.everybody.values():
                plain = slots.gathered("home.waiting", person, played.programme)
                assert said(shell._waiting_of(person, played.programme)) == said(plain)
                assert said(shell._waiting_of(person, None)) == said(slots.gathered("home.waiting", person, None))
                seen += len(plain)
    assert seen > 20


def test_a_first_look_asks_so_much_and_no_more(played: Any, client_of: Callable[[Any], Any], queries_of: Callable[[Callable[[], Any]], int]) -> None:
    home, people = reverse("desk:home"), reverse("programmes:participants", args=[played.programme.uid])
    for person, address, most in ((played.paula, home, 35), (played.amal, home, 41), (played.birgit, home, 18), (played.lena, home, 17), (played.paula, people, 24)):
        client = client_of(person)
        client.get(address)
        assert queries_of(lambda client=client, address=address: client.get(address)) <= most, (person.pk, address)


def test_once_asks_once_within_a_look_and_each_time_outside() -> None:
    made: list[int] = []
    ask = lambda: once("lamps", [1], lambda: made.append(1) or len(made))
    assert (ask(), ask()) == (1, 2)
    with look():
        assert (ask(), ask(), once("lamps", [2], lambda: "other")) == (3, 3, "other")
    assert ask() == 4


def test_a_filling_that_says_of_what_it_needs_some_is_not_asked_without(played: Any) -> None:
    conditions = dict(slots.conditions("home.waiting", played.birgit, played.programme))
    named = {function.__name__: rows for function, rows in conditions.items()}
    assert named["process_leaders_lack"] is None, "says nothing: is asked"
    assert not authority_of(played.birgit).has(Role.PROCESS_LEADER)
    assert not any(rows.exists() for rows in named["queues_wait"])
