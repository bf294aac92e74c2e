"""What the ledger keeps of somebody who is to be erased, and what can never be signed afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import date

from django.db.models import Q

from handrail.competences.models import Rating
from handrail.delivery.models import Attendance, Session
from handrail.evidence import rules
from handrail.evidence.models import Certificate, CertificateLine
from handrail.evidence.queries.change import left_out
from handrail.instruments.models import Questionnaire, Round, Submission
from handrail.people.models import Person
from handrail.people.queries import current_employments
from handrail.programmes.models import Participation, Programme


def kept_until(person: Person) -> date | None:
    """The earliest day on which the funders' time for checks may be over; None for whoever takes part in nothing."""
    ends = Participation.objects.filter(person=person).values_list("programme__ends_on", flat=True)
    return max((rules.kept_until(day) for day in ends), default=None)


def unsigned_months(person: Person) -> bool:
    """Whether a person has minutes that they have not confirmed."""
    confirmed = CertificateLine.objects.filter(certificate__person=person, certificate__state__in=[Certificate.State.CONFIRMED, Certificate.State.CERTIFIED])
    lines = Attendance.objects.filter(person=person, replaced_by=None, minutes__gt=0, session__audience=Session.Audience.STAFF)
    return lines.exclude(pk__in=confirmed.values("attendance_id")).exists()


def counted_in_change(programme: Programme) -> dict[int, tuple[int, Hashable]]:
    """Everybody who is counted in a programme's figures of change, with municipality and unit."""
    rated = Rating.objects.filter(_self_rated(programme)).values("person_id")
    said = Submission.objects.filter(_confident(programme)).values("invitation__about_id")
    parts = Participation.objects.filter(programme=programme).filter(Q(person__in=rated) | Q(person__in=said)).exclude(person__in=left_out(programme))
    where = dict(parts.values_list("person_id", "organisation_id"))
    units = {
        (person, organisation): unit
        for person, organisation, unit in current_employments().filter(person_id__in=parts.values("person_id")).values_list("person_id", "organisation_id", "unit_id")
    }
    return {person: (organisation, units.get((person, organisation))) for person, organisation in where.items()}


def said_in_change(programme: Programme, person_ids: Iterable[int]) -> dict[int, set[Hashable]]:
    """In which figures of change each of these stands: competences and questionnaires, by phase."""
    ids, found = list(person_ids), defaultdict[int, set[Hashable]](set)
    rated = Rating.objects.filter(_self_rated(programme), person_id__in=ids)
    for person, competence, phase in rated.values_list("person_id", "competence_id", "round__phase").distinct():
        found[person].add(("competence", competence, phase))
    said = Submission.objects.filter(_confident(programme), invitation__about_id__in=ids)
    for person, version, phase in said.values_list("invitation__about_id", "invitation__round__version_id", "invitation__round__phase").order_by().distinct():
        found[person].add(("version", version, phase))
    return found


def _self_rated(programme: Programme) -> Q:
    return Q(kind=Rating.Kind.SELF, round__programme=programme)


def _confident(programme: Programme) -> Q:
    return Q(
        is_complete=True, invitation__round__programme=programme, invitation__round__respondent=Round.Respondent.SELF,
        invitation__round__version__questionnaire__kind=Questionnaire.Kind.CONFIDENCE,
    )  # fmt: skip
