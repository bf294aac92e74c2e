"""Does the product lose, double or alter what it acknowledged? A real server, concurrent writers, SIGKILL at random moments.

How to use it for another thing than answers (attendance, months):

1. Write a module of plain functions that run inside the product, beside the server (see `answers_side.py`): one that builds the
   world and answers what the writers need, one that answers what is stored. They take and return JSON.
   `server.inside("tests.reliability.answers_side", "build", people=40)` calls one of them in the server's environment.
2. Make `Sent` objects: where to post, the body, the key, and the digest that the acknowledgement must carry. Every body must hold
   something of its own (the key, say), so that a stored row can be found again by its content alone.
3. `storm(server, sends, kills=20)` sends them from 16 writers, each trying one thing until it is acknowledged, kills the whole
   process group at random moments and starts it again. Only a status of 200 or 201 with the whole body, the same key and the right
   digest counts as acknowledged.
4. `compare(acked, stored)` says what was lost, doubled or altered; `stored` maps each key to all contents stored for it.

The server is the one of `./run` (granian, here with two workers) with a HANDRAIL_VAR and a database of its own: an SQLite file, or
a new database on the PostgreSQL that the tests run on. `Server(application=...)` serves something else: the negative control in
`liar.py` acknowledges before it stores, and `compare` must notice.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = "handrail.config.wsgi:application"
WRITERS = 16
PATIENCE = 60.0  # seconds after which a server that does not answer is a failure


@dataclass(frozen=True)
class Sent:
    """One thing to be acknowledged: `content` is what must be found stored under `key`."""

    key: str
    path: str
    body: bytes
    sha256: str
    content: Any
    headers: Mapping[str, str] = field(default_factory=lambda: {"Accept": "application/json", "Content-Type": "application/json"})


@dataclass
class Findings:
    """What went wrong between what was acknowledged and what is stored."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.doubled or self.altered)


@dataclass
class Storm:
    """What the writers saw."""

    acked: dict[str, Sent] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    kills: int = 0
    broken_off: int = 0  # requests without a whole answer
    ready_after: list[float] = field(default_factory=list)  # seconds from each kill to the first acknowledgement
    refused: list[str] = field(default_factory=list)  # answers that no writer should see


def digest(content: Any) -> str:
    """The digest that an acknowledgement must carry, computed here as a device would, not by the product's code."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def compare(acked: Iterable[Sent], stored: Mapping[str, Sequence[Any]]) -> Findings:
    """Each acknowledged thing must be stored exactly once, as it was sent; nothing else may be stored twice either."""
    found = Findings()
    for one in acked:
        copies = stored.get(one.key, ())
        if not copies:
            found.lost.append(one.key)
        elif one.content not in copies or any(copy != one.content for copy in copies):
            found.altered.append(one.key)
    found.doubled = [key for key, copies in stored.items() if len(copies) > 1]
    return found


class Server:
    """The real server in a process group of its own, which can be killed and started again."""

    def __init__(self, *, application: str = PRODUCT, workers: int = 2) -> None:
        self.application, self.workers = application, workers
        self.folder = tempfile.TemporaryDirectory(prefix="handrail-reliability-")
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        theirs = ("HANDRAIL_", "DJANGO_", "DATABASE_URL", "PYTHON")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
        self.env = {
            **kept, "HANDRAIL_VAR": self.folder.name, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "handrail.config.settings", "HANDRAIL_URL": f"http://127.0.0.1:{self.port}",
            "PYTHONPYCACHEPREFIX": str(Path(self.folder.name) / "bytecode"),  # it starts often: compiled once, whatever the caller's settings
        }  # fmt: skip
        if os.environ.get("DATABASE_URL"):
            self.env["DATABASE_URL"] = own_database(os.environ["DATABASE_URL"])

    def __enter__(self) -> Server:
        self.manage("migrate", "-v", "0")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.kill()
        self.folder.cleanup()

    def manage(self, *arguments: str) -> None:
        """One management command on this server's data."""
        done = subprocess.run(
            [sys.executable, "-m", "handrail", *arguments], cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]

    def inside(self, module: str, function: str, **arguments: Any) -> Any:
        """Call a function inside the product on this server's data, in a process of its own; JSON in and out."""
        command = [sys.executable, "-m", "tests.reliability.harness", module, function, json.dumps(arguments)]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return json.loads(done.stdout.splitlines()[-1])

    def start(self) -> None:
        """Start, without waiting."""
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers",
            str(self.workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning", self.application,
        ]  # fmt: skip
        with (Path(self.folder.name) / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, start_new_session=True, stdout=log, stderr=log)

    def kill(self) -> None:
        """SIGKILL to the whole process group: no worker gets to finish anything."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().read():
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
        raise AssertionError("The server does not answer: " + self.log()[-3000:])

    def log(self) -> str:
        """What the server said."""
        path = Path(self.folder.name) / "server.log"
        return path.read_text(errors="replace") if path.exists() else ""


class Writer:
    """One device: keeps its connection while it can, and knows what was acknowledged to it."""

    def __init__(self, server: Server) -> None:
        self.port = server.port
        self.connection: http.client.HTTPConnection | None = None

    def send(self, one: Sent) -> tuple[int, bytes]:
        """Post once and read the whole answer. Raises OSError or HTTPException when there is none."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            self.connection.request("POST", one.path, one.body, dict(one.headers))
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except BaseException:
            self.connection.close()
            self.connection = None
            raise


