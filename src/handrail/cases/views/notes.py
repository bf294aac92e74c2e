"""Sealed notes: writing, opening with a reason, who opened them, and the glass."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.cases import access, actions, queries
from handrail.cases.forms import GlassForm, NoteForm, OpenNoteForm
from handrail.cases.models import Case, SealedNote
from handrail.kit.screens import READ, WRITE, fading, message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _


@screen(queries.cases_visible_to, may=access.may_seal_note, sensitive=WRITE)
def note_seal(request: HttpRequest, case: Case) -> HttpResponse:
    """Write a sealed note."""
    form = NoteForm.of(request)
    if form.perform(actions.seal_note, case=case, by=request.person):
        message(request, _("The note is sealed."))
        return redirect("cases:case_detail", uid=case.uid)
    lead = _("It is encrypted under a key of this person alone, left out of every export, and each opening is on record.")
    return page(request, "cases/case_form.html", case=case, form=form, heading=_("A sealed note"), lead=lead)


@screen(queries.notes_visible_to, may=access.may_open_note, sensitive=WRITE)
def note_open(request: HttpRequest, note: SealedNote) -> HttpResponse:
    """Ask for a reason; show the note once that is on record. It is shown in the answer to the form alone, never by an address."""
    form = OpenNoteForm.of(request)
    found = form.perform(actions.open_note, note=note, by=request.person)
    opening, text = found or (None, "")
    wrong = next((words[0] for words in form.errors.values()), "")
    shown = page(request, "cases/note_open.html", note=note, wrong=wrong, opening=opening, text=text, case=note.case)
    return fading(shown, request) if opening else shown


@screen(queries.cases_visible_to, may=access.may_see_openings, sensitive=READ)
def openings(request: HttpRequest, case: Case) -> HttpResponse:
    """Who opened the sealed notes, when and why."""
    return page(
        request, "cases/openings.html", case=case, paged=paged(request, queries.openings_of(case), per_page=25),
        emergencies=queries.emergencies_of(case), may_see_kinds=access.may_see_kinds(request.person, case),
    )  # fmt: skip


@screen(queries.cases_behind_glass, may=access.may_break_glass, again=True, sensitive=WRITE)
def glass_break(request: HttpRequest, case: Case) -> HttpResponse:
    """Break the glass for an hour."""
    form = GlassForm.of(request)
    if form.perform(actions.break_glass, case=case, by=request.person):
        message(request, _("You may open the sealed notes of this case for an hour. The caseworker has been told."), kind="wait")
        return redirect("cases:case_detail", uid=case.uid)
    lead = _("Only when somebody may come to harm. You read for one hour, everything is on record, and the caseworker and the other coordinators are told at once.")
    return page(request, "cases/case_form.html", case=case, form=form, heading=_("Break the glass?"), lead=lead)
