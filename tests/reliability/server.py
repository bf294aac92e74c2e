"""The real server on a database of its own, which can be killed and started again."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = "handrail.config.wsgi:application"
WORKERS = 2
PATIENCE = 60.0  # seconds after which a server that does not answer is a failure


class Server:
    """Granian with two workers and the database below it; `strike` does the damage."""

    def __init__(self, *, on_postgres: bool) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="handrail-reliability-")
        self.database = Cluster(durable=True) if on_postgres else None
        self.port = _free_port()
        self.application = PRODUCT
        theirs = ("HANDRAIL_", "DJANGO_", "DATABASE_URL", "PYTHON", "MAIL_")  # PYTHON: so that compiled modules are kept
        kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
        env = {
            **kept, "HANDRAIL_VAR": self.folder.name, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "handrail.config.settings", "HANDRAIL_URL": f"http://127.0.0.1:{self.port}",
            "HANDRAIL_ANSWERS_AN_HOUR": "1000000",  # all writers are one network here
            "HANDRAIL_WORKER_MEMORY": "0",  # a worker here is a child of the launcher: what began it is no worker that it could go on as
        }  # fmt: skip
        if self.database is not None:
            env["DATABASE_URL"] = self.database.url
        self.launcher = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.launcher"], cwd=ROOT, env=env, text=True, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def __enter__(self) -> Server:
        self.inside("world", "set_up")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self.launcher.stdin is not None
        self.launcher.stdin.close()  # no more orders: it kills the server and ends
        self.launcher.wait(PATIENCE)
        if self.database is not None:
            self.database.close()
        self.folder.cleanup()

    def inside(self, module: str, function: str, **arguments: Any) -> Any:
        """Call a function of `inside/` in the product on this server's data; JSON in and out."""
        return self._order("inside", module=f"tests.reliability.inside.{module}", function=function, arguments=arguments)

    def start(self, *, cold: bool = False) -> None:
        """Start, without waiting; `cold` as `./run` does, all imports included."""
        arguments = [
            "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", str(WORKERS),
            "--blocking-threads", "16", "--no-ws", "--log-level", "warning", self.application,
        ]  # fmt: skip
        self._order("serve", arguments=arguments, log=self._log(), cold=cold)

    def kill(self) -> None:
        """SIGKILL to the whole server: no worker gets to finish anything."""
        self._order("kill")

    def work(self) -> int:
        """Start a worker; answers its number."""
        return int(self._order("work", log=self._log()))

    def end(self, worker: int) -> None:
        """SIGKILL to a worker."""
        self._order("end", worker=worker)

    def strike(self, fault: str) -> None:
        """Kill what the fault names (server, cold, database, both) and start it again, without waiting for the server."""
        if fault != "database":
            self.kill()
        if fault in ("database", "both"):
            assert self.database is not None
            self.database.kill()
            self.database.start()
        if fault != "database":
            self.start(cold=fault == "cold")

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
        path = Path(self._log())
        return path.read_text(errors="replace") if path.exists() else ""

    def _log(self) -> str:
        return str(Path(self.folder.name) / "server.log")

    def _order(self, order: str, **arguments: Any) -> Any:
        assert self.launcher.stdin is not None
        assert self.launcher.stdout is not None
        self.launcher.stdin.write(json.dumps({"order": order, **arguments}) + "\n")
        self.launcher.stdin.flush()
        answer = json.loads(self.launcher.stdout.readline() or '{"error": "the launcher has ended"}')
        assert "error" not in answer, answer["error"]
        return answer["result"]


def _free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
