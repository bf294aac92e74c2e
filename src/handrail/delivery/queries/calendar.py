"""A person's booked times as a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from handrail.delivery.formats import Appointment, calendar_file
from handrail.delivery.models import Seat, Session
from handrail.kit import clock
from handrail.kit.models import Link
from handrail.kit.text import _
from handrail.people.models import Person

ZONE = ZoneInfo(settings.TIME_ZONE)


def appointment_of(seat: Seat) -> Appointment:
    """A seat as it stands in a calendar: a neutral title in the language that is active, no place, no reason."""
    return Appointment(
        seat=seat.uid, starts_at=seat.session.starts_at, ends_at=seat.session.ends_at, sequence=seat.sequence, title=str(_("Booked time")),
        url=settings.SITE_URL + reverse("delivery:my_sessions"), is_certain=seat.state == Seat.State.ACCEPTED,
        is_cancelled=seat.state not in Seat.HOLDING or seat.session.state == Session.State.CANCELLED,
    )  # fmt: skip


def calendar_of(seats: Sequence[Seat]) -> bytes:
    """These seats as one calendar file."""
    return calendar_file([appointment_of(seat) for seat in seats], zone=ZONE, stamp=clock.now(), host=settings.MAIL_HOST_NAME, name=str(_("My page")))


def seats_for_calendar(person: Person) -> QuerySet[Seat]:
    """The seats that stand in a person's calendar: offered or accepted."""
    return Seat.objects.filter(person=person, state__in=Seat.HOLDING).exclude(session__state=Session.State.CANDIDATE).select_related("session").order_by("session__starts_at", "id")


def feed_url(token: str) -> str:
    """The address of a calendar that a program can ask."""
    return settings.SITE_URL + reverse("delivery:calendar_feed", args=[token])


def has_feed(person: Person) -> bool:
    """Whether an address of the person's calendar works now."""
    return Link.objects.filter(purpose="calendar", subject=person.uid, revoked_at=None, expires_at__gt=clock.now()).exists()
