"""`./run test`: every check and every test, on both databases and in a real browser; it never skips."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from run import PYTHON, ROOT, install, say

NEEDED = {
    "PostgreSQL": ("postgresql", lambda: bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"))),
    "Chromium": ("chromium-headless-shell", lambda: any(map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser")))),
    "Pango, for PDF": ("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", lambda: _has_library("libpangoft2-1.0.so.0")),
    "pdfinfo, to read PDF": ("poppler-utils", lambda: bool(shutil.which("pdfinfo"))),
    "PSPP, which reads what SPSS reads": ("pspp", lambda: bool(shutil.which("pspp"))),
    "Arabic fonts": ("fonts-noto-core", lambda: Path("/usr/share/fonts/truetype/noto").exists()),
}


def _has_library(name: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def need_programs() -> None:
    """Use what is there; install what is missing where this runs as root on Debian; else say the one line and fail."""
    missing = {what: packages for what, (packages, is_there) in NEEDED.items() if not is_there()}
    if not missing:
        return
    packages = " ".join(missing.values()).split()
    line = "apt-get update && apt-get install -y " + " ".join(packages)
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        raise SystemExit(f"Missing for the tests: {', '.join(missing)}. Run this, then ./run test again:\n  sudo sh -c '{line}'")
    say(f"Missing for the tests: {', '.join(missing)}. Installing with apt: {' '.join(packages)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], check=True, env=env, stdout=subprocess.DEVNULL)
    subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages], check=True, env=env, stdout=subprocess.DEVNULL)


def environment(database: str) -> dict[str, str]:
    """A clean environment for one run of the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL_", "DATABASE_URL", "MAIL_"))}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # each of the many processes would compile everything again
    return {**kept, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "HANDRAIL_TEST_DATABASE": database}


def pytest(*arguments: str) -> list[str]:
    """The command of one run of pytest."""
    return [str(PYTHON), "-m", "pytest", "-q", *arguments]


@dataclass
class Job:
    """One part of the tests: a command, and how much of what it says is shown when it went well."""

    name: str
    command: list[str]
    env: dict[str, str]
    shown: int = 600

    def run(self) -> bool:
        """Run it, then say what it said, how it went and how long it took."""
        started = time.monotonic()
        done = subprocess.run(self.command, cwd=ROOT, env=self.env, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        well = done.returncode == 0
        told = f"{'ok    ' if well else 'FAILED'} {self.name} ({time.monotonic() - started:.0f} s)"
        if shown := self.shown if well else 20_000:
            told = f"--- {self.name}\n{done.stdout[-shown:].strip()}\n{told}"
        say(told)  # at once: two jobs end at the same time now and then
        return well


def run_tests(arguments: list[str]) -> int:
    """All of it; or with `quick`, the named tests on SQLite only."""
    started = time.monotonic()
    install("requirements-test.lock")
    env = environment("sqlite")
    if arguments[:1] == ["quick"]:
        return subprocess.run(pytest(*arguments[1:]), cwd=ROOT, env=env, check=False).returncode
    need_programs()
    python, scripts, postgres = str(PYTHON), PYTHON.parent, environment("postgres")
    fast = ["--ignore=tests/journeys", "--ignore=tests/reliability", "tests"]
    reliability = ["--tb=short", "--maxfail=3", "tests/reliability"]
    with tempfile.TemporaryDirectory() as var:
        check = {**env, "HANDRAIL_VAR": var, "DJANGO_SETTINGS_MODULE": "handrail.config.settings"}
        jobs = [  # the longest first
            Job("tests on SQLite", pytest(*fast), env),
            Job("tests on PostgreSQL, of what touches a database", pytest(*fast), {**postgres, "HANDRAIL_TESTS": "database"}),
            Job("journeys on SQLite", pytest("tests/journeys"), env),
            Job("journeys on PostgreSQL", pytest("tests/journeys"), postgres),
            Job("reliability on PostgreSQL", pytest(*reliability), postgres, shown=2400),  # it waits as often as it works: small things go on beside it
            Job("types", [str(scripts / "mypy"), "--cache-dir", tempfile.gettempdir() + "/handrail-mypy", "src"], check, shown=0),
            Job("reliability on SQLite", pytest(*reliability), env, shown=2400),
            Job("floors and rooms", [str(scripts / "lint-imports"), "--no-cache"], check, shown=0),
            Job("migrations", [python, "-m", "handrail", "makemigrations", "--check", "--dry-run"], check, shown=0),
            Job("ruff", [str(scripts / "ruff"), "check", "src", "tests", "tools", "bench"], check, shown=0),
        ]
        with ThreadPoolExecutor(max_workers=2) as two:  # one a core; three at once took no less time
            well = list(two.map(Job.run, jobs))
    say(f"{'Everything holds' if all(well) else 'Something failed'} ({time.monotonic() - started:.0f} s)")
    return 0 if all(well) else 1
