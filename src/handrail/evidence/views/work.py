"""Handing in, reminding, answering objections, rules and unit costs."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.evidence import access, actions, queries, rules
from handrail.evidence.forms import RuleForm, SettleForm, UnitCostForm
from handrail.evidence.models import MonthObjection
from handrail.kit.forms import attempt
from handrail.kit.screens import back_to, message, page, screen
from handrail.kit.text import _, month_name, plural
from handrail.people.models import Person
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.is_coordinator)
def month_submit(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """Say what is still missing, then hand the month in."""
    when = _month_or_404(key)
    problem = ""
    if request.method == "POST":
        claim, problem = attempt(actions.submit_month, programme=programme, month=when, by=request.person)  # type: ignore[attr-defined]
        if claim:
            message(request, _("%(month)s is handed in and frozen.") % {"month": month_name(when)})
            return redirect("evidence:month", programme.uid, key)
    row = next((one for one in queries.ledger_months(programme) if one.month == when), None)
    if row is None:
        raise Http404
    return page(
        request, "evidence/submit.html", status=409 if problem else 200, programme=programme, row=row, problem=problem,
        missing=queries.missing_in(programme, when), facts=queries.going_facts(queries.going_with(programme, when), row, programme.currency),
        not_enrolled=queries.people_not_enrolled(programme, when), illustrative=queries.illustrative_sources(programme),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.leads_here)
def month_remind(request: HttpRequest, programme: Programme, key: str) -> HttpResponse:
    """Remind the own municipality's people who have not confirmed a month."""
    when = _month_or_404(key)
    back = reverse("evidence:month", args=[programme.uid, key])
    if request.method != "POST":
        return redirect(back)
    person: Person = request.person  # type: ignore[attr-defined]
    told, problem = 0, ""
    for organisation in queries.organisations_of(programme).filter(pk__in=queries.led_organisations(person, programme)):
        count, why = attempt(actions.remind_unconfirmed, programme=programme, organisation=organisation, month=when, by=person)
        told, problem = told + (count or 0), problem or why
    if told:
        message(request, plural("One person is reminded.", "%(n)d people are reminded.", told) % {"n": told})
    else:
        message(request, problem, kind="wait")
    return redirect(back_to(request, back))


@screen(queries.objections_visible_to, may=access.may_settle)
def objection(request: HttpRequest, found: MonthObjection) -> HttpResponse:
    """What a participant says is wrong, and the answer."""
    person: Person = request.person  # type: ignore[attr-defined]
    form = SettleForm.of(request)
    if form.perform(actions.settle_objection, objection=found, by=person):
        message(request, _("Answered. The participant sees it beside the month."))
        return redirect("evidence:objection", found.uid)
    return page(
        request, "evidence/objection.html", objection=found, form=form, programme=found.certificate.programme,
        who=queries.called_in_session(person, found), certificate=found.certificate,
        may_open=queries.certificates_visible_to(person).filter(pk=found.certificate_id).exists(),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_see_ledger)
def terms(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The counting rules and unit costs, with source and validity."""
    person: Person = request.person  # type: ignore[attr-defined]
    return page(
        request, "evidence/terms.html", programme=programme, rules=queries.rules_of(programme), costs=queries.unit_costs_of(programme),
        used_rules=queries.used_rules(programme), used_costs=queries.used_costs(programme),
        is_coordinator=access.is_coordinator(person, programme), today=queries.this_month(),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.is_coordinator)
def rule_add(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Add a counting rule."""
    form = RuleForm.of(request)
    if form.perform(actions.add_rule, programme=programme, by=request.person):  # type: ignore[attr-defined]
        message(request, _("The rule is added."))
        return redirect("evidence:terms", programme.uid)
    return page(request, "evidence/terms_add.html", programme=programme, form=form, title=_("Add a counting rule"))


@screen(programmes_visible_to, may=access.is_coordinator)
def unit_cost_add(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Add a unit cost."""
    form = UnitCostForm.of(request, currency=programme.currency)
    if form.perform(actions.add_unit_cost, programme=programme, by=request.person):  # type: ignore[attr-defined]
        message(request, _("The unit cost is added."))
        return redirect("evidence:terms", programme.uid)
    return page(request, "evidence/terms_add.html", programme=programme, form=form, title=_("Add a unit cost"))


def _month_or_404(key: str) -> date:
    when = rules.month_of_key(key)
    if when is None:
        raise Http404
    return when
