"""Staff lists: whom an organisation employs, bringing in a list, looking before saving."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.forms import attempt
from handrail.kit.screens import download, message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.people import access, actions, formats, queries, rules
from handrail.people.forms.staff import NAMES, ColumnsForm, StaffListForm
from handrail.people.models import Organisation, StaffImport

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@screen(queries.staffed_organisations, may=access.may_import_staff)
def staff(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """An organisation's staff as its last list said."""
    words = request.GET.get("q", "")
    rows = paged(request, queries.staff_of(organisation, words))
    ids = [row.person_id for row in rows.rows] + [row.manager_id for row in rows.rows if row.manager_id]
    names = queries.names_visible_to(request.person, ids)  # type: ignore[attr-defined]
    return page(
        request, "people/staff.html", organisation=organisation, paged=rows, words=words,
        people=[(row, names[row.person_id], names[row.manager_id] if row.manager_id else None) for row in rows.rows],
        imports=queries.staff_imports_visible_to(request.person).filter(organisation=organisation)[:5],  # type: ignore[attr-defined]
    )  # fmt: skip


@screen(queries.staffed_organisations, may=access.may_import_staff)
def staff_upload(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Bring in a staff list."""
    form = StaffListForm.of(request)
    if found := form.perform(actions.upload_staff_list, organisation=organisation, by=request.person):  # type: ignore[attr-defined]
        return redirect("people:staff_list", uid=found.uid)
    return page(request, "people/staff_upload.html", organisation=organisation, form=form)


@screen(queries.staff_imports_visible_to)
def staff_list(request: HttpRequest, staff_import: StaffImport) -> HttpResponse:
    """One list: its columns, what it would change, row by row what is wrong."""
    if staff_import.state != StaffImport.State.UPLOADED:
        return page(request, "people/staff_list_done.html", staff_import=staff_import)
    seen = queries.preview_of(staff_import)
    form = ColumnsForm(request.POST or None, headers=seen.sheet.headers, guesses=seen.guesses, chosen=staff_import.columns)
    if form.perform(actions.choose_columns, staff_import=staff_import, by=request.person):  # type: ignore[attr-defined]
        return redirect("people:staff_list", uid=staff_import.uid)
    return page(
        request, "people/staff_list.html", staff_import=staff_import, form=form, seen=seen, counts=seen.counts,
        problems=seen.problems[:100], more_problems=max(0, len(seen.problems) - 100), groups=_who(seen),
    )  # fmt: skip


def _who(seen: queries.Preview) -> list[dict[str, Any]]:
    """Who would join, change and leave, by name (not where it is protected) and with what changes; at most a hundred of each."""
    changes = seen.changes
    joined = [(_called(one), ", ".join(part for part in (one.job_title, one.unit or one.department) if part and not one.protected)) for one in changes.joined[:100]]
    changed = [(_called(one.known), _what_changes(one)) for one in changes.changed[:100]]
    left = [(_called(one), "" if one.protected else ", ".join(part for part in (one.job_title, one.unit or one.department) if part)) for one in changes.left[:100]]
    return [
        {"title": title, "rows": rows, "more": whole - len(rows)}
        for title, rows, whole in (
            (_("Who joins"), joined, len(changes.joined)), (_("Who changes"), changed, len(changes.changed)), (_("Who leaves"), left, len(changes.left)),
        )
        if rows
    ]  # fmt: skip


def _called(one: rules.StaffRow | rules.Known) -> str:
    return str(_("Protected identity")) if one.protected else f"{one.given_name} {one.family_name}".strip() or str(_("A participant"))


def _what_changes(change: rules.Change) -> str:
    """From which unit to which; of anything else only what it is."""
    before, after = change.known, change.row
    if before.protected or after.protected:
        return ""
    parts = [f"{before.unit or before.department or '–'} → {after.unit or after.department or '–'}"] if change.moved else []
    parts += [str(NAMES[name]) for name in change.fields if name in NAMES and name not in {"unit", "department"}]
    return ", ".join(parts)


@screen(queries.staff_imports_visible_to)
def staff_list_save(request: HttpRequest, staff_import: StaffImport) -> HttpResponse:
    """Save the list, or throw it away."""
    if request.method == "POST":
        discard = "discard" in request.POST
        asked: dict[str, Any] = {} if discard else {"is_whole": "is_whole" in request.POST}
        act = actions.discard_staff_list if discard else actions.apply_staff_list
        done, wrong = attempt(act, staff_import=staff_import, by=request.person, **asked)  # type: ignore[attr-defined]
        if done is None:
            message(request, wrong, kind="alarm")
        elif discard:
            message(request, _("The list is thrown away. Nothing was changed."))
        else:
            message(request, _("The list is saved."))
    return redirect("people:staff_list", uid=staff_import.uid)


@screen(queries.staff_imports_visible_to)
def staff_list_problems(request: HttpRequest, staff_import: StaffImport) -> HttpResponse:
    """What is wrong in the list, as a workbook."""
    if staff_import.state == StaffImport.State.UPLOADED:
        problems = queries.preview_of(staff_import).problems
    else:
        problems = queries.kept_problems(staff_import)
    return download(formats.error_report_xlsx(problems), name="problems.xlsx", kind=XLSX)
