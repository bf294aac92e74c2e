"""What takes long to work out and is looked at often, kept in this process's memory until something happens.

Every action announces what it did, in its own transaction; so as long as the journal's last entry is the same, what was worked out is true.
Two transactions that overlap may write their entries in one order and end in the other: what was kept in between lives for five minutes at most.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce, wraps
from operator import or_
from typing import Any, TypeVar

from django.contrib.messages import get_messages
from django.core.cache import caches
from django.db.models import Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.utils import translation

from handrail.kit import clock, ids, slots, text
from handrail.kit.events import Event
from handrail.kit.models import JournalEntry
from handrail.kit.screens import View

T = TypeVar("T")
SECONDS = 300
_look: ContextVar[dict[tuple[object, ...], Any] | None] = ContextVar("look", default=None)
_is_kept: ContextVar[bool] = ContextVar("is_kept", default=False)
_drawn: list[Callable[[], str]] = []


@contextmanager
def look() -> Iterator[None]:
    """While one page is worked out, and nothing is changed: what is asked by `once` is asked once. Within a look it goes on."""
    if _look.get() is not None:
        yield
        return
    token = _look.set({})
    try:
        yield
    finally:
        _look.reset(token)


def once(what: str, parts: Sequence[object], make: Callable[[], T]) -> T:
    """What `make` answers, worked out once for all parts of one page (see `look`); anywhere else each time."""
    known = _look.get()
    if known is None:
        return make()
    key = (what, *parts)
    if key not in known:
        known[key] = make()
    found: T = known[key]
    return found


def kept(what: str, parts: Sequence[object], make: Callable[[], T], *, events: Sequence[type[Event]] = ()) -> T:
    """What `make` answers, made anew when something was announced (one of `events`, where they are named), at most five minutes old.

    `what` and `parts` say whose it is: the person, the programme; language, day and hour are part of it. Never a shared one for two people,
    unless both may see all of it. It is kept in memory only, so that what is erased is gone. None is not kept.
    """
    now = text.local(clock.now())
    key = ids.digest([what, *parts, translation.get_language(), now.date(), now.hour, last_entry(events)])
    memory = caches["process"]
    found: T | None = memory.get(key)
    if found is None:
        with look():  # what is kept is only read, never changed
            found = make()
        if found is not None:
            memory.set(key, found, SECONDS)
    return found


def who(person: Any) -> list[object]:
    """The reader as a part of what is kept: the person, and what they hold just now, so that what was seen by a right goes with the right."""
    return [person.pk, *slots.filled("kept.who", person)]


def last_entry(events: Sequence[type[Event]] = ()) -> int:
    """The number of the journal's last entry, or of the last of these events: one look at an index each, once a page.

    A page that is worked out while something happens is kept under the number from before, where nobody looks for it any more.
    """
    return once("last entry", events, lambda: _last_entry(events))


def _last_entry(events: Sequence[type[Event]]) -> int:
    if not events:
        return JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    newest = [Q(pk=Subquery(JournalEntry.objects.filter(name=event.__name__).order_by("-pk").values("pk")[:1])) for event in events]
    return JournalEntry.objects.filter(reduce(or_, newest)).order_by("-pk").values_list("pk", flat=True).first() or 0


def each_look(make: Callable[[], str]) -> Callable[[], str]:
    """What every look has of its own (the key of a form, the moment it was looked at): on a page that is kept its place is kept, and it is drawn at each look.

    Within one look it is the same wherever it stands. For plain letters, digits, points and dashes: what is drawn is put in as it is.
    """
    mark = f"{MARK.decode()}{len(_drawn):02d}"
    _drawn.append(make)

    @wraps(make)
    def drawn() -> str:
        return mark if _is_kept.get() else make()

    return drawn


def kept_screen(view: View) -> View:
    """Under a guard: a page that its reader opens again while nothing happened is not worked out anew. The guard asks each time.

    For screens whose page follows from the reader, the address and what is stored; not where a page shows how far a task is. A key of its own
    is drawn by `each_look`. `kept_by` is what a caller asked each time, so that what was kept goes with it. Pages with a message, partials and
    answers to forms are always made anew; tokens of forms are put in for each request.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, kept_by: Sequence[object] = (), **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or "HX-Request" in request.headers or len(get_messages(request)):
            return view(request, *args, **kwargs)
        made: list[HttpResponse] = []

        def content() -> bytes | None:
            token = _is_kept.set(True)
            try:
                made.append(view(request, *args, **kwargs))
            finally:
                _is_kept.reset(token)
            is_page = made[0].status_code == 200 and made[0].get("Content-Type", "").startswith("text/html") and not made[0].cookies
            return zlib.compress(TOKEN.sub(rb"\g<1>" + MARK, made[0].content), 1) if is_page else None  # a tenth of the memory

        with look():
            text = kept("screen", [*who(request.person), request.get_full_path(), request.COOKIES.get("theme"), *kept_by], content)  # type: ignore[attr-defined]
        if not made:
            return HttpResponse(_filled(zlib.decompress(text or b""), request))
        if not made[0].streaming:
            made[0].content = _filled(made[0].content, request)
        return made[0]

    return shown


def kept_for_visitors(view: View) -> View:
    """A page of ours that shows nothing stored (the way in), for whoever comes without a session: worked out once for each language and theme.

    Only at its bare address, so that nobody fills the memory with addresses of their own making.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_bare = request.method == "GET" and not request.META.get("QUERY_STRING") and request.session.is_empty() and not len(get_messages(request))
        if not is_bare or any(name in request.headers for name in ("HX-Request", "X-Requested-With")) or "json" in request.headers.get("Accept", ""):
            return view(request, *args, **kwargs)
        turned = clock.today() if clock.is_turned() else None  # a turned clock stands in a banner
        key = ids.digest(["visitors", request.path, translation.get_language(), request.COOKIES.get("theme"), turned])
        text: bytes | None = caches["process"].get(key)
        if text is None:
            made = view(request, *args, **kwargs)
            content = made.render().content if isinstance(made, TemplateResponse) else made.content
            if made.status_code == 200 and not made.cookies:
                caches["process"].set(key, TOKEN.sub(rb"\g<1>" + MARK, content), SECONDS)
            return made
        return HttpResponse(_filled(text, request))

    return shown


def _filled(page: bytes, request: HttpRequest) -> bytes:
    """A page with what belongs to this look alone in its places."""
    known: dict[bytes, bytes] = {}

    def put_in(found: re.Match[bytes]) -> bytes:
        number = found[1]
        if number not in known:
            known[number] = (_drawn[int(number)]() if number else get_token(request)).encode()
        return known[number]

    return PLACE.sub(put_in, page)


TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[0-9A-Za-z]+(?=")')  # begins with what stands there, so that it is searched for quickly
MARK = f"{ids.secret()}_".encode()  # of this process alone, so that nobody can write it into a text that is shown
PLACE = re.compile(re.escape(MARK) + rb"(\d\d|)")
