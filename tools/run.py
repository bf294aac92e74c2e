"""The operator's hand: installs, starts, tests, backs up. Needs nothing but Python itself."""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
VAR = Path(os.environ.get("HANDRAIL_VAR") or ROOT / "var")
PIP = ("pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r")
HELP = """./run [--port N]         install what is needed, load the demonstration, serve Handrail and one worker
./run test               every test, on SQLite and PostgreSQL, in a real browser
./run test quick [...]   only what matches, on SQLite (arguments go to pytest)
./run manage COMMAND     one of Django's or our commands
./run worker             one more worker
./run bench NAME ...     a measurement: planner, matching, heat-map, pages, attendance, cases, results, submissions
./run backup [FILE]      everything that is kept, into one file
./run restore FILE       put a backup back into an empty installation
./run doctor             what is weak or missing in this installation"""


def say(text: str) -> None:
    """Tell the person at the terminal what happens."""
    print(text, flush=True)


def environment() -> dict[str, str]:
    """The environment that our own programs run in.

    Modules are compiled once and not at each start; two stores of memory serve sixteen threads as well as sixteen (30 MB less).
    """
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        "MALLOC_ARENA_MAX": "2", **given, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
        "HANDRAIL_VAR": str(VAR), "PYTHONUNBUFFERED": "1",
    }  # fmt: skip


def install(lock: str) -> None:
    """Install the pinned packages into .venv, by uv where that works, else by pip; nothing when they are there."""
    digest = hashlib.sha256((ROOT / lock).read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / f".{lock}.sha256"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    if not PYTHON.exists():
        say("Making a Python environment in .venv …")
        # Without pip, which takes longer to put in place than everything else together; it comes where uv cannot be had.
        if subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=False).returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            raise SystemExit("Python's venv module is missing. On Debian or Ubuntu: apt-get install -y python3-venv")
    say(f"Installing the packages of {lock} (the first time takes a minute) …")
    if not install_by_uv(lock):
        bring_pip()
        subprocess.run([str(PYTHON), "-m", *PIP, lock], check=True, cwd=ROOT)
    stamp.write_text(digest)


def bring_pip() -> None:
    """Put pip into .venv where it is not."""
    if quiet([str(PYTHON), "-m", "pip", "--version"]) and subprocess.run([str(PYTHON), "-m", "ensurepip"], check=False, stdout=subprocess.DEVNULL).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SystemExit("Python's venv module is not whole (ensurepip is missing). On Debian or Ubuntu: apt-get install -y python3-venv")


def quiet(command: list[str]) -> int:
    """Run something whose failure is answered by another way; answers its code."""
    return subprocess.run(command, check=False, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


def installer() -> str | None:
    """uv: the machine's own, or one that pip puts beside our packages (this Python's, else one of .venv's own); None where neither can be had."""
    beside = VENV / "installer"
    inside = os.pathsep.join((str(beside / "bin"), str(beside / "Scripts"), str(PYTHON.parent)))
    if found := shutil.which("uv") or shutil.which("uv", path=inside):
        return found
    get = [*PIP, "requirements-installer.lock", "--target", str(beside)]
    if quiet([sys.executable, "-m", *get]):
        bring_pip()
        quiet([str(PYTHON), "-m", *get])
    return shutil.which("uv", path=inside)


def install_by_uv(lock: str) -> bool:
    """Install by uv, which takes seconds where pip takes a minute; False where there is none for this machine, or the packages come from a place that only pip knows."""
    if not (uv := installer()):
        return False
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1", "UV_HTTP_TIMEOUT": "20"}  # two names of one setting
    command = [uv, "pip", "install", "--quiet", "--require-hashes", "--python", str(PYTHON), "-r", lock]
    return subprocess.run(command, check=False, cwd=ROOT, env=env, stderr=subprocess.DEVNULL).returncode == 0


def manage(*arguments: str) -> int:
    """Run one management command."""
    return subprocess.run([str(PYTHON), "-m", "handrail", *arguments], cwd=ROOT, env=environment(), check=False).returncode


def serve(port: int) -> int:
    """Set up, start the site and one worker, and stay until stopped."""
    install("requirements.lock")
    if code := manage("setup"):
        return code
    env = environment()
    site = [
        str(PYTHON), "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "32", "--no-ws", "--log-level", "error", "handrail.config.wsgi:application",
    ]  # fmt: skip
    env.setdefault("HANDRAIL_URL", f"http://localhost:{port}")
    children = [
        subprocess.Popen(site, cwd=ROOT, env=env),
        subprocess.Popen([str(PYTHON), "-m", "handrail", "worker"], cwd=ROOT, env=env),
    ]

    def stop(*_: object) -> None:
        for child in children:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    say(f"Handrail is at http://localhost:{port} (stop with Ctrl+C)")
    while all(child.poll() is None for child in children):
        time.sleep(0.3)
    ended_by_itself = next((child for child in children if child.poll() not in (None, 0, -15)), None)
    stop()
    for child in children:
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()
    return 1 if ended_by_itself and ended_by_itself.returncode > 0 else 0


def main() -> int:
    """Read the command and do it."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    rest = sys.argv[2:]
    if name in {"help", "-h", "--help"}:
        say(HELP)
        return 0
    if not name or name.startswith("--port"):
        parser = argparse.ArgumentParser(prog="./run")
        parser.add_argument("--port", type=int, default=8000)
        return serve(parser.parse_args().port)
    if name == "test":
        sys.path.insert(0, str(ROOT / "tools"))
        from testing import run_tests

        return run_tests(rest)
    install("requirements.lock")
    if name == "bench" and rest:
        script = {"planner": "bench/planning/run.py", "heat-map": "bench/heat_map.py", "pages": "bench/pages/run.py", "attendance": "bench/attendance.py", "matching": "bench/matching/run.py", "cases": "bench/cases.py", "results": "bench/results.py", "submissions": "bench/submissions.py"}.get(rest[0])
        if script and (ROOT / script).exists():
            return subprocess.run([str(PYTHON), script, *rest[1:]], cwd=ROOT, env=environment(), check=False).returncode
    elif name == "manage" and rest:
        return manage(*rest)
    elif name in {"worker", "backup", "restore", "doctor"}:
        return manage(name, *rest)
    say(HELP)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
