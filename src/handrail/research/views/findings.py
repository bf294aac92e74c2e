"""Findings: what people need, what stands in their way, what helps, and on what each stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.slots import gathered
from handrail.kit.text import _
from handrail.research import access, actions, queries
from handrail.research.forms.findings import CountForm, FindingForm, QuotesForm, RankForm
from handrail.research.models import Finding, FindingCount, Study
from handrail.research.views.studies import SITE

MOST_PASSAGES = 300


@screen(queries.studies_visible_to)
def finding_list(request: HttpRequest, study: Study) -> HttpResponse:
    """What a study found, the most pressing first."""
    return page(
        request, "research/finding_list.html", programme=study.programme, study=study, findings=list(queries.findings_of(study, request.person)),
        may_write=access.may_write_findings(request.person, study),
    )  # fmt: skip


@screen(queries.studies_visible_to, may=access.may_write_findings)
def finding_add(request: HttpRequest, study: Study) -> HttpResponse:
    """Write down what was found."""
    form = FindingForm.of(request, languages=SITE)
    if made := form.perform(actions.write_finding, study=study, by=request.person):
        return redirect("research:finding", uid=made.uid)
    back = reverse("research:finding_list", args=[study.uid])
    return page(request, "research/form.html", programme=study.programme, study=study, form=form, heading=_("What was found?"), lead=_("One thing, in words that everybody understands."), back=back)


@screen(queries.findings_visible_to)
def finding(request: HttpRequest, found: Finding) -> HttpResponse:
    """A need, a barrier or something that helps: who said it, in whose words, and what came of it."""
    person = request.person
    return page(
        request, "research/finding.html", programme=found.study.programme, study=found.study, finding=found, counted=queries.counted_for(found),
        voices=queries.voices_of(found), panels=gathered("finding.panels", person, found), may_change=access.may_change_finding(person, found),
        may_show=access.may_show_finding(person, found), sees_study=access.may_see_studies(person, found.study.programme),
    )  # fmt: skip


@screen(queries.findings_visible_to, may=access.may_change_finding)
def finding_edit(request: HttpRequest, found: Finding) -> HttpResponse:
    """Word it anew."""
    form = FindingForm.of(request, languages=SITE, initial={"title": found.title, "text": found.text, "kind": found.kind})
    if form.perform(actions.write_finding, study=found.study, finding=found, by=request.person):
        return redirect("research:finding", uid=found.uid)
    return page(request, "research/form.html", programme=found.study.programme, form=form, heading=_("What was found?"), lead="", back=reverse("research:finding", args=[found.uid]))


@screen(queries.findings_visible_to, may=access.may_change_finding)
def finding_count(request: HttpRequest, found: Finding) -> HttpResponse:
    """Choose an answer that speaks for it: first the question, then which of its answers."""
    chosen = request.POST.get("question") or request.GET.get("question", "")
    form = CountForm.of(request, study=found.study, chosen=chosen)
    if form.perform(actions.count_for, finding=found, by=request.person):
        return redirect("research:finding", uid=found.uid)
    return page(
        request, "research/finding_count.html", programme=found.study.programme, finding=found, form=form, picked=form.known.get(chosen),
        questions=[(key, one["label"], one["survey"]) for key, one in form.known.items()],
    )  # fmt: skip


@screen(queries.counts_visible_to, may=access.may_change_count)
def count_drop(request: HttpRequest, count: FindingCount) -> HttpResponse:
    """An answer no longer speaks for it."""
    finding = count.finding
    if request.method == "POST":
        actions.drop_count(count=count, by=request.person)
    return redirect("research:finding", uid=finding.uid)


@screen(queries.findings_visible_to, may=access.may_change_finding)
def finding_count_anew(request: HttpRequest, found: Finding) -> HttpResponse:
    """Count again, where enough more have answered."""
    if request.method == "POST":
        moved = [actions.count_anew(count=one) for one in found.counts.select_related("finding", "survey")]
        message(request, _("Counted again.") if any(moved) else _("The figures stay: nobody, or fewer than five somewhere, answered since."))
    return redirect("research:finding", uid=found.uid)


@screen(queries.findings_visible_to, may=access.may_change_finding)
def finding_quotes(request: HttpRequest, found: Finding) -> HttpResponse:
    """Choose the passages that it stands on."""
    rows = list(queries.passages_to_quote(found.study)[:MOST_PASSAGES])
    has = [str(uid) for uid in found.quotes.values_list("coding__uid", flat=True)]
    form = QuotesForm.of(request, rows=rows, initial={"codings": has})
    if form.is_bound and form.is_valid():
        _done, wrong = attempt(actions.quote_for, finding=found, codings=form.cleaned_data["codings"], by=request.person)
        if not wrong:
            return redirect("research:finding", uid=found.uid)
        form.add_error(None, wrong)
    chosen = set(form["codings"].value() or [])
    return page(
        request, "research/finding_quotes.html", programme=found.study.programme, finding=found, form=form,
        rows=[(one, one.text.body[one.start : one.end], str(one.uid) in chosen) for one in rows],
    )  # fmt: skip


@screen(queries.studies_visible_to, may=access.may_write_findings)
def finding_rank(request: HttpRequest, study: Study) -> HttpResponse:
    """Put what was found into order."""
    form = RankForm.of(request, findings=queries.findings_of(study, request.person))
    if form.is_bound and form.is_valid():
        actions.rank_findings(study=study, order=form.cleaned_data["order"], by=request.person)
        return redirect("research:finding_list", uid=study.uid)
    back = reverse("research:finding_list", args=[study.uid])
    return page(request, "research/form.html", programme=study.programme, study=study, form=form, heading=_("What is most pressing?"), lead=_("1 is the most pressing. Without a number it stands behind."), back=back)


@screen(queries.findings_visible_to, may=access.may_show_finding)
def finding_show(request: HttpRequest, found: Finding) -> HttpResponse:
    """Let everybody who works here read it, or no longer."""
    if request.method == "POST":
        act = actions.withdraw_finding if request.POST.get("withdraw") else actions.show_finding
        _done, wrong = attempt(act, finding=found, by=request.person)
        message(request, wrong or (_("Taken back.") if request.POST.get("withdraw") else _("Everybody with a role here can read it now.")), kind="alarm" if wrong else "ok")
    return redirect("research:finding", uid=found.uid)
