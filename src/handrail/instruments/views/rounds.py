"""Rounds: list, open, invite, send, follow, remind, close."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.instruments import access, actions, queries
from handrail.instruments.forms import InviteForm, OpenRoundForm
from handrail.instruments.models import Round
from handrail.kit.forms import attempt
from handrail.kit.screens import back_to, message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _, plural
from handrail.people.models import Person
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_see_rounds)
def round_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The rounds of a programme with their progress, and its questionnaires."""
    person: Person = request.person  # type: ignore[attr-defined]
    shown = paged(request, queries.rounds_of(programme, person))
    rows = [{"round": one, "state": queries.state_of(one)} for one in shown.rows]
    return page(
        request, "instruments/rounds.html", programme=programme, paged=shown, rows=rows,
        latest=next((row["round"] for row in rows if row["state"] in {"open", "grace"} and row["round"].invited), None),
        versions=queries.versions_of(programme), may_publish=access.may_publish_questionnaire(person, programme),
        aside=queries.set_aside_visible_to(person).filter(programme=programme.uid, settled_at=None).count(),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_open_round)
def round_open(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Open a round: which questionnaire, about whom, when, whom."""
    form = OpenRoundForm.of(request, programme=programme, person=request.person)  # type: ignore[attr-defined]
    if opened := form.perform(actions.open_round_for, programme=programme, by=request.person):  # type: ignore[attr-defined]
        return redirect("instruments:round", uid=opened.uid)
    return page(request, "instruments/round_open.html", programme=programme, form=form)


@screen(queries.rounds_visible_to)
def round_show(request: HttpRequest, round: Round) -> HttpResponse:
    """How far a round has come: the owner by municipality, a process leader by unit, a manager the own reports. Never an answer."""
    person: Person = request.person  # type: ignore[attr-defined]
    led = queries.organisations_led(person, round.programme)
    if led is not None and not led:
        reports = queries.reports_named(round, person)
        answered = sum(one.invitation.completed_at is not None for one in reports)
        return page(request, "instruments/round_reports.html", round=round, reports=reports, answered=answered)
    rows = queries.progress_by_organisation(round) if led is None else queries.progress_by_unit(round, led)
    missing = paged(request, queries.not_answered(round, led)) if led else None
    return page(
        request, "instruments/round.html#progress", round=round, state=queries.state_of(round), rows=rows, is_owner=led is None,
        invited=sum(one.invited for one in rows), answered=sum(one.answered for one in rows), mails=queries.mails_of(round, led),
        missing=missing, people=queries.missing_named(person, round.programme, missing.rows) if missing else [],
        may_close=access.may_close_round(person, round),
    )  # fmt: skip


@screen(queries.rounds_visible_to, may=access.may_steer_round)
def round_invite(request: HttpRequest, round: Round) -> HttpResponse:
    """Put more people on the list."""
    form = InviteForm.of(request, programme=round.programme, person=request.person)  # type: ignore[attr-defined]
    count = form.perform(actions.invite_to_round, round=round, by=request.person)  # type: ignore[attr-defined]
    if count is not None:
        message(request, plural("One new on the list.", "%(n)s new on the list.", count) % {"n": count})
        return redirect("instruments:round", uid=round.uid)
    return page(request, "instruments/round_invite.html", round=round, form=form)


@screen(queries.rounds_visible_to, may=access.may_steer_round)
def round_send(request: HttpRequest, round: Round) -> HttpResponse:
    """Send those on the list their personal links."""
    return _mail(request, round, actions.send_invitations, _("Links are on their way to %(n)s people."))


@screen(queries.rounds_visible_to, may=access.may_steer_round)
def round_remind(request: HttpRequest, round: Round) -> HttpResponse:
    """Remind those who have not answered."""
    return _mail(request, round, actions.remind, _("Reminders are on their way to %(n)s people."))


@screen(queries.rounds_visible_to, may=access.may_close_round)
def round_close(request: HttpRequest, round: Round) -> HttpResponse:
    """Close a round, after having read what that means."""
    if request.method == "POST":
        _done, wrong = attempt(actions.close_round, round=round, by=request.person)  # type: ignore[attr-defined]
        message(request, wrong or _("The round is closed. What was answered stays."), kind="alarm" if wrong else "ok")
        return redirect("instruments:round", uid=round.uid)
    return page(request, "instruments/round_close.html", round=round)


def _mail(request: HttpRequest, round: Round, act: Any, words: Any) -> HttpResponse:
    if request.method == "POST":
        person: Person = request.person  # type: ignore[attr-defined]
        led = queries.organisations_led(person, round.programme)
        count, wrong = attempt(act, round=round, organisations=led, by=person)
        message(request, wrong or words % {"n": count}, kind="alarm" if wrong else "ok")
    return redirect(back_to(request, f"/rounds/{round.uid}/"))

