"""The people of a session, as each viewer may see them; groups; approvals; who is away when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from handrail.delivery.models import Attendance, GroupProduct, Seat, Session, WorkGroup
from handrail.delivery.queries.attendance import attendance_history
from handrail.delivery.queries.screens.labels import Label, labels_for, why_of
from handrail.delivery.queries.screens.sessions import SEAT_TAGS, ZONE, time_span, where_of
from handrail.delivery.queries.seats import seats_of, seats_to_approve, seats_visible_to
from handrail.delivery.queries.sessions import is_trainer
from handrail.delivery.rules import local_day
from handrail.kit import clock
from handrail.kit.text import _, date_short
from handrail.people.models import Identity, Person, Role
from handrail.people.queries import authority_of, current_employments, managed_person_ids, names_visible_to
from handrail.programmes.models import Participation, Programme

INVITES_AT_ONCE = 60


@dataclass
class SeatRow:
    """One person of a session, as the viewer may see them."""

    seat: Seat
    label: Label
    why: str
    state_text: str
    state_kind: str
    lines: list[Attendance] = field(default_factory=list)
    authors: dict[int, str] = field(default_factory=dict)

    @property
    def author(self) -> str:
        """Who wrote the line that counts, as far as the viewer may name them."""
        return self.authors.get(self.lines[0].recorded_by_id or 0, "") if self.lines else ""

    @property
    def attendance(self) -> Attendance | None:
        """The line that counts."""
        return self.lines[0] if self.lines else None

    @property
    def replaced(self) -> list[Attendance]:
        """The lines that were replaced, the newest first."""
        return self.lines[1:]


def shown_seats(viewer: Person, session: Session) -> tuple[list[Seat], bool]:
    """The seats that the viewer may see one by one, and whether all by name: a trainer all, an auditor all by number, else one's own people.

    Of newcomers the trainers alone see any here: whoever accompanies somebody reads of them in the panel that their app fills.
    """
    rows, by_name = seats_shown(viewer, session)
    return list(rows), by_name


def seats_shown(viewer: Person, session: Session) -> tuple[QuerySet[Seat], bool]:
    """As `shown_seats`, not asked for yet. Of `seats_visible_to` what can be true in one session that the viewer does not train in."""
    seats = seats_of(session)
    if is_trainer(viewer, session):
        return seats, True
    if session.for_newcomers:
        return seats.filter(person=viewer), False
    authority = authority_of(viewer)
    if authority.has(Role.AUDITOR, programme=session.programme.uid):
        return seats, False
    mine = Q(person=viewer) | Q(person_id__in=managed_person_ids(viewer))
    if led := authority.organisation_ids(Role.PROCESS_LEADER, session.programme.uid):
        mine |= Q(organisation_id__in=led)
    return seats.filter(mine), False


def seat_rows(viewer: Person, session: Session) -> list[SeatRow]:
    """The people of a session that the viewer may see, with state, why and minutes."""
    seats, by_name = shown_seats(viewer, session)
    for seat in seats:
        seat.session = session
    labels = labels_for(viewer, session.programme, seats, all_names=by_name)
    whys = why_of(seats, viewer=viewer)
    history = attendance_history(session)
    authors = {row.recorded_by_id for rows in history.values() for row in rows if row.recorded_by_id}
    names = names_visible_to(viewer, authors, also=authors if by_name else ())
    authored = {pk: "" if names[pk].is_hidden else names[pk].text for pk in authors}
    rows = [
        SeatRow(seat, labels[seat.person_id], whys[seat.pk].text, *_state(session, seat, history.get(seat.person_id, [])),
                history.get(seat.person_id, []), authored)
        for seat in seats
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.label.text)


def _state(session: Session, seat: Seat, lines: list[Attendance]) -> tuple[str, str]:
    """How a seat stands: once somebody was there or the session is over, that counts."""
    if lines and lines[0].minutes:
        return str(_("Was there")), "ok"
    if seat.state in Seat.HOLDING and (lines or session.state == Session.State.HELD):
        return str(_("Not there")), "plain"
    return str(seat.get_state_display()), SEAT_TAGS[Seat.State(seat.state)]


@dataclass(frozen=True)
class PlaceCount:
    """How many of one organisation come, wait and were there, and their minutes."""

    organisation: str
    taken: int
    coming: int
    invited: int
    waiting: int
    present: int
    minutes: int


def counts_by_organisation(session: Session) -> list[PlaceCount]:
    """A session's totals by organisation: what those see who may not see persons."""
    seats: dict[str, dict[str, Any]] = {
        row["organisation__short_name"]: dict(row)
        for row in session.seats.values("organisation__short_name").annotate(
            taken=Count("pk", filter=Q(state__in=Seat.HOLDING)), coming=Count("pk", filter=Q(state=Seat.State.ACCEPTED)), invited=Count("pk", filter=Q(state__in=[Seat.State.INVITED, Seat.State.ASKED])),
            waiting=Count("pk", filter=Q(state=Seat.State.WAITING)),
        ).order_by("organisation__short_name")
    }  # fmt: skip
    organisation = Seat.objects.filter(session=OuterRef("session"), person=OuterRef("person")).values("organisation__short_name")[:1]
    there: dict[str, dict[str, Any]] = {
        row["where"]: dict(row)
        for row in session.attendances.filter(replaced_by=None, minutes__gt=0).annotate(where=Subquery(organisation)).order_by()
        .values("where").annotate(people=Count("pk"), total=Sum("minutes"))
    }  # fmt: skip
    return [
        PlaceCount(name, row["taken"], row["coming"], row["invited"], row["waiting"], there.get(name, {}).get("people", 0), there.get(name, {}).get("total", 0) or 0)
        for name, row in seats.items()
    ]


