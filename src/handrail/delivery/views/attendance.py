"""Minutes: the trainer's one-minute list, the turning code, the sheet for paper, a file, and corrections."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from handrail.delivery import access, actions, formats, forms, queries
from handrail.delivery.forms import device_moment
from handrail.delivery.models import LateCheckIn, Seat, Session
from handrail.delivery.queries import screens
from handrail.delivery.rules import Disputed
from handrail.kit.errors import Conflict, RuleBroken
from handrail.kit.files import write_delimited
from handrail.kit.forms import attempt
from handrail.kit.kept import kept_screen
from handrail.kit.pdf import as_pdf
from handrail.kit.screens import as_json, download, message, page, screen
from handrail.kit.text import _


@screen(queries.sessions_to_lead, may=access.may_record)
def attendance_list(request: HttpRequest, session: Session) -> HttpResponse:
    """The whole list on a phone: everybody present with one act, late and early in one panel, saved with one key."""
    if request.headers.get("Content-Type", "").startswith("application/json"):
        return _json_list(request, session)
    return _form_list(request, session, kept_by=screens.list_stands(session) if request.method == "GET" else ())


@kept_screen
def _form_list(request: HttpRequest, session: Session) -> HttpResponse:
    stored = queries.latest_of(session)
    sent = request.POST if request.method == "POST" else None
    the_list = forms.AttendanceList(
        # What people are called is asked when somebody is to read it.
        screens.people_on_list(request.person, session, stored) if sent is None else forms.in_order_sent(screens.persons_on_list(request.person, session, stored), sent),
        stored, planned=session.planned_minutes, list_version=session.list_version, sent=sent,
    )  # fmt: skip
    conflict, wrong = False, ""
    if "everybody" in request.POST:
        the_list.tick_all()
    elif request.method == "POST":
        conflict = the_list.is_stale(_number(request.POST.get("list_version", "")))
        if not conflict and the_list.is_valid():
            try:
                receipt = actions.save_attendance_list(
                    session=session, marks=the_list.marks(), list_version=the_list.list_version, key=request.POST.get("key", ""), by=request.person,
                    known=stored,
                )  # fmt: skip
            except Conflict:
                conflict = True
            except RuleBroken as broken:
                wrong = str(broken.message)
            else:
                if receipt.state != "aside":
                    message(request, _("The list is saved: %(n)d were there.") % {"n": the_list.marked})
                    return redirect("delivery:session_detail", uid=session.uid)
                wrong = str(_("This page was already used for another list. What you sent is kept for the coordinator. Reload the list to see what counts."))
    if sent is not None:
        the_list.call(screens.people_on_list(request.person, session, stored))
    status = 409 if conflict else 422 if wrong or the_list.errors else 200
    return page(request, "delivery/attendance_list.html", status=status, session=session, the_list=the_list, conflict=conflict, wrong=wrong,
                keeps=request.method == "GET", **screens.kept_list(request.person, session), span=screens.time_span(session), who=screens.last_saver(request.person, session) if conflict else "")  # fmt: skip


def _json_list(request: HttpRequest, session: Session) -> HttpResponse:
    """The list as a device sends it: {key, list_version, marks: […]}; answered with {key, sha256} only once it is stored.

    A phone says whose marks it sends (`who`) and is refused when somebody else is signed in on it. `body` is the digest of all that arrived.
    """
    try:
        sent: dict[str, Any] = json.loads(request.body)
        marks, key = list(sent["marks"]), str(sent["key"])
        version = None if sent["list_version"] is None else int(sent["list_version"])
    except (ValueError, KeyError, TypeError):
        return as_json({"error": str(_("The list could not be read."))}, status=400)
    mark = screens.phone_mark(request.person)
    if sent.get("who", mark) != mark:
        return as_json({"error": str(_("Somebody else is signed in on this phone.")), "state": "other"}, status=409)
    try:
        receipt = actions.save_attendance_list(
            session=session, marks=marks, list_version=version, key=key, by=request.person, device_at=device_moment(sent.get("device_at"))
        )
    except Conflict as conflict:
        differ = screens.what_stands(request.person, session, conflict.persons) if isinstance(conflict, Disputed) else {}
        return as_json({"error": str(conflict.message), "differ": differ}, status=409)
    except RuleBroken as broken:
        return as_json({"error": str(broken.message), "field": broken.field}, status=400)
    answer: dict[str, Any] = {"key": receipt.key, "sha256": receipt.sha256, "state": receipt.state, "body": sha256(request.body).hexdigest()}
    if "who" in sent and receipt.state != "aside":
        answer |= screens.stored_list(request.person, session)
        if receipt.state == "new":
            message(request, _("The list is saved: %(n)d were there.") % {"n": answer["there"]})
    return as_json(answer, status=receipt.status)


@screen(queries.sessions_visible_to, may=access.may_lead)
def session_qr(request: HttpRequest, session: Session) -> HttpResponse:
    """The code for the wall, which turns every minute; how many have checked in."""
    return page(request, "delivery/session_qr.html#wall", session=session, mark=screens.phone_mark(request.person), may_record=access.may_record(request.person, session), **screens.wall(session))


@screen(queries.sessions_visible_to, may=access.may_lead)
def session_codes(request: HttpRequest, session: Session) -> HttpResponse:
    """The wall's next codes, so that it turns without a line too."""
    return as_json(screens.codes_ahead(session, max(0, _number(request.GET.get("from", "")))))


