"""What the desk itself puts in the places that it offers: the station of evidence, and what search finds."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from handrail.desk import access, queries
from handrail.kit.slots import Station, fill
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Programme


@fill("shell.stations")
def overview(person: Person, programme: Programme | None) -> list[Station]:
    """Home, the first stop of everybody who has further ones."""
    url = reverse("desk:home")
    return [Station(10, _("Overview"), url, url)] if programme is not None else []


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """Evidence, for whoever answers for the programme's figures or checks them."""
    if programme is None or not access.may_see_figures(person, programme):
        return []
    url = reverse("desk:evidence", args=[programme.uid])
    return [Station(80, _("Evidence"), url, url)]


@fill("public.figures")
def public_figures(programme: Programme) -> list[dict[str, Any]]:
    """How far a programme has come, for its public page."""
    return queries.public_figures(programme)


@fill("search", order=10)
def search_people(person: Person, programme: Programme | None, words: str) -> list[dict[str, Any]]:
    """People whom one may see."""
    return queries.people_found(person, words)


@fill("search", order=60)
def search_content(person: Person, programme: Programme | None, words: str) -> list[dict[str, Any]]:
    """Competences and modules."""
    if programme is None:
        return []
    return [*queries.competences_found(person, programme, words), *queries.modules_found(person, programme, words)]
