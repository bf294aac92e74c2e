"""What the library holds in the world of the matrix: in each town a draft, one in review, one to decide on, one everybody reads, and what comes of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from handrail.kit import clock
from handrail.kit.links import make_link
from handrail.library import actions, rules
from handrail.library.models import Practice
from handrail.people import actions as people
from handrail.people.models import Role
from tests.cast import START

OWN = {"osby": "Osby", "horby": "Hörby"}
STEPS = [{"what": "Fråga grannar"}]


def add_library(world: Any) -> None:
    """Every kind of object in each town."""
    for place, town in OWN.items():
        _town(world, world.places[place], place, world.people[f"researcher {town}"])


def _town(world: Any, here: dict[str, Any], place: str, by: Any) -> None:
    owner, programme = world.people["owner"], world.cast.programme
    other = world.people[f"researcher {OWN['horby' if place == 'osby' else 'osby']}"]
    spare = people.add_person(given_name="Greta", family_name=place, email=f"greta.{place}@example.org", by=None)
    people.grant_role(person=spare, role=Role.RESEARCHER, programme=programme.uid, starts_on=START, by=None)

    def written(title: str) -> Practice:
        practice = actions.begin_practice(programme=programme, title=f"{title} {place}", language="sv", country="SE", organisation=here["organisation"], by=by)
        parts = {one.code: f"{one.code} i korthet" for one in rules.card_parts()} | {"title": f"{title} {place}"}
        actions.write_text(practice=practice, parts=parts, steps=STEPS, by=by)
        return actions.sort_practice(
            practice=practice, area=place, context="local", services="both", cost="low", evidence="described", fields_of_work=["language"], audiences=["provider"],
            starts_on=date(2016, 1, 1), by=by,
        )  # fmt: skip

    def asked(title: str) -> Practice:
        practice = actions.submit_practice(practice=written(title), by=by)
        actions.ask_for_reviews(practice=practice, reviewers=[other, spare], by=owner)
        return practice

    def decided(title: str) -> Practice:
        practice = asked(title)
        for review in practice.versions.get().reviews.all():
            answers = {one.code: {"answer": "yes", "evidence": ""} for one in rules.criteria()}
            actions.give_review(review=review, answers=answers, recommends="yes", by=review.reviewer)
        return practice

    reading, shown = asked("Läses"), actions.publish_practice(practice=decided("Öppen"), by=owner)
    by_link = actions.begin_practice(programme=programme, title=f"Länk {place}", language="sv", country="SE", brought_by="Klubben", by_link=True, by=None)
    barrier = actions.note_barrier(programme=programme, title={"sv": "Väntan"}, text={}, field="reception", by=by)
    here |= {
        "practice_draft": written("Utkast"), "practice_reading": reading, "practice_ready": decided("Klar"), "practice": Practice.objects.get(pk=shown.pk), "practice_slug": shown.slug,
        "practice_link": by_link, "spare_researcher": spare, "practice_token": make_link("practice", subject=by_link.uid, expires_at=clock.now() + timedelta(days=30)), "barrier": barrier,
        "practice_review": reading.versions.get().reviews.get(reviewer=other),
        "adoption": actions.begin_adoption(practice=shown, programme=programme, organisation=here["organisation"], country="SE", by=by),
        "adopt_where": f"{programme.pk}-{here['organisation'].pk}",
    }  # fmt: skip
