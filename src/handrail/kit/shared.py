"""What several processes must agree on for a while: tries counted by the account library, locks of moments."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router

from handrail.kit import clock
from handrail.kit.later import daily

FAR = datetime(9999, 12, 31, tzinfo=UTC)


class SharedMemory(DatabaseCache):
    """Django's cache in a table, written by one statement each, and nothing is thrown out before its time.

    Django's own counts all rows at every writing and throws a third of them out at three hundred: whoever tried a few hundred addresses
    would have made it forget how often each was tried.
    """

    _table: str

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        until = self.get_backend_timeout(timeout)
        connection = connections[router.db_for_write(self.cache_model_class)]
        moment = connection.ops.adapt_datetimefield_value
        expires = moment(FAR if until is None else datetime.fromtimestamp(until, UTC).replace(microsecond=0))
        now = moment(clock.real_now().replace(microsecond=0))
        kept = self.written(value)
        with connection.cursor() as cursor:
            if mode == "touch":
                cursor.execute(f"UPDATE {self._table} SET expires = %s WHERE cache_key = %s AND expires >= %s", [expires, key, now])  # noqa: S608
            else:  # both databases say it so; `add` takes the place of what is over, and of nothing else
                cursor.execute(
                    f"INSERT INTO {self._table} AS kept (cache_key, value, expires) VALUES (%s, %s, %s) "  # noqa: S608  (the table's name is ours)
                    "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires" + (" WHERE kept.expires < %s" if mode == "add" else ""),
                    [key, kept, expires, *([now] if mode == "add" else [])],
                )
            return bool(cursor.rowcount)

    def peek(self, keys: Iterable[str]) -> dict[str, str]:
        """What is kept under these keys, as it is written there: for `swap`, which wants to know what was seen."""
        names = {self.make_and_validate_key(key): key for key in keys}
        connection = connections[router.db_for_write(self.cache_model_class)]
        with connection.cursor() as cursor:
            places = ", ".join(["%s"] * len(names))
            cursor.execute(
                f"SELECT cache_key, value FROM {self._table} WHERE cache_key IN ({places}) AND expires >= %s",  # noqa: S608  (the table's name is ours)
                [*names, connection.ops.adapt_datetimefield_value(clock.real_now())],
            )
            return {names[name]: value for name, value in cursor.fetchall()}

    def swap(self, changes: Mapping[str, tuple[str | None, Any, float]]) -> dict[str, str]:
        """Put new values in the place of those that were seen (None: nothing), for so many seconds; where another was quicker nothing is changed.

        Answers what is written now under each key that was changed. One statement: of two processes one is first, and no lock is needed.
        """
        connection = connections[router.db_for_write(self.cache_model_class)]
        moment, now = connection.ops.adapt_datetimefield_value, clock.real_now().replace(microsecond=0)
        names = {self.make_and_validate_key(key): key for key in sorted(changes)}  # in one order, so that two never wait for each other
        written = {name: self.written(changes[key][1]) for name, key in names.items()}
        rows = [part for name, key in names.items() for part in (name, written[name], moment(now + timedelta(seconds=changes[key][2])))]
        seen = [f"{name} {changes[key][0]}" for name, key in names.items() if changes[key][0] is not None] or [""]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {self._table} AS kept (cache_key, value, expires) VALUES {', '.join(['(%s, %s, %s)'] * len(names))} "  # noqa: S608
                "ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires "
                f"WHERE kept.expires < %s OR kept.cache_key || ' ' || kept.value IN ({', '.join(['%s'] * len(seen))}) RETURNING cache_key",
                [*rows, moment(now), *seen],
            )
            return {names[name]: written[name] for (name,) in cursor.fetchall()}

    def written(self, value: Any) -> str:
        """A value as it stands in the table."""
        return base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("latin1")

    def meant(self, written: str) -> Any:
        """The value behind what stands in the table."""
        return pickle.loads(base64.b64decode(written))  # noqa: S301  (written by us, as Django's own cache does)

    def forget_expired(self) -> int:
        """Drop what is over; answers how many."""
        connection = connections[router.db_for_write(self.cache_model_class)]
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._table} WHERE expires < %s", [connection.ops.adapt_datetimefield_value(clock.real_now())])  # noqa: S608
            return int(cursor.rowcount)


@daily("kit: forget what is over")
def forget_expired() -> None:
    """Once a day the table is rid of what nobody asks for any more."""
    if isinstance(found := caches["default"], SharedMemory):
        found.forget_expired()
