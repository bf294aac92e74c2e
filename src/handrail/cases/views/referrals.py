"""Referrals to other organisations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases import access, actions, queries
from handrail.cases.forms import DeclineForm, ReferForm
from handrail.cases.models import Case, Referral
from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_list_referrals)
def referral_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What others asked of us, and what we asked of others."""
    received, sent = queries.referral_rows(request.person, programme)
    return page(request, "cases/referral_list.html", programme=programme, received=received, sent=sent)


@screen(queries.cases_visible_to, may=access.may_change_case)
def case_refer(request: HttpRequest, case: Case) -> HttpResponse:
    """Ask another organisation, with the person's consent."""
    form = ReferForm.of(request, receivers=queries.organisations_receiving(case))
    if form.perform(actions.refer_case, case=case, by=request.person):
        message(request, _("Referred. You both see how long it waits."))
        return redirect("cases:case_detail", uid=case.uid)
    lead = _("The other organisation sees only what the person agreed to, and only as long as that holds.")
    return page(request, "cases/case_form.html", case=case, form=form, heading=_("Refer to another organisation"), lead=lead)


@screen(queries.referrals_visible_to)
def referral(request: HttpRequest, referral: Referral) -> HttpResponse:
    """One referral, as this side may see it."""
    person = request.person
    return page(
        request, "cases/referral.html", referral=referral, is_received=queries.receives(person, referral), days=queries.waited(referral), told=queries.told_by(referral),
        may_answer=access.may_answer_referral(person, referral), may_finish=access.may_finish_referral(person, referral),
        may_take_back=access.may_take_back_referral(person, referral), is_own=queries.cases_visible_to(person).filter(pk=referral.case_id).exists(),
    )  # fmt: skip


@screen(queries.referrals_received, may=access.may_answer_referral)
def referral_accept(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Yes."""
    return _act(request, actions.accept_referral, referral, _("Accepted. The other side has been told."))


@screen(queries.referrals_received, may=access.may_answer_referral)
def referral_decline(request: HttpRequest, referral: Referral) -> HttpResponse:
    """No, with a reason."""
    form = DeclineForm.of(request)
    if form.perform(actions.decline_referral, referral=referral, by=request.person):
        message(request, _("Declined. The other side sees why."))
        return redirect("cases:referral", uid=referral.uid)
    return page(request, "cases/referral_decline.html", referral=referral, form=form)


@screen(queries.referrals_received, may=access.may_finish_referral)
def referral_finish(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Done."""
    return _act(request, actions.finish_referral, referral, _("Done. Thank you."))


@screen(queries.referrals_visible_to, may=access.may_take_back_referral)
def referral_take_back(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Never mind."""
    return _act(request, actions.take_back_referral, referral, _("Taken back."))


def _act(request: HttpRequest, action: object, referral: Referral, words: object) -> HttpResponse:
    if request.method == "POST":
        _done, wrong = attempt(action, referral=referral, by=request.person)  # type: ignore[arg-type,attr-defined]
        message(request, wrong or words, kind="alarm" if wrong else "ok")
    return redirect("cases:referral", uid=referral.uid)
