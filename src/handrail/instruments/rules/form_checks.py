"""Whether the expressions of a form can be evaluated: asked when it is published, so that nobody meets it while answering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handrail.instruments.rules.expressions import FUNCTIONS, BadExpression, compile_expression
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
    problems = []
    waits: dict[str, set[str]] = {}
    questions = {item.name for item in form.questions()}
    for item, parents in _with_parents(form):
        waits[item.name] = set(parents)
        for column, text in (("relevant", item.relevant), ("required", item.required), ("constraint", item.constraint)):
            if not text:
                continue
            try:
                expression = compile_expression(text)
                if expression.uses_answer and column != "constraint":
                    raise BadExpression("answer")
                for name in expression.references:
                    if name not in questions:
                        raise BadExpression("reference", name)
            except BadExpression as bad:
                problems.append(_problem(item, column, bad))
            else:
                if column == "relevant":
                    waits[item.name] |= set(expression.references)
    circle = _in_circles(waits)
    problems += [
        _problem(item, "relevant", BadExpression("circle")) for item in form.walk() if item.name in circle and item.relevant
    ]
    return problems


def _with_parents(form: Form) -> list[tuple[Item, tuple[str, ...]]]:
    def inside(items: tuple[Item, ...], parents: tuple[str, ...]) -> list[tuple[Item, tuple[str, ...]]]:
        found = []
        for item in items:
            found.append((item, parents))
            found += inside(item.items, (item.name,))
        return found

    return inside(form.items, ())


def _in_circles(waits: dict[str, set[str]]) -> set[str]:
    """Those left when everybody who waits for nobody has gone, again and again, from both ends."""
    left = {name: {other for other in others if other in waits} for name, others in waits.items()}
    while True:
        waited_for = {other for others in left.values() for other in others}
        free = {name for name, others in left.items() if not others or name not in waited_for}
        if not free:
            return set(left)
        left = {name: others - free for name, others in left.items() if name not in free}


def _problem(item: Item, column: str, bad: BadExpression) -> ExpressionProblem:
    cause, remedy = _words(bad)
    return ExpressionProblem("survey", item.row, column, f"expression_{bad.code}", str(cause), str(remedy))


def _words(bad: BadExpression) -> tuple[Any, Any]:
    found = {"found": bad.found, "functions": ", ".join(sorted(FUNCTIONS))}
    known: dict[str, tuple[Any, Any]] = {
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
        "date": (_("There is no such date: %(found)s."), _("Write dates as '2018-04-30'.")),
        "answer": (_("Only a constraint can look at the answer itself (.)."), _("Name the question as ${name}.")),
        "reference": (
            _("%(found)s is not a question of this form."),
            _("Correct the name in the brackets, or add the question."),
        ),
        "circle": (
            _("The conditions wait for each other in a circle."),
            _("Let each depend only on questions that come before."),
        ),
        "too_long": (_("The expression is too long."), _("Divide it over several questions.")),
        "empty": (_("The expression is empty."), _("Empty the cell.")),
    }
    cause, remedy = known.get(
        bad.code, (_("The expression is not valid XPath."), _("Check operators, quotation marks and brackets."))
    )
    return cause % found, remedy % found
