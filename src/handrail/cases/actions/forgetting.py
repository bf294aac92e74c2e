"""What cases forget of somebody who is erased: every word; what remains is that a number began, and when it ended."""

from __future__ import annotations

from django.db.transaction import atomic

from handrail.cases.models import Case, Conflict, EmergencyAccess, Entry, Need, NoteOpening, Referral, SealedNote
from handrail.people.models import Person


@atomic
def forget_in_cases(*, person: Person) -> int:
    """Drop what cases hold of a person: texts, languages, needs with steps, sealed notes; answers how many cases there were.

    Days of beginning and ending stay under the number: the funder's funnel still adds up; why a stay ended becomes another reason. Reasons that the erased person wrote as
    staff, for opening somebody's note, lose their words and keep their day.
    """
    cases = list(Case.objects.filter(person=person))
    for case in cases:
        SealedNote.objects.filter(case=case).delete()
        case.emergencies.all().delete()
        Need.objects.filter(case=case).delete()
        case.languages.all().delete()
        case.star_talks.all().delete()
        case.looks.all().delete()
        case.conflicts.all().delete()
    Referral.objects.filter(case__in=cases).update(asks="", reason="")
    Case.objects.filter(person=person).update(
        search_name="", external_key="", strengths="", wishes="", experience="", hours_wanted=None, travel_minutes=None, interpreter="", caseworker=None
    )
    Entry.objects.filter(case__person=person).exclude(reason="").update(reason=Entry.Reason.OTHER)  # why somebody left may tell of health or family
    Conflict.objects.filter(person=person).delete()
    NoteOpening.objects.filter(person=person).update(reason="")
    EmergencyAccess.objects.filter(person=person).update(reason="")
    return len(cases)