@dataclass(frozen=True)
class GroupRow:
    """A group with its people and what it made."""

    group: WorkGroup
    people: list[tuple[Seat, Label]]
    products: list[GroupProduct]


def group_rows(session: Session, labels: dict[int, Label]) -> list[GroupRow]:
    """The groups of a session; people whom the viewer may not see are left out."""
    groups = session.groups.prefetch_related("members", "products")
    return [
        GroupRow(one, [(seat, labels[seat.person_id]) for seat in one.members.all() if seat.person_id in labels], list(one.products.all()))
        for one in groups
    ]


def versions_of(viewer: Person, group: WorkGroup) -> list[tuple[GroupProduct, str]]:
    """What a group made, the latest first, with who saved it, as far as the viewer may name them."""
    products = list(group.products.all())
    ids = [one.saved_by_id for one in products]
    names = names_visible_to(viewer, ids, also=ids if is_trainer(viewer, group.session) else ())
    return [(one, "" if names[one.saved_by_id].is_hidden else names[one.saved_by_id].text) for one in products]


def one_seat(viewer: Person, seat: Seat) -> dict[str, Any]:
    """One person's seat for a form about it: what they are called and why they have it."""
    label = labels_for(viewer, seat.session.programme, [seat], all_names=is_trainer(viewer, seat.session))[seat.person_id]
    return {"label": label, "why": why_of([seat], viewer=viewer)[seat.pk].text, "session": seat.session, "span": time_span(seat.session), "where": where_of(seat.session)}


@dataclass(frozen=True)
class Approval:
    """A seat that waits for a manager, with how many of the same people are away that day already."""

    seat: Seat
    label: Label
    why: str
    text: str
    away: int


def approvals(viewer: Person, programme: Programme) -> list[Approval]:
    """The seats that wait for this manager's approval."""
    seats = list(seats_to_approve(viewer, programme).select_related("session__module", "session__place", "session__organisation", "unit", "organisation"))
    labels, whys = labels_for(viewer, programme, seats, all_names=False), why_of(seats, viewer=viewer)
    away: dict[date, set[int]] = {}
    rows = Seat.objects.filter(person_id__in=managed_person_ids(viewer), state__in=Seat.HOLDING, session__state=Session.State.PLANNED)
    for person_id, starts_at in rows.values_list("person_id", "session__starts_at"):
        away.setdefault(local_day(starts_at, ZONE), set()).add(person_id)
    return [
        Approval(
            seat, labels[seat.person_id], whys[seat.pk].text,
            f"{date_short(seat.session.starts_at)} {time_span(seat.session)}, {where_of(seat.session)}",
            len(away.get(local_day(seat.session.starts_at, ZONE), set()) - {seat.person_id}),
        )
        for seat in seats
    ]  # fmt: skip


def people_to_invite(viewer: Person, session: Session, wanted: str) -> list[tuple[UUID, str, str]]:
    """The viewer's own municipality's participants without a seat: uid, name and unit; searched by name, at most sixty."""
    led = authority_of(viewer).organisation_ids(Role.PROCESS_LEADER, session.programme.uid)
    seated = session.seats.exclude(state__in=[Seat.State.WITHDRAWN, Seat.State.DECLINED, Seat.State.REFUSED]).values("person_id")
    takes_part = Participation.objects.filter(programme=session.programme, organisation_id__in=led, left_on=None).exclude(person_id__in=seated)
    named = Identity.objects.filter(person_id__in=takes_part.values("person_id")).order_by("family_name", "given_name", "pk")
    for word in wanted.casefold().split():
        named = named.filter(is_protected=False, search_name__contains=word)
    ids = list(named.values_list("person_id", flat=True)[:INVITES_AT_ONCE])
    names = names_visible_to(viewer, ids)
    numbers = dict(takes_part.filter(person_id__in=ids).values_list("person_id", "number"))
    units = dict(current_employments().filter(person_id__in=ids, organisation_id__in=led).values_list("person_id", "unit__name"))
    uids = dict(Person.objects.filter(pk__in=ids).values_list("pk", "uid"))
    return [
        (uids[pk], numbers[pk] if names[pk].is_hidden else names[pk].text, "" if names[pk].is_hidden else units.get(pk) or "") for pk in ids
    ]


@dataclass(frozen=True)
class Away:
    """Somebody who is away for a session."""

    label: str
    session: Session
    date: date
    text: str
    state_text: str
    state_kind: str


def away_by_week(manager: Person, programme: Programme, *, weeks: int = 10) -> list[tuple[date, list[Away]]]:
    """Which of a manager's people are away for sessions, week by week from this one on; the key is the week's Monday."""
    monday = clock.today() - timedelta(days=clock.today().weekday())
    seats = list(
        seats_visible_to(manager).filter(
            person__in=Person.objects.filter(employments__manager=manager, employments__ended_on=None), session__programme=programme,
            state__in=[*Seat.HOLDING, Seat.State.ASKED], session__state=Session.State.PLANNED, session__ends_at__gt=clock.now(),
        ).order_by("session__starts_at", "id")
    )  # fmt: skip
    labels = labels_for(manager, programme, seats, all_names=False)
    found: dict[date, list[Away]] = {}
    for seat in seats:
        day = local_day(seat.session.starts_at, ZONE)
        week = day - timedelta(days=day.weekday())
        if week < monday + timedelta(weeks=weeks):
            text = f"{date_short(day)} {time_span(seat.session)}, {where_of(seat.session)}"
            found.setdefault(week, []).append(
                Away(labels[seat.person_id].text, seat.session, day, text, str(seat.get_state_display()), SEAT_TAGS[Seat.State(seat.state)])
            )
    return sorted(found.items())
