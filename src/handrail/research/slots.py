"""What this app shows on lower screens: its station, and what waits for a researcher."""

from __future__ import annotations

from django.urls import reverse

from handrail.kit.slots import Station, Waiting, fill
from handrail.kit.text import _, plural
from handrail.people.models import Person
from handrail.programmes.models import Programme
from handrail.research import access
from handrail.research.queries import coding, sources


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """Research, for those who do some or hold it together."""
    if programme is None or not access.may_see_studies(person, programme):
        return []
    url = reverse("research:study_list", args=[programme.uid])
    return [Station(20, _("Research"), url, url)]


@fill("home.waiting", order=30, where=lambda person, _programme: sources.copies_waiting(person))
def copies_waiting(person: Person, programme: Programme | None) -> list[Waiting]:
    """Copies that somebody else made wait for a second reader: how many, and of which study."""
    if programme is None:
        return []
    found = [(one, int(one.waiting)) for one in sources.studies_with_copies(person, programme)]  # type: ignore[attr-defined]
    return [
        Waiting(
            title=plural("One copy waits for a second reader", "%(n)d copies wait for a second reader", count) % {"n": count}, why=one.title, act=_("Read"),
            url=reverse("research:interviews", args=[one.uid]),
        )
        for one, count in found
    ]  # fmt: skip


@fill("home.waiting", order=31, where=lambda person, _programme: coding.parts_waiting(person))
def texts_to_mark(person: Person, programme: Programme | None) -> list[Waiting]:
    """Texts that one of two readers still marks."""
    if programme is None:
        return []
    rows = coding.parts_waiting(person).filter(task__text__source__study__programme=programme)
    return [
        Waiting(
            title=_("Mark %(sign)s") % {"sign": one.task.text.source.sign}, why=_("Two readers mark it without seeing each other."), act=_("Mark it"),
            url=reverse("research:code", args=[one.task.text.source.uid]),
        )
        for one in rows
    ]  # fmt: skip
