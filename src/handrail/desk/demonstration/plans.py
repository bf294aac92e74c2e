"""Plans: the autumn's proposal, and each municipality's own plan (or its absence, which is shown)."""

from __future__ import annotations

from datetime import date

from handrail.desk.demonstration.world import World
from handrail.programmes import actions as programmes


def build(world: World) -> None:
    """What stands in the programme beside sessions and hours."""
    with world.at(date(2018, 4, 16), 14):
        programmes.write_to_programme(
            programme=world.programme, organisation=world.organisations[0], sender_name="Lina", sender_email="lina@example.org",
            text="Hej! Vi är en grannkommun och vill gärna höra hur ni gjorde kartläggningen. Vem kan vi prata med?",
        )  # fmt: skip
