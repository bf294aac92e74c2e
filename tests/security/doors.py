"""Opens every address as everybody and compares with what was expected."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils.functional import SimpleLazyObject

from handrail.desk.queries import shell_of
from handrail.kit.checks import is_foreign, routes
from handrail.people.models import Person
from tests.cast import account_of
from tests.security.table import Line, lines
from tests.security.world import World

METHODS = ("GET", "POST")
FORM = "application/x-www-form-urlencoded"
OURS = frozenset({
    "owner", "auditor", "trainer Osby", "trainer Hörby", "leader Osby", "leader Hörby", "manager Osby", "manager Hörby", "person Osby", "person Hörby",
    "colleague", "caseworker Osby", "caseworker Hörby", "placer Osby", "placer Hörby", "mentor Osby", "mentor Hörby",
})  # fmt: skip
OURS |= {"consultant"}  # of the companies
OURS |= {"researcher Osby", "researcher Hörby"}
OTHERS = frozenset({"other owner", "other leader"})
READERS = frozenset({"owner", "leader Osby", "leader Hörby", "trainer Osby", "trainer Hörby", "researcher Osby", "researcher Hörby"}) | OTHERS  # of any library
APART = frozenset({"ended", "stranger", "administrator"})
ACCOUNTS = OURS | OTHERS | APART
EVERYBODY = ACCOUNTS | {"visitor"}
OWN = {"osby": "Osby", "horby": "Hörby"}
# Everybody of both towns is asked about the object of one: of this one on this database, of the other on the other one. The world
# holds the same twice, so that the second town would ask the same questions again; SECURITY_WHOLE=1 does, for a night.
ASKED_ABOUT = "" if os.environ.get("SECURITY_WHOLE") else "horby" if connection.vendor == "postgresql" else "osby"
NEARBY = frozenset({"owner", "leader Hörby", "person Hörby", "administrator", "stranger", "visitor"}) | OTHERS  # who is asked about the other programme
NEVER_CHANGE = {"django_session", "usersessions_usersession"}


def who(words: str, place: str) -> frozenset[str]:
    """The sessions that a cell of the table means for an object of this place."""
    return frozenset[str]().union(*(_word(word.strip(), place) for word in words.split(",")))


def _word(word: str, place: str) -> frozenset[str]:
    if word == "consultant":
        return frozenset({word} if place != "other" else set())
    both = {"trainers": "trainer", "leaders": "leader", "managers": "manager", "caseworkers": "caseworker", "placers": "placer", "mentors": "mentor", "researchers": "researcher"}
    fixed = {"steering": frozenset({"owner", "leader Osby", "leader Hörby", "caseworker Osby", "caseworker Hörby", "placer Osby", "placer Hörby", "administrator"}) | OTHERS, "readers": READERS, "nobody": frozenset[str](), "everybody": EVERYBODY, "local": EVERYBODY, "accounts": ACCOUNTS, "administrator": frozenset({"administrator"})}
    if word in fixed:
        return fixed[word]
    if place == "other":
        return {"insiders": OTHERS, "owner": frozenset({"other owner"}), "leaders": frozenset({"other leader"})}.get(word, frozenset())
    if word in both:
        return frozenset({f"{both[word]} Osby", f"{both[word]} Hörby"})
    if word in {"trainer", "leader", "manager", "person", "caseworker", "placer", "mentor", "researcher"}:
        return frozenset({f"{word} {OWN[place]}"})
    if word == "reviewer":  # what one town writes the other town's researcher reviews
        return frozenset({f"researcher {OWN['horby' if place == 'osby' else 'osby']}"})
    if word == "receivers":  # a town's person is referred to the other town
        other = OWN["horby" if place == "osby" else "osby"]
        return frozenset({f"caseworker {other}", f"placer {other}"})
    if word in {"colleague", *OTHERS}:  # both belong to Hörby
        return frozenset({word} if place == "horby" else set())
    named = {
        "owner": {"owner"}, "auditor": {"auditor"}, "insiders": OURS, "contacts": {"leader Osby", "leader Hörby"}, "leader Osby": {"leader Osby"}, "researcher Osby": {"researcher Osby"}, "steers study": {"owner", "researcher Osby"}, "owners": {"owner", "other owner"}, "roles": (OURS | OTHERS | {"administrator"}) - {"person Osby", "person Hörby", "colleague"},
        "takers": {"person Osby", "person Hörby", "colleague", "manager Hörby"},
    }  # fmt: skip
    return frozenset(named[word])


def own_routes() -> dict[str, URLPattern]:
    """Our own addresses by name."""
    return _own_routes(settings.ROOT_URLCONF)


@cache
def _own_routes(urlconf: str) -> dict[str, URLPattern]:
    found: dict[str, URLPattern] = {}
    for route, pattern in routes(get_resolver(urlconf)):
        if not is_foreign(route):
            found.setdefault(name_of(pattern), pattern)  # the first one answers
    return found


def name_of(pattern: URLPattern) -> str:
    """The name under which an address is known, with its app's."""
    module = str(getattr(pattern.callback, "__module__", ""))
    app = module.split(".")[1] if module.startswith("handrail.") and pattern.name not in {"healthz", "readyz"} else ""
    return f"{app}:{pattern.name}" if app else str(pattern.name)


