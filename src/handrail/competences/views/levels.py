"""One's own levels, who may see them, and what a line manager saw at work."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.competences import access, actions, queries
from handrail.competences.forms import ObservedForm
from handrail.competences.views import level_parts
from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.people.queries import names_visible_to


@screen(may=access.may_have_levels)
def levels_own(request: HttpRequest) -> HttpResponse:
    """My levels before and after, the target of my role, and who may see them."""
    person: Person = request.person  # type: ignore[attr-defined]
    return page(request, "competences/levels.html", sharing=level_parts.sharing(person), **level_parts.levels(person))


def _decide(request: HttpRequest, manager: Person, action: object, said: object) -> HttpResponse:
    if request.method == "POST":
        _done, wrong = attempt(action, person=request.person, manager=manager, by=request.person)  # type: ignore[attr-defined,arg-type]
        message(request, wrong or said, kind="alarm" if wrong else "ok")
    return redirect("competences:levels")


@screen(queries.line_managers_of)
def sharing_start(request: HttpRequest, manager: Person) -> HttpResponse:
    """Let a line manager see my levels."""
    return _decide(request, manager, actions.share_levels, _("Your manager can see your levels now. You can stop any day."))


@screen(queries.line_managers_of)
def sharing_end(request: HttpRequest, manager: Person) -> HttpResponse:
    """Stop letting a manager see my levels."""
    return _decide(request, manager, actions.end_sharing, _("Your manager no longer sees your levels."))


@screen(queries.line_managers_of)
def sharing_decline(request: HttpRequest, manager: Person) -> HttpResponse:
    """Answer no to a manager's question."""
    return _decide(request, manager, actions.decline_sharing, _("Your manager does not see your levels. No reason is asked."))


@screen(queries.persons_managed_by)
def sharing_ask(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask a report to share levels."""
    if request.method == "POST":
        manager = request.person  # type: ignore[attr-defined]
        _done, wrong = attempt(actions.ask_to_share, person=person, manager=manager, by=manager)
        message(request, wrong or _("The question is asked. The person decides."), kind="alarm" if wrong else "ok")
    programme = queries.programme_shared(request.person, person)  # type: ignore[attr-defined]
    return redirect("competences:map_people", programme.uid) if programme else redirect("desk:home")


@screen(queries.persons_shared_with)
def levels_shared(request: HttpRequest, person: Person) -> HttpResponse:
    """The levels of a report who shares them."""
    name = names_visible_to(request.person, [person.pk])[person.pk]  # type: ignore[attr-defined]
    return page(request, "competences/levels_shared.html", person=person, name=name, **level_parts.levels(person, may_observe=True))


@screen(queries.persons_shared_with)
def level_observe(request: HttpRequest, person: Person, competence: UUID) -> HttpResponse:
    """Write down a level that the line manager saw at work; it stands beside the others."""
    row = next((one for one in queries.levels_of(person) if one.competence.uid == competence), None)
    if row is None:
        raise Http404
    names = dict(queries.level_names(row.competence.framework))
    texts = queries.level_texts_of(row.competence)
    form = ObservedForm.of(request, levels=[(level, f"{names[level]}. {texts.get(level, '')}".strip()) for level in range(5)])
    known = {"person": person, "competence": row.competence, "kind": "observed", "by": request.person}  # type: ignore[attr-defined]
    if form.perform(actions.rate_person, **known):
        message(request, _("Saved beside the other ratings. Nothing was overwritten."))
        return redirect("competences:levels_shared", person.uid)
    name = names_visible_to(request.person, [person.pk])[person.pk]  # type: ignore[attr-defined]
    return page(request, "competences/level_observe.html", person=person, name=name, row=row, form=form)
