"""The case list, a person's page, and its forms."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases import access, actions, queries
from handrail.cases.forms import ChangeForm, EndForm, FilterForm, GiveForm, LanguagesForm, OpenForm, ReopenForm
from handrail.cases.models import Case
from handrail.kit.kept import look
from handrail.kit.screens import READ, message, page, screen
from handrail.kit.tables import keyed
from handrail.kit.text import _
from handrail.people.access import may_ask_erasure
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_list_cases)
def case_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """People whom one accompanies, by name."""
    filters = FilterForm(request.GET)
    runs = queries.cases_listed(request.person, programme, **filters.chosen())
    rows = keyed(request, runs, queries.cases_counted(runs), per_page=25)
    return page(
        request, "cases/case_list.html", programme=programme, filters=filters, paged=rows, table=queries.case_rows(request.person, list(rows.rows)),
        is_filtered=filters.narrows,
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_open_case)
def case_open(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The first talk."""
    form = OpenForm.of(request, organisations=queries.organisations_worked(request.person, programme))
    if case := form.perform(actions.open_case, programme=programme, by=request.person):
        return redirect("cases:case_detail", uid=case.uid)
    return page(request, "cases/case_open.html", programme=programme, form=form)


@screen(queries.cases_visible_to, sensitive=READ)
def case_detail(request: HttpRequest, case: Case) -> HttpResponse:
    """One person: strengths and wishes first, then needs with steps, work, and what is sealed."""
    actions.note_look(case=case, by=request.person)
    person = request.person
    with look():
        found = queries.case_page(person, case)
        return page(
            request, "cases/case_detail.html", **found, may_change=access.may_change_case(person, case), may_give=access.may_give_case(person, case),
            may_seal=access.may_seal_note(person, case), may_break_glass=not found["may_read_notes"] and access.may_break_glass(person, case),
            may_erase=may_ask_erasure(person, case.person), may_keep_away=access.may_keep_away(person, case),
        )  # fmt: skip


@screen(queries.cases_visible_to, may=access.may_change_case)
def case_change(request: HttpRequest, case: Case) -> HttpResponse:
    """Write down anew what the person can and wants."""
    form = ChangeForm.of(request, case=case)
    if form.perform(actions.change_case, case=case, by=request.person):
        return redirect("cases:case_detail", uid=case.uid)
    return page(request, "cases/case_form.html", case=case, form=form, heading=_("Strengths, wishes and the day"))


@screen(queries.cases_visible_to, may=access.may_change_case)
def case_languages(request: HttpRequest, case: Case) -> HttpResponse:
    """Which languages, and how well."""
    form = LanguagesForm.of(request, case=case)
    if form.perform(actions.say_languages, case=case, by=request.person):
        return redirect("cases:case_detail", uid=case.uid)
    return page(request, "cases/case_languages.html", case=case, form=form)


@screen(queries.cases_visible_to, may=access.may_give_case)
def case_give(request: HttpRequest, case: Case) -> HttpResponse:
    """Give the case to another caseworker."""
    form = GiveForm.of(request, workers=queries.caseworkers_to_choose(case))
    if form.perform(actions.give_case, case=case, by=request.person):
        message(request, _("The case has its caseworker."))
        return redirect("cases:case_detail", uid=case.uid)
    return page(request, "cases/case_form.html", case=case, form=form, heading=_("Who accompanies this person?"))


@screen(queries.cases_visible_to, may=access.may_change_case)
def case_end(request: HttpRequest, case: Case) -> HttpResponse:
    """End the stay, with a reason."""
    form = EndForm.of(request)
    if form.perform(actions.end_case, case=case, by=request.person):
        message(request, _("The stay has ended. What was reached still counts."))
        return redirect("cases:case_detail", uid=case.uid)
    return page(request, "cases/case_form.html", case=case, form=form, heading=_("Why does the stay end?"))


@screen(queries.cases_visible_to, may=access.may_change_case)
def case_reopen(request: HttpRequest, case: Case) -> HttpResponse:
    """Let the person come back."""
    form = ReopenForm.of(request)
    if form.perform(actions.reopen_case, case=case, by=request.person):
        message(request, _("Welcome back. Nobody is counted twice."))
        return redirect("cases:case_detail", uid=case.uid)
    return page(request, "cases/case_form.html", case=case, form=form, heading=_("When did the person come back?"))