@screen(queries.late_check_ins_visible_to, may=access.may_settle)
def late_check_in(request: HttpRequest, late: LateCheckIn) -> HttpResponse:
    """Whether a check-in that came after the list was saved counts."""
    said = {"there": True, "not-there": False}.get(request.POST.get("act", ""))
    if said is not None:
        performed, wrong = attempt(actions.settle_late_check_in, late=late, counts=said, by=request.person)
        if wrong:
            message(request, wrong, kind="alarm")
        elif performed:
            message(request, _("The person is on the list now.") if performed.counts else _("The check-in does not count. It is kept with your decision."))
    return redirect("delivery:attendance_list", uid=late.session.uid)


@screen(queries.sessions_visible_to, may=access.may_lead)
def session_sheet(request: HttpRequest, session: Session) -> HttpResponse:
    """The sign-in sheet for paper."""
    return page(request, "delivery/session_sheet.html", **screens.sheet(request.person, session))


@screen(queries.sessions_visible_to, may=access.may_lead)
def session_sheet_pdf(request: HttpRequest, session: Session) -> HttpResponse:
    """The same as an accessible PDF."""
    html = render_to_string("delivery/sheet_pdf.html", screens.sheet(request.person, session))
    return download(as_pdf(html), name="sign-in-sheet.pdf", kind="application/pdf")


@screen(queries.sessions_visible_to, may=access.may_record)
def attendance_file(request: HttpRequest, session: Session) -> HttpResponse:
    """Minutes from a table: read, checked row by row, and saved only once one says so."""
    form = forms.MarksFileForm.of(request)
    if "rows" in request.POST:
        return _save_file(request, session)
    found = None
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = screens.marks_preview(session, *formats.read_marks(file.read(), name=file.name))
        except RuleBroken as broken:
            form.add_error("file", str(broken.message))
    return page(request, "delivery/attendance_file.html", session=session, form=form, found=found)


def _save_file(request: HttpRequest, session: Session) -> HttpResponse:
    try:
        marks = screens.marks_from_preview(session, request.POST["rows"])
        count = actions.save_marks(session=session, marks=marks, method="file", by=request.person)
        message(request, _("The file is saved: %(n)d lines are new or corrected.") % {"n": count})
        return redirect("delivery:session_detail", uid=session.uid)
    except RuleBroken as broken:
        message(request, broken.message, kind="alarm")
        return redirect("delivery:attendance_file", uid=session.uid)


@screen(queries.sessions_visible_to, may=access.may_record)
def attendance_file_empty(request: HttpRequest, session: Session) -> HttpResponse:
    """An empty table to fill in: numbers only, never names."""
    header = [str(_("Participation number")), str(_("Minutes")), str(_("Reason"))]
    rows = [[number, "", ""] for number in screens.numbers_on_list(request.person, session)]
    return download(write_delimited([header, *rows], delimiter=";"), name="attendance.csv", kind="text/csv; charset=utf-8")


@screen(queries.seats_visible_to, may=access.may_correct)
def attendance_correct(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Put somebody's minutes right; the old line stays, struck through."""
    now = queries.latest_of(seat.session).get(seat.person_id)
    form = forms.CorrectForm.of(request, initial={"minutes": now.minutes} if now else None)
    if form.perform(actions.record_attendance, session=seat.session, person=seat.person, by=request.person):
        message(request, _("The minutes are corrected. The old line stays."))
        return redirect("delivery:session_detail", uid=seat.session.uid)
    return page(request, "delivery/attendance_correct.html", seat=seat, form=form, now=now, **screens.one_seat(request.person, seat))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1
