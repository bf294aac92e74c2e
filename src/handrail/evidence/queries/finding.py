"""Finds what a task or an address names."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from handrail.delivery.models import Session
from handrail.evidence.models import AuditSample, Certificate, MonthObjection
from handrail.evidence.queries.signers import may_be_countersigned_by, valid_certificates
from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import authority_of, led_by, managed_person_ids
from handrail.programmes.models import Participation, Programme


def programme_of_session(uid: UUID | str) -> Programme | None:
    """The programme that a session belongs to."""
    return Programme.objects.filter(pk__in=Session.objects.filter(uid=uid).values("programme_id")).first()


def programme_by_uid(uid: UUID | str) -> Programme | None:
    """A programme by its uid."""
    return Programme.objects.filter(uid=uid).first()


def person_by_uid(uid: UUID | str) -> Person | None:
    """A person by uid."""
    return Person.objects.filter(uid=uid).first()


def programmes_in_period(day: date) -> QuerySet[Programme]:
    """Programmes that have begun; those that ended keep being closed for a year."""
    return Programme.objects.filter(starts_on__lte=day, ends_on__gte=day.replace(day=1, year=day.year - 1))


def organisations_of(programme: Programme) -> QuerySet[Organisation]:
    """The municipalities that people take part for."""
    return Organisation.objects.filter(
        pk__in=Participation.objects.filter(programme=programme).values("organisation_id")
    ).order_by("short_name")


def led_organisations(person: Person, programme: Programme) -> frozenset[int]:
    """The municipalities that a person leads in a programme."""
    return authority_of(person).organisation_ids(Role.PROCESS_LEADER, programme.uid)


def certificates_visible_to(person: Person) -> QuerySet[Certificate]:
    """Months that a person may open: own, of one's reports, of one's municipality, and as auditor all of the programme.

    The project owner sees totals only (issue, "Who may see what").
    """
    found = Q(person=person) | Q(person__in=managed_person_ids(person)) | Q(pk__in=_to_sign(person))
    found |= led_by(person, organisation="organisation_id", programme="programme__uid")
    audited = {held.programme for held in authority_of(person).held if held.role == Role.AUDITOR}
    if None in audited:
        return Certificate.objects.select_related("programme", "participation", "organisation", "person")
    found |= Q(programme__uid__in=audited)
    return Certificate.objects.filter(found).select_related("programme", "participation", "organisation", "person")


def _to_sign(person: Person) -> QuerySet[Certificate, int]:
    return valid_certificates().filter(may_be_countersigned_by(person)).values_list("pk", flat=True)


def objections_visible_to(person: Person) -> QuerySet[MonthObjection]:
    """What participants say is wrong, for those who can put it right: the process leader, and the trainer of the session named."""
    led = led_by(person, organisation="certificate__organisation_id", programme="certificate__programme__uid")
    trains = Q(attendance__session__trainer=person) | Q(attendance__session__co_trainers__person=person)
    rows = MonthObjection.objects.filter(led | trains).exclude(made_by=person)
    return rows.select_related("certificate__programme", "certificate__participation", "attendance__session").distinct()


def samples_visible_to(person: Person) -> QuerySet[AuditSample]:
    """Samples of the programmes that a person audits."""
    authority = authority_of(person)
    programmes = {one.programme for one in authority.held if one.role == Role.AUDITOR}
    rows = AuditSample.objects.select_related("programme").order_by("-pk")
    return rows if None in programmes else rows.filter(programme__uid__in=[one for one in programmes if one])


def participations_visible_to(person: Person) -> QuerySet[Participation]:
    """Whose months a person may open one by one, as participations."""
    return Participation.objects.filter(
        pk__in=certificates_visible_to(person).order_by().values("participation_id")
    ).select_related("programme", "organisation")


def samples_of(programme: Programme) -> QuerySet[AuditSample]:
    """The samples of a programme, newest first."""
    return AuditSample.objects.filter(programme=programme).order_by("-pk")
