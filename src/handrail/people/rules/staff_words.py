"""The words that stand in cells of staff lists, read once from the data shipped with the app."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Words:
    """Yes and no of a protection mark, direct and indirect contact, names of languages, parts of headers of whole names."""

    yes: frozenset[str]
    no: frozenset[str]
    direct: frozenset[str]
    indirect: frozenset[str]
    languages: dict[str, str]
    family: tuple[str, ...]
    given: tuple[str, ...]


@cache
def words() -> Words:
    """The words of all languages together."""
    data = tomllib.loads(resources.files("handrail.people").joinpath("data/staff_words.toml").read_text("utf-8"))
    languages = {name: code for code, names in data["languages"].items() for name in (code, *names)}
    return Words(
        yes=frozenset(data["protected"]["yes"]),
        no=frozenset(data["protected"]["no"]),
        direct=frozenset(data["contact"]["direct"]),
        indirect=frozenset(data["contact"]["indirect"]),
        languages=languages,
        family=tuple(data["name_parts"]["family"]),
        given=tuple(data["name_parts"]["given"]),
    )


def family_name_first(header: str) -> bool:
    """Whether a header such as "Efternamn Förnamn" says that the family name comes first."""
    text = header.casefold().replace("-", " ")
    family = min((text.find(part) for part in words().family if part in text), default=-1)
    given = min((text.find(part) for part in words().given if part in text), default=-1)
    return 0 <= family < given
