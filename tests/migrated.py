"""Tables as the migrations make them, kept from one run of the tests to the next: making them takes ten seconds, taking them along a half.

They are kept under a digest of whatever they come from (migrations, models, settings, installed packages), so that a change makes them anew.
The journeys set up both databases from nothing each time.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from tests.postgres import Cluster

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "migrated"
NAME = "test_handrail"  # Django's name for a test database of `handrail`
FROM = ("migrations/*.py", "models.py", "models/*.py", "apps.py", "settings.py")


@cache
def _digest() -> str:
    found = sha256()
    for path in sorted(path for pattern in FROM for path in (ROOT / "src" / "handrail").glob(f"*/{pattern}")):
        found.update(f"{path.relative_to(ROOT)} ".encode() + path.read_bytes())
    found.update(repr(sorted({(one.name, one.version) for one in distributions()})).encode())
    return found.hexdigest()[:24]


def take_file(target: Path) -> None:
    """Put an SQLite file with the tables there, if one is kept."""
    if (kept := FOLDER / f"{_digest()}.sqlite3").exists():
        shutil.copyfile(kept, target)


def keep_file(source: Path) -> None:
    """Keep a file that was migrated a moment ago."""
    if (kept := FOLDER / f"{_digest()}.sqlite3").exists():
        return
    new = _room_for(kept)
    with sqlite3.connect(source) as here, sqlite3.connect(new) as there:
        here.backup(there)
    new.replace(kept)


def take_database(cluster: Cluster) -> None:
    """Make a test database with the tables, if they are kept."""
    if (kept := FOLDER / f"{_digest()}.sql").exists():
        cluster.another(NAME)
        shutil.copyfile(kept, cluster.folder / "migrated.sql")
        cluster.run("psql", "-q", "-h", str(cluster.folder), "-U", "postgres", "-d", NAME, "-v", "ON_ERROR_STOP=1", "-f", str(cluster.folder / "migrated.sql"))


def keep_database(cluster: Cluster) -> None:
    """Keep what was migrated a moment ago."""
    if (kept := FOLDER / f"{_digest()}.sql").exists():
        return
    cluster.run("pg_dump", "-h", str(cluster.folder), "-U", "postgres", "-d", NAME, "-f", str(cluster.folder / "migrated.sql"))
    new = _room_for(kept)
    shutil.copyfile(cluster.folder / "migrated.sql", new)
    new.replace(kept)


def _room_for(kept: Path) -> Path:
    """Where to write it first; what an earlier state left goes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob(f"*{kept.suffix}"):
        old.unlink(missing_ok=True)
    return kept.with_suffix(f"{kept.suffix}.{os.getpid()}")
