"""Whoever was away for a quarter of an hour signs in again before a page with sensitive data, and loses nothing (security.md 29, T6)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from handrail.cases import actions
from handrail.cases.models import SealedNote
from handrail.config.sessions import SessionStore
from handrail.kit import clock
from handrail.people.accounts import note_seen
from tests.cases.world import World
from tests.cast import account_of

LIMIT = 15 * 60
WORDS = "zqaway ska inte försvinna"


def left_alone(client: Any, seconds: float) -> None:
    """As if the browser had been left alone for so long: it signed in and was last here then, by the machine's own clock."""
    session, at = client.session, time.time() - seconds
    session["began"] = at
    session.save()
    request, answer = RequestFactory().get("/"), HttpResponse()
    request.session = session
    note_seen(request, answer, at=at)
    client.cookies.update(answer.cookies)


def signed_in_again(client: Any, person: Any) -> None:
    """As the page for signing in does it: what an unknown visitor's session held goes on."""
    kept = client.session.get("left")
    client.force_login(account_of(person))
    session = client.session
    session["left"] = kept
    session.save()


@pytest.mark.parametrize(("seconds", "status"), [(LIMIT - 30, 200), (LIMIT + 30, 302)])
def test_a_page_about_a_person_is_shown_until_its_reader_was_away_too_long(world: World, as_: Callable[..., Any], seconds: int, status: int) -> None:
    client, address = as_(world.kim), reverse("cases:case_detail", args=[world.case.uid])
    left_alone(client, seconds)
    answer = client.get(address)
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"] == f"/sign-in/?next=%2Fcases%2F{world.case.uid}%2F"
        assert client.get("/home/").status_code == 302, "the session is over, not only this page"
        assert "Selam" not in answer.content.decode()


def test_every_request_counts_as_being_there(world: World, as_: Callable[..., Any]) -> None:
    client = as_(world.kim)
    left_alone(client, LIMIT - 30)
    client.get("/home/")
    assert time.time() - int(client.cookies["seen"].value.partition(".")[0]) < 30
    left_alone(client, LIMIT + 30)
    client.get("/home/")
    assert client.get(reverse("cases:case_detail", args=[world.case.uid])).status_code == 200, "home is no sensitive page, and whoever opens it is there"


@pytest.mark.parametrize("forged", ["", "9999999999.", "9999999999.00", "x.y"])
def test_a_cookie_that_is_missing_or_made_up_is_none(world: World, as_: Callable[..., Any], forged: str) -> None:
    client = as_(world.kim)
    left_alone(client, LIMIT + 30)
    client.cookies["seen"] = forged
    assert client.get(reverse("cases:case_detail", args=[world.case.uid])).status_code == 302


def test_a_cookie_of_another_session_is_none(world: World, as_: Callable[..., Any]) -> None:
    client, other = as_(world.kim), as_(world.kim)
    other.get("/home/")
    left_alone(client, LIMIT + 30)
    client.cookies["seen"] = other.cookies["seen"].value
    assert client.get(reverse("cases:case_detail", args=[world.case.uid])).status_code == 302


def test_what_was_typed_comes_back_and_can_be_sent(world: World, as_: Callable[..., Any]) -> None:
    client, address = as_(world.kim), reverse("cases:note_seal", args=[world.case.uid])
    left_alone(client, LIMIT + 30)
    answer = client.post(address, {"kind": "health", "text": WORDS})
    assert (answer.status_code, SealedNote.objects.count()) == (302, 0)
    assert WORDS not in repr(client.session.items()), "sealed, with a key that only the browser has"
    signed_in_again(client, world.kim)
    back = client.get(address).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(kind|text)" value="([^"]*)">', back))
    assert fields == {"kind": "health", "text": WORDS}
    assert client.post(address, fields).status_code == 302
    assert SealedNote.objects.count() == 1
    assert "left" not in client.session
    assert WORDS not in client.get(address).content.decode()


def test_what_was_typed_can_be_thrown_away(world: World, as_: Callable[..., Any]) -> None:
    client, address = as_(world.kim), reverse("cases:note_seal", args=[world.case.uid])
    left_alone(client, LIMIT + 30)
    client.post(address, {"kind": "health", "text": WORDS})
    signed_in_again(client, world.kim)
    assert client.post(address, {"throw_away": "1"})["Location"] == address
    assert WORDS not in client.get(address).content.decode()
    assert SealedNote.objects.count() == 0


def test_somebody_else_at_the_same_desk_finds_nothing_of_it(world: World, as_: Callable[..., Any]) -> None:
    client, address = as_(world.kim), reverse("cases:note_seal", args=[world.case.uid])
    left_alone(client, LIMIT + 30)
    client.post(address, {"kind": "health", "text": WORDS})
    signed_in_again(client, world.pia)
    assert WORDS not in client.get(reverse("cases:case_detail", args=[world.case.uid])).content.decode()
    assert "left" not in client.session


def test_a_page_that_is_only_read_leaves_the_screen_by_itself(world: World, as_: Callable[..., Any]) -> None:
    client, address = as_(world.kim), reverse("cases:case_detail", args=[world.case.uid])
    assert client.get(address)["Refresh"] == f"{LIMIT + 5}; url={address}"
    assert "Refresh" not in client.get(reverse("cases:note_seal", args=[world.case.uid])), "not while somebody types"
    note = actions.seal_note(case=world.case, kind="health", text=WORDS, by=world.kim)
    assert "Refresh" not in client.get(reverse("cases:note_open", args=[note.uid]))


def test_the_sensitive_pages_are_these() -> None:
    found = {
        f"{space}:{pattern.name}"
        for space, (_prefix, resolver) in get_resolver().namespace_dict.items()
        for pattern in resolver.url_patterns
        if getattr(getattr(pattern, "callback", None), "sensitive", "")
    }
    assert found == {
        "cases:case_detail", "cases:note_seal", "cases:note_open", "cases:openings", "cases:glass_break", "cases:conflicts", "cases:looks",
        "research:interview_new", "research:redact", "research:second_read", "research:open_answers",  # words as they were said
    }  # fmt: skip


def test_a_session_ends_eight_hours_after_signing_in_however_much_it_is_used(world: World, as_: Callable[..., Any]) -> None:
    client = as_(world.kim)
    before = Session.objects.get(session_key=client.session.session_key).expire_date
    session = SessionStore(client.session.session_key)
    session["began"] -= 8 * 3600 - 60
    session.save()
    assert before - timedelta(hours=8) < Session.objects.get(session_key=session.session_key).expire_date <= before - timedelta(hours=7, minutes=58)
    assert client.get("/home/").status_code == 200, "a minute is left"
    session["began"] -= 120
    session.save()
    assert Session.objects.get(session_key=session.session_key).expire_date < clock.real_now()
    assert client.get("/home/").status_code == 302
