"""What would tell the few others' levels to somebody who knows some: one's own, and those that were shared with one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from handrail.competences.models import Framework, MapColumn, MapLeaf, MapRelease, Rating
from handrail.competences.queries.drawing import places_in, target_levels
from handrail.competences.queries.sight import Sight
from handrail.competences.rules import Measurement
from handrail.kit import disclosure
from handrail.programmes.models import Participation

SELF = str(Rating.Kind.SELF)
Cells = set[tuple[int | None, int]]  # unit, competence


def told_by_the_rest(framework: Framework, release: MapRelease, organisation_id: int, sight: Sight, of_all: QuerySet[MapColumn]) -> Cells:
    """The cells of a municipality's units to hide from somebody who knows some people's levels.

    What is hidden follows from `of_all` the units' columns, whichever of them are looked at: else two pages would tell it together.
    """
    found = _known_people(framework, release, sight)
    known = {(unit, competence): count for (organisation, unit, competence), count in found.items() if organisation == organisation_id}
    if not known:
        return set()
    units = {unit for unit, _competence in known}
    theirs = of_all.filter(Q(unit_id__in=[one for one in units if one]) | Q(unit=None) if None in units else Q(unit_id__in=units), is_unit=True)
    of_unit: dict[int | None, list[tuple[int, int]]] = {}
    for (unit, competence), count in known.items():
        of_unit.setdefault(unit, []).append((competence, count))
    if not any(_would_tell(row, competence, count) for row in theirs for competence, count in of_unit[row.unit_id]):
        return set()
    return _hidden_with(list(of_all), known)


def _would_tell(row: MapColumn, competence: int, known: int) -> bool:
    """Whether a shown figure of a unit, less those whose levels one knows, would be one of fewer than five."""
    cell = row.cells.get(str(competence))
    return isinstance(cell, list) and not disclosure.is_shown(cell[0] - known)


def _hidden_with(rows: Sequence[MapColumn], known: Mapping[tuple[int | None, int], int]) -> Cells:
    """Which cells (unit, competence) to hide: with one rest hidden, the next smallest is hidden too.

    The rest of a unit is everybody in it but oneself and those who ever shared.
    """
    has_total, hidden = any(not row.is_unit for row in rows), Cells()
    units = [row for row in rows if row.is_unit]
    for competence in {competence for _unit, competence in known}:
        rests: dict[int | None, int] = {}
        for row in units:
            cell = row.cells.get(str(competence))
            if not isinstance(cell, list):
                continue
            shared = known.get((row.unit_id, competence), 0)
            rests[row.unit_id] = max(0, cell[0] - shared)
            if shared and _would_tell(row, competence, shared):
                hidden.add((row.unit_id, competence))
        if has_total:
            hidden |= {(unit, competence) for unit in disclosure.hidden_parts(rests)}
    return hidden


def _known_people(framework: Framework, release: MapRelease, sight: Sight) -> Mapping[tuple[int, int | None, int], int]:
    """How many of those whose levels somebody knows were rated, by organisation, unit and competence."""
    where: dict[str, Any] = {"round_id": release.round_id}
    rated = list(
        Rating.objects.filter(person_id__in=list(sight.known), kind=SELF, **where)
        .values_list("person_id", "competence_id").distinct()
    )  # fmt: skip
    found = _known_and_erased(framework, release, sight)
    if not rated:
        return found
    rounds = (release.round_id,) if release.round_id else ()
    places = places_in(framework, Measurement(release.round_id, rounds), only=sight.known)
    targets = target_levels(framework, {place.profile for place in places.values()})
    for person, competence in rated:
        place = places.get(person)
        if place is not None and (place.profile, competence) in targets:
            key = (place.organisation, place.unit, competence)
            found[key] = found.get(key, 0) + 1
    return found


def _known_and_erased(framework: Framework, release: MapRelease, sight: Sight) -> dict[tuple[int, int | None, int], int]:
    """The same of those who were erased since: they are in the drawn sums still, and what one has seen is not forgotten.

    Where in their municipality they were is not kept, so wherever somebody is gone it may be one of them.
    """
    if not sight.knows:  # oneself is here still
        return {}
    erased = Participation.objects.filter(person_id__in=list(sight.known), programme_id=framework.programme_id).exclude(person__erased_at=None)
    at = Counter(erased.values_list("organisation_id", flat=True))
    found: dict[tuple[int, int | None, int], int] = {}
    for leaf in MapLeaf.objects.filter(release=release, kind=SELF, organisation_id__in=at, gone__gt=0):
        for competence in leaf.sums:
            key = (leaf.organisation_id, leaf.unit_id, int(competence))
            found[key] = min(at[leaf.organisation_id], found.get(key, 0) + leaf.gone)
    return found
