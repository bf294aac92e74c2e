"""Two phones edit one list, without a line and late (security.md R13): nothing is overwritten unseen, and nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.delivery import actions
from handrail.delivery.actions.attendance import stands_of
from handrail.delivery.models import Attendance
from handrail.delivery.rules import Disputed, Mark
from handrail.kit.errors import RuleBroken
from tests.delivery.made import session_of
from tests.delivery.phones import Answer, Memory, Phone, Sealed, Server

INTERLEAVINGS = int(os.environ.get("INTERLEAVINGS", "1000"))
PEOPLE = [UUID(int=number) for number in range(1, 4)]
FATES = ("arrives", "answer lost", "request lost", "comes late")
ONE_STEP = [
    *(("tick", phone, person, late) for phone in (0, 1) for person in range(3) for late in (-1, 0, 15, 30)),
    *((what, phone) for what in ("open", "done", "keep theirs", "take mine", *FATES) for phone in (0, 1)),
]  # fmt: skip
STEPS = st.lists(st.sampled_from(ONE_STEP), min_size=4, max_size=20)
Step = tuple[Any, ...]


def walk(server: Server, people: Sequence[UUID], steps: Sequence[Step]) -> list[Phone]:
    """Play the steps on two phones, then let both have a line and their persons decide until nothing waits."""
    phones = [Phone(name, server) for name in "AB"]
    late: list[tuple[Phone, Sealed]] = []
    for what, which, *more in steps:
        phone = phones[which]
        match what:
            case "tick":
                phone.tick(people[more[0]], more[1])
            case "open":
                phone.open()
            case "done":
                phone.done()
            case "keep theirs" | "take mine":
                phone.decide(mine=what == "take mine")
            case _:
                if sealed := phone.post():
                    send(server, phone, sealed, what, late)
    for phone, sealed in late:
        send(server, phone, sealed, "answer lost", [])
    for phone in phones:
        phone.done()
        for _turn in range(30):
            if sealed := phone.post():
                send(server, phone, sealed, "arrives", [])
            elif phone.theirs:
                phone.decide(mine=True)
        assert not phone.sealed and not phone.theirs, "it comes to an end"
    return phones


def send(server: Server, phone: Phone, sealed: Sealed, fate: str, late: list[tuple[Phone, Sealed]]) -> None:
    if fate == "request lost":
        return
    if fate == "comes late":
        late.append((phone, sealed))
        return
    answer = server.take(sealed.key, sealed.marks)
    if fate == "arrives":
        phone.hear(sealed, answer)


def faults(written: Sequence[Any], phones: Sequence[Phone]) -> list[str]:
    """What was overwritten unseen or without a reason, and what is neither stored nor given up by a person."""
    wrong = [f"overwritten unseen: {line}" for line in written if line.replaced != line.seen]
    wrong += [f"corrected without a reason: {line}" for line in written if line.replaced and not line.reason]
    stored = {(line.person, line.present) for line in written}
    for phone in phones:
        for person, present in phone.wanted:
            if phone.last[person] == present and (person, present) not in stored and (person, present) not in phone.given_up:
                wrong.append(f"lost: {phone.name} {person} {present}")
    return wrong


@settings(max_examples=INTERLEAVINGS, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_a_thousand_interleavings_of_two_phones_overwrite_and_lose_nothing(steps):
    server = Memory()
    phones = walk(server, PEOPLE, steps)
    assert faults(server.history, phones) == []


def test_a_server_that_overwrites_unseen_lines_is_found_out():
    server = Memory(careless=True)
    steps = [("tick", 0, 0, 0), ("tick", 1, 0, 15), ("done", 0), ("done", 1), ("arrives", 0), ("arrives", 1)]
    phones = walk(server, PEOPLE, steps)
    assert any("unseen" in one for one in faults(server.history, phones))


class Real:
    """The product's own action and database."""

    def __init__(self, session: Any, by: Any) -> None:
        self.session, self.by = session, by

    def stands(self) -> dict[UUID, Any]:
        rows = Attendance.objects.filter(session=self.session, replaced_by=None).select_related("person")
        return {row.person.uid: stands_of(row) for row in rows}

    def take(self, key: str, marks: Sequence[Mark]) -> Answer:
        try:
            receipt = actions.save_attendance_list(session=self.session, marks=marks, list_version=None, key=key, by=self.by)
        except Disputed as disputed:
            return Answer(self.stands(), disputed.persons)
        except RuleBroken:
            return Answer(self.stands(), refused=True)
        assert receipt.state in {"new", "again"}
        return Answer(self.stands())


PLAYED = [
    [("tick", 0, 0, 0), ("tick", 0, 1, 15), ("done", 0), ("answer lost", 0), ("tick", 1, 0, 30), ("tick", 1, 2, 0), ("done", 1), ("arrives", 1), ("keep theirs", 1), ("arrives", 0)],
    [("tick", 0, 0, 0), ("done", 0), ("answer lost", 0), ("tick", 0, 0, 15), ("done", 0), ("arrives", 0), ("take mine", 0)],
    [("tick", 0, 0, 0), ("done", 0), ("comes late", 0), ("tick", 1, 0, 15), ("tick", 1, 1, 0), ("done", 1), ("arrives", 1), ("open", 0), ("tick", 0, 1, -1)],
    [("tick", 0, 0, 0), ("done", 0), ("arrives", 0), ("open", 1), ("tick", 1, 0, -1), ("tick", 0, 0, 30), ("done", 1), ("done", 0), ("arrives", 0), ("take mine", 0), ("arrives", 0)],
]


@pytest.mark.parametrize("steps", PLAYED, ids=["answer lost", "changed on the way", "request comes late", "both correct"])
def test_the_products_own_server_agrees_with_the_quick_one(cast, steps):
    people = [cast.birgit.uid, cast.bo.uid, cast.kim.uid]
    real, quick = Real(session_of(cast, days=0), cast.carlos), Memory()
    phones = walk(real, people, steps)
    walk(quick, people, steps)
    rows = list(Attendance.objects.order_by("id").select_related("person", "replaces__person"))
    said = [(row.person.uid, stands_of(row).present, bool(row.replaces_id), row.reason) for row in rows]
    assert said == [(line.person, line.present, bool(line.replaced), line.reason) for line in quick.history]
    assert [phone.given_up for phone in phones] == [phone.given_up for phone in walk(Memory(), people, steps)]
