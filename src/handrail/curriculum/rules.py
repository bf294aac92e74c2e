"""When a learning outcome is well written, and when a module is (domain.md 3.2). Warnings: a person decides."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _

HIGHEST_LEVEL = 4
OUTCOMES_AT_MOST = 8
OUTCOMES_AT_LEAST = 4  # for a full module; a single session of group work may do with fewer, so it is only said from a day on
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True)
class Warning:
    """Something that a person should look at: a code and a sentence."""

    code: str
    text: Any


@dataclass(frozen=True)
class Words:
    """The verbs and phrases by which wording is checked."""

    assessable: frozenset[str]
    weak: frozenset[str]
    teaching: tuple[str, ...]
    lead_ins: tuple[str, ...]
    conjunctions: frozenset[str]


@lru_cache
def words() -> Words:
    """The word lists shipped with the product."""
    raw = tomllib.loads((Path(__file__).parent / "data" / "outcome_words.toml").read_text(encoding="utf-8"))
    return Words(
        frozenset(raw["assessable"]), frozenset(raw["weak"]), tuple(raw["teaching"]),
        tuple(sorted(raw["lead_ins"], key=len, reverse=True)), frozenset(raw["conjunctions"]),
    )  # fmt: skip


def texts(value: str | Mapping[str, str] | None, language: str = "sv") -> dict[str, str]:
    """One text in its languages: a plain text is in the programme's own; empty ones are left out."""
    if isinstance(value, str):
        value = {language: value}
    return {code: text.strip() for code, text in (value or {}).items() if text and text.strip()}


def check_outcome(*, statement: Mapping[str, str], to_level: int, adds: int) -> None:
    """A learning outcome says something, leads to level 1 to 4, and adds at least one level but no more than it leads to.

    Raises RuleBroken naming the field and the remedy.
    """
    if not any(statement.values()):
        raise RuleBroken(_("Write what a participant can do afterwards."), field="statement_sv")
    if not 1 <= to_level <= HIGHEST_LEVEL:
        raise RuleBroken(
            _("Level %(level)s does not exist. Choose 1 to %(highest)d.") % {"level": to_level, "highest": HIGHEST_LEVEL}, field="to_level"
        )
    if not 1 <= adds <= to_level:
        raise RuleBroken(_("One module cannot add %(adds)s levels and end at level %(level)s. Choose 1 to %(level)s.")
                         % {"adds": adds, "level": to_level}, field="adds")  # fmt: skip


def from_level(to_level: int, adds: int) -> int:
    """The level a participant should come with to reach the outcome: where it leads to, less what it adds."""
    return max(0, to_level - adds)


def wording_warnings(statement: str) -> list[Warning]:
    """What to look at in the wording of one learning outcome: an assessable verb first, one thing at a time, no teaching activity."""
    known, said = words(), " ".join(statement.lower().split())
    found = []
    if any(phrase in said for phrase in known.teaching):
        found.append(Warning("teaching", _("Says what is taught. Say what the participant can do afterwards.")))
    for lead_in in known.lead_ins:
        if said.startswith(lead_in + " "):
            said = said[len(lead_in) + 1 :]
            break
    parts = WORD.findall(said)
    if not parts:
        return found
    if parts[0] in known.weak:
        found.append(Warning("weak", _("“%(verb)s” cannot be assessed. Begin with a verb such as describe, apply, plan or conduct.") % {"verb": parts[0]}))
    elif parts[0] not in known.assessable:
        found.append(Warning("verb", _("Does not begin with a verb that we know can be assessed, such as describe, apply, plan or conduct.")))
    for before, after in pairwise(parts):
        if before in known.conjunctions and after in known.assessable | known.weak:
            found.append(Warning("several", _("Holds two things to assess. Make two outcomes of it.")))
            break
    return found


def module_warnings(*, outcomes: int, minutes: int) -> list[Warning]:
    """What to look at in a module as a whole: without an outcome nobody can be invited for a reason; a full day has 4 to 8."""
    if outcomes == 0:
        return [Warning("none", _("Has no learning outcome: no gap leads here, and no plan will choose it. Add one."))]
    if outcomes > OUTCOMES_AT_MOST:
        return [Warning("many", _("Has more than eight outcomes. Part the module in two, or keep the most important."))]
    if outcomes < OUTCOMES_AT_LEAST and minutes >= 360:
        return [Warning("few", _("A whole day usually leads to four to eight outcomes."))]
    return []


def check_chain(module: object, requires: Iterable[object]) -> None:
    """A module cannot ask for itself, directly or through others. `requires` is the chain that starts at what it asks for."""
    if module in list(requires):
        raise RuleBroken(_("That module asks for this one in its turn. Choose another."), field="requires")
