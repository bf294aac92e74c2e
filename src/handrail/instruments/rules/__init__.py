"""What a questionnaire asks next, and whether an answer will do: plain Python, no database."""

from handrail.instruments.rules.answers import AnswerProblem, answer_problems, clean_answers
from handrail.instruments.rules.expressions import BadExpression, compile_expression
from handrail.instruments.rules.form_checks import ExpressionProblem, form_problems
from handrail.instruments.rules.pages import Page, next_page, pages, previous_page
from handrail.instruments.rules.ratings import levels_of
from handrail.instruments.rules.texts import text_for
from handrail.instruments.rules.visibility import visible_items

__all__ = [
    "AnswerProblem",
    "BadExpression",
    "ExpressionProblem",
    "Page",
    "answer_problems",
    "clean_answers",
    "compile_expression",
    "form_problems",
    "levels_of",
    "next_page",
    "pages",
    "previous_page",
    "text_for",
    "visible_items",
]
