"""Measure the heat map at size: fill a throw-away database, draw the map, read its pages; print one JSON line.

    ./run bench heat-map --people 10000 --competences 60
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))


def main() -> None:
    """Seed, draw twice, look thirty times at each page."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--people", type=int, default=10_000)
    ask.add_argument("--competences", type=int, default=60)
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--units", type=int, default=0, help="units of a municipality (otherwise one for every forty people)")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="handrail-bench-") as var:
        os.environ["HANDRAIL_VAR"] = var
        os.environ["DJANGO_SETTINGS_MODULE"] = "handrail.config.settings"
        import django

        django.setup()
        print(json.dumps(measure(asked.people, asked.competences, asked.seed, asked.units)))


def measure(people: int, competences: int, seed: int, units: int = 0) -> dict[str, Any]:
    """The seconds of drawing and the milliseconds of each page."""
    from django.core.management import call_command
    from django.test import Client

    from handrail.competences import actions, queries
    from handrail.competences.models import MapColumn, Rating
    from handrail.people.actions import open_account

    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
    framework, owner, organisations, seeding = fill(people, competences, seed, units)
    started, cpu = time.perf_counter(), time.process_time()
    release = actions.draw_map(framework)
    drawing, drawing_cpu = time.perf_counter() - started, time.process_time() - cpu
    print(f"seeded in {seeding:.0f} s, drawn in {drawing:.2f} s", file=sys.stderr)
    sums, sums_cpu = bare_sums()
    started = time.perf_counter()
    release = actions.draw_map(framework)
    again = time.perf_counter() - started
    sight = queries.sight_of(owner, framework.programme)
    client = Client(SERVER_NAME="localhost")
    client.force_login(open_account(person=owner, password="correct horse battery", by=None))
    address = f"/programmes/{framework.programme.uid}/map/"
    pages = {
        "municipalities": lambda: queries.municipalities_table(framework, release, sight),
        "units": lambda: queries.units_table(framework, release, organisations[0], sight),
        "profile": lambda: queries.units_table(framework, release, organisations[0], sight, profile=queries.profiles_in(release).first()),
        "page": lambda: client.get(address),
        "page_units": lambda: client.get(f"{address}?in={organisations[0].uid}"),
    }
    assert client.get(address).status_code == 200
    return {
        "bench": "heat-map", "people": people, "competences": competences, "ratings": Rating.objects.count(), "seed": seed,
        "seed_s": round(seeding, 1), "draw_s": round(drawing, 2), "draw_cpu_s": round(drawing_cpu, 2), "redraw_s": round(again, 2),
        "sums_s": round(sums, 2), "sums_cpu_s": round(sums_cpu, 2), "draw_ratio": round(drawing_cpu / sums_cpu, 1),
        "columns": MapColumn.objects.count(), **{key: found for name, look in pages.items() for key, found in milliseconds(name, look).items()},
        "max_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def bare_sums() -> tuple[float, float]:
    """The seconds, by the clock and of the processor, of nothing but the sums in SQL, from the rows as they lie: what drawing is measured against."""
    from django.db import connection

    started, cpu = time.perf_counter(), time.process_time()
    with connection.cursor() as cursor:
        cursor.execute(
            "select e.unit_id, r.competence_id, count(*), sum(r.level) from competences_rating r join people_employment e on e.person_id = r.person_id group by 1, 2"
        )
        cursor.fetchall()
    return time.perf_counter() - started, time.process_time() - cpu


def milliseconds(name: str, look: Any) -> dict[str, float]:
    """The median of thirty looks, by the clock and of our own processor time (what a busy machine does not stretch)."""
    walls, cpus = [], []
    for _index in range(30):
        wall, cpu = time.perf_counter(), time.process_time()
        look()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return {f"{name}_ms": round(statistics.median(walls), 1), f"{name}_cpu_ms": round(statistics.median(cpus), 1)}


def fill(people: int, competences: int, seed: int, units_each: int = 0) -> tuple[Any, Any, list[Any], float]:
    """A programme of five municipalities with units of about forty and six role profiles, everybody rated in everything."""
    from handrail.competences import actions
    from handrail.competences.formats import DraftArea, DraftCompetence, FrameworkDraft
    from handrail.competences.models import ProfileAssignment, Rating
    from handrail.instruments.models import Questionnaire, QuestionnaireVersion, Round
    from handrail.people.actions import add_organisation, add_person, grant_role
    from handrail.people.models import Employment, Identity, Person, Role, Unit
    from handrail.programmes.actions import add_partner, start_programme
    from handrail.programmes.models import Participation

    started, chance = time.perf_counter(), random.Random(seed)
    now = datetime(2018, 3, 15, 9, tzinfo=UTC)
    organisations = [add_organisation(name=f"Kommun {index}", short_name=f"Kommun {index}", by=None) for index in range(5)]
    programme = start_programme(
        slug="bench", code="B", name={"sv": "Mätning"}, owner=organisations[0], starts_on=date(2016, 10, 1), ends_on=date(2030, 1, 1), by=None
    )
    for order, one in enumerate(organisations):
        add_partner(programme=programme, organisation=one, part="participant", order=order, by=None)
    owner = add_person(given_name="Amal", family_name="Bench", email="amal@example.org", by=None)
    for role, where in ((Role.COORDINATOR, None), (Role.PROCESS_LEADER, organisations[0])):  # the owner sees totals, the leader units
        grant_role(person=owner, role=role, organisation=where, programme=programme.uid, starts_on=date(2016, 10, 1), by=None)
    draft = FrameworkDraft(
        areas=tuple(DraftArea(f"A{i}", {"sv": f"Område {i}"}) for i in range(4)),
        competences=tuple(DraftCompetence(f"K{i}", f"A{i % 4}", {"sv": f"Kompetens {i}"}) for i in range(competences)), code="B",
    )  # fmt: skip
    framework = actions.save_framework(programme=programme, draft=draft, by=None)
    known = list(framework.competences.all())
    profiles = [actions.add_profile(framework=framework, code=f"P{i}", name={"sv": f"Profil {i}"}, by=None) for i in range(6)]
    for profile in profiles:

        actions.set_targets(profile=profile, targets={one: (chance.randint(2, 4), Decimal(1)) for one in known}, by=None)
    units = Unit.objects.bulk_create(
        Unit(organisation=one, name=f"Enhet {index}") for one in organisations for index in range(units_each or max(1, people // 200))
    )
    persons = Person.objects.bulk_create(Person(created_at=now) for _index in range(people))
    Identity.objects.bulk_create(Identity(person=one, given_name="Test") for one in persons)
    places = [chance.choice(units) for _one in persons]
    day = date(2017, 1, 1)
    Employment.objects.bulk_create(
        Employment(person=one, organisation_id=unit.organisation_id, unit=unit, started_on=day) for one, unit in zip(persons, places, strict=True)
    )
    Participation.objects.bulk_create(
        Participation(programme=programme, person=one, organisation_id=unit.organisation_id, number=f"B-{index}", joined_on=day)
        for index, (one, unit) in enumerate(zip(persons, places, strict=True))
    )
    ProfileAssignment.objects.bulk_create(
        ProfileAssignment(person=one, profile=chance.choice(profiles), assigned_at=now) for one in persons
    )
    questionnaire = Questionnaire.objects.create(programme=programme, code="B", title={"sv": "B"})
    version = QuestionnaireVersion.objects.create(questionnaire=questionnaire, number=1, definition={}, sha256="", published_at=now)
    round = Round.objects.create(
        version=version, programme=programme, title={"sv": "Våren 2018"}, opens_on=date(2018, 3, 1), closes_on=date(2018, 3, 31)
    )
    for start in range(0, people, 500):
        Rating.objects.bulk_create(
            [
                Rating(person=person, competence=one, kind="self", level=chance.randint(0, 4), rated_at=now, round=round)
                for person in persons[start : start + 500]
                for one in known
            ],
            batch_size=2000,
        )
    return framework, owner, organisations, time.perf_counter() - started


if __name__ == "__main__":
    main()
