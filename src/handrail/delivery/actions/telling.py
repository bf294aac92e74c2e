"""Mails about seats: each change told once, in the person's language, saying neither what, where nor why; the page behind the link does."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import translation

from handrail.delivery.actions.schedule import ZONE
from handrail.delivery.formats import calendar_file, calendar_name
from handrail.delivery.models import Seat, SeatStep, Session
from handrail.delivery.queries import appointment_of
from handrail.kit import clock, links
from handrail.kit.mail import Attachment, send_mail
from handrail.people.models import Identity, Person

log = logging.getLogger("handrail.delivery")
PURPOSE = "seat"
S = Seat.State
TEMPLATES = {
    S.INVITED: "invited", S.ACCEPTED: "accepted", S.WAITING: "waiting", S.DECLINED: "ended", S.REFUSED: "ended", S.WITHDRAWN: "ended",
}  # fmt: skip


def tell_seat(*, seat: Seat) -> bool:
    """Tell somebody where their seat stands, if they were not told yet; answers whether a mail was queued.

    What is over by now is only noted. A seat that waits for approval is told to the manager.
    """
    return tell_seats(seats=[seat]) > 0


class Untold(Exception):
    """Some could not be told; everybody else was. `seats` are their uids: no name, no address."""

    def __init__(self, seats: Sequence[UUID]) -> None:
        super().__init__(f"{len(seats)} seats could not be told of: {', '.join(map(str, seats))}")
        self.seats = list(seats)


def tell_seats(*, seats: Sequence[Seat]) -> int:
    """Tell everybody where their seat stands who was not told yet; answers to how many a mail was queued.

    A newcomer whom no mail reaches is put on the list of whoever accompanies them. One whose mail cannot be written keeps nobody else untold:
    what was queued for the others is committed, then Untold names the seats.
    """
    told, failed = _tell_all(seats)
    if failed:
        raise Untold(failed)
    return told


@transaction.atomic
def _tell_all(seats: Sequence[Seat]) -> tuple[int, list[UUID]]:
    rows = Seat.objects.select_for_update(of=("self",), no_key=True).select_related("session", "person").filter(pk__in=[one.pk for one in seats])
    locked = list(rows.order_by("pk"))
    steps = dict(SeatStep.objects.filter(seat__in=locked).order_by().values_list("seat_id").annotate(Max("id")))
    untold = [seat for seat in locked if seat.told_step < steps.get(seat.pk, 0)]
    known = _identities(untold)
    told, done, failed = 0, list[Seat](), list[UUID]()
    for seat in untold:
        try:
            with transaction.atomic():
                if seat.session.ends_at > clock.now():
                    told += _ask_managers(seat) if seat.state == S.ASKED else _tell(seat, TEMPLATES[S(seat.state)], known.get(seat.person_id))
        except Exception as fault:  # whatever one mail stumbles over is that mail's alone; its words may hold an address, so only its kind is logged
            log.error("Nobody could be told of seat %s: %s.", seat.uid, type(fault).__name__)
            failed.append(seat.uid)
        else:
            seat.told_step = steps[seat.pk]
            done.append(seat)
    _leave_to_others([seat for seat in done if seat.session.for_newcomers and seat.person_id not in known and seat.person.erased_at is None])
    Seat.objects.bulk_update(done, ["told_step", "sequence", "to_tell_since"], batch_size=200)
    return told, failed


@transaction.atomic
def remind_seat(*, seat: Seat) -> bool:
    """Remind somebody of tomorrow, once; answers whether a mail was queued."""
    seat = Seat.objects.select_for_update(of=("self",), no_key=True).select_related("session").get(pk=seat.pk)
    if seat.reminded_at or seat.state not in Seat.HOLDING or seat.session.state != Session.State.PLANNED:
        return False
    seat.reminded_at = clock.now()
    told = _tell(seat, "reminder", _identities([seat]).get(seat.person_id), with_calendar=False)
    seat.save(update_fields=["reminded_at", "sequence"])
    return told


def _leave_to_others(seats: Sequence[Seat]) -> None:
    """Somebody must tell these; not of what was decided by whoever gave them the place, who spoke with them."""
    if not seats:
        return
    steps: dict[int, list[int | None]] = {}
    for seat_id, by_id in SeatStep.objects.filter(seat__in=seats).order_by("pk").values_list("seat_id", "by_id"):
        steps.setdefault(seat_id, []).append(by_id)
    for seat in seats:
        first, *later = steps[seat.pk]
        if later and later[-1] != first and seat.session.ends_at > clock.now():
            seat.to_tell_since = clock.now()


def _identities(seats: Sequence[Seat]) -> dict[int, Identity]:
    """Whoever has an address, by person."""
    rows = Identity.objects.filter(person_id__in={seat.person_id for seat in seats}, person__erased_at=None).exclude(email="")
    return {one.person_id: one for one in rows}


def _tell(seat: Seat, template: str, who: Identity | None, *, with_calendar: bool = True) -> bool:
    if who is None:
        return False
    until = max(seat.session.ends_at, clock.now()) + timedelta(days=60)
    token = links.make_link(PURPOSE, subject=seat.uid, person=seat.person.uid, expires_at=until)
    url = settings.SITE_URL + reverse("delivery:seat_by_link", args=[token])
    attachments = []
    was_sent = seat.sequence > 0
    if with_calendar and (seat.state in Seat.HOLDING or was_sent):
        method = "REQUEST" if seat.state in Seat.HOLDING else "CANCEL"
        seat.sequence += 1
        name, kind = calendar_name(method)
        with translation.override(who.language):
            content = calendar_file(
                [appointment_of(seat)], zone=ZONE, stamp=clock.now(),
                host=settings.MAIL_HOST_NAME, method=method, organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1], attendee=who.email,
            )  # fmt: skip
        attachments = [Attachment(name, content, kind)]
    send_mail(f"delivery/mail/{template}", to=who.email, language=who.language, context={"name": who.given_name, "url": url}, attachments=attachments, person=seat.person.uid)
    return True


def _ask_managers(seat: Seat) -> bool:
    managers = Person.objects.filter(manages__person_id=seat.person_id, manages__ended_on=None, erased_at=None).select_related("identity").distinct()
    told = False
    for manager in managers:
        if manager.identity.email:
            url = settings.SITE_URL + reverse("delivery:seats_approve", args=[seat.session.programme.uid])
            send_mail("delivery/mail/approve", to=manager.identity.email, language=manager.identity.language,
                      context={"name": manager.identity.given_name, "url": url}, person=manager.uid)  # fmt: skip
            told = True
    return told
