"""Readings of the star: where the person and the caseworker see the way towards work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.transaction import atomic

from handrail.cases import events, rules
from handrail.cases.models import Case, StarReading, StarTalk
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person


@atomic
def note_star(*, case: Case, citizen: Mapping[str, int | None], caseworker: Mapping[str, int | None], held_on: date | None = None, by: Person) -> StarTalk:
    """Note where both sides see the person, from 1 to 10 on each point; what was not talked about is left out.

    A second time on the same day takes the place of the first. Raises RuleBroken when nothing was said, for other numbers, and for a
    day before the person began or in the future.
    """
    day = held_on or clock.today()
    if not case.opened_on <= day <= clock.today():
        raise RuleBroken(_("The talk was held between the person's first day and today."), field="held_on")
    said = {side: rules.check_reading(values, side=side) for side, values in zip(rules.SIDES, (citizen, caseworker), strict=True)}
    if not any(said.values()):
        raise RuleBroken(_("Choose at least one step."))
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    StarTalk.objects.filter(case=case, held_on=day, by_link=False).delete()
    talk = StarTalk.objects.create(case=case, held_on=day, noted_by=by, noted_at=clock.now())
    StarReading.objects.bulk_create(
        StarReading(talk=talk, side=side, dimension=code, value=value) for side, values in said.items() for code, value in values.items()
    )
    announce(events.StarNoted(case.uid, talk.uid), by=by)
    return talk


@atomic
def note_own_star(*, case: Case, values: Mapping[str, int | None]) -> StarTalk:
    """Note where the person sees themselves, from their own page: the person's side alone, marked as said by link. What the caseworker
    noted, also on the same day, stands beside it.

    A second time on the same day takes the place of the first. Raises RuleBroken when nothing was said, and for other numbers.
    """
    said = rules.check_reading(values, side=StarReading.Side.CITIZEN)
    if not said:
        raise RuleBroken(_("Choose at least one step."))
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    StarTalk.objects.filter(case=case, held_on=clock.today(), by_link=True).delete()
    talk = StarTalk.objects.create(case=case, held_on=clock.today(), noted_by=case.person, noted_at=clock.now(), by_link=True)
    StarReading.objects.bulk_create(StarReading(talk=talk, side=StarReading.Side.CITIZEN, dimension=code, value=value) for code, value in said.items())
    announce(events.StarNoted(case.uid, talk.uid), by=case.person)
    return talk
