"""Phones and tablets with the field's own collecting app: let in until a day, ended at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from handrail.instruments.events import DeviceEnded, DeviceLetIn
from handrail.instruments.models import Collection, Device
from handrail.instruments.queries.collections import DEVICE_PURPOSE
from handrail.kit import clock, links
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person

LONGEST = timedelta(days=400)


@transaction.atomic
def let_device_in(*, collections: Iterable[Collection], label: str, until: date, by: Person) -> tuple[Device, str]:
    """Let a phone or tablet fetch these forms and bring answers until a day; its secret is answered here and kept nowhere."""
    asked = list(collections)
    if not asked:
        raise RuleBroken(_("Choose at least one collection."), field="collections")
    if len({(one.programme_id, one.organisation_id) for one in asked}) > 1:
        raise RuleBroken(_("A device collects for one organisation."), field="collections")
    today = clock.today()
    if not today <= until <= today + LONGEST:
        raise RuleBroken(_("Choose a last day within a year from today."), field="until")
    device = Device.objects.create(
        programme=asked[0].programme, organisation=asked[0].organisation, label=label.strip(), holder=by, let_in_at=clock.now(), until=until
    )
    device.collections.set(asked)
    ends = timezone.make_aware(datetime.combine(until + timedelta(days=1), time(0)))
    token = links.make_link(DEVICE_PURPOSE, subject=device.uid, person=by.uid, expires_at=ends)
    announce(DeviceLetIn(device.uid, device.programme.uid, tuple(one.uid for one in asked), until), by=by)
    return device, token


@transaction.atomic
def end_device(*, device: Device, by: Person | None) -> Device:
    """The device is lost, or no longer needed: from now on it fetches and brings nothing. What it brought stays."""
    if not Device.objects.filter(pk=device.pk, ended_at=None).update(ended_at=clock.now()):
        raise RuleBroken(_("It has ended already."))
    links.revoke_links(DEVICE_PURPOSE, subject=device.uid)
    announce(DeviceEnded(device.uid, device.programme.uid), by=by)
    device.refresh_from_db()
    return device


@transaction.atomic
def end_devices_of(*, person: Person) -> None:
    """Whoever answers for a device is erased: it ends at once."""
    for device in Device.objects.filter(holder=person, ended_at=None).select_related("programme"):
        end_device(device=device, by=None)
