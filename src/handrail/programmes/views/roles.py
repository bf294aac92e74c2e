"""People and roles: who holds which, give, end."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.people.actions import end_grant, grant_role, name_role_holder
from handrail.people.models import Grant
from handrail.programmes import access, queries
from handrail.programmes.forms import NameByAddressForm, NameStaffForm
from handrail.programmes.models import Programme


@screen(queries.programmes_visible_to, may=access.may_steer_roles)
def roles(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Who holds which role, and which municipality lacks a process leader."""
    person = request.person  # type: ignore[attr-defined]
    return page(
        request, "programmes/roles.html", programme=programme, rows=queries.roles_table(person, programme),
        lacking=queries.partners_without_process_leader(programme) if access.may_change_programme(person, programme) else [],
    )  # fmt: skip


@screen(queries.programmes_visible_to, may=access.may_steer_roles)
def role_give(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Give a role: a coordinator by e-mail address, a process leader to somebody of the own staff."""
    person = request.person  # type: ignore[attr-defined]
    offer = queries.role_offer(person, programme)
    action: Callable[..., Grant] = grant_role
    known = {"roles": offer.roles, "organisations": offer.organisations}
    if offer.is_everywhere:
        initial = {"role": request.GET.get("role"), "organisation": request.GET.get("organisation")}
        form = NameByAddressForm.of(request, everywhere=True, initial=initial, **known)
        action, words = name_role_holder, ""
    else:
        words = request.GET.get("q", "")[:100]
        staff = [one for place in offer.organisations for one in queries.staff_to_name(person, place, words)]
        form = NameStaffForm.of(request, staff=staff, **known)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if not access.may_give_role(person, programme, data["role"], data["organisation"]):
            raise Http404
    if form.perform(action, programme=programme.uid, by=person):
        message(request, _("The role is given. Invite the person to sign in if they have not been in yet."))
        return redirect("programmes:roles", uid=programme.uid)
    return page(request, "programmes/role_give.html", programme=programme, form=form, words=words, by_address=offer.is_everywhere)


@screen(queries.grants_steered_by, may=access.may_end_role)
def role_end(request: HttpRequest, grant: Grant) -> HttpResponse:
    """End a role at once."""
    programme = queries.programme_of_grant(grant)
    if programme is None:
        raise Http404
    if request.method == "POST":
        done, wrong = attempt(end_grant, grant=grant, by=request.person)  # type: ignore[attr-defined]
        message(request, _("The role has ended, and the person is signed out everywhere.") if done else wrong, kind="ok" if done else "wait")
        return redirect("programmes:roles", uid=programme.uid)
    return page(request, "programmes/role_end.html", programme=programme, grant=grant, name=queries.holder_name(request.person, grant))  # type: ignore[attr-defined]
