"""Coming in by invitation, and one's own way in: password, second factor, devices."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit import links
from handrail.kit.forms import attempt
from handrail.kit.screens import error_page, message, page, public, screen
from handrail.kit.text import _
from handrail.kit.throttle import network_of, too_often
from handrail.people import access, actions, queries
from handrail.people.forms import AskInvitationForm, ChoosePasswordForm


@public
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password and come in. Public, because a spent link offers a new one; the secret is checked here."""
    found = queries.open_invitation(token)
    if found is None:
        if not links.is_spent("invitation", token):
            raise Http404
        return page(request, "people/invitation_spent.html", status=410, form=AskInvitationForm())
    link, identity = found
    form = ChoosePasswordForm.of(request)
    if account := form.perform(actions.accept_invitation, link=link):
        record_authentication(request, account, method="password")
        return perform_login(request, account)  # type: ignore[no-any-return]
    return page(request, "people/invitation.html", form=form, email=identity.email)


@public
def invitation_ask(request: HttpRequest) -> HttpResponse:
    """Ask for a new link; the answer is the same whether the address is known or not."""
    form = AskInvitationForm.of(request)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        hour = timedelta(hours=1)
        if too_often("invitation-network", network_of(request), limit=20, within=hour):
            return error_page(request, 429)
        if not too_often("invitation-address", email, limit=3, within=hour):
            actions.ask_invitation_again(email=email)
        return page(request, "people/invitation_asked.html")
    return page(request, "people/invitation_spent.html", form=form)


@screen(may=access.may_have_account)
def security(request: HttpRequest) -> HttpResponse:
    """My sign-in: password, passkeys, second factor, devices."""
    account = request.user
    factors = queries.second_factors(account)  # type: ignore[arg-type]
    return page(
        request, "people/security.html",
        devices=queries.devices_of(account, request.session.session_key),  # type: ignore[arg-type]
        passkeys=queries.passkeys_of(account),  # type: ignore[arg-type]
        has_app="totp" in factors, factors=factors,
        needs_second_factor=access.needs_second_factor(request.person),  # type: ignore[attr-defined]
        codes_left=queries.recovery_codes_left(account),  # type: ignore[arg-type]
        email=account.email,  # type: ignore[union-attr]
    )  # fmt: skip


@screen(may=access.may_have_account)
def device_end(request: HttpRequest) -> HttpResponse:
    """Sign out on another device, or on all others."""
    if request.method == "POST":
        known = {"account": request.user, "by": request.person}  # type: ignore[attr-defined]
        number = request.POST.get("device", "")
        if number == "others":
            actions.end_other_devices(current_key=request.session.session_key or "", **known)
            message(request, _("You are signed out everywhere but here."))
        elif number.isdecimal():
            done, wrong = attempt(actions.end_device, number=int(number), **known)
            message(request, _("The device is signed out.") if done else wrong, kind="ok" if done else "wait")
    return redirect("people:security")