@dataclass(frozen=True)
class Door:
    """One line of the table for the object of one place."""

    name: str
    line: Line
    place: str

    def url(self, world: World, *, absent: bool = False) -> str:
        """Where it stands; `absent` with an identifier that belongs to nothing."""
        values = world.values(self.place)
        kwargs = {key: value.format(**values) for key, value in self.line.fill.items()}
        if self.line.of:
            key = next(one for one in ("token", "slug", "uid") if f"<{self._kind(one)}{one}>" in _pattern(self.name))
            kwargs[key] = (str(uuid4()) if key == "uid" else f"none-{uuid4().hex[:12]}") if absent else values[self.line.of]
        asked = self.line.ask.format(**values)
        return reverse(self.name, kwargs=kwargs) + (f"?{asked}" if asked else "")

    @staticmethod
    def _kind(key: str) -> str:
        return {"token": "str:", "slug": "slug:", "uid": "uuid:"}[key]

    def body(self, world: World) -> dict[str, Any]:
        """What a form here would send."""
        here = world.places[self.place]
        known: dict[str, Any] = {**world.values(self.place), "town": world.cast.horby}
        known |= {kind: Place(here[kind]) for kind in here if not isinstance(here[kind], str)}
        fill = partial(_filled, known)
        return {key: [fill(one) for one in value] if isinstance(value, list) else fill(value) for key, value in self.line.body.items()}

    @property
    def sessions(self) -> list[str]:
        """Who is asked: everybody; about what belongs to the other programme, those who come near it."""
        return sorted(NEARBY if self.place == "other" else EVERYBODY)

    def expected(self, method: str) -> frozenset[str]:
        """The sessions for which the table opens it."""
        words = self.line.get if method == "GET" or self.line.post is None else self.line.post
        return who(words, self.place) & frozenset(self.sessions)

    def __str__(self) -> str:
        return f"{self.name} {self.line.of} {' '.join(self.line.fill.values())} {self.line.ask} of {self.place}"


@dataclass(frozen=True)
class Place:
    """An object as text is its uid; `{competence.pk}` is its row."""

    row: Any

    def __format__(self, spec: str) -> str:
        return str(self.row.uid)

    @property
    def pk(self) -> Any:
        return self.row.pk


def _filled(known: Mapping[str, Any], text: str) -> str:
    return text.format(**known)


@cache
def _pattern(name: str) -> str:
    return next(route for route, pattern in routes() if name_of(pattern) == name)


