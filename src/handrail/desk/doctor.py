"""Looks at an installation as an operator's colleague would (security.md 34)."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

from django.conf import settings
from django.db import connection

from handrail.kit import clock, crypto, later
from handrail.people.queries import administrators, erased_here, organisation_count

SHORTEST_KEY = 32
SAFE_SQLITE = (3, 51, 3)


@dataclass(frozen=True)
class Finding:
    """Something an operator should know; `must` when it has to be mended."""

    text: str
    must: bool = False


def findings() -> Iterator[Finding]:
    """Every finding, the kind of installation first."""
    if settings.LOCAL_MODE:
        yield Finding("Local mode: on this machine only, without passwords. Set HANDRAIL_HOSTS for production.")
    yield from _database()
    for name in ("secret-key", "journal-key", "organisation-key"):
        path = Path(settings.VAR) / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Finding(f"{path} can be read by others: chmod 600 it.", must=True)
    yield from _keys()
    if not settings.LOCAL_MODE and not settings.MAIL_URL:
        yield Finding("Mails are written to a folder: set MAIL_URL.", must=True)
    if not settings.LOCAL_MODE:
        yield from _way_in()
    if find_library("pangoft2-1.0") is None:
        yield Finding("PDF needs Pango: apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")
    if (waits := later.queue_seconds()) > 600:
        yield Finding(f"The oldest task has waited {waits // 60} minutes: is a worker running (./run worker)?", must=True)


def _keys() -> Iterator[Finding]:
    """The keys of sealed notes: readable by nobody else, opened by the organisation's key, copied lately and not kept for long."""
    store = Path(settings.PERSON_KEYS)
    if not store.exists():
        return
    if stat.S_IMODE(store.stat().st_mode) & 0o077:
        yield Finding(f"{store} can be read by others: chmod 700 it.", must=True)
    if store.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        yield Finding(f"{store} lies among the uploads, which every backup holds: move it and set HANDRAIL_PERSON_KEYS.", must=True)
    if count := crypto.foreign_keys():
        yield Finding(
            f"{count} person keys are wrapped by an organisation key that is not here: their notes cannot be opened. Put it back "
            f"({Path(settings.VAR) / 'organisation-key'}, HANDRAIL_ORGANISATION_KEY or HANDRAIL_ORGANISATION_KEYS_OLD).", must=True,
        )  # fmt: skip
    if count := crypto.older_keys():
        yield Finding(f"{count} person keys are still wrapped by an earlier organisation key: ./run manage keys rotate")
    if min(map(len, settings.ORGANISATION_KEYS)) < SHORTEST_KEY:
        yield Finding(f"The organisation's key is shorter than {SHORTEST_KEY} characters: make a random one, and ./run manage keys rotate", must=True)
    gone = set(crypto.persons_without())
    if back := len(gone) - len(erased_here(gone)):
        yield Finding(f"{back} people whose keys were destroyed stand in the data as before: a backup from before their erasure was put back. Erase them again.", must=True)
    now = clock.real_now()
    for at, path in crypto.backups_made():
        if now - at > crypto.KEPT_FOR and path.exists():
            yield Finding(f"{path} is a copy of person keys from {at:%Y-%m-%d} and should be gone: whoever has it can read people erased since.", must=True)
    has_keys = any(True for _one in crypto.persons_with_keys())
    if has_keys and not any(now - at <= crypto.KEPT_FOR for at, _path in crypto.backups_made()):
        yield Finding("There is no copy of the person keys from the last 14 days: ./run manage keys backup FILE, kept apart from the data.", must=not settings.LOCAL_MODE)


def _way_in() -> Iterator[Finding]:
    """Passkeys belong to one host name, and a recovery needs two people."""
    site = urlparse(settings.SITE_URL)
    if site.scheme != "https" or site.hostname not in settings.ALLOWED_HOSTS:
        yield Finding(f"HANDRAIL_URL is {settings.SITE_URL}: passkeys and links in mails need https and one of HANDRAIL_HOSTS.", must=True)
    for host in settings.ALLOWED_HOSTS:
        if host != site.hostname and not host.lstrip(".").endswith(f".{site.hostname}"):
            yield Finding(f"Passkeys work at {site.hostname} and below, not at {host}: send its visitors on to HANDRAIL_URL.")
    count = administrators().count()
    if count == 0:
        yield Finding("Nobody is an administrator: whoever loses passkey and app stays outside. Name two: ./run manage administrator EMAIL", must=True)
    elif count == 1:
        yield Finding(
            "There is one administrator, and a recovery needs two: name another (./run manage administrator EMAIL), or agree as the "
            "second pair of eyes at the machine (./run manage recovery --agree EMAIL)."
        )


def _database() -> Iterator[Finding]:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        import sqlite3

        version = tuple(int(part) for part in sqlite3.sqlite_version.split("."))
        if version < SAFE_SQLITE:
            yield Finding(f"SQLite {sqlite3.sqlite_version} can damage its WAL file; the slower DELETE journal is used instead.")
        if not settings.LOCAL_MODE and organisation_count() > 1:
            yield Finding("Several organisations share one SQLite file: use PostgreSQL (DATABASE_URL).", must=True)
        return
    with connection.cursor() as cursor:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone()[0] == "off":
                yield Finding(f"PostgreSQL runs with {name} off: a power cut may lose what was acknowledged.", must=True)
