"""Plans as their screens show them: which there are, what they reach, what cannot hold together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from handrail.delivery.models import Session
from handrail.kit import clock
from handrail.kit.disclosure import INSIDE, hidden_parts
from handrail.kit.models import LongTask
from handrail.kit.text import _, date_short, local, money, number, percent, plural
from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import authority_of
from handrail.planning.models import Plan, PlanSeat
from handrail.planning.rules.sentences import conflict_sentence
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to

STEERS = frozenset({Role.COORDINATOR, Role.PROCESS_LEADER})


def programmes_with_role(person: Person, roles: frozenset[Role]) -> list[int]:
    """The programmes in which a person holds one of these roles."""
    authority = authority_of(person)
    if not authority.roles() & roles:
        return []
    return [pk for pk, uid in programmes_visible_to(person).values_list("pk", "uid") if authority.roles(uid) & roles]


def plans_visible_to(person: Person) -> QuerySet[Plan]:
    """The plans of the programmes that a person steers."""
    return Plan.objects.filter(programme__in=programmes_with_role(person, STEERS)).select_related("programme")


def plan_to_compute(uid: str) -> Plan | None:
    """A plan that waits to be computed."""
    return Plan.objects.filter(uid=uid, state=Plan.State.COMPUTING).select_related("programme").first()


def plan_to_weigh(uid: str) -> Plan | None:
    """A proposal made from the possible sessions."""
    return Plan.objects.filter(uid=uid, state=Plan.State.PROPOSED, kind=Plan.Kind.PLAN).select_related("programme").first()


def proposals_waiting(programme: Programme) -> list[tuple[int, UUID]]:
    """The newest proposal that nobody has adopted, as (number, uid): none or one."""
    return list(Plan.objects.filter(programme=programme, state=Plan.State.PROPOSED, kind=Plan.Kind.PLAN).order_by("-number").values_list("number", "uid")[:1])


def candidates_exist(programme: Programme) -> bool:
    """Whether there is a possible session still to come."""
    return Session.objects.filter(programme=programme, state=Session.State.CANDIDATE, starts_at__gt=clock.now()).exists()


def planned_exist(programme: Programme) -> bool:
    """Whether there is a planned session still to come, which could be planned otherwise."""
    return Session.objects.filter(programme=programme, audience=Session.Audience.STAFF, state=Session.State.PLANNED, starts_at__gt=clock.now()).exists()


def ask_defaults(programme: Programme) -> dict[str, Any]:
    """Sensible first answers: the period of the possible sessions, and the money for half of them."""
    rows = Session.objects.filter(programme=programme, state=Session.State.CANDIDATE, starts_at__gt=clock.now()).order_by("starts_at")
    first, last = rows.first(), rows.last()
    if first is None or last is None:
        return {}
    total = rows.aggregate(total=Sum("cost"))["total"] or Decimal(0)
    return {"first": local(first.starts_at).date(), "last": local(last.starts_at).date(), "budget": round(total / 2, -3).quantize(Decimal(1))}


def task_of(plan: Plan) -> LongTask | None:
    """The work behind a plan that is being computed."""
    return LongTask.objects.filter(uid=plan.task).first() if plan.task else None


def figures_of(plan: Plan) -> list[tuple[Any, str, str]]:
    """The five facts of a plan: closes, reaches, time, cost, and how much better any plan could be."""
    facts, currency = plan.facts, plan.programme.currency
    closes = percent(facts["closed"] / facts["need"] if facts["need"] else 0.0, 0)
    steps = str(_("%(closed)s of %(need)s steps") % {"closed": number(facts["closed"]), "need": number(facts["need"])})
    if facts["people_in_need"] < INSIDE.counts or touches_few(plan):
        closes, steps = str(_("hidden")), str(_("fewer than five people"))
    reaches = plural("person of %(all)s, in %(units)s units", "people of %(all)s, in %(units)s units", facts["people"])
    return [
        (_("Closes"), closes, steps),
        (_("Reaches"), number(facts["people"]), str(reaches % {"all": number(facts["people_in_need"]), "units": number(facts["units"])})),
        (_("Time"), f"{number(facts['minutes'] / 60)}\u00a0h", str(plural("in %(n)s seat", "in %(n)s seats", facts["seats"]) % {"n": number(facts["seats"])})),
        (_("Costs"), money(Decimal(str(facts["cost"])), currency, digits=0), str(_("of %(budget)s") % {"budget": money(Decimal(str(facts["budget"])), currency, digits=0)})),
        *near_the_best(facts),
    ]  # fmt: skip


def touches_few(plan: Plan) -> bool:
    """Whether an answer changes seats of so few people that what it closes, beside what was closed before, would tell their gaps."""
    return plan.kind == Plan.Kind.REPLAN and 0 < plan.facts["moved_people"] < INSIDE.counts


def near_the_best(facts: dict[str, Any]) -> list[tuple[Any, str, str]]:
    """How much better any plan could be; answers to cancellations start from a plan that stands, so no bound is worked out for them."""
    if facts["room_for_better"] is None:
        return []
    return [(_("How near the best"), percent(facts["room_for_better"]), str(_("better is what no plan can be")))]


@dataclass(frozen=True)
class Share:
    """What a plan closes in one municipality; hidden where it would tell about fewer than five people."""

    organisation: Organisation
    is_hidden: bool
    closed: int
    need: int

    @property
    def row(self) -> dict[str, Any]:
        """As a line of bars."""
        if self.is_hidden:
            return {"label": self.organisation.short_name, "value": 0, "text": str(_("hidden"))}
        steps = _("%(closed)s of %(need)s steps") % {"closed": number(self.closed), "need": number(self.need)}
        share = self.closed / self.need if self.need else 0.0
        return {"label": self.organisation.short_name, "value": round(share * 100, 1), "text": percent(share, 0), "more": str(steps)}


def shares(plan: Plan) -> list[Share]:
    """What a plan closes by municipality; one query."""
    facts: dict[str, list[int]] = plan.facts.get("organisations", {})
    hidden = hidden_parts({key: row[2] for key, row in facts.items()})
    rows = Organisation.objects.filter(pk__in=[int(key) for key in facts]).order_by("pk")
    return [Share(one, str(one.pk) in hidden, facts[str(one.pk)][0], facts[str(one.pk)][1]) for one in rows]


def fairness_sentence(plan: Plan) -> str:
    """How evenly a plan closes what the units lack; nothing where there are few units."""
    if plan.facts.get("units", 0) < INSIDE.counts:
        return ""
    mean, tenth = plan.facts["units_mean"], plan.facts["units_tenth"]
    return str(_("On average a unit gets %(mean)s of its gap closed; nine units of ten get at least %(tenth)s.") % {"mean": percent(mean, 0), "tenth": percent(tenth, 0)})


def compared(plan: Plan) -> str:
    """How many seats change against the plan before, for a proposal; what was adopted stands, and the proposal adds to it."""
    states = [Plan.State.PROPOSED, Plan.State.ADOPTED, Plan.State.REPLACED]
    before = Plan.objects.filter(programme=plan.programme, number__lt=plan.number, state__in=states).exclude(kind=Plan.Kind.WHAT_IF).order_by("-number").first()
    if plan.kind != Plan.Kind.PLAN or plan.state != Plan.State.PROPOSED or before is None:
        return ""
    now, then = (set(PlanSeat.objects.filter(plan=one).values_list("session_id", "person_id")) for one in (plan, before))
    words = {"number": number(before.number), "new": number(len(now - then)), "gone": number(len(then - now)), "same": number(len(now & then)), "kept": number(len(then))}
    if before.state == Plan.State.ADOPTED:
        return str(_("Plan %(number)s is adopted and its %(kept)s seats stand. This plan adds %(new)s.") % words)
    return str(_("Against plan %(number)s: %(same)s seats stay, %(new)s are new, %(gone)s fall away.") % words)


def conflict_words(plan: Plan) -> list[str]:
    """What cannot hold together, in the reader's words."""
    uids = [row["session"] for row in plan.violations if "session" in row]
    names = {str(one.uid): f"{one}, {date_short(one.starts_at)}" for one in Session.objects.filter(uid__in=uids)}
    return [
        row["text"] if row["kind"] == "said" else conflict_sentence(row["kind"], session=names.get(row.get("session", ""), ""), number=row.get("number", ""))
        for row in plan.violations
    ]
