"""Answers added up: what one set of answers adds to the counts of its questions, in whole numbers, so that sums of sums are exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_FLOOR, Context, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from handrail.instruments.formats import Form
    from handrail.instruments.formats.form import Item

ONE, MANY, NUMBER, WORDS = "one", "many", "number", "words"
_KINDS = {"select_one": ONE, "select_multiple": MANY, "integer": NUMBER, "decimal": NUMBER, "range": NUMBER,
          **dict.fromkeys(("text", "date", "time", "datetime", "rank", "geopoint", "geotrace", "geoshape", "barcode", "file"), WORDS)}  # fmt: skip
LARGEST = 10**12  # a number beyond is a slip of the hand
FINE = Decimal(1000)  # numbers are kept to three figures, so that there are never more than some thousand different ones
LONGEST = 100  # of a value that is counted
_exact = Context(prec=80)

Counted = dict[str, Any]  # question -> value, list of values, number or True (words); of a repeat {"each": [...]}
Sums = dict[str, dict[str, Any]]  # question -> {"n": times, "p": people, "v": {value: people or times}, "s": sum, "q": sum of squares}


def kind_of(item: Item) -> str:
    """How a question's answers are counted: one, many, number or words; nothing where they are not."""
    return _KINDS.get(item.kind, "")


def counted(form: Form, answers: Mapping[str, Any]) -> Counted:
    """What of a set of answers is counted: choices and numbers by their value, words only as said, repeats as a list."""
    found: Counted = {}
    _count_items(form.items, answers, found)
    return found


def _count_items(items: Iterable[Item], answers: Mapping[str, Any], found: Counted) -> None:
    for item in items:
        if item.kind == "repeat":
            for instance in answers.get(item.name) or ():
                inner: Counted = {}
                _count_items(item.items, instance if isinstance(instance, Mapping) else {}, inner)
                for name, value in inner.items():
                    each = value["each"] if isinstance(value, dict) else [value]
                    found.setdefault(name, {"each": []})["each"].extend(each)
        elif item.items:
            _count_items(item.items, answers, found)
        elif (kind := kind_of(item)) and (value := _plain(kind, answers.get(item.name))) is not None:
            found[item.name] = value


def _plain(kind: str, value: Any) -> Any:
    """A value as it is counted; None where nothing was said."""
    if value is None or value in ("", []):
        return None
    if kind == WORDS:
        return True
    if kind == NUMBER:
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return None
        if not number.is_finite() or abs(number) >= LARGEST:
            return None
        return int(number) if number == number.to_integral_value() else float(number)
    if kind == ONE:
        return str(value)[:LONGEST]
    return sorted({str(one)[:LONGEST] for one in value}) if isinstance(value, list | tuple) else [str(value)[:LONGEST]]


def place_of(number: float) -> str:
    """Under which value a number is counted: itself to three figures, downwards."""
    exact = Decimal(str(number))
    if exact == exact.to_integral_value() and abs(exact) < FINE:
        return str(int(exact))
    step = Decimal(1).scaleb(exact.adjusted() - 2)
    return _text((exact / step).to_integral_value(ROUND_FLOOR) * step)


def add_answers(sums: Sums, given: Counted, *, sign: int = 1) -> None:
    """Add one set of answers to the sums, or take it away again (`sign` -1); what is nought leaves no trace."""
    for question, value in given.items():
        each = value["each"] if isinstance(value, dict) else [value]
        if not each:
            continue
        here = sums.setdefault(question, {"n": 0, "p": 0, "v": {}})
        here["n"] += sign * len(each)
        here["p"] += sign
        for one in each:
            if isinstance(one, int | float) and not isinstance(one, bool):
                exact = Decimal(str(one))
                _step(here["v"], place_of(one), sign)
                here["s"] = _text(_exact.add(Decimal(here.get("s", 0)), sign * exact))
                here["q"] = _text(_exact.add(Decimal(here.get("q", 0)), sign * _exact.multiply(exact, exact)))
            elif one is not True:
                for choice in one if isinstance(one, list) else [one]:
                    _step(here["v"], choice, sign)
        if not here["n"] and not here["p"] and not here["v"]:  # a line that takes away may come before the one that brought
            del sums[question]


def add_sums(sums: Sums, more: Sums) -> None:
    """Add other sums to these."""
    for question, there in more.items():
        here = sums.setdefault(question, {"n": 0, "p": 0, "v": {}})
        here["n"] += there["n"]
        here["p"] += there["p"]
        for value, count in there["v"].items():
            _step(here["v"], value, count)
        for name in ("s", "q"):
            if name in there:
                here[name] = _text(_exact.add(Decimal(here.get(name, 0)), Decimal(there[name])))


def _step(values: dict[str, int], key: str, by: int) -> None:
    values[key] = values.get(key, 0) + by
    if not values[key]:
        del values[key]


def _text(value: Decimal) -> str:
    return str(int(value)) if value == value.to_integral_value(context=_exact) else f"{value.normalize(_exact):f}"
