"""The drawn map: right sums, and nothing that tells of fewer than five people, whatever one adds, subtracts or waits for."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from handrail.competences import actions, queries
from handrail.competences.models import MapColumn, MapLeaf
from handrail.competences.rules import UnitKey, UnitSums, columns_of
from handrail.kit import clock
from handrail.people import actions as people
from handrail.programmes import actions as programmes
from tests.competences.made import competence, make_framework, make_round, profile, rate

OPEN = date(2018, 4, 30)


def drawn(release: Any) -> dict[tuple[Any, ...], Any]:
    return {
        (row.kind, row.profile_id, row.organisation_id, row.is_unit, row.unit_id): row.cells
        for row in MapColumn.objects.filter(release=release)
    }


@pytest.mark.django_db
def test_the_map_adds_up_levels_against_targets(cast: Any) -> None:
    framework = make_framework(cast)
    school, care = cast.more_staff(6), cast.more_staff(8, unit=cast.care)
    library = cast.more_staff(7, organisation=cast.kristianstad, unit=cast.library)
    round = make_round(cast)
    rate(school, framework, {"B1": 1, "C1": 3}, round=round)
    rate(care, framework, {"B1": 2}, round=round)
    rate(library, framework, {"B1": 3}, round=round)
    cells = drawn(actions.draw_map(framework))
    b1, c1 = str(competence(framework, "B1").pk), str(competence(framework, "C1").pk)
    assert cells["self", None, cast.horby.pk, True, cast.school.pk] == {b1: [6, 6, 18], c1: [6, 18, 18]}
    assert cells["self", None, cast.horby.pk, False, None] == {b1: [14, 22, 42], c1: [6, 18, 18]}
    assert cells["self", None, None, False, None] == {b1: [21, 43, 63], c1: [6, 18, 18]}


@pytest.mark.django_db
def test_a_small_unit_is_hidden_with_its_neighbour_and_holds_no_number(cast: Any) -> None:
    framework = make_framework(cast)
    garden = people.add_unit(organisation=cast.horby, name="Parken", by=None)
    round = make_round(cast)
    for unit, count in ((cast.school, 3), (cast.care, 6), (garden, 12)):
        rate(cast.more_staff(count, unit=unit), framework, {"B1": 1}, round=round)
    cells = drawn(actions.draw_map(framework))
    b1 = str(competence(framework, "B1").pk)
    assert [cells["self", None, cast.horby.pk, True, unit.pk][b1] for unit in (cast.school, cast.care, garden)] == [
        "few", "neighbour", [12, 12, 36],
    ]  # fmt: skip
    assert cells["self", None, cast.horby.pk, False, None][b1] == [21, 21, 63]


@pytest.mark.django_db
def test_a_small_municipality_hides_the_total(cast: Any) -> None:
    framework = make_framework(cast)
    round = make_round(cast)
    rate(cast.more_staff(9), framework, {"B1": 1}, round=round)
    rate(cast.more_staff(3, organisation=cast.kristianstad, unit=cast.library), framework, {"B1": 4}, round=round)
    cells = drawn(actions.draw_map(framework))
    b1 = str(competence(framework, "B1").pk)
    assert cells["self", None, cast.kristianstad.pk, False, None][b1] == "few"
    assert cells["self", None, None, False, None][b1] == "neighbour"
    assert cells["self", None, cast.horby.pk, False, None][b1] == [9, 9, 27]


@pytest.mark.django_db
def test_new_targets_change_distances_but_nobody_who_is_counted(cast: Any) -> None:
    framework = make_framework(cast)
    staff, b1 = profile(framework, "STAFF"), competence(framework, "B1")
    rate(cast.more_staff(6), framework, {"B1": 1, "B2": 1}, round=make_round(cast))
    actions.set_target(profile=staff, competence=competence(framework, "B2"), level=None, by=None)
    actions.draw_map(framework)
    actions.set_target(profile=staff, competence=b1, level=4, by=None)
    actions.set_target(profile=staff, competence=competence(framework, "B2"), level=4, by=None)  # asked only after it was drawn
    cells = drawn(actions.draw_map(framework))
    assert cells["self", None, cast.horby.pk, True, cast.school.pk] == {str(b1.pk): [6, 6, 24]}


@pytest.mark.django_db
def test_an_open_round_keeps_five_back_until_it_closes(cast: Any) -> None:
    framework = make_framework(cast)
    round = make_round(cast, closes_on=OPEN)
    staff = cast.more_staff(24)
    b1 = str(competence(framework, "B1").pk)
    seen: list[int] = []
    for index, person in enumerate(staff):
        with clock.at(datetime(2018, 4, 10, 8, tzinfo=UTC) + timedelta(minutes=index)):
            rate([person], framework, {"B1": 1}, round=round)
            unit = drawn(actions.draw_map(framework)).get(("self", None, cast.horby.pk, True, cast.school.pk), {}).get(b1)
            seen.append(unit[0] if isinstance(unit, list) else 0)
    assert seen[8:10] == [0, 5] and seen[-1] == 15
    assert all(after - before in (0, 5) for before, after in zip(seen, seen[1:], strict=False))
    round.closed_at = clock.now()
    round.save()
    cells = drawn(actions.draw_map(framework))
    assert cells["self", None, cast.horby.pk, True, cast.school.pk][b1] == [24, 24, 72], "nine more at once"
    rate(cast.more_staff(1), framework, {"B1": 4}, round=round)
    assert drawn(actions.draw_map(framework))["self", None, cast.horby.pk, True, cast.school.pk][b1] == [24, 24, 72], "not one alone"


@pytest.mark.django_db
def test_drawing_again_changes_nothing(cast: Any) -> None:
    framework = make_framework(cast)
    rate(cast.more_staff(7), framework, {"B1": 1}, round=make_round(cast))
    first = drawn(actions.draw_map(framework))
    assert drawn(actions.draw_map(framework)) == first
    assert MapLeaf.objects.count() == 1


# --- the attacker --------------------------------------------------------------------------------------------------------------


def small_group(sums: dict[tuple[int, int, int], int], shown: list[frozenset[tuple[int, int, int]]]) -> int:
    """The smallest group of 1 to 4 people that an attacker gets who adds and subtracts the shown groups of atoms, four deep.

    `sums` holds the people of each atom (organisation, unit, profile), `shown` the sets of atoms whose sums are on some screen.
    """
    known = {one for one in shown if sum(sums[atom] for atom in one)}
    for _depth in range(3):
        more = set()
        for one, other in combinations(known, 2):
            if one < other:
                more.add(other - one)
            elif other < one:
                more.add(one - other)
            elif not one & other and len(known) < 60:
                more.add(one | other)
        if more <= known:
            break
        known |= more
        if len(known) > 1500:
            break
    return min((size for group in known if 0 < (size := sum(sums[atom] for atom in group)) < 5), default=0)


@pytest.mark.parametrize("seed", range(40))
def test_no_view_filter_or_total_gives_away_fewer_than_five(seed: int) -> None:
    """All columns of all views at once: municipalities, units, role profiles and every total, of random sparse programmes."""
    chance = random.Random(seed)
    at = datetime(2018, 3, 31, tzinfo=UTC)
    units: dict[UnitKey, UnitSums] = {}
    sums: dict[tuple[int, int, int], int] = {}
    for organisation in range(chance.randint(1, 4)):
        for unit in range(chance.randint(1, 4)):
            by_profile: dict[int, dict[int, list[int]]] = {}
            for one in range(chance.randint(1, 3)):
                if people_there := chance.choice([0, 0, 1, 2, 3, 4, 5, 6, 8, 15]):
                    by_profile[one] = {1: [people_there, people_there, 3]}
                    sums[organisation, unit, one] = people_there
            if by_profile:
                units[UnitKey(organisation, unit, "self")] = UnitSums(at, by_profile)
    columns = columns_of(units, by_profile={"self": True})
    shown = []
    for key, column in columns.items():
        atoms = frozenset(
            atom for atom in sums
            if (key.organisation is None or atom[0] == key.organisation)
            and (not key.is_unit or atom[1] == key.unit) and (key.profile is None or atom[2] == key.profile)
        )  # fmt: skip
        cell = column.cells[1]
        if isinstance(cell, list):
            assert cell[0] == sum(sums[atom] for atom in atoms) >= 5
            shown.append(atoms)
    assert small_group(sums, shown) == 0


def test_the_attacker_finds_a_group_when_hiding_is_left_out() -> None:
    """The attack is worth something: without neighbours hidden it finds the three."""
    sums = {(0, 0, 0): 3, (0, 1, 0): 9, (0, 2, 0): 20}
    everything = frozenset(sums)
    assert small_group(sums, [everything, frozenset({(0, 1, 0)}), frozenset({(0, 2, 0)})]) == 3


@pytest.mark.django_db
def test_two_looks_at_everything_differ_by_nobody_or_by_five(cast: Any) -> None:
    """People answer one by one, change their minds and look at the map all the time: no figure ever moves by a few people."""
    framework = make_framework(cast)
    round = make_round(cast, closes_on=OPEN)
    staff = cast.more_staff(14) + cast.more_staff(11, unit=cast.care)
    chance = random.Random(3)
    order = staff + chance.sample(staff, 12)
    said: dict[int, list[tuple[datetime, int]]] = {cast.school.pk: [], cast.care.pk: []}
    looks: dict[int, list[datetime]] = {cast.school.pk: [], cast.care.pk: []}
    for minute, person in enumerate(order):
        at = datetime(2018, 4, 10, 8, tzinfo=UTC) + timedelta(minutes=minute)
        with clock.at(at):
            rate([person], framework, {"B1": chance.randint(0, 4)}, round=round)
            said[cast.school.pk if person in staff[:14] else cast.care.pk].append((at, person.pk))
            for leaf in MapLeaf.objects.filter(release=actions.draw_map(framework)):
                if leaf.drawn_until not in looks[leaf.unit_id]:
                    looks[leaf.unit_id].append(leaf.drawn_until)
    round.closed_at = clock.now()
    round.save()
    for leaf in MapLeaf.objects.filter(release=actions.draw_map(framework)):
        looks[leaf.unit_id].append(leaf.drawn_until)
    for unit, moments in looks.items():
        assert len(moments) >= 3 and moments[-1] == said[unit][-1][0]
        for before, after in zip(moments, moments[1:], strict=False):
            assert len({who for at, who in said[unit] if before < at <= after}) >= 5


@pytest.mark.django_db
def test_a_manager_who_knows_some_is_not_told_the_rest(cast: Any) -> None:
    """Lena sees her unit's mean from five people; once three of seven share with her, the mean would tell the other four."""
    framework = make_framework(cast)
    staff = cast.more_staff(7)
    for one in staff:
        one.employments.update(manager=cast.lena)
    rate(staff, framework, {"B1": 1}, round=make_round(cast))
    release = actions.draw_map(framework)
    b1 = competence(framework, "B1")

    def cell() -> queries.Cell:
        table = queries.own_units_table(framework, release, queries.sight_of(cast.lena, cast.programme))
        (school,) = [column for column in table.columns if column.uid == cast.school.uid]
        return school.cells[b1.pk]

    assert cell().people == 7
    for one in staff[:2]:
        actions.share_levels(person=one, manager=cast.lena, by=one)
    assert cell().people == 7, "five others are enough"
    actions.share_levels(person=staff[2], manager=cast.lena, by=staff[2])
    assert cell().why_hidden and not cell().people
    actions.end_sharing(person=staff[2], manager=cast.lena, by=staff[2])
    assert cell().why_hidden, "what one has seen is not forgotten"


