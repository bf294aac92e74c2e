"""Winter and spring 2018 in four countries: programme 003 asks with one survey and one guide, and says what it found."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from random import Random
from typing import Any

from handrail.competences import actions as competences
from handrail.desk.cast import CAST
from handrail.desk.demonstration import interviews, library
from handrail.desk.demonstration.content import DATA
from handrail.desk.demonstration.world import World
from handrail.instruments import actions as instruments
from handrail.instruments import formats
from handrail.instruments.actions.responses import AT_ONCE, Given
from handrail.instruments.formats import Choice, Form, Item, Language
from handrail.kit import ids
from handrail.people import actions as people
from handrail.people.models import Role
from handrail.programmes import actions as programmes
from handrail.programmes.models import Programme
from handrail.research import actions as research
from handrail.research.models import Coding, Finding, Gathering, Study
from handrail.research.queries import passages_to_quote

STUDY = ("en", "sv", "pt", "it", "bg", "ar")
NAMES = {"en": "English", "sv": "Svenska", "pt": "Português", "it": "Italiano", "bg": "Български", "ar": "العربية"}
HOME = {"PT": "pt", "IT": "it", "BG": "bg", "SE": "sv"}
PLACES = {"researcher": "CRESCER", "researcher-two": "Östersund", "researcher-three": "Arci Catania", "researcher-four": "BCRM"}
ASKS_IN = {"PT": "researcher", "SE": "researcher-two", "IT": "researcher-three", "BG": "researcher-four"}


@cache
def data() -> dict[str, Any]:
    """The programme, what its study asks, and what it found."""
    with (DATA / "refu_in.toml").open("rb") as file:
        return tomllib.load(file)


def build(world: World) -> None:
    """The programme with its partners, one study with three groups, answers from four countries, and findings."""
    with world.at(date(2017, 11, 1)):
        programme = start(world)
        study = frame(world, programme)
    with world.at(date(2018, 1, 15)):
        begin(world, study)
    days = (date(2018, 1, 30), date(2018, 2, 20), date(2018, 3, 14), date(2018, 4, 9))
    for part, day in enumerate(days):
        with world.at(day):
            answer(world, study, part, len(days))
    instruments.add_up()
    with world.at(date(2018, 4, 12)):
        interviews.build_interviews(study, researchers={country: world.cast[key] for country, key in ASKS_IN.items()}, lead=world.cast["researcher"])
    with world.at(date(2018, 4, 16)):
        find(world, study)
    library.build(world)


def texts(row: Sequence[str]) -> dict[str, str]:
    """One line of the study's texts, by language."""
    return dict(zip(STUDY, row, strict=False))


def told(pair: Sequence[str]) -> dict[str, str]:
    """[Swedish, English]."""
    return {"sv": pair[0], "en": pair[1]}


def start(world: World) -> Programme:
    """The programme, its five organisations, and who does research there."""
    said = data()
    places = {one["short"]: people.add_organisation(name=one["name"], short_name=one["short"], by=None) for one in said["organisation"]}
    for part in CAST:
        if part.programme == said["slug"]:
            world.cast[part.key] = people.add_person(
                given_name=part.given_name, family_name=part.family_name, email=part.email, language="sv" if part.key == "researcher-two" else "en", by=None
            )
    lead = world.cast["researcher"]
    programme = programmes.start_programme(
        slug=said["slug"], code=said["code"], name=told(said["name"]), owner=places["CRESCER"], starts_on=said["starts_on"], ends_on=said["ends_on"],
        summary=told(said["summary"]), background=told(said["background"]), funder=told(said["funder"]), funder_statement=told(said["statement"]), funder_emblem="eu",
        currency="EUR", is_demonstration=True, by=lead,
    )  # fmt: skip
    for order, one in enumerate(said["organisation"]):
        programmes.add_partner(programme=programme, organisation=places[one["short"]], part=one["part"], order=order, by=lead)
    for order, group in enumerate(said["target_groups"]):
        programmes.add_target_group(programme=programme, name=told(group), order=order, by=lead)
    people.grant_role(person=lead, role=Role.COORDINATOR, programme=programme.uid, organisation=None, by=lead)
    for key, place in PLACES.items():
        people.grant_role(person=world.cast[key], role=Role.RESEARCHER, programme=programme.uid, organisation=places[place], by=lead)
        people.open_account(person=world.cast[key], password=ids.secret(), by=lead)
    return programme


