"""Seats: one's own, the manager's approvals, who is away when, and the same by a personal link."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.delivery import access, actions, forms, queries
from handrail.delivery.forms import device_moment
from handrail.delivery.models import LateCheckIn, Seat, Session
from handrail.delivery.queries import screens
from handrail.delivery.rules import plain_code
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.forms import attempt
from handrail.kit.models import Link
from handrail.kit.screens import as_json, download, link, message, page, public, screen
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to

KEEP_READING = timedelta(minutes=15)


@screen(may=access.has_account)
def my_sessions(request: HttpRequest) -> HttpResponse:
    """My sessions: those to answer, those to come, those that were, and my calendar."""
    return page(request, "delivery/my_sessions.html", **screens.my_sessions(request.person))


@screen(queries.seats_visible_to, may=access.may_see_seat)
def seat_detail(request: HttpRequest, seat: Seat) -> HttpResponse:
    """My seat: when, where, why me, yes or no, and checking in on the day."""
    return _seat(request, seat, token="")


@link("seat")
def seat_by_link(request: HttpRequest, found: Link) -> HttpResponse:
    """The same without an account, for whoever holds the personal link."""
    return _seat(request, _seat_of(found), token=request.link_token)  # type: ignore[attr-defined]


def _seat(request: HttpRequest, seat: Seat, *, token: str) -> HttpResponse:
    person: Person = seat.person
    if request.headers.get("Content-Type", "").startswith("application/json"):
        return _late(request, seat.session, person, by=person)
    form = forms.ReasonForm(request.POST if request.POST.get("act") == "decline" else None)
    code = forms.CheckInForm(request.POST if request.POST.get("act") == "check-in" else None)
    performed = None
    if request.POST.get("act") == "accept":
        performed, wrong = attempt(actions.accept_seat, seat=seat, by=person)
        if wrong:
            message(request, wrong, kind="alarm")
    elif form.is_bound:
        performed = form.perform(actions.decline_seat, seat=seat, by=person)
    elif code.is_bound:
        performed = code.perform(actions.check_in, session=seat.session, person=person, by=person)
    if performed:
        return redirect("delivery:seat_by_link", token=token) if token else redirect("delivery:seat_detail", uid=seat.uid)
    return page(request, "delivery/seat_by_link.html" if token else "delivery/seat_detail.html", token=token, form=form, code=code,
                mark="" if token else screens.phone_mark(person), **screens.own_seat(seat))  # fmt: skip


@screen(queries.seats_visible_to, may=access.may_see_seat)
def seat_calendar(request: HttpRequest, seat: Seat) -> HttpResponse:
    """My seat as a calendar file."""
    return download(queries.calendar_of([seat]), name="booking.ics", kind="text/calendar; charset=utf-8")


@link("seat")
def seat_calendar_by_link(request: HttpRequest, found: Link) -> HttpResponse:
    """The same by personal link."""
    return download(queries.calendar_of([_seat_of(found)]), name="booking.ics", kind="text/calendar; charset=utf-8")


@link("calendar")
def calendar_feed(request: HttpRequest, found: Link) -> HttpResponse:
    """All my booked times, for a calendar program that asks again and again."""
    person = queries.person_by_uid(found.subject)
    if person is None:
        raise Http404
    return download(queries.calendar_of(list(queries.seats_for_calendar(person))), name="calendar.ics", kind="text/calendar; charset=utf-8")


@screen(may=access.has_account)
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Make or end the address of my own calendar; the address is shown once."""
    token = ""
    if request.method == "POST" and "end_address" in request.POST:
        actions.end_calendar(by=request.person)
        message(request, _("The address is ended. Calendars that used it get nothing more."))
        return redirect("delivery:my_calendar")
    if request.method == "POST":
        token = actions.subscribe_calendar(by=request.person)
    return page(request, "delivery/my_calendar.html", url=queries.feed_url(token) if token else "", has_feed=queries.has_feed(request.person))


