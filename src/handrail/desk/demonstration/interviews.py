"""Spring 2018: eight talks in six languages of the study, read by two, marked and translated."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from handrail.desk.demonstration.content import DATA
from handrail.people.models import Person
from handrail.research import actions as research
from handrail.research.models import Code, Source, SourceText, Study

LANGUAGES = ("en", "sv", "pt", "it", "bg")


@cache
def data() -> dict[str, Any]:
    """The codebook and the interviews."""
    with (DATA / "research_texts.toml").open("rb") as file:
        return tomllib.load(file)


def build_interviews(study: Study, *, researchers: Mapping[str, Person], lead: Person) -> list[Source]:
    """The codebook and the interviews of the countries that have a researcher (country -> who does research there); `lead` holds the study together.

    Each organisation here has one researcher alone, so the next one in the mapping is named as second reader.
    """
    codes = build_codebook(study, by=lead)
    people = list(researchers.values())
    made = []
    for told in data()["interview"]:
        if (by := researchers.get(told["country"])) is not None:
            second = people[(people.index(by) + 1) % len(people)]
            made.append(_interview(study, told, codes, by=by, second=second, lead=lead))
    return made


def build_codebook(study: Study, *, by: Person) -> dict[str, Code]:
    """The codes in five languages, by their key."""
    codes: dict[str, Code] = {}
    for one in data()["code"]:
        codes[one["key"]] = research.add_code(
            study=study, name=dict(zip(LANGUAGES, one["name"], strict=True)), description={"en": one["description"]}, colour=one.get("colour", ""),
            is_codable="under" in one, parent=codes.get(one.get("under", "")), by=by,
        )  # fmt: skip
    return codes


def _interview(study: Study, told: Mapping[str, Any], codes: Mapping[str, Code], *, by: Person, second: Person, lead: Person) -> Source:
    partner = next(one for one in study.partners.select_related("organisation") if one.country == told["country"] and _works_there(one, study, by))
    source = research.bring_source(
        study=study, partner=partner, group=study.groups.get(code=told["group"]), round=study.rounds.first(), language=told["language"], held_on=told["held_on"],
        consent="interpreted" if told["language"] == "ar" else "signed", text="\n".join(f"{turn[0]}: {turn[1]}" for turn in told["turns"]), by=by,
    )  # fmt: skip
    research.save_redaction(source=source, by=by)
    research.ask_second_reader(source=source, by=by)
    research.name_reader(source=source, reader=second, by=lead)
    text = research.agree_redaction(source=source, by=second)
    if told["language"] != "en":
        research.write_translation(source=source, language="en", turns=[turn[2] for turn in told["turns"]], by=second)
    _mark(text, told["turns"], codes, by=by)
    return source


def _works_there(partner: Any, study: Study, by: Person) -> bool:
    from handrail.research.queries.sources import partners_collected_for

    return partners_collected_for(by, study).filter(pk=partner.pk).exists()


def _mark(text: SourceText, turns: list[list[str]], codes: Mapping[str, Code], *, by: Person) -> None:
    for place, turn in zip(text.turns, turns, strict=True):
        for key, words in zip(turn[3::2], turn[4::2], strict=True):
            start = text.body.index(words, place["start"])
            research.mark_passage(text=text, code=codes[key], start=start, end=start + len(words), by=by)