@pytest.mark.django_db
def test_whoever_answered_does_not_learn_of_the_four_others(cast: Any) -> None:
    """Paula leads the process and works in a unit of five herself: its mean less her own answer would tell of four."""
    framework = make_framework(cast)
    office = people.add_unit(organisation=cast.horby, name="Kansliet", by=None)
    cast.paula.employments.update(unit=office)
    four, others = cast.more_staff(4, unit=office), cast.more_staff(8)
    programmes.enrol_person(programme=cast.programme, person=cast.paula, organisation=cast.horby, by=None)
    rate([cast.paula, *four, *others, *cast.more_staff(9, unit=cast.care)], framework, {"B1": 1}, round=make_round(cast))
    release = actions.draw_map(framework)

    def shown(viewer: Any) -> dict[str, Any]:
        table = queries.units_table(framework, release, cast.horby, queries.sight_of(viewer, cast.programme))
        return {column.label: column.cells[competence(framework, "B1").pk].people for column in table.columns}

    assert shown(cast.lena) == {"Georgshillsskolan": 8, "Hemtjänsten": 9, "Kansliet": 5, "Hörby": 22}, "five, for somebody else"
    assert shown(cast.paula) == {"Georgshillsskolan": 0, "Hemtjänsten": 9, "Kansliet": 0, "Hörby": 22}, "and a neighbour, or the sum would tell"


