"""Sealed notes: the reason is on record before a word is shown; the glass; what erasure leaves."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from handrail.cases import actions, queries
from handrail.cases.models import EmergencyAccess, NoteOpening, SealedNote
from handrail.kit import clock
from handrail.kit.crypto import destroyed
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from handrail.people import actions as people
from handrail.people.models import Grant, Person
from tests.cases.world import World, make_world, met

SECRET, WHY = "zqsecret kan inte lyfta", "Samtal med läkaren i dag"


def note_of(world: World, **more: Any) -> SealedNote:
    """Selam's health note."""
    return actions.seal_note(**({"case": world.case, "kind": "health", "text": SECRET, "by": world.kim} | more))


def test_the_words_stand_nowhere_but_under_the_seal(world: World) -> None:
    note = note_of(world)
    row = SealedNote.objects.values_list().get()
    assert SECRET.encode() not in bytes(note.sealed)
    assert SECRET not in repr(row) + repr(list(JournalEntry.objects.values_list("data", flat=True)))


def test_an_opening_is_committed_before_the_words_are_read(transactional_db: None, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside somebody's transaction it refuses: the record could be rolled back after the words were shown."""
    from handrail.cases.actions import notes

    world, seen, opened = make_world(), [], notes.opened
    note = note_of(world)

    def looks(*args: Any, **known: Any) -> str:
        seen.append((transaction.get_connection().in_atomic_block, NoteOpening.objects.count(), JournalEntry.objects.filter(name="NoteOpened").count()))
        return opened(*args, **known)

    monkeypatch.setattr(notes, "opened", looks)
    assert actions.open_note(note=note, reason=WHY, by=world.kim)[1] == SECRET
    assert seen == [(False, 1, 1)]
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.open_note(note=note, reason=WHY, by=world.kim)
    assert len(seen) == 1


@pytest.mark.parametrize("reason", ["", "work", "         ", "a  b  c  d"])
def test_a_reason_says_something(world: World, reason: str) -> None:
    note = note_of(world)
    with pytest.raises(RuleBroken) as fault:
        actions.open_note(note=note, reason=reason, by=world.kim)
    assert fault.value.field == "reason"
    assert NoteOpening.objects.count() == 0


def test_nobody_else_opens_or_writes(world: World) -> None:
    note = note_of(world)
    for name, person in world.everybody.items():
        if name == "kim":
            continue
        with pytest.raises(RuleBroken):
            actions.open_note(note=note, reason=WHY, by=person)
        with pytest.raises(RuleBroken):
            note_of(world, by=person)
    assert NoteOpening.objects.count() == 0
    assert SealedNote.objects.count() == 1


def test_a_caseworker_whose_role_has_ended_reads_no_more(world: World) -> None:
    note = note_of(world)
    Grant.objects.filter(person=world.kim).update(ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(RuleBroken):
        actions.open_note(note=note, reason=WHY, by=Person.objects.get(pk=world.kim.pk))


@pytest.mark.parametrize("change", ["another row", "another kind", "altered"])
def test_a_seal_that_was_moved_or_altered_says_so_and_the_opening_stays(world: World, change: str) -> None:
    note = note_of(world)
    other = note_of(world, text="Något annat", case=met(world, "Amina") if change == "another row" else world.case)
    if change == "another row":
        SealedNote.objects.filter(pk=other.pk).update(sealed=note.sealed)
    elif change == "another kind":
        SealedNote.objects.filter(pk=other.pk).update(kind="family")
    else:
        SealedNote.objects.filter(pk=other.pk).update(sealed=bytes(other.sealed)[:-1] + b"x")
    other = SealedNote.objects.get(pk=other.pk)
    with pytest.raises(RuleBroken, match="cannot be opened"):
        actions.open_note(note=other, reason=WHY, by=world.kim)
    assert NoteOpening.objects.filter(note=other).count() == 1


# --- the glass


def broken(world: World, by: Person | None = None, **more: Any) -> EmergencyAccess:
    """Pia breaks it."""
    return actions.break_glass(case=world.case, reason="Personen är inlagd på sjukhus", by=by or world.pia, **more)


def test_the_glass_lets_read_for_an_hour_and_no_longer(world: World) -> None:
    note = note_of(world)
    assert list(queries.notes_visible_to(world.pia)) == []
    broken(world)
    opening, text = actions.open_note(note=note, reason=WHY, by=world.pia)
    assert (text, opening.is_emergency) == (SECRET, True)
    with pytest.raises(RuleBroken):
        note_of(world, by=world.pia)  # read only
    with clock.at(clock.now() + timedelta(minutes=59, seconds=59)):
        assert list(queries.notes_visible_to(world.pia)) == [note]
    with clock.at(clock.now() + timedelta(minutes=60)):
        assert list(queries.notes_visible_to(world.pia)) == []


@pytest.mark.parametrize("name", ["kim", "kaja", "olle", "ove", "consultant", "mentor", "amal", "paula", "elin", "stranger"])
def test_only_a_coordinator_of_the_place_breaks_it(world: World, name: str) -> None:
    with pytest.raises(RuleBroken):
        broken(world, by=world.everybody[name])
    assert EmergencyAccess.objects.count() == 0


def test_a_closed_case_stays_closed_also_when_it_closes_within_the_hour(world: World) -> None:
    note_of(world)
    broken(world)
    assert queries.notes_visible_to(world.pia).count() == 1
    actions.end_case(case=world.case, reason="work", by=world.kim)
    assert queries.notes_visible_to(world.pia).count() == 0
    assert queries.emergency_of(world.pia, world.case) is None
    with pytest.raises(RuleBroken):
        broken(world, by=world.petra)


def test_a_role_that_ends_ends_the_emergency(world: World) -> None:
    note_of(world)
    broken(world)
    Grant.objects.filter(person=world.pia).update(ends_on=clock.today() - timedelta(days=1))
    assert queries.notes_visible_to(Person.objects.get(pk=world.pia.pk)).count() == 0


def test_everybody_who_must_know_is_told_at_once_and_nothing_sensitive_stands_in_the_mail(world: World, run_later: Any, settings: Any) -> None:
    settings.DATA_PROTECTION_EMAIL = "dpo@example.org"
    note_of(world)
    mail.outbox.clear()
    broken(world)
    broken(world)  # within the hour it is the same one
    run_later()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["dpo@example.org", "kim@example.org", "petra@example.org"]
    for letter in mail.outbox:
        said = (letter.subject + letter.body).casefold()
        assert not [word for word in ("selam", "tesfay", "sjukhus", "health", "pia", "lfi") if word in said.replace("lfi-", "")], said
    waits = [one for one in __import__("handrail.cases.slots", fromlist=["x"]).emergencies_in_own_cases(world.kim, world.cast.programme)]
    assert [str(one.title) for one in waits] == ["Sealed notes were opened in an emergency"]


def test_the_glass_does_not_break_when_nobody_could_be_told(world: World) -> None:
    people.end_grant(grant=Grant.objects.get(person=world.petra), by=None)
    with clock.at(clock.now() + timedelta(days=1)):
        case = met(world, "Amina", by=world.pia)
        with pytest.raises(RuleBroken, match="nobody who could be told"):
            actions.break_glass(case=case, reason="Personen är inlagd på sjukhus", by=world.pia)


def test_the_fourth_time_in_a_week_is_refused(world: World) -> None:
    for hours in (0, 2, 4):
        with clock.at(clock.now() + timedelta(hours=hours)):
            broken(world)
    with clock.at(clock.now() + timedelta(hours=6)), pytest.raises(RuleBroken, match="three times"):
        broken(world)
    with clock.at(clock.now() + timedelta(days=8)):
        broken(world)


# --- erasure


def test_erasing_drops_every_word_and_destroys_the_key_for_good(world: World, run_later: Any) -> None:
    note = note_of(world)
    sealed, person = bytes(note.sealed), world.case.person
    need = actions.note_need(case=world.case, domain="health", text=SECRET, by=world.kim)
    actions.plan_step(need=need, title=SECRET, due_on=clock.today(), by=world.kim)
    actions.end_case(case=world.case, reason="not_now", by=world.kim)
    people.erase_person(person=person, reason="wish", by=world.pia)
    assert not destroyed(person.uid), "only what is committed destroys a key"
    run_later()
    assert destroyed(person.uid)
    case = type(world.case).objects.get(pk=world.case.pk)
    assert (case.search_name, case.strengths, case.wishes, case.languages.count(), case.needs.count(), case.sealed_notes.count()) == ("", "", "", 0, 0, 0)
    assert [(one.started_on, one.ended_on, one.reason) for one in case.entries.all()] == [(clock.today(), clock.today(), "other")]
    for kind in ("health", "family"):
        with pytest.raises(RuleBroken):
            note_of(world, case=case, kind=kind)
    old = SealedNote.objects.create(uid=note.uid, case=case, kind="health", sealed=sealed, written_by=world.kim, written_at=note.written_at)  # from a backup
    Person.objects.filter(pk=person.pk).update(erased_at=None)
    actions.give_case(case=case, caseworker=world.kim, by=world.pia)
    with pytest.raises(RuleBroken, match="can never be read again"):
        actions.open_note(note=SealedNote.objects.get(pk=old.pk), reason=WHY, by=world.kim)


def test_reasons_that_an_erased_colleague_wrote_are_forgotten(world: World) -> None:
    note = note_of(world)
    broken(world)
    actions.open_note(note=note, reason=WHY, by=world.pia)
    people.erase_person(person=world.pia, reason="wish", by=world.cast.amal)
    assert list(NoteOpening.objects.values_list("reason", flat=True)) + list(EmergencyAccess.objects.values_list("reason", flat=True)) == ["", ""]


def test_whoever_accompanies_somebody_may_ask_for_their_erasure(world: World) -> None:
    from handrail.people.access import may_ask_erasure

    asks = {name for name, person in world.everybody.items() if may_ask_erasure(Person.objects.get(pk=person.pk), world.case.person)}
    assert asks == {"kim", "pia", "petra"}
