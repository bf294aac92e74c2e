"""What is kept in memory: as long as nothing was announced, for the reader that it was made for, with tokens of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpResponse, HttpResponseRedirect
from django.test import override_settings
from django.urls import reverse

from handrail.kit import clock
from handrail.kit.events import Event, announce
from handrail.kit.kept import kept, kept_screen, last_entry
from handrail.people import actions
from handrail.people.models import Grant, Role

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class LampLit(Event):
    """Something that happened."""


@dataclass(frozen=True)
class LampBroken(Event):
    """Something else."""


@dataclass(frozen=True)
class LampSold(Event):
    """What never happened."""


@pytest.fixture(autouse=True)
def memory() -> Iterator[None]:
    """A memory as in a running process."""
    with override_settings(CACHES={name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"test-{name}"} for name in ("default", "process")}):
        caches["process"].clear()
        yield
        caches["process"].clear()


def say(event: Event) -> None:
    from django.db import transaction

    with transaction.atomic():
        announce(event, by=None)


def test_a_figure_is_made_anew_only_when_something_was_announced() -> None:
    made: list[int] = []
    look = lambda: kept("lamps", [1], lambda: made.append(1) or len(made))
    assert (look(), look()) == (1, 1)
    say(LampLit())
    assert (look(), look()) == (2, 2)
    assert kept("lamps", [2], lambda: 9) == 9, "another reader's is another one"
    with clock.at(clock.now() + timedelta(days=1)):
        assert look() == 3, "what is due depends on the day"


def test_a_figure_that_names_its_events_hears_no_others() -> None:
    made: list[int] = []
    look = lambda: kept("lamps", [1], lambda: made.append(1) or len(made), events=[LampLit, LampSold])
    look()
    say(LampBroken())
    assert look() == 1
    say(LampLit())
    assert look() == 2
    assert last_entry([LampSold]) == 0


def token(page: Any) -> list[str]:
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())


def test_a_page_looked_at_again_costs_few_queries_and_carries_a_token_of_its_own(cast: Any, client_of: Any, queries_of: Any) -> None:
    client, address = client_of(cast.paula), reverse("desk:home")
    first = client.get(address)
    again: list[Any] = []
    assert queries_of(lambda: again.append(client.get(address))) <= 6
    assert re.sub(r'value="\w{64}"', "", first.content.decode()) == re.sub(r'value="\w{64}"', "", again[0].content.decode())
    assert token(again[0]) and set(token(first)).isdisjoint(token(again[0])), "a token is masked anew for each request"
    assert client.post(reverse("kit:preferences"), {"csrfmiddlewaretoken": token(again[0])[0], "language": "en", "next": address}).status_code == 302


def test_a_page_goes_with_the_right_it_was_seen_by_even_if_nothing_was_announced(cast: Any, client_of: Any) -> None:
    client, address = client_of(cast.paula), reverse("desk:home")
    before = client.get(address).content.decode()
    Grant.objects.filter(person=cast.paula).delete()
    after = client.get(address).content.decode()
    assert reverse("delivery:session_list", args=[cast.programme.uid]) in before
    assert reverse("delivery:session_list", args=[cast.programme.uid]) not in after


def test_nobody_is_shown_what_was_kept_for_somebody_else(cast: Any, client_of: Any) -> None:
    address = reverse("programmes:participants", args=[cast.programme.uid])
    pages = [client_of(one).get(address).content.decode() for one in (cast.paula, cast.oskar, cast.paula)]
    assert pages[0] != pages[1]
    assert re.sub(r'value="\w{64}"', "", pages[0]) == re.sub(r'value="\w{64}"', "", pages[2])


def test_a_message_is_shown_once_and_never_kept(cast: Any, client_of: Any) -> None:
    client, address = client_of(cast.paula), reverse("programmes:participants", args=[cast.programme.uid])
    client.get(address)
    client.post(reverse("programmes:participants_mark", args=[cast.programme.uid]), {"next": address})
    assert "Välj minst en person först." in client.get(address).content.decode()
    assert "Välj minst en person först." not in client.get(address).content.decode()


def test_a_role_given_shows_at_the_next_look(cast: Any, client_of: Any) -> None:
    client, address = client_of(cast.bo), reverse("desk:home")
    assert reverse("desk:evidence", args=[cast.programme.uid]) not in client.get(address).content.decode()
    actions.grant_role(person=cast.bo, role=Role.AUDITOR, programme=cast.programme.uid, starts_on=clock.today(), by=None)
    assert reverse("desk:evidence", args=[cast.programme.uid]) in client.get(address).content.decode()


def test_an_answer_that_is_no_page_is_given_anew_each_time(rf: Any, cast: Any) -> None:
    asked: list[int] = []

    @kept_screen
    def away(request: Any) -> HttpResponse:
        asked.append(1)
        return HttpResponseRedirect("/home/")

    def look() -> HttpResponse:
        request = rf.get("/lamps/")
        request.person, request.session, request._messages = cast.paula, {}, []
        return away(request)

    assert [look().status_code for _time in range(3)] == [302, 302, 302]
    assert len(asked) == 3