@pytest.mark.parametrize("seed", range(60))
def test_no_equation_over_all_views_gives_away_fewer_than_five(seed: int) -> None:
    """As above, but exactly: every shown figure of every role, filter and total is an equation over the atoms, and a group of one to
    four people is given away when its sum follows from them, in whatever way one adds and subtracts."""
    chance = random.Random(1000 + seed)
    units: dict[UnitKey, UnitSums] = {}
    sums: dict[tuple[int, int, int], int] = {}
    for organisation in range(chance.randint(2, 5)):
        for unit in range(chance.randint(1, 6)):
            found = {one: chance.choice([0, 0, 1, 2, 3, 4, 5, 7, 12]) for one in range(chance.randint(1, 4))}
            if any(found.values()):
                units[UnitKey(organisation, unit, "self")] = UnitSums(
                    datetime(2018, 3, 31, tzinfo=UTC), {one: {1: [count, count, 3, 0, count, 0, 0, 0]} for one, count in found.items() if count}
                )
                sums.update({(organisation, unit, one): count for one, count in found.items() if count})
    atoms = list(sums)
    equations = [
        [
            float((key.organisation is None or atom[0] == key.organisation) and (not key.is_unit or atom[1] == key.unit)
                  and (key.profile is None or atom[2] == key.profile))
            for atom in atoms
        ]
        for key, column in columns_of(units, by_profile={"self": True}).items() if isinstance(column.cells[1], list)
    ]  # fmt: skip
    assert given_away(atoms, sums, equations) == []


