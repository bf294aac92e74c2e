"""Letting somebody in again who has lost passkeys and app."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.kit import clock, links
from handrail.kit.forms import attempt
from handrail.kit.models import Link
from handrail.kit.screens import error_page, link, message, page, public, screen
from handrail.kit.text import _
from handrail.kit.throttle import network_of, too_often
from handrail.people import access, actions, queries
from handrail.people.forms.invitations import ChoosePasswordForm
from handrail.people.forms.recoveries import AskRecoveryForm, CheckedForm, OpenRecoveryForm
from handrail.people.models import Recovery

HOUR = timedelta(hours=1)


@public
def recovery_ask(request: HttpRequest) -> HttpResponse:
    """Ask to be let in again; the answer is the same whether the address is known or not."""
    form = AskRecoveryForm.of(request)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if too_often("recovery-network", network_of(request), limit=20, within=HOUR):
            return error_page(request, 429)
        if not too_often("recovery-address", email, limit=3, within=HOUR):
            actions.ask_recovery(email=email)
        return page(request, "people/recovery_asked.html")
    return page(request, "people/recovery_ask.html", form=form)


@link("recovery-stop")
def recovery_stop(request: HttpRequest, found: Link) -> HttpResponse:
    """The person says: that was not me."""
    recovery = queries.recovery_of(found)
    if recovery is None:
        raise Http404
    wrong = ""
    if request.method == "POST":
        _done, wrong = attempt(actions.stop_recovery, recovery=recovery, by=recovery.account.person)
        recovery = queries.recovery_of(found) or recovery
    return page(request, "people/recovery_stop.html", recovery=recovery, wrong=wrong, has_run_out=_has_run_out(recovery))


@public
def recovery_finish(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password and come in. Public, because a spent link says what to do; the secret is checked here."""
    found = queries.open_recovery_link(token)
    if found is None:
        if not links.is_spent("recovery", token):
            raise Http404
        return page(request, "people/recovery_spent.html", status=410)
    form = ChoosePasswordForm.of(request)
    if account := form.perform(actions.finish_recovery, link=found[0]):
        record_authentication(request, account, method="password")
        message(request, _("You are in. Add a passkey or set up an app now, so that nobody else gets in with the password alone."))
        return perform_login(request, account, redirect_url=reverse("people:security"))  # type: ignore[no-any-return]
    return page(request, "people/recovery_finish.html", form=form, email=found[1].account.email)


@screen(may=access.may_recover)
def recoveries(request: HttpRequest) -> HttpResponse:
    """Who has asked to be let in again, what waits for a second administrator, what was done."""
    rows = list(queries.recoveries_visible_to(request.person)[:50])  # type: ignore[attr-defined]
    waits = [row for row in rows if row.state in (Recovery.State.ASKED, Recovery.State.OPEN) and not _has_run_out(row)]
    return page(
        request, "people/recoveries.html", waits=waits, others=[(row, _state(row)) for row in rows if row not in waits],
        administrators=queries.administrators().count(),
    )  # fmt: skip


@screen(may=access.may_recover)
@reauthentication_required(app="people", allow_get=True)  # type: ignore[untyped-decorator,unused-ignore]
def recovery_open(request: HttpRequest) -> HttpResponse:
    """Open a recovery for somebody who told an administrator."""
    form = OpenRecoveryForm.of(request)
    if found := form.perform(actions.open_recovery, by=request.person):  # type: ignore[attr-defined]
        return _opened(request, found)
    return page(request, "people/recovery_open.html", form=form)


@screen(queries.recoveries_visible_to, may=access.may_see_recovery)
@reauthentication_required(app="people", allow_get=True)  # type: ignore[untyped-decorator,unused-ignore]
def recovery(request: HttpRequest, recovery: Recovery) -> HttpResponse:
    """One recovery: open it when it was asked for, agree when another administrator opened it."""
    form, wrong = None, ""
    if recovery.state == Recovery.State.ASKED:
        form = CheckedForm.of(request)
        if form.perform(actions.open_recovery, account=recovery.account, by=request.person):  # type: ignore[attr-defined]
            return _opened(request, recovery)
    elif request.method == "POST":
        done, wrong = attempt(actions.confirm_recovery, recovery=recovery, by=request.person)  # type: ignore[attr-defined]
        if done:
            message(request, _("Agreed. The person is signed out everywhere and has been sent a link to a new password."))
            return redirect("people:recoveries")
    return page(request, "people/recovery.html", recovery=recovery, form=form, wrong=wrong, state=_state(recovery), **_may(request, recovery))


@screen(queries.recoveries_visible_to, may=access.may_see_recovery)
def recovery_refuse(request: HttpRequest, recovery: Recovery) -> HttpResponse:
    """An administrator stops a recovery, or sets a wish aside."""
    if request.method == "POST":
        done, wrong = attempt(actions.stop_recovery, recovery=recovery, by=request.person)  # type: ignore[attr-defined]
        message(request, _("The recovery is stopped.") if done else wrong, kind="ok" if done else "wait")
    return redirect("people:recoveries")


def _opened(request: HttpRequest, found: Recovery) -> HttpResponse:
    message(request, _("The recovery is open. The person has been told, and another administrator has to agree."))
    return redirect("people:recovery", uid=found.uid)


def _has_run_out(recovery: Recovery) -> bool:
    return recovery.state in (Recovery.State.ASKED, Recovery.State.OPEN) and recovery.expires_at <= clock.now()


def _state(recovery: Recovery) -> Any:
    return Recovery.State.EXPIRED.label if _has_run_out(recovery) else Recovery.State(recovery.state).label


def _may(request: HttpRequest, recovery: Recovery) -> dict[str, bool]:
    """Which acts the page offers; the action refuses the others in words."""
    person = request.person  # type: ignore[attr-defined]
    is_open = recovery.state == Recovery.State.OPEN and not _has_run_out(recovery)
    is_third = person.pk not in (recovery.opened_by_id, recovery.account.person_id)
    ends = is_open or recovery.state in (Recovery.State.ASKED, Recovery.State.CONFIRMED)
    return {"is_open": is_open, "may_agree": is_open and is_third, "may_stop": ends, "is_mine": person.pk == recovery.opened_by_id}
