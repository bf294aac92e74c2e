"""The quality checklist, and how an organisation's answers changed between two days (data/checklist.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from handrail.kit.text import told
from handrail.library.rules.template import DATA


@dataclass(frozen=True)
class Change:
    """One criterion at the first and the latest answer, from 1 to 5; None where it was not answered."""

    code: str
    label: str
    before: int | None
    after: int | None


@lru_cache
def _content() -> dict[str, Any]:
    return tomllib.loads((DATA / "checklist.toml").read_text())


def checklist_code() -> str:
    """Which list is answered today."""
    return str(_content()["code"])


def checklist_criteria() -> dict[str, str]:
    """What is asked, by code, in the reader's language."""
    return {one["code"]: told(one["label"]) for one in _content()["criterion"]}


def checklist_steps() -> list[str]:
    """The five answers from "not yet" to "fully"."""
    return [told(words) for words in _content()["steps"]]


def change_between(first: Mapping[str, int], last: Mapping[str, int]) -> list[Change]:
    """Every criterion with its first and its latest answer."""
    return [Change(code, label, first.get(code), last.get(code)) for code, label in checklist_criteria().items()]
