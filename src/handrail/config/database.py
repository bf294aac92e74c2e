"""Where the data lives: an SQLite file by default, PostgreSQL by DATABASE_URL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

SAFE_WAL = (3, 51, 3)  # earlier versions can damage a WAL file when two connections write at once ("WAL-reset")


def use_safe_sqlite() -> tuple[int, int, int]:
    """Put the SQLite of the pysqlite3 wheel under Django where there is one; answer the version in use."""
    try:
        import pysqlite3

        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    except ImportError:
        pass
    import sqlite3

    major, minor, patch = (int(part) for part in sqlite3.sqlite_version.split("."))
    return major, minor, patch


def databases(url: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for an URL (`postgresql://…`), or for an SQLite file in `folder` when there is none."""
    if url:
        return {"default": postgres(url)}
    journal = "WAL" if use_safe_sqlite() >= SAFE_WAL else "DELETE"
    return {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "handrail.sqlite3"),
            # Kept connections: closing the last one would checkpoint and delete the WAL after every request.
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # FULL: an answer is acknowledged only once the disk has it. secure_delete: erased means erased.
                "init_command": f"PRAGMA journal_mode={journal};PRAGMA synchronous=FULL;"
                "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;PRAGMA temp_store=MEMORY;PRAGMA cache_size=-32000;",
            },
        }
    }


def postgres(url: str) -> dict[str, Any]:
    """Django's settings for one PostgreSQL URL; `?host=` may name a socket folder."""
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit("DATABASE_URL must start with postgresql:// (leave it out for SQLite).")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,  # the pool keeps them
        "CONN_HEALTH_CHECKS": True,  # tried before it is used: nobody gets a connection that a restart of the database has ended
        "OPTIONS": {
            # Attempts to connect pause twice as long each time; begun anew every ten seconds, they notice soon that it is back.
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10, "reconnect_timeout": 10},
            # Compiling a query takes longer than any page's query runs.
            "options": "-c jit=off -c statement_timeout=60000 -c lock_timeout=20000 -c idle_in_transaction_session_timeout=60000",
            **query,
        },
    }
