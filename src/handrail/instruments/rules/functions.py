"""The functions of XLSForm expressions, as ODK documents them (docs.getodk.org/form-operators-functions)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from handrail.instruments.rules.patterns import matches
from handrail.instruments.rules.xpath import (
    Day,
    Moment,
    Value,
    days_of,
    moment_of,
    to_boolean,
    to_list,
    to_number,
    to_text,
)

MANY = 200  # parts that a function takes at most
LONGEST = 5_000  # of a text that a function makes
_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@dataclass
class Context:
    """What an expression can look at: answers by name, the answer itself, the day. Answers in repeats come from `rules.state`."""

    values: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    today: date | None = None
    now: datetime | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> Value:
        """The answer to a question; a list of all where it stands in a repeat that is not around this expression."""
        return self.values.get(name, "")

    def rounds(self, name: str) -> Sequence[Context]:
        """What there is to look at each time round a repeat."""
        return ()

    def position(self, steps: int) -> float:
        """Which time round the repeat it is, from 1."""
        return 1.0

    def indexed(self, name: str, places: Sequence[tuple[str, int]]) -> str:
        """The answer to a question a given time round its repeat."""
        return ""

    def label(self, name: str, value: str) -> str:
        """What people read for a choice of a question."""
        return value


Function = Callable[..., Value]


def _finite(number: Any) -> float:
    return float(number) if isinstance(number, float | int) else math.nan  # a root of a negative number is complex


def _calculated(function: Callable[..., Any]) -> Function:
    """A function of numbers that has no result where mathematics has none."""

    def result(_context: Context, *values: Value) -> Value:
        try:
            return _finite(function(*(to_number(value) for value in values)))
        except (ValueError, OverflowError, ZeroDivisionError):
            return math.nan

    return result


def _power(base: float, exponent: float) -> Any:
    return base**exponent


def _round(number: float, places: float = 0.0) -> float:
    scale = 10.0 ** int(max(-15.0, min(15.0, places)))
    return math.floor(number * scale + 0.5) / scale


def _numbers(values: Sequence[Value]) -> list[float]:
    """The numbers among values and lists; where nothing was answered there is none."""
    return [to_number(text) for value in values for text in _texts(value) if text != ""]


def _texts(value: Value) -> list[Any]:
    return [value] if isinstance(value, float | bool | int) else to_list(value)


def _extreme(choose: Callable[[list[float]], float]) -> Function:
    def result(_context: Context, *values: Value) -> Value:
        numbers = _numbers(values)
        return math.nan if not numbers or any(math.isnan(one) for one in numbers) else choose(numbers)

    return result


def _selected(_context: Context, answers: Value, name: Value) -> Value:
    return to_text(name).strip() in " ".join(to_list(answers)).split()


def _selected_at(_context: Context, answers: Value, index: Value) -> Value:
    parts, at = to_text(answers).split(), to_number(index)
    return parts[int(at)] if not math.isnan(at) and 0 <= at < len(parts) else ""


def _substr(_context: Context, text: Value, start: Value, end: Value = math.inf) -> Value:
    whole, first, last = to_text(text), to_number(start), to_number(end)
    if math.isnan(first) or math.isnan(last):
        return ""
    return whole[slice(_place(first), _place(last))]


def _place(number: float) -> int | None:
    return None if math.isinf(number) else int(number)


def _substring(_context: Context, text: Value, start: Value, length: Value = math.inf) -> Value:
    first = math.floor(to_number(start) + 0.5) if math.isfinite(to_number(start)) else math.nan
    last = first + (math.inf if math.isinf(to_number(length)) else _round(to_number(length)))
    return "".join(sign for place, sign in enumerate(to_text(text), start=1) if first <= place < last)


def _join(_context: Context, between: Value, *values: Value) -> Value:
    return to_text(between).join(to_text(part) for value in values for part in _texts(value))[:LONGEST]


def _concat(_context: Context, *values: Value) -> Value:
    return "".join(to_text(part) for value in values for part in _texts(value))[:LONGEST]


def _translate(_context: Context, text: Value, signs: Value, others: Value) -> Value:
    known, into = to_text(signs), to_text(others)
    table = {ord(sign): (into[at] if at < len(into) else None) for at, sign in reversed(list(enumerate(known)))}
    return to_text(text).translate(table)


def _checklist(_context: Context, least: Value, most: Value, *answers: Value) -> Value:
    return _within(sum(to_boolean(_truth(answer)) for answer in answers), least, most)


def _weighted(_context: Context, least: Value, most: Value, *pairs: Value) -> Value:
    weights = zip(pairs[::2], pairs[1::2], strict=False)
    return _within(sum(to_number(weight) for answer, weight in weights if to_boolean(_truth(answer))), least, most)


def _truth(value: Value) -> Value:
    """yes, true and 1 hold, no, false and 0 do not, as answers say them."""
    text = to_text(value).strip().casefold()
    return text not in {"", "0", "no", "false", "nan"}


def _within(number: float, least: Value, most: Value) -> bool:
    low, high = to_number(least), to_number(most)
    return (low < 0 or number >= low) and (high < 0 or number <= high)


def _today(context: Context) -> Value:
    return Day(days_of(context.today.isoformat())) if context.today else Day(math.nan)


def _now(context: Context) -> Value:
    if context.now is None:
        return Moment(_today(context))  # type: ignore[arg-type]
    return Moment((context.now.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() / 86_400)


def _day(_context: Context, value: Value) -> Value:
    return Day(math.floor(number) if math.isfinite(number := to_number(value)) else math.nan)


def _moment(_context: Context, value: Value) -> Value:
    return Moment(to_number(value))


def _decimal_time(_context: Context, value: Value) -> Value:
    number = days_of("1970-01-01T" + to_text(value)) if isinstance(value, str) and ":" in value[:3] else to_number(value)
    return number - math.floor(number) if math.isfinite(number) else math.nan


def _format_date(_context: Context, value: Value, pattern: Value) -> Value:
    """A day or moment by a pattern: %Y year, %m %n month, %b its name, %d %e day, %a weekday, %H %h hour, %M minute, %S second."""
    moment = moment_of(to_number(value)) if math.isfinite(to_number(value)) else None
    if moment is None:
        return ""
    parts = {
        "Y": f"{moment.year:04}", "y": f"{moment.year % 100:02}", "m": f"{moment.month:02}", "n": str(moment.month),
        "B": _MONTHS[moment.month - 1], "b": _MONTHS[moment.month - 1][:3], "d": f"{moment.day:02}", "e": str(moment.day),
        "H": f"{moment.hour:02}", "h": str(moment.hour), "M": f"{moment.minute:02}", "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}", "A": _DAYS[moment.weekday()], "a": _DAYS[moment.weekday()][:3],
        "W": str(moment.isocalendar().week), "u": str(moment.isoweekday()), "%": "%",
    }  # fmt: skip
    found, text, at = [], to_text(pattern), 0
    while at < len(text):
        is_code = text[at] == "%" and at + 1 < len(text)
        found.append(parts.get(text[at + 1], "") if is_code else text[at])
        at += 2 if is_code else 1
    return "".join(found)


def _text_of(what: Callable[[str], Value]) -> Function:
    return lambda _context, value: what(to_text(value))


def _two(what: Callable[[str, str], Value]) -> Function:
    return lambda _context, first, second: what(to_text(first), to_text(second))


def _own_answer(context: Context) -> Value:
    return context.answer


# Function → fewest and most parts, and what it does with them. `if`, `coalesce`, `once`, `position`, `indexed-repeat` and
# `jr:choice-name` look at their parts one by one: see `expressions`.
FUNCTIONS: dict[str, tuple[int, int]] = {
    "if": (3, 3), "coalesce": (2, MANY), "once": (1, 1), "position": (1, 1), "indexed-repeat": (3, 7), "jr:choice-name": (2, 2),
}  # fmt: skip
CALLS: dict[str, Function] = {}


def _add(name: str, fewest: int, most: int, function: Function) -> None:
    FUNCTIONS[name] = (fewest, most)
    CALLS[name] = function


_add("true", 0, 0, lambda _context: True)
_add("false", 0, 0, lambda _context: False)
_add("not", 1, 1, lambda _context, value: not to_boolean(value))
_add("boolean", 1, 1, lambda _context, value: to_boolean(value))
_add("boolean-from-string", 1, 1, lambda _context, value: to_text(value).casefold() in {"true", "1"})
_add("selected", 2, 2, _selected)
_add("selected-at", 2, 2, _selected_at)
_add("count-selected", 1, 1, lambda _context, value: float(len(to_text(value).split())))
_add("checklist", 3, MANY, _checklist)
_add("weighted-checklist", 4, MANY, _weighted)
_add("count", 1, 1, lambda _context, value: float(len(to_list(value))))
_add("count-non-empty", 1, 1, lambda _context, value: float(sum(bool(text) for text in to_list(value))))
_add("sum", 1, MANY, lambda _context, *values: float(sum(_numbers(values))))
_add("min", 1, MANY, _extreme(min))
_add("max", 1, MANY, _extreme(max))
_add("join", 2, MANY, _join)
_add("concat", 1, MANY, _concat)
_add("regex", 2, 2, _two(matches))
_add("contains", 2, 2, _two(lambda text, part: part in text))
_add("starts-with", 2, 2, _two(lambda text, part: text.startswith(part)))
_add("ends-with", 2, 2, _two(lambda text, part: text.endswith(part)))
_add("substr", 2, 3, _substr)
_add("substring", 2, 3, _substring)
_add("substring-before", 2, 2, _two(lambda text, part: text.partition(part)[0] if part and part in text else ""))
_add("substring-after", 2, 2, _two(lambda text, part: text.partition(part)[2] if part else text))
_add("translate", 3, 3, _translate)
_add("string-length", 1, 1, _text_of(lambda text: float(len(text))))
_add("normalize-space", 1, 1, _text_of(lambda text: " ".join(text.split())))
_add("upper-case", 1, 1, _text_of(str.upper))
_add("lower-case", 1, 1, _text_of(str.lower))
_add("string", 1, 1, _text_of(str))
_add("number", 1, 1, lambda _context, value: to_number(value))
_add("int", 1, 1, _calculated(lambda number: float(math.trunc(number))))
_add("round", 1, 2, _calculated(_round))
_add("floor", 1, 1, _calculated(math.floor))
_add("ceiling", 1, 1, _calculated(math.ceil))
_add("abs", 1, 1, _calculated(abs))
_add("pow", 2, 2, _calculated(_power))
_add("sqrt", 1, 1, _calculated(math.sqrt))
_add("exp", 1, 1, _calculated(math.exp))
_add("log", 1, 1, _calculated(math.log))
_add("log10", 1, 1, _calculated(math.log10))
_add("pi", 0, 0, lambda _context: math.pi)
_add("today", 0, 0, _today)
_add("now", 0, 0, _now)
_add("date", 1, 1, _day)
_add("date-time", 1, 1, _moment)
_add("decimal-date-time", 1, 1, lambda _context, value: to_number(value))
_add("decimal-time", 1, 1, _decimal_time)
_add("format-date", 2, 2, _format_date)
_add("format-date-time", 2, 2, _format_date)
