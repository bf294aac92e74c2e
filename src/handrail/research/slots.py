"""What this app shows on lower screens: its station."""

from __future__ import annotations

from django.urls import reverse

from handrail.kit.slots import Station, fill
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Programme
from handrail.research import access


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """Research, for those who do some or hold it together."""
    if programme is None or not access.may_see_studies(person, programme):
        return []
    url = reverse("research:study_list", args=[programme.uid])
    return [Station(20, _("Research"), url, url)]
