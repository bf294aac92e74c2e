"""What of a questionnaire is to be seen, given the answers so far."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handrail.instruments.rules.expressions import BadExpression, Expression, compile_expression
from handrail.instruments.rules.values import Answers, read_answer, text_of

if TYPE_CHECKING:
    from handrail.instruments.formats import Form, Item


def visible_items(form: Form, answers: Answers, *, today: date | None = None) -> tuple[str, ...]:
    """The names of the groups, notes and questions to be seen, in the form's order.

    What lies in a hidden group is hidden; an answer to a hidden question, or of the wrong type, counts as none.
    """
    seen = visible_values(form, answers, today=today)
    return tuple(item.name for item in form.walk() if item.name in seen)


def visible_values(form: Form, answers: Answers, *, today: date | None = None) -> dict[str, str]:
    """Name → answer as text, for everything to be seen."""
    waiting = [(item, parent, expression_of(item.relevant)) for item, parent in _with_parents(form)]
    decided: dict[str, bool] = {}
    values: dict[str, str] = {}
    while waiting:
        later = []
        for item, parent, condition in waiting:
            needs = (*((parent,) if parent else ()), *(condition.references if condition else ()))
            if any(name not in decided for name in needs) and not (parent and decided.get(parent) is False):
                later.append((item, parent, condition))
                continue
            shown = (not parent or decided[parent]) and (condition is None or condition.is_true(values, today=today))
            decided[item.name] = shown
            if shown:
                values[item.name] = text_of(read_answer(item, answers.get(item.name))[0]) if item.is_question else ""
        if len(later) == len(waiting):  # a circle of conditions, which publishing refuses: nobody is shown what depends on it
            break
        waiting = later
    return values


def expression_of(text: str) -> Expression | None:
    """The expression, None where there is none; one that publishing would refuse holds never."""
    if not text:
        return None
    try:
        return compile_expression(text)
    except BadExpression:
        return compile_expression("false()")


def _with_parents(form: Form) -> list[tuple[Item, str]]:
    found: list[tuple[Item, str]] = []
    stack: list[tuple[Item, str]] = [(item, "") for item in reversed(form.items)]
    while stack:
        item, parent = stack.pop()
        found.append((item, parent))
        stack += [(inner, item.name) for inner in reversed(item.items)]
    return found
