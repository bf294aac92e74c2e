"""All numbers of a study's table at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from handrail.people.models import Person
from handrail.research.actions.studies import set_quota
from handrail.research.models import Study
from handrail.research.queries.progress import QuotaCell


@transaction.atomic
def set_quotas(*, study: Study, wanted: Sequence[tuple[QuotaCell, int]], by: Person | None) -> int:
    """Save what was changed in the table of how many are wanted; answers how many numbers changed."""
    changed = [(cell, target) for cell, target in wanted if target != cell.target]
    for cell, target in changed:
        set_quota(study=study, partner=cell.partner, group=cell.group, kind=cell.kind, target=target, by=by)
    return len(changed)
