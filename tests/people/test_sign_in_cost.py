"""Signing in is slow by its hash alone: few queries, a page kept for visitors, and nothing of what guards it lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client, override_settings

from handrail.config.sessions import SessionStore
from handrail.kit import clock
from handrail.people import actions
from handrail.people.models import Account
from tests.people.test_sign_in import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
LOCMEM = "django.core.cache.backends.locmem.LocMemCache"


@pytest.fixture(autouse=True)
def memory() -> Iterator[None]:
    """Memories as in a running process: tries in the database, pages in the process."""
    call_command("createcachetable", "kit_cache", verbosity=0)
    shared = {"BACKEND": "handrail.kit.shared.SharedMemory", "LOCATION": "kit_cache"}
    with override_settings(CACHES={"default": shared, "process": {"BACKEND": LOCMEM, "LOCATION": "sign-in"}}):
        caches["default"].clear()
        caches["process"].clear()
        yield
        caches["process"].clear()


@pytest.fixture
def account(cast: Any) -> Account:
    """Paula's way in."""
    return actions.open_account(person=cast.paula, password=PASSWORD, by=None)


def test_signing_in_costs_few_queries_also_after_many_times(account: Account, queries_of: Any) -> None:
    """One look and one statement for the tries, one to take back; the account; last seen, device, session."""
    counts = []
    for _time in range(4):
        client = Client()
        counts.append(queries_of(lambda client=client: sign_in(client, "Paula.Ek@example.org")))
        assert client.get("/security/").status_code == 200
    assert max(counts) <= 9 and len(set(counts)) == 1
    assert Session.objects.count() == UserSession.objects.count() == 4


def page_of(client: Client, **more: Any) -> str:
    return str(client.get("/sign-in/", **more).content.decode())


def without_token(text: str) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value)="\w+"', "", text)


def tokens(text: str) -> set[str]:
    return set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', text))


def test_the_page_is_kept_for_visitors_with_a_token_of_their_own(account: Account, queries_of: Any) -> None:
    first, other = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    texts = [page_of(first)]
    assert queries_of(lambda: texts.append(page_of(other))) == 0
    caches["process"].clear()
    texts.append(page_of(Client()))
    assert without_token(texts[0]) == without_token(texts[1]) == without_token(texts[2])
    assert tokens(texts[0]) and tokens(texts[1]) and tokens(texts[0]).isdisjoint(tokens(texts[1]))
    theirs = tokens(texts[1]).pop()
    sent = {"login": "paula.ek@example.org", "password": PASSWORD, "csrfmiddlewaretoken": theirs}
    assert first.post("/sign-in/", sent).status_code == 403, "a token fits the browser that it was given to"
    assert other.post("/sign-in/", sent).status_code == 302


def test_what_is_kept_is_of_one_language_and_theme_and_never_for_who_is_in(account: Account) -> None:
    swedish, english = page_of(Client(), headers={"accept-language": "sv"}), page_of(Client(), headers={"accept-language": "en"})
    assert 'lang="sv"' in swedish and 'lang="en"' in english
    dark = Client()
    dark.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in page_of(dark) and 'data-theme="dark"' not in page_of(Client())
    client = Client()
    sign_in(client, "paula.ek@example.org")
    assert client.get("/sign-in/").status_code == 302
    wanted = Client().get("/sign-in/?next=/security/").content.decode()
    assert 'value="/security/"' in wanted and 'value="/security/"' not in page_of(Client())
    for response in (Client().get("/sign-in/"), Client().get("/sign-in/")):
        assert "no-store" in response["Cache-Control"] and response["X-Frame-Options"] == "DENY"


def test_an_alarm_of_a_wrong_password_is_kept_for_nobody(account: Account) -> None:
    page_of(Client())
    wrong = sign_in(Client(), "paula.ek@example.org", "wrong wrong wrong").content.decode()
    assert "Adressen eller lösenordet är fel" in wrong
    assert "Adressen eller lösenordet är fel" not in page_of(Client())


def test_wrong_passwords_are_counted_by_address_and_right_ones_are_not(account: Account) -> None:
    for _time in range(8):
        caches["process"].clear()
        assert sign_in(Client(), "paula.ek@example.org").status_code == 302, "a right password is no failed one"
    said = [sign_in(Client(), "paula.ek@example.org", "wrong wrong wrong").content.decode() for _time in range(6)]
    assert ["Vänta fem minuter" in one for one in said] == [False] * 5 + [True]
    assert "Vänta fem minuter" in sign_in(Client(), "paula.ek@example.org").content.decode(), "not even the right one now"
    assert sign_in(Client(REMOTE_ADDR="10.1.1.1"), "paula.ek@example.org").status_code == 200, "nor from elsewhere"


def test_every_form_sent_is_counted_by_network(account: Account) -> None:
    answers = [sign_in(Client(), "paula.ek@example.org", "").status_code for _time in range(29)]
    answers += [sign_in(Client(), "paula.ek@example.org").status_code for _time in range(2)]
    answers.append(sign_in(Client(), "", "").status_code)
    answers.append(sign_in(Client(REMOTE_ADDR="10.1.1.1"), "paula.ek@example.org").status_code)
    assert answers == [200] * 29 + [302, 429, 429, 302]


def test_a_network_that_tries_many_addresses_is_stopped(account: Account) -> None:
    said = [sign_in(Client(), f"nobody{number}@example.org", "wrong wrong wrong").content.decode() for number in range(11)]
    assert ["Vänta fem minuter" in one for one in said] == [False] * 10 + [True]


