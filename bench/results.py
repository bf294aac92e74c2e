"""Results of a survey at size: the page, a filter and a crossing, against the floor's dashboard and a plain scan of the answers; one JSON line a size.

    ./run bench results [--responses 100,10000,100000,1000000] [--rounds 7]

On a PostgreSQL of its own. Twenty questions: fifteen of five steps, three of yes and no, one number, one in words; five languages. The processor time of
a look is that of the server and of the database together, the median of the rounds. The floor (bench/pages/floor.py) is looked at in the same way, before
and after. `growth` is log10 of what ten times as many responses cost: 0 does not grow, 1 grows in step.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "bench" / "pages")]


def main() -> None:
    """A database for each size, a process for each; then what grew."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--responses", default="100,10000,100000,1000000")
    ask.add_argument("--rounds", type=int, default=7)
    ask.add_argument("--here", type=int, default=0, help=argparse.SUPPRESS)
    ask.add_argument("--floor", action="store_true", help=argparse.SUPPRESS)
    asked = ask.parse_args()
    if asked.floor:
        print(json.dumps(floor(asked.rounds)))
        return
    if asked.here:
        print(json.dumps(measure(asked.here, asked.rounds)))
        return
    from tests.postgres import Cluster

    cluster, found = Cluster(), {}
    try:
        grounds = [child({"FLOOR_DATABASE": cluster.another("floor")}, "--floor", "--rounds", str(asked.rounds))]
        for count in [int(one) for one in asked.responses.split(",")]:
            with tempfile.TemporaryDirectory(prefix="handrail-bench-") as var:
                env = {"HANDRAIL_VAR": var, "DATABASE_URL": cluster.another(f"results{count}"), "DJANGO_SETTINGS_MODULE": "handrail.config.settings", "HANDRAIL_URL": "http://127.0.0.1:9999"}
                subprocess.run([sys.executable, "-m", "handrail", "setup", "--without-demonstration"], cwd=ROOT, env=whole(env), check=True, stdout=subprocess.DEVNULL)
                found[count] = child(env, "--here", str(count), "--rounds", str(asked.rounds))
                print(json.dumps({"bench": "results", "responses": count, **found[count]}), flush=True)
        grounds.append(child({"FLOOR_DATABASE": cluster.another("floor_again")}, "--floor", "--rounds", str(asked.rounds)))
    finally:
        cluster.close()
    ground = statistics.mean(one["dash_cpu_ms"] for one in grounds)
    print(json.dumps({"bench": "results", "floor_cpu_ms": [one["dash_cpu_ms"] for one in grounds], "page_x_floor": {count: round(one["page_again_cpu_ms"] / ground, 2) for count, one in found.items()}, "first_x_floor": {count: round(one["page_first_cpu_ms"] / ground, 2) for count, one in found.items()}}))
    sizes = list(found)
    for less, more in zip(sizes, sizes[1:], strict=False):
        if less >= 10_000:
            print(json.dumps({"bench": "results", "from": less, "to": more, "growth": {name: round(math.log10(max(0.1, found[more][name]) / max(0.1, found[less][name])) / math.log10(more / less), 3) for name in ("page_first_cpu_ms", "page_again_cpu_ms", "filter_ms", "cross_ms", "part_ms", "recount_cpu_s")}}))


def whole(env: dict[str, str]) -> dict[str, str]:
    """The environment of a child."""
    return {**os.environ, **env, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT), str(ROOT / "bench" / "pages")])}


def child(env: dict[str, str], *arguments: str) -> dict[str, Any]:
    """A process of its own; the last line that it prints."""
    told = subprocess.run([sys.executable, __file__, *arguments], cwd=ROOT, env=whole(env), check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(told.stdout.splitlines()[-1]))


