"""What answers say about competences, as the form's authors bound them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handrail.instruments.rules.answers import clean_answers
from handrail.instruments.rules.values import Answers

if TYPE_CHECKING:
    from handrail.instruments.formats import Form


def levels_of(form: Form, answers: Answers, *, today: date | None = None) -> dict[str, int]:
    """Question → level, for every bound question whose answer stands for one; a choice without a level ("don't know") gives none."""
    kept = clean_answers(form, answers, today=today)
    found: dict[str, int] = {}
    for item in form.questions():
        if not item.competence or item.name not in kept:
            continue
        value = kept[item.name]
        level = value if isinstance(value, int) else next((c.level for c in item.choices if c.name == value), None)
        if level is not None:
            found[item.name] = level
    return found
