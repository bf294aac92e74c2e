"""Single cells of a staff list: names, shares, marks, addresses, and what must never be kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from handrail.kit.files import Cell, as_text

EMAIL_LENGTH = 254
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~åäöÅÄÖéæøü-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
)
_NATIONAL_ID = re.compile(r"(?<![\d-])((?:19|20)?)(\d{2})(\d{2})(\d{2})([-+ ]?)(\d{4})(?![\d-])")
_PARTICLES = {
    "af",
    "av",
    "von",
    "van",
    "de",
    "der",
    "den",
    "da",
    "di",
    "du",
    "la",
    "le",
    "bin",
    "ben",
    "ibn",
    "abu",
    "al",
    "el",
    "zu",
    "zur",
    "ter",
    "ten",
}
_SHARE = re.compile(r"(\d{1,4}(?:[.,]\d{1,6})?)\s*(%|procent|percent|pct|prozent)?")
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


def looks_like_national_id(text: str) -> bool:
    """Whether a text holds a personal identity number (ÅÅMMDD-NNNN, with century, coordination number, Danish ddmmyy-nnnn).

    With its hyphen the shape is enough; digits alone must also be a date and pass the check digit, else many numbers would look so.
    """
    for match in _NATIONAL_ID.finditer(text):
        century, first, second, third, mark, last = match.groups()
        swedish = _is_month_day(int(second), int(third))
        if mark.strip():
            if swedish or (not century and _is_month_day(int(second), int(first))):
                return True
        elif swedish and _luhn(first + second + third + last):
            return True
    return False


def _is_month_day(month: int, day: int) -> bool:
    actual = day - 60 if day > 60 else day  # coordination numbers add 60 to the day
    try:
        date(2000, month, actual)
    except ValueError:
        return False
    return True


def _luhn(ten: str) -> bool:
    total = 0
    for index, digit in enumerate(ten):
        value = int(digit) * (2 - index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def email_of(cell: Cell) -> tuple[str, bool]:
    """The address in lower case, and whether it is one; ("", True) where there is none."""
    text = as_text(cell).removeprefix("mailto:").strip(" <>;,").casefold()
    return text, not text or bool(len(text) <= EMAIL_LENGTH and _EMAIL.fullmatch(text))


def split_name(text: str, *, family_first: bool = False) -> tuple[str, str]:
    """Given and family name of a whole name: at the comma, else before the last word and its particles."""
    family, comma, given = text.partition(",")
    if comma:
        return given.strip(" ,"), family.strip()
    parts = text.split()
    if len(parts) < 2:
        return "", text
    if family_first:
        at = next((i for i, part in enumerate(parts) if part.casefold() not in _PARTICLES), 0) + 1
        return " ".join(parts[at:]), " ".join(parts[:at])
    at = len(parts) - 1
    while at > 1 and parts[at - 1].casefold() in _PARTICLES:
        at -= 1
    return " ".join(parts[:at]), " ".join(parts[at:])


def shares_are_fractions(cells: Iterable[Cell]) -> bool:
    """Whether a column writes 75 % as 0.75, as Excel stores percentages: no value above 1, and none with its sign."""
    numbers = [_number(cell) for cell in cells]
    values = [(value, has_sign) for value, has_sign in numbers if value is not None]
    return bool(values) and all(value <= 1 and not has_sign for value, has_sign in values)


def share_of(cell: Cell, *, fractions: bool) -> tuple[Decimal | None, bool]:
    """The employment rate in per cent with two decimals, and whether it could be read and lies between 0 and 100."""
    if not as_text(cell):
        return None, True
    value, has_sign = _number(cell)
    if value is None:
        return None, False
    if fractions and not has_sign:
        value *= _HUNDRED
    elif not has_sign and 0 < value < 1:
        return None, False  # 0.5 among 75 and 100: half a per cent, or half a post?
    return (value.quantize(_CENT), True) if 0 <= value <= _HUNDRED else (None, False)


def _number(cell: Cell) -> tuple[Decimal | None, bool]:
    if isinstance(cell, bool):
        return None, False
    if isinstance(cell, float | int):
        return Decimal(repr(cell)).quantize(Decimal("0.000001")) if abs(cell) < 1e9 else None, False
    match = _SHARE.fullmatch(as_text(cell).casefold())
    if not match:
        return None, False
    try:
        return Decimal(match[1].replace(",", ".")), bool(match[2])
    except InvalidOperation:
        return None, False


def find_circles(managers: Sequence[int | None]) -> set[int]:
    """The indices that stand in a circle of managers (a leads b, b leads a); who only stands below one is not in it."""
    state = [0] * len(managers)
    circles: set[int] = set()
    for start in range(len(managers)):
        path: list[int] = []
        at: int | None = start
        while at is not None and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = managers[at]
        if at is not None and state[at] == 1:
            circles.update(path[path.index(at) :])
        for index in path:
            state[index] = 2
    return circles
