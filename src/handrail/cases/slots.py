"""What cases show on lower screens: a station, steps that are due, people that search finds, what erasure takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from handrail.cases import access, queries
from handrail.kit import clock
from handrail.kit.slots import Station, Waiting, fill
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.people.rules import Part
from handrail.programmes.models import Programme


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """People, for those who accompany some."""
    if programme is None or not access.may_list_cases(person, programme):
        return []
    url = reverse("cases:case_list", args=[programme.uid])
    return [Station(52, _("People"), url, url)]


@fill("home.waiting", order=10, where=lambda person, _programme: queries.steps_visible_to(person).filter(done_on=None))
def steps_due(person: Person, programme: Programme | None) -> list[Waiting]:
    """Steps of one's own people that are due within a week."""
    if programme is None:
        return []
    return [
        Waiting(
            title=_("%(step)s, with %(name)s") % {"step": one.step.title, "name": one.name}, why=one.step.need.text, act=_("Open"),
            url=reverse("cases:case_detail", args=[one.step.need.case.uid]) + "#needs", due=one.step.due_on, is_overdue=one.is_late,
        )
        for one in queries.steps_due(person, programme, until=clock.today() + timedelta(days=7))
    ]  # fmt: skip


@fill("home.waiting", order=1, where=lambda person, _programme: queries.emergencies_told(person))
def emergencies_in_own_cases(person: Person, programme: Programme | None) -> list[Waiting]:
    """Somebody broke the glass for a case of one's own, within the last week."""
    rows = queries.emergencies_told(person).filter(case__programme=programme) if programme else ()
    return [
        Waiting(
            title=_("Sealed notes were opened in an emergency"), why=_("Somebody else read what you keep for %(number)s.") % {"number": one.case.number},
            act=_("See who and why"), url=reverse("cases:openings", args=[one.case.uid]),
        )
        for one in rows
    ]  # fmt: skip


@fill("erasure.persons")
def persons_accompanied(person: Person) -> Any:
    """Whoever accompanies somebody may ask for them to be erased."""
    return queries.cases_visible_to(person).values("person_id")


@fill("search", order=5)
def search(person: Person, programme: Programme | None, words: str) -> list[dict[str, Any]]:
    """People whom one accompanies, by name or number."""
    if programme is None or not access.may_list_cases(person, programme):
        return []
    runs = queries.cases_listed(person, programme, words=words)
    rows = queries.case_rows(person, list(runs[0].ordered()[:8]))
    return [{"kind": _("People"), "title": str(row.name), "line": row.case.number, "url": reverse("cases:case_detail", args=[row.case.uid])} for row in rows]


@fill("erasure.parts", order=55)
def parts_of_cases(person: Person) -> list[Part]:
    """What was written about somebody on the way into work."""
    return [
        Part(_("Strengths, wishes, languages, needs and steps; sealed notes with the key that opens them, so that copies in backups can never be read.")),
        Part(_("The day on which a number began and ended in the programme, and the kind of reason."), "stays"),
    ]
