"""The case list: whoever one may see, narrowed, in pages that cost the same at the end as at the start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from handrail.cases.models import Case, Entry
from handrail.cases.queries.cases import cases_visible_to, names_of_cases, own_cases
from handrail.kit.tables import Counted, Run, counted
from handrail.people.models import Identity, Person
from handrail.people.queries import Name
from handrail.people.rules.names import search_name
from handrail.programmes.models import Programme


@dataclass(frozen=True)
class CaseRow:
    """One line of the list."""

    case: Case
    name: Name
    caseworker: str
    since: Any
    is_open: bool


def cases_listed(person: Person, programme: Programme, *, words: str = "", state: str = "") -> list[Run]:
    """The cases of a programme that a person may see, by name."""
    rows = cases_visible_to(person).filter(programme=programme)
    if words:
        rows = rows.filter(called(person, words))
    stays = Entry.objects.filter(case=OuterRef("pk"), ended_on=None)
    if state == "open":
        rows = rows.filter(Exists(stays))
    elif state == "nobody":
        rows = rows.filter(Exists(stays), caseworker=None)
    elif state == "ended":
        rows = rows.exclude(Exists(stays))
    return [Run(rows, ("search_name", "id"))]


def called(person: Person, words: str) -> Q:
    """Whose name holds these words, or whose number they are. A protected name has no copy in the case, and is found by the own caseworker alone."""
    wanted = search_name(words)
    found = Q(number__iexact=words.strip())
    if wanted:
        protected = Identity.objects.filter(is_protected=True, search_name__contains=wanted, person__in=own_cases(person).values("person_id"))
        found |= Q(search_name__contains=wanted) | Q(person_id__in=protected.values("person_id"))
    return found


def cases_counted(runs: list[Run]) -> Counted:
    """How many cases a list holds."""
    return counted(runs)


def case_rows(person: Person, cases: list[Case]) -> list[CaseRow]:
    """The lines of one page, with names and stays in a query each."""
    names = names_of_cases(person, cases)
    stays: dict[int, Entry] = {}
    for entry in Entry.objects.filter(case__in=[case.pk for case in cases]).order_by("started_on", "id"):
        stays[entry.case_id] = entry
    return [
        CaseRow(
            case, names[case.person_id], case.caseworker.called if case.caseworker else "",
            stays[case.pk].started_on if case.pk in stays else case.opened_on, case.pk in stays and stays[case.pk].ended_on is None,
        )
        for case in cases
    ]  # fmt: skip
