"""Whether an answer will do: its type, whether it is required, and the form's own constraint in the form's own words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from handrail.instruments.rules.plan import expression_of
from handrail.instruments.rules.state import Scope, State, work_out
from handrail.instruments.rules.values import Answers
from handrail.kit.text import _

if TYPE_CHECKING:
    from handrail.instruments.formats import Form, Item


@dataclass(frozen=True)
class AnswerProblem:
    """A question whose answer will not do, and why, in the person's language; in a repeat its name is its key, members/1/age."""

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
    takes_files: bool = True,
) -> list[AnswerProblem]:
    """What keeps the answers from being taken; `complete` asks for the required ones too, `only` looks at these questions alone.

    Answers to hidden questions are no problem: they are dropped (`clean_answers`). `only` names questions or keys (members/1/age).
    Where no files can be sent (`takes_files`), none is asked for.
    """
    state = work_out(form, answers, today=today, language=language)
    return _problems(form, answers, state, complete=complete, only=only, takes_files=takes_files)


def check_answers(
    form: Form, answers: Answers, *, language: str, today: date | None = None, takes_files: bool = True
) -> tuple[list[AnswerProblem], dict[str, Any]]:
    """What keeps a whole set from being taken, and what is kept of it: both worked out at once."""
    state = work_out(form, answers, today=today, language=language)
    return _problems(form, answers, state, complete=True, only=None, takes_files=takes_files), _kept(form.fields(), state.top)


def clean_answers(form: Form, answers: Answers, *, today: date | None = None, language: str = "") -> dict[str, Any]:
    """The answers to be kept: visible, of their type, not empty; numbers as numbers, several choices as a list in the form's order.

    A repeat is a list of such answers, one for each time round; calculated values stand among the answers.
    """
    return _kept(form.fields(), work_out(form, answers, today=today, language=language).top)


def _problems(
    form: Form, answers: Answers, state: State, *, complete: bool, only: Collection[str] | None, takes_files: bool
) -> list[AnswerProblem]:
    problems = []
    for key, item, scope in state.shown():
        if only is not None and key not in only and item.name not in only:
            continue
        if fault := _fault(state, item, scope, complete=complete and (takes_files or item.kind != "file")):
            problems.append(AnswerProblem(key, str(fault)))
    if only is None:
        problems += [AnswerProblem(name[:100], str(_("The form has no such question."))) for name in _unknown(form, answers)]
    return problems


def _kept(items: Iterator[Item], scope: Scope) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        if item.kind == "repeat":
            children = scope.children.get(item.name)
            if children or (children is not None and scope.raw.get(item.name) == []):  # somebody was asked, and there is none
                found[item.name] = [_kept(item.fields(), child) for child in children]
        elif item.name in scope.typed and item.name not in scope.faults:
            found[item.name] = scope.typed[item.name]
    return found


def _fault(state: State, item: Item, scope: Scope, *, complete: bool) -> Any:
    if item.name in scope.faults:
        return scope.faults[item.name]
    if not item.is_question:
        return ""
    if item.name not in scope.typed:
        if complete and state.is_required(item, scope):
            return state.text(item.required_messages, scope, item) or _("Please answer this question.")
    elif item.constraint and not state.holds(expression_of(item.constraint), item, scope, answer=scope.values[item.name]):
        return state.text(item.constraint_messages, scope, item) or _("This answer does not fit the question.")
    return ""


def _unknown(form: Form | Item, answers: Answers, prefix: str = "") -> list[str]:
    """What no question of the form asked for."""
    known = {item.name: item for item in form.fields()}
    found = []
    for name, answer in answers.items():
        if name not in known:
            found.append(f"{prefix}{name}")
        elif known[name].kind == "repeat" and isinstance(answer, list):
            for number, one in enumerate(answer, start=1):
                if isinstance(one, Mapping):
                    found += _unknown(known[name], one, f"{prefix}{name}/{number}/")
    return found[:100]
