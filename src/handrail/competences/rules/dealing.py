"""What stays of somebody's levels in sums that are drawn already: nothing that fewer than five people share.

Whoever is erased leaves the drawn sums only when five leave together, because two looks may not differ by one person. Until
then they are one of many. Where the sums are of fewer than five, the levels are dealt out anew among the people of the smallest
group that is shown as a whole: its sum and how many stand at each level stay, but no small part tells of its own people any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from handrail.competences.rules.columns import Pattern, pattern_of
from handrail.competences.rules.sums import LEVELS, Sums, UnitKey, UnitSums
from handrail.kit import disclosure

Leaf = tuple[UnitKey, int]  # unit and role profile


def forget_counted(units: Mapping[UnitKey, UnitSums], leaf: Leaf, levels: Mapping[int, int], *, chance: Random) -> None:
    """Note in the drawn sums that one of a leaf's people is gone, and deal out what is of fewer than five. Sums change in place.

    `levels` are the person's, by competence, as they were counted there.
    """
    key, profile = leaf
    by_competence, stays = units[key].by_profile.get(profile, {}), False
    for competence, level in levels.items():
        sums = by_competence.get(competence)
        if sums is None:
            continue
        some = [leaf] if disclosure.is_shown(sums[0]) else pool_of(units, leaf, competence)
        if not disclosure.is_shown(sum(units[where].by_profile[kind][competence][0] for where, kind in some)):
            _take_out(by_competence, competence, level)  # of so few nothing was ever shown: no two looks can be compared
            continue
        stays = True
        if len(some) > 1:
            deal([units[where].by_profile[kind][competence] for where, kind in some], chance)
            for where, kind in some:
                units[where].dealt.add(kind)
    if stays:
        units[key].gone[profile] = units[key].gone.get(profile, 0) + 1


def _take_out(by_competence: dict[int, Sums], competence: int, level: int) -> None:
    sums = by_competence[competence]
    at = level if sums[3 + level] else next(one for one in range(LEVELS) if sums[3 + one])
    sums[0], sums[1], sums[3 + at] = sums[0] - 1, sums[1] - at, sums[3 + at] - 1
    if not sums[0]:
        del by_competence[competence]


def pool_of(units: Mapping[UnitKey, UnitSums], leaf: Leaf, competence: int) -> list[Leaf]:
    """The leaves among whose people levels are dealt out, so that every shown sum but those of the units themselves stays.

    The smallest leaves of the same profile in the municipality that hold five together with this one; where it has not as many,
    of its profiles that are hidden together; where the municipality itself is hidden, of all that are.
    """
    key, profile = leaf
    here = {
        (one, kind): sums[competence][0]
        for one, unit in units.items() if one.kind == key.kind
        for kind, sums in unit.by_profile.items() if competence in sums
    }  # fmt: skip
    own = {place: count for place, count in here.items() if place[0].organisation == key.organisation}
    same = {place: count for place, count in own.items() if place[1] == profile}
    if disclosure.is_shown(sum(same.values())):
        return _smallest(same, leaf)
    pattern = _pattern(own)
    if not pattern.is_few:
        hidden = {place: count for place, count in own.items() if place[1] in pattern.profiles}
        return _smallest(hidden if disclosure.is_shown(sum(hidden.values())) else own, leaf)
    few = {
        place: count for place, count in here.items()
        if _pattern({one: many for one, many in here.items() if one[0].organisation == place[0].organisation}).is_few
    }  # fmt: skip
    return _smallest(few, leaf)


def _pattern(own: Mapping[Leaf, int]) -> Pattern:
    return pattern_of(tuple(sorted((((key.unit, kind), count) for (key, kind), count in own.items()), key=str)))


def _smallest(places: Mapping[Leaf, int], first: Leaf) -> list[Leaf]:
    chosen, people = [first], places[first]
    for place in sorted((one for one in places if one != first), key=lambda one: (places[one], str(one))):
        if disclosure.is_shown(people):
            break
        chosen.append(place)
        people += places[place]
    return chosen


def deal(parts: Sequence[Sums], chance: Random) -> None:
    """Deal the levels of all these parts' people out anew: each keeps its number of people, all together their levels."""
    levels = [level for sums in parts for level in range(LEVELS) for _one in range(sums[3 + level])]
    chance.shuffle(levels)
    for sums in parts:
        own, levels = levels[: sums[0]], levels[sums[0] :]
        sums[1] = sum(own)
        sums[3:] = [own.count(level) for level in range(LEVELS)]
