"""The courses that people take part in, as whoever accompanies them reads of them: places, minutes, what to tell whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from handrail.cases.models import Case, Entry, Need, Step
from handrail.cases.queries.cases import cases_visible_to, names_of_cases, own_cases
from handrail.cases.queries.lists import called
from handrail.cases.rules import DayItem
from handrail.delivery.models import Attendance, Seat, Session
from handrail.delivery.queries import sessions_visible_to
from handrail.delivery.queries.screens import SEAT_TAGS, time_span, when_of, where_of
from handrail.kit import clock
from handrail.kit.text import _, date_long, local
from handrail.people.models import Person
from handrail.people.queries import persons_consenting
from handrail.programmes.models import Programme

AT_ONCE = 60  # people offered on one page; search narrows them
HAS_PLACE = (*Seat.HOLDING, Seat.State.WAITING, Seat.State.ASKED)
NEWCOMERS = Session.Audience.NEWCOMERS


@dataclass(frozen=True)
class CourseRow:
    """One place of a person in a course, as their caseworker reads of it."""

    seat: Seat
    session: Session
    name: str
    date: date
    text: str
    tag_text: str
    tag_kind: str
    minutes: int
    is_coming: bool
    to_tell: bool
    told: str  # the name that the trainer reads beside the number; none where a name may not stand
    case: Case

    @property
    def is_held(self) -> bool:
        """Whether the person is on the trainer's list."""
        return self.seat.state in HAS_PLACE and self.session.state != Session.State.CANCELLED

    @property
    def may_leave(self) -> bool:
        """Whether there is a place to take back."""
        return self.is_coming and self.is_held

    @property
    def may_agree(self) -> bool:
        """Whether a word of the person's would let the trainer read the name."""
        identity = getattr(self.seat.person, "identity", None)
        return not self.told and identity is not None and not identity.is_protected


@dataclass(frozen=True)
class Suggestion:
    """A step of the way that points to a course in which the person has been; a person decides whether it is done."""

    step: Step
    times: int
    minutes: int


def newcomers_of(programme: Programme, person_ids: Iterable[int]) -> list[int]:
    """Who of these is accompanied in a programme."""
    return list(Case.objects.filter(programme=programme, person_id__in=list(person_ids)).values_list("person_id", flat=True))


def courses_visible_to(person: Person) -> QuerySet[Session]:
    """The courses for newcomers that somebody who accompanies people may find."""
    return sessions_visible_to(person).filter(audience=NEWCOMERS)


def places_visible_to(person: Person) -> QuerySet[Seat]:
    """The places of the people whom one accompanies, and of nobody else."""
    theirs = cases_visible_to(person).filter(person=OuterRef("person"), programme=OuterRef("session__programme"))
    return _whole(Seat.objects.filter(Exists(theirs.order_by()), session__audience=NEWCOMERS))


def courses_to_come(case: Case) -> list[Session]:
    """Planned courses of a person's programme in which they have no place yet, the next first, with how many places are free."""
    held = Seat.objects.filter(session=OuterRef("pk"), state__in=Seat.HOLDING).order_by().values("session").annotate(n=Count("pk")).values("n")
    rows = Session.objects.filter(programme=case.programme, audience=NEWCOMERS, state=Session.State.PLANNED, ends_at__gt=clock.now())
    rows = rows.exclude(pk__in=Seat.objects.filter(person=case.person, state__in=HAS_PLACE).values("session_id"))
    return list(rows.select_related("module", "place", "organisation").annotate(taken=Coalesce(Subquery(held), 0)).order_by("starts_at", "id")[:AT_ONCE])


def sessions_chosen(case: Case, uids: Iterable[str]) -> list[Session]:
    """Those of them that a form names."""
    wanted = set(uids)
    return [one for one in courses_to_come(case) if str(one.uid) in wanted]


def course_panel(viewer: Person, case: Case) -> dict[str, Any]:
    """A person's courses: places to come and those that were, minutes, and steps of the way that may be done."""
    seats = list(_whole(Seat.objects.filter(person=case.person, session__programme=case.programme, session__audience=NEWCOMERS)).order_by("session__starts_at", "id"))
    rows = _rows(seats, {case.person_id: ""}, {case.person_id: case})
    there = [row for row in rows if row.minutes]
    return {
        "case": case, "coming": [row for row in rows if row.is_coming], "past": [row for row in reversed(rows) if not row.is_coming and _counts(row)],
        "total": sum(row.minutes for row in there), "times": len(there), "suggestions": _suggestions(case, rows),
    }  # fmt: skip


