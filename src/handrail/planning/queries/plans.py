"""Plans as their screens show them: facts, sessions, and one true sentence for each seat and refusal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from handrail.competences.models import Competence
from handrail.delivery.models import Session
from handrail.kit.models import LongTask
from handrail.kit.text import _, local, number
from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import authority_of, names_visible_to, persons_visible_to
from handrail.planning.models import Pin, Plan, PlanRefusal, PlanSeat, PlanSession
from handrail.planning.rules.sentences import refusal_sentence, seat_sentence, session_sentence
from handrail.programmes.models import Programme
from handrail.programmes.queries import numbers_of, programmes_visible_to


def plans_visible_to(person: Person) -> QuerySet[Plan]:
    """The plans of the programmes that a person steers."""
    mine = [
        one.pk
        for one in programmes_visible_to(person)
        if authority_of(person).roles(one.uid) & {Role.COORDINATOR, Role.PROCESS_LEADER}
    ]
    return Plan.objects.filter(programme__in=mine).select_related("programme")


def pins_visible_to(person: Person) -> QuerySet[Pin]:
    """Decisions that hold: all for the project owner; for a process leader those on sessions and on own people."""
    programmes = {plan.programme_id for plan in plans_visible_to(person)} | {
        one.pk for one in programmes_visible_to(person) if authority_of(person).roles(one.uid) & {Role.COORDINATOR, Role.PROCESS_LEADER}
    }
    rows = Pin.objects.filter(programme__in=programmes, lifted_at=None).select_related("session__module", "programme")
    if any(authority_of(person).has(Role.COORDINATOR, programme=one.uid) for one in Programme.objects.filter(pk__in=programmes)):
        return rows
    return rows.filter(person=None) | rows.filter(person__in=persons_visible_to(person))


@dataclass(frozen=True)
class SessionLine:
    """One session of a plan."""

    row: PlanSession
    session: Session
    sentence: str
    own: int  # seats of people whom the viewer may name
    pin: Pin | None


def session_lines(plan: Plan, viewer: Person) -> list[SessionLine]:
    """The plan's sessions, those to be held first, in order of time; four queries however many there are."""
    rows = list(plan.sessions.select_related("session__module", "session__organisation", "session__place"))
    rows.sort(key=lambda row: (not row.is_held, row.session.starts_at, row.pk))
    own = dict(
        plan.seats.filter(person__in=persons_visible_to(viewer)).order_by().values_list("session_id").annotate(Count("pk"))
    )
    pins = {one.session_id: one for one in Pin.objects.filter(programme=plan.programme, lifted_at=None, person=None)}
    return [
        SessionLine(row, row.session, session_sentence(row.why, is_held=row.is_held), own.get(row.session_id, 0), pins.get(row.session_id))
        for row in rows
    ]


@dataclass(frozen=True)
class PersonLine:
    """A person in an opened session: seat or refusal, with its sentence."""

    person: Person | None
    name: str
    place: str
    sentence: str
    is_seat: bool
    pin: Pin | None


def opened(plan: Plan, session: Session, viewer: Person) -> tuple[list[PersonLine], list[PersonLine]]:
    """Seats and refusals of one session: people of one's own by name, the others by municipality alone, without levels."""
    seats = list(plan.seats.filter(session=session).select_related("person", "unit__organisation").order_by("-gain", "pk"))
    refusals = list(plan.refusals.filter(session=session).select_related("person").order_by("pk")[:200])
    ids = {one.person_id for one in (*seats, *refusals)}
    names, numbers = names_visible_to(viewer, ids), numbers_of(plan.programme, ids)
    visible = set(persons_visible_to(viewer).filter(pk__in=ids).values_list("pk", flat=True))
    places = places_of(plan.programme, ids)
    words = competence_names(seats, refusals)
    pins = {one.person_id: one for one in Pin.objects.filter(session=session, lifted_at=None).exclude(person=None)}

    def line(one: PlanSeat | PlanRefusal, sentence: str, *, is_seat: bool) -> PersonLine:
        known = one.person_id in visible
        name = str(names[one.person_id]) if known and not names[one.person_id].is_hidden else numbers.get(one.person_id, "")
        return PersonLine(
            one.person if known else None, name if known else str(_("A participant")), places.get(one.person_id, ""), sentence, is_seat,
            pins.get(one.person_id) if known else None,
        )  # fmt: skip

    return (
        [line(one, seat_sentence(one.why, competences=words), is_seat=True) for one in seats],
        [line(one, refusal_sentence(one.code, one.why, competences=words), is_seat=False) for one in refusals if one.person_id in visible],
    )


def competence_names(*groups: Iterable[PlanSeat | PlanRefusal]) -> dict[str, str]:
    """Names of the competences that reasons mention, by uid."""
    uids = {str(gap["competence"]) for rows in groups for row in rows for gap in row.why.get("gaps", ())}
    return {str(one.uid): str(one.name) for one in Competence.objects.filter(uid__in=uids)}


def places_of(programme: Programme, person_ids: Iterable[int]) -> dict[int, str]:
    """The municipality that each person takes part for."""
    from handrail.programmes.models import Participation

    rows = Participation.objects.filter(programme=programme, person__in=list(person_ids)).values_list("person_id", "organisation__short_name")
    return dict(rows)


def person_lines(plan: Plan, person: Person) -> list[PersonLine]:
    """What a plan says to one person: seats first, then each refusal."""
    seats = list(plan.seats.filter(person=person).select_related("session__module"))
    refusals = list(plan.refusals.filter(person=person).select_related("module"))
    words = competence_names(seats, refusals)
    return [
        *(PersonLine(person, str(one.session), "", seat_sentence(one.why, competences=words), True, None) for one in seats),
        *(PersonLine(person, str(one.module), "", refusal_sentence(one.code, one.why, competences=words), False, None) for one in refusals),
    ]


