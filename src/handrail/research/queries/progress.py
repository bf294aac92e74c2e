"""How far a study has come: by partner and group, against what is wanted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from handrail.instruments.models import Response
from handrail.kit.text import language_name
from handrail.research.models import Gathering, Quota, RespondentGroup, Source, Study, StudyPartner


@dataclass(frozen=True)
class QuotaCell:
    """How many of a group a partner wants to hear in one way."""

    partner: StudyPartner
    group: RespondentGroup
    kind: str
    target: int

    @property
    def name(self) -> str:
        """Its field's name."""
        return f"{self.kind}_{self.partner.pk}_{self.group.pk}"

    @property
    def partner_name(self) -> str:
        """Whose it is."""
        return str(self.partner.organisation)

    @property
    def column(self) -> str:
        """What it counts."""
        return f"{self.group.title}, {str(Quota.Kind(self.kind).label).lower()}"

    @property
    def label(self) -> str:
        """Both, for whoever hears the field's name."""
        return f"{self.partner_name}: {self.column}"


def quota_cells(study: Study) -> list[QuotaCell]:
    """Every cell of the table of how many are wanted, partner by partner."""
    wanted = {(one.partner_id, one.group_id, one.kind): one.target for one in study.quotas.all()}
    return [
        QuotaCell(partner, group, kind, wanted.get((partner.pk, group.pk, kind), 0))
        for partner in study.partners.select_related("organisation")
        for group in study.groups.all()
        for kind in Quota.Kind.values
    ]


@dataclass(frozen=True)
class Reached:
    """How many were heard of how many that are wanted; nobody said how many where `wanted` is 0."""

    kind: str
    have: int
    wanted: int

    @property
    def missing(self) -> int:
        """How many are still to be heard."""
        return max(0, self.wanted - self.have)


@dataclass(frozen=True)
class PartnerLine:
    """One partner of a study: what it has of each group, and what is missing."""

    partner: StudyPartner
    cells: list[tuple[RespondentGroup, list[Reached]]]
    latest: Any

    @property
    def wanted(self) -> int:
        """Everything wanted."""
        return sum(one.wanted for _group, some in self.cells for one in some)

    @property
    def have(self) -> int:
        """What counts towards it."""
        return sum(min(one.have, one.wanted) for _group, some in self.cells for one in some)

    @property
    def missing(self) -> list[tuple[RespondentGroup, Reached]]:
        """Who is missing, the most first."""
        return sorted(((group, one) for group, some in self.cells for one in some if one.missing), key=lambda pair: -pair[1].missing)


def progress_of(study: Study) -> list[PartnerLine]:
    """Every partner with its numbers, in a fixed number of questions to the database."""
    surveys: Counter[tuple[int, int]] = Counter()
    latest: dict[int, Any] = {}
    collections = {row.collection_id: row for row in Gathering.objects.filter(study=study)}
    counted = Response.objects.filter(collection__in=collections, replaced_by=None).values_list("collection").annotate(n=Count("pk"), last=Max("received_on"))
    for collection, count, last in counted.order_by():
        row = collections[collection]
        surveys[row.partner_id, row.group_id] += count
        latest[row.partner_id] = max(latest.get(row.partner_id) or last, last)
    heard = Source.objects.filter(study=study, kind=Source.Kind.INTERVIEW, withdrawn_at=None).order_by().values_list("partner", "group").annotate(n=Count("pk"))
    interviews = {(partner, group): count for partner, group, count in heard}
    wanted = {(one.partner_id, one.group_id, one.kind): one.target for one in study.quotas.all()}
    groups = list(study.groups.all())
    return [
        PartnerLine(
            partner,
            [
                (
                    group,
                    [
                        Reached("survey", surveys[partner.pk, group.pk], wanted.get((partner.pk, group.pk, "survey"), 0)),
                        Reached("interview", interviews.get((partner.pk, group.pk), 0), wanted.get((partner.pk, group.pk, "interview"), 0)),
                    ],
                )
                for group in groups
            ],
            latest.get(partner.pk),
        )
        for partner in study.partners.select_related("organisation")
    ]  # fmt: skip


def languages_of(study: Study) -> list[tuple[str, str]]:
    """The languages in which people are asked, with their names."""
    return [(code, language_name(code)) for code in study.languages]