@screen(programmes_visible_to, may=access.may_see_approvals)
def seats_approve(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The seats that wait for my approval, with who is away already that day."""
    return page(request, "delivery/seats_approve.html", programme=programme, rows=screens.approvals(request.person, programme))


@screen(queries.seats_visible_to, may=access.may_decide)
def seat_decide(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Approve or refuse one seat."""
    form = forms.ReasonForm(request.POST if "refuse" in request.POST else None)
    performed = None
    if "approve" in request.POST:
        performed, wrong = attempt(actions.approve_seat, seat=seat, by=request.person)
        if wrong:
            message(request, wrong, kind="alarm")
    elif form.is_bound:
        performed = form.perform(actions.refuse_seat, seat=seat, by=request.person)
    if performed or "approve" in request.POST:
        return redirect("delivery:seats_approve", uid=seat.session.programme.uid)
    return page(request, "delivery/seat_decide.html", seat=seat, form=form, **screens.one_seat(request.person, seat))


@screen(queries.seats_visible_to, may=access.may_take_back)
def seat_withdraw(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Take a seat back, with the reason."""
    form = forms.ReasonForm.of(request)
    if form.perform(actions.withdraw_seat, seat=seat, by=request.person):
        message(request, _("The seat is taken back, and the person is told."))
        return redirect("delivery:session_detail", uid=seat.session.uid)
    return page(request, "delivery/seat_withdraw.html", seat=seat, form=form, **screens.one_seat(request.person, seat))


@screen(programmes_visible_to, may=access.may_see_away)
def sessions_away(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Who of my people is away when, week by week."""
    return page(request, "delivery/sessions_away.html", programme=programme, weeks=screens.away_by_week(request.person, programme))


@public
def check_in_start(request: HttpRequest) -> HttpResponse:
    """Type the code on the wall."""
    form = forms.CheckInForm.of(request)
    if form.is_bound and form.is_valid():
        return redirect("delivery:check_in_code", token=plain_code(form.cleaned_data["code"]) or "0")
    return page(request, "delivery/check_in_start.html", form=form)


@public
def check_in_code(request: HttpRequest, token: str) -> HttpResponse:
    """What the QR code opens: check in as oneself. Whoever is not signed in signs in first; the moment of reading is kept meanwhile."""
    person = getattr(request, "person", None)
    if request.headers.get("Content-Type", "").startswith("application/json"):
        return _late(request, person and queries.session_of_late_code(person, token), person, by=person, code=token)
    moment = _moment(request, token)
    session = queries.session_by_code(token, moment)
    if session is None:
        return page(request, "delivery/check_in_old.html", status=404)
    if person is None:
        return page(request, "delivery/check_in_who.html", session=session, sign_in=f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")
    wrong = ""
    if request.method == "POST":
        row, wrong = attempt(actions.check_in, session=session, code=token, person=person, by=person, arrived_at=moment)
        if row:
            seat = queries.seat_of(session, person)
            return redirect("delivery:seat_detail", uid=seat.uid)
    return page(request, "delivery/check_in_confirm.html", session=session, wrong=wrong, span=screens.time_span(session))


def _late(request: HttpRequest, session: Session | None, person: Person | None, *, by: Person | None, code: str = "") -> HttpResponse:
    """A code that was kept on a phone without a line: {code, device_at, who}; answered with what to tell the person."""
    try:
        sent = json.loads(request.body)
        code, device_at, who = code or str(sent["code"])[:12], device_moment(sent.get("device_at")), sent.get("who", "")
    except (ValueError, KeyError, TypeError, AttributeError):
        return as_json({"error": str(_("The code could not be read."))}, status=400)
    if person is None or (who and who != screens.phone_mark(person)):
        return as_json({"error": str(_("Sign in as yourself, then the check-in is sent.")), "state": "other"}, status=409)
    if session is None:
        return as_json({"error": str(_("No session of yours showed that code during the last day. Ask the trainer to put you on the list."))}, status=400)
    try:
        found = actions.check_in_late(session=session, code=code, person=person, by=by, device_at=device_at)
    except RuleBroken as broken:
        return as_json({"error": str(broken.message)}, status=400)
    if isinstance(found, LateCheckIn) and not found.settled_at:
        return as_json({"text": str(_("Your check-in has come. The list was saved before it: the trainer decides."))})
    return as_json({"text": str(_("Your check-in has come: %(title)s.") % {"title": str(session)})})


def _moment(request: HttpRequest, token: str) -> datetime:
    """When this browser first read the code: signing in may take longer than the code lasts."""
    code, read_at = request.session.get("check_in", ("", ""))
    if code == token and clock.now() - datetime.fromisoformat(read_at) < KEEP_READING:
        return datetime.fromisoformat(read_at)
    now = clock.now()
    if queries.session_by_code(token, now) is not None:
        request.session["check_in"] = (token, now.isoformat())
    return now


def _seat_of(found: Link) -> Seat:
    seat = queries.seat_by_uid(found.subject)
    if seat is None:
        raise Http404
    return seat
