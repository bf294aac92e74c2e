"""How fast our pages are, told as multiples of the floor in the same run: server, database and floor are started here and thrown away.

    ./run bench pages [--people 10000,100000] [--rounds 5] [--seconds 3] [--requests 10000]

A ratio is the processor time of one request (web processes and database) over that of the floor's dashboard in the same round; rounds are
interleaved, so that all meet the same noise. Absolute figures say little on a shared machine. Goals: docs/reference/performance.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(HERE)]

from forms import hash_ms, save_list, sign_in
from load import Page, Seen, calibration, measure, memory_mb, text_of

from tests.postgres import Cluster

GRANIAN = ["--interface", "wsgi", "--host", "127.0.0.1", "--workers", "2", "--no-ws", "--log-level", "error"]
THREADS = os.environ.get("BENCH_THREADS", "32")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """A running server and worker, and what stands in it."""

    port: int
    process: subprocess.Popen[bytes]
    start_s: float
    env: dict[str, str]
    facts: dict[str, Any] = field(default_factory=dict)


def serve(stack: ExitStack, application: str, env: dict[str, str], path: str) -> Site:
    """Start granian and wait for its first page."""
    port, began = int(env.get("PORT", 0)) or free_port(), time.perf_counter()
    command = [sys.executable, "-m", "granian", *GRANIAN, "--blocking-threads", THREADS, "--port", str(port), application]
    process = subprocess.Popen(command, cwd=HERE, env=env, start_new_session=True)
    stack.callback(end, process)
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                answer.read()
            break
        except OSError:
            assert process.poll() is None and time.perf_counter() < began + 90, "the server does not start"
            time.sleep(0.02)
    return Site(port, process, time.perf_counter() - began, env)


def end(process: subprocess.Popen[bytes]) -> None:
    """Stop a server with its children; one that was told while a child was still starting would wait for that child for ever."""
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def product(stack: ExitStack, cluster: Cluster, people: int) -> Site:
    """Handrail with so many people, two web processes and a worker."""
    folder, port = stack.enter_context(tempfile.TemporaryDirectory(prefix="handrail-bench-")), free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL_", "DJANGO_", "DATABASE_URL"))}
    env = {
        "MALLOC_ARENA_MAX": "2", **kept, "HANDRAIL_VAR": folder, "DATABASE_URL": cluster.another(f"handrail{people}"), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "handrail.config.settings", "HANDRAIL_URL": f"http://127.0.0.1:{port}", "HANDRAIL_PROXIES": "1",
    }  # fmt: skip
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "handrail", "setup", "--without-demonstration"], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    tables = time.perf_counter() - began
    done = subprocess.run([sys.executable, str(HERE / "seed.py"), str(people)], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    facts = json.loads(done.stdout.splitlines()[-1]) | {"setup_s": round(tables, 1)}
    note(f"{people} people: tables in {tables:.0f} s, filled in {facts['seed_s']} s, map of {facts['ratings']} ratings drawn in {facts['draw_s']} s (the sums alone by SQL: {facts['plain_s']} s)")
    site = serve(stack, "handrail.config.wsgi:application", env, "/healthz")
    site.facts = facts
    return site


def pages_of(site: Site, people: int, roots: list[int]) -> list[Page]:
    """What is looked at: P1, P3, P4 and P10 of the goals."""
    here, cookies, first = f"/programmes/{site.facts['programme']}", site.facts["cookies"], site.facts["organisation"]
    leader, owner, late = cookies["leader"], cookies["owner"], f"?sort=name&page={people // 250 * 9 // 10}&after={site.facts['late']}"
    looks = [  # name, path, a text that must stand there, who, whether the first look is measured too
        ("P1 home, process leader", "/home/", "<main", leader, True),
        ("P1 home, participant", "/home/", "<main", cookies["participant"], True),
        ("P3 participants", f"{here}/participants/", "Test", leader, True),
        ("P3 late page", f"{here}/participants/{late}", "Test", leader, True),
        ("P3 by name", f"{here}/participants/?q=test77", "Test77", leader, True),
        ("P3 by contact", f"{here}/participants/?contact=indirect", "Test", leader, True),
        ("P4 list of 30", f"/sessions/{site.facts['session']}/attendance/", "present-", leader, True),
        ("P10 map", f"{here}/map/", "Kompetens 1", owner, True),
        ("P10 units", f"{here}/map/?in={first}", "Kompetens 1", leader, True),
    ]
    found = [Page(f"{name}, {people}", site.port, path, text, roots, who) for name, path, text, who, _first in looks]
    found += [Page(f"{name}, first look, {people}", site.port, path, text, roots, who, True) for name, path, text, who, is_first in looks if is_first]
    for page in found:
        text_of(page)
    return found


def interleaved(floor: Page, pages: list[Page], rounds: int, seconds: float) -> dict[str, list[Seen]]:
    """Every page in turn, again and again, the floor first in each round."""
    seen: dict[str, list[Seen]] = {one.name: [] for one in [floor, *pages]}
    for page in [floor, *pages]:
        measure(page, clients=2, seconds=0.5)
    for number in range(rounds):
        for page in [floor, *pages]:
            seen[page.name].append(measure(page, clients=4, seconds=seconds))
        note(f"round {number + 1} of {rounds}")
    return seen


def note(text: str) -> None:
    """How far it is, for whoever waits."""
    print(text, file=sys.stderr, flush=True)


def say(**row: Any) -> None:
    """One JSON line."""
    print(json.dumps({"bench": "pages", **row}), flush=True)


def main() -> None:
    """Start everything, measure, print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--people", default="10000,100000")
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--seconds", type=float, default=3.0)
    ask.add_argument("--requests", type=int, default=10_000, help="how many requests the memory is watched over")
    ask.add_argument("--only", default="", help="only pages whose name has this in it, and nothing but pages")
    asked = ask.parse_args()
    sizes = [int(one) for one in asked.people.split(",")]
    with ExitStack() as stack:
        cluster = Cluster(durable=True)
        stack.callback(cluster.close)
        assert cluster.process is not None
        database = cluster.process.pid
        bare = serve(stack, "floor:application", floor_env(cluster, max(sizes)), "/hello/")
        floor = Page("floor: dashboard", bare.port, "/dash/", "Welcome", [bare.process.pid, database], [enter(bare, number) for number in range(1, 9)])
        text_of(floor)
        sites = {people: product(stack, cluster, people) for people in sizes}
        pages = [page for people, site in sites.items() for page in pages_of(site, people, [site.process.pid, database]) if asked.only in page.name]
        before = calibration()
        seen = interleaved(floor, pages, asked.rounds, asked.seconds)
        ratios = tell(seen, floor.name)
        grow(ratios, sizes)
        if not asked.only:
            first, reference = sites[sizes[0]], statistics.median(one.cpu for one in seen[floor.name])
            acts(stack, first, database, reference)
            map_figures(sites)
            starts(stack, first, bare)
            weigh(first, pages)
            overload(pages[0])
            storm(first, pages[0])
            memory(stack, first, pages[0], asked.requests)
        say(calibration_ms=[round(before), round(calibration())], threads=int(THREADS))


