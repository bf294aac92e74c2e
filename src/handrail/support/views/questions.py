"""Questions as those see them who answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.kit import clock
from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.placements.models import Company
from handrail.placements.queries.company import companies_served_by
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to
from handrail.support import access, actions, queries
from handrail.support.forms import AnswerForm, DutyForm, FilterForm, GiveForm, PhoneForm, SearchForm
from handrail.support.models import Duty, Question

PER_PAGE = 25


@screen(programmes_visible_to, may=access.may_list_questions)
def question_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What companies ask: mine or all, open, late or answered."""
    filters = FilterForm(request.GET)
    chosen = filters.chosen()
    rows = queries.questions_listed(request.person, programme, **chosen)
    return page(
        request, "support/question_list.html", programme=programme, filters=filters, is_filtered=any(chosen.values()), paged=paged(request, rows, per_page=PER_PAGE),
        now=clock.now(), may_set_duty=access.may_set_duty(request.person, programme), may_read=access.may_read_guidance(request.person, programme),
    )  # fmt: skip


@screen(companies_served_by, may=access.may_ask_for)
def question_ask(request: HttpRequest, company: Company) -> HttpResponse:
    """Write down what a company asked on the phone."""
    form = PhoneForm.of(request, placements=queries.placements_to_ask_about(company, viewer=request.person), contacts=queries.contacts_of(company))
    if question := form.perform(actions.ask_question, company=company, by=request.person):
        message(request, _("Saved. %(name)s answers.") % {"name": question.owner.called})
        return redirect("support:question", uid=question.uid)
    return page(request, "support/form.html", programme=company.programme, form=form, heading=_("What does the company ask?"), lead=company.name, back=_history(company))


@screen(companies_served_by, may=access.may_ask_for)
def company_history(request: HttpRequest, company: Company) -> HttpResponse:
    """Everything that one company asked."""
    return page(
        request, "support/company_history.html", programme=company.programme, company=company, now=clock.now(),
        paged=paged(request, queries.questions_of_company(company, request.person), per_page=PER_PAGE),
    )  # fmt: skip


@screen(queries.questions_visible_to)
def question(request: HttpRequest, found: Question) -> HttpResponse:
    """A question with its history, and the answer form with guidance beside it."""
    return _question(request, found, AnswerForm(initial=_taken_from(request, found)))


@screen(queries.questions_visible_to, may=access.may_answer)
def question_answer(request: HttpRequest, found: Question) -> HttpResponse:
    """Answer, or correct the answer."""
    if request.method != "POST":
        return redirect("support:question", uid=found.uid)
    form = AnswerForm(request.POST)
    if form.is_valid():
        guidance = queries.guidance_by_uid(found.programme, form.cleaned_data.pop("guidance", ""))
        if form.perform(actions.answer_question, question=found, by=request.person, **({"guidance": guidance} if guidance else {})):
            message(request, _("Answered. The company reads it on its page."))
            return redirect("support:question", uid=found.uid)
    return _question(request, found, form, status=422)


@screen(queries.questions_visible_to, may=access.may_give)
def question_give(request: HttpRequest, found: Question) -> HttpResponse:
    """Give an open question to somebody else."""
    form = GiveForm.of(request, helpers=queries.helpers_to_choose(found.programme), initial={"owner": found.owner.uid})
    if given := form.perform(actions.give_question, question=found, by=request.person):
        message(request, _("%(name)s answers now.") % {"name": given.owner.called})
        return redirect("support:question_list", uid=found.programme.uid)
    back = _address(found)
    return page(request, "support/form.html", programme=found.programme, form=form, heading=_("Who answers instead?"), lead="", back=back)


@screen(queries.questions_visible_to, may=access.may_close)
def question_close(request: HttpRequest, found: Question) -> HttpResponse:
    """Say that nothing is left to do."""
    if request.method == "POST":
        _done, wrong = attempt(actions.close_question, question=found, by=request.person)
        message(request, wrong or _("Closed."), kind="alarm" if wrong else "ok")
    return redirect("support:question", uid=found.uid)


@screen(programmes_visible_to, may=access.may_set_duty)
def duty(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Who answers what has no consultant of its own."""
    form = DutyForm.of(request, helpers=queries.helpers_to_choose(programme))
    if form.perform(actions.put_on_duty, programme=programme, by=request.person):
        message(request, _("Saved."))
        return redirect("support:duty", uid=programme.uid)
    return page(request, "support/duty.html", programme=programme, form=form, duties=queries.duties_of(programme))


@screen(queries.duties_visible_to, may=access.may_end_duty)
def duty_end(request: HttpRequest, found: Duty) -> HttpResponse:
    """End a duty."""
    if request.method == "POST":
        actions.end_duty(duty=found, by=request.person)
        message(request, _("Ended."))
    return redirect("support:duty", uid=found.programme.uid)


def _question(request: HttpRequest, found: Question, form: Any, status: int = 200) -> HttpResponse:
    search = SearchForm(request.GET)
    person = request.person  # type: ignore[attr-defined]
    return page(
        request, "support/question.html", status=status, question=found, programme=found.programme, form=form, history=queries.history_of(found), search=search, agreed=queries.agreed_then(found),
        guidance=queries.guidance_found(found.programme, search.words() or found.text), now=clock.now(), may_answer=access.may_answer(person, found),
        may_give=access.may_give(person, found), may_close=access.may_close(person, found), may_keep=access.may_keep(person, found),
        may_ask_for=access.may_ask_for(person, found.company), history_url=_history(found.company),
    )  # fmt: skip


def _taken_from(request: HttpRequest, found: Question) -> dict[str, str]:
    """The answer form begins with the guidance that was chosen, else with the answer as it stands."""
    guidance = queries.guidance_by_uid(found.programme, request.GET.get("use", ""))
    return {"text": guidance.text, "guidance": str(guidance.uid)} if guidance else {"text": found.answer}


def _history(company: Company) -> str:
    return reverse("support:company_history", args=[company.uid])


def _address(found: Question) -> str:
    return reverse("support:question", args=[found.uid])
