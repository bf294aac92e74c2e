"""The auditor's samples: numbers, hours and signatures; names only where they were opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from handrail.evidence.formats import MONEY, NUMBER, Column, Sheet, Table
from handrail.evidence.models import AuditSample, Certificate, SampleOpening
from handrail.evidence.queries.claims import counted_lines
from handrail.evidence.queries.ledger import PartRow, ledger_parts
from handrail.evidence.queries.signers import valid_certificates
from handrail.kit.text import _, month_name
from handrail.people.models import Person
from handrail.people.queries import names_visible_to
from handrail.programmes.models import Participation, Programme


def months_with_lines(programme: Programme) -> list[date]:
    """Months that have certified hours, newest first."""
    return list(counted_lines(programme).order_by("-month").values_list("month", flat=True).distinct())


@dataclass(frozen=True)
class SampleRow:
    """One participant of a sample."""

    participation: Participation
    certificate: Certificate | None
    part: PartRow
    name: str
    openings: int


def sample_rows(sample: AuditSample, names: dict[str, str]) -> list[SampleRow]:
    """The sample by number, with the names that were opened just now."""
    people = list(sample.participations.select_related("organisation").order_by("number"))
    ids = [one.person_id for one in people]
    parts = ledger_parts(sample.programme, "person", month=sample.month, ids=ids)
    months = {one.person_id: one for one in valid_certificates(sample.programme).filter(month=sample.month, person_id__in=ids)}
    counts: dict[int, int] = {}
    for pk in sample.openings.values_list("participation_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    nothing = PartRow(0, 0, 0, 0, 0, Decimal(0), 0)
    return [
        SampleRow(one, months.get(one.person_id), parts.get(one.person_id, nothing), names.get(str(one.uid), ""), counts.get(one.pk, 0))
        for one in people
    ]


def sample_names_of(sample: AuditSample, viewer: Person, uids: Iterable[str] | None = None) -> dict[str, str]:
    """Names of the sample, by participation uid; call only once their opening is kept. Protected identities stay hidden."""
    people = sample.participations.all() if uids is None else sample.participations.filter(uid__in=list(uids))
    by_uid = {str(one.uid): one.person_id for one in people}
    names = names_visible_to(viewer, by_uid.values(), also=by_uid.values())
    return {uid: str(names[person]) for uid, person in by_uid.items()}


def openings_of(sample: AuditSample) -> QuerySet[SampleOpening]:
    """Each time a name of the sample was opened, newest first."""
    return sample.openings.select_related("participation").order_by("-pk")


def sample_sheet(sample: AuditSample, viewer: Person) -> Sheet:
    """The sample with names, as a workbook."""
    names = sample_names_of(sample, viewer)
    rows = sample_rows(sample, names)
    title = f"{_('Sample')} {month_name(sample.month)}, {sample.programme}"
    table = Table(
        str(_("Sample")), title,
        [
            Column(str(_("Number")), width=11), Column(str(_("Name")), width=28), Column(str(_("Municipality")), width=18),
            Column(str(_("Hours")), NUMBER, 9), Column(str(_("Value")), MONEY, 13),
        ],
        [[row.participation.number, row.name, row.participation.organisation.short_name, row.part.hours, row.part.amount] for row in rows],
        [str(_("Total")), "", "", sum(row.part.hours for row in rows), sum((row.part.amount for row in rows), Decimal(0))],
    )  # fmt: skip
    return Sheet(title=title, facts=[(str(_("Seed")), sample.seed), (str(_("Reason")), sample.reason)], tables=[table])