def floor_env(cluster: Cluster, people: int) -> dict[str, str]:
    """The environment of the floor, its tables filled."""
    env = {**os.environ, "FLOOR_DATABASE": cluster.another("floor"), "PYTHONPATH": str(HERE)}
    subprocess.run([sys.executable, str(HERE / "floor.py"), str(people)], env=env, check=True)
    return env


def enter(site: Site, number: int) -> str:
    """The cookie of somebody on the floor."""
    with urllib.request.urlopen(f"http://127.0.0.1:{site.port}/enter/?u={number}") as answer:
        return "; ".join(line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or [])


def tell(seen: dict[str, list[Seen]], reference: str) -> dict[str, float]:
    """The table and a line for each page; answers the ratios."""
    base, ratios = [one.cpu for one in seen[reference]], {}
    print(f"{'page':<44}{'CPU ms':>9}{'x floor':>9}{'p50 ms':>9}{'p95 ms':>9}{'req/s':>9}{'kB gzip':>9}{'errors':>8}")
    for name, found in seen.items():
        ratios[name] = statistics.median(one.cpu / floor for one, floor in zip(found, base, strict=True))
        middle = {key: statistics.median(getattr(one, key) for one in found) for key in ("cpu", "p50", "p95", "rps", "size")}
        errors = sum(one.errors for one in found)
        print(
            f"{name:<44}{middle['cpu']:>9.1f}{ratios[name]:>9.2f}{middle['p50']:>9.0f}{middle['p95']:>9.0f}{middle['rps']:>9.1f}{middle['size'] / 1000:>9.1f}{errors:>8}"
        )
    for name, found in seen.items():
        spread = sorted(one.cpu / floor for one, floor in zip(found, base, strict=True))
        middle = {key: statistics.median(getattr(one, key) for one in found) for key in ("cpu", "p50", "p95", "rps", "size")}
        say(
            page=name, cpu_ms=round(middle["cpu"], 2), ratio=round(ratios[name], 2), ratio_range=[round(spread[0], 2), round(spread[-1], 2)], p50_ms=round(middle["p50"], 1),
            p95_ms=round(middle["p95"], 1), rps=round(middle["rps"], 1), gzip_bytes=int(middle["size"]), errors=sum(one.errors for one in found),
        )  # fmt: skip
    return ratios


def grow(ratios: dict[str, float], sizes: list[int]) -> None:
    """P16: log10 of the cost ratio over log10 of the size ratio; 0 does not grow, 1 grows in step."""
    for small, large in zip(sizes, sizes[1:], strict=False):
        for name, ratio in ratios.items():
            if name.endswith(f", {small}") and (other := name.removesuffix(f", {small}") + f", {large}") in ratios:
                say(goal="P16", page=name.rsplit(",", 1)[0], of=[small, large], exponent=round(math.log10(ratios[other] / ratio) / math.log10(large / small), 3))


