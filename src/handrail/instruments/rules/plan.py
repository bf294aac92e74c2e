"""In which order a form is worked out: whatever a condition or calculation looks at comes before it."""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handrail.instruments.rules.expressions import BadExpression, Expression, compile_expression

if TYPE_CHECKING:
    from handrail.instruments.formats import Form, Item

_LOOKS_COMPUTED = re.compile(r"\$\{|[\w-]+\s*\(")


@dataclass(frozen=True)
class Step:
    """One item of a form with where it stands and its expressions, ready to be evaluated."""

    item: Item
    containers: tuple[Item, ...]  # the groups and repeats around it, the nearest first
    repeats: tuple[str, ...]  # the repeats around it, the outermost first
    relevant: Expression | None
    calculation: Expression | None
    default: Expression | None
    choice_filter: Expression | None
    repeat_count: Expression | None
    width: int = 1  # how many items it holds, itself among them

    @property
    def needs(self) -> set[str]:
        """The names of what has to be known before."""
        found = {self.containers[0].name} if self.containers else set()
        for expression in (self.relevant, self.calculation, self.default, self.choice_filter, self.repeat_count):
            found |= set(expression.references) if expression else set()
        return found


@dataclass(frozen=True)
class Plan:
    """A form's steps by name and in an order in which they can be worked out; what waits in a circle is left out."""

    steps: dict[str, Step]
    order: tuple[Step, ...]
    circle: frozenset[str]


def plan_of(form: Form) -> Plan:
    """The plan of a form, made once: a form never changes."""
    found = vars(form).get("_plan")
    if not isinstance(found, Plan):
        found = vars(form)["_plan"] = _plan(form)
    return found


def expression_of(text: str, *, columns: bool = False) -> Expression | None:
    """The expression, None where there is none; one that publishing would refuse holds never."""
    if not text:
        return None
    try:
        return compile_expression(text, columns=columns)
    except BadExpression:
        return compile_expression("false()")


def is_computed(default: str) -> bool:
    """Whether a default is worked out (${name}, today()) and not the text that stands there."""
    return _LOOKS_COMPUTED.search(default) is not None


def _plan(form: Form) -> Plan:
    steps = {step.item.name: step for step in _steps(form.items, ())}
    place = {name: number for number, name in enumerate(steps)}
    waits = {name: {need for need in step.needs if need in steps} for name, step in steps.items()}
    followers = defaultdict(list)
    for name, needs in waits.items():
        for need in needs:
            followers[need].append(name)
    ready = [place[name] for name, needs in waits.items() if not needs]
    heapq.heapify(ready)
    names, order = list(steps), []
    while ready:
        name = names[heapq.heappop(ready)]
        order.append(steps[name])
        for follower in followers[name]:
            waits[follower].discard(name)
            if not waits[follower]:
                heapq.heappush(ready, place[follower])
    left = set(steps) - {step.item.name for step in order}
    return Plan(steps, tuple(order), frozenset(_in_circles({name: waits[name] & left for name in left})))


def _steps(items: tuple[Item, ...], around: tuple[Item, ...]) -> Iterator[Step]:
    repeats = tuple(one.name for one in reversed(around) if one.kind == "repeat")
    for item in items:
        yield Step(
            item, around, repeats, expression_of(item.relevant), _value_of(item.calculation),
            _value_of(item.default) if is_computed(item.default) else None,
            expression_of(item.choice_filter, columns=True), _value_of(item.repeat_count),
            sum(1 for _inner in item.walk()) if item.kind == "repeat" else 1,
        )  # fmt: skip
        yield from _steps(item.items, (item, *around))


def _value_of(text: str) -> Expression | None:
    """A calculation; one that publishing would refuse comes to nothing."""
    try:
        return compile_expression(text) if text else None
    except BadExpression:
        return compile_expression("''")


def _in_circles(waits: dict[str, set[str]]) -> set[str]:
    """Those left when everybody whom nobody in the circle waits for has gone, again and again."""
    left = dict(waits)
    while True:
        waited_for = {other for others in left.values() for other in others}
        gone = {name for name in left if name not in waited_for}
        if not gone:
            return set(left)
        left = {name: others - gone for name, others in left.items() if name not in gone}