def is_acknowledged(one: Sent, status: int, body: bytes) -> bool:
    """Stored now or before, with the whole body, our key and the digest of what we sent."""
    if status not in (200, 201):
        return False
    try:
        said = json.loads(body)
    except ValueError:
        return False
    return bool(said.get("key") == one.key and said.get("sha256") == one.sha256)


def storm(server: Server, make: Callable[[int], Sent], *, kills: int = 20, acks: int = 1000, writers: int = WRITERS, seed: int = 0) -> Storm:
    """Send until `kills` kills and `acks` acknowledgements have happened; then everything begun is sent until acknowledged.

    The moments of the kills are spread at random between acknowledgements; the server must answer again after each.
    """
    seen, lock, done = Storm(), threading.Lock(), threading.Event()
    numbers = iter(range(10**9))
    chance = random.Random(seed)

    def write() -> None:
        writer, pause = Writer(server), random.Random(threading.get_ident())
        while not done.is_set():
            with lock:
                one = make(next(numbers))
            until, wait = time.monotonic() + PATIENCE, 0.02
            while True:
                try:
                    status, body = writer.send(one)
                except (OSError, http.client.HTTPException):
                    status, body = 0, b""
                with lock:
                    seen.statuses[status] = seen.statuses.get(status, 0) + 1
                    if is_acknowledged(one, status, body):
                        seen.acked[one.key] = one
                        break
                    if status in (0, 503):
                        seen.broken_off += 1
                    else:
                        seen.refused.append(f"{status} {body[:200]!r}")
                        break
                    if time.monotonic() > until:
                        seen.refused.append("no answer")
                        break
                # As a device does: with a growing pause and some chance in it, else the writers would starve the starting server.
                time.sleep(pause.uniform(wait / 2, wait))
                wait = min(1.0, wait * 2)

    server.start()
    server.wait()
    threads = [threading.Thread(target=write, daemon=True) for _ in range(writers)]
    for thread in threads:
        thread.start()
    each = max(1, acks // max(1, kills))
    for _ in range(kills):
        _until_acked(seen, len(seen.acked) + chance.randint(each // 2, each + each // 2 + 1))
        time.sleep(chance.uniform(0, 0.05))
        server.kill()
        killed_at, before = time.monotonic(), len(seen.acked)
        seen.kills += 1
        server.start()
        _until_acked(seen, before + 1)
        seen.ready_after.append(time.monotonic() - killed_at)
    _until_acked(seen, acks)
    done.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "a writer hangs"
    return seen


def at_once(server: Server, sends: Sequence[Sent]) -> list[tuple[int, bytes]]:
    """Send all of these at one instant, each over its own open connection."""
    barrier = threading.Barrier(len(sends))
    answers: list[tuple[int, bytes]] = [(0, b"")] * len(sends)

    def one(index: int) -> None:
        writer = Writer(server)
        writer.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        writer.connection.connect()
        barrier.wait()
        answers[index] = writer.send(sends[index])

    threads = [threading.Thread(target=one, args=(index,)) for index in range(len(sends))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return answers


def spread(server: Server, sends: Sequence[Sent], *, writers: int = WRITERS) -> list[tuple[int, bytes]]:
    """Send all of these once, from several writers; the answers in the order of the sends."""
    answers: list[tuple[int, bytes]] = [(0, b"")] * len(sends)
    numbers, lock = iter(range(len(sends))), threading.Lock()

    def write() -> None:
        writer = Writer(server)
        while True:
            with lock:
                index = next(numbers, None)
            if index is None:
                return
            answers[index] = writer.send(sends[index])

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE * 2)
    return answers


def own_database(url: str) -> str:
    """A new empty database on the PostgreSQL of this test run."""
    import psycopg

    name = f"reliability_{os.getpid()}_{random.SystemRandom().randrange(10**6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    head, _sep, query = url.partition("?")
    return head.rpartition("/")[0] + "/" + name + ("?" + query if query else "")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_acked(seen: Storm, count: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(seen.acked) < count:
        assert not seen.refused, seen.refused[:5]
        assert time.monotonic() < until, f"only {len(seen.acked)} of {count} acknowledged"
        time.sleep(0.005)


def _inside() -> None:
    """`python -m tests.reliability.harness MODULE FUNCTION JSON`."""
    import importlib

    import django

    django.setup()
    module, function, arguments = sys.argv[1:4]
    print(json.dumps(getattr(importlib.import_module(module), function)(**json.loads(arguments))))


if __name__ == "__main__":
    _inside()
