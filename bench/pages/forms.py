"""What people send: a saved list of thirty, a sign-in. Each begins with the page that the form stands in, as a browser does."""

from __future__ import annotations

import http.client
import random
import re
import tempfile
import threading
import time
from html import unescape
from urllib.parse import urlencode

from load import cpu_ms
from seed import PASSWORD


def fields_of(text: str) -> list[tuple[str, str]]:
    """The hidden fields and boxes of a page's forms, by name."""
    found = []
    for tag in re.findall(r"<input[^>]*>", text):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("name") and given.get("type") in {"hidden", "number", "checkbox"}:
            found.append((given["name"], unescape(given.get("value", "on" if given["type"] == "checkbox" else ""))))
    return found


def asked(port: int, method: str, path: str, cookies: dict[str, str], body: str = "") -> tuple[int, str]:
    """One request with the browser's cookies; what is set is kept."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {
        "Cookie": "; ".join(f"{key}={value}" for key, value in cookies.items()), "Accept-Language": "sv", "X-Forwarded-For": f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}",
        **({"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{port}"} if body else {}),
    }  # fmt: skip
    connection.request(method, path, body=body or None, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    for line in answer.headers.get_all("Set-Cookie") or []:
        key, _sep, rest = line.partition("=")
        cookies[key] = rest.partition(";")[0]
    connection.close()
    return answer.status, text


def save_list(port: int, path: str, cookie: str, roots: list[int], times: int = 20) -> float:
    """Open an attendance list and save it, every line another one than before, again and again: milliseconds of processor time to save it."""
    cookies = dict(one.split("=", 1) for one in cookie.split("; "))
    spent = 0.0
    for number in range(times):
        status, text = asked(port, "GET", path, cookies)
        sent = {name: value for name, value in fields_of(text) if name != "everybody"}
        # Everybody a minute more or less late each time: a line that says what is stored already writes nothing.
        late = [name for name in sent if name.startswith("late-")]
        sent.update({name: str(5 + number % 2) for name in late})
        reasons = {name.replace("late-", "reason-"): "Sen" for name in late}
        began = cpu_ms(roots)
        status, text = asked(port, "POST", path, cookies, urlencode({**sent, **reasons}))
        assert status == 302, f"saving the list: {status} {text[:2000]}"
        spent += cpu_ms(roots) - began
    return spent / times


def sign_in(port: int, roots: list[int], times: int = 20, until: threading.Event | None = None) -> float:
    """Sign in anew, again and again: milliseconds of processor time for GET and POST."""
    began = cpu_ms(roots)
    done = 0
    while not until.is_set() if until else done < times:
        cookies: dict[str, str] = {}
        _status, text = asked(port, "GET", "/sign-in/", cookies)
        token = next(value for name, value in fields_of(text) if name == "csrfmiddlewaretoken")
        email = f"p{random.randrange(8)}@example.org"
        status, text = asked(port, "POST", "/sign-in/", cookies, urlencode({"csrfmiddlewaretoken": token, "login": email, "password": PASSWORD}))
        assert status == 302 or until, f"signing in: {status} {text[:500]}"
        done += 1
    return (cpu_ms(roots) - began) / max(1, done)


def hash_ms() -> float:
    """Milliseconds to check one password, as the product does."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(VAR=tempfile.gettempdir(), PASSWORD_HASHERS=["handrail.kit.hashing.PasswordHasher"], DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
    from django.contrib.auth.hashers import check_password, make_password

    kept = make_password(PASSWORD)
    began = time.process_time()
    for _round in range(5):
        check_password(PASSWORD, kept)
    return 200 * (time.process_time() - began)
