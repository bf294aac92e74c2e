"""`./run test`: every check and every test, on both databases and in a real browser; it never skips."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from run import PYTHON, ROOT, install, say

NEEDED = {
    "PostgreSQL": ("postgresql", lambda: bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb"))),
    "Chromium": ("chromium", lambda: bool(shutil.which("chromium") or shutil.which("chromium-browser"))),
    "Pango, for PDF": ("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", lambda: _has_library("libpangoft2-1.0.so.0")),
    "pdfinfo, to read PDF": ("poppler-utils", lambda: bool(shutil.which("pdfinfo"))),
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


def pytest(database: str, *arguments: str) -> list[str]:
    """The command of one run of pytest."""
    return [str(PYTHON), "-m", "pytest", "-q", *arguments]


def stage(name: str, command: list[str], env: dict[str, str]) -> bool:
    """Run one stage and say how it went and how long it took."""
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    took = time.monotonic() - started
    if done.returncode:
        say(done.stdout[-12000:] + done.stderr[-6000:])
    say(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({took:.0f} s)")
    return done.returncode == 0


def together(runs: dict[str, tuple[list[str], dict[str, str]]], *, shown: int = 600) -> bool:
    """Run several at once, one a core, and show what each said at its end."""
    started, all_well = time.monotonic(), True
    with tempfile.TemporaryDirectory() as folder:
        children = {}
        for name, (command, env) in runs.items():
            output = open(Path(folder) / name.replace(" ", "-"), "w+")  # noqa: SIM115
            children[name] = (subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT), output)
        for name, (child, output) in children.items():
            code = child.wait()
            output.seek(0)
            text = output.read()
            output.close()
            say(f"--- {name}\n{text[-20000:] if code else text[-shown:]}".rstrip())
            say(f"{'ok    ' if code == 0 else 'FAILED'} {name} ({time.monotonic() - started:.0f} s)")
            all_well = all_well and code == 0
    return all_well


def run_tests(arguments: list[str]) -> int:
    """All of it; or with `quick`, the named tests on SQLite only."""
    started = time.monotonic()
    install("requirements-test.lock")
    env = environment("sqlite")
    if arguments[:1] == ["quick"]:
        return subprocess.run(pytest("sqlite", *arguments[1:]), cwd=ROOT, env=env, check=False).returncode
    need_programs()
    python, scripts = str(PYTHON), PYTHON.parent
    checks = {
        "ruff": [str(scripts / "ruff"), "check", "src", "tests", "tools", "bench"],
        "floors and rooms": [str(scripts / "lint-imports"), "--no-cache"],
        "types": [str(scripts / "mypy"), "--cache-dir", tempfile.gettempdir() + "/handrail-mypy", "src"],
        "migrations": [python, "-m", "handrail", "makemigrations", "--check", "--dry-run"],
    }
    with tempfile.TemporaryDirectory() as var:
        check_env = {**env, "HANDRAIL_VAR": var, "DJANGO_SETTINGS_MODULE": "handrail.config.settings"}
        well = [stage(name, command, check_env) for name, command in checks.items()]
    fast = ["--ignore=tests/journeys", "--ignore=tests/reliability"]
    well.append(
        together({
            "tests on SQLite": (pytest("sqlite", *fast, "tests"), environment("sqlite")),
            "tests on PostgreSQL": (pytest("postgres", *fast, "tests"), environment("postgres")),
        })
    )  # fmt: skip
    reliability = ["--tb=short", "--maxfail=3", "tests/reliability"]
    well.append(
        together({
            "reliability on SQLite": (pytest("sqlite", *reliability), environment("sqlite")),
            "reliability on PostgreSQL": (pytest("postgres", *reliability), environment("postgres")),
        }, shown=2400)
    )  # fmt: skip
    well.append(
        together({
            "journeys on SQLite": (pytest("sqlite", "tests/journeys"), environment("sqlite")),
            "journeys on PostgreSQL": (pytest("postgres", "tests/journeys"), environment("postgres")),
        })
    )  # fmt: skip
    say(f"{'Everything holds' if all(well) else 'Something failed'} ({time.monotonic() - started:.0f} s)")
    return 0 if all(well) else 1
