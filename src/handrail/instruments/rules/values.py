"""Single answers: how they come, in which type they are kept, and how expressions see them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from handrail.kit.text import _

if TYPE_CHECKING:
    from handrail.instruments.formats import Item

Answer = str | int | Sequence[str] | None
Answers = Mapping[str, Answer]
Value = str | int | list[str]

LONGEST = 5_000
GREATEST = 2**31 - 1
_INTEGER = re.compile(r"[+-]?\d{1,10}")
# Control characters and halves of characters: no person writes them, and neither XML nor PostgreSQL holds them.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def text_of(answer: Answer) -> str:
    """An answer as expressions see it: several choices with spaces between."""
    if answer is None:
        return ""
    if isinstance(answer, str | int):
        return str(answer)
    return " ".join(str(part) for part in answer)


def read_answer(item: Item, answer: Answer) -> tuple[Value | None, Any]:
    """The answer in its type (None where there is none), and what is wrong with it."""
    text = _NOT_TEXT.sub("", text_of(answer)).strip()
    if not text:
        return None, ""
    if item.kind == "integer":
        digits = text.replace("\u00a0", "").replace(" ", "").replace("\u2212", "-")
        if not (_INTEGER.fullmatch(digits) and digits.isascii()) or abs(int(digits)) > GREATEST:
            return None, _("Write a whole number, in digits.")
        return int(digits), ""
    if item.kind == "text":
        return (text, "") if len(text) <= LONGEST else (None, _("Write at most %(limit)d characters.") % {"limit": LONGEST})
    names = [choice.name for choice in item.choices]
    if item.kind == "select_one":
        return (text, "") if text in names else (None, _("Choose one of the answers."))
    chosen = set(answer if isinstance(answer, Sequence) and not isinstance(answer, str) else text.split())
    if not chosen <= set(names):
        return None, _("Choose among the answers.")
    return [name for name in names if name in chosen], ""