def test_an_address_kept_by_the_library_opens_its_account_and_the_owners_comes_first(cast: Any, account: Account) -> None:
    other = actions.open_account(person=cast.bo, password="another sentence of mine", by=None)
    EmailAddress.objects.create(user=other, email="paula.ek@example.org")
    EmailAddress.objects.create(user=account, email="former@example.org")

    def who(email: str, password: str) -> int | None:
        client = Client()
        sign_in(client, email, password)
        found = client.session.get("_auth_user_id")
        return int(found) if found else None

    assert who("paula.ek@example.org", PASSWORD) == account.pk
    assert who("paula.ek@example.org", "another sentence of mine") == other.pk
    assert who("former@example.org", PASSWORD) == account.pk
    assert who("former@example.org", "another sentence of mine") is None


def test_a_second_factor_is_asked_for_by_whoever_has_one(account: Account) -> None:
    Authenticator.objects.create(user=account, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert sign_in(Client(), "paula.ek@example.org")["Location"] == "/home/"
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert sign_in(Client(), "paula.ek@example.org")["Location"] == "/account/second-factor/code/"


def test_a_key_given_before_signing_in_opens_nothing_after(account: Account) -> None:
    """Somebody may have set it: signing in gives a new one, and the old row is gone."""
    client = Client()
    planted = SessionStore()
    planted["note"] = "kept"
    planted.save()
    client.cookies["sessionid"] = planted.session_key or ""
    sign_in(client, "paula.ek@example.org")
    assert client.cookies["sessionid"].value != planted.session_key
    assert not Session.objects.filter(session_key=planted.session_key).exists()
    assert client.session["note"] == "kept"
    thief = Client()
    thief.cookies["sessionid"] = planted.session_key or ""
    assert thief.get("/security/").status_code == 302


def test_a_session_is_written_once_and_not_after_it_was_ended(queries_of: Any) -> None:
    from django.contrib.sessions.backends.base import CreateError, UpdateError

    one = SessionStore()
    one["lamp"] = "lit"
    one.create()
    assert re.fullmatch(r"[a-z2-7]{32}", one.session_key or "") and not Session.objects.exists()
    assert queries_of(one.save) <= 3  # a savepoint around it, inside the test's transaction
    assert SessionStore(one.session_key)["lamp"] == "lit"
    one["lamp"] = "out"
    one.save()
    assert SessionStore(one.session_key)["lamp"] == "out"
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        one.save()
    assert not Session.objects.exists(), "a session that was ended does not come back"
    one.save(must_create=True)
    with pytest.raises(CreateError):
        SessionStore(one.session_key).save(must_create=True)


def test_signing_in_again_in_one_browser_stays_one_device(account: Account) -> None:
    for agent in ("Firefox/130 Windows", "x" * 5000):
        actions.note_device(account=account, session_key="k" * 32, is_new=False, network="10.0.0.1", user_agent=agent)
    assert list(UserSession.objects.values_list("session_key", "ip")) == [("k" * 32, "10.0.0.1")]


def test_devices_and_sessions_that_are_over_go_once_a_day(account: Account) -> None:
    from handrail.kit.later import daily_tasks

    stays, over, gone = Client(), Client(), Client()
    for client in (stays, over, gone):
        sign_in(client, "paula.ek@example.org")
    Session.objects.filter(session_key=over.session.session_key).update(expire_date=clock.real_now() - timedelta(minutes=1))
    Session.objects.filter(session_key=gone.session.session_key).delete()
    daily_tasks()["people: forget devices that are signed out"]()
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [stays.session.session_key]
    assert Session.objects.count() == 1


def test_of_many_who_sign_in_at_once_one_is_looked_at_and_the_last_is_asked_to_wait(account: Account, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The real hash: never two at a time; while as many wait as may, a form is answered at once, without a word on whose address it was."""
    from concurrent.futures import ThreadPoolExecutor

    from argon2 import PasswordHasher as Argon2

    from handrail.kit import hashing

    settings.PASSWORD_HASHERS = ["handrail.kit.hashing.PasswordHasher"]
    hasher, now, most = hashing.PasswordHasher(), [0], [0]

    def slow(password: str, encoded: str) -> bool:
        now[0] += 1
        most[0] = max(most[0], now[0])
        Argon2(time_cost=1, memory_cost=8192, parallelism=1).hash(password)
        now[0] -= 1
        return True

    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(lambda _number: hasher._in_turn(slow, "a", "b"), range(24)))
    assert most == [1] and not hashing.is_crowded()
    monkeypatch.setattr(hashing, "MOST_WAITING", 0)
    answers = [sign_in(Client(), email).content.decode() for email in ("paula.ek@example.org", "nobody@example.org")]
    assert all("Många loggar in just nu" in one for one in answers)
    monkeypatch.undo()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assert sign_in(Client(), "paula.ek@example.org").status_code == 302, "that was no try"


def test_of_two_processes_one_looks_at_a_password_at_a_time() -> None:
    """The turn is the machine's: while another process holds it, this one waits, and goes on when that one dies."""
    import subprocess
    import sys
    import threading

    from django.conf import settings

    from handrail.kit import hashing

    hold = "import fcntl, sys, time; file = open(sys.argv[1], 'w'); fcntl.flock(file, fcntl.LOCK_EX); print('held', flush=True); time.sleep(60)"
    other = subprocess.Popen([sys.executable, "-c", hold, str(settings.VAR / "hashing-0.lock")], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None and other.stdout.readline() == "held\n"
    entered = threading.Event()

    def enter() -> None:
        with hashing._turn_of_the_machine(0):
            entered.set()

    waiting = threading.Thread(target=enter)
    waiting.start()
    assert not entered.wait(0.3)
    other.kill()
    other.wait()
    assert entered.wait(10)
    waiting.join()
    other.stdout.close()
