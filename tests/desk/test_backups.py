"""A backup comes back whole, and a damaged one is refused before anything is touched."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def manage(var: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in an installation of its own, on its own SQLite file."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL_", "DATABASE_URL", "DJANGO_"))}
    env = {**kept, "HANDRAIL_VAR": str(var), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run([sys.executable, "-m", "handrail", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def organisations_in(var: Path) -> list[tuple[str]]:
    """What the installation's database says."""
    with sqlite3.connect(var / "handrail.sqlite3") as database:
        return database.execute("SELECT name FROM people_organisation ORDER BY name").fetchall()


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An installation with one organisation and an upload, and its backup."""
    var = tmp_path_factory.mktemp("first")
    made = manage(var, "migrate", "-v0")
    assert made.returncode == 0, made.stderr
    with sqlite3.connect(var / "handrail.sqlite3") as database:
        database.execute("INSERT INTO people_organisation (uid, name, short_name, website) VALUES ('a' || hex(randomblob(15)), 'Osby kommun', 'Osby', '')")
    (var / "media").mkdir(exist_ok=True)
    (var / "media" / "note.txt").write_text("kept")
    file = var / "backup.tar.gz"
    done = manage(var, "backup", str(file))
    assert done.returncode == 0, done.stderr
    assert file.stat().st_mode & 0o077 == 0, "only its owner reads it"
    return var, file


def test_a_backup_comes_back_whole(backed_up: tuple[Path, Path], tmp_path: Path) -> None:
    var, file = backed_up
    assert manage(tmp_path, "restore", str(file)).returncode == 0
    assert organisations_in(tmp_path) == organisations_in(var) == [("Osby kommun",)]
    assert (tmp_path / "media" / "note.txt").read_text() == "kept"


@pytest.mark.parametrize("damage", ["cut", "flipped", "not a backup"])
def test_a_damaged_backup_is_refused_before_anything_is_touched(backed_up: tuple[Path, Path], tmp_path: Path, damage: str) -> None:
    var, backup = backed_up
    content = bytearray(backup.read_bytes())
    if damage == "cut":
        content = content[:-1024]
    elif damage == "flipped":
        content[len(content) // 2] ^= 0xFF
    else:
        content = bytearray(b"hello")
    file = tmp_path / "damaged.tar.gz"
    file.write_bytes(content)
    before = organisations_in(var)
    refused = manage(var, "restore", "--replace", str(file))
    assert refused.returncode != 0
    assert "Nothing was touched" in refused.stderr
    assert organisations_in(var) == before == [("Osby kommun",)]
    assert (var / "media" / "note.txt").read_text() == "kept"