def shares(plan: Plan) -> list[dict[str, Any]]:
    """The share of the gap that a plan closes, by municipality."""
    facts = plan.facts.get("organisations", {})
    rows = Organisation.objects.filter(pk__in=[int(key) for key in facts]).order_by("pk")
    return [
        {"organisation": one, "closed": facts[str(one.pk)][0], "need": facts[str(one.pk)][1], "share": facts[str(one.pk)][0] / (facts[str(one.pk)][1] or 1)}
        for one in rows
    ]


def bound_sentence(plan: Plan) -> str:
    """How much better any plan could be, in plain words."""
    room = float(plan.facts.get("room_for_better", 0)) * 100
    return str(_("No plan of these sessions can close more than %(share)s %% more than this one.") % {"share": number(room, 1)})


def areas_needed(programme: Programme) -> list[dict[str, Any]]:
    """The plan's lines by development area: each competence, how many people need it, and what stands against it.

    People are counted over the whole programme; from five on.
    """
    from handrail.competences.models import Framework
    from handrail.competences.queries import gaps_of
    from handrail.kit.disclosure import INSIDE

    framework = Framework.objects.filter(programme=programme).order_by("pk").first()
    if framework is None:
        return []
    people: dict[int, int] = {}
    missing: dict[int, int] = {}
    for _person, competence, _level, _target, _weight, gap in gaps_of(framework):
        if gap > 0:
            people[competence] = people.get(competence, 0) + 1
            missing[competence] = missing.get(competence, 0) + gap
    held: dict[int, int] = {}
    modules: dict[int, list[str]] = {}
    for outcome in _outcomes(programme):
        modules.setdefault(outcome.competence_id, []).append(str(outcome.module))
        held[outcome.competence_id] = held.get(outcome.competence_id, 0) + getattr(outcome, "coming", 0)
    found: list[dict[str, Any]] = []
    for area in framework.areas.prefetch_related("competences"):
        lines = [
            {
                "competence": one, "people": people.get(one.pk, 0), "is_hidden": 0 < people.get(one.pk, 0) < INSIDE.counts, "levels": missing.get(one.pk, 0),
                "modules": sorted(set(modules.get(one.pk, []))), "sessions": held.get(one.pk, 0),
            }
            for one in area.competences.all()
            if one.retired_at is None
        ]  # fmt: skip
        lines.sort(key=lambda line: -line["people"])
        found.append({"area": area, "lines": lines})
    return found


def _outcomes(programme: Programme) -> list[Any]:
    from handrail.curriculum.models import LearningOutcome

    coming = dict(
        Session.objects.filter(programme=programme, state=Session.State.PLANNED).order_by().values_list("module_id").annotate(Count("pk"))
    )
    rows = list(LearningOutcome.objects.filter(module__programme=programme, module__retired_at=None).select_related("module"))
    for one in rows:
        one.coming = coming.get(one.module_id, 0)  # type: ignore[attr-defined]
    return rows


def plan_to_compute(uid: str) -> Plan | None:
    """A plan that waits to be computed."""
    return Plan.objects.filter(uid=uid, state=Plan.State.COMPUTING).select_related("programme").first()


def ask_defaults(programme: Programme) -> dict[str, Any]:
    """Sensible first answers: the period of the possible sessions, and money for all of them."""
    rows = Session.objects.filter(programme=programme, state=Session.State.CANDIDATE).order_by("starts_at")
    first, last = rows.first(), rows.last()
    if first is None or last is None:
        return {}
    total = rows.aggregate(total=Sum("cost"))["total"] or 0
    return {"first": local(first.starts_at).date(), "last": local(last.starts_at).date(), "budget": round(total / 2, -3)}


def task_of(plan: Plan) -> LongTask | None:
    """The work behind a plan that is being computed."""
    return LongTask.objects.filter(uid=plan.task).first() if plan.task else None


def url_of(plan: Plan) -> str:
    """The plan's address."""
    return reverse("planning:plan", kwargs={"uid": plan.uid})


@dataclass(frozen=True)
class ToPin:
    """What somebody is about to decide."""

    kind: str
    session: Session
    person: Person | None
    name: str
    label: str

    @property
    def initial(self) -> dict[str, Any]:
        """The hidden fields of its form."""
        return {"kind": self.kind, "session": self.session.uid, "person": self.person.uid if self.person else ""}


def to_pin(plan: Plan, viewer: Person, sent: Any) -> ToPin | None:
    """The session and person of a decision, if the viewer may decide about them; a whole session only by the project owner."""
    kind = sent.get("kind", "")
    if kind not in Pin.Kind.values:
        return None
    try:
        session = Session.objects.filter(programme=plan.programme, uid=sent.get("session") or None).select_related("module").first()
        person = persons_visible_to(viewer).filter(uid=sent["person"]).first() if sent.get("person") else None
    except (ValidationError, ValueError):
        return None
    about_person = kind in {Pin.Kind.ATTEND, Pin.Kind.FORBID}
    if session is None or about_person != (person is not None):
        return None
    if not about_person and not authority_of(viewer).has(Role.COORDINATOR, programme=plan.programme.uid):
        return None
    name = str(names_visible_to(viewer, [person.pk])[person.pk]) if person else ""
    return ToPin(kind, session, person, name, str(Pin.Kind(kind).label))
