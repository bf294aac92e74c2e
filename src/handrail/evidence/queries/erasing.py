"""What the ledger keeps of somebody who is to be erased, and what can never be signed afterwards."""

from __future__ import annotations

from datetime import date

from handrail.delivery.models import Attendance
from handrail.evidence import rules
from handrail.evidence.models import Certificate, CertificateLine
from handrail.people.models import Person
from handrail.programmes.models import Participation


def kept_until(person: Person) -> date | None:
    """The earliest day on which the funders' time for checks may be over; None for whoever takes part in nothing."""
    ends = Participation.objects.filter(person=person).values_list("programme__ends_on", flat=True)
    return max((rules.kept_until(day) for day in ends), default=None)


def unsigned_months(person: Person) -> bool:
    """Whether a person has minutes that they have not confirmed."""
    confirmed = CertificateLine.objects.filter(certificate__person=person, certificate__state__in=[Certificate.State.CONFIRMED, Certificate.State.CERTIFIED])
    lines = Attendance.objects.filter(person=person, replaced_by=None, minutes__gt=0)
    return lines.exclude(pk__in=confirmed.values("attendance_id")).exists()
