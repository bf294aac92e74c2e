"""Single answers: how they come, in which type they are kept, and how expressions see them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from handrail.kit.text import _

if TYPE_CHECKING:
    from handrail.instruments.formats import Item
    from handrail.instruments.formats.form import Choice

Answer = Any  # text, number, names of choices, or for a repeat a list of such answers by name
Answers = Mapping[str, Answer]
Value = str | int | float | list[str]

LONGEST = 5_000
GREATEST = 2**31 - 1
MOST_POINTS = 1_000
OK = "OK"  # what an acknowledged question holds, as in ODK
_INTEGER = re.compile(r"[+-]?\d{1,10}")
_DECIMAL = re.compile(r"[+-]?(?:\d{1,15}(?:[.,]\d{0,12})?|[.,]\d{1,12})(?:[eE][+-]?\d{1,2})?")
_MONTH = re.compile(r"\d{4}(?:-\d{2})?")
_FILE = re.compile(r"[^\x00-\x1f/\\]{1,255}")
# Control characters and halves of characters: no person writes them, and neither XML nor PostgreSQL holds them.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Offered = Callable[["Choice"], bool]


def text_of(answer: Answer) -> str:
    """An answer as expressions see it: several choices with spaces between."""
    if answer is None or isinstance(answer, Mapping):
        return ""
    if isinstance(answer, bool):
        return "true" if answer else "false"
    if isinstance(answer, float):
        return number_text(answer)
    if isinstance(answer, str | int):
        return str(answer)
    return " ".join(text_of(part) for part in answer) if isinstance(answer, Sequence) else ""


def number_text(number: float) -> str:
    """A number as one writes it: 12, 12.5."""
    return str(int(number)) if math.isfinite(number) and number == int(number) else repr(number)


def read_answer(item: Item, answer: Answer, offered: Offered | None = None) -> tuple[Value | None, Any]:
    """The answer in its type (None where there is none), and what is wrong with it; `offered` says which choices there are just now."""
    text = _NOT_TEXT.sub("", text_of(answer)).strip()
    if not text:
        return None, ""
    if read := _READERS.get(item.kind):
        return read(item, text)
    if item.kind in {"select_one", "select_multiple", "rank"}:
        return _choices(item, answer, text, offered)
    return (text, "") if len(text) <= LONGEST else (None, _("Write at most %(limit)d characters.") % {"limit": LONGEST})


def _choices(item: Item, answer: Answer, text: str, offered: Offered | None) -> tuple[Value | None, Any]:
    given = [text_of(part) for part in answer] if isinstance(answer, Sequence) and not isinstance(answer, str) else text.split()
    given = [name for name in given if name]
    if item.kind == "select_one":
        given = [text]
    chosen = set(given)
    there = {choice.name for choice in item.choices if choice.name in chosen and (offered is None or offered(choice))}
    if chosen != there:
        return None, _("Choose one of the answers.") if item.kind == "select_one" else _("Choose among the answers.")
    if item.kind == "select_one":
        return text, ""
    if item.kind == "rank":
        names = {choice.name for choice in item.choices if offered is None or offered(choice)}
        if len(given) != len(chosen) or chosen != names:
            return None, _("Give every answer a place of its own.")
        return given, ""
    return list(dict.fromkeys(choice.name for choice in item.choices if choice.name in chosen)), ""


def _integer(item: Item, text: str) -> tuple[Value | None, Any]:
    digits = _digits(text)
    if not (_INTEGER.fullmatch(digits) and digits.isascii()) or abs(int(digits)) > GREATEST:
        return None, _("Write a whole number, in digits.")
    return int(digits), ""


def _decimal(item: Item, text: str) -> tuple[Value | None, Any]:
    digits = _digits(text)
    if not (_DECIMAL.fullmatch(digits) and digits.isascii()):
        return None, _("Write a number, in digits.")
    number = float(digits.replace(",", "."))
    return (number, "") if math.isfinite(number) else (None, _("Write a number, in digits."))


def _range(item: Item, text: str) -> tuple[Value | None, Any]:
    number, fault = _decimal(item, text)
    if not isinstance(number, float):
        return None, fault
    start, end, step = scale_of(item)
    steps = (number - start) / step
    if not min(start, end) <= number <= max(start, end) or abs(steps - round(steps)) > 1e-6:
        return None, _("Choose a number from %(start)s to %(end)s.") % {"start": number_text(start), "end": number_text(end)}
    whole = start == int(start) and step == int(step)
    return int(number) if whole else number, ""


def scale_of(item: Item) -> tuple[float, float, float]:
    """Where the scale of a range begins, where it ends and how wide its steps are; 1, 10 and 1 where the form does not say."""
    found = []
    for name, usual in (("start", 1.0), ("end", 10.0), ("step", 1.0)):
        try:
            found.append(float(item.parameters.get(name, usual)))
        except ValueError:
            found.append(usual)
    start, end, step = found
    step = abs(step) or 1.0
    return start, end, step if end >= start else -step


def _date(item: Item, text: str) -> tuple[Value | None, Any]:
    if _MONTH.fullmatch(text) and ("month" in item.appearance or "year" in item.appearance):
        text = (text + "-01-01")[:10]  # a month or a year alone is kept as its first day, as ODK does
    try:
        return date.fromisoformat(text[:10] if "T" in text else text).isoformat(), ""
    except ValueError:
        return None, _("Write the day as 2018-04-30.")


def _time(item: Item, text: str) -> tuple[Value | None, Any]:
    try:
        time.fromisoformat(text)
    except ValueError:
        return None, _("Write the time as 14:30.")
    return text, ""


def _datetime(item: Item, text: str) -> tuple[Value | None, Any]:
    text = text.replace(" ", "T", 1)
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None, _("Write day and time as 2018-04-30 14:30.")
    return text, ""


def _tick(item: Item, text: str) -> tuple[Value | None, Any]:
    return (OK, "") if text.casefold() in {"ok", "on", "true", "1", "yes"} else (None, "")


def _point(item: Item, text: str) -> tuple[Value | None, Any]:
    """A place as latitude and longitude, perhaps with height and accuracy: 55.85 13.66 0 0."""
    parts = re.split(r"[\s,]+", text.replace("\u2212", "-"))
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if not 2 <= len(numbers) <= 4 or not all(map(math.isfinite, numbers)) or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
        return None, _("Write latitude and longitude, such as 55.85 13.66.")
    return " ".join(parts), ""


def _points(item: Item, text: str) -> tuple[Value | None, Any]:
    points = [_point(item, part)[0] for part in text.split(";") if part.strip()]
    if not all(points) or not points or len(points) > MOST_POINTS:
        return None, _("Write latitude and longitude of each point, with ; between the points.")
    return ";".join(str(point) for point in points), ""


def _file(item: Item, text: str) -> tuple[Value | None, Any]:
    return (text, "") if _FILE.fullmatch(text) and text not in {".", ".."} else (None, _("The file has a name that cannot be kept."))


def _digits(text: str) -> str:
    return text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("\u2212", "-")


_READERS: dict[str, Callable[[Item, str], tuple[Value | None, Any]]] = {
    "integer": _integer, "decimal": _decimal, "range": _range, "date": _date, "time": _time, "datetime": _datetime,
    "acknowledge": _tick, "geopoint": _point, "geotrace": _points, "geoshape": _points, "file": _file,
}  # fmt: skip
