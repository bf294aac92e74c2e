"""Calendar files (RFC 5545, 5546): a neutral title, no place and no reason; where and why stand on the page behind the link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Appointment:
    """One seat in a calendar. `sequence` grows with each file sent, so that programs keep the newest."""

    seat: UUID
    starts_at: datetime
    ends_at: datetime
    sequence: int
    title: str
    url: str = ""
    is_certain: bool = False  # accepted; else tentative
    is_cancelled: bool = False


def calendar_file(
    appointments: Sequence[Appointment], *, zone: ZoneInfo, stamp: datetime, host: str, method: str = "PUBLISH",
    organizer: str = "", attendee: str = "", name: str = "",
) -> bytes:  # fmt: skip
    """A calendar with its time zone. METHOD is REQUEST or CANCEL for one appointment by mail, PUBLISH for a feed.

    The UID is the same for a seat in every file that is ever sent of it.
    """
    from icalendar import (  # on first use: four megabytes that most processes never need
        Calendar,
        Event,
        vCalAddress,
        vText,
    )

    calendar = Calendar()
    calendar.add("prodid", "-//Handrail//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    for one in appointments:
        event = Event()
        event.add("uid", f"{one.seat}@{host}")
        event.add("dtstamp", stamp)
        event.add("sequence", one.sequence)
        event.add("dtstart", one.starts_at.astimezone(zone))
        event.add("dtend", one.ends_at.astimezone(zone))
        event.add("summary", one.title)
        event.add("class", "PRIVATE")
        if one.url:
            event.add("url", one.url)
            event.add("description", one.url)
        cancelled = one.is_cancelled or method == "CANCEL"
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED" if one.is_certain else "TENTATIVE")
        if organizer:
            event["organizer"] = vCalAddress(f"mailto:{organizer}")
        if attendee:
            guest = vCalAddress(f"mailto:{attendee}")
            guest.params["ROLE"] = vText("REQ-PARTICIPANT")
            guest.params["PARTSTAT"] = vText("DECLINED" if cancelled else "ACCEPTED" if one.is_certain else "NEEDS-ACTION")
            guest.params["RSVP"] = vText("FALSE")  # the answer is given on the page, where it counts
            event.add("attendee", guest, encode=False)
        calendar.add_component(event)
    if appointments:
        first = min(one.starts_at for one in appointments).astimezone(zone).date()
        last = max(one.ends_at for one in appointments).astimezone(zone).date()
        calendar.subcomponents.insert(0, _around(zone, first.year, last.year + 1))
    return bytes(calendar.to_ical())


@lru_cache(maxsize=16)
def _around(zone: ZoneInfo, first: int, last: int) -> Any:
    """The time zone's rules from one New Year to another: the same in every file about these years."""
    from icalendar import Timezone

    return Timezone.from_tzinfo(zone, first_date=date(first, 1, 1), last_date=date(last, 1, 1))


def calendar_name(method: str) -> tuple[str, str]:
    """The file's name and its type as mail programs want it."""
    return "booking.ics", f"text/calendar; method={method}; charset=utf-8"
