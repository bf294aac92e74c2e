"""Monthly sheets and summary to keep: XLSX and accessible PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from handrail.evidence import access, actions, queries, rules
from handrail.evidence.formats import Sheet, write_workbook
from handrail.kit.pdf import as_pdf
from handrail.kit.screens import download, page, screen
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@screen(programmes_visible_to, may=access.may_take_sheets)
def sheets(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Every month's files, and the summary of the period."""
    person: Person = request.person  # type: ignore[attr-defined]
    offered = list(_organisations(person, programme))
    months = [row for row in queries.ledger_months(programme) if row.has_lines]
    wholes = [None] if access.may_see_every_organisation(person, programme) else []
    files = [_files(programme, one) for one in [*wholes, *offered]]
    rows = [(row, queries.tag_of(row)) for row in reversed(months)]
    return page(
        request, "evidence/sheets.html", programme=programme, rows=rows, files=files, names=access.leads_here(person, programme),
        is_auditor=access.is_auditor(person, programme),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_take_sheets)
def sheet_download(request: HttpRequest, programme: Programme, name: str, kind: str) -> HttpResponse:
    """One file; taking it leaves a line in the journal."""
    person: Person = request.person  # type: ignore[attr-defined]
    organisation = _chosen(request, person, programme)
    scope = queries.Scope(organisation=organisation) if organisation else queries.ALL
    names = organisation is not None and organisation.pk in queries.led_organisations(person, programme)
    month = rules.month_of_key(name)
    if kind not in {"xlsx", "pdf"} or (month is None and name != "period"):
        raise Http404
    made = (
        queries.month_sheet(programme, month, person, scope=scope, names=names) if month else queries.summary_sheet(programme, scope=scope)
    )
    actions.note_sheet(
        programme=programme, kind=kind, month=month, organisation=organisation, names=names and month is not None, by=person
    )
    stem = queries.sheet_name("hours", month, scope)
    if kind == "xlsx":
        return download(write_workbook(made), name=f"{stem}.xlsx", kind=XLSX)
    return download(as_pdf(printed(made, programme)), name=f"{stem}.pdf", kind="application/pdf")


def printed(sheet: Sheet, programme: Programme) -> str:
    """The document as the page that becomes a PDF."""
    return render_to_string("evidence/sheet_pdf.html", {"sheet": sheet, "currency": programme.currency})


def _organisations(person: Person, programme: Programme) -> list[Organisation]:
    offered = queries.organisations_of(programme)
    if not access.may_see_every_organisation(person, programme):
        offered = offered.filter(pk__in=queries.led_organisations(person, programme))
    return list(offered)


def _chosen(request: HttpRequest, person: Person, programme: Programme) -> Organisation | None:
    """The municipality that the address names; the whole only for those who see all."""
    wanted = request.GET.get("of", "")
    if not wanted and access.may_see_every_organisation(person, programme):
        return None
    found = next((one for one in _organisations(person, programme) if str(one.uid) == wanted), None)
    if found is None:
        raise Http404
    return found


def _files(programme: Programme, organisation: Organisation | None) -> dict[str, object]:
    def address(name: str, kind: str) -> str:
        of = f"?of={organisation.uid}" if organisation else ""
        return reverse("evidence:sheet_download", args=[programme.uid, name, kind]) + of

    return {
        "label": organisation.short_name if organisation else queries.all_words(programme), "of": f"?of={organisation.uid}" if organisation else "",
        "period_xlsx": address("period", "xlsx"), "period_pdf": address("period", "pdf"),
    }  # fmt: skip
