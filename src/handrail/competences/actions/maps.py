"""Drawing the map: sums from the ratings in one pass, then every column as it may be shown."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from handrail.competences import rules
from handrail.competences.events import MapDrawn
from handrail.competences.models import Framework, MapColumn, MapLeaf, MapRelease, Rating
from handrail.competences.queries import drawn_units, measurements_of, places_in, sheets_in, target_levels
from handrail.competences.rules import Column, ColumnKey, Measurement, UnitKey, UnitSums
from handrail.instruments.models import Round
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person


@transaction.atomic
def draw_map(framework: Framework, by: Person | None = None) -> MapRelease:
    """Draw the map of every measurement of a framework anew, as far as two looks may differ; answers the newest release.

    Raises RuleBroken when nobody has been rated yet.
    """
    found = measurements_of(framework)
    if not found:
        raise RuleBroken(_("Nobody has been rated yet. The map is drawn from the first answers."))
    releases = [_draw(framework, measurement, by) for measurement in found]
    return releases[-1]


@transaction.atomic
def draw_measurement(framework: Framework, round_id: int | None, by: Person | None = None) -> MapRelease | None:
    """Draw the map of the one measurement that a round belongs to; None when nobody has been rated in it."""
    for measurement in measurements_of(framework):
        if round_id == measurement.round or (round_id is not None and round_id in measurement.rounds):
            return _draw(framework, measurement, by)
    return None


@transaction.atomic
def mark_stale(framework: Framework, round: Round | None, *, everything: bool = False) -> bool:
    """Note that something was rated or aimed at since the map was drawn; True when nobody had noted it yet."""
    rows = MapRelease.objects.filter(framework=framework)
    if not everything:
        rows = rows.filter(round=round)
        if not rows.exists():
            MapRelease.objects.create(framework=framework, round=round, answers=0, drawn_at=clock.now(), is_stale=True)
            return True
    return bool(rows.filter(is_stale=False).update(is_stale=True))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without looking for garbage meanwhile: among half a million small lists that are all needed it is a third of the work."""
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


@_undisturbed()
def _draw(framework: Framework, measurement: Measurement, by: Person | None) -> MapRelease:
    round = Round.objects.filter(pk=measurement.round).first() if measurement.round is not None else None
    # Held from here on, so that nobody is erased between what is read and what is written.
    earlier = MapRelease.objects.select_for_update(no_key=True).filter(framework=framework, round=round).order_by("-pk").first()
    targets = target_levels(framework)
    closed = {str(kind): measurement.is_closed(kind) for kind in (Rating.Kind.SELF, Rating.Kind.MANAGER)}
    places = places_in(framework, measurement)
    units = rules.aim_anew(
        rules.draw_units(
            sheets_in(measurement, places), places, targets, before=drawn_units(earlier), closed=closed,
            settled=earlier.closed_kinds if earlier else (),
        ),
        targets,
    )
    columns = rules.columns_of(units, by_profile=closed)
    answers = max((column.people for key, column in columns.items() if key.organisation is None and key.profile is None), default=0)
    answers = answers or sum(
        column.people for key, column in columns.items() if key.profile is None and not key.is_unit and key.kind == Rating.Kind.SELF
    )
    MapRelease.objects.filter(framework=framework, round=round).delete()
    release = MapRelease.objects.create(
        framework=framework, round=round, answers=answers, drawn_at=clock.now(),
        closed_kinds=[kind for kind, is_closed in closed.items() if is_closed],
    )  # fmt: skip
    _keep(release, units, columns)
    announce(MapDrawn(release.uid, framework.uid, round.uid if round else None, answers), by=by)
    return release


def _keep(release: MapRelease, units: Mapping[UnitKey, UnitSums], columns: Mapping[ColumnKey, Column]) -> None:
    _pour(
        MapLeaf,
        [
            MapLeaf(
                release_id=release.pk, organisation_id=key.organisation, unit_id=key.unit, profile_id=profile, kind=key.kind,
                drawn_until=unit.until, sums=sums, people=sorted(unit.people.get(profile, ())), gone=unit.gone.get(profile, 0),
            )
            for key, unit in units.items()
            for profile, sums in unit.by_profile.items()
        ],
    )  # fmt: skip
    _pour(
        MapColumn,
        [
            MapColumn(
                release_id=release.pk, kind=key.kind, profile_id=key.profile, organisation_id=key.organisation, unit_id=key.unit,
                is_unit=key.is_unit, people=column.people, cells=column.cells,
            )
            for key, column in columns.items()
        ],
    )  # fmt: skip


def _pour(model: type[MapLeaf] | type[MapColumn], rows: Sequence[MapLeaf] | Sequence[MapColumn]) -> None:
    """Write many rows. PostgreSQL takes them as one stream: as an insert, most of the time would go into quoting their JSON twice."""
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows, batch_size=200)  # type: ignore[arg-type]
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])
