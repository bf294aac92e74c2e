"""What waits for whom, in one query each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from handrail.evidence import rules
from handrail.evidence.models import Certificate, MonthObjection
from handrail.evidence.queries.claims import claims_of
from handrail.evidence.queries.finding import led_organisations
from handrail.evidence.queries.signers import months_to_countersign, own_months, valid_certificates
from handrail.evidence.queries.tallies import month_sums
from handrail.evidence.queries.terms import known_rules, rule_in
from handrail.kit import clock
from handrail.people.models import Person
from handrail.people.queries import manages_somebody
from handrail.programmes.models import Programme

State = Certificate.State


@dataclass(frozen=True)
class WaitingMonth:
    """Something that waits in a month: how many people or months, how many hours, until when."""

    month: date
    people: int
    hours: int
    lock_on: date | None

    @property
    def is_late(self) -> bool:
        """Whether the date has passed."""
        return self.lock_on is not None and self.lock_on < clock.today()

    @property
    def key(self) -> str:
        """The month as it stands in addresses."""
        return rules.month_key(self.month)


def lock_dates(programme: Programme, months: set[date]) -> dict[date, date]:
    """When months should be handed in, by the rule that holds in each."""
    kept = known_rules(programme) if months else []
    found = {month: rule_in(kept, month) for month in months}
    return {month: rules.lock_date(month, rule.lock_day) for month, rule in found.items() if rule}


def unconfirmed_of(person: Person) -> QuerySet[Certificate]:
    """A person's own months that nobody has confirmed, in whichever programme."""
    return Certificate.objects.filter(person=person, state=State.OPEN)


def confirmed_for(person: Person, programme: Programme) -> QuerySet[Certificate]:
    """Confirmed months among which some may wait for this person: all of them for a manager, the municipality's for a process leader."""
    rows = Certificate.objects.filter(programme=programme, state=State.CONFIRMED)
    return rows if manages_somebody(person) else rows.filter(organisation__in=led_organisations(person, programme) if programme else ())


def unsettled_objections() -> QuerySet[MonthObjection]:
    """What participants say is wrong, without an answer, in whichever programme."""
    return MonthObjection.objects.filter(settled_at=None).order_by()


def months_to_confirm(person: Person, programme: Programme) -> list[WaitingMonth]:
    """A participant's own months that wait for confirmation."""
    rows = list(own_months(person, programme).filter(state=State.OPEN).order_by("month").values_list("month", "hours"))
    return _with_locks(programme, [(month, 1, hours) for month, hours in rows])


def countersigning_waits(person: Person, programme: Programme) -> list[WaitingMonth]:
    """Months that wait for a manager's signature, by month."""
    rows = months_to_countersign(person, programme).order_by("month").values("month").annotate(people=Count("pk"), waiting=Sum("hours"))
    return _with_locks(programme, [(row["month"], row["people"], row["waiting"]) for row in rows])


def unconfirmed_waits(person: Person, programme: Programme) -> list[WaitingMonth]:
    """Months that the own municipality's people have not confirmed, for its process leader."""
    led = led_organisations(person, programme)
    rows = (
        valid_certificates(programme).filter(organisation__in=led, state=State.OPEN).order_by("month").values("month")
        .annotate(people=Count("*"), waiting=Sum("hours"))  # no field: an index alone answers
    )  # fmt: skip
    return _with_locks(programme, [(row["month"], row["people"], row["waiting"]) for row in rows])


def months_to_submit(programme: Programme) -> list[WaitingMonth]:
    """Months that are over, have certified hours and are not handed in."""
    handed_in = set(claims_of(programme).values_list("month", flat=True))
    rows = [(month, one.unclaimed_people, one.unclaimed) for month, one in month_sums(programme).items() if one.unclaimed_people and month not in handed_in]
    return _with_locks(programme, rows)


def _with_locks(programme: Programme, rows: list[tuple[date, int, int]]) -> list[WaitingMonth]:
    locks = lock_dates(programme, {month for month, _people, _hours in rows})
    return [WaitingMonth(month, people, hours, locks.get(month)) for month, people, hours in rows]
