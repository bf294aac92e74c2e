"""What marks come to: the matrix, codes together, quotes, countries beside each other; and projects in and out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from handrail.kit.disclosure import INSIDE
from handrail.kit.files import write_delimited
from handrail.kit.screens import download, page, screen
from handrail.kit.slots import gathered
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.research import access, actions
from handrail.research.forms.coding import ProjectForm, QuoteFilterForm
from handrail.research.models import Code, Study
from handrail.research.queries import coding, matrix, sources
from handrail.research.queries.findings import answers_by_country, questions_to_count
from handrail.research.queries.studies import studies_visible_to

QUOTES = 20
SIDES = {matrix.GROUP: _("By group"), matrix.COUNTRY: _("By country"), matrix.LANGUAGE: _("By language")}


@screen(studies_visible_to)
def code_matrix(request: HttpRequest, study: Study) -> HttpResponse:
    """How many sources and passages of each group, country or language speak of each code."""
    side = request.GET.get("side", "") if request.GET.get("side") in SIDES else matrix.GROUP
    true = access.sees_true_counts(request.person, study)
    here = reverse("research:matrix", args=[study.uid])
    return page(
        request, "research/matrix.html", study=study, found=matrix.matrix_of(study, side=side, suppressed=not true), side=side, is_true=true,
        choices=[{"label": label, "url": f"{here}?side={key}", "current": key == side} for key, label in SIDES.items()], is_researcher=true,
    )  # fmt: skip


@screen(studies_visible_to)
def matrix_take(request: HttpRequest, study: Study) -> HttpResponse:
    """The matrix as a table to take away: small groups are always hidden in it."""
    side = request.GET.get("side", "") if request.GET.get("side") in SIDES else matrix.GROUP
    found = matrix.matrix_of(study, side=side, suppressed=True)
    few = f"<{INSIDE.counts}"
    rows: list[list[object]] = [[str(_("Code")), *(label for _value, label in found.columns), str(_("All"))]]
    rows += [[str(row.listed.code.name), *(few if cell.is_hidden else cell.sources for cell in (*row.cells, row.whole))] for row in found.rows]
    return download(write_delimited(rows), name="codes.csv", kind="text/csv; charset=utf-8")


@screen(studies_visible_to)
def together(request: HttpRequest, study: Study) -> HttpResponse:
    """Which codes stand on the same words."""
    true = access.sees_true_counts(request.person, study)
    return page(request, "research/together.html", study=study, rows=matrix.codes_together(study, suppressed=not true), is_true=true, is_researcher=true)


@screen(coding.codes_visible_to)
def quotes(request: HttpRequest, code: Code) -> HttpResponse:
    """What was said under a code, in the original and a translation beside it."""
    study = code.codebook.study
    true, filters = access.sees_true_counts(request.person, study), QuoteFilterForm(request.GET, study=study)
    rows = matrix.quotes_of(code, **filters.chosen())
    is_few = not true and not matrix.enough_sources(rows)
    shown = paged(request, rows.none() if is_few else rows, per_page=QUOTES)
    found = matrix.with_translations(shown.rows, translation.get_language() or "en")
    return page(
        request, "research/quotes.html", study=study, code=code, quotes=found, paged=shown, filters=filters, is_filtered=any(filters.chosen().values()), is_few=is_few,
        is_researcher=true, panels=gathered("code.panels", request.person, code),
    )  # fmt: skip


@screen(coding.codes_visible_to)
def side_by_side(request: HttpRequest, code: Code) -> HttpResponse:
    """One code in every country of the study, beside each other."""
    study = code.codebook.study
    true = access.sees_true_counts(request.person, study)
    found = matrix.side_by_side(code, wanted=translation.get_language() or "en", suppressed=not true)
    questions = {f"{one['survey'].questionnaire.code}:{one['name']}": one for one in questions_to_count(study)}
    chosen = questions.get(request.GET.get("question", ""))
    answers = answers_by_country(chosen) if chosen else {}
    return page(
        request, "research/side_by_side.html", study=study, code=code, countries=[(one, answers.get(one.value, [])) for one in found], is_researcher=true, chosen=chosen,
        questions=[(key, one["label"], one is chosen) for key, one in questions.items()],
    )  # fmt: skip


@screen(sources.researched_studies, may=access.may_take_project)
def exchange(request: HttpRequest, study: Study) -> HttpResponse:
    """Bring in a project of another tool, or take the study's own away."""
    form = ProjectForm.of(request, study=study, person=request.person, initial={"language": translation.get_language()})
    may_bring = access.may_bring_sources(request.person, study)
    brought = form.perform(actions.bring_project, study=study, by=request.person) if may_bring else None
    return page(request, "research/exchange.html", study=study, form=form if may_bring and not brought else None, brought=brought)


@screen(sources.researched_studies, may=access.may_take_project)
def project_take(request: HttpRequest, study: Study) -> HttpResponse:
    """The agreed texts, codes and marks as a REFI-QDA project; that it was taken is written down."""
    if request.method != "POST":
        return redirect("research:exchange", uid=study.uid)
    content = actions.take_project(study=study, language=translation.get_language() or "en", by=request.person)
    return download(content, name="study.qdpx", kind="application/zip")


