"""The attendance list, the wall with the code, the sheet for paper, a file before it is saved."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from handrail.delivery.formats import MarkRow, Problem
from handrail.delivery.models import Attendance, Seat, Session
from handrail.delivery.queries.screens.labels import labels_for
from handrail.delivery.queries.screens.seats import seats_shown, shown_seats
from handrail.delivery.queries.screens.sessions import time_span, trainers_text, where_of
from handrail.delivery.queries.sessions import is_trainer
from handrail.delivery.rules import Mark, code_at, seconds_left, sheet_shape, spaced
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.text import _, date_long, plural
from handrail.people.models import Identity, Person
from handrail.people.queries import names_visible_to
from handrail.programmes.models import Participation
from handrail.programmes.queries import numbers_of

S = Seat.State
ON_LIST = frozenset((*Seat.HOLDING, S.WAITING, S.ASKED))
SALT = "handrail.delivery.marks"


def on_list(viewer: Person, session: Session, there: Container[int] | None = None) -> list[Seat]:
    """Whose minutes the viewer may mark: everybody with a seat or minutes (`there`, where it is known), as far as the viewer may see them."""
    seats, _by_name = shown_seats(viewer, session)
    if there is None:
        there = set(session.attendances.values_list("person_id", flat=True))
    return [seat for seat in seats if _is_on_list(seat.person_id, seat.state, there)]


@dataclass(frozen=True)
class Listed:
    """Somebody of a list by key and public identifier alone."""

    pk: int
    uid: UUID


def persons_on_list(viewer: Person, session: Session, there: Container[int]) -> list[Listed]:
    """The same people without what they are called: for a list that is saved, where nobody reads it."""
    seats = seats_shown(viewer, session)[0].order_by("pk").values_list("person_id", "state", "person__uid")
    return [Listed(pk, uid) for pk, state, uid in seats if _is_on_list(pk, state, there) and pk != viewer.pk]


def _is_on_list(person_id: int, state: str, there: Container[int]) -> bool:
    return person_id in there or state in ON_LIST


def people_on_list(viewer: Person, session: Session, there: Container[int] | None = None) -> list[tuple[Person, str, str]]:
    """The people of the list with what they are called; a protected identity by number alone. Sorted as they are called."""
    seats = on_list(viewer, session, there)
    labels = labels_for(viewer, session.programme, seats, all_names=is_trainer(viewer, session))
    rows = [(seat.person, labels[seat.person_id].text, labels[seat.person_id].sub) for seat in seats if seat.person_id != viewer.pk]
    return sorted(rows, key=lambda row: row[1])


def numbers_on_list(viewer: Person, session: Session) -> list[str]:
    """The participation numbers of the list."""
    return sorted(numbers_of(session.programme, [seat.person_id for seat in on_list(viewer, session)]).values())


def last_saver(viewer: Person, session: Session) -> str:
    """Who wrote the latest line, as far as the viewer may name them."""
    row = session.attendances.order_by("-id").first()
    if row is None or row.recorded_by_id is None:
        return ""
    name = names_visible_to(viewer, [row.recorded_by_id], also=[row.recorded_by_id] if row.recorded_by_id == session.trainer_id else ())[row.recorded_by_id]
    return "" if name.is_hidden else name.text


def wall(session: Session) -> dict[str, Any]:
    """The turning code as a picture and in letters, seconds left, how many have checked in."""
    now = clock.now()
    code = code_at(session.check_in_secret, session.uid, now)
    address = settings.SITE_URL + reverse("delivery:check_in_code", args=[code])
    came = Attendance.objects.filter(session=session, replaced_by=None, minutes__gt=0).count()
    expected = session.seats.filter(state__in=Seat.HOLDING).count()
    return {"picture": picture_of(address), "code": spaced(code), "left": seconds_left(now), "came": came, "expected": max(expected, came), "span": time_span(session)}


def picture_of(address: str) -> SafeString:
    """An address as a QR code, dark on white in both themes."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=3, dark="#14282a", light="#ffffff", svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(drawn.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S308  (drawn by us from our own address)


