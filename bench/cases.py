"""How Place & Train's pages grow: the same pages with 10,000 and with 100,000 people; prints one JSON line a page.

    ./run bench cases [--people 10000,100000] [--rounds 9]

On a PostgreSQL of its own. Every caseworker accompanies forty people, each with a stay, a language, a need and two steps; two of three have a placement.
The processor time of a page is that of the server and of the database together, the median of the rounds; nothing is kept between them. The exponent is
log10 of the cost at ten times as many people: 0 does not grow, 1 grows in step.
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

EACH = 40  # people to a caseworker


def main() -> None:
    """A database for each size, a process for each; then what grew."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--people", default="10000,100000")
    ask.add_argument("--rounds", type=int, default=9)
    ask.add_argument("--here", type=int, default=0, help=argparse.SUPPRESS)  # a child: this many, in the database that is given
    asked = ask.parse_args()
    if asked.here:
        print(json.dumps(measure(asked.here, asked.rounds)))
        return
    from tests.postgres import Cluster

    cluster, found = Cluster(), {}
    try:
        for people in [int(one) for one in asked.people.split(",")]:
            with tempfile.TemporaryDirectory(prefix="handrail-bench-") as var:
                env = {**os.environ, "HANDRAIL_VAR": var, "DATABASE_URL": cluster.another(f"cases{people}"), "DJANGO_SETTINGS_MODULE": "handrail.config.settings", "HANDRAIL_URL": "http://127.0.0.1:9999"}
                env["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
                subprocess.run([sys.executable, "-m", "handrail", "setup", "--without-demonstration"], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
                told = subprocess.run([sys.executable, __file__, "--here", str(people), "--rounds", str(asked.rounds)], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
                found[people] = json.loads(told.stdout.splitlines()[-1])
    finally:
        cluster.close()
    sizes = list(found)
    for name, first in found[sizes[0]].items():
        line = {"bench": "cases", "page": name, **{f"cpu_ms_{people}": pages[name]["cpu_ms"] for people, pages in found.items()}, "queries": [pages[name]["queries"] for pages in found.values()]}
        if len(sizes) > 1:
            line["exponent"] = round(math.log10(found[sizes[-1]][name]["cpu_ms"] / first["cpu_ms"]) / math.log10(sizes[-1] / sizes[0]), 3)
        print(json.dumps(line))


def measure(people: int, rounds: int) -> dict[str, Any]:
    """Fill the database, then look at each page."""
    import django

    django.setup()
    from django.core.cache import caches
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    base = fill(people)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
        cursor.execute("select pg_backend_pid()")
        database = Path(f"/proc/{cursor.fetchone()[0]}/stat")

    def spent() -> float:
        fields = database.read_text().rsplit(")", 1)[1].split()
        return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    found: dict[str, Any] = {}
    for name, (person, address) in base["pages"].items():
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(person.account)
        costs = []
        for turn in range(rounds + 2):  # the first two warm up
            caches["process"].clear()
            started = spent()
            # What the database spends is told in hundredths of a second: each look is five.
            for _index in range(5):
                caches["process"].clear()
                answer = client.get(address)
            if turn > 1:
                costs.append(1000 * (spent() - started) / 5)
            assert answer.status_code == 200, (name, answer.status_code)
        with CaptureQueriesContext(connection) as asked:
            caches["process"].clear()
            client.get(address)
        found[name] = {"cpu_ms": round(statistics.median(costs), 1), "queries": len(asked)}
        print(people, name, found[name], file=sys.stderr)
    return found


def fill(people: int) -> dict[str, Any]:
    """A programme with one municipality, its coordinator, its caseworkers and their people; answers the pages to look at."""
    from seed import pour

    from handrail.cases.models import Case, CaseLanguage, Entry, Need, Step
    from handrail.people.actions import add_organisation, add_person, grant_role, open_account
    from handrail.people.models import Identity, Person, Role
    from handrail.placements.models import Company, FunnelTarget, Placement, Position
    from handrail.programmes.actions import add_partner, start_programme
    from handrail.programmes.models import Participation

    begins = date(2016, 10, 1)
    town = add_organisation(name="Kolding", short_name="Kolding", by=None)
    programme = start_programme(slug="bench", code="B", name={"da": "Måling"}, owner=town, starts_on=begins, ends_on=date(2035, 12, 31), by=None)
    add_partner(programme=programme, organisation=town, part="participant", order=0, by=None)
    karen = add_person(given_name="Karen", family_name="Bench", email="karen@example.org", by=None)
    grant_role(person=karen, role=Role.PLACEMENT_COORDINATOR, organisation=town, programme=programme.uid, starts_on=begins, by=None)
    workers = []
    for index in range(people // EACH):
        mette = add_person(given_name=f"Mette{index}", family_name="Bench", email=f"mette{index}@example.org", by=None)
        workers.append(mette)
    grant_role(person=workers[0], role=Role.CASEWORKER, organisation=town, programme=programme.uid, starts_on=begins, by=None)
    for one in (karen, workers[0]):
        open_account(person=one, password="correct horse battery", by=None)
    FunnelTarget.objects.create(programme=programme, step="started", people=people, source="bench")
    before = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    pour(Person, f"generate_series(1, {people}) i", created_at="now()")
    first = Person.objects.filter(pk__gt=before).order_by("pk").values_list("pk", flat=True)[0]
    rows, given, family = f"generate_series(0, {people - 1}) i", "'Amina' || i % 300", "'Test' || (i * 7919) % 20011"
    called = f"lower({given} || ' ' || {family})"
    pour(Identity, rows, person=f"{first} + i", given_name=given, family_name=family, search_name=called, email="''")
    pour(Participation, rows, programme=str(programme.pk), person=f"{first} + i", organisation=str(town.pk), number="'B-' || lpad(i::text, 7, '0')", joined_on="date '2017-01-01'", contact="'direct'")
    pour(
        Case, f"(select id, person_id, number, row_number() over (order by id) - 1 as i from programmes_participation where programme_id = {programme.pk}) p", programme=str(programme.pk), participation="p.id",
        person="p.person_id", organisation=str(town.pk), caseworker=f"(array{[one.pk for one in workers]})[1 + i % {len(workers)}]", number="p.number", search_name=called, opened_on="date '2017-01-01' + (i % 700)::int",
    )  # fmt: skip
    pour(Entry, "cases_case c", case="c.id", started_on="c.opened_on", ended_on="case when c.id % 5 = 0 then c.opened_on + 300 end")
    pour(CaseLanguage, "cases_case c", case="c.id", code="'ti'", level="'first'")
    pour(Need, "cases_case c", case="c.id", domain="'work'", text="'Praktik'", state="'open'", noted_by=str(karen.pk), noted_at="now()")
    pour(Step, "cases_need n, generate_series(1, 2) k", need="n.id", title="'Samtale'", due_on="current_date - 100 + (n.id % 300)::int", done_on="case when k = 1 then current_date - 200 end")
    companies = max(10, people // 20)
    pour(Company, f"generate_series(1, {companies}) i", programme=str(programme.pk), name="'Firma ' || i", region="'Syddanmark'", ordinary_staff="20", added_at="now()")
    pour(Position, "placements_company c", company="c.id", title="'Lager'", tasks="'[]'::jsonb", demands="'[]'::jsonb", hours="30", places="5")
    position = int(Position.objects.order_by("pk").values_list("pk", flat=True)[0])
    pour(
        Placement, "cases_case c where c.id % 3 > 0", case="c.id", position=f"{position} + (c.id % {companies})::int", tasks="'[]'::jsonb", hours="30", agreed_at="now()", agreed_by=str(karen.pk),
        state="case when c.id % 7 = 0 then 'stopped' when c.id % 3 = 1 then 'completed' else 'running' end", starts_on="c.opened_on + 30", ends_on="c.opened_on + 120",
        ended_on="case when c.id % 7 = 0 or c.id % 3 = 1 then c.opened_on + 120 end", reason="case when c.id % 7 = 0 then 'tasks' else '' end",
    )  # fmt: skip
    mine = Case.objects.filter(caseworker=workers[0]).order_by("pk").first()
    assert mine is not None
    late = Case.objects.order_by("search_name", "pk")[people * 9 // 10 - 1]
    base = f"/programmes/{programme.uid}"
    return {
        "pages": {
            "list, coordinator": (karen, f"{base}/cases/"), "list, late page": (karen, f"{base}/cases/?page={people * 9 // 250}&after={late.uid}"), "list, by name": (karen, f"{base}/cases/?q=test77"), "list, open": (karen, f"{base}/cases/?state=open"),
            "list, caseworker": (workers[0], f"{base}/cases/"), "day, caseworker": (workers[0], f"{base}/cases/day/"), "day, coordinator": (karen, f"{base}/cases/day/"),
            "person": (workers[0], f"/cases/{mine.uid}/"), "funnel": (karen, f"{base}/funnel/"), "home, coordinator": (karen, "/home/"), "companies": (karen, f"{base}/companies/"),
        }
    }  # fmt: skip


if __name__ == "__main__":
    main()
