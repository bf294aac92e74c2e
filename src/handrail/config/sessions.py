"""Sessions in the database as Django keeps them, a new one written once instead of asked for, written, and written again."""

from __future__ import annotations

import time
from base64 import b32encode
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from secrets import token_bytes
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.db import DatabaseError, IntegrityError, router, transaction

KEY_BYTES = 20  # 160 random bits: 32 letters and digits
BEGAN = "began"  # when somebody signed in, in seconds of the machine's clock


class SessionStore(db.SessionStore):
    """A new session is a row at the end of its first request; until then it is only a key.

    Nobody asks whether a key is taken already: of 160 random bits none comes twice, and if one did, writing it would fail rather than
    open somebody else's session.
    """

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.is_new = False

    @classmethod
    def get_model_class(cls) -> Any:
        """Django's own table."""
        return db.SessionStore.get_model_class()

    def create(self) -> None:
        """A key of its own, to be written when the session is saved."""
        self._session_key = b32encode(token_bytes(KEY_BYTES)).decode().lower()
        self._get_session(no_load=True)  # type: ignore[attr-defined]  # nothing is stored under it
        self.is_new = self.modified = True

    def get_expiry_date(self, **known: Any) -> datetime:
        """Eight hours after signing in, whatever was stored since: a session that is used does not last for ever (security.md 29)."""
        began = self._get_session().get(BEGAN)  # type: ignore[attr-defined]
        if began is None or known:
            return super().get_expiry_date(**known)
        return datetime.fromtimestamp(began, UTC) + timedelta(seconds=self.get_session_cookie_age())

    def save(self, must_create: bool = False) -> None:
        """Write the session, in one statement; as Django's, raises UpdateError for one that was ended meanwhile."""
        if self.session_key is None:
            self.create()
        is_new = must_create or self.is_new
        if is_new:
            self._get_session(no_load=True)[BEGAN] = time.time()  # type: ignore[attr-defined]
        row = self.create_model_instance(self._get_session(no_load=is_new))  # type: ignore[attr-defined]
        using = router.db_for_write(self.model, instance=row)
        try:
            with transaction.atomic(using=using) if transaction.get_connection(using).in_atomic_block else nullcontext():
                row.save(force_insert=is_new, force_update=not is_new, using=using)
        except IntegrityError:
            raise CreateError if is_new else UpdateError from None
        except DatabaseError:
            if is_new:
                raise
            raise UpdateError from None
        self.is_new = False
