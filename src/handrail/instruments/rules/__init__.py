"""What a questionnaire asks next, and whether an answer will do: plain Python, no database."""

from handrail.instruments.rules.answers import AnswerProblem, answer_problems, check_answers, clean_answers
from handrail.instruments.rules.expressions import BadExpression, compile_expression
from handrail.instruments.rules.form_checks import ExpressionProblem, form_problems
from handrail.instruments.rules.pages import Page, next_page, pages, previous_page
from handrail.instruments.rules.ratings import levels_of
from handrail.instruments.rules.repeats import as_first_shown, change_times
from handrail.instruments.rules.state import MOST_TIMES, Scope, State, work_out
from handrail.instruments.rules.texts import choice_labels, plain, text_for
from handrail.instruments.rules.values import OK, number_text, scale_of, text_of
from handrail.instruments.rules.visibility import visible_items

__all__ = [
    "MOST_TIMES",
    "OK",
    "AnswerProblem",
    "BadExpression",
    "ExpressionProblem",
    "Page",
    "Scope",
    "State",
    "answer_problems",
    "as_first_shown",
    "change_times",
    "check_answers",
    "choice_labels",
    "clean_answers",
    "compile_expression",
    "form_problems",
    "levels_of",
    "next_page",
    "number_text",
    "pages",
    "plain",
    "previous_page",
    "scale_of",
    "text_for",
    "text_of",
    "visible_items",
    "work_out",
]