def given_away(atoms: list[Any], sums: dict[Any, int], equations: list[list[float]]) -> list[tuple[Any, ...]]:
    """The groups of one to four people whose sum follows from the equations: those at right angles to all that these leave open."""
    if not equations:
        return []
    _left, weights, right = np.linalg.svd(np.array(equations))
    open_ways = right[int((weights > 1e-9).sum()) :]
    small = [index for index, atom in enumerate(atoms) if sums[atom] < 5]
    groups = [
        group for size in range(1, 5) for group in combinations(small, size) if sum(sums[atoms[index]] for index in group) < 5
    ]  # fmt: skip
    return [tuple(atoms[index] for index in group) for group in groups if np.abs(open_ways[:, group].sum(axis=1)).max(initial=0) < 1e-9]


def test_the_equations_find_a_group_when_a_neighbour_is_shown() -> None:
    """The exact attack is worth something: one hidden unit beside its shown neighbour and the sum of both."""
    sums = {"three": 3, "nine": 9}
    assert given_away(["three", "nine"], sums, [[1.0, 1.0], [0.0, 1.0]]) == [("three",)]
    assert given_away(["three", "nine"], sums, [[1.0, 1.0]]) == []


def test_extreme_means_do_not_tell_what_everybody_said() -> None:
    from handrail.competences.rules import shown_mean

    assert shown_mean(0, 8) == (0.5, "low") and shown_mean(3, 8) == (0.5, "low")
    assert shown_mean(32, 8) == (3.5, "high") and shown_mean(16, 8) == (2.0, "")
