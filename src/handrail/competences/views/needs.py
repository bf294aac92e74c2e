"""Which competences answer a need."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.competences import access, actions, queries
from handrail.competences.forms import NeedForm
from handrail.competences.models import CompetenceNeed
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.research.models import Finding
from handrail.research.queries import findings_visible_to


@screen(findings_visible_to, may=access.may_link_need)
def need_link(request: HttpRequest, finding: Finding) -> HttpResponse:
    """Choose a competence of one's own framework that answers the need."""
    form = NeedForm.of(request, rows=queries.competences_to_link(request.person, finding))
    back = reverse("research:finding", args=[finding.uid])
    if form.perform(actions.link_need, finding=finding, by=request.person):
        message(request, _("Linked."))
        return redirect(back)
    return page(request, "competences/need_link.html", finding=finding, form=form, back=back)


@screen(queries.needs_edited_by)
def need_unlink(request: HttpRequest, need: CompetenceNeed) -> HttpResponse:
    """The competence no longer answers the need."""
    if request.method == "POST":
        actions.unlink_need(need=need, by=request.person)
    return redirect("research:finding", uid=need.finding.uid)
