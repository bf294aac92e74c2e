"""In local mode whoever continues as one of the cast counts as confirmed for a while: nobody knows their passwords."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from django.urls import reverse

from handrail.desk.cast import CAST

pytestmark = pytest.mark.django_db


def test_whoever_continues_as_one_of_the_cast_is_confirmed_for_five_minutes(cast, monkeypatch, client: Client) -> None:
    """Given the demonstration, when somebody continues as one of the cast, then a passkey can be added at once; later the page says how to confirm."""
    from handrail.people.actions import open_account

    part = CAST[0]
    account = open_account(person=cast.amal, password="en egen mening om hösten", by=None)
    type(account).objects.filter(pk=account.pk).update(email=part.email)
    answer = client.post(reverse("desk:continue_as"), {"key": part.key})
    assert answer.status_code == 302
    page = client.get("/account/passkeys/new/")
    assert page.status_code == 200, page.headers.get("Location")
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    asked = client.get("/account/passkeys/new/", follow=True)
    assert 'href="/"' in asked.content.decode()
    assert "five minutes" in asked.content.decode() or "fem minuter" in asked.content.decode()
