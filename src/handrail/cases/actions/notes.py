"""Sealed notes: written by the caseworker, opened with a reason that is on record before anything is shown, and the glass for emergencies."""

from __future__ import annotations

import logging

from django.db.transaction import atomic

from handrail.cases import events, rules
from handrail.cases.models import Case, EmergencyAccess, NoteOpening, SealedNote
from handrail.cases.queries import cases_behind_glass, emergencies_lately, emergency_of, notes_visible_to, own_cases, told_about
from handrail.kit import clock
from handrail.kit.crypto import KeyDestroyed, Unreadable, opened, sealed
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person

log = logging.getLogger("handrail.cases")
ERASED = _("This person has been erased. Nothing is written about them any more.")


@atomic
def seal_note(*, case: Case, kind: str, text: str, by: Person) -> SealedNote:
    """Write a sensitive note: it is sealed under the person's own key at once, and its words stand nowhere else.

    Raises RuleBroken without words, for an unknown kind, for a case that is not one's own, and for somebody who was erased.
    """
    words = rules.check_text(text, field="text", message=_("Write what others need to know in order to help, and no more."))
    if kind not in SealedNote.Kind.values:
        raise RuleBroken(_("Choose what the note is about."), field="kind")
    if not own_cases(by).filter(pk=case.pk).exists():
        raise RuleBroken(_("Only the person's own caseworker writes sealed notes."))
    if Person.objects.select_for_update(no_key=True).get(pk=case.person_id).erased_at is not None:
        raise RuleBroken(ERASED)
    note = SealedNote(case=case, kind=kind, written_by=by, written_at=clock.now())
    try:
        note.sealed = sealed(words, person=case.person.uid, place=place_of(note))
    except KeyDestroyed:
        raise RuleBroken(ERASED) from None
    except Unreadable:
        log.error("The organisation's key does not open a person's key: see handrail doctor.")
        raise RuleBroken(_("The note cannot be sealed: the organisation's key is missing. Nothing was kept. Tell whoever runs Handrail.")) from None
    note.save()
    announce(events.NoteSealed(case.uid, note.uid), by=by)
    return note


def open_note(*, note: SealedNote, reason: str, by: Person) -> tuple[NoteOpening, str]:
    """Open a sealed note: who, when and why are on record, and committed, before its words are read.

    Raises RuleBroken without a reason that others can follow, for whoever may not open it, and when the person's key was destroyed or is
    missing; RuntimeError inside another transaction, in which the record could still be lost.
    """
    with atomic(durable=True):
        words = rules.check_reason(reason)
        if not notes_visible_to(by).filter(pk=note.pk).exists():
            raise RuleBroken(_("You may not open this note any more."))
        is_emergency = not own_cases(by).filter(pk=note.case_id).exists()
        opening = NoteOpening.objects.create(note=note, person=by, reason=words, at=clock.now(), is_emergency=is_emergency)
        announce(events.NoteOpened(note.uid, opening.uid, is_emergency), by=by)
    try:
        return opening, opened(bytes(note.sealed), person=note.case.person.uid, place=place_of(note))
    except KeyDestroyed:
        raise RuleBroken(_("This person has been erased. The note can never be read again.")) from None
    except Unreadable:
        log.error("A sealed note could not be opened: it was altered, or its key is missing. See handrail doctor.")
        raise RuleBroken(_("The note cannot be opened: its key is missing or it was altered. Your opening is on record. Tell whoever runs Handrail.")) from None


@atomic
def break_glass(*, case: Case, reason: str, by: Person) -> EmergencyAccess:
    """Read the sealed notes of somebody else's case in an emergency: for an hour, read only, and everybody who must know is told.

    Raises RuleBroken without a reason, for whoever may not, when nobody could be told of it, and from the fourth time within a week on.
    """
    words = rules.check_reason(reason)
    if not cases_behind_glass(by).filter(pk=case.pk).exists():
        raise RuleBroken(_("The sealed notes of this case are not yours to open."))
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # pressed twice, it is broken once
    if found := emergency_of(by, case):
        return found
    if emergencies_lately(by) >= rules.EMERGENCY_EACH:
        raise RuleBroken(_("You have broken the glass three times this week. Ask the caseworker or another coordinator to open the note."))
    if not told_about(case, by):
        raise RuleBroken(_("There is nobody who could be told of it: the case needs a caseworker, or the programme another coordinator, with an e-mail address."))
    now = clock.now()
    emergency = EmergencyAccess.objects.create(case=case, person=by, reason=words, started_at=now, ends_at=now + rules.EMERGENCY)
    announce(events.GlassBroken(case.uid, emergency.uid), by=by)
    return emergency


def place_of(note: SealedNote) -> str:
    """Where a note's seal is bound to: moved to another row, it does not open."""
    return f"cases_sealednote|sealed|{note.uid}|{note.kind}"
