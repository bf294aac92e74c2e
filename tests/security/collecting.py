"""In each town a collection with answers, one with links of one's own, and a device that was let in."""

from __future__ import annotations

from datetime import date
from typing import Any

from handrail.instruments import actions
from handrail.instruments.models import Device
from tests.instruments.collecting import SAID
from tests.instruments.collecting import collection as made

OWN = {"osby": "Osby", "horby": "Hörby"}


def add_collections(world: Any) -> None:
    """After the questionnaire is published."""
    for place, town in OWN.items():
        here, by = world.places[place], world.people[f"researcher {town}"]
        here["collection"] = made(world.cast, here["version"], organisation=here["organisation"], by=by)
        here["closed_collection"] = made(world.cast, here["version"], organisation=here["organisation"], way="closed", by=by)
        here["collection_code"], here["closed_code"] = here["collection"].code, here["closed_collection"].code
        here["ticket_secret"], _other = actions.make_tickets(collection=here["closed_collection"], count=2, by=by)
        for number in range(6):
            actions.give_response(collection=here["collection"], answers=SAID, language="sv", key=f"key-number-{number}")
        _device, here["device_token"] = actions.let_device_in(collections=[here["collection"]], label="Telefon 1", until=date(2018, 4, 30), by=by)
        here["device"] = Device.objects.get(collections=here["collection"])