def own_in_course(viewer: Person, session: Session) -> list[CourseRow]:
    """The viewer's own people in a course, by name; nobody else's."""
    cases = {case.person_id: case for case in cases_visible_to(viewer).filter(programme=session.programme, person__in=session.seats.values("person_id"))}
    seats = list(_whole(session.seats.filter(person_id__in=cases)).order_by("id"))
    names = names_of_cases(viewer, cases.values())
    return sorted(_rows(seats, {pk: names[pk].text for pk in cases}, cases), key=lambda row: row.name)


def people_to_place(viewer: Person, session: Session, words: str = "") -> list[tuple[Case, str]]:
    """The viewer's own people without a place in a course, who are here, with what they are called; at most sixty, the others by search.

    A coordinator looks through the organisation's people by a name or number, and is not shown everybody.
    """
    here = Entry.objects.filter(case=OuterRef("pk"), ended_on=None)
    rows = cases_visible_to(viewer) if words else own_cases(viewer)
    rows = rows.filter(Exists(here), programme=session.programme, person__erased_at=None)
    rows = rows.exclude(person__in=session.seats.filter(state__in=HAS_PLACE).values("person_id"))
    if words:
        rows = rows.filter(called(viewer, words))
    found = list(rows.order_by("search_name", "id")[:AT_ONCE])
    names = names_of_cases(viewer, found)
    return [(case, names[case.person_id].text) for case in found]


def cases_chosen(viewer: Person, session: Session, uids: Iterable[str], words: str = "") -> list[Case]:
    """Those of them that a form names."""
    wanted = set(uids)
    return [case for case, _name in people_to_place(viewer, session, words) if str(case.uid) in wanted]


def trainers_read(seat: Seat, case: Case, agreed: Mapping[Any, frozenset[str]]) -> str:
    """What a course's trainer reads a person as: a protected name never, and at another organisation only what was agreed."""
    identity, session = getattr(seat.person, "identity", None), seat.session
    holder = session.organisation or session.programme.owner
    may = holder.pk == case.organisation_id or "first_name" in agreed.get(holder.uid, ())
    return identity.given_name if may and identity is not None and not identity.is_protected else ""


def places_to_tell(person: Person, programme: Programme) -> list[CourseRow]:
    """Own people whom no mail reaches and whose place changed: somebody is to tell them; those who wait longest first."""
    cases = own_cases(person).filter(programme=programme)
    seats = list(_whole(Seat.objects.filter(to_tell_since__isnull=False, session__programme=programme, session__ends_at__gt=clock.now(), person__in=cases.values("person_id"))).order_by("to_tell_since", "id")[:20])
    return _named(person, programme, seats)


def to_tell_of(person: Person) -> QuerySet[Seat]:
    """Places of one's own people of which somebody is to be told."""
    return Seat.objects.filter(to_tell_since__isnull=False, person__in=own_cases(person).values("person_id"))


def courses_of_day(person: Person, programme: Programme) -> list[DayItem]:
    """Who of one's own people is to be told of a place, and who has a course today or tomorrow."""
    now, today = clock.now(), clock.today()
    cases = own_cases(person).filter(programme=programme)
    seats = Seat.objects.filter(
        state__in=Seat.HOLDING, session__programme=programme, session__audience=NEWCOMERS, session__state=Session.State.PLANNED, session__ends_at__gt=now,
        session__starts_at__lt=now + timedelta(days=2), person__in=cases.values("person_id"),
    ).order_by("session__starts_at", "id")  # fmt: skip
    soon: dict[Session, list[str]] = defaultdict(list)
    for row in _named(person, programme, list(_whole(seats)[:50])):
        if row.date <= today + timedelta(days=1):
            soon[row.session].append(row.name)
    return [
        DayItem("waits", _("Tell %(name)s how it stands with the course") % {"name": row.name}, f"{row.tag_text}. {row.session}, {date_long(row.date)}, {row.text}", _page(row), due=row.date)
        for row in places_to_tell(person, programme)
    ] + [
        DayItem(
            "today" if local(session.starts_at).date() == today else "soon", f"{session}, {time_span(session)}", ", ".join(sorted(names)),
            reverse("delivery:session_detail", args=[session.uid]), due=local(session.starts_at).date(),
        )
        for session, names in soon.items()
    ]  # fmt: skip


def _page(row: CourseRow) -> str:
    return reverse("cases:case_detail", args=[row.case.uid]) + "#courses"


