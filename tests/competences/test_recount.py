"""The map is a full recount: after hundreds of random steps what is drawn equals what these few lines add up from the raw rows.

Nothing of the product's sums is used here. The rows are read as they stand; when a group may move is worked out anew: a group
of an open round keeps the latest five people back and moves by five or more, a closed one moves whole the first time and then by
five or more, and whoever was erased stays one of the counted until five of the group are gone.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from handrail.competences import actions
from handrail.competences.models import MapColumn, MapLeaf, MapRelease, ProfileAssignment, ProfileTarget, Rating
from handrail.instruments import actions as instruments
from handrail.kit import clock
from handrail.people import actions as people
from handrail.people.models import Employment, Person
from handrail.programmes import actions as programmes
from handrail.programmes.models import Participation
from tests.competences.made import make_framework, make_round, profile

FIVE = 5
Group = tuple[int, Any, str]  # organisation, unit, kind
Counted = dict[tuple[int, int], tuple[int, int]]  # (person, competence) -> level, profile


@dataclass
class Shown:
    """What a group was drawn from the last time that it moved."""

    until: datetime
    counted: Counted
    targets: dict[tuple[int, int], int]
    gone: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


@dataclass
class Recount:
    """The map by hand."""

    framework: Any
    groups: dict[Any, dict[Group, Shown]] = field(default_factory=lambda: defaultdict(dict))  # by measurement
    settled: dict[Any, set[str]] = field(default_factory=lambda: defaultdict(set))

    def places(self) -> dict[int, tuple[int, Any, int]]:
        """Where each participant counts today: organisation, unit, role profile."""
        jobs = {(one.person_id, one.organisation_id): one for one in Employment.objects.filter(ended_on=None)}
        given = {one.person_id: one.profile_id for one in ProfileAssignment.objects.filter(is_current=True)}
        otherwise = profile(self.framework, "STAFF").pk
        found = {}
        for part in Participation.objects.all():
            job = jobs.get((part.person_id, part.organisation_id))
            found[part.person_id] = (part.organisation_id, job.unit_id if job else None, given.get(part.person_id, otherwise))
        return found

    def draw(self, name: Any, rounds: list[Any], closed: dict[str, bool]) -> None:
        """Move what may move of one measurement."""
        targets = {(one.profile_id, one.competence_id): one.level for one in ProfileTarget.objects.all()}
        rows = Rating.objects.filter(round__in=rounds) if rounds else Rating.objects.filter(round=None)
        places, said = self.places(), defaultdict(list)
        for row in rows.order_by("rated_at", "pk"):
            place = places.get(row.person_id)
            if place is not None and (place[2], row.competence_id) in targets and row.kind in ("self", "manager"):
                said[place[0], place[1], row.kind].append((row.rated_at, row.person_id, row.competence_id, row.level))
        shown = self.groups[name]
        for group in set(shown) | set(said):
            until = self._until(shown.get(group), said.get(group, []), closed[group[2]], is_new_late=group[2] in self.settled[name])
            if until is None:
                continue
            latest = {(who, what): (level, places[who][2]) for at, who, what, level in said.get(group, []) if at <= until}
            shown.pop(group, None)
            if latest:
                shown[group] = Shown(until, latest, {})
        for one in shown.values():
            for (_who, what), (_level, kind) in one.counted.items():
                if (kind, what) in targets:
                    one.targets[kind, what] = targets[kind, what]
        self.settled[name] = {kind for kind, is_closed in closed.items() if is_closed}

    @staticmethod
    def _until(before: Shown | None, said: list[Any], is_closed: bool, *, is_new_late: bool) -> datetime | None:
        """Up to when a group is to be counted anew; None: it stays as it is."""

        def between(after: datetime | None, last: datetime | None) -> int:
            return len({who for at, who, *_rest in said if (after is None or at > after) and (last is None or at <= last)})

        since = before.until if before else None
        moments = sorted({at for at, *_rest in said if since is None or at > since})
        if is_closed and moments and (between(since, None) >= FIVE or (before is None and not is_new_late)):
            return moments[-1]
        if not is_closed:
            for at in reversed(moments):
                if between(at, None) >= FIVE and between(since, at) >= FIVE and not (before is None and is_new_late and between(None, None) < FIVE):
                    return at
        if before and any(before.gone.values()) and all(len(some) >= FIVE for some in before.gone.values() if some):
            return before.until
        return None

    def erase(self, person: int) -> None:
        """The person is one of the counted still; only what nothing shown holds, since all around are fewer than five, goes at once."""
        for shown in self.groups.values():
            for group, one in shown.items():
                for (who, what), (_level, kind) in list(one.counted.items()):
                    if who != person:
                        continue
                    if self._is_hidden_for_all(shown, group, kind, what):
                        del one.counted[who, what]
                    else:
                        one.gone[kind].add(person)

    @staticmethod
    def _is_hidden_for_all(shown: dict[Group, Shown], group: Group, kind: int, what: int) -> bool:
        """Whether neither the municipality nor all municipalities under five together hold five people in a competence."""
        by_town: dict[int, int] = defaultdict(int)
        for (town, _unit, rated), one in shown.items():
            by_town[town] += sum(1 for _who, competence in one.counted if rated == group[2] and competence == what)
        return by_town[group[0]] < FIVE and sum(count for count in by_town.values() if count < FIVE) < FIVE

    def leaves(self, name: Any) -> dict[tuple[Any, ...], list[int]]:
        """Sums by group, profile and competence: people, levels, target, and how many stand at each level."""
        found: dict[tuple[Any, ...], list[int]] = {}
        for group, one in self.groups[name].items():
            for (_who, what), (level, kind) in one.counted.items():
                sums = found.setdefault((*group, kind, what), [0, 0, one.targets[kind, what], 0, 0, 0, 0, 0])
                sums[0], sums[1], sums[3 + level] = sums[0] + 1, sums[1] + level, sums[3 + level] + 1
        return found


def check(recount: Recount, name: Any, closed: dict[str, bool]) -> tuple[int, int]:
    """Compare one measurement's leaves and columns; answers how many shown and hidden cells were compared."""
    release = MapRelease.objects.get(framework=recount.framework, round_id=name)
    expected = recount.leaves(name)
    stored: dict[tuple[Any, ...], list[int]] = {}
    for leaf in MapLeaf.objects.filter(release=release):
        for what, sums in leaf.sums.items():
            stored[leaf.organisation_id, leaf.unit_id, leaf.kind, leaf.profile_id, int(what)] = sums
    assert stored == expected
    shown = hidden = 0
    for column in MapColumn.objects.filter(release=release):
        assert column.profile_id is None or closed[column.kind], "profiles are not told apart while a round is open"
        for what, cell in column.cells.items():
            parts = [
                sums for (organisation, unit, kind, role, competence), sums in expected.items()
                if kind == column.kind and competence == int(what) and column.organisation_id in (None, organisation)
                and (not column.is_unit or unit == column.unit_id) and column.profile_id in (None, role)
            ]  # fmt: skip
            added = [sum(one[0] for one in parts), sum(one[1] for one in parts), sum(one[0] * one[2] for one in parts)]
            if isinstance(cell, list):
                assert cell == added, (column.kind, column.organisation_id, column.unit_id, column.profile_id, what)
                assert cell[0] >= FIVE
                shown += 1
            else:
                assert parts, "a hidden cell hides somebody"
                hidden += 1
    return shown, hidden


