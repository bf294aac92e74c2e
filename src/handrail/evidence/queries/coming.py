"""Hours that no month lists yet: of the month that runs, and of seats in sessions to come. Added up by the database."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Case, Count, F, IntegerField, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from handrail.delivery.models import Attendance, Seat, Session
from handrail.evidence import rules
from handrail.evidence.queries.lines import period_bounds
from handrail.evidence.queries.scope import ALL, Scope
from handrail.evidence.queries.terms import known_rules, rule_in
from handrail.kit import clock
from handrail.kit.kept import once
from handrail.programmes.models import Participation, Programme

HOUR = 60


def _sessions(programme: Programme) -> list[Session]:
    """Sessions of the month that runs, and those to come; asked once a page. Lines and seats are then found by them, and not among all there ever were."""
    first, _end = period_bounds(programme, clock.today().replace(day=1))
    rows = Session.objects.filter(programme=programme, audience=Session.Audience.STAFF, starts_at__gte=min(first, clock.now()))
    return once("sessions from this month", [programme.pk], lambda: list(rows.only("state", "starts_at", "ends_at", "break_minutes")))


def running_hours(programme: Programme, scope: Scope = ALL) -> tuple[int, int]:
    """Hours and people of the month that is not over yet, by its attendance so far."""
    month = clock.today().replace(day=1)
    first, end = period_bounds(programme, month)
    held = [one.pk for one in _sessions(programme) if first <= one.starts_at < end]
    lines = Attendance.objects.filter(session__in=held)
    replaced = lines.filter(replaces__isnull=False).values("replaces_id")  # by a line of the same session: not looked for among all there are
    rows = lines.filter(minutes__gt=0, person__in=_participants(programme, scope)).exclude(pk__in=replaced)
    kept = known_rules(programme)
    rule = rule_in(kept, month) or (kept[-1] if kept else None)
    hours, people = _whole_hours(rows, F("minutes"), by_session=rule is not None and rule.rounding == rules.BY_SESSION)
    return (hours if rule else 0), people


def planned_hours(programme: Programme, scope: Scope = ALL) -> int:
    """Hours that invited and accepted seats in planned sessions will give, if people come."""
    kept, zone = known_rules(programme), timezone.get_default_timezone()
    if not kept:
        return 0
    coming = [one for one in _sessions(programme) if one.state == Session.State.PLANNED and one.starts_at > clock.now()]
    alone: dict[int, int] = {}  # whole hours that each seat of a session gives by itself
    together: dict[int, int] = {}  # minutes of sessions whose month counts all minutes of a person together
    months: dict[Any, list[int]] = defaultdict(list)
    for one in coming:
        month, minutes = rules.month_of(one.starts_at, zone), one.planned_minutes
        if (rule_in(kept, month) or kept[-1]).rounding == rules.BY_SESSION:
            alone[one.pk] = minutes // HOUR
        else:
            together[one.pk] = minutes
            months[month].append(one.pk)
    for some in months.values():
        if all(together[pk] % HOUR == 0 for pk in some):  # whole hours add up to whole hours, whoever has them
            alone |= {pk: together.pop(pk) // HOUR for pk in some}
    seats = Seat.objects.filter(state__in=Seat.HOLDING, person__in=_participants(programme, scope)).order_by()
    total = 0
    if alone:
        counted = seats.filter(session__in=list(alone)).values_list("session_id").annotate(Count("pk"))
        total += sum(alone[session] * count for session, count in counted)
    if together:
        month_of = Case(*(When(session__in=some, then=Value(number)) for number, some in enumerate(months.values())), output_field=IntegerField())
        minutes_of = Case(*(When(session__in=pks, then=Value(minutes)) for minutes, pks in _turned(together).items()), output_field=IntegerField())
        total += _whole_hours(seats.filter(session__in=list(together)).annotate(month=month_of), minutes_of, by_session=False, each=("person_id", "month"))[0]
    return total


def _participants(programme: Programme, scope: Scope) -> QuerySet[Participation, dict[str, Any]]:
    return scope.of(Participation.objects.filter(programme=programme)).values("person_id")


def _whole_hours(rows: QuerySet[Any], minutes: Combinable, *, by_session: bool, each: tuple[str, ...] = ("person_id",)) -> tuple[int, int]:
    """The whole hours of every person (and month): minutes added up and rounded down, or each session rounded down and added up; and how many there are."""
    hours = Sum(minutes / Value(HOUR), output_field=IntegerField()) if by_session else Sum(minutes, output_field=IntegerField()) / Value(HOUR)
    found = rows.order_by().values(*each).annotate(hours=hours).aggregate(total=Sum("hours", default=0), people=Count("person_id", distinct=True))
    return int(found["total"]), found["people"]


def _turned(minutes: dict[int, int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for session, some in minutes.items():
        found[some].append(session)
    return found
