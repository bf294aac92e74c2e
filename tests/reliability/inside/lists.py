"""Many sessions of one trainer, and what is stored of their attendance lists."""

from __future__ import annotations

from datetime import timedelta
from typing import Any


def build(cast: Any, sessions: int) -> dict[str, Any]:
    """Sessions that began this morning, two people to mark, and the trainer's signed-in session."""
    from django.test import Client

    from handrail.delivery.models import Session
    from handrail.kit import clock
    from tests.cast import account_of
    from tests.delivery.made import module_of

    module, begun = module_of(cast), clock.now() - timedelta(hours=1)
    rows = [
        Session(
            programme=cast.programme, module=module, title={"sv": f"Träff {number}"}, state="planned", starts_at=begun, ends_at=begun + timedelta(minutes=95),
            maximum=10, trainer=cast.carlos, organisation=cast.horby,
        )
        for number in range(sessions)
    ]  # fmt: skip
    Session.objects.bulk_create(rows, batch_size=500)
    client = Client()
    client.force_login(account_of(cast.carlos))
    return {
        "sessions": [str(one.uid) for one in rows], "people": [str(cast.birgit.uid), str(cast.bo.uid)], "cookie": client.cookies["sessionid"].value,
    }  # fmt: skip


def stored() -> dict[str, list[Any]]:
    """Every stored list by the key that its lines carry: the session, and each line in the order it was written."""
    from handrail.delivery.models import Attendance

    found: dict[str, dict[str, list[Any]]] = {}
    rows = Attendance.objects.exclude(session__list_version=0).order_by("id").values_list("reason", "session__uid", "person__uid", "minutes", "late_minutes", "left_early_minutes")
    for key, session, person, minutes, late, early in rows:
        found.setdefault(key, {}).setdefault(str(session), []).append([str(person), minutes, late, early])
    return {key: [{"session": session, "lines": lines} for session, lines in lists.items()] for key, lists in found.items()}


def set_aside() -> list[str]:
    """The keys of what was set aside for a person to look at."""
    from handrail.kit.models import SetAside

    rows = SetAside.objects.filter(scope="attendance").order_by("id")
    return [payload["marks"][0]["reason"] for payload in rows.values_list("payload", flat=True)]


def counts() -> list[int]:
    """How many lists were stored, by their lines (two each), the lists' versions, the keys taken, and the events announced (two each)."""
    from django.db.models import Sum

    from handrail.delivery.models import Attendance, Session
    from handrail.kit.models import JournalEntry, Received

    listed = Attendance.objects.exclude(session__list_version=0)
    lines, events = listed.count(), JournalEntry.objects.filter(name="AttendanceRecorded").count()
    assert lines % 2 == events % 2 == 0, (lines, events)
    return [
        lines // 2, events // 2, Session.objects.aggregate(saved=Sum("list_version"))["saved"] or 0,
        Received.objects.filter(scope="attendance").exclude(result=None).count(),
    ]  # fmt: skip