def doors_of(name: str, found: Line | tuple[Line, ...], town: str = "") -> list[Door]:
    """Every door of an address; of the two towns only one where it is named."""
    lines = found if isinstance(found, tuple) else (found,)
    return [Door(name, line, place) for line in lines for place in line.places if not town or place == town or place not in OWN]


@dataclass
class Answer:
    """What came back: opened, forbidden, or a fault."""

    status: int
    body: bytes
    headers: dict[str, str]
    writes: list[str]
    queries: int

    @property
    def is_sign_in(self) -> bool:
        return self.status == 302 and self.headers.get("Location", "").startswith("/sign-in/")

    @property
    def opened(self) -> bool:
        """Whether the guard let somebody in, whatever the page then said."""
        return self.status not in {403, 404, 405} and self.status < 500 and not self.is_sign_in

    @property
    def plain(self) -> tuple[int, bytes, dict[str, str]]:
        """What a reader can compare: status, body without one-time secrets, headers."""
        return self.status, re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", self.body), self.headers


class Browser(Client):
    """The test client without its notes on templates, which cost more than most of our pages; a fault is an answer with 500."""

    def request(self, **request: Any) -> Any:
        answer = self.handler(self._base_environ(**request))
        self.cookies.update(answer.cookies)
        return answer


_frames: dict[int | None, dict[str, Any]] = {}


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame around every page, made by the product once for everybody: it is the same on all their pages and half of the work."""
    person = getattr(request, "person", None)
    key = person.pk if person else None

    def made() -> dict[str, Any]:
        if key not in _frames:
            _frames[key] = shell_of(request)
        return _frames[key]

    return {"shell": SimpleLazyObject(made), "local_mode": settings.LOCAL_MODE}


def show_again(client: Client, person: Person) -> None:
    """Who does what matters most has just shown once more who they are; whoever has not is asked for it (tests/people)."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time() + 86_400}]
    session["account_authentication_methods_user"] = str(account_of(person).pk)
    session.save()


