"""What becomes of somebody who is erased in sums that are drawn already.

Two looks at the map may not differ by one person: the difference would be that person's level. So whoever is erased stays one of
those counted until five of the unit are gone, or the unit moves on by five new answers; then they are out. Only where no shown
figure holds them, because all around are fewer than five, they leave at once.
"""

from __future__ import annotations

from collections.abc import Mapping

from handrail.competences.rules.sums import LEVELS, Sums, UnitKey, UnitSums
from handrail.kit import disclosure


def forget_counted(units: Mapping[UnitKey, UnitSums], key: UnitKey, profile: int, levels: Mapping[int, int]) -> None:
    """Note in the drawn sums of a unit and role profile that one of its people is gone. Sums change in place.

    `levels` are the person's, by competence, as they were counted there.
    """
    by_competence, stays = units[key].by_profile.get(profile, {}), False
    for competence, level in levels.items():
        if competence not in by_competence:
            continue
        if is_told(units, key, competence):
            stays = True
        else:
            _take_out(by_competence, competence, level)
    if stays:
        units[key].gone[profile] = units[key].gone.get(profile, 0) + 1


def is_told(units: Mapping[UnitKey, UnitSums], key: UnitKey, competence: int) -> bool:
    """Whether some shown figure holds a unit's people: their municipality's, or the total of all that are too small on their own."""
    towns: dict[int, int] = {}
    for one, unit in units.items():
        if one.kind == key.kind:
            towns[one.organisation] = towns.get(one.organisation, 0) + sum(
                sums[competence][0] for sums in unit.by_profile.values() if competence in sums
            )
    few = sum(count for count in towns.values() if not disclosure.is_shown(count))
    return disclosure.is_shown(towns[key.organisation]) or disclosure.is_shown(few)


def _take_out(by_competence: dict[int, Sums], competence: int, level: int) -> None:
    sums = by_competence[competence]
    at = level if sums[3 + level] else next(one for one in range(LEVELS) if sums[3 + one])
    sums[0], sums[1], sums[3 + at] = sums[0] - 1, sums[1] - at, sums[3 + at] - 1
    if not sums[0]:
        del by_competence[competence]
