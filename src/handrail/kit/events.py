"""Down you call, up you announce: facts in the past tense, written to the journal and told to whoever listens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from itertools import groupby
from threading import Lock
from typing import Any, Protocol, TypeVar, cast, dataclass_transform
from uuid import UUID

from django.db import transaction

from handrail.kit import clock
from handrail.kit.models import JournalEntry


class HasUid(Protocol):
    """Whoever does something: a person."""

    uid: UUID


_writing = Lock()


class Event:
    """A fact. Its fields are ids, dates, counts and names of fields: never a person's name or an answer."""

    def __init__(self, *args: Any, **named: Any) -> None:
        """Reached only while another thread writes this kind's methods (see `fact`): wait for them."""
        with _writing:
            written = type(self).__init__
        if written is Event.__init__:
            raise TypeError(f"{type(self).__name__} is not marked as a @fact.")
        written(self, *args, **named)


E = TypeVar("E", bound=Event)


@dataclass_transform(frozen_default=True)
def fact(cls: type[E]) -> type[E]:
    """Make an event's class a frozen dataclass, whose methods are written when the first such fact comes about.

    Python writes and compiles six methods for each: for a hundred kinds of facts that is a tenth of the time that a process takes to start.
    """

    def write_methods(self: E, *args: Any, **named: Any) -> None:
        with _writing:
            if cls.__init__ is write_methods:
                del cls.__init__
                dataclass(frozen=True)(cls)
        cls.__init__(self, *args, **named)

    dataclass(init=False, repr=False, eq=False)(cls)  # its fields are known from the beginning
    cls.__init__ = write_methods  # type: ignore[method-assign, assignment]
    return cls


_listeners: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)
_together: set[Callable[[Any], None]] = set()  # listeners that hear facts of one kind at once


def on(event: type[E], *others: type[E], from_the_top: bool = False) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Hear an event (or several) of one's own or a lower app, inside the same transaction; slow work goes through `later`.

    Lower apps hear first; `from_the_top` higher ones do, who may still want to read what the lower ones are about to drop.
    """

    def register(listener: Callable[[E], None]) -> Callable[[E], None]:
        for one in (event, *others):
            if listener not in _listeners[one]:
                _listeners[one].insert(0 if from_the_top else len(_listeners[one]), listener)
        return listener

    return register


def on_all(event: type[E], *others: type[E]) -> Callable[[Callable[[Sequence[E]], None]], Callable[[Sequence[E]], None]]:
    """Hear facts of one kind that came about together (a list of answers) as one list, so that what follows is done once for all of them."""

    def register(listener: Callable[[Sequence[E]], None]) -> Callable[[Sequence[E]], None]:
        _together.add(listener)
        for one in (event, *others):
            if listener not in _listeners[one]:
                _listeners[one].append(listener)
        return listener

    return register


def announce(event: Event, *, by: HasUid | None) -> None:
    """Write the fact to the journal and tell the listeners, in the action's own transaction.

    Raises RuntimeError outside a transaction; a listener may raise RuleBroken, which rolls everything back.
    """
    announce_all([event], by=by)


def announce_all(events: Sequence[Event], *, by: HasUid | None) -> None:
    """Announce facts that came about together: they stand in the journal in their order, written at once, and each is told.

    Raises what `announce` raises.
    """
    announce_each([(event, by) for event in events])


def announce_each(facts: Sequence[tuple[Event, HasUid | None]]) -> None:
    """Announce facts that came about together, each by somebody of their own: a list that many have signed.

    Raises what `announce` raises.
    """
    for event, _by in facts:
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError(f"{type(event).__name__} announced outside a transaction: use @atomic.")
        if not is_dataclass(event):
            raise TypeError("An event is a frozen dataclass.")
    now = clock.now()
    entries = [JournalEntry(name=type(event).__name__, data=_plain(event), by=by.uid if by else None, at=now) for event, by in facts]
    JournalEntry.objects.bulk_create(entries, batch_size=500)
    for kind, some in groupby((event for event, _by in facts), key=type):
        alike = list(some)
        for listener in _listeners[kind]:
            if listener in _together:
                listener(alike)
            else:
                for event in alike:
                    listener(event)


def who_hears() -> dict[str, list[str]]:
    """Each event's name with the listeners that hear it, for docs/reference/events.md."""
    return {
        event.__name__: [f"{one.__module__}.{one.__name__}" for one in ones] for event, ones in _listeners.items()
    }


def field_names(event: type[Event]) -> list[str]:
    """The names of an event's fields, in order."""
    return [field.name for field in fields(cast("Any", event))]


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | type(None)):
        return value
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return str(value)