def sheet(viewer: Person, session: Session) -> dict[str, Any]:
    """The sign-in sheet: names where they may stand, numbers where not, and empty lines for whoever comes as well."""
    seats = [seat for seat in on_list(viewer, session) if seat.state != S.WAITING]
    labels = labels_for(viewer, session.programme, seats, all_names=is_trainer(viewer, session))
    people = sorted(({"name": labels[seat.person_id].text, "unit": labels[seat.person_id].sub} for seat in seats), key=lambda one: one["name"])
    line = f"{date_long(session.starts_at)}, {time_span(session)}. {where_of(session)}. {trainers_text(viewer, session)}"
    return {"session": session, "line": line[:1].upper() + line[1:].rstrip(". "), "programme": session.programme, **laid_out(people)}


def laid_out(people: list[dict[str, str]]) -> dict[str, Any]:
    """The lines of a sign-in sheet in one or two columns, the empty ones last, and how high a line is."""
    shape = sheet_shape(len(people))
    rows = people + [{"name": "", "unit": ""}] * shape.spare
    each = -(-len(rows) // shape.columns)
    return {"columns": [rows[at : at + each] for at in range(0, len(rows), each)], "line_mm": f"{shape.line:.2f}"}


@dataclass(frozen=True)
class MarksPreview:
    """A file with minutes before it is saved: counts, problems by row, and the rows sealed for the second step."""

    new: int
    corrected: int
    same: int
    problems: list[Problem]
    sealed: str
    finding: str


def marks_preview(session: Session, rows: Sequence[MarkRow], problems: Sequence[Problem]) -> MarksPreview:
    """Find the people of a file and say what would happen. Addresses are matched among those with a seat only."""
    people, found = _people(session, rows), list(problems)
    now = {row.person_id: row for row in session.attendances.filter(replaced_by=None)}
    sealed, counts = [], {"new": 0, "corrected": 0, "same": 0}
    for row in rows:
        person = people.get(row.who)
        if person is None:
            found.append(Problem(row.row, "who", _("Nobody in this session or programme has that number or address. Check it, or enrol the person first.")))
            continue
        before = now.get(person.pk)
        if row.minutes > session.planned_minutes:
            found.append(Problem(row.row, "minutes", _("The session was %(planned)d minutes. Write %(planned)d or less.") % {"planned": session.planned_minutes}))
        elif before and before.minutes != row.minutes and not row.reason:
            found.append(Problem(row.row, "reason", _("This corrects minutes that are recorded already. Write why in the column Reason.")))
        else:
            counts["new" if before is None else "same" if before.minutes == row.minutes else "corrected"] += 1
            sealed.append([str(person.uid), row.minutes, row.reason])
    found.sort(key=lambda one: one.row)
    finding: Any
    if found:
        finding = plural("One row must be mended before anything is saved", "%(n)d rows must be mended before anything is saved", len(found)) % {"n": len(found)}
    elif not sealed:
        finding = _("The file has no rows with minutes")
    else:
        finding = _("%(new)d new, %(corrected)d corrected, %(same)d as before") % counts
    return MarksPreview(
        **counts, problems=found, finding=str(finding),
        sealed="" if found or not sealed else signing.dumps({"session": str(session.uid), "rows": sealed}, salt=SALT, compress=True),
    )  # fmt: skip


def marks_from_preview(session: Session, sealed: str) -> list[Mark]:
    """The rows of a preview that a person said yes to. Raises RuleBroken when they were changed on the way or are too old."""
    try:
        kept = signing.loads(sealed, salt=SALT, max_age=3600)
    except signing.BadSignature:
        kept = {}
    if kept.get("session") != str(session.uid):
        raise RuleBroken(_("The preview is too old. Choose the file once more; nothing was saved."))
    return [Mark(UUID(uid), minutes, 0, session.planned_minutes - minutes, reason) for uid, minutes, reason in kept["rows"]]


def _people(session: Session, rows: Sequence[MarkRow]) -> dict[str, Person]:
    wanted = {row.who for row in rows}
    seated = session.seats.values("person_id")
    known_here = Participation.objects.filter(programme=session.programme)
    if session.for_newcomers:
        known_here = known_here.filter(person_id__in=seated)  # nobody finds out by trying numbers who else takes part
    numbers = {number.casefold(): pk for number, pk in known_here.values_list("number", "person_id") if number.casefold() in wanted}
    emails = {email.casefold(): pk for email, pk in Identity.objects.filter(person_id__in=seated).exclude(email="").values_list("email", "person_id") if email.casefold() in wanted}
    known = emails | numbers
    people = Person.objects.in_bulk(set(known.values()))
    return {who: people[pk] for who, pk in known.items()}
