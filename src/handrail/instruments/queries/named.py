"""Who has answered and who has not, by name where the reader may read it: the state only, never an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handrail.instruments.models import Invitation, Round
from handrail.instruments.queries.rounds import reports_state
from handrail.people.models import Person
from handrail.people.queries import Name, names_visible_to
from handrail.programmes.models import Programme
from handrail.programmes.queries import numbers_of


@dataclass(frozen=True)
class Missing:
    """Somebody who has not answered: a name, or a participation number where the name is protected."""

    name: str
    unit: str
    left: int
    last_mail: datetime | None
    has_begun: bool
    has_mail: bool


def missing_named(viewer: Person, programme: Programme, rows: Sequence[dict[str, Any]]) -> list[Missing]:
    """The rows of `not_answered` with names; a protected identity shows neither name nor unit."""
    ids = [row["respondent_id"] for row in rows]
    names, numbers = names_visible_to(viewer, ids), numbers_of(programme, ids)
    found = []
    for row in rows:
        name: Name = names[row["respondent_id"]]
        mails = [moment for moment in (row["asked"], row["reminded"]) if moment]
        found.append(
            Missing(
                name=numbers.get(row["respondent_id"], name.text) if name.is_hidden else name.text,
                unit="" if name.is_hidden or row["respondent__identity__is_protected"] else row["unit__name"] or "",
                left=row["left"], last_mail=max(mails, default=None), has_begun=row["started"] is not None,
                has_mail=not row["has_no_mail"],
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True)
class Report:
    """One of a manager's reports: has the person answered, has the manager."""

    name: str
    invitation: Invitation


def reports_named(round: Round, manager: Person) -> list[Report]:
    """A manager's reports in a round."""
    rows = list(reports_state(round, manager))
    names = names_visible_to(manager, [row.about_id for row in rows])
    return [Report(names[row.about_id].text, row) for row in rows]
