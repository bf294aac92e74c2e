"""Erasing a person: one asks on the person's page, another agrees, both after reading what goes and what stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.people import access, actions, queries
from handrail.people.forms.erasures import AgreeForm, AskErasureForm, FindForm
from handrail.people.models import Erasure, Person


@screen(may=access.may_see_erasures)
def erasures(request: HttpRequest) -> HttpResponse:
    """What waits, what was done, and finding somebody who has left."""
    person: Person = request.person  # type: ignore[attr-defined]
    form = FindForm.of(request)
    if request.method == "POST" and form.is_valid():
        if found := queries.person_by_sign(person, form.cleaned_data["which"]):
            return redirect("people:person_erase", uid=found.uid)
        form.add_error("which", _("Nobody, or more than one, of those whom you may erase has this number or address. Look at how it is spelt."))
    rows = list(queries.erasures_visible_to(person)[:100])
    names = queries.names_visible_to(person, in_office := [row.asked_by_id for row in rows], also=in_office)
    waits = [(row, names[row.asked_by_id]) for row in rows if row.state == Erasure.State.ASKED]
    return page(request, "people/erasures.html", form=form, waits=waits, others=[row for row in rows if row.state != Erasure.State.ASKED])


@screen(queries.persons_to_erase, may=access.may_ask_erasure)
def person_erase(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask for a person to be erased."""
    if waiting := queries.waiting_erasure(person):
        return redirect("people:erasure", uid=waiting.uid)
    form = AskErasureForm.of(request)
    if found := form.perform(actions.ask_erasure, person=person, by=request.person):  # type: ignore[attr-defined]
        message(request, _("Asked for. Nothing is erased until a project owner or an administrator agrees."))
        return redirect("people:erasure", uid=found.uid)
    name = queries.names_visible_to(request.person, [person.pk], also=[person.pk])[person.pk]  # type: ignore[attr-defined]
    return page(request, "people/person_erase.html", form=form, name=name, sign=queries.sign_to_type(person), parts=queries.parts_of(person))


@screen(queries.erasures_visible_to, may=access.may_see_erasure)
def erasure(request: HttpRequest, erasure: Erasure) -> HttpResponse:
    """One erasure: what would go and what would stay, or what became of it."""
    person: Person = request.person  # type: ignore[attr-defined]
    waits = erasure.state == Erasure.State.ASKED
    in_office = [one for one in (erasure.asked_by_id, erasure.ended_by_id) if one]  # whoever asks and agrees does so in office
    names = queries.names_visible_to(person, in_office, also=in_office)
    return page(
        request, "people/erasure.html", erasure=erasure, waits=waits, may_agree=access.may_agree_to_erasure(person, erasure),
        parts=queries.parts_of(erasure.person) if waits else None, asked_by=names[erasure.asked_by_id],
        ended_by=names[erasure.ended_by_id] if erasure.ended_by_id else None,
    )  # fmt: skip


def _shown_again(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever was not asked for the second factor a moment ago shows it once more; on one's own machine there is none."""
    asked = reauthentication_required(app="people", allow_get=True)(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return (asked if settings.SECOND_FACTOR else view)(request, *args, **kwargs)  # type: ignore[no-any-return]

    return guarded


@screen(queries.erasures_visible_to, may=access.may_agree_to_erasure)
@_shown_again
def erasure_agree(request: HttpRequest, erasure: Erasure) -> HttpResponse:
    """The last step: type the number, and the person is erased."""
    form = AgreeForm.of(request)
    if form.perform(actions.agree_to_erasure, erasure=erasure, by=request.person):  # type: ignore[attr-defined]
        message(request, _("Erased. What the funder may check stays under the number."))
        return redirect("people:erasures")
    return page(request, "people/erasure_agree.html", erasure=erasure, form=form)


@screen(queries.erasures_visible_to, may=access.may_see_erasure)
def erasure_stop(request: HttpRequest, erasure: Erasure) -> HttpResponse:
    """Whoever asked thinks better of it, or whoever was to agree says no."""
    if request.method == "POST":
        done, wrong = attempt(actions.stop_erasure, erasure=erasure, by=request.person)  # type: ignore[attr-defined]
        message(request, _("Stopped. Nothing was erased.") if done else wrong, kind="ok" if done else "wait")
    return redirect("people:erasures")
