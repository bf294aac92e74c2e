"""The headers of staff lists, read once from the data shipped with the app."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources
from typing import Any

_CAMEL = re.compile(r"(?<=[a-zåäöæøü])(?=[A-ZÅÄÖÆØÜ])")
_NOT_WORD = re.compile(r"[^\w]+|_+")


def plain(text: str) -> str:
    """A header without case, punctuation and doubled spaces: "Anst.nr" and "anst nr" are the same."""
    spaced = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))
    return " ".join(_NOT_WORD.sub(" ", spaced).casefold().split())


@cache
def words() -> dict[str, Any]:
    """The whole data file."""
    text = resources.files("handrail.people").joinpath("data/staff_columns.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def synonyms() -> dict[str, str]:
    """Every known header, plain and without spaces, with the field it stands for."""
    found: dict[str, str] = {}
    for field, texts in words()["headers"].items():
        for text in texts:
            found.setdefault(plain(text).replace(" ", ""), field)
    return found


@cache
def total_words() -> re.Pattern[str]:
    """The beginning of a row of totals."""
    return re.compile("(?:" + "|".join(re.escape(word) for word in words()["totals"]["words"]) + r")\b")
