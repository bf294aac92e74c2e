"""The quick way to the map answers what the plain way answers (`plain.py`): the same sums, the same people, the same cells hidden."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from handrail.competences import actions, queries, rules
from handrail.competences.models import MapLeaf, MapRelease, Rating
from handrail.competences.rules import UnitKey, UnitSums
from handrail.instruments import actions as instruments
from handrail.instruments.models import Round
from handrail.kit import clock
from tests.competences import plain
from tests.competences.test_recount import Town

SELF, MANAGER = "self", "manager"


def compare(framework: Any) -> int:
    """Draw every measurement both ways from what is stored just now; answers how many leaves were compared."""
    compared = 0
    targets = queries.target_levels(framework)
    for measurement in queries.measurements_of(framework):
        round = Round.objects.filter(pk=measurement.round).first()
        earlier = MapRelease.objects.filter(framework=framework, round=round).order_by("-pk").first()
        closed = {kind: measurement.is_closed(kind) for kind in (SELF, MANAGER)}
        places, settled = queries.places_in(framework, measurement), earlier.closed_kinds if earlier else ()
        slow = plain.draw_units(
            plain.ratings_in(framework, measurement), places, targets, before=queries.drawn_units(earlier), closed=closed, settled=settled
        )
        quick = rules.draw_units(
            queries.sheets_in(measurement, places), places, targets, before=queries.drawn_units(earlier), closed=closed, settled=settled
        )
        assert quick == slow
        assert rules.columns_of(quick, by_profile=closed) == plain.columns_of(slow, by_profile=closed)
        compared += sum(len(unit.by_profile) for unit in slow.values())
    return compared


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(10, 13))
def test_answers_put_together_by_the_database_are_counted_as_one_by_one(cast: Any, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random answers, corrections (some in the same instant), moves, targets, role profiles and erasures, in units of three to seventeen."""
    monkeypatch.setattr(queries.drawing, "PEOPLE_AT_ONCE", 7)
    town = Town(cast, seed)
    town.begin()
    compared = doubled = gone = drawn = 0
    for number in range(120):
        town.step()
        if number % 8 == 7:  # the same person again in the same instant: the later row counts
            person = town.chance.choice(town.staff)
            with clock.at(town.at):
                for level in town.chance.sample(range(5), 2):
                    actions.rate_person(person=person, competence=town.competences[0], kind=SELF, level=level, by=None, round=town.own)
        if number == 70:  # a role asks no longer for everything
            with clock.at(town.at):
                actions.set_target(profile=town.framework.profiles.get(code="TEACH"), competence=town.competences[0], level=None, by=None)
        if number == 90:
            with clock.at(town.at):
                town.own = instruments.close_round(round=town.own, by=None)
        if number % 5 == 4:
            with clock.at(town.at):
                compared += compare(town.framework)
                if number % 20 == 19:
                    actions.draw_map(town.framework)
            gone, drawn = max(gone, *MapLeaf.objects.values_list("gone", flat=True), 0), max(drawn, MapLeaf.objects.count())
        doubled += max(Counter(Rating.objects.values_list("person_id", "kind", "competence_id", "rated_at", "round_id")).values()) > 1
    assert compared > 50 and doubled and gone and drawn > 5


@pytest.mark.parametrize("seed", range(30))
def test_columns_gone_through_once_are_the_same_as_added_up_one_by_one(seed: int) -> None:
    """Many small units, people without a unit, role profiles that some units lack, competences that only some were asked."""
    chance = random.Random(seed)
    at = datetime(2018, 3, 31, tzinfo=UTC)
    units: dict[UnitKey, UnitSums] = {}
    for organisation in chance.sample(range(1, 30), chance.randint(1, 5)):
        for unit in [None, *chance.sample(range(1, 130), chance.randint(1, 9))]:
            for kind in (SELF, MANAGER):
                by_profile: dict[int, dict[int, list[int]]] = {}
                for profile in chance.sample((1, 2, 11, 12), chance.randint(1, 4)):
                    for competence in range(1, 7):
                        levels = [chance.choice((0, 0, 0, 1, 2, 4)) for _level in range(5)]
                        if people := sum(levels):
                            steps = sum(level * count for level, count in enumerate(levels))
                            by_profile.setdefault(profile, {})[competence] = [people, steps, 1 + (profile + competence) % 4, *levels]
                if by_profile and chance.random() < 0.9:
                    units[UnitKey(organisation, unit, kind)] = UnitSums(at, by_profile)
    for closed in ({SELF: True, MANAGER: True}, {SELF: False, MANAGER: True}):
        quick, slow = rules.columns_of(units, by_profile=closed), plain.columns_of(units, by_profile=closed)
        assert quick == slow
        assert {type(cell) for column in slow.values() for cell in column.cells.values()} == {list, str}
