"""What the competence app forgets of somebody who is erased: levels, role profile, sharing; what is drawn of many stays."""

from __future__ import annotations

from random import SystemRandom

from django.db import transaction
from django.db.models import Q

from handrail.competences import rules
from handrail.competences.models import Framework, LevelSharing, MapLeaf, MapRelease, ProfileAssignment, Rating, SharingRequest
from handrail.competences.queries import drawn_units, measurements_of, places_in
from handrail.competences.rules import Measurement, UnitKey
from handrail.people.models import Person


@transaction.atomic
def forget_levels(*, person: Person) -> None:
    """Every rating of a person goes, and the map is not drawn anew for it: two looks around an erasure show the same.

    In the drawn sums the person is one of at least five until five of the unit are gone (decision 12).
    """
    own = Rating.objects.filter(person=person)
    for framework in Framework.objects.filter(pk__in=own.values("competence__framework_id")):
        for measurement in measurements_of(framework):
            _forget_counted(framework, measurement, person)
    own.delete()
    ProfileAssignment.objects.filter(person=person).delete()
    LevelSharing.objects.filter(Q(person=person) | Q(manager=person)).delete()
    SharingRequest.objects.filter(Q(person=person) | Q(manager=person)).delete()


def _forget_counted(framework: Framework, measurement: Measurement, person: Person) -> None:
    """In the sums of one measurement that were drawn with this person."""
    release = MapRelease.objects.select_for_update().filter(framework=framework, round_id=measurement.round).order_by("-pk").first()
    place = places_in(framework, measurement, [person.pk]).get(person.pk)
    if release is None or place is None:
        return
    units = drawn_units(release)
    where = {"round_id__in": measurement.rounds} if measurement.round is not None else {"round": None}
    for kind in (Rating.Kind.SELF, Rating.Kind.MANAGER):
        key = UnitKey(place.organisation, place.unit, str(kind))
        if key not in units:
            continue
        rows = Rating.objects.filter(person=person, kind=kind, rated_at__lte=units[key].until, **where).order_by("rated_at", "pk")
        levels = dict(rows.values_list("competence_id", "level"))
        if levels:
            rules.forget_counted(units, (key, place.profile), levels, chance=SystemRandom())
    for leaf in MapLeaf.objects.filter(release=release):
        unit = units[UnitKey(leaf.organisation_id, leaf.unit_id, leaf.kind)]
        sums = {str(competence): one for competence, one in unit.by_profile[leaf.profile_id].items()}
        gone, is_dealt = unit.gone.get(leaf.profile_id, 0), leaf.profile_id in unit.dealt
        if (sums, gone, is_dealt) != (leaf.sums, leaf.gone, leaf.is_dealt):
            leaf.sums, leaf.gone, leaf.is_dealt = sums, gone, is_dealt
            leaf.save(update_fields=["sums", "gone", "is_dealt"])
