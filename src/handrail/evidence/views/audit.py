"""What was handed in, and the funder's check: samples, names opened with a reason."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.evidence import access, actions, queries, rules
from handrail.evidence.formats import write_workbook
from handrail.evidence.forms import ReasonForm, SampleForm
from handrail.evidence.models import AuditSample
from handrail.evidence.views.sheets import XLSX
from handrail.kit.screens import download, page, screen
from handrail.people.models import Person
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_see_evidence)
def evidence(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Each month as it was handed in, worked out anew from its lines."""
    return _evidence_page(request, programme, None)


@screen(programmes_visible_to, may=access.is_auditor)
def sample_draw(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Draw a sample."""
    form = SampleForm(request.POST if request.method == "POST" else None, months=queries.months_with_lines(programme))
    if made := form.perform(actions.draw_sample, programme=programme, by=request.person):  # type: ignore[attr-defined]
        return redirect("evidence:sample", made.uid)
    return _evidence_page(request, programme, form)


@screen(queries.samples_visible_to)
def sample(request: HttpRequest, found: AuditSample) -> HttpResponse:
    """A drawn sample by number; a name is opened one by one, with a reason."""
    person: Person = request.person  # type: ignore[attr-defined]
    opened, error = "", ""
    if request.method == "POST":
        uid = rules.uid_or_none(request.POST.get("participation", ""))
        participation = found.participations.filter(uid=uid).first() if uid else None
        if participation is None:
            raise Http404
        form = ReasonForm.of(request)
        if form.perform(actions.open_sample_names, sample=found, participation=participation, by=person):
            opened = str(participation.uid)
        else:
            error = " ".join(str(one) for errors in form.errors.values() for one in errors)
    names = queries.sample_names_of(found, person, [opened]) if opened else {}
    return page(
        request, "evidence/sample.html", sample=found, programme=found.programme, rows=queries.sample_rows(found, names), error=error,
        wrong=request.POST.get("participation", "") if error else "", openings=queries.openings_of(found), status=422 if error else 200,
    )  # fmt: skip


@screen(queries.samples_visible_to)
def sample_names(request: HttpRequest, found: AuditSample) -> HttpResponse:
    """All names of the sample as a workbook, with a reason; kept and journalled."""
    person: Person = request.person  # type: ignore[attr-defined]
    form = ReasonForm.of(request)
    if not form.perform(actions.open_sample_names, sample=found, by=person):
        return redirect("evidence:sample", found.uid)
    return download(write_workbook(queries.sample_sheet(found, person)), name=f"sample-{rules.month_key(found.month)}.xlsx", kind=XLSX)


def _evidence_page(request: HttpRequest, programme: Programme, form: SampleForm | None) -> HttpResponse:
    person: Person = request.person  # type: ignore[attr-defined]
    is_auditor = access.is_auditor(person, programme)
    checks = list(reversed(queries.claim_checks(programme)))
    months = queries.months_with_lines(programme)
    return page(
        request, "evidence/evidence.html", programme=programme, checks=checks, is_auditor=is_auditor, broken=[c for c in checks if not c.is_intact],
        form=(form or SampleForm(months=months)) if is_auditor and months else None, samples=queries.samples_of(programme) if is_auditor else (),
    )  # fmt: skip
