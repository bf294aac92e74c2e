"""Published instruments: which items they have, how they are scored, and under which licence. All of it is data in data/scored, with its source."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _, told

if TYPE_CHECKING:
    from handrail.instruments.formats import Form
    from handrail.instruments.formats.form import Item

FOLDER = Path(__file__).parent.parent / "data" / "scored"


@dataclass(frozen=True)
class Scale:
    """A published instrument. Its items are numbered from 1; a question is one of them by its column `scale_item` (who5:1) or its name (who5_1)."""

    code: str
    data: Mapping[str, Any]

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return told(self.data["title"])

    @property
    def terms(self) -> str:
        """What may be done with it, in the reader's language."""
        return told(self.data["licence"]["terms"])

    @property
    def is_health(self) -> bool:
        """Whether it tells something about health."""
        return bool(self.data.get("is_health"))

    @property
    def count(self) -> int:
        """How many items it has."""
        return int(self.data["items"]["count"])

    @property
    def bands(self) -> list[Mapping[str, Any]]:
        """Its bands from the lowest: code, the highest score that still belongs to it, title."""
        return list(self.data.get("bands", ()))

    @property
    def subscales(self) -> list[Mapping[str, Any]]:
        """Its parts: code, items, title."""
        return list(self.data.get("subscales", ()))


@lru_cache
def scales() -> Mapping[str, Scale]:
    """Every instrument that is known here, by its code."""
    found = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    return {one["code"]: Scale(one["code"], one) for one in found}


def check_licence(scale: Scale, *, source: str) -> None:
    """An instrument is used only under a licence that stands in its data, and with a note of where its words were taken from."""
    licence = scale.data.get("licence") or {}
    if not all(licence.get(name) for name in ("name", "holder", "terms")):
        raise RuleBroken(_("Nothing is known about who may use this instrument. It cannot be used."), field="scale")
    if scale.data.get("wording") == "slots" and not source.strip():
        raise RuleBroken(_("Write where the official wording was taken from."), field="source")


def items_of(form: Form, scale: Scale) -> dict[int, Item]:
    """Which questions of a form are items of an instrument, by their number."""
    found: dict[int, Item] = {}
    for item in form.questions():
        named = getattr(item, "scale_item", "") or ""
        code, _colon, number = named.partition(":") if named else _by_name(item.name)
        if code == scale.code and number.isdigit() and 1 <= int(number) <= scale.count:
            found[int(number)] = item
    return found


def _by_name(name: str) -> tuple[str, str, str]:
    match = re.match(r"^([a-z]+\d+)_(\d+)$", name)
    return (match[1], "_", match[2]) if match else ("", "", "")


def scales_in(form: Form) -> list[Scale]:
    """The instruments of which a form asks every item."""
    return [scale for scale in scales().values() if len(items_of(form, scale)) == scale.count]


def item_values(form: Form, scale: Scale, counted: Mapping[str, Any]) -> dict[int, int]:
    """What was answered to an instrument's items, as whole numbers: a choice by its level, by its name where that is one, or the number itself."""
    found: dict[int, int] = {}
    lowest, highest = int(scale.data["items"]["lowest"]), int(scale.data["items"]["highest"])
    for number, item in items_of(form, scale).items():
        value = counted.get(item.name)
        if isinstance(value, str):
            level = next((one.level for one in item.choices if one.name == value), None)
            value = level if level is not None else int(digits[1]) if (digits := re.search(r"(\d+)$", value)) else None
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
            found[number] = value
    return found


def score(scale: Scale, values: Mapping[int, int]) -> float | None:
    """The score of a set of items by the published rule; None where too few were answered."""
    rule = scale.data["score"]
    if len(values) < rule["least_answered"]:
        return None
    return _scored(scale, values, range(1, scale.count + 1), rule["method"])


def subscale_score(scale: Scale, part: Mapping[str, Any], values: Mapping[int, int]) -> float | None:
    """The score of a part, of its own items alone; None unless all were answered."""
    return _scored(scale, values, part["items"], scale.data["score"]["method"]) if all(one in values for one in part["items"]) else None


def _scored(scale: Scale, values: Mapping[int, int], items: Any, method: str) -> float:
    lowest, highest = scale.data["items"]["lowest"], scale.data["items"]["highest"]
    turned = set(scale.data["items"]["reversed"])
    chosen = [(lowest + highest - values[one]) if one in turned else values[one] for one in items if one in values]
    if method == "rescaled":
        return round(float((sum(chosen) - lowest * len(chosen)) / ((highest - lowest) * len(chosen))), 6)
    return float(sum(chosen) * scale.data["score"].get("multiply", 1))


def band_of(scale: Scale, value: float | None) -> str:
    """The band in which a score lies; none without a score."""
    return "" if value is None else next((one["code"] for one in scale.bands if value <= one["upto"]), "")


def scored(form: Form, active: Mapping[str, Any], counted: Mapping[str, Any]) -> dict[str, Any]:
    """What the instruments in use add to a set of answers: `@who5` the score, `@who5.band` its band, `@ipl12.social` a part's score."""
    found: dict[str, Any] = {}
    for code in active:
        scale = scales().get(code)
        if scale is None or not (values := item_values(form, scale, counted)):
            continue
        if (whole := score(scale, values)) is not None:
            found[f"@{code}"] = _plain(whole)
            if band := band_of(scale, whole):
                found[f"@{code}.band"] = band
        for part in scale.subscales:
            if (value := subscale_score(scale, part, values)) is not None:
                found[f"@{code}.{part['code']}"] = _plain(value)
    return found


def _plain(value: float) -> float:
    return int(value) if value == int(value) else round(value, 6)
