"""The four kinds of things that come from outside, each sent as its own page or device sends it."""

from __future__ import annotations

import json
import secrets
from itertools import count
from typing import Any, Protocol
from urllib.parse import urlencode

from tests.reliability.sent import Sent, digest

TOKEN = "a" * 32  # against forgery: the same in the cookie and in what is sent
JSON = {"Accept": "application/json", "Content-Type": "application/json"}


class Kind(Protocol):
    """One kind: `inside` names its module in `inside/`."""

    inside: str

    def make(self) -> Sent:
        """Something new, under a new key."""

    def other(self, one: Sent) -> Sent:
        """Something else under the key of `one`."""

    def aside(self, one: Sent) -> str:
        """How `one` is named among what was set aside."""


class Answers:
    """Whole sets of answers by personal link, again and again for the same people; the free text carries the key."""

    inside = "answers"

    def __init__(self, links: list[str]) -> None:
        self.links, self.numbers = links, count()

    def make(self) -> Sent:
        return self._answer(self.links[next(self.numbers) % len(self.links)], secrets.token_urlsafe(16), "")

    def other(self, one: Sent) -> Sent:
        return self._answer(one.path, one.key, "something else")

    def aside(self, one: Sent) -> str:
        return str(one.content["wish"])

    def _answer(self, link: str, key: str, more: str) -> Sent:
        answers: dict[str, Any] = {
            "interpreter": "l1", "trained": "yes", "hours": 12, "trauma": "l3", "topics": ["sleep"], "wish": f"{key} åäö مرحبا {more}".strip()
        }  # fmt: skip
        body = json.dumps({"key": key, "answers": answers, "complete": True, "language": "sv"}, ensure_ascii=False).encode()
        sha256 = digest({"answers": answers, "complete": True, "language": "sv", "page": None})
        return Sent(key, link, body, sha256, key, answers, JSON)


class Responses:
    """Whole sets of answers by an address that hangs on a wall, in turn into an anonymous collection and into one that keeps instants."""

    inside = "responses"

    def __init__(self, paths: list[str]) -> None:
        self.paths, self.numbers = paths, count()

    def make(self) -> Sent:
        return self._response(self.paths[next(self.numbers) % len(self.paths)], secrets.token_urlsafe(16), "")

    def other(self, one: Sent) -> Sent:
        return self._response(one.path, one.key, "something else")

    def aside(self, one: Sent) -> str:
        return str(one.content["wish"])

    def _response(self, path: str, key: str, more: str) -> Sent:
        answers: dict[str, Any] = {
            "interpreter": "l1", "trained": "yes", "hours": "12", "trauma": "l3", "topics": ["sleep"], "wish": f"{key} åäö مرحبا {more}".strip()
        }  # fmt: skip
        body = json.dumps({"key": key, "answers": answers, "language": "ar"}, ensure_ascii=False).encode()
        return Sent(key, path, body, digest({"answers": answers, "language": "ar"}), key, {**answers, "hours": 12}, JSON)


class Lists:
    """Attendance lists of two people, each for a session of its own: one is present for some minutes, one late; the reason carries the key."""

    inside = "lists"

    def __init__(self, world: dict[str, Any]) -> None:
        self.people, self.sessions = world["people"], iter(world["sessions"])
        self.headers = {**JSON, "X-CSRFToken": TOKEN, "Cookie": f"sessionid={world['cookie']}; csrftoken={TOKEN}"}

    def make(self) -> Sent:
        return self._list(next(self.sessions), secrets.token_urlsafe(16), secrets.randbelow(96))

    def other(self, one: Sent) -> Sent:
        session, minutes = one.about
        return self._list(session, one.key, (minutes + 1) % 96)

    def rival(self, one: Sent) -> Sent:
        return self._list(one.about[0], secrets.token_urlsafe(16), secrets.randbelow(96))

    def aside(self, one: Sent) -> str:
        return one.key

    def _list(self, session: str, key: str, minutes: int) -> Sent:
        first, second = self.people
        plain = {"late_minutes": 0, "left_early_minutes": 0, "reason": key, "seen": None}
        marks = [{**plain, "person": first, "minutes": minutes}, {**plain, "person": second, "minutes": None, "late_minutes": 15}]
        body = json.dumps({"key": key, "list_version": 0, "marks": marks}).encode()
        content = {"session": session, "lines": [[first, minutes, 0, 0], [second, 80, 15, 0]]}
        sha256 = digest({"session": session, "list_version": 0, "marks": marks})
        return Sent(key, f"/sessions/{session}/attendance/", body, sha256, key, content, self.headers, (session, minutes))


class Months:
    """A manager countersigns one month of one person at a time; each becomes a line of the co-financing ledger."""

    inside = "months"
    LINE = [3, "870.00", 185]  # 90 + 95 minutes, whole hours by month, at 290 kr

    def __init__(self, world: dict[str, Any]) -> None:
        self.months, self.path = iter(world["months"]), f"/programmes/{world['programme']}/hours/countersign/"
        self.headers = {
            "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={world['cookie']}; csrftoken={TOKEN}",
        }  # fmt: skip

    def make(self) -> Sent:
        return self._month(next(self.months), secrets.token_urlsafe(16))

    def other(self, one: Sent) -> Sent:
        return self._month(next(self.months), one.key)

    def rival(self, one: Sent) -> Sent:
        return self._month(one.name, secrets.token_urlsafe(16))

    def aside(self, one: Sent) -> str:
        return one.name

    def _month(self, month: str, key: str) -> Sent:
        body = urlencode({"key": key, "csrfmiddlewaretoken": TOKEN, "certificates": [month]}, doseq=True).encode()
        return Sent(key, self.path, body, digest({"certificates": [month]}), month, self.LINE, self.headers)