def frame(world: World, programme: Programme) -> Study:
    """The study: partners, groups with their words, one questionnaire for those who arrived and one for those who receive, a guide, numbers."""
    said, by = data(), world.cast["researcher"]
    about = said["study"]
    study = research.open_study(
        programme=programme, title=texts(about["title"]), question=texts(about["question"]), coordinator=programme.owner, languages=STUDY,
        starts_on=about["starts_on"], ends_on=about["ends_on"], by=by,
    )  # fmt: skip
    for one in programme.partners.select_related("organisation"):
        told_of = next(row for row in said["organisation"] if row["short"] == one.organisation.short_name)
        research.add_study_partner(study=study, organisation=one.organisation, country=told_of["country"], area=told_of["area"], by=by)
    groups = {
        one["code"]: research.add_group(study=study, code=one["code"], title=texts(one["title"]), consent=texts(one["consent"]), by=by) for one in said["group"]
    }
    for asked in said["form"]:
        version = instruments.publish_questionnaire(
            programme=programme, file_name=f"{asked['id']}.xlsx", content=formats.write_xlsform(form_of(asked)), kind="study", by=by
        )
        for language, title in texts(asked["title"]).items():
            if language != "en":
                instruments.word_questionnaire(version=version, language=language, words={"title": title}, by=by)
        for code in asked["groups"]:
            research.choose_survey(study=study, group=groups[code], questionnaire=version.questionnaire, by=by)
    for partner in study.partners.all():
        for code, targets in said["quotas"].items():
            for kind, target in zip(("survey", "interview"), targets, strict=True):
                research.set_quota(study=study, partner=partner, group=groups[code], kind=kind, target=target, by=by)
    topics = [{"title": texts(one["title"]), "questions": [texts(row) for row in one["questions"]]} for one in said["guide"]]
    first = research.write_guide(study=study, title={"en": about["guide"]}, topics=[topics[0]], by=by)
    research.write_guide(
        study=study, guide=first.guide, topics=topics, note="Letters came up in every first interview, so we ask about them.", seen=1, by=world.cast["researcher-two"]
    )
    return study


def form_of(asked: Mapping[str, Any]) -> Form:
    """One of the study's questionnaires, in six languages."""
    lists = {name: tuple(Choice(row[0], texts(row[1:])) for row in rows) for name, rows in data()["lists"].items()}
    items = []
    for name, kind, *labels in asked["questions"]:
        kind, _blank, list_name = kind.partition(" ")
        items.append(
            Item(
                kind=kind, name=name, labels=texts(labels), list_name=list_name, choices=lists.get(list_name, ()), appearance="likert" if list_name == "agree" else "",
                constraint=". >= 0 and . <= 600" if kind == "integer" else "",
            )
        )  # fmt: skip
    half = len(items) // 2
    pages = tuple(Item(kind=formats.GROUP, name=f"page_{n}", items=tuple(part)) for n, part in enumerate((items[:half], items[half:]), 1))
    return Form(asked["title"][0], asked["id"], "1", tuple(Language(code, NAMES[code]) for code in STUDY), "en", pages)


def begin(world: World, study: Study) -> None:
    """The round opens for everybody."""
    about, by = data()["study"], world.cast["researcher"]
    round = research.open_study_round(study=study, title=texts(about["round"]), opens_on=about["opens_on"], closes_on=about["closes_on"], by=by)
    research.gather_for_all(round=round, way="open", is_anonymous=True, keeps_together=True, by=by)


