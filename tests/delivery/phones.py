"""A phone with an attendance list, as `attendance-kept.js` and `phone-send.js` behave, and a server beside which it can be tested quickly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol
from uuid import UUID

from handrail.delivery.rules import Mark, Present, Stands, disputed_marks, said_by

PLANNED = 95
Shown = dict[UUID, Stands]


@dataclass(frozen=True)
class Answer:
    """What came back: what stands now, or who differs with what stands for them; `wants` names nobody, something is wrong."""

    stands: Shown
    differ: tuple[UUID, ...] = ()
    refused: bool = False


class Server(Protocol):
    """Where lists arrive."""

    def stands(self) -> Shown: ...
    def take(self, key: str, marks: Sequence[Mark]) -> Answer: ...


@dataclass
class Written:
    """One line as it was stored: whose, what it says, which line it replaced, and which one its mark had seen."""

    person: UUID
    present: Present
    replaced: str
    seen: str | None
    reason: str


@dataclass
class Memory:
    """The server's rules without its database: each key once, disputes named, corrections only with a reason."""

    lines: dict[UUID, Stands] = field(default_factory=dict)
    history: list[Written] = field(default_factory=list)
    keys: dict[str, list[Mark]] = field(default_factory=dict)
    careless: bool = False  # a planted fault: overwrites what was not seen

    def stands(self) -> Shown:
        return dict(self.lines)

    def take(self, key: str, marks: Sequence[Mark]) -> Answer:
        if key in self.keys:
            assert self.keys[key] == list(marks), "one key, one content"
            return Answer(self.stands())
        differ = [] if self.careless else disputed_marks(marks, self.lines, planned=PLANNED)
        if differ:
            return Answer(self.stands(), tuple(mark.person for mark in differ))
        new = [(mark, said_by(mark, planned=PLANNED)) for mark in marks]
        new = [(mark, said) for mark, said in new if mark.person not in self.lines or self.lines[mark.person].present != said]
        if any(mark.person in self.lines and not mark.reason for mark, _said in new) and not self.careless:
            return Answer(self.stands(), refused=True)
        self.keys[key] = list(marks)
        for mark, said in new:
            before = self.lines.get(mark.person)
            self.history.append(Written(mark.person, said, before.line if before else "", mark.seen, mark.reason))
            self.lines[mark.person] = Stands(f"line-{len(self.history)}", said)
        return Answer(self.stands())


NOBODY = Stands("", Present(0))


@dataclass
class Sealed:
    """Content under its key; once it went out it is never changed."""

    key: str
    marks: list[Mark]
    mine: dict[UUID, Present]
    posted: bool = False


@dataclass
class Phone:
    """Keeps marks, seals them under a key, sends them until they are acknowledged, and asks its person where lines differ."""

    name: str
    server: Server
    base: Shown = field(default_factory=dict)
    mine: dict[UUID, Present] = field(default_factory=dict)
    forced: dict[UUID, str] = field(default_factory=dict)
    theirs: dict[UUID, Stands] = field(default_factory=dict)
    sealed: Sealed | None = None
    again: bool = False
    given_up: list[tuple[UUID, Present]] = field(default_factory=list)  # what a person decided not to keep
    wanted: list[tuple[UUID, Present]] = field(default_factory=list)  # what a person marked and said was done
    last: dict[UUID, Present] = field(default_factory=dict)  # what its person marked last
    _keys: Any = field(default_factory=count)

    def open(self) -> None:
        """The list is opened with a line."""
        for person, stands in self.server.stands().items():
            if person not in self.mine and person not in self.theirs:
                self.base[person] = stands

    def tick(self, person: UUID, late: int) -> None:
        """Somebody is here, so late; or (-1) is not."""
        if person not in self.theirs:
            self.mine[person] = self.last[person] = Present(0) if late < 0 else Present(PLANNED - late, late)

    def done(self) -> None:
        """The list is ready: its content gets a key, unless the last one may be on its way. The page asks why a line that it shows is corrected."""
        self.forced |= {person: "Rättat på listan" for person in self._changes() if person in self.base and person not in self.forced}
        self.wanted += [(person, self.mine[person]) for person in self._changes()]
        self._seal()

    def decide(self, *, mine: bool) -> None:
        """Where lines differ the person chooses, with a reason for a correction."""
        for person, stands in self.theirs.items():
            self.base[person] = stands
            if mine and person in self.mine:
                self.forced[person] = "Jag såg det"
            elif person in self.mine:
                self.given_up.append((person, self.mine.pop(person)))
        if self.theirs:
            self.theirs = {}
            self._seal()

    def post(self) -> Sealed | None:
        """What goes out now; the same bytes each time."""
        if self.sealed:
            self.sealed.posted = True
        return self.sealed

    def hear(self, sealed: Sealed, answer: Answer) -> None:
        """An answer that arrived whole."""
        if self.sealed is not sealed:
            return
        self.sealed = None
        if answer.differ:
            self.theirs |= {person: answer.stands.get(person, NOBODY) for person in answer.differ}
            self._seal()
            return
        if answer.refused:
            return
        self.base = answer.stands
        for person, said in sealed.mine.items():
            if self.mine.get(person) == said:
                del self.mine[person]
            self.forced.pop(person, None)
        self.theirs |= {person: self.base[person] for person in self._changes() if person in self.base and person not in self.forced}
        if self.again:
            self._seal()

    def _changes(self) -> list[UUID]:
        differs = lambda person: self.mine[person] != self.base.get(person, NOBODY).present
        return [person for person in self.mine if person not in self.theirs and (person in self.forced or differs(person))]

    def _seal(self) -> None:
        if self.sealed and self.sealed.posted:
            self.again = True
            return
        marks = [
            Mark(person, None if self.mine[person].minutes else 0, self.mine[person].late_minutes, 0, self.forced.get(person, ""), self.base.get(person, NOBODY).line)
            for person in self._changes()
        ]  # fmt: skip
        self.sealed = Sealed(f"made-on-phone-{self.name}-{next(self._keys)}", marks, {mark.person: self.mine[mark.person] for mark in marks})
        self.again = False
