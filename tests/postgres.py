"""A real PostgreSQL of our own: in a temporary folder, on a socket, thrown away afterwards."""

from __future__ import annotations

import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

ONE_LINE = "apt-get install -y postgresql"
PATIENCE = 60.0  # seconds
QUICK = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")  # for tests that are not about surviving


def programs() -> Path:
    """The folder of PostgreSQL's programs; the newest where there are several."""
    for found in sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]), reverse=True):
        return Path(found)
    if found_there := shutil.which("initdb"):
        return Path(found_there).resolve().parent
    raise SystemExit(f"PostgreSQL is missing. Install it and try again: {ONE_LINE}")


class Cluster:
    """One PostgreSQL in a folder of its own. `durable` leaves its settings as they come, so that it may be killed."""

    def __init__(self, *, durable: bool = False, name: str = "handrail") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="handrail-pg-"))
        self.data, self.log, self.programs = self.folder / "data", self.folder / "log", programs()
        self.url = f"postgresql://postgres@/{name}?host={self.folder}"
        self.as_other: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.folder, "postgres", "postgres")
            self.as_other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self.settings = ["-k", str(self.folder), "-c", "listen_addresses=", "-c", "max_connections=60", *(() if durable else QUICK)]
        self.process: subprocess.Popen[bytes] | None = None
        self.run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()
        self.run("createdb", "-h", str(self.folder), "-U", "postgres", name)

    def another(self, name: str) -> str:
        """One more empty database, and its DATABASE_URL."""
        self.run("createdb", "-h", str(self.folder), "-U", "postgres", name)
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def start(self) -> None:
        """Start, and wait until it takes connections (after a kill: until it has recovered)."""
        # A child of ours, not of pg_ctl: a killed one is then gone as soon as we have waited for it, whoever is process 1.
        command = [*self.as_other, str(self.programs / "postgres"), "-D", str(self.data), *self.settings]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True)
        until = time.monotonic() + PATIENCE
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL does not start: {self.log.read_text()[-3000:]}")
            time.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL to all of it at once: nothing is written any more that is not on its way to the disk."""
        assert self.process is not None
        first = self.process.pid
        os.kill(first, signal.SIGSTOP)  # so that it starts nobody else meanwhile
        others = [int(number) for number in Path(f"/proc/{first}/task/{first}/children").read_text().split()]
        for number in [first, *others]:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.process.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while any(_lives(number) for number in others):  # they hold the shared memory until they are gone
            assert time.monotonic() < until, "a killed PostgreSQL lives on"
            time.sleep(0.005)

    def close(self) -> None:
        """Stop it and throw it away."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _is_ready(self) -> bool:
        """PostgreSQL writes into its lock file who runs and how far that one has come."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        assert self.process is not None
        return lines[:1] == [str(self.process.pid)] and lines[7:8] == ["ready   "]

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs."""
        done = subprocess.run([*self.as_other, str(self.programs / program), *arguments], check=False, capture_output=True, text=True, cwd="/")
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr[-3000:]}")


def _lives(number: int) -> bool:
    """Whether a process is there and no mere entry that nobody has read yet."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False