def answer(world: World, study: Study, part: int, parts: int) -> None:
    """Some of the answers come in, in each place."""
    rows = Gathering.objects.filter(study=study).select_related("collection__version__questionnaire", "collection__programme", "partner", "group").order_by("pk")
    for one in rows:
        rng = Random(f"{one.partner.organisation_id}-{one.group.code}-{part}")  # noqa: S311  (a demonstration must be the same every time)
        wanted = data()["quotas"][one.group.code][0]
        count = max(2, round_part(wanted * REACHED.get(one.partner.country, 1.0), part, parts))
        given = [_given(one, rng, f"{one.pk}-{part}-{n}") for n in range(count)]
        for start_at in range(0, len(given), AT_ONCE):
            instruments.give_responses(collection=one.collection, given=given[start_at : start_at + AT_ONCE])


REACHED = {"PT": 1.1, "IT": 0.9, "BG": 0.7, "SE": 1.0}


def round_part(whole: float, part: int, parts: int) -> int:
    """Its share of a whole, so that all parts together make it."""
    return int(whole * (part + 1) / parts) - int(whole * part / parts)


def _given(one: Gathering, rng: Random, key: str) -> Given:
    language = HOME[one.partner.country]
    if one.group.code == "R":
        language = rng.choices(["ar", "en", language], [6, 2, 2])[0]
        answers: dict[str, Any] = {
            "understand": rng.choices("12345", [3, 4, 4, 2, 1])[0], "respect": rng.choices("12345", [1, 2, 4, 5, 3])[0],
            "letters": rng.sample(["staff", "volunteer", "friend", "child", "nobody"], k=rng.choice([1, 1, 2])),
            "hardest": rng.choices(["language", "work", "housing", "health", "family", "papers"], [5, 4, 3, 4, 3, 4])[0], "months": int(rng.triangular(2, 48, 14)),
        }  # fmt: skip
        if "nobody" in answers["letters"]:
            answers["letters"] = ["nobody"]
    else:
        answers = {
            "confident": rng.choices("12345", [1, 3, 5, 4, 2])[0], "trained": rng.choices("12345", [5, 4, 3, 2, 1])[0],
            "learn": rng.sample(["interpreter", "plain", "trauma", "law", "own"], k=rng.choice([1, 2, 2, 3])),
        }  # fmt: skip
    words = data()["words"]["R" if one.group.code == "R" else "W"].get(language)
    if words and rng.random() < 0.2:
        answers["words"] = rng.choice(words)
    return Given(answers, language, f"demonstration-{key}")


def find(world: World, study: Study) -> None:
    """What was found: sentences that stand on answers, the most pressing first, shown to everybody; competences of the first programme answer them."""
    by = world.cast["researcher"]
    surveys = {(one.questionnaire.code, one.group.code): one for one in study.surveys.select_related("questionnaire", "group")}
    ranked: list[Finding] = []
    for row in data()["finding"]:
        made = research.write_finding(
            study=study, kind=row["kind"], title=dict(zip(("en", "sv", "da"), row["title"], strict=True)), text=dict(zip(("en", "sv", "da"), row["text"], strict=True)), by=by
        )
        for form, question, values in row["counts"]:
            survey = next(one for (code, _group), one in surveys.items() if code == form)
            research.count_for(finding=made, survey=survey, question=question, values=values, by=by)
        if row.get("quotes"):
            research.quote_for(finding=made, codings=_longest_first(passages_to_quote(study).filter(code__name__en=row["quotes"])), by=by)
        if row["kind"] != "help":
            ranked.append(made)
        if row["counts"] or row.get("quotes"):
            research.show_finding(finding=made, by=by)
        for code in row["competences"]:
            if code in world.competences:
                competences.link_need(competence=world.competences[code], finding=made, by=world.amal)
    research.rank_findings(study=study, order=ranked, by=by)



def _longest_first(passages: Iterable[Coding]) -> list[Coding]:
    """Those who arrived speak first, and whole sentences before single words."""
    return sorted(passages, key=lambda one: (one.text.source.group is not None and one.text.source.group.code != "R", one.start - one.end))[:6]
