"""Short lists that are data: what a company prepares, what work may ask."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from handrail.kit.text import _, told


@lru_cache
def _words(name: str, table: str) -> dict[str, list[str]]:
    content: dict[str, list[str]] = tomllib.loads((Path(__file__).parents[1] / "data" / f"{name}.toml").read_text())[table]
    return content


def _in_words(name: str, table: str) -> list[tuple[str, str]]:
    return [(code, told(words)) for code, words in _words(name, table).items()]


def preparation_items() -> list[tuple[str, str]]:
    """What a company does before somebody starts, in the reader's language (`data/preparation.toml`)."""
    return _in_words("preparation", "items")


def demand_items() -> list[tuple[str, str]]:
    """What work may ask of somebody, in the reader's language (`data/demands.toml`)."""
    return _in_words("demands", "demands")


def work_fields() -> list[tuple[str, str]]:
    """The fields of work that somebody can wish for and a place can lie in (`data/work.toml`)."""
    return _in_words("work", "fields")


def work_skills() -> list[tuple[str, str]]:
    """Skills at work that a person can bring or learn, and a place can ask for (`data/work.toml`)."""
    return _in_words("work", "skills")


def half_days() -> list[tuple[int, Any]]:
    """The ten half days of a week: Monday morning is 0, Friday afternoon 9."""
    days = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"))
    parts = (_("%(day)s morning"), _("%(day)s afternoon"))
    return [(2 * index + part, words % {"day": day}) for index, day in enumerate(days) for part, words in enumerate(parts)]
