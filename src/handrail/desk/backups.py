"""Backups: the database through its own online copy, the uploads, a digest of each; checked before anything is put back."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

MANIFEST = "manifest.json"


class DamagedBackup(Exception):
    """The file is not a whole backup of ours, or it does not fit this installation."""


def make_backup(path: Path) -> int:
    """Write one backup file (mode 0600); answers its size in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        parts = [_copy_database(Path(folder)), *_uploads()]
        digests = {name: _sha256(file) for name, file in parts}
        partial = path.with_suffix(path.suffix + ".part")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz") as archive:
                about = json.dumps({"format": 1, "vendor": connection.vendor, "sha256": digests}).encode()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size = len(about)
                archive.addfile(entry, io.BytesIO(about))
                for name, file in parts:
                    archive.add(file, name)
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(path)
    return path.stat().st_size


def restore_backup(path: Path, *, replace: bool = False) -> int:
    """Check every part against its digest, then put it back; answers how many parts.

    Raises DamagedBackup before anything is touched when the file is cut, altered, made for the other kind of database, or
    when there is already data here and `replace` was not said.
    """
    with tempfile.TemporaryDirectory() as folder:
        about = _unpack(path, Path(folder))
        if about.get("vendor") != connection.vendor:
            raise DamagedBackup(f"This backup is of {about.get('vendor')}, and this installation uses {connection.vendor}.")
        if not replace and "people_person" in connection.introspection.table_names() and _has_people():
            raise DamagedBackup("There is data here already. Say --replace if it may be lost.")
        _put_database_back(Path(folder) / "database")
        uploads = Path(folder) / "media"
        if uploads.exists():
            shutil.copytree(uploads, settings.MEDIA_ROOT, dirs_exist_ok=True)
        return len(about["sha256"])


def _has_people() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_person LIMIT 1")
        return cursor.fetchone() is not None


def _unpack(path: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(path, "r:gz") as archive:
            for member in archive:
                _take_out(archive, member, folder)
        about: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        wrong = [name for name, digest in about["sha256"].items() if _sha256(folder / name) != digest]
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError, ImportError) as fault:
        raise DamagedBackup(f"{path} is cut, altered or not a backup of Handrail. Nothing was touched.") from fault
    if wrong:
        raise DamagedBackup(f"{len(wrong)} parts of {path} do not fit their digest. Nothing was touched.")
    return about


def _take_out(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """One part of the archive, as a plain file inside the folder; anything else is not from us."""
    source, target = archive.extractfile(member) if member.isreg() else None, (folder / member.name).resolve()
    if source is None or not target.is_relative_to(folder.resolve()):
        raise ValueError(member.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(source, file)


def _copy_database(folder: Path) -> tuple[str, Path]:
    target = folder / "database"
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        import sqlite3

        copy = sqlite3.connect(target)
        connection.connection.backup(copy)
        copy.close()
    else:
        subprocess.run(["pg_dump", "--format=custom", f"--file={target}", settings.DATABASE_URL], check=True)
    return "database", target


def _put_database_back(copy: Path) -> None:
    if connection.vendor == "sqlite":
        import sqlite3

        connection.ensure_connection()
        source = sqlite3.connect(copy)
        source.backup(connection.connection)
        source.close()
    else:
        subprocess.run(
            ["pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", f"--dbname={settings.DATABASE_URL}", str(copy)],
            check=True,
        )


def _uploads() -> list[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    return [(f"media/{path.relative_to(root)}", path) for path in sorted(root.rglob("*")) if path.is_file()]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
