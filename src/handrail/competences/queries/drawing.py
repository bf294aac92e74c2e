"""What the map is drawn from: rounds, where people count, and the ratings themselves in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Aggregate, Exists, F, OuterRef, QuerySet, TextField

from handrail.competences.models import Framework, MapLeaf, MapRelease, ProfileTarget, Rating
from handrail.competences.queries.frameworks import profile_ids_of
from handrail.competences.rules import Measurement, Place, RoundFacts, UnitKey, UnitSums, measurements
from handrail.competences.rules.sums import Sheet
from handrail.instruments.models import Invitation, Round
from handrail.instruments.queries import state_of
from handrail.people.queries import current_employments
from handrail.programmes.models import Participation

MAPPED = (Rating.Kind.SELF, Rating.Kind.MANAGER)
MOST_COMPETENCES = 100_000_000  # their ids are less
WIDE = len(f"{MOST_COMPETENCES * 10},")  # of one rating in a row, see `Said`
MOST_IDS = 500  # so many ids at most are sent to the database
PEOPLE_AT_ONCE = 5000  # so many that PostgreSQL groups them in the memory that it is given


def measurements_of(framework: Framework) -> list[Measurement]:
    """The measurements in which somebody was rated, and ratings made outside rounds as one more."""
    rated = Rating.objects.filter(competence__framework=framework, kind__in=MAPPED)
    rounds = Round.objects.filter(Exists(rated.filter(round=OuterRef("pk"))), programme_id=framework.programme_id)
    facts = [
        RoundFacts(one.pk, one.respondent == Round.Respondent.SELF, one.phase, one.opens_on, state_of(one) == "closed") for one in rounds
    ]
    found = measurements(facts)
    if rated.filter(round=None).exists():
        found.append(Measurement(None))
    return found


def sheets_in(measurement: Measurement, people: Iterable[int]) -> Iterator[Sheet]:
    """What these people said of themselves and what their managers said in a measurement, answers of one instant together.

    The database puts them together: to fetch a row for each of 600,000 ratings costs more than all the rest.
    """
    where: dict[str, Any] = {"round_id__in": measurement.rounds} if measurement.round is not None else {"round": None}
    ids = sorted(people)
    with_room_to_group()
    known: dict[tuple[str, ...], tuple[int, ...]] = {}  # most people are asked the same in the same order: read once
    for start in range(0, len(ids), PEOPLE_AT_ONCE):
        some = ids[start : start + PEOPLE_AT_ONCE]
        rows = Rating.objects.filter(kind__in=MAPPED, person_id__gte=some[0], person_id__lte=some[-1], **where)
        doubled: set[tuple[int, str, datetime]] = set()
        for person, kind, at, text in rows.values_list("person_id", "kind", "rated_at").annotate(said=Said()).order_by():
            said = text.strip("{}")
            asked = tuple([said[place::WIDE] for place in range(1, WIDE - 2)])  # the competences' first digits, their second ones, …
            competences = known.get(asked)
            if competences is None:
                if any(len(one) != WIDE - 1 or one[0] != "1" for one in said.split(",")):
                    raise RuntimeError(f"A competence's id is {MOST_COMPETENCES} or more: widen MOST_COMPETENCES.")
                competences = known[asked] = tuple([int(one) // 10 % MOST_COMPETENCES for one in said.split(",")])
            if len(said) != len(competences) * WIDE - 1 or len(set(competences)) < len(competences):
                doubled.add((person, kind, at))  # twice about the same competence in the same instant: the later row counts
            else:
                yield person, kind, at, competences, said[WIDE - 2 :: WIDE]
        yield from _in_order(rows, doubled)


def _in_order(rows: QuerySet[Rating], doubled: set[tuple[int, str, datetime]]) -> Iterator[Sheet]:
    """These sheets, the last row about a competence alone."""
    found: dict[tuple[int, str, datetime], dict[int, str]] = {}
    persons = {person for person, _kind, _at in doubled}
    for person, kind, at, competence, level in (
        rows.filter(person_id__in=persons).order_by("pk").values_list("person_id", "kind", "rated_at", "competence_id", "level") if doubled else ()
    ):
        if (person, kind, at) in doubled:
            found.setdefault((person, kind, at), {})[competence] = str(level)
    for (person, kind, at), levels in found.items():
        yield person, kind, at, tuple(levels), "".join(levels.values())


class Said(Aggregate):
    """A group's ratings as one text of numbers with commas, all equally long: a 1, the competence's id, the level as the last digit.

    So every n-th character of it is a level. PostgreSQL gathers numbers faster than it joins texts, and one faster than two.
    """

    function = "ARRAY_AGG"
    template = "%(function)s(%(expressions)s)::text"
    output_field = TextField()

    def __init__(self, **extra: Any) -> None:
        super().__init__(F("competence_id") * 10 + F("level") + MOST_COMPETENCES * 10, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite has no arrays, and makes a text of a number by itself."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", template="%(function)s(%(expressions)s)", **extra)


def with_room_to_group() -> None:
    """Let PostgreSQL group what so many people said in memory, until the transaction ends: it expects far more groups than there are and would go by way of the disk."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '16MB'")


