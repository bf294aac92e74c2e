"""Participants confirm, managers countersign; with an account or by personal link, in the browser or as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.evidence import access, actions, queries, rules
from handrail.evidence.forms import CountersignForm, ObjectionForm, line_choices, new_key
from handrail.evidence.models import Certificate
from handrail.kit.errors import RuleBroken
from handrail.kit.intake import take_once
from handrail.kit.models import Link
from handrail.kit.screens import as_json, link, message, page, screen
from handrail.kit.text import _, month_name, plural
from handrail.people.models import Person
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.takes_part)
def my_months(request: HttpRequest, programme: Programme) -> HttpResponse:
    """A participant's own months: those to confirm, and those before."""
    person: Person = request.person  # type: ignore[attr-defined]
    return page(request, "evidence/my_months.html", **_own(person, programme))


@screen(queries.own_months)
def certificate_confirm(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Confirm one own month."""
    back = reverse("evidence:hours_mine", args=[certificate.programme.uid])
    return _confirm(request, certificate, request.person, back)  # type: ignore[attr-defined]


@screen(queries.own_months)
def certificate_object(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """Say that something in an own month is wrong."""
    person: Person = request.person  # type: ignore[attr-defined]
    back = reverse("evidence:hours_mine", args=[certificate.programme.uid])
    return _object(request, certificate, person, back, "evidence/object.html")


@link(actions.LINK_PURPOSE)
def my_months_by_link(request: HttpRequest, found: Link) -> HttpResponse:
    """The same by personal link, without an account."""
    person = queries.person_by_uid(found.person or "")
    participation = queries.participation_by_uid(found.subject)
    if person is None or participation is None or participation.person_id != person.pk or person.erased_at:
        raise Http404
    back = reverse("evidence:my_months_by_link", args=[request.link_token])  # type: ignore[attr-defined]
    if uid := rules.uid_or_none(request.POST.get("certificate", "") or request.GET.get("about", "")):
        certificate = queries.own_months(person, participation.programme).filter(uid=uid).first()
        if certificate is None:
            raise Http404
        if request.method == "POST" and request.POST.get("act") == "confirm":
            return _confirm(request, certificate, person, back)
        return _object(request, certificate, person, back, "evidence/object_by_link.html")
    return page(request, "evidence/my_months_by_link.html", by_link=back, **_own(person, participation.programme))


@screen(programmes_visible_to, may=access.may_countersign_in)
def countersign(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The manager's list: each month with its sessions and hours, signed several at once."""
    person: Person = request.person  # type: ignore[attr-defined]
    waiting = queries.months_to_countersign(person, programme).select_related("programme", "participation")
    if request.method != "POST":
        return _countersign_page(request, programme, waiting)
    asked = sorted(str(one) for one in request.POST.getlist("certificates"))
    form = CountersignForm(request.POST, waiting=queries.valid_certificates(programme))

    def perform() -> UUID:
        if not form.is_valid():
            raise RuleBroken(" ".join(str(one) for one in form.errors["certificates"]))
        lines = actions.countersign_months(list(form.cleaned_data["certificates"]), by=person)
        first: UUID = lines[0].uid
        return first

    done = _taken(request, f"countersign-{person.uid}", {"certificates": asked}, perform, programme)
    if not isinstance(done, str):
        if not _wants_json(request):
            message(request, plural("One month is countersigned.", "%(n)d months are countersigned.", len(asked)) % {"n": len(asked)})
            return redirect("evidence:hours_countersign", programme.uid)
        return done
    return _countersign_page(request, programme, waiting, done, status=409)


@screen(queries.certificates_visible_to)
def certificate(request: HttpRequest, found: Certificate) -> HttpResponse:
    """One person's month, opened."""
    person: Person = request.person  # type: ignore[attr-defined]
    return page(
        request, "evidence/certificate.html", opened=queries.opened(found, person), programme=found.programme, key=new_key(),
        may_countersign=access.may_countersign(person, found), is_own=found.person_id == person.pk,
        may_see_ledger=access.may_see_ledger(person, found.programme),
    )  # fmt: skip


def _own(person: Person, programme: Programme) -> dict[str, Any]:
    months = list(queries.own_months(person, programme).select_related("programme", "participation").order_by("-month"))
    waiting = [one for one in months if one.state == Certificate.State.OPEN]
    return {
        "programme": programme, "open": [(queries.opened(one, person), new_key()) for one in waiting[:6]], "more": max(0, len(waiting) - 6),
        "before": [one for one in months if one.state != Certificate.State.OPEN], "is_participant": True,
    }  # fmt: skip


def _confirm(request: HttpRequest, certificate: Certificate, person: Person, back: str) -> HttpResponse:
    if request.method != "POST":
        return redirect(back)
    content = {"certificate": str(certificate.uid), "digest": request.POST.get("digest", "")}

    def perform() -> UUID:
        if content["digest"] and content["digest"] != certificate.attendance_digest:
            raise RuleBroken(_("The minutes changed after this page was opened. Look through them once more, then confirm."))
        signed: UUID = actions.confirm_month(certificate, by=person).uid
        return signed

    done = _taken(request, f"confirm-{person.uid}", content, perform, certificate.programme)
    if isinstance(done, str):
        message(request, done, kind="alarm")
        return redirect(back)
    if _wants_json(request):
        return done
    message(request, _("%(month)s is confirmed. Your manager countersigns it next.") % {"month": month_name(certificate.month)})
    return redirect(back)


def _object(request: HttpRequest, certificate: Certificate, person: Person, back: str, template: str) -> HttpResponse:
    shown = queries.opened(certificate, person)
    form = ObjectionForm(request.POST if request.method == "POST" else None, lines=line_choices(shown.rows))
    if form.perform(actions.object_to_month, certificate=certificate, by=person):
        message(request, _("Sent. You see the answer beside the month."))
        return redirect(back)
    return page(request, template, form=form, opened=shown, programme=certificate.programme, back=back, certificate=certificate)


def _countersign_page(
    request: HttpRequest, programme: Programme, waiting: Any, problem: str = "", status: int = 200
) -> HttpResponse:
    person: Person = request.person  # type: ignore[attr-defined]
    rows = queries.countersign_rows(programme, list(waiting.order_by("month", "participation__number")), person)
    return page(
        request, "evidence/countersign.html", status=status, programme=programme, rows=rows, problem=problem, key=new_key(),
        hours=sum(row.certificate.hours for row in rows), may_see_ledger=access.may_see_ledger(person, programme),
    )  # fmt: skip


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _taken(
    request: HttpRequest, scope: str, content: dict[str, Any], perform: Callable[[], UUID], programme: Programme
) -> HttpResponse | str:
    """Take a signature exactly once under the page's key; the answer, or for a person what went wrong."""
    try:
        receipt = take_once(
            key=request.POST.get("key", ""), scope=scope, content=content, perform=perform, programme=programme.uid
        )
    except RuleBroken as broken:
        return as_json({"error": str(broken)}, 409) if _wants_json(request) else str(broken)
    if receipt.state == "aside" and not _wants_json(request):
        return str(_("This page was already sent with other months ticked. Reload it and choose again."))
    return as_json({"key": receipt.key, "sha256": receipt.sha256}, receipt.status)
