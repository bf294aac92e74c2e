"""What a plan says of its sessions, of the opened one's people, and of one person: one true sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q

from handrail.competences.models import Competence
from handrail.delivery.models import Session
from handrail.kit.text import _, money
from handrail.people.models import Person
from handrail.people.queries import names_visible_to, persons_visible_to
from handrail.planning.models import Pin, Plan, PlanRefusal, PlanSeat, PlanSession
from handrail.planning.rules.sentences import FEW, refusal_sentence, seat_sentence, session_sentence
from handrail.programmes.models import Programme
from handrail.programmes.queries import current_participations, numbers_of


@dataclass(frozen=True)
class SessionLine:
    """One session of a plan. `levels` None: of too few people to be told."""

    row: PlanSession
    session: Session
    sentence: str
    own: int  # seats of people whom the viewer may name
    pin: Pin | None
    levels: int | None
    cost: str


def session_lines(plan: Plan, viewer: Person) -> list[SessionLine]:
    """The plan's sessions, those to be held first, in order of time; three queries however many there are."""
    rows = list(plan.sessions.select_related("session__module", "session__organisation", "session__place"))
    rows.sort(key=lambda row: (not row.is_held, row.session.starts_at, row.pk))
    mine = plan.seats.filter(person__in=persons_visible_to(viewer))
    own = dict(mine.order_by().values_list("session_id").annotate(Count("pk")))
    pins = {one.session_id: one for one in Pin.objects.filter(programme=plan.programme, lifted_at=None, person=None)}
    currency = plan.programme.currency
    return [
        SessionLine(
            row, row.session, session_sentence(row.why, is_held=row.is_held, currency=currency), own.get(row.session_id, 0), pins.get(row.session_id),
            row.why.get("levels") if row.people >= FEW else None, money(Decimal(row.session.cost), currency),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class PersonLine:
    """A person in an opened session, or a module of a person: seat or refusal with its sentence."""

    title: str
    place: str
    sentence: str
    is_seat: bool
    person: UUID | None = None  # where the viewer may decide about the person
    pin: Pin | None = None


def opened(plan: Plan, session: Session, viewer: Person) -> tuple[list[PersonLine], list[PersonLine]]:
    """Seats and refusals of one session: one's own people by name, the others by municipality alone, and their refusals not at all."""
    own = persons_visible_to(viewer)
    seats = list(plan.seats.filter(session=session).select_related("person", "unit").order_by("-gain", "pk"))
    refusals = list(plan.refusals.filter(session=session, person__in=own).select_related("person").order_by("pk"))
    ids = {one.person_id for one in seats} | {one.person_id for one in refusals}
    visible = set(own.filter(pk__in=ids).values_list("pk", flat=True))
    names, numbers, places = names_visible_to(viewer, visible), numbers_of(plan.programme, visible), places_of(plan.programme, ids)
    words = competence_names(seats)
    pins = {one.person_id: one for one in Pin.objects.filter(session=session, lifted_at=None, person__in=visible)}

    def line(one: PlanSeat | PlanRefusal, sentence: str, *, is_seat: bool) -> PersonLine:
        if one.person_id not in visible:
            return PersonLine(str(_("A participant")), places.get(one.person_id, ""), sentence, is_seat)
        name = names[one.person_id]
        title = numbers.get(one.person_id, "") if name.is_hidden else str(name)
        return PersonLine(title, places.get(one.person_id, ""), sentence, is_seat, one.person.uid, pins.get(one.person_id))

    seats.sort(key=lambda one: one.person_id not in visible)
    return (
        [line(one, seat_sentence(one.why, competences=words), is_seat=True) for one in seats],
        [line(one, refusal_sentence(one.code, one.why, currency=plan.programme.currency), is_seat=False) for one in refusals],
    )


def competence_names(rows: Iterable[PlanSeat]) -> dict[str, str]:
    """Names of the competences that reasons mention, by uid."""
    uids = {str(gap["competence"]) for row in rows for gap in row.why.get("gaps", ())}
    return {str(one.uid): str(one.name) for one in Competence.objects.filter(uid__in=uids)}


def places_of(programme: Programme, person_ids: Iterable[int]) -> dict[int, str]:
    """The municipality that each person takes part for."""
    rows = current_participations(programme).filter(person__in=list(person_ids))
    return dict(rows.values_list("person_id", "organisation__short_name"))


def plan_for(programme: Programme, *, with_proposals: bool) -> Plan | None:
    """The plan that speaks for a programme today: the newest adopted one, or the newest proposal for those who see proposals."""
    adopted = Q(state=Plan.State.ADOPTED)
    chosen = adopted | Q(state=Plan.State.PROPOSED, kind=Plan.Kind.PLAN) if with_proposals else adopted
    return Plan.objects.filter(chosen, programme=programme).select_related("programme").order_by("-number").first()


def person_lines(plan: Plan, person: Person) -> list[PersonLine]:
    """What a plan says to one person: seats by time, then each refusal by module."""
    seats = list(plan.seats.filter(person=person).select_related("session").order_by("session__starts_at", "pk"))
    refusals = list(plan.refusals.filter(person=person).select_related("module").order_by("module__code", "pk"))
    words = competence_names(seats)
    return [
        *(PersonLine(str(one.session), "", seat_sentence(one.why, competences=words), True) for one in seats),
        *(PersonLine(str(one.module), "", refusal_sentence(one.code, one.why, currency=plan.programme.currency), False) for one in refusals),
    ]
