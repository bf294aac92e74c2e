"""What of a questionnaire is to be seen, given the answers so far."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handrail.instruments.rules.state import Scope, work_out
from handrail.instruments.rules.values import Answers

if TYPE_CHECKING:
    from handrail.instruments.formats import Form, Item


def visible_items(form: Form, answers: Answers, *, today: date | None = None) -> tuple[str, ...]:
    """The names of the groups, repeats, notes and questions to be seen, in the form's order; what is in a repeat once, if it is seen at all.

    What lies in a hidden group is hidden; an answer to a hidden question, or of the wrong type, counts as none.
    """
    state = work_out(form, answers, today=today)
    return tuple(dict.fromkeys(item.name for _key, item, scope in state.shown() if _is_seen(item, scope)))


def visible_values(form: Form, answers: Answers, *, today: date | None = None) -> dict[str, str]:
    """Name → answer as text, for everything to be seen outside repeats, calculations included."""
    return work_out(form, answers, today=today).top.values


def _is_seen(item: Item, scope: Scope) -> bool:
    """Calculations are not to be seen, nor is a repeat that the form itself counts to none."""
    if item.kind == "repeat" and item.repeat_count:
        return bool(scope.children.get(item.name))
    return item.is_question or not item.has_value
