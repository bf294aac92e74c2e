"""A real PostgreSQL of our own: in a temporary folder, on a socket, thrown away afterwards."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ONE_LINE = "apt-get install -y postgresql"


def programs() -> Path:
    """The folder of PostgreSQL's programs; the newest where there are several."""
    for found in sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]), reverse=True):
        return Path(found)
    if found_there := shutil.which("initdb"):
        return Path(found_there).resolve().parent
    raise SystemExit(f"PostgreSQL is missing. Install it and try again: {ONE_LINE}")


@contextmanager
def postgres(name: str = "handrail") -> Iterator[str]:
    """Start a PostgreSQL and answer the DATABASE_URL of an empty database in it."""
    folder = Path(tempfile.mkdtemp(prefix="handrail-pg-"))
    as_other: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_other = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    programs_ = programs()

    def run(program: str, *arguments: str) -> None:
        subprocess.run([*as_other, str(programs_ / program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")

    data = folder / "data"
    run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"
    run("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        run("createdb", "-h", str(folder), "-U", "postgres", name)
        yield f"postgresql://postgres@/{name}?host={folder}"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)
