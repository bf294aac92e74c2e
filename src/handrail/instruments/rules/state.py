"""A form worked out for a set of answers: what is to be seen, what each answer is, and what is calculated from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from handrail.instruments.rules.expressions import Context, Expression
from handrail.instruments.rules.plan import Plan, Step, expression_of, plan_of
from handrail.instruments.rules.texts import choice_labels, text_for
from handrail.instruments.rules.values import LONGEST, Answers, Value, read_answer, text_of
from handrail.instruments.rules.xpath import Value as Computed
from handrail.instruments.rules.xpath import clean
from handrail.kit.text import _

if TYPE_CHECKING:
    from handrail.instruments.formats import Form, Item
    from handrail.instruments.formats.form import Choice

MOST_TIMES = 200  # round a repeat: beyond any household or class, short of keeping a server busy
MOST_PLACES = 10_000  # questions that a repeat may ask, all times round it taken together


@dataclass
class Scope:
    """One time round a repeat, or the form's top: what came in, and what was made of it."""

    raw: Answers
    parent: Scope | None = None
    repeat: str = ""
    index: int = 0
    values: dict[str, str] = field(default_factory=dict)  # everything to be seen → its answer as text
    typed: dict[str, Value] = field(default_factory=dict)
    faults: dict[str, Any] = field(default_factory=dict)
    children: dict[str, list[Scope]] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """What stands before a question's name in this scope's keys: "" at the top, "members/1/" the first time round."""
        return f"{self.parent.prefix}{self.repeat}/{self.index + 1}/" if self.parent else ""

    def depth(self, wanted: int) -> Scope:
        """The scope around this one that is inside so many repeats."""
        around: list[Scope] = [self]
        while (parent := around[-1].parent) is not None:
            around.append(parent)
        return around[len(around) - 1 - wanted]


@dataclass
class State:
    """A form with a set of answers, worked out."""

    form: Form
    plan: Plan
    today: date | None
    language: str
    top: Scope
    scopes: dict[tuple[str, ...], list[Scope]] = field(default_factory=dict)
    offered: dict[tuple[Any, ...], tuple[Choice, ...]] = field(default_factory=dict)  # what filters let through, by what they look at

    def shown(self, scope: Scope | None = None, items: Sequence[Item] | None = None) -> Iterator[tuple[str, Item, Scope]]:
        """Everything to be seen in the form's order, with its key (members/1/age) and scope."""
        inside = scope or self.top
        for item in self.form.items if items is None else items:
            if item.name not in inside.values:
                continue
            yield inside.prefix + item.name, item, inside
            for each in inside.children[item.name] if item.kind == "repeat" else [inside] if item.items else []:
                yield from self.shown(each, item.items)

    def context(self, item: Item, scope: Scope, *, answer: str = "") -> Context:
        """What an expression of an item can look at."""
        now = self.today if isinstance(self.today, datetime) else None
        return _Within(
            answer=answer, today=now.date() if now else self.today, now=now, state=self, step=self.plan.steps[item.name], scope=scope
        )  # fmt: skip

    def holds(self, expression: Expression | None, item: Item, scope: Scope, *, answer: str = "") -> bool:
        """Whether a condition of an item holds there; True where there is none."""
        return expression is None or expression.holds(self.context(item, scope, answer=answer))

    def choices(self, item: Item, scope: Scope) -> tuple[Choice, ...]:
        """The choices of a question that its filter lets through just now."""
        expression = self.plan.steps[item.name].choice_filter
        if expression is None:
            return item.choices
        context = self.context(item, scope)
        looked_at = (item.name, *(str(context.value(name)) for name in expression.references), id(scope) if expression.is_of_place else 0)
        if looked_at not in self.offered:
            self.offered[looked_at] = tuple(choice for choice in item.choices if self.offers(item, scope, choice))
        return self.offered[looked_at]

    def offers(self, item: Item, scope: Scope, choice: Choice) -> bool:
        """Whether a question's filter lets a choice through."""
        expression = self.plan.steps[item.name].choice_filter
        if expression is None:
            return True
        context = self.context(item, scope)
        context.columns = {**choice.extra, "name": choice.name}
        return expression.holds(context)

    def is_required(self, item: Item, scope: Scope) -> bool:
        """Whether a question has to be answered just now."""
        return bool(item.required) and self.holds(expression_of(item.required), item, scope)

    def text(self, texts: Mapping[str, str], scope: Scope, item: Item, language: str = "") -> str:
        """A text of the form in a language, with the answers of its scope put in."""
        return text_for(self.form, texts, language or self.language, _Answers(self.context(item, scope)))


