"""What mentoring forgets: own notes and how to reach somebody; days and minutes stay under the number."""

from __future__ import annotations

from django.db.models import Q
from django.db.transaction import atomic

from handrail.cases.models import Case
from handrail.kit import clock
from handrail.mentoring.actions.calls import end_calls_of
from handrail.mentoring.actions.lifelines import end_lifeline
from handrail.mentoring.actions.mentors import relieve_mentor
from handrail.mentoring.models import Lifeline, Mentor, Mentorship
from handrail.people.models import Person


@atomic
def forget_in_mentoring(*, person: Person) -> int:
    """Forget a person, whether mentee or mentor: mentorships end, notes and addresses go; answers how many mentorships ended.

    Calls hold no words. Minutes of contact stay with their day: the programme's count of them still adds up.
    """
    rows = list(Mentorship.objects.filter(Q(case__person=person) | Q(mentor__person=person), ended_on=None).select_related("case__programme", "mentor"))
    for row in rows:
        reason = Mentorship.Reason.ERASED if row.case.person_id == person.pk else Mentorship.Reason.MENTOR
        relieve_mentor(mentorship=row, reason=reason, by=None)
    Mentorship.objects.filter(backup__person=person, ended_on=None).update(backup=None)
    for lifeline in Lifeline.objects.filter(case__person=person).select_related("case"):
        end_calls_of(case=lifeline.case, by=None)
        end_lifeline(lifeline=lifeline, by=None)
        lifeline.language = "en"  # the mother tongue says something about somebody
        lifeline.save(update_fields=["language"])
    Mentor.objects.filter(person=person, ended_on=None).update(ended_on=clock.today())
    Mentor.objects.filter(person=person).update(languages=[], hours="", phone="", shows_phone=False)
    return len(rows)


@atomic
def end_with_stay(*, case: Case) -> None:
    """The stay in the programme is over: the mentor no longer sees the person, and the card no longer works."""
    for row in Mentorship.objects.filter(case=case, ended_on=None).select_related("case__programme", "mentor"):
        relieve_mentor(mentorship=row, reason=Mentorship.Reason.STAY, by=None)
    end_calls_of(case=case, by=None)
    for lifeline in Lifeline.objects.filter(case=case):
        end_lifeline(lifeline=lifeline, by=None)


@atomic
def keep_mentor_away(*, case: Case, person: Person) -> None:
    """Somebody must not see a case from now on: they are its mentor no longer, and nobody's back-up in it."""
    Mentorship.objects.filter(case=case, backup__person=person, ended_on=None).update(backup=None)
    for row in Mentorship.objects.filter(case=case, mentor__person=person, ended_on=None).select_related("case__programme", "mentor"):
        relieve_mentor(mentorship=row, reason=Mentorship.Reason.OTHER, by=None)
