"""Minutes of contact, the agreed next contact, and a mentor's own notes."""

from __future__ import annotations

from datetime import date

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.crypto import KeyDestroyed, sealed
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.mentoring import events, rules
from handrail.mentoring.models import Contact, MentorNote, Mentorship
from handrail.mentoring.queries import place_of_note
from handrail.people.models import Person


@atomic
def log_contact(*, mentorship: Mentorship, minutes: int, how: str, day: date | None = None, by: Person) -> Contact:
    """Note the minutes of one contact on a day, today unless said otherwise.

    Raises RuleBroken for a day before the mentorship or in the future, for minutes outside 1 to 600, and for an unknown way.
    """
    on = day or clock.today()
    rules.check_contact(day=on, minutes=minutes, today=clock.today(), starts_on=mentorship.starts_on)
    if how not in Contact.How.values:
        raise RuleBroken(_("Say whether you met, phoned or wrote."), field="how")
    contact = Contact.objects.create(case=mentorship.case, mentor=mentorship.mentor, day=on, minutes=minutes, how=how, noted_by=by, noted_at=clock.now())
    if mentorship.next_on is not None and mentorship.next_on <= on:
        Mentorship.objects.filter(pk=mentorship.pk).update(next_on=None, next_where="")
    announce(events.ContactLogged(mentorship.case.uid, contact.uid, minutes, how), by=by)
    return contact


@atomic
def agree_next_contact(*, mentorship: Mentorship, next_on: date | None, next_where: str = "", by: Person) -> Mentorship:
    """Write down when and where the two speak next; without a day nothing is agreed.

    Raises RuleBroken for a day that has passed.
    """
    if next_on is not None and next_on < clock.today():
        raise RuleBroken(_("The day has passed. Write the next one."), field="next_on")
    mentorship.next_on, mentorship.next_where = next_on, next_where.strip()[:80] if next_on else ""
    mentorship.save(update_fields=["next_on", "next_where"])
    announce(events.NextContactAgreed(mentorship.uid, next_on), by=by)
    return mentorship


@atomic
def keep_note(*, mentorship: Mentorship, text: str, by: Person) -> None:
    """Keep a mentor's own words about a person, sealed under that person's key; only this mentor reads them. Without words they are gone.

    Raises RuleBroken for anybody but the mentor, for an ended mentorship, and for somebody who was erased.
    """
    if mentorship.mentor.person_id != by.pk or mentorship.ended_on is not None:
        raise RuleBroken(_("Only the mentor writes here, and only while it lasts."))
    words = text.strip()
    if not words:
        MentorNote.objects.filter(mentorship=mentorship).delete()
    else:
        try:
            content = sealed(words[:2000], person=mentorship.case.person.uid, place=place_of_note(mentorship))
        except KeyDestroyed:
            raise RuleBroken(_("This person has been erased. Nothing is written about them any more.")) from None
        MentorNote.objects.update_or_create(mentorship=mentorship, defaults={"sealed": content, "changed_at": clock.now()})
    announce(events.NoteKept(mentorship.uid), by=by)
