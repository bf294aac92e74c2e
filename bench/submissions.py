"""What answers without an account cost, told as multiples of the floor in the same run: opening the form, sending it, a phone's batch.

    ./run bench submissions [--rounds 5] [--visits 20]

Server (granian, two workers), PostgreSQL and the floor are started here and thrown away. A visit is what a person does: the start page, a page of
twenty questions, the review, Send (four requests and the thanks). CPU is that of web processes and database together. Goals P6 and P7:
docs/reference/performance.md. Sent batches are sent again: the replay must add nothing.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "bench" / "pages")]

from load import Page, cpu_ms, measure
from run import enter, floor_env, free_port, serve

from tests.postgres import Cluster

SEED = """
import json
from datetime import date, timedelta
from handrail.instruments import actions
from handrail.instruments.models import Questionnaire, QuestionnaireVersion
from handrail.kit import clock
from handrail.people import actions as people
from handrail.programmes import actions as programmes
from tests.instruments.forms import workbook
where = people.add_organisation(name="Bench", short_name="Bench", by=None)
by = people.add_person(given_name="B", family_name="B", email="", by=None)
programme = programmes.start_programme(slug="bench-answers", code="BA", name={"sv": "Bench"}, owner=where, starts_on=date(2016, 1, 1), ends_on=date(2030, 1, 1), by=None)
rows = [["type", "name", "label::Svenska (sv)", "required"], *[["select_one five", f"q{n}", f"Hur bra gick det {n}?", "yes"] for n in range(1, 16)], *[["select_one yn", f"q{n}", f"Stämmer det {n}?", ""] for n in range(16, 19)], ["integer", "q19", "Hur många?", ""], ["text", "q20", "Något mer?", ""]]
book = workbook({"survey": rows, "choices": [["list_name", "name", "label::Svenska (sv)"], *[["five", str(n), f"Svar {n}"] for n in range(1, 6)], ["yn", "y", "Ja"], ["yn", "n", "Nej"]], "settings": [["form_title", "form_id", "version", "default_language"], ["Bench", "bench", "1", "Svenska (sv)"]]})
version = actions.publish_questionnaire(programme=programme, file_name="b.xlsx", content=book, kind="study", by=by)
today = clock.today()
made = actions.open_collection(programme=programme, organisation=where, version=version, title={"sv": "Bench"}, consent={"sv": "Vi frågar."}, opens_on=today, closes_on=today + timedelta(days=9), by=by)
print("MADE" + json.dumps({"code": made.code}))
"""
ANSWERS = {**{f"q{n}": str(n % 5 + 1) for n in range(1, 16)}, **{f"q{n}": "y" for n in range(16, 19)}, "q19": "7", "q20": "Tack för hjälpen åäö"}
INTAKE = 0.16  # of the floor's dashboard: the floor's survey intake in the same run of performance.md, section 2


def asked(port: int, method: str, path: str, body: str = "", accept: str = "text/html") -> tuple[int, str, str]:
    """One request over a connection of its own, without cookies."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    kind = "application/json" if accept == "application/json" else "application/x-www-form-urlencoded"
    connection.request(method, path, body.encode() or None, {"Accept": accept, "Accept-Language": "sv", **({"Content-Type": kind} if body else {})})
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, text, answer.headers.get("Location", "")


def hidden(text: str) -> dict[str, str]:
    """What a page carries along."""
    return {name: unescape(value) for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)}


def visit(port: int, url: str, roots: list[int]) -> tuple[float, float]:
    """A person's whole visit: milliseconds of processor time for all of it, and for Send alone."""
    began = cpu_ms(roots)
    _status, start, _to = asked(port, "GET", url)
    status, page, _to = asked(port, "POST", url, urlencode({**hidden(start), "go": "begin"}))
    assert status == 200, page[:500]
    status, review, _to = asked(port, "POST", url, urlencode({**hidden(page), "go": "next", **{f"q-{name}": value for name, value in ANSWERS.items()}}))
    assert status == 200, review[:500]
    before = cpu_ms(roots)
    status, _text, to = asked(port, "POST", url, urlencode({**hidden(review), "go": "send"}))
    assert status == 302, _text[:500]
    sending = cpu_ms(roots) - before
    asked(port, "GET", to)
    return cpu_ms(roots) - began, sending


