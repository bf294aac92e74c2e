"""Looking after other people's way in: invite, close, open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.forms import attempt
from handrail.kit.screens import back_to, message, screen
from handrail.kit.text import _
from handrail.people import access, actions, queries
from handrail.people.models import Account, Person


@screen(queries.persons_steered_by, may=access.may_invite)
def person_invite(request: HttpRequest, person: Person) -> HttpResponse:
    """Send a person a link to choose a password."""
    return _act(request, _("The invitation is on its way."), actions.invite_person, person=person)


@screen(queries.persons_steered_by, may=access.may_close_account)
def account_close(request: HttpRequest, person: Person) -> HttpResponse:
    """Close a person's way in at once."""
    return _act(request, _("The account is closed, and the person is signed out everywhere."), actions.close_account, account=_account(person))


@screen(queries.persons_steered_by, may=access.may_close_account)
def account_reopen(request: HttpRequest, person: Person) -> HttpResponse:
    """Let a person in again."""
    return _act(request, _("The account is open again."), actions.reopen_account, account=_account(person))


def _account(person: Person) -> Account:
    found = queries.account_of(person)
    if found is None:
        raise Http404
    return found


def _act(request: HttpRequest, done: Any, action: Callable[..., Any], **known: Any) -> HttpResponse:
    if request.method == "POST":
        result, wrong = attempt(action, by=request.person, **known)  # type: ignore[attr-defined]
        message(request, done if result else wrong, kind="ok" if result else "wait")
    return redirect(back_to(request, settings.LOGIN_REDIRECT_URL))
