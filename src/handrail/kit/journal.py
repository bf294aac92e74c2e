"""The journal's seal: each entry is chained to the one before by a keyed hash, in the background (security.md 21, 22)."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.db import transaction

from handrail.kit import ids
from handrail.kit.models import JournalEntry


def seal_of(entry: JournalEntry, before: str) -> str:
    """The seal of one entry after another: HMAC-SHA256 over what it says and the seal before it."""
    said = ids.digest([str(entry.uid), entry.name, entry.data, str(entry.by), entry.role, entry.at.isoformat(), before])
    return hmac.new(settings.JOURNAL_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()


def seal_journal(limit: int = 5000) -> int:
    """Seal the entries not sealed yet, in order; answers how many. Run by one worker at a time."""
    with transaction.atomic():
        rows = list(JournalEntry.objects.filter(seal="").order_by("id")[:limit].select_for_update())
        if not rows:
            return 0
        before = JournalEntry.objects.filter(id__lt=rows[0].id).order_by("-id").values_list("seal", flat=True).first() or ""
        for entry in rows:
            entry.seal = before = seal_of(entry, before)
        JournalEntry.objects.bulk_update(rows, ["seal"], batch_size=500)
    return len(rows)


def broken_seals() -> list[int]:
    """The numbers of entries whose seal does not fit: something was changed, removed or put in between."""
    broken, before = [], ""
    for entry in JournalEntry.objects.exclude(seal="").order_by("id").iterator(chunk_size=2000):
        if not hmac.compare_digest(entry.seal, seal_of(entry, before)):
            broken.append(entry.pk)
        before = entry.seal
    return broken
