"""Plans: the autumn's proposal, and each municipality's own plan (or its absence, which is shown)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from handrail.desk.demonstration.world import World
from handrail.kit import clock
from handrail.planning import actions as planning
from handrail.programmes import actions as programmes

ZONE = ZoneInfo(settings.TIME_ZONE)
# municipality (place in the list), decided, review, aim; Hässleholm has none
OWN_PLANS = (
    (0, date(2017, 6, 1), date(2019, 6, 1), "Alla som möter nyanlända ska kunna samtala genom tolk och veta vart man hänvisar, också när projektet är slut."),
    (1, date(2017, 3, 15), date(2018, 11, 30), "Introduktion för nyanställda om bemötande, två gånger om året."),
    (2, date(2017, 9, 1), date(2019, 3, 1), "Varje förvaltning har en person som samordnar mottagandet och en stående utbildning för nya medarbetare."),
    (4, date(2017, 11, 20), date(2018, 11, 20), "Traumamedvetet bemötande ingår i introduktionen på skola och vårdboende."),
)
MEASURES = (
    ("C1", "Tolksamtal övas i par en gång per termin, ledd av någon som gått modulen", date(2018, 9, 30)),
    ("B1", "Trauma och stress tas upp i introduktionen för nya medarbetare", date(2018, 6, 15)),
    ("D2", "Samverkansmöte mellan skola, omsorg och mottagning varje månad", date(2018, 12, 31)),
)


def build(world: World) -> None:
    """The municipalities' own plans, a message that waits, and the autumn's proposal."""
    for place, decided, review, aim in OWN_PLANS:
        with world.at(decided, 13):
            organisation = world.organisations[place]
            leader = world.leaders[organisation.pk]
            planning.save_organisational_plan(
                programme=world.programme, organisation=organisation, owner=world.managers.get(leader.pk, leader), aim=aim, decided_on=decided, review_on=review,
                measures=[{"action": action, "due_on": due, "competence": world.competences[code]} for code, action, due in MEASURES], by=leader,
            )  # fmt: skip
    with world.at(date(2018, 4, 16), 14):
        programmes.write_to_programme(
            programme=world.programme, organisation=world.organisations[0], sender_name="Lina", sender_email="lina@example.org",
            text="Hej! Vi är en grannkommun och vill gärna höra hur ni gjorde kartläggningen. Vem kan vi prata med?",
        )  # fmt: skip
    # The worker computes it once the site is up: on a newcomer's machine the search must be compiled first.
    with clock.at(datetime(2018, 4, 17, 16, tzinfo=ZONE)):
        planning.ask_plan(
            programme=world.programme, first=date(2018, 9, 1), last=date(2018, 10, 31), budget=Decimal(150_000), hours=16, travel_cost=Decimal(150),
            seed=1, by=world.amal,
        )  # fmt: skip
