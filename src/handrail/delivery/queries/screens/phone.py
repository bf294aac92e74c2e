"""What a phone keeps and asks for: who it belongs to, the codes of the next hour, what stands where two lists differ."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse

from handrail.delivery.models import Attendance, LateCheckIn, Session
from handrail.delivery.queries.late import open_late_check_ins
from handrail.delivery.queries.screens.attendance import people_on_list
from handrail.delivery.rules import DOORS_OPEN, KEPT_FOR_HOURS, ROTATES_AFTER, code_at, spaced
from handrail.kit import clock, ids
from handrail.kit.kept import each_look
from handrail.kit.text import _, minutes, moment, time_short
from handrail.people.models import Person
from handrail.people.queries import names_visible_to

MOST_CODES = 30  # asked for at a time: drawing one costs about three milliseconds


def phone_mark(person: Person | None) -> str:
    """Whose marks a phone keeps: a mark that stands for the person on phones only; empty for nobody."""
    return ids.hashed(f"phone:{person.uid}")[:24] if person else ""


def codes_ahead(session: Session, since: int) -> dict[str, Any]:
    """The codes that the wall shows from a turn on (0: from now), up to the end of the session, so that it turns without a line too."""
    now = clock.now()
    first = max(since, int(max(now, session.starts_at - DOORS_OPEN).timestamp()) // ROTATES_AFTER)
    last = min(first + MOST_CODES, -int(-session.ends_at.timestamp() // ROTATES_AFTER))
    codes = []
    for turn in range(first, last):
        code = code_at(session.check_in_secret, session.uid, datetime.fromtimestamp(turn * ROTATES_AFTER, UTC))
        drawn = segno.make(settings.SITE_URL + reverse("delivery:check_in_code", args=[code]), error="m", micro=False)
        bits = "".join("1" if dark else "0" for row in drawn.matrix for dark in row)
        packed = int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")
        codes.append({"turn": turn, "code": spaced(code), "size": len(drawn.matrix), "dark": b64encode(packed).decode()})
    return {"now": now.timestamp(), "seconds": ROTATES_AFTER, "ends": session.ends_at.timestamp(), "codes": codes, "next": first + len(codes) if last > first else 0}


def what_stands(viewer: Person, session: Session, uids: Iterable[UUID] | None = None) -> dict[str, Any]:
    """The lines that count, by person, as a phone compares and shows them; of these persons, or of the whole list."""
    wanted = None if uids is None else set(uids)
    rows = {row.person_id: row for row in session.attendances.filter(replaced_by=None)}
    names = names_visible_to(viewer, [row.recorded_by_id for row in rows.values() if row.recorded_by_id])
    found = {}
    for person, label, _sub in people_on_list(viewer, session):
        if wanted is None or person.uid in wanted:
            found[str(person.uid)] = _line(rows.get(person.pk), label, names)
    return found


@each_look
def looked_at() -> str:
    """The moment of a look, for a phone that compares what it heard when."""
    return f"{clock.now().timestamp():.3f}"


def list_stands(session: Session) -> list[object]:
    """What a list that is looked at again must agree with, asked each time: its version, how many lines it has, whether it is over.

    The journal alone would do but for two who write at one instant, on the morning when thirty people check in.
    """
    lines = session.attendances.aggregate(n=Count("pk"), last=Max("pk"))
    return [session.list_version, session.state, session.ends_at <= clock.now(), lines["n"], lines["last"]]


def kept_list(viewer: Person, session: Session) -> dict[str, Any]:
    """What the list's page tells the phone: whose it is, since when it is true, whether it may be kept, and check-ins that came late."""
    is_settled = session.state == Session.State.HELD and session.ends_at <= clock.now()
    return {
        "mark": phone_mark(viewer), "at": looked_at(), "hours": KEPT_FOR_HOURS, "is_settled": is_settled,
        "late": late_rows(viewer, session),
    }  # fmt: skip


def stored_list(viewer: Person, session: Session) -> dict[str, Any]:
    """What a phone is told when its list is stored: what stands now, since when, and whether the session is over."""
    stands = what_stands(viewer, session)
    there = sum(1 for one in stands.values() if one["here"])
    return {"stands": stands, "at": clock.now().timestamp(), "over": session.ends_at <= clock.now(), "there": there}


def _line(row: Attendance | None, label: str, names: Any) -> dict[str, Any]:
    if row is None:
        return {"seen": "", "here": False, "late": 0, "early": 0, "label": label, "text": str(_("Not on the list."))}
    who = names[row.recorded_by_id] if row.recorded_by_id and row.recorded_by_id != row.person_id else None
    words = {"minutes": minutes(row.minutes), "moment": time_short(row.recorded_at), "name": who.text if who and not who.is_hidden else ""}
    if row.recorded_by_id == row.person_id:
        text = _("Checked in: %(minutes)s.") % words
    elif words["name"]:
        text = _("Saved by %(name)s at %(moment)s: %(minutes)s.") % words
    else:
        text = _("Saved at %(moment)s: %(minutes)s.") % words
    return {"seen": str(row.uid), "here": row.minutes > 0, "late": row.late_minutes, "early": row.left_early_minutes, "label": label, "text": str(text)}


def late_rows(viewer: Person, session: Session) -> list[dict[str, Any]]:
    """Late check-ins that wait for a decision, with what the person is called."""
    found: list[LateCheckIn] = open_late_check_ins(viewer, session)
    labels = {person.pk: label for person, label, _sub in people_on_list(viewer, session)} if found else {}
    return [{"late": one, "label": labels.get(one.person_id, ""), "read": time_short(one.arrived_at), "came": moment(one.received_at)} for one in found]