def kept(port: int, url: str, roots: list[int]) -> float:
    """The page that a phone keeps: opened, and its answers sent; the form on one page, as in the peers' cheapest shape."""
    began = cpu_ms(roots)
    status, text, _to = asked(port, "GET", f"{url}kept/")
    assert status == 200, text[:300]
    status, text, _to = asked(port, "POST", url, json.dumps({"key": secrets.token_urlsafe(16), "answers": ANSWERS, "language": "sv"}), "application/json")
    assert status == 201, text[:300]
    return cpu_ms(roots) - began


def batch(port: int, url: str, roots: list[int], count: int = 100) -> tuple[float, float]:
    """A hundred sets at once from a phone, and the same again: milliseconds for each set."""
    body = json.dumps({"responses": [{"key": secrets.token_urlsafe(16), "answers": ANSWERS, "language": "sv"} for _set in range(count)]})
    spent = []
    for expected in ("new", "again"):
        began = cpu_ms(roots)
        _status, text, _to = asked(port, "POST", url, body, "application/json")
        spent.append((cpu_ms(roots) - began) / count)
        states = {one["state"] for one in json.loads(text)["responses"]}
        assert states == {expected}, states
    return spent[0], spent[1]


def main() -> None:
    """Start everything, measure in turn, print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--visits", type=int, default=20)
    wanted = ask.parse_args()
    with ExitStack() as stack:
        cluster = Cluster(durable=True)
        stack.callback(cluster.close)
        assert cluster.process is not None
        database = cluster.process.pid
        bare = serve(stack, "floor:application", floor_env(cluster, 1000), "/hello/")
        floor = Page("floor: dashboard", bare.port, "/dash/", "Welcome", [bare.process.pid, database], [enter(bare, number) for number in range(1, 9)])
        folder, port = stack.enter_context(tempfile.TemporaryDirectory(prefix="handrail-bench-")), free_port()
        passed = {name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL_", "DJANGO_", "DATABASE_URL"))}
        env = {
            "MALLOC_ARENA_MAX": "2", **passed, "HANDRAIL_VAR": folder, "DATABASE_URL": cluster.another("answers"), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "handrail.config.settings", "HANDRAIL_URL": f"http://127.0.0.1:{port}", "HANDRAIL_ANSWERS_AN_HOUR": "1000000",
        }  # fmt: skip
        subprocess.run([sys.executable, "-m", "handrail", "setup", "--without-demonstration"], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
        made = subprocess.run([sys.executable, "-m", "handrail", "shell", "-c", SEED], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
        url = f"/c/{json.loads(made.stdout.split('MADE', 1)[1])['code']}/"
        site = serve(stack, "handrail.config.wsgi:application", env, "/healthz")
        roots = [site.process.pid, database]
        measure(floor, clients=2, seconds=1)
        for _warm in range(6):
            visit(site.port, url, roots)
            kept(site.port, url, roots)
        rows: dict[str, list[float]] = {name: [] for name in ("visit", "send", "kept", "batch", "replay", "floor")}
        for number in range(wanted.rounds):
            base = measure(floor, clients=1, seconds=3).cpu
            visits = [visit(site.port, url, roots) for _visit in range(wanted.visits)]
            new, again = batch(site.port, url, roots)
            found = {"visit": statistics.mean(one[0] for one in visits), "send": statistics.mean(one[1] for one in visits), "batch": new, "replay": again, "kept": statistics.mean(kept(site.port, url, roots) for _visit in range(wanted.visits))}
            rows["floor"].append(base)
            for name, value in found.items():
                rows[name].append(value / base)
            print(f"round {number + 1} of {wanted.rounds}: floor {base:.1f} ms", file=sys.stderr, flush=True)
        middle = {name: statistics.median(values) for name, values in rows.items()}
        goals = {"visit": ("P6", 2.5), "kept": ("P6", 2.5), "send": ("P6", 5 * INTAKE), "batch": ("P7", 0.25 * INTAKE), "replay": ("P7", 0.25 * INTAKE)}
        for name, (goal, bar) in goals.items():
            spread = [round(min(rows[name]), 3), round(max(rows[name]), 3)]
            print(json.dumps({"bench": "submissions", "goal": goal, "act": name, "ratio": round(middle[name], 3), "range": spread, "bar": round(bar, 3), "cpu_ms": round(middle[name] * middle["floor"], 2)}), flush=True)


if __name__ == "__main__":
    main()
