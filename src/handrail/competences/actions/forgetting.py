"""What the competence app forgets of somebody who is erased: levels, role profile, sharing; what is drawn of many stays."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from handrail.competences import rules
from handrail.competences.models import Framework, LevelSharing, MapLeaf, MapRelease, ProfileAssignment, Rating, SharingRequest
from handrail.competences.queries import drawn_units, measurements_of
from handrail.competences.rules import Measurement, UnitKey
from handrail.kit import clock
from handrail.people.models import Person


@transaction.atomic
def forget_levels(*, person: Person) -> None:
    """Every rating of a person goes, and the map is not drawn anew for it: two looks around an erasure show the same.

    In the drawn sums the person stays one of those counted until five of the unit are gone (decision 12).
    """
    own = Rating.objects.filter(person=person)
    for framework in Framework.objects.filter(pk__in=own.values("competence__framework_id")):
        for measurement in measurements_of(framework):
            _forget_counted(framework, measurement, person)
    own.delete()
    ProfileAssignment.objects.filter(person=person).delete()
    # That somebody has seen the person's levels stays: what is shown to them of the others must go on allowing for it.
    LevelSharing.objects.filter(person=person, ended_at=None).update(ended_at=clock.now())
    LevelSharing.objects.filter(manager=person).delete()
    SharingRequest.objects.filter(Q(person=person) | Q(manager=person)).delete()


def _forget_counted(framework: Framework, measurement: Measurement, person: Person) -> None:
    """In the sums of one measurement that were drawn with this person."""
    named = Q(round=None) if measurement.round is None else Q(round_id=measurement.round)
    release = MapRelease.objects.select_for_update(no_key=True).filter(named, framework=framework).order_by("-pk").first()
    if release is None:
        return
    units = drawn_units(release)
    where = {"round_id__in": measurement.rounds} if measurement.round is not None else {"round": None}
    for key, unit in units.items():
        for profile in [one for one, people in unit.people.items() if person.pk in people]:
            rows = Rating.objects.filter(person=person, kind=key.kind, rated_at__lte=unit.until, **where).order_by("rated_at", "pk")
            rules.forget_counted(units, key, profile, dict(rows.values_list("competence_id", "level")))
            unit.people[profile].discard(person.pk)
    for leaf in MapLeaf.objects.filter(release=release):
        unit = units[UnitKey(leaf.organisation_id, leaf.unit_id, leaf.kind)]
        sums = {str(competence): one for competence, one in unit.by_profile[leaf.profile_id].items()}
        people, gone = sorted(unit.people.get(leaf.profile_id, ())), unit.gone.get(leaf.profile_id, 0)
        if (sums, people, gone) != (leaf.sums, leaf.people, leaf.gone):
            leaf.sums, leaf.people, leaf.gone = sums, people, gone
            leaf.save(update_fields=["sums", "people", "gone"])