@dataclass
class Visitors:
    """A browser for everybody, signed in once."""

    world: World
    clients: dict[str, Client] = field(default_factory=dict)
    only: tuple[str, ...] = tuple(sorted(EVERYBODY))
    _nothing: dict[str, tuple[int, bytes, dict[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.only:
            client = Browser(headers={"accept-language": "en"})
            if name != "visitor":
                client.force_login(account_of(self.world.people[name]))
                session = client.session
                session["began"] = time.time() + 86_400  # nobody here is away too long: see tests/cases/test_away.py
                session.save()
            if name == "administrator":
                show_again(client, self.world.people[name])
            self.clients[name] = client

    def ask(self, session: str, method: str, url: str, body: Mapping[str, Any] | None = None, *, keep: bool = False) -> Answer:
        """Ask as somebody; what it changed is undone unless `keep`."""
        client, writes = self.clients[session], list[str]()
        cookies = client.cookies.copy()
        counter = Counter(writes)
        with nullcontext() if keep else transaction.atomic(), connection.execute_wrapper(counter):
            connection.atomic_blocks[-1]._from_testcase = True  # the tests' own: what must be committed counts as committed in it
            answer = client.get(url) if method == "GET" else client.post(url, urlencode(body or {}, doseq=True), content_type=FORM)
            if not keep:
                transaction.set_rollback(True)
        client.cookies = cookies
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        return Answer(answer.status_code, content, dict(answer.headers), writes, counter.count)


    def nothing(self, session: str) -> tuple[int, bytes, dict[str, str]]:
        """What somebody reads at an address where there has never been anything."""
        if session not in self._nothing:
            self._nothing[session] = self.ask(session, "GET", f"/{uuid4()}/").plain
        return self._nothing[session]


@dataclass
class Counter:
    """Counts queries and keeps those that write."""

    writes: list[str]
    count: int = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.count += 1
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.writes.append(sql.split("WHERE")[0][:120])
        return execute(sql, params, many, context)


def effective(visitors: Visitors, name: str, line: Line) -> tuple[Door, str] | None:
    """The first door and session at which what a form sends changes something."""
    for door in doors_of(name, line):
        for session in sorted(door.expected("POST")):
            if visitors.ask(session, "POST", door.url(visitors.world), door.body(visitors.world)).writes:
                return door, session
    return None


def acting() -> list[tuple[str, Line]]:
    """The lines whose form changes something."""
    return [(name, line) for name, line in lines() if line.acts]


def stored() -> str:
    """A digest of every row of every table, the journal's among them."""
    found = sha256()
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda one: one._meta.db_table):
        if model._meta.managed and model._meta.db_table not in NEVER_CHANGE:
            rows = sorted(repr(row) for row in model._base_manager.values_list())
            found.update(f"{model._meta.db_table} {len(rows)} {rows}".encode())
    return found.hexdigest()


def guarded(pattern: URLPattern, person: Person, uids: Iterable[Any]) -> set[str]:
    """Which of these objects the product's own guard opens for a person: found by `find`, let through by `may`."""
    view: Any = pattern.callback
    if view.find is None:
        return {str(uid) for uid in uids} if view.may(person) else set()
    rows = view.find(person).filter(uid__in=list(uids))
    return {str(row.uid) for row in rows if view.may is None or view.may(person, row)}


def faults(world: World, visitors: Visitors, name: str, found: Line | tuple[Line, ...]) -> list[str]:
    """Where an address answers otherwise than its lines say, changes something for whoever may not, or breaks."""
    wrong = []
    for door in doors_of(name, found, ASKED_ABOUT):
        url = door.url(world)
        for method in METHODS:
            allowed = door.expected(method)
            for session in door.sessions:
                may = session in allowed
                if may and method == "POST" and not door.line.acts and session != min(allowed):
                    continue  # what a page that changes nothing answers to POST is asked of one who may, and of all who may not
                answer = visitors.ask(session, method, url, {} if may else door.body(world), keep=not may)
                if may and method == "POST" and answer.status == 404 and door.line.body:  # what is acted on stands in the form
                    answer = visitors.ask(session, method, url, door.body(world))
                said = "" if answer.opened == may and answer.status < 500 else f"got {answer.status}"
                if not may and not said and not answer.is_sign_in and answer.plain != visitors.nothing(session):
                    said = "what is forbidden does not look like what is absent"
                if told := secrets_in(world, door, session, answer.body):
                    said += f" and it tells what {told} wrote"
                if not may and answer.writes:
                    said += f" and it wrote: {answer.writes}"
                if said:
                    wrong.append(f"{method} {door}: {session} {'may' if may else 'may not'}: {said}")
    return wrong


def secrets_in(world: World, door: Door, session: str, body: bytes) -> str:
    """Whose answer stands in a page, if somebody else reads it than its author or the holder of its link."""
    is_link = getattr(own_routes()[door.name].callback, "guard", "") == "link"
    for place in OWN:
        author = f"person {OWN[place]}"
        if world.values(place)["secret"].encode() in body and session != author and not (is_link and door.place == place):
            return author
    return ""


def disagreements(world: World, name: str, found: Line | tuple[Line, ...]) -> list[str]:
    """Where the product's own guard and the table decide differently. A view may decide more narrowly than its guard (`inner`)."""
    wrong = []
    pattern = own_routes()[name]
    for door in doors_of(name, found, ASKED_ABOUT):
        uid = world.values(door.place).get(door.line.of, "")
        expected = door.expected("GET") | door.expected("POST")
        for session in door.sessions:
            if session == "visitor":
                continue
            opens = bool(guarded(pattern, world.fresh(session), [uid]))
            if opens != (session in expected) and not (door.line.inner and opens):
                wrong.append(f"{door}: {session}: the guard {'opens' if opens else 'closes'}")
    return wrong
