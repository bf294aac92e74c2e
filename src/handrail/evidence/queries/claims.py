"""What has been handed in, and what goes with the next month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from handrail.evidence.models import Certificate, Claim, LedgerLine
from handrail.kit import ids
from handrail.people.models import Person
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to

WAITING = (Certificate.State.OPEN, Certificate.State.CONFIRMED)


def in_review() -> Exists:
    """Whether a ledger line's month has been listed anew and waits for its signatures: the old signatures are void."""
    return Exists(
        Certificate.objects.filter(
            programme=OuterRef("programme"), person=OuterRef("person"), month=OuterRef("month"), state__in=WAITING
        )
    )


def lines_with_review(programme: Programme) -> QuerySet[LedgerLine]:
    """A programme's ledger lines, each with whether its month waits for new signatures (`waits`)."""
    return LedgerLine.objects.filter(programme=programme).annotate(waits=in_review())


def waiting_months(programme_id: int, person_id: int) -> QuerySet[Certificate, date]:
    """The months of one person that wait for a signature."""
    rows = Certificate.objects.filter(programme_id=programme_id, person_id=person_id, state__in=WAITING)
    return rows.order_by().values_list("month", flat=True)


COUNTED = Q(claim__isnull=False) | Q(waits=False)  # what was handed in counts until its correction is signed


def counted_lines(programme: Programme) -> QuerySet[LedgerLine]:
    """The ledger lines that count today: all but those whose month waits for new signatures and was not handed in."""
    return lines_with_review(programme).filter(COUNTED)


def claims_of(programme: Programme) -> QuerySet[Claim]:
    """What has been handed in to the funder, oldest first."""
    return Claim.objects.filter(programme=programme).order_by("month")


def claims_visible_to(person: Person) -> QuerySet[Claim]:
    """What has been handed in by the programmes that a person may see."""
    return Claim.objects.filter(programme__in=programmes_visible_to(person)).select_related("programme")


def unclaimed_months(programme: Programme) -> list[date]:
    """Months with certified hours that have not been handed in, oldest first."""
    handed_in = claims_of(programme).values("month")
    rows = counted_lines(programme).filter(claim=None).exclude(month__in=handed_in).order_by("month")
    return list(rows.values_list("month", flat=True).distinct())


def lines_to_claim(programme: Programme, month: date) -> QuerySet[LedgerLine]:
    """What goes with a month when it is handed in: its own lines, and later lines of months handed in before."""
    handed_in = claims_of(programme).values("month")
    return counted_lines(programme).filter(Q(month=month) | Q(month__in=handed_in), claim=None).order_by("month", "pk")


def claim_digest(lines: Iterable[LedgerLine]) -> str:
    """The digest of what was handed in: line, month, minutes, hours, unit cost and amount, to the öre."""
    return ids.digest(
        sorted(
            [str(line.uid), line.month.isoformat(), line.minutes, line.hours, f"{line.unit_cost.amount:.2f}", f"{line.amount:.2f}"]
            for line in lines
        )
    )


@dataclass(frozen=True)
class ClaimCheck:
    """One claim as frozen, whether its lines still give the same, and what was corrected since."""

    claim: Claim
    people: int
    own_hours: int
    corrected_hours: int  # corrections of earlier months that went with it
    later_hours: int  # corrections of this month that came after
    later_amount: Decimal
    is_intact: bool


def claim_checks(programme: Programme) -> list[ClaimCheck]:
    """Every claim, worked out anew from its lines and compared with what was frozen; in three queries."""
    lines = list(LedgerLine.objects.filter(programme=programme).exclude(claim=None).select_related("unit_cost").order_by("pk"))
    after: dict[date, tuple[int, Decimal]] = {}
    for row in counted_lines(programme).order_by().values("month", "claim__month").annotate(more=Sum("hours"), value=Sum("amount")):
        if row["claim__month"] != row["month"]:
            hours, amount = after.get(row["month"], (0, Decimal(0)))
            after[row["month"]] = (hours + row["more"], amount + row["value"])
    checks = []
    for claim in claims_of(programme).select_related("submitted_by"):
        own = [line for line in lines if line.claim_id == claim.pk]
        total = sum((line.amount for line in own), Decimal(0))
        hours = sum(line.hours for line in own)
        later_hours, later_amount = after.get(claim.month, (0, Decimal(0)))
        checks.append(
            ClaimCheck(
                claim=claim, people=len({line.person_id for line in own}),
                own_hours=sum(line.hours for line in own if line.month == claim.month),
                corrected_hours=sum(line.hours for line in own if line.month != claim.month), later_hours=later_hours,
                later_amount=later_amount,
                is_intact=(hours, total, claim_digest(own)) == (claim.hours, claim.amount, claim.digest),
            )
        )  # fmt: skip
    return checks