def acts(stack: ExitStack, site: Site, database: int, reference: float) -> None:
    """P4 saving thirty marks; P5 signing in, at a server that differs in one thing: the hash of the password costs nothing there."""
    saving = save_list(site.port, f"/sessions/{site.facts['session']}/attendance/", site.facts["cookies"]["leader"][0], [site.process.pid, database])
    say(goal="P4", act="save a list of 30", cpu_ms=round(saving, 1), ratio=round(saving / reference, 2))
    port = str(free_port())
    env = {**site.env, "DJANGO_SETTINGS_MODULE": "unhashed", "PYTHONPATH": f"{site.env['PYTHONPATH']}:{HERE}", "PORT": port, "HANDRAIL_URL": f"http://127.0.0.1:{port}"}
    alike = serve(stack, "handrail.config.wsgi:application", env, "/healthz")
    sign_in(alike.port, [], times=4)
    rest = sign_in(alike.port, [alike.process.pid, database], times=60)
    say(goal="P5", act="sign in, GET and POST, but for the hash", cpu_ms=round(rest, 1), hash_ms=round(hash_ms(), 1), rest_ratio=round(rest / reference, 2))
    end(alike.process)


def map_figures(sites: dict[int, Site]) -> None:
    """P10: the map from nothing, against the bare sums in SQL."""
    for people, site in sites.items():
        facts = site.facts
        say(goal="P10", people=people, ratings=facts["ratings"], rebuild_s=facts["draw_s"], sql_s=facts["plain_s"], ratio=round(facts["draw_s"] / facts["plain_s"], 2))


def starts(stack: ExitStack, site: Site, bare: Site) -> None:
    """P14: process start to first page, in turn with the floor's, the disk warm; P15: the tables from nothing."""
    ours, theirs = [], []
    for _round in range(3):
        for found, application, env, path in ((ours, "handrail.config.wsgi:application", site.env, "/healthz"), (theirs, "floor:application", bare.env, "/hello/")):
            with ExitStack() as alone:
                found.append(serve(alone, application, {**env, "PORT": str(free_port())}, path).start_s)
    say(goal="P14", start_s=round(statistics.median(ours), 2), floor_s=round(statistics.median(theirs), 2), ratio=round(statistics.median(ours) / statistics.median(theirs), 2))
    say(goal="P15", tables_s=site.facts["setup_s"])


def weigh(site: Site, pages: list[Page]) -> None:
    """P19: what the first page loads, gzipped: styles and scripts; and how many requests a page needs to be complete."""
    for page in pages:
        if page.port != site.port or page.is_first:
            continue
        text = text_of(page)
        files = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', text)))
        size = 0
        for one in files:
            with urllib.request.urlopen(f"http://127.0.0.1:{site.port}{one}") as answer:
                size += len(gzip.compress(answer.read()))
        later = len(re.findall(r'hx-trigger="[^"]*(?:load|revealed)', text))
        say(goal="P19", page=page.name, html_gzip=len(gzip.compress(text.encode())), files=len(files), files_gzip=size, later_requests=later)


def overload(page: Page) -> None:
    """P18: four times as many clients get as much done, and nobody an error."""
    rounds = [[measure(page, clients=clients, seconds=4) for clients in (8, 32)] for _round in range(3)]
    share = statistics.median(many.rps / eight.rps for eight, many in rounds)
    errors = sum(one.errors for pair in rounds for one in pair)
    say(goal="P18", rps_8=round(rounds[-1][0].rps, 1), rps_32=round(rounds[-1][1].rps, 1), share=round(share, 2), errors=errors, p95_8_ms=round(statistics.median(pair[0].p95 for pair in rounds)))


def storm(site: Site, page: Page) -> None:
    """P5: while 32 people sign in again and again, how long do others wait for a page."""
    quiet = measure(page, clients=4, seconds=4)
    stop = threading.Event()
    people = [threading.Thread(target=sign_in, args=(site.port, []), kwargs={"until": stop}) for _number in range(32)]
    for one in people:
        one.start()
    time.sleep(1)
    busy = measure(page, clients=4, seconds=6)
    stop.set()
    for one in people:
        one.join()
    say(goal="P5", p95_quiet_ms=round(quiet.p95), p95_storm_ms=round(busy.p95), ratio=round(busy.p95 / quiet.p95, 1), errors=busy.errors)


def memory(stack: ExitStack, site: Site, page: Page, requests: int) -> None:
    """P13: two web processes and a worker after so many requests, and how much they grew over the second half."""
    env = {**site.env, "PYTHONUNBUFFERED": "1"}
    worker = subprocess.Popen([sys.executable, "-m", "handrail", "worker"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, start_new_session=True)
    stack.callback(end, worker)
    roots, figures = [site.process.pid, worker.pid], []
    for _half in range(2):
        asked = 0
        while asked < requests / 2:
            asked += measure(page, clients=8, seconds=3).requests
        figures.append(memory_mb(roots))
    say(goal="P13", web_pss_mb=round(memory_mb([site.process.pid])), worker_pss_mb=round(memory_mb([worker.pid])), pss_mb=round(figures[1]), growth=round(figures[1] / figures[0] - 1, 3), requests=requests)


if __name__ == "__main__":
    assert shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")), "PostgreSQL is missing: apt-get install -y postgresql"
    main()