class Spent:
    """Processor time of this process and of its database."""

    def __init__(self, connection: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            self.database = Path(f"/proc/{cursor.fetchone()[0]}/stat")

    def now(self) -> float:
        """Seconds."""
        fields = self.database.read_text().rsplit(")", 1)[1].split()
        return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def looked(spent: Spent, rounds: int, look: Any, *, each: int = 5) -> dict[str, float]:
    """The median milliseconds of a look, by the clock and of the processor."""
    walls, cpus = [], []
    for turn in range(rounds + 2):  # two warm up
        wall, cpu = time.perf_counter(), spent.now()
        for _index in range(each):
            look()
        if turn > 1:
            walls.append(1000 * (time.perf_counter() - wall) / each)
            cpus.append(1000 * (spent.now() - cpu) / each)
    return {"ms": round(statistics.median(walls), 1), "cpu_ms": round(statistics.median(cpus), 1)}


def floor(rounds: int) -> dict[str, float]:
    """The floor's dashboard."""
    import floor as ground
    from django.db import connection
    from django.test import Client

    ground.seed(10_000)
    client = Client(SERVER_NAME="127.0.0.1")
    client.get("/enter/?u=1")
    assert client.get("/dash/").status_code == 200
    return {f"dash_{name}": value for name, value in looked(Spent(connection), rounds, lambda: client.get("/dash/"), each=20).items()}


def measure(count: int, rounds: int) -> dict[str, Any]:
    """Fill, count, look."""
    import django

    django.setup()
    from django.core.cache import caches
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from handrail.instruments.actions import add_up, recount
    from handrail.instruments.models import Book, ColumnBlock
    from handrail.instruments.queries import tallies

    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
    started = time.perf_counter()
    collection, owner = fill(count)
    seeding = time.perf_counter() - started
    spent = Spent(connection)
    wall, cpu = time.perf_counter(), spent.now()
    recount(collection=collection)
    add_up()
    found: dict[str, Any] = {"seed_s": round(seeding, 1), "recount_s": round(time.perf_counter() - wall, 1), "recount_cpu_s": round(spent.now() - cpu, 1)}
    book = Book.objects.get()
    assert book.figures["people"]["*"]["*"] == count
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(owner.account)
    address = f"/results/{book.uid}/"

    def first(ask: str = "") -> None:
        caches["process"].clear()
        answer = client.get(address + ask)
        assert answer.status_code == 200, answer.status_code

    def again(ask: str = "") -> None:
        assert client.get(address + ask).status_code == 200

    first()
    looks = {
        "page_first": lambda: first(), "page_again": lambda: again(), "filter": lambda: first("?only=q1:a2"), "cross": lambda: first("cross/?of=q2&across=q1"), "number": lambda: first("cross/?of=age&across=q1"),
        "part": lambda: first("cross/?of=q2&across=q1&within=language:sv"), "by_language": lambda: first("?by=language"),
    }  # fmt: skip
    for name, look in looks.items():
        found |= {f"{name}_{what}": value for what, value in looked(spent, rounds, look, each=3 if count > 100_000 else 5).items()}
    found |= scans(spent, collection.pk, rounds)
    found["columns_mb"] = round(sum(len(one) for one in ColumnBlock.objects.values_list("codes", flat=True).iterator()) / 1e6, 1)
    found["fresh"] = tallies.people_answered([collection])[collection.pk] == count
    wall = time.perf_counter()
    more(collection, 1000)
    add_up()
    found["add_1000_s"] = round(time.perf_counter() - wall, 2)
    return found


def scans(spent: Spent, collection: int, rounds: int) -> dict[str, float]:
    """What it costs without columns: plain SQL over the answers as they lie, for a filter of all questions and for one crossing."""
    from django.db import connection

    def run(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, [collection])
            cursor.fetchall()

    every = "select e.key, e.value, count(*) from instruments_response r, jsonb_each_text(r.answers) e where r.collection_id = %s and r.replaced_by_id is null and r.answers->>'q1' = 'a2' and e.key <> 'words' group by 1, 2"
    one = "select answers->>'q1', answers->>'q2', count(*) from instruments_response where collection_id = %s and replaced_by_id is null group by 1, 2"
    found: dict[str, float] = {}
    for name, sql in (("scan_filter", every), ("scan_cross", one)):
        found |= {f"{name}_{what}": value for what, value in looked(spent, max(1, rounds // 3), lambda sql=sql: run(sql), each=1).items()}
    return found


QUESTIONS = [f"q{number}" for number in range(1, 16)]
BINARY = ["b1", "b2", "b3"]


def definition() -> dict[str, Any]:
    """Twenty questions."""
    steps = [{"name": f"a{step}", "labels": {"en": f"Step {step}"}, "level": step} for step in range(1, 6)]
    yes = [{"name": name, "labels": {"en": name}} for name in ("yes", "no")]
    items = [{"kind": "select_one", "name": name, "labels": {"en": f"Question {name}"}, "choices": steps} for name in QUESTIONS]
    items += [{"kind": "select_one", "name": name, "labels": {"en": f"Question {name}"}, "choices": yes} for name in BINARY]
    items += [{"kind": "integer", "name": "age", "labels": {"en": "How old are you?"}}, {"kind": "text", "name": "words", "labels": {"en": "Anything else?"}}]
    return {"id": "bench", "title": "Bench", "version": "1", "languages": [{"code": "en", "name": "English"}], "default_language": "en", "items": [{"kind": "group", "name": "g", "labels": {"en": "Page"}, "items": items}]}


def fill(count: int) -> tuple[Any, Any]:
    """A collection that is over, with so many answers."""
    from seed import pour

    from handrail.instruments.models import Collection, Questionnaire, QuestionnaireVersion, Response
    from handrail.kit import clock
    from handrail.people.actions import add_organisation, add_person, grant_role, open_account
    from handrail.people.models import Role
    from handrail.programmes.actions import add_partner, start_programme

    begins = date(2016, 10, 1)
    town = add_organisation(name="Osby", short_name="Osby", by=None)
    programme = start_programme(slug="bench", code="B", name={"en": "Bench"}, owner=town, starts_on=begins, ends_on=date(2035, 12, 31), by=None)
    add_partner(programme=programme, organisation=town, part="participant", order=0, by=None)
    owner = add_person(given_name="Amal", family_name="Bench", email="amal@example.org", by=None)
    grant_role(person=owner, role=Role.COORDINATOR, organisation=None, programme=programme.uid, starts_on=begins, by=None)
    open_account(person=owner, password="correct horse battery", by=None)
    questionnaire = Questionnaire.objects.create(programme=programme, code="bench", title={"en": "Bench"}, kind="study")
    version = QuestionnaireVersion.objects.create(questionnaire=questionnaire, number=1, definition=definition(), sha256="", published_at=clock.now())
    collection = Collection.objects.create(programme=programme, organisation=town, version=version, title={"en": "Bench"}, code="bench", consent={"en": "x"}, opens_on=begins, closes_on=date(2018, 1, 1))
    answers = ", ".join([*(f"'{name}', 'a' || (1 + (i * {7 + place * 2} + i / {3 + place}) % 5)" for place, name in enumerate(QUESTIONS)), *(f"'{name}', case when (i / {2 + place}) % 3 = 0 then 'yes' else 'no' end" for place, name in enumerate(BINARY)), "'age', 18 + (i * 31 + i / 11) % 50", "'words', 'Something that somebody wrote about it'"])
    pour(
        Response, f"generate_series(1, {count}) i", collection=str(collection.pk), version=str(version.pk), answers=f"jsonb_build_object({answers})", language="(array['en','sv','ar','ti','uk'])[1 + i % 5]", channel="'web'",
        received_on="date '2017-03-01'", follower="''", consent_number="1",
    )  # fmt: skip
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return collection, owner


def more(collection: Any, count: int) -> None:
    """More responses, as they come in."""
    from handrail.instruments.actions import count_responses
    from handrail.instruments.models import Response

    given = dict(Response.objects.filter(collection=collection)[0].answers)
    rows = Response.objects.bulk_create(Response(collection=collection, version=collection.version, answers=given, language="sv", received_on=date(2017, 4, 1)) for _index in range(count))
    count_responses(responses=rows)


if __name__ == "__main__":
    main()