@dataclass
class _Within(Context):
    """A context that sees the whole form from one place in it."""

    state: State = None  # type: ignore[assignment]
    step: Step = None  # type: ignore[assignment]
    scope: Scope = None  # type: ignore[assignment]

    def value(self, name: str) -> Computed:
        step = self.state.plan.steps.get(name)
        if step is None:
            return ""
        if step.item.kind == "repeat":
            return [""] * len(self.rounds(name))
        scopes = self._near(step)
        if len(scopes) == 1 and _path(scopes[0]) == step.repeats == _path(self.scope)[: len(step.repeats)]:
            return scopes[0].values.get(name, "")
        return [scope.values[name] for scope in scopes if name in scope.values]

    def rounds(self, name: str) -> Sequence[Context]:
        step = self.state.plan.steps.get(name)
        if step is None or step.item.kind != "repeat":
            return ()
        scopes = [child for scope in self._near(step) for child in scope.children.get(name, [])]
        return [replace(self, scope=scope) for scope in scopes]

    def _near(self, step: Step) -> list[Scope]:
        """The scopes of an item nearest to here: its own where we stand in the same repeat, else all there are."""
        mine, shared = _path(self.scope), 0
        while shared < min(len(mine), len(step.repeats)) and mine[shared] == step.repeats[shared]:
            shared += 1
        scopes = [self.scope.depth(shared)]
        for repeat in step.repeats[shared:]:
            scopes = [child for scope in scopes for child in scope.children.get(repeat, [])]
        return scopes

    def position(self, steps: int) -> float:
        around = self.step.containers[max(steps - 1, 0) :]
        repeat = next((one.name for one in around if one.kind == "repeat"), "")
        scope: Scope | None = self.scope
        while scope is not None and scope.repeat != repeat:
            scope = scope.parent
        return float(scope.index + 1) if scope is not None and repeat else 1.0

    def indexed(self, name: str, places: Sequence[tuple[str, int]]) -> str:
        step = self.state.plan.steps.get(name)
        near: Scope | None = self.scope
        while near is not None and places and places[0][0] not in near.children:
            near = near.parent
        for repeat, index in places:
            children = near.children.get(repeat, []) if near is not None else []
            near = children[index - 1] if 1 <= index <= len(children) else None
        return near.values.get(name, "") if near is not None and step is not None else ""

    def label(self, name: str, value: str) -> str:
        step = self.state.plan.steps.get(name)
        return choice_labels(self.state.form, step.item, value, self.state.language) if step is not None else ""


class _Answers(Mapping[str, str]):
    """The answers as a text of the form sees them: of a repeat elsewhere, all of them with commas between."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def __getitem__(self, name: str) -> str:
        value = self.context.value(name)
        return value if isinstance(value, str) else ", ".join(str(part) for part in value)  # type: ignore[union-attr]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def work_out(form: Form, answers: Answers, *, today: date | None = None, language: str = "") -> State:
    """The form with these answers: hidden questions without theirs, calculations done, each repeat as often as it is.

    `today` may be a moment in the person's own time, for forms that ask what time it is.
    """
    plan = plan_of(form)
    state = State(form, plan, today, language or form.default_language, Scope(answers))
    state.scopes[()] = [state.top]
    for step in plan.order:
        for scope in state.scopes.get(step.repeats, ()):
            _work_out(state, step, scope)
    return state


def _work_out(state: State, step: Step, scope: Scope) -> None:
    item = step.item
    around = step.containers[0].name if step.containers else ""
    if around and around != scope.repeat and around not in scope.values:
        return
    if not state.holds(step.relevant, item, scope):
        return
    scope.values[item.name] = ""
    if item.kind == "repeat":
        _go_round(state, step, scope)
    elif item.is_question and not _is_given(step):
        offered = (lambda choice: state.offers(item, scope, choice)) if step.choice_filter else None
        value, fault = read_answer(item, scope.raw.get(item.name), offered)
        if value is None and not fault and step.calculation:
            value, fault = read_answer(item, step.calculation.text(state.context(item, scope)), offered)
        _keep(scope, item, value, fault)
    elif item.has_value:
        _keep(scope, item, *_given(state, step, scope))


def _is_given(step: Step) -> bool:
    """Whether nobody answers it although it is a question: it is only to be read."""
    return step.item.readonly == "true()" and bool(step.calculation or step.item.default)


def _given(state: State, step: Step, scope: Scope) -> tuple[Value | None, Any]:
    """The value of what nobody answers: calculated, or the form's own."""
    item, sent = step.item, clean(text_of(scope.raw.get(step.item.name))).strip()[:LONGEST]
    if step.calculation:
        text = step.calculation.text(state.context(item, scope, answer=sent))
    elif item.kind == "hidden" and sent:
        text = sent
    else:
        text = step.default.text(state.context(item, scope)) if step.default else item.default
    return read_answer(item, text[:LONGEST])


def _keep(scope: Scope, item: Item, value: Value | None, fault: Any) -> None:
    if fault:
        scope.faults[item.name] = fault
    if value is not None:
        scope.typed[item.name] = value
        scope.values[item.name] = text_of(value)


def _go_round(state: State, step: Step, scope: Scope) -> None:
    raw = scope.raw.get(step.item.name)
    rounds = [one if isinstance(one, Mapping) else {} for one in raw] if isinstance(raw, Sequence) and not isinstance(raw, str) else []
    if step.repeat_count is not None:
        text = step.repeat_count.text(state.context(step.item, scope))
        times = min(int(float(text)), MOST_TIMES) if _is_number(text) else 0
        rounds = [*rounds[:times], *({} for _more in range(times - len(rounds)))]
    elif len(rounds) > MOST_TIMES:
        scope.faults[step.item.name] = _("Give at most %(limit)d here.") % {"limit": MOST_TIMES}
    known = state.scopes.setdefault((*step.repeats, step.item.name), [])
    left = max(MOST_PLACES // step.width - len(known), 0)
    if min(len(rounds), MOST_TIMES) > left:
        scope.faults[step.item.name] = _("There are too many answers here for one form.")
    children = [Scope(one, scope, step.item.name, index) for index, one in enumerate(rounds[: min(MOST_TIMES, left)])]
    scope.children[step.item.name] = children
    known += children


def _is_number(text: str) -> bool:
    try:
        return float(text) >= 0
    except ValueError:
        return False


def _path(scope: Scope) -> tuple[str, ...]:
    found: list[str] = []
    around: Scope | None = scope
    while around is not None and around.repeat:
        found.append(around.repeat)
        around = around.parent
    return tuple(reversed(found))
