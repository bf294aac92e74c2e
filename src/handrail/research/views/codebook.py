"""The codebook of a study: read, write, order, merge, retire, bring in, take away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from handrail.kit.files import write_delimited
from handrail.kit.forms import attempt
from handrail.kit.screens import download, message, page, screen
from handrail.kit.text import _, plural
from handrail.research import access, actions, formats
from handrail.research.forms.coding import CodebookForm, CodeForm, MergeForm
from handrail.research.models import Code, Study
from handrail.research.queries import coding, exchange, sources
from handrail.research.queries.studies import studies_visible_to


@screen(studies_visible_to)
def codebook(request: HttpRequest, study: Study) -> HttpResponse:
    """Every code with its description and how often it is used."""
    is_researcher = access.may_research(request.person, study)
    return page(
        request, "research/codebook.html", study=study, listed=coding.codebook_of(study, counted=is_researcher), may_change=access.may_change_codebook(request.person, study),
        is_researcher=is_researcher,
    )  # fmt: skip


@screen(sources.researched_studies, may=access.may_change_codebook)
def code_new(request: HttpRequest, study: Study) -> HttpResponse:
    """Add a code."""
    form = CodeForm.of(request, study=study, listed=coding.codebook_of(study))
    if form.perform(actions.add_code, study=study, by=request.person):
        return redirect("research:codebook", uid=study.uid)
    return page(request, "research/form.html", study=study, form=form, heading=_("A new code"), back=reverse("research:codebook", args=[study.uid]))


@screen(coding.codes_written_by, may=access.may_change_code)
def code_change(request: HttpRequest, code: Code) -> HttpResponse:
    """Write a code anew; merge or retire it."""
    study = code.codebook.study
    listed = coding.codebook_of(study)
    form = CodeForm.of(request, study=study, listed=listed, code=code)
    if form.perform(actions.change_code, code=code, by=request.person):
        return redirect("research:codebook", uid=study.uid)
    return page(request, "research/code_change.html", study=study, form=form, code=code, merge=MergeForm(code=code, listed=listed), is_used=coding.is_used(code))


@screen(coding.codes_written_by, may=access.may_change_code)
def code_move(request: HttpRequest, code: Code) -> HttpResponse:
    """One place up or down."""
    if request.method == "POST":
        attempt(actions.move_code, code=code, up=request.POST.get("to") == "up", by=request.person)
    return redirect(f"{reverse('research:codebook', args=[code.codebook.study.uid])}#c-{code.uid}")


@screen(coding.codes_written_by, may=access.may_change_code)
def code_merge(request: HttpRequest, code: Code) -> HttpResponse:
    """Let all marks go to another code."""
    form = MergeForm.of(request, code=code, listed=coding.codebook_of(code.codebook.study))
    if form.perform(actions.merge_codes, code=code, by=request.person):
        message(request, _("The two are one now."))
    elif form.errors:
        message(request, " ".join(str(one) for some in form.errors.values() for one in some), kind="alarm")
    return redirect("research:codebook", uid=code.codebook.study.uid)


@screen(coding.codes_written_by, may=access.may_change_code)
def code_retire(request: HttpRequest, code: Code) -> HttpResponse:
    """Use a code no longer."""
    if request.method == "POST":
        _done, wrong = attempt(actions.retire_code, code=code, by=request.person)
        message(request, wrong or _("Retired. Marks that have it stay."), kind="alarm" if wrong else "ok")
    return redirect("research:codebook", uid=code.codebook.study.uid)


@screen(sources.researched_studies, may=access.may_change_codebook)
def codebook_bring(request: HttpRequest, study: Study) -> HttpResponse:
    """Add the codes of a file."""
    form = CodebookForm.of(request, study=study, initial={"language": translation.get_language()})
    count = form.perform(actions.bring_codebook, study=study, by=request.person)
    if count is not None:
        message(request, plural("One new code.", "%(n)d new codes.", count) % {"n": count} if count else _("The study has all of them already."))
        return redirect("research:codebook", uid=study.uid)
    return page(request, "research/form.html", study=study, form=form, heading=_("Bring in a codebook"), back=reverse("research:codebook", args=[study.uid]))


@screen(studies_visible_to)
def codebook_take(request: HttpRequest, study: Study) -> HttpResponse:
    """The codebook as a table with every language, or as REFI-QDA in one's own."""
    language = translation.get_language() or "en"
    if request.GET.get("as") == "qdc":
        return download(formats.write_codebook(exchange.codes_of(study, language)), name="codebook.qdc", kind="application/xml")
    rows = formats.to_rows(exchange.table_of(study, language), sources.languages_of(study))
    return download(write_delimited(rows), name="codebook.csv", kind="text/csv; charset=utf-8")
