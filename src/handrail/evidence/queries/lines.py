"""The attendance that a month consists of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from handrail.delivery.models import Attendance, Session
from handrail.delivery.queries import current_attendance
from handrail.evidence import rules
from handrail.evidence.models import Certificate
from handrail.kit import ids
from handrail.programmes.models import Programme


def period_bounds(programme: Programme, month: date) -> tuple[datetime, datetime]:
    """The instants of a month that lie within the programme's approved period (hours outside it are not eligible)."""
    zone = timezone.get_default_timezone()
    first, end = rules.month_bounds(month, zone)
    begins = datetime.combine(programme.starts_on, time(), zone)
    ends = datetime.combine(programme.ends_on + timedelta(days=1), time(), zone)
    return max(first, begins), min(end, ends)


def attendance_of(programme: Programme, month: date, person_ids: Collection[int] | None = None) -> dict[int, list[Attendance]]:
    """Everybody's attendance lines that hold in a local month, by person id; lines of 0 minutes left out."""
    first, end = period_bounds(programme, month)
    rows: QuerySet[Attendance] = current_attendance(programme).filter(
        session__starts_at__gte=first, session__starts_at__lt=end, minutes__gt=0
    )
    if person_ids is not None:
        rows = rows.filter(person_id__in=person_ids)
    lines = list(rows.order_by("session__starts_at", "pk"))
    sessions = Session.objects.in_bulk({one.session_id for one in lines})  # a month has few sessions and many lines: each session once
    found: dict[int, list[Attendance]] = defaultdict(list)
    for row in lines:
        row.session = sessions[row.session_id]
        found[row.person_id].append(row)
    return dict(found)


def all_lines_of(certificate: Certificate) -> QuerySet[Attendance]:
    """Every attendance line of one person's month, the replaced ones too, as they followed each other."""
    first, end = period_bounds(certificate.programme, certificate.month)
    return (
        Attendance.objects.filter(
            session__programme=certificate.programme, session__audience=Session.Audience.STAFF, person=certificate.person,
            session__starts_at__gte=first, session__starts_at__lt=end,
        )
        .select_related("session", "session__module", "replaced_by")
        .order_by("session__starts_at", "session_id", "-pk")
    )  # fmt: skip


def digest_of(lines: Iterable[Attendance]) -> str:
    """The digest of the attendance lines that a signature stands for: each line's uid with its minutes."""
    return ids.digest(sorted([str(one.uid), one.minutes] for one in lines))
