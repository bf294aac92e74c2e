"""Repeats on a page: the first time round that everybody is shown, one more, one less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from handrail.instruments.rules.plan import is_computed
from handrail.instruments.rules.state import MOST_TIMES
from handrail.instruments.rules.values import Answers

if TYPE_CHECKING:
    from handrail.instruments.formats import Item


def as_first_shown(items: Iterable[Item], answers: Answers) -> dict[str, Any]:
    """The answers as a page shows them: what nobody was asked yet has the form's own value, and a repeat its first time round."""
    found = dict(answers)
    for item in items:
        if item.kind == "group":
            found = as_first_shown(item.items, found)
        elif item.kind == "repeat":
            rounds = found.get(item.name)
            if rounds is None and not item.repeat_count:
                rounds = [{}]
            if isinstance(rounds, list):
                found[item.name] = [as_first_shown(item.items, one) if isinstance(one, Mapping) else {} for one in rounds]
        elif item.is_question and item.default and item.name not in found and not is_computed(item.default):
            found[item.name] = item.default
    return found


def change_times(answers: Answers, go: str) -> dict[str, Any]:
    """The answers with one time round a repeat more (`add:members`) or less (`remove:members/2`); any other wish changes nothing."""
    found = deepcopy(dict(answers))
    wish, _colon, key = go.partition(":")
    parts = key.split("/")
    inside, index = found, None
    if wish == "remove" and len(parts) > 1 and parts[-1].isdecimal():
        index = int(parts.pop()) - 1
    for repeat, number in zip(parts[:-1:2], parts[1:-1:2], strict=False):
        rounds = inside.get(repeat)
        if not (number.isdecimal() and isinstance(rounds, list) and 0 < int(number) <= len(rounds)):
            return found
        inside = rounds[int(number) - 1]
    rounds = inside.get(parts[-1], [])
    if not isinstance(rounds, list) or (rounds and not isinstance(rounds[0], Mapping)):
        return found
    if wish == "add" and len(rounds) < MOST_TIMES:
        inside[parts[-1]] = [*rounds, {}]
    elif index is not None and 0 <= index < len(rounds):
        del rounds[index]
    return found
