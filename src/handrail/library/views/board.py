"""A programme's library from the inside: what stands where, beginning, inviting, the overview with what is on the way."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.kit.screens import message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.library import access, actions, queries, rules
from handrail.library.forms import BeginForm, InviteForm
from handrail.library.models import Practice
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to

PER_PAGE = 25


@screen(programmes_visible_to, may=access.may_read_library)
def board(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The programme's practices with where each stands, and what its organisations have taken up."""
    found = paged(request, queries.practices_of(request.person, programme), per_page=PER_PAGE)
    titles = queries.working_titles(found.rows)
    rows = [{"practice": one, "title": titles.get(one.pk) or one.slug, "country": rules.country_name(one.country)} for one in found.rows]
    return page(
        request, "library/board.html", programme=programme, rows=rows, paged=found, adoptions=queries.adoptions_of(request.person, programme),
        may_write=access.may_write_here(request.person, programme), may_invite=access.may_invite_writers(request.person, programme),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_read_library)
def board_overview(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The programme's practices by country and field, with what is on the way."""
    seen = queries.practices_of(request.person, programme)
    public = queries.public_practices().filter(programme=programme)
    waiting = seen.filter(shown_number=None).exclude(state=Practice.State.ARCHIVED)
    return page(request, "library/overview.html", programme=programme, overview=queries.overview_of(public, on_the_way=waiting))


@screen(programmes_visible_to, may=access.may_write_here)
def begin(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Begin to write a practice."""
    form = BeginForm.of(request, organisations=queries.writes_for(request.person, programme))
    if practice := form.perform(actions.begin_practice, programme=programme, by=request.person):
        return redirect("library:write", uid=practice.uid, part="about")
    back = reverse("library:board", args=[programme.uid])
    return page(request, "library/form.html", programme=programme, form=form, heading=_("Write a practice"), lead=_("A title is enough to begin; everything is saved part by part."), back=back)


@screen(programmes_visible_to, may=access.may_invite_writers)
def invite(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Let somebody without an account write a practice by link."""
    form = InviteForm.of(request)
    if form.perform(actions.invite_to_write, programme=programme, by=request.person):
        message(request, _("The link is on its way. It works for sixty days."))
        return redirect("library:board", uid=programme.uid)
    back = reverse("library:board", args=[programme.uid])
    lead = _("They write by link, without an account, save part by part, and hand it in.")
    return page(request, "library/form.html", programme=programme, form=form, heading=_("Ask somebody to write a practice"), lead=lead, back=back)
