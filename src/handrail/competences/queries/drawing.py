"""What the map is drawn from: rounds, where people count, and the ratings themselves in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast

from handrail.competences.models import Framework, MapLeaf, MapRelease, Rating
from handrail.competences.queries.frameworks import profile_of, targets_of
from handrail.competences.rules import Measurement, Place, RoundFacts, UnitKey, UnitSums, measurements
from handrail.competences.rules.sums import Rated
from handrail.instruments.models import Invitation, Round
from handrail.instruments.queries import state_of
from handrail.people.queries import current_employments
from handrail.programmes.models import Participation

MAPPED = (Rating.Kind.SELF, Rating.Kind.MANAGER)
MOST_IDS = 500  # so many ids at most are sent to the database


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


def ratings_in(framework: Framework, measurement: Measurement) -> Iterator[Rated]:
    """Every own and manager's rating of a measurement, in order of time."""
    where = {"round_id__in": measurement.rounds} if measurement.round is not None else {"round": None}
    wanted = set(framework.competences.filter(retired_at=None).values_list("pk", flat=True))
    # As text: turning 600 000 instants into objects one by one costs more than everything else; few of them differ.
    rows = Rating.objects.filter(kind__in=MAPPED, **where).annotate(at=Cast("rated_at", TextField())).order_by("rated_at", "pk")
    instants = _Instants()
    for person, competence, kind, level, at in rows.values_list("person_id", "competence_id", "kind", "level", "at").iterator(20_000):
        if competence in wanted:
            yield person, competence, kind, level, instants[at]


class _Instants(dict[str, datetime]):
    """Instants by the database's text for them, each read once."""

    def __missing__(self, text: str) -> datetime:
        at = datetime.fromisoformat(text)
        self[text] = at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        return at


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
    profiles = profile_of(where, framework)
    return {
        person: Place(organisation, unit, profiles[person].pk)
        for person, (organisation, unit) in where.items()
        if person in profiles and (wanted is None or person in wanted)
    }


def target_levels(framework: Framework) -> dict[tuple[int, int], int]:
    """The level that each role profile asks, by (profile, competence)."""
    return {key: row.level for key, row in targets_of(framework).items()}


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
