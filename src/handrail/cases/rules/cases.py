"""What is true of cases: who counts as started, when a stay may begin and end, what a reason must say."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _, language_name, told

SHORTEST_REASON = 10  # letters: "work" explains nothing to whoever reads the record afterwards
EMERGENCY = timedelta(minutes=60)  # security.md A9: an hour at most
EMERGENCY_EACH = 3  # times a person may break the glass within a week before somebody else must open it


@lru_cache
def _domains() -> dict[str, tuple[str, str, str]]:
    content = tomllib.loads((Path(__file__).parent.parent / "data" / "domains.toml").read_text())
    return {code: tuple(words) for code, words in content["domains"].items()}


def domains() -> list[tuple[str, str]]:
    """The fields of life with their words in the reader's language, as `data/domains.toml` has them."""
    return [(code, told(words)) for code, words in _domains().items()]


def domain_name(code: str) -> str:
    """One field of life in words."""
    return dict(domains()).get(code, code)


@lru_cache
def language_codes() -> tuple[str, ...]:
    """The languages that are offered when somebody is met, as `data/languages.toml` lists them."""
    return tuple(tomllib.loads((Path(__file__).parent.parent / "data" / "languages.toml").read_text())["codes"])


def languages() -> list[tuple[str, str]]:
    """Those languages by name, in the reader's language and its order."""
    return sorted(((code, language_name(code)) for code in language_codes()), key=lambda pair: pair[1])


def check_start(started_on: date, *, today: date, programme_starts: date, programme_ends: date, earlier_end: date | None = None) -> None:
    """A stay begins within the programme, not in the future, and not before the last one ended.

    Raises RuleBroken naming the day and the remedy.
    """
    if started_on > today:
        raise RuleBroken(_("The first day lies in the future. Write the day on which you first met."), field="started_on")
    if not programme_starts <= started_on <= programme_ends:
        raise RuleBroken(_("The first day lies outside the programme's own period."), field="started_on")
    if earlier_end is not None and started_on < earlier_end:
        raise RuleBroken(_("The person was here before until a later day. Choose the first day of coming back."), field="started_on")


def check_end(ended_on: date, *, started_on: date, today: date) -> None:
    """A stay ends on or after its first day, and not in the future."""
    if ended_on < started_on:
        raise RuleBroken(_("The last day cannot lie before the first."), field="ended_on")
    if ended_on > today:
        raise RuleBroken(_("The last day lies in the future. End the stay when it has come."), field="ended_on")


def check_reason(reason: str) -> str:
    """A reason that somebody else can follow later; answers it without blanks around it."""
    text = " ".join(reason.split())
    if len(text) < SHORTEST_REASON:
        raise RuleBroken(_("Write in a few words why you need to read this now."), field="reason")
    return text[:300]


def check_text(text: str, *, field: str, message: Any) -> str:
    """A text that is not empty."""
    found = text.strip()
    if not found:
        raise RuleBroken(message, field=field)
    return found
