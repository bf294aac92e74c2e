"""The ledger: where participation stands, month by month, person by person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from handrail.evidence import access, queries, rules
from handrail.evidence.models import Certificate
from handrail.kit.screens import page, screen
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Participation, Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_see_ledger)
def hours_ledger(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The gauge, the months, and one opened figure."""
    person: Person = request.person  # type: ignore[attr-defined]
    choices, scope, chosen = _scopes(request, programme)
    everything = queries.ledger_months(programme)
    months = everything if scope is queries.ALL else queries.ledger_months(programme, scope)
    forecast = queries.forecast_of(programme, everything)
    shown = _opened(request, person)
    context: dict[str, Any] = {
        "programme": programme, "gauge": queries.gauge_of(forecast, programme), "forecast": forecast, "choices": choices,
        "has_many_choices": len(choices) > 1, "shows_people": chosen == "people", "has_months": bool(months),
        "table": queries.month_table(months, programme, _month_urls(programme, months)), "illustrative": queries.illustrative_sources(programme),
        "opened": shown, "to_submit": _to_submit(person, programme, everything),
        "is_auditor": access.is_auditor(person, programme), "may_take_sheets": access.may_take_sheets(person, programme),
        "may_countersign": access.may_countersign_in(person, programme),
    }  # fmt: skip
    if chosen == "people":
        context["people"] = queries.people_rows(programme, person, request)
    return page(request, "evidence/ledger.html#ledger", **context)


@screen(programmes_visible_to, may=access.may_see_ledger)
def month(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """One month: by municipality, and by person for those who may."""
    person: Person = request.person  # type: ignore[attr-defined]
    when = _month_or_404(key)
    row = next((one for one in queries.ledger_months(programme) if one.month == when), None)
    if row is None:
        raise Http404
    people = queries.month_people(programme, when, person, request) if access.may_see_people(person, programme) else None
    check = queries.claim_check(programme, when)
    return page(
        request, "evidence/month.html", programme=programme, row=row, people=people, check=check,
        heading=queries.month_heading(row), lead=queries.month_lead(row), facts=queries.month_facts(row, check, programme.currency),
        parts=queries.month_organisations(programme, when), is_auditor=access.is_auditor(person, programme), unconfirmed=_unconfirmed(person, programme, when),
        may_submit=access.is_coordinator(person, programme) and row.state in {"certified", "waiting", "late"},
    )  # fmt: skip


@screen(queries.participations_visible_to)
def person_hours(request: HttpRequest, participation: Participation) -> HttpResponse:
    """One participant's months, the latest opened."""
    person: Person = request.person  # type: ignore[attr-defined]
    programme = participation.programme
    months = queries.ledger_months(programme, queries.Scope(persons=[participation.person_id]))
    certificates = {
        one.month: one
        for one in queries.certificates_visible_to(person).filter(participation=participation).exclude(state=Certificate.State.REPLACED)
    }
    latest = max(certificates.values(), key=lambda one: one.month, default=None)
    urls = {when: reverse("evidence:certificate", args=[one.uid]) for when, one in certificates.items()}
    return page(
        request, "evidence/person.html", programme=programme, participation=participation,
        who=queries.called(person, programme, [participation])[participation.person_id],
        table=queries.month_table(months, programme, urls, latest.month if latest else None),
        opened=queries.opened(latest, person) if latest else None, may_see_ledger=access.may_see_ledger(person, programme),
    )  # fmt: skip


def _scopes(request: HttpRequest, programme: Programme) -> tuple[list[dict[str, Any]], queries.Scope, str]:
    """Whose hours may be chosen here, which is chosen, and its name in the address."""
    person: Person = request.person  # type: ignore[attr-defined]
    base = reverse("evidence:hours", args=[programme.uid])
    wanted = request.GET.get("of", "")
    offered = queries.organisations_of(programme)
    if not access.may_see_every_organisation(person, programme):
        offered = offered.filter(pk__in=queries.led_organisations(person, programme))
    organisations = {str(one.uid): one for one in offered}
    chosen = wanted if wanted in organisations else ""
    if wanted == "people" and access.may_see_people(person, programme):
        chosen = "people"
    choices = [{"label": queries.all_words(programme), "url": base, "current": chosen == ""}]
    choices += [{"label": one.short_name, "url": f"{base}?of={uid}", "current": chosen == uid} for uid, one in organisations.items()]
    if access.may_see_people(person, programme):
        choices.append({"label": _("By person"), "url": f"{base}?of=people", "current": chosen == "people"})
    scope = queries.Scope(organisation=organisations[chosen]) if chosen in organisations else queries.ALL
    return choices, scope, chosen


def _month_urls(programme: Programme, months: list[queries.MonthRow]) -> dict[date, str]:
    return {row.month: reverse("evidence:month", args=[programme.uid, row.key]) for row in months}


def _opened(request: HttpRequest, person: Person) -> queries.Opened | None:
    """The figure that the address opens, if this person may see it."""
    uid = rules.uid_or_none(request.GET.get("open", ""))
    certificate = queries.certificates_visible_to(person).filter(uid=uid).first() if uid else None
    return queries.opened(certificate, person) if certificate else None


def _to_submit(person: Person, programme: Programme, months: list[queries.MonthRow]) -> queries.MonthRow | None:
    """The first month that the project owner can hand in."""
    if not access.is_coordinator(person, programme):
        return None
    return next((row for row in months if row.state in {"certified", "waiting", "late"} and row.has_lines), None)


def _unconfirmed(person: Person, programme: Programme, when: date) -> int:
    led = queries.led_organisations(person, programme)
    return queries.valid_certificates(programme).filter(organisation__in=led, month=when, state="open").count() if led else 0


def _month_or_404(key: str) -> date:
    when = rules.month_of_key(key)
    if when is None:
        raise Http404
    return when