def _named(person: Person, programme: Programme, seats: list[Seat]) -> list[CourseRow]:
    cases = {case.person_id: case for case in own_cases(person).filter(programme=programme, person__in=[one.person_id for one in seats])} if seats else {}
    names = names_of_cases(person, cases.values())
    return _rows([one for one in seats if one.person_id in cases], {pk: names[pk].text for pk in cases}, cases)


def _rows(seats: list[Seat], names: Mapping[int, str], cases: Mapping[int, Case]) -> list[CourseRow]:
    """In a fixed number of questions, however many there are."""
    there = {(row.session_id, row.person_id): row.minutes for row in Attendance.objects.filter(session__in=[one.session_id for one in seats], person__in=set(names), replaced_by=None)}
    agreed: dict[int, dict[Any, frozenset[str]]] = defaultdict(dict)
    for holder in {one.session.organisation or one.session.programme.owner for one in seats}:
        for pk, fields in persons_consenting(list(names), holder.uid).items():
            agreed[pk][holder.uid] = fields
    found = []
    for seat in seats:
        session, minutes = seat.session, there.get((seat.session_id, seat.person_id))
        tag = _tag(seat, minutes)
        found.append(CourseRow(
            seat, session, names.get(seat.person_id, ""), local(session.starts_at).date(), f"{when_of(session)}, {where_of(session)}", *tag, minutes or 0,
            session.ends_at > clock.now() and session.state in (Session.State.PLANNED, Session.State.CANCELLED) and minutes is None,
            seat.to_tell_since is not None and session.ends_at > clock.now(), trainers_read(seat, cases[seat.person_id], agreed[seat.person_id]), cases[seat.person_id],
        ))  # fmt: skip
    return found


def _tag(seat: Seat, minutes: int | None) -> tuple[str, str]:
    """How a place stands, in words and kind: once the course was held or called off, that counts."""
    session = seat.session
    if session.state == Session.State.CANCELLED:
        return str(_("Cancelled")), "alarm"
    if minutes:
        return str(_("Was there")), "ok"
    if seat.state in Seat.HOLDING and (minutes == 0 or session.state == Session.State.HELD):
        return str(_("Not there")), "plain"
    if seat.state in Seat.HOLDING and session.ends_at <= clock.now():
        return str(_("No attendance yet")), "wait"
    words = {Seat.State.ACCEPTED: _("Has a place"), Seat.State.WAITING: _("Stands in line")}
    return str(words.get(Seat.State(seat.state), seat.get_state_display())), SEAT_TAGS[Seat.State(seat.state)]


def _counts(row: CourseRow) -> bool:
    """Places that were taken back, and courses that were called off, are of the past only while somebody is to be told."""
    return bool(row.minutes) or row.seat.state in Seat.HOLDING


def _suggestions(case: Case, rows: Iterable[CourseRow]) -> list[Suggestion]:
    """Open steps that are a course in which the person was and has no further place."""
    by_module: dict[int, list[CourseRow]] = defaultdict(list)
    for row in rows:
        by_module[row.session.module_id].append(row)
    if not by_module:
        return []
    steps = Step.objects.filter(need__case=case, need__state=Need.State.OPEN, done_on=None, module__isnull=False).select_related("need")
    found = []
    for step in steps:
        course = by_module.get(step.module_id or 0, [])
        there = [row for row in course if row.minutes]
        still = any(row.is_coming and row.seat.state in HAS_PLACE and row.session.state == Session.State.PLANNED for row in course)
        if there and not still:
            found.append(Suggestion(step, len(there), sum(row.minutes for row in there)))
    return found


def _whole(rows: QuerySet[Seat]) -> QuerySet[Seat]:
    return rows.select_related("session__programme__owner", "session__module", "session__place", "session__organisation", "person__identity")


def case_of_place(person: Person, seat: Seat) -> Case:
    """Whose place it is, among those whom one accompanies."""
    return cases_visible_to(person).get(person=seat.person, programme=seat.session.programme)


def course_line(session: Session) -> str:
    """A course in one line: title, day, time, where."""
    return f"{session}, {date_long(session.starts_at)}, {time_span(session)}, {where_of(session)}"


def course_label(session: Any) -> str:
    """The same to choose from, with how full it is."""
    free = max(0, session.maximum - session.taken)
    places = _("%(n)d places free") % {"n": free} if free else _("all places taken: stands in line")
    return f"{course_line(session)} ({places})"


