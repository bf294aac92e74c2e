"""A programme with partners in four countries: two researchers in each of two, an owner, a process leader, a trainer, the Stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from handrail.kit import later
from handrail.library import actions, rules
from handrail.library.models import Practice
from handrail.people import actions as people
from handrail.people.models import Organisation, Person, Role
from handrail.programmes import actions as programmes
from handrail.programmes.models import Programme
from tests.remembered import remembered

START = date(2017, 1, 1)
STEPS = [{"what": "Ask neighbours", "who": "Coordinator", "time": "2 weeks", "cost": "none"}, {"what": "Meet every week", "who": "Volunteers", "time": "1 year", "cost": "coffee"}]


@dataclass
class World:
    """Who plays."""

    programme: Programme
    lisbon: Organisation
    rome: Organisation
    owner: Person
    rita: Person  # researcher in Lisbon
    rosa: Person  # researcher in Rome
    remo: Person  # researcher in Rome
    leader: Person  # process leader in Lisbon
    trainer: Person  # employed in Rome
    stranger: Person


def words(title: str = "Neighbours meet newcomers", **more: str) -> dict[str, str]:
    """Everything that the template asks for."""
    return {**{one.code: f"{one.code} in a few words" for one in rules.card_parts()}, "title": title, **more}


def make_world() -> World:
    """The programme; see `practice`, `published` for what stands in it."""
    return remembered("library", _make)


def _make() -> World:
    org = {name: people.add_organisation(name=name, short_name=name, by=None) for name in ("Porto Seguro", "Casa Comune", "Otvorena Vrata", "Kommunen")}
    programme = programmes.start_programme(
        slug="refuge", code="REF", name={"en": "Refuge"}, owner=org["Porto Seguro"], starts_on=START, ends_on=date(2019, 12, 31), by=None
    )
    for order, one in enumerate(org.values()):
        programmes.add_partner(programme=programme, organisation=one, part="owner" if order == 0 else "partner", order=order, by=None)

    def person(given: str, family: str) -> Person:
        return people.add_person(given_name=given, family_name=family, email=f"{given}.{family}@example.org".lower(), by=None)

    def grant(who: Person, role: str, **where: Any) -> Person:
        people.grant_role(person=who, role=role, programme=programme.uid, starts_on=START, by=None, **where)
        return who

    lisbon, rome = org["Porto Seguro"], org["Casa Comune"]
    trainer = grant(person("Tito", "Riva"), Role.TRAINER)
    people.employ_person(person=trainer, organisation=rome, unit=None, job_title="Trainer", started_on=START, by=None)
    return World(
        programme=programme, lisbon=lisbon, rome=rome, owner=grant(person("Olga", "Dias"), Role.COORDINATOR),
        rita=grant(person("Rita", "Sol"), Role.RESEARCHER, organisation=lisbon), rosa=grant(person("Rosa", "Neri"), Role.RESEARCHER, organisation=rome),
        remo=grant(person("Remo", "Bassi"), Role.RESEARCHER, organisation=rome), leader=grant(person("Leo", "Luz"), Role.PROCESS_LEADER, organisation=lisbon),
        trainer=trainer, stranger=person("Stran", "Ger"),
    )  # fmt: skip


def draft(world: World, title: str = "Neighbours meet newcomers", *, language: str = "en", country: str = "PT", fields: tuple[str, ...] = ("community",), **more: Any) -> Practice:
    """A draft of Lisbon's with everything that is asked for."""
    sorted_by = {
        "area": "Lisboa", "context": "local", "services": "both", "cost": "low", "evidence": "monitored", "fields_of_work": fields, "audiences": ("practitioner",),
        "starts_on": date(2016, 1, 1),
    }  # fmt: skip
    parts = words(title, **{name: more.pop(name) for name in list(more) if name in {one.code for one in rules.card_parts()} and more[name] not in {"low", "middle", "high"}})
    practice = actions.begin_practice(programme=world.programme, title=title, language=language, country=country, organisation=world.lisbon, by=world.rita)
    actions.write_text(practice=practice, parts=parts, steps=STEPS, by=world.rita)
    return actions.sort_practice(practice=practice, **{**sorted_by, **more}, by=world.rita)


def verdict(answer: str = "yes") -> dict[str, dict[str, str]]:
    """The same answer to each criterion."""
    return {one.code: {"answer": answer, "evidence": "seen"} for one in rules.criteria()}


def in_review(world: World, *args: Any, **more: Any) -> Practice:
    """A practice that Rosa and Remo are asked to review."""
    practice = actions.submit_practice(practice=draft(world, *args, **more), by=world.rita)
    actions.ask_for_reviews(practice=practice, reviewers=[world.rosa, world.remo], by=world.owner)
    return Practice.objects.get(pk=practice.pk)


def reviewed(world: World, *args: Any, says: tuple[str, str] = ("yes", "yes"), **more: Any) -> Practice:
    """Both have finished."""
    practice = in_review(world, *args, **more)
    for who, said in zip((world.rosa, world.remo), says, strict=True):
        review = practice.versions.get().reviews.get(reviewer=who)
        actions.give_review(review=review, answers=verdict(said), recommends=said, by=who)
    return practice


def published(world: World, *args: Any, **more: Any) -> Practice:
    """Everybody reads it, and finds it."""
    practice = actions.publish_practice(practice=reviewed(world, *args, **more), by=world.owner)
    later.run_waiting()
    return Practice.objects.get(pk=practice.pk)