def places_in(framework: Framework, measurement: Measurement, only: Iterable[int] | None = None) -> dict[int, Place]:
    """Where each person counts: the unit stated in the round's invitation, else where the person works, and the role profile."""
    wanted = None if only is None else set(only)
    taking_part = Participation.objects.filter(programme_id=framework.programme_id)
    invited = Invitation.objects.filter(round_id__in=measurement.rounds)
    if wanted is not None and len(wanted) < MOST_IDS:
        taking_part, invited = taking_part.filter(person_id__in=wanted), invited.filter(about_id__in=wanted)
    organisation_of = dict(taking_part.values_list("person_id", "organisation_id"))
    where: dict[int, tuple[int, int | None]] = {person: (organisation, None) for person, organisation in organisation_of.items()}
    employed = current_employments().filter(organisation_id__in=set(organisation_of.values()))
    if wanted is not None and len(wanted) < MOST_IDS:
        employed = employed.filter(person_id__in=wanted)
    for person, organisation, unit in employed.values_list("person_id", "organisation_id", "unit_id"):
        if organisation_of.get(person) == organisation:
            where[person] = (organisation, unit)
    for person, organisation, unit in invited.order_by("-pk").values_list("about_id", "organisation_id", "unit_id"):
        if person in where:
            where[person] = (organisation, unit)
    profiles = profile_ids_of(where, framework)
    return {
        person: Place(organisation, unit, profiles[person])
        for person, (organisation, unit) in where.items()
        if person in profiles and (wanted is None or person in wanted)
    }


def target_levels(framework: Framework, profiles: Collection[int] | None = None) -> dict[tuple[int, int], int]:
    """The level that each role profile (or each of some) asks, by (profile, competence)."""
    rows = ProfileTarget.objects.filter(profile__framework=framework, competence__retired_at=None)
    if profiles is not None:
        rows = rows.filter(profile_id__in=profiles)
    return {(profile, competence): level for profile, competence, level in rows.values_list("profile_id", "competence_id", "level")}


def drawn_units(release: MapRelease | None) -> dict[UnitKey, UnitSums]:
    """What a release was drawn from: nothing when there is none."""
    found: dict[UnitKey, UnitSums] = {}
    for leaf in MapLeaf.objects.filter(release=release) if release else ():
        key = UnitKey(leaf.organisation_id, leaf.unit_id, leaf.kind)
        unit = found.setdefault(key, UnitSums(leaf.drawn_until, {}))
        unit.by_profile[leaf.profile_id] = {int(competence): sums for competence, sums in leaf.sums.items()}
        unit.people[leaf.profile_id] = set(leaf.people)
        if leaf.gone:
            unit.gone[leaf.profile_id] = leaf.gone
    return found
