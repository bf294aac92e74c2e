"""Sharing one's levels with a line manager: only the person decides, and may change it any day."""

from __future__ import annotations

from django.db import transaction

from handrail.competences.events import LevelsShared, SharingAsked, SharingDeclined, SharingEnded
from handrail.competences.models import LevelSharing, SharingRequest
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.people.queries import managed_person_ids, managers_of


@transaction.atomic
def share_levels(*, person: Person, manager: Person, by: Person | None) -> LevelSharing:
    """Let a line manager see one's levels from now on. Raises RuleBroken when the manager is not one's line manager."""
    if not managers_of(person).filter(pk=manager.pk).exists():
        raise RuleBroken(_("Levels can be shared with one's line manager only."), field="manager")
    _only_oneself(person, by)
    now = clock.now()
    row, is_new = LevelSharing.objects.get_or_create(person=person, manager=manager, ended_at=None, defaults={"agreed_at": now})
    SharingRequest.objects.filter(person=person, manager=manager, answered_at=None).update(answered_at=now, is_agreed=True)
    if is_new:
        announce(LevelsShared(person.uid, manager.uid), by=by)
    return row


@transaction.atomic
def end_sharing(*, person: Person, manager: Person, by: Person | None) -> None:
    """Stop letting a manager see one's levels, at once."""
    _only_oneself(person, by)
    for row in LevelSharing.objects.filter(person=person, manager=manager, ended_at=None):
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        announce(SharingEnded(person.uid, manager.uid), by=by)


@transaction.atomic
def ask_to_share(*, person: Person, manager: Person, by: Person | None) -> SharingRequest:
    """A line manager asks a report to share levels; the report answers yes or no, and no reason is asked.

    Raises RuleBroken for somebody who is not a report, shares already, or was asked in the last 30 days.
    """
    if not managed_person_ids(manager).filter(person_id=person.pk).exists():
        raise RuleBroken(_("Only a person's line manager can ask this."), field="person")
    if LevelSharing.objects.filter(person=person, manager=manager, ended_at=None).exists():
        raise RuleBroken(_("The person shares levels with you already."), field="person")
    recent = SharingRequest.objects.filter(person=person, manager=manager).order_by("-asked_at").first()
    now = clock.now()
    if recent is not None and (recent.answered_at is None or (now - recent.asked_at).days < 30):
        raise RuleBroken(_("You have asked already. Ask again a month after the last time."), field="person")
    row = SharingRequest.objects.create(person=person, manager=manager, asked_at=now)
    announce(SharingAsked(row.uid, person.uid, manager.uid), by=by)
    return row


@transaction.atomic
def decline_sharing(*, person: Person, manager: Person, by: Person | None) -> None:
    """Answer a manager's question with no."""
    _only_oneself(person, by)
    for row in SharingRequest.objects.filter(person=person, manager=manager, answered_at=None):
        row.answered_at = clock.now()
        row.save(update_fields=["answered_at"])
        announce(SharingDeclined(row.uid, person.uid, manager.uid), by=by)


def _only_oneself(person: Person, by: Person | None) -> None:
    if by is not None and by.pk != person.pk:
        raise RuleBroken(_("Only the person decides about this."))
