"""Spring 2018: the toolbox of programme 003, from drafts to a practice that another town has taken up."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from handrail.desk.demonstration.content import DATA
from handrail.desk.demonstration.world import World
from handrail.library import actions, rules
from handrail.library.models import Practice
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme
from handrail.programmes.queries import partners_of

WRITTEN, READ, SHOWN, SPOKEN, NOW = date(2017, 12, 4), date(2017, 12, 18), date(2018, 1, 8), date(2018, 1, 10), date(2018, 4, 16)
RESEARCHERS = ("researcher", "researcher-two", "researcher-three")


@cache
def data() -> dict[str, Any]:
    """The practices, barriers and what came of them."""
    with (DATA / "library.toml").open("rb") as file:
        return tomllib.load(file)


def build(world: World) -> None:
    """Practices of four countries, two in review, one written by link, one out of date; three barriers; one practice taken up to its end."""
    programme = Programme.objects.get(slug="refu-in")
    build_library(world, programme, {one.organisation.short_name: one.organisation for one in partners_of(programme)})


def build_library(world: World, programme: Programme, places: Mapping[str, Organisation]) -> None:
    """The same for a programme with its organisations by name and three researchers in the cast, the first of whom keeps the library."""
    found: dict[str, Practice] = {}
    with world.at(WRITTEN):
        for one in data()["practice"]:
            found[one["key"]] = write(one, programme, places[one["place"]], world.cast[one["by"]])
        by_link(programme, world.cast["researcher"])
    with world.at(READ):
        for one in data()["practice"]:
            review(found[one["key"]], one, world.cast)
    with world.at(SHOWN):
        for one in data()["practice"]:
            publish(found[one["key"]], one, world.cast)
    with world.at(SPOKEN):
        for one in data()["practice"]:
            for language, parts in one.get("translations", {}).items():
                actions.write_text(practice=found[one["key"]], language=language, parts=parts, by=world.cast[one["by"]])
    take_up(world, programme, places, found)
    with world.at(NOW, 11):
        note_barriers(programme, places, found, world.cast["researcher"])
        actions.mark_outdated(practice=found["coffee"], reason="The law on residence changed.", by=world.cast["researcher"])


def write(one: Mapping[str, Any], programme: Programme, organisation: Organisation, by: Person) -> Practice:
    """One practice, written and handed in."""
    language = one.get("language", "en")
    practice = actions.begin_practice(
        programme=programme, title=one["parts"]["title"], language=language, country=one["country"], organisation=organisation, brought_by=one["brought_by"],
        source_count=one.get("sources", 0), by=by,
    )  # fmt: skip
    actions.write_text(practice=practice, parts=one["parts"], steps=one["steps"], by=by)
    actions.sort_practice(
        practice=practice, area=one["area"], context=one.get("context", "local"), services=one["services"], cost=one["cost"], evidence=one["evidence"],
        fields_of_work=one["fields"], audiences=one["audiences"], starts_on=one["starts_on"], ends_on=one.get("ends_on"), is_regular=one["is_regular"], by=by,
    )  # fmt: skip
    actions.settle_contact(practice=practice, licence=one["licence"], by=by)
    return actions.submit_practice(practice=practice, by=by)


def by_link(programme: Programme, by: Person) -> None:
    """A draft that a club writes by link."""
    said = data()["draft"]
    known = {name: said[name] for name in ("title", "language", "country", "brought_by", "email")}
    actions.invite_to_write(programme=programme, **known, by=by)
    practice = Practice.objects.get(programme=programme, by_link=True)
    actions.write_text(practice=practice, parts={"summary": said["summary"]}, by=None)


def review(practice: Practice, one: Mapping[str, Any], cast: Mapping[str, Person]) -> None:
    """Two who did not write it are asked, and say what they think."""
    readers = [cast[key] for key in RESEARCHERS if key != one["by"]]
    says = one.get("says", ["yes", "yes"])
    for made, said in zip(actions.ask_for_reviews(practice=practice, reviewers=readers, due_on=date(2018, 5, 2), by=cast["researcher"]), says, strict=True):
        if said:
            answers = {criterion.code: {"answer": "yes", "evidence": ""} for criterion in rules.criteria()}
            if said == "no":
                answers["effect"] = answers["evaluation"] = {"answer": "no", "evidence": "How many appeals were won is not told."}
            actions.give_review(review=made, answers=answers, recommends=said, comment="" if said == "yes" else "Tell how the appeals ended.", by=made.reviewer)


def publish(practice: Practice, one: Mapping[str, Any], cast: Mapping[str, Person]) -> None:
    """What two recommend is open to everybody."""
    if one["state"] != "in_review":
        actions.publish_practice(practice=practice, by=cast["researcher"])


def take_up(world: World, programme: Programme, places: Mapping[str, Organisation], found: Mapping[str, Practice]) -> None:
    """One town does the same to the end and tells of it; another has begun; one answers the checklist twice."""
    for said in (data()["adoption"], data()["running"]):
        by = world.cast[said.get("by", "researcher")]
        with world.at(said["begun"]):
            adoption = actions.begin_adoption(
                practice=Practice.objects.get(pk=found[said["practice"]].pk), programme=programme, organisation=places[said["place"]], country=said["country"], by=by
            )
        for place, day in enumerate(said["ticks"]):
            with world.at(day):
                actions.tick_step(adoption=adoption, place=place, by=by)
        if "told" in said:
            with world.at(said["told"]):
                told = {name: said[name] for name in ("happened", "changed", "figures", "people", "advice")}
                actions.report_adoption(adoption=adoption, **told, by=by)
    said = data()["checklist"]
    for day, values in said["answers"]:
        with world.at(day):
            actions.answer_checklist(
                programme=programme, organisation=places[said["place"]], values=dict(zip(rules.checklist_criteria(), values, strict=True)), by=world.cast[said["by"]]
            )


def note_barriers(programme: Programme, places: Mapping[str, Organisation], found: Mapping[str, Practice], by: Person) -> None:
    """What stands in the way, where it was reported, and what lowers it."""
    for one in data()["barrier"]:
        barrier = actions.note_barrier(programme=programme, title=one["title"], text=one["text"], field=one["field"], by=by)
        for place, country, day in one["reports"]:
            actions.report_barrier(barrier=barrier, organisation=places[place], country=country, reported_on=day, by=by)
        for key, how in one["lowered"]:
            actions.lower_barrier(barrier=barrier, practice=Practice.objects.get(pk=found[key].pk), how={"en": how}, by=by)
