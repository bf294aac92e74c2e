"""How many people need a competence, as the map was drawn: two looks around one answer show the same."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.competences.models import Framework, MapColumn, Rating
from handrail.competences.queries.drawing import drawn_units
from handrail.competences.queries.maps import release_to_show, releases_of
from handrail.competences.rules import needs_of
from handrail.kit.disclosure import INSIDE


@dataclass(frozen=True)
class DrawnNeed:
    """People below what their role asks, out of those who answered, and the levels that they lack together; or hidden."""

    people: int = 0
    answered: int = 0
    levels: int = 0
    is_hidden: bool = False


def drawn_needs(framework: Framework) -> dict[int, DrawnNeed]:
    """By competence how many need it in the measurement that the map shows first: own ratings of all municipalities together.

    Hidden where the map hides that total, and where fewer than five need it. Numbers move only when the map is drawn anew, which
    a unit joins by five people or more (`kit.disclosure.drawn_until`).
    """
    release = release_to_show(releases_of(framework), "")
    total = MapColumn.objects.filter(release=release, kind=Rating.Kind.SELF, profile=None, organisation=None, is_unit=False).first()
    if release is None or total is None:
        return {}
    found = {}
    for competence, (answered, people, levels) in needs_of(drawn_units(release), Rating.Kind.SELF).items():
        is_few = 0 < people < INSIDE.counts
        if is_few or not isinstance(total.cells.get(str(competence)), list):
            found[competence] = DrawnNeed(is_hidden=True)
        else:
            found[competence] = DrawnNeed(people, answered, levels)
    return found