class Town:
    """Random life: people answer, correct themselves, move, are erased; targets change; a round closes."""

    def __init__(self, cast: Any, seed: int) -> None:
        self.cast, self.chance = cast, random.Random(seed)
        self.framework = make_framework(cast)
        self.competences = list(self.framework.competences.all())
        garden = people.add_unit(organisation=cast.horby, name="Parken", by=None)
        museum = people.add_unit(organisation=cast.kristianstad, name="Museet", by=None)
        self.units = [(cast.horby, cast.school), (cast.horby, cast.care), (cast.horby, garden), (cast.kristianstad, cast.library), (cast.kristianstad, museum)]
        self.staff: list[Person] = []
        for (organisation, unit), count in zip(self.units, (17, 12, 3, 13, 6), strict=True):
            self.staff += cast.more_staff(count, organisation=organisation, unit=unit)
        open_until = date(2018, 5, 30)
        self.own = make_round(cast, closes_on=open_until)
        self.managers = make_round(cast, title="Chefer", respondent="manager", closes_on=open_until)
        self.recount, self.at = Recount(self.framework), datetime(2018, 4, 18, 9, tzinfo=UTC)
        self.done: dict[str, int] = defaultdict(int)
        self.gone = 0

    def begin(self) -> None:
        """One in six is a teacher; everybody is rated outside rounds, half of them in the round that is open."""
        teachers = profile(self.framework, "TEACH")
        with clock.at(self.at):
            for number, person in enumerate(self.staff):
                if number % 6 == 5:
                    actions.assign_profile(person=person, profile=teachers, by=None)
                for round in [None, self.own] if number % 2 else [None]:
                    actions.rate_person(
                        person=person, competence=self.competences[number % 2], kind="self", level=self.chance.randint(0, 4), by=None, round=round
                    )

    def closed(self, name: Any) -> dict[str, bool]:
        """Which kinds nothing more comes in for."""
        return {"self": name is None or self.own.closed_at is not None, "manager": name is None or self.managers.closed_at is not None}

    def step(self) -> None:
        """One thing happens."""
        self.at += timedelta(minutes=self.chance.choice([0, 1, 1, 3]))
        acts = {self.answer: 60, self.move: 6, self.retarget: 3, self.reprofile: 3, self.erase: 9}
        act = self.chance.choices(list(acts), list(acts.values()))[0]
        with clock.at(self.at):
            act()
        self.done[act.__name__] += 1

    def answer(self) -> None:
        """Own or the manager's levels, for the first time or again."""
        person = self.chance.choice(self.staff)
        kind, round = self.chance.choice([("self", self.own), ("self", self.own), ("manager", self.managers), ("self", None)])
        for competence in self.chance.sample(self.competences, self.chance.choice([1, 2])):
            actions.rate_person(person=person, competence=competence, kind=kind, level=self.chance.randint(0, 4), by=None, round=round)

    def move(self) -> None:
        """To another unit, perhaps of the other municipality."""
        person = self.chance.choice(self.staff)
        organisation, unit = self.chance.choice(self.units)
        job = Employment.objects.get(person=person, ended_on=None)
        if job.organisation_id == organisation.pk:
            Employment.objects.filter(pk=job.pk).update(unit=unit)  # as a staff list does
            return
        people.end_employment(employment=job, by=None)
        people.employ_person(person=person, organisation=organisation, unit=unit, job_title=self.chance.choice(["Lärare", "Handledare"]), by=None)
        part = Participation.objects.get(person=person)
        programmes.leave_programme(participation=part, by=None)
        programmes.enrol_person(programme=self.cast.programme, person=person, organisation=organisation, by=None)

    def retarget(self) -> None:
        """A role asks another level."""
        kind = profile(self.framework, self.chance.choice(["STAFF", "TEACH"]))
        actions.set_target(profile=kind, competence=self.chance.choice(self.competences), level=self.chance.randint(1, 4), by=None)

    def reprofile(self) -> None:
        """Somebody has another role."""
        actions.assign_profile(person=self.chance.choice(self.staff), profile=profile(self.framework, self.chance.choice(["STAFF", "TEACH"])), by=None)

    def erase(self) -> None:
        """Somebody is erased."""
        person = self.staff.pop(self.chance.randrange(len(self.staff)))
        people.erase_person(person=person, reason="wish", by=self.cast.amal)
        self.recount.erase(person.pk)

    def look(self) -> tuple[int, int]:
        """Draw, count anew by hand, compare."""
        compared = [0, 0]
        self.gone = max(self.gone, *MapLeaf.objects.values_list("gone", flat=True), 0)
        with clock.at(self.at):
            actions.draw_map(self.framework)
            for name, rounds in ((self.own.pk, [self.own.pk, self.managers.pk]), (None, [])):
                if Rating.objects.filter(round=name, kind__in=["self", "manager"]).exists():
                    self.recount.draw(name, rounds, self.closed(name))
                    for index, count in enumerate(check(self.recount, name, self.closed(name))):
                        compared[index] += count
        return compared[0], compared[1]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(2))
def test_the_drawn_map_equals_a_full_recount_after_random_steps(cast: Any, seed: int) -> None:
    town = Town(cast, seed)
    town.begin()
    shown = hidden = 0
    for number in range(130):
        town.step()
        if number == 85:
            with clock.at(town.at):
                town.own = instruments.close_round(round=town.own, by=None)
                town.managers = instruments.close_round(round=town.managers, by=None)
        if number % 10 == 9:
            some = town.look()
            shown, hidden = shown + some[0], hidden + some[1]
    assert min(town.done[act] for act in ("answer", "move", "retarget", "reprofile", "erase")) >= 1, dict(town.done)
    assert town.gone, "somebody who was erased was still counted at some look"
    assert shown > 50 and hidden > 50, "both shown and hidden cells were compared"
    counted = {one for leaf in MapLeaf.objects.all() for one in leaf.people}
    assert not Person.objects.filter(pk__in=counted).exclude(erased_at=None).exists(), "whoever is erased is named in no sum"
