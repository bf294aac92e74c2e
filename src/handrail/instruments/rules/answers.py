"""Whether an answer will do: its type, whether it is required, and the form's own constraint in the form's own words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handrail.instruments.rules.texts import text_for
from handrail.instruments.rules.values import Answers, Value, read_answer, text_of
from handrail.instruments.rules.visibility import expression_of, visible_values
from handrail.kit.text import _

if TYPE_CHECKING:
    from handrail.instruments.formats import Form


@dataclass(frozen=True)
class AnswerProblem:
    """A question whose answer will not do, and why, in the person's language."""

    name: str
    message: str


def answer_problems(
    form: Form,
    answers: Answers,
    *,
    language: str,
    complete: bool,
    today: date | None = None,
    only: Collection[str] | None = None,
) -> list[AnswerProblem]:
    """What keeps the answers from being taken; `complete` asks for the required ones too, `only` looks at these questions alone.

    Answers to hidden questions are no problem: they are dropped (`clean_answers`).
    """
    values = visible_values(form, answers, today=today)
    problems = []
    for item in form.questions():
        if item.name not in values or (only is not None and item.name not in only):
            continue
        value, fault = read_answer(item, answers.get(item.name))
        if not fault and value is None and complete and _holds(item.required, values, today):
            fault = text_for(form, item.required_messages, language, answers) or _("Please answer this question.")
        elif not fault and value is not None and item.constraint:
            constraint = expression_of(item.constraint)
            if constraint and not constraint.is_true(values, answer=text_of(value), today=today):
                fault = text_for(form, item.constraint_messages, language, answers) or _("This answer does not fit the question.")
        if fault:
            problems.append(AnswerProblem(item.name, str(fault)))
    if only is None:
        known = {item.name for item in form.questions()}
        problems += [AnswerProblem(name[:100], str(_("The form has no such question."))) for name in answers if name not in known]
    return problems


def clean_answers(form: Form, answers: Answers, *, today: date | None = None) -> dict[str, Value]:
    """The answers to be kept: visible, of their type, not empty; integers as numbers, several choices as a list in the form's order."""
    values = visible_values(form, answers, today=today)
    kept: dict[str, Value] = {}
    for item in form.questions():
        if item.name in values:
            value, fault = read_answer(item, answers.get(item.name))
            if value is not None and not fault:
                kept[item.name] = value
    return kept


def _holds(condition: str, values: dict[str, str], today: date | None) -> bool:
    expression = expression_of(condition)
    return expression is not None and expression.is_true(values, today=today)
