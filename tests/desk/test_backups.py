"""A backup comes back whole, and a damaged one is refused before anything is touched."""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests import migrated

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
    migrated.take_file(var / "handrail.sqlite3")
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


SEAL = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "handrail.config.settings"
import django; django.setup()
from uuid import UUID
from handrail.kit.crypto import opened, sealed
person, content = UUID(int=7), bytes.fromhex(sys.argv[1]) if sys.argv[1:] else b""
print(opened(content, person=person, place="here") if content else sealed("Ont i ryggen", person=person, place="here").hex())
"""


def sealing(var: Path, *content: str) -> subprocess.CompletedProcess[str]:
    """Seal a text in an installation, or open one."""
    env = {**{name: value for name, value in os.environ.items() if not name.startswith(("HANDRAIL_", "DATABASE_URL"))}, "HANDRAIL_VAR": str(var), "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run([sys.executable, "-c", SEAL, *content], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_notes_open_elsewhere_with_data_keys_and_organisation_key_and_with_none_missing(backed_up: tuple[Path, Path], tmp_path: Path) -> None:
    """The three lie apart: neither file holds another's part."""
    var, _before = backed_up
    note = sealing(var).stdout.strip()
    data, keys = tmp_path / "data.tar.gz", tmp_path / "keys.backup"
    assert manage(var, "backup", str(data)).returncode == 0
    made = manage(var, "keys", "backup", str(keys))
    assert "1 keys" in made.stdout and "delete it by" in made.stdout
    key_file = next((var / "person-keys").glob("*/*.key"))
    with tarfile.open(data) as archive:
        inside = b"".join(archive.extractfile(one).read() for one in archive if one.isreg())  # type: ignore[union-attr]
        assert not [name for name in archive.getnames() if "key" in name]
    for secret in (key_file.read_bytes(), (var / "organisation-key").read_bytes()):
        assert secret not in inside
    assert (var / "organisation-key").read_bytes() not in gzip.decompress(keys.read_bytes().partition(b"\n")[2])
    there = tmp_path / "there"
    assert manage(there, "restore", str(data)).returncode == 0
    assert "Unreadable" in sealing(there, note).stderr, "data alone"
    refused = manage(there, "keys", "restore", str(keys))
    assert refused.returncode and "organisation's key does not open" in refused.stderr, "another organisation's key"
    (there / "organisation-key").write_text((var / "organisation-key").read_text())
    done = manage(there, "keys", "restore", str(keys))
    assert "1 keys are back" in done.stdout, done.stderr
    assert sealing(there, note).stdout.strip() == "Ont i ryggen"


def test_doctor_looks_after_the_keys(backed_up: tuple[Path, Path], tmp_path: Path) -> None:
    var, _file = backed_up
    sealing(var)
    copy, listed = var / "keys.backup", var / "person-keys" / "copies.jsonl"
    manage(var, "keys", "backup", str(copy))
    assert "person key" not in manage(var, "doctor").stdout
    listed.write_text(listed.read_text().replace('{"at": "20', '{"at": "19'))
    (var / "person-keys").chmod(0o755)
    (var / "organisation-key").rename(var / "elsewhere")
    said = manage(var, "doctor").stdout
    assert f"MEND  {copy} is a copy of person keys from 19".replace("  ", " ") in said.replace("  ", " ")
    assert "no copy of the person keys from the last 14 days" in said
    assert "person-keys can be read by others: chmod 700" in said
    assert "1 person keys are wrapped by an organisation key that is not here" in said
    (var / "elsewhere").rename(var / "organisation-key")
    (var / "person-keys").chmod(0o700)
