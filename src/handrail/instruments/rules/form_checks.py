"""Whether the expressions of a form can be evaluated: asked when it is published, so that nobody meets it while answering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handrail.instruments.rules.expressions import FUNCTIONS, BadExpression, compile_expression
from handrail.instruments.rules.plan import is_computed, plan_of
from handrail.kit.text import _

if TYPE_CHECKING:
    from handrail.instruments.formats import Form, Item


@dataclass(frozen=True)
class ExpressionProblem:
    """An expression that cannot be used; the same shape as the problems of reading a workbook."""

    sheet: str
    row: int
    column: str
    code: str
    cause: str
    remedy: str
    is_error: bool = True


def form_problems(form: Form) -> list[ExpressionProblem]:
    """Every expression of the form that cannot be evaluated, with its row, and conditions that wait for each other."""
    known = {item.name for item in form.walk() if item.has_value or item.kind == "repeat"}
    problems = []
    for item in form.walk():
        columns = {"name", "label", *(column for choice in item.choices for column in choice.extra)}
        for column, text in _expressions(item):
            try:
                expression = compile_expression(text, columns=column == "choice_filter")
                if expression.uses_answer and column != "constraint":
                    raise BadExpression("answer")
                for name in expression.references:
                    if name not in known:
                        raise BadExpression("reference", name)
                for name in expression.columns:
                    if name not in columns:
                        raise BadExpression("column", name)
            except BadExpression as bad:
                problems.append(_problem(item, column, bad))
    circle = plan_of(form).circle
    problems += [_problem(item, column, BadExpression("circle")) for item in form.walk() if item.name in circle and (column := _waiting(item))]
    return problems


def _expressions(item: Item) -> Iterator[tuple[str, str]]:
    places = (
        ("relevant", item.relevant), ("required", item.required), ("constraint", item.constraint), ("calculation", item.calculation),
        ("choice_filter", item.choice_filter), ("repeat_count", item.repeat_count),
        ("default", item.default if is_computed(item.default) else ""), ("readonly", item.readonly),
    )  # fmt: skip
    return ((column, text) for column, text in places if text)


def _waiting(item: Item) -> str:
    """The column in which an item waits for others."""
    columns = [column for column, _text in _expressions(item)]
    return next((column for column in ("relevant", "calculation", "choice_filter", "repeat_count", "default") if column in columns), "")


def _problem(item: Item, column: str, bad: BadExpression) -> ExpressionProblem:
    cause, remedy = _words(bad)
    return ExpressionProblem("survey", item.row, column, f"expression_{bad.code}", str(cause), str(remedy))


def _words(bad: BadExpression) -> tuple[Any, Any]:
    found = {"found": bad.found, "functions": ", ".join(sorted(FUNCTIONS))}
    if bad.code == "function" and bad.found in _INSTEAD:
        cause, remedy = _("The function %(found)s() is not used here."), _INSTEAD[bad.found]
    else:
        cause, remedy = _WORDS.get(
            bad.code, (_("The expression is not valid XPath."), _("Check operators, quotation marks and brackets."))
        )
    return cause % found, remedy % found


_CHANCE = _("Delete it: every set of answers has a key of its own, and what is left to chance cannot be checked again.")
_INSTEAD: dict[str, Any] = {
    "uuid": _CHANCE,
    "random": _CHANCE,
    "randomize": _("Write randomize=true in the column parameters of the question."),
    "pulldata": _("Put the table in the sheet choices and use select_one with choice_filter."),
    "instance": _("Use select_one with choice_filter, or jr:choice-name(${name}, '${name}')."),
    "area": _("Work it out from the answers when they are in."),
    "distance": _("Work it out from the answers when they are in."),
}
_WORDS: dict[str, tuple[Any, Any]] = {
    "function": (_("The function %(found)s() is not used here."), _("Use one of: %(functions)s.")),
    "word": (_("The word %(found)s is not understood."), _("Write questions as ${name} and texts in quotation marks.")),
    "path": (_("Paths such as %(found)s are not used here."), _("Write questions as ${name}.")),
    "sign": (
        _("There is something wrong at %(found)s."),
        _("Check the expression there; compare with =, !=, <, <=, > or >=."),
    ),
    "arguments": (_("The function %(found)s() has too few or too many parts."), _("Check what stands in its brackets.")),
    "brackets": (_("A bracket is missing or too many."), _("Check that every bracket is closed.")),
    "pattern_text": (_("The pattern of regex() is not a text in quotation marks."), _("Write it as regex(., '[0-9]{4}').")),
    "pattern_syntax": (_("The pattern of regex() cannot be read."), _("Check it, for example '[0-9]{4}' for four digits.")),
    "pattern_slow": (
        _("The pattern of regex() could take too long."),
        _("Write a simpler one, without repeats inside repeats."),
    ),
    "choice_name": (
        _("jr:choice-name() does not name its question in quotation marks."),
        _("Write it as jr:choice-name(${name}, '${name}')."),
    ),
    "date": (_("There is no such date: %(found)s."), _("Write dates as '2018-04-30'.")),
    "answer": (_("Only a constraint can look at the answer itself (.)."), _("Name the question as ${name}.")),
    "reference": (
        _("%(found)s is not a question of this form."),
        _("Correct the name in the brackets, or add the question."),
    ),
    "column": (
        _("%(found)s is not a column of the sheet choices."),
        _("Add the column to the sheet choices, or write questions as ${name}."),
    ),
    "circle": (
        _("The conditions wait for each other in a circle."),
        _("Let each depend only on questions that come before."),
    ),
    "too_long": (_("The expression is too long."), _("Divide it over several questions.")),
    "empty": (_("The expression is empty."), _("Empty the cell.")),
}
