"""Who must not see a case, and who looked at it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases import access, actions, queries
from handrail.cases.forms import ConflictForm
from handrail.cases.models import Case, Conflict
from handrail.kit.screens import READ, WRITE, message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _


@screen(queries.cases_visible_to, may=access.may_keep_away, sensitive=WRITE)
def conflicts(request: HttpRequest, case: Case) -> HttpResponse:
    """Who must not see this case; keep one more away."""
    form = ConflictForm.of(request, people=queries.persons_to_keep_away(case))
    if found := form.perform(actions.note_conflict, case=case, by=request.person):
        message(request, _("Kept away from this case. Nobody tells them."))
        is_oneself = found.person_id == request.person.pk
        return redirect("cases:case_list", uid=case.programme.uid) if is_oneself else redirect("cases:conflicts", uid=case.uid)
    return page(request, "cases/conflicts.html", case=case, form=form, rows=queries.conflicts_of(case))


@screen(queries.conflicts_visible_to, may=access.may_lift_conflict)
def conflict_lift(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    """Somebody may see the case again."""
    if request.method == "POST":
        actions.lift_conflict(conflict=conflict, by=request.person)
        message(request, _("They may see this case again, as their role lets them."))
    return redirect("cases:conflicts", uid=conflict.case.uid)


@screen(queries.cases_visible_to, may=access.may_see_looks, sensitive=READ)
def looks(request: HttpRequest, case: Case) -> HttpResponse:
    """Who looked at this person's page, day by day."""
    return page(request, "cases/looks.html", case=case, paged=paged(request, queries.looks_of(case), per_page=25))
