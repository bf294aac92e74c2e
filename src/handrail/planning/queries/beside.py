"""A plan beside today: what would be other, for whom; and what more money would add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handrail.competences.models import Area, RoleProfile
from handrail.kit.disclosure import INSIDE, hidden_parts
from handrail.kit.text import _, money, number, percent, plural
from handrail.people.models import Organisation, Person, Role, Unit
from handrail.people.queries import authority_of
from handrail.planning.models import Plan
from handrail.planning.queries.plans import touches_few


@dataclass(frozen=True)
class Beside:
    """One line of a comparison: what stands today, and what this plan gives."""

    label: Any
    today: str
    then: str


def beside(plan: Plan) -> list[Beside]:
    """A what-if against what is planned today, an answer to cancellations against what was planned before them."""
    today, then, currency, is_hidden = plan.facts.get("beside"), plan.facts, plan.programme.currency, touches_few(plan)
    if today is None:
        return []

    def steps(facts: dict[str, Any]) -> str:
        return number(facts["closed"]) if facts["people_in_need"] >= INSIDE.counts and not is_hidden else str(_("hidden"))

    def cost(facts: dict[str, Any]) -> str:
        return money(Decimal(str(facts["cost"])), currency, digits=0)

    def count(name: str) -> Callable[[dict[str, Any]], str]:
        return lambda facts: number(facts[name])

    def share(name: str) -> Callable[[dict[str, Any]], str]:
        return lambda facts: str(_("hidden")) if is_hidden else percent(facts[name], 0)

    def hours(facts: dict[str, Any]) -> str:
        return number(facts["minutes"] / 60)

    shown = {
        _("Steps closed"): steps, _("People with a seat"): count("people"), _("Sessions held"): count("sessions"), _("Seats"): count("seats"), _("Hours"): hours,
        _("Costs"): cost, _("Share of its gap that an average unit closes"): share("units_mean"), _("At least so much in nine units of ten"): share("units_tenth"),
    }  # fmt: skip
    return [Beside(label, words(today), words(then)) for label, words in shown.items()]


@dataclass(frozen=True)
class Group:
    """How much of their gap the people of each profession, or each unit, close: lines for bars, with today as the mark."""

    title: Any
    rows: list[dict[str, Any]]


def groups(plan: Plan, viewer: Person) -> list[Group]:
    """By profession for whoever steers; by unit for the process leader, of the own municipality. Too few people are hidden."""
    found = []
    if rows := _lines(plan, "by_profession", _profiles(plan)):
        found.append(Group(_("What it closes, by profession"), rows))
    led = authority_of(viewer).organisation_ids(Role.PROCESS_LEADER, plan.programme.uid)
    names = {one.pk: str(one.name) for one in Unit.objects.filter(organisation__in=led)} if led else {}
    if rows := _lines(plan, "by_unit", {(place, unit): names[unit] for (place, unit), *_rest in plan.facts.get("by_unit", ()) if unit in names}):
        found.append(Group(_("What it closes, by unit of yours"), rows))
    return found


def _profiles(plan: Plan) -> dict[Any, str]:
    kinds = [row[0] for row in plan.facts.get("by_profession", ())]
    names: dict[Any, str] = {one.pk: str(one.name) for one in RoleProfile.objects.filter(pk__in=[kind for kind in kinds if kind])}
    return names | {0: str(_("Without a role profile"))}


def _lines(plan: Plan, what: str, names: dict[Any, str]) -> list[dict[str, Any]]:
    rows = [(_key(key), closed, need, people) for key, closed, need, people in plan.facts.get(what, ()) if _key(key) in names]
    hidden = hidden_parts({key: people for key, _closed, _need, people in rows})
    before: dict[Any, float] = {}
    if not touches_few(plan):
        before = {_key(key): closed / need if need else 0.0 for key, closed, need, _people in plan.facts.get("beside", {}).get(what, ())}
    then = _("before %(share)s") if plan.kind == Plan.Kind.REPLAN else _("today %(share)s")
    return [_line(names[key], closed, need, key in hidden, before.get(key), then) for key, closed, need, _people in sorted(rows, key=lambda row: names[row[0]])]


def _key(key: Any) -> Any:
    return tuple(key) if isinstance(key, list) else key


def _line(label: str, closed: int, need: int, is_hidden: bool, before: float | None, then: Any) -> dict[str, Any]:
    if is_hidden:
        return {"label": label, "value": 0, "text": str(_("hidden"))}
    share = closed / need if need else 0.0
    steps = _("%(closed)s of %(need)s steps") % {"closed": number(closed), "need": number(need)}
    line = {"label": label, "value": round(share * 100, 1), "text": percent(share, 0), "more": str(steps)}
    return line if before is None else line | {"target": round(before * 100, 1), "target_text": str(then % {"share": percent(before, 0)})}


def more_money(plan: Plan) -> list[str]:
    """What more money would add to the plan as it is, and in which municipalities: one sentence an amount."""
    rows, currency = plan.facts.get("more_money", []), plan.programme.currency
    names = dict(Organisation.objects.filter(pk__in={pk for row in rows for pk in row["organisations"]}).values_list("pk", "short_name"))
    return [_more(row, money(Decimal(str(row["extra"])), currency, digits=0), names) for row in rows]


def _more(row: dict[str, Any], extra: str, names: dict[int, str]) -> str:
    if not row["steps"]:
        return str(_("%(extra)s more would open no further session that closes anything.") % {"extra": extra})
    where = ", ".join(sorted(names[pk] for pk in row["organisations"]))
    if row["people"] < INSIDE.counts:
        return str(_("%(extra)s more would help fewer than five people, in %(where)s.") % {"extra": extra, "where": where})
    sentence = plural("%(extra)s more would close one step more, for %(people)s people in %(where)s.", "%(extra)s more would close %(n)s steps more, for %(people)s people in %(where)s.", row["steps"])
    return str(sentence % {"extra": extra, "n": number(row["steps"]), "people": number(row["people"]), "where": where})


def weights(plan: Plan) -> list[tuple[str, str, str]]:
    """Each area with how much better some plan could be, at most, if the area counted a fifth more, and a fifth less."""
    rows = plan.facts.get("weights", [])
    names = {str(one.uid): str(one.name) for one in Area.objects.filter(uid__in=[row["area"] for row in rows])}
    return [(names[row["area"]], percent(row["more"]), percent(row["less"])) for row in rows if row["area"] in names]


@dataclass(frozen=True)
class AnswerCard:
    """One answer to cancellations beside the others."""

    plan: Plan
    moved: str
    others: str
    closes: str
    opened: str


def answer_cards(answers: list[Plan]) -> list[AnswerCard]:
    """The answers in words: whom each moves, what it closes of what was planned before, what it opens."""
    cards = []
    for one in answers:
        facts, before = one.facts, one.facts["beside"]
        others, opened = facts["others_moved"], facts["opened"]
        share = facts["closed"] / before["closed"] if before["closed"] else 1.0
        cards.append(AnswerCard(
            one,
            str(plural("%(n)s person gets other seats", "%(n)s people get other seats", facts["moved_people"]) % {"n": number(facts["moved_people"])}),
            str(plural("%(n)s of them had lost nothing", "%(n)s of them had lost nothing", others) % {"n": number(others)}) if others else str(_("only those who lost a seat")),
            str(_("of fewer than five people what is closed is hidden") if touches_few(one) else _("closes %(share)s of what was planned before") % {"share": percent(share, 0)}),
            str(plural("holds %(n)s session more", "holds %(n)s sessions more", opened) % {"n": number(opened)}) if opened else str(_("holds no further session")),
        ))  # fmt: skip
    return cards
