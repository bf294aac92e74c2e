"""In each town somebody with proposals: a round that was worked out, one that runs, a no of each side, a place that asks for something."""

from __future__ import annotations

from datetime import date
from typing import Any

from handrail.cases import actions as cases
from handrail.people.actions import give_consent
from handrail.placements import actions as placements
from handrail.placements.actions import matching
from handrail.placements.models import Listed

OWN = {"osby": "Osby", "horby": "Hörby"}


def add_matching(world: Any) -> None:
    """After the companies: both towns' rounds know all places."""
    for place in OWN:
        here, by = world.places[place], world.people["consultant"]
        placements.change_company(company=here["company"], town=place, by=by)
        here["wanted"] = placements.offer_position(company=here["company"], title="Kök", tasks=["Laga"], hours=20, places=9, by=by)
        matching.note_way(programme=here["programme"], one=place, other=place, minutes=20, by=world.people[f"placer {OWN[place]}"])
    for place, town in OWN.items():
        _town(world.places[place], place=place, worker=world.people[f"caseworker {town}"], placer=world.people[f"placer {town}"], by=world.people["consultant"])


def _town(here: dict[str, Any], *, place: str, worker: Any, placer: Any, by: Any) -> None:
    programme, organisation = here["programme"], here["organisation"]
    seeker = cases.open_case(programme=programme, organisation=organisation, given_name="Vera", started_on=date(2018, 4, 1), caseworker=worker, by=worker)
    cases.change_case(case=seeker, hours_wanted=30, travel_minutes=60, by=worker)
    for kind, recipient in (("company", programme.uid), ("organisation", organisation.uid)):
        give_consent(
            person=seeker.person, recipient_kind=kind, recipient=recipient, fields=["languages", "availability"], purpose="placement", wording="2026-11/sv", language="sv",
            until=date(2018, 12, 31), by=worker,
        )  # fmt: skip
    matching.say_wishes(case=seeker, area=place, wishes=["kitchen"], by=worker)
    matching.note_reach(mentor=here["mentor_row"], area=place, most_minutes=60, by=placer)
    found = matching.compute_round(matching.ask_round(programme=programme, organisation=organisation, by=placer))
    found = matching.choose_way(found=found, way="best_total", reason="Bäst för alla just nu", by=placer)
    listed = list(Listed.objects.filter(shortlist__round=found, shortlist__way="best_total").select_related("position__company", "shortlist__case").order_by("rank"))
    here |= {
        "seeker": seeker, "proposals": found, "listed": listed[0], "refusal": matching.refuse_listed(listed=listed[1], side="person", by=worker),
        "company_no": matching.refuse_listed(listed=listed[1], side="company", by=by), "running_round": matching.ask_round(programme=programme, organisation=organisation, by=placer),
    }  # fmt: skip
