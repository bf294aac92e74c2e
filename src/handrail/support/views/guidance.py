"""Guidance, playbooks and answer times, as staff see them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to
from handrail.support import access, actions, queries, rules
from handrail.support.forms import GuidanceForm, SearchForm
from handrail.support.models import Guidance, Question

MOST = 100


@screen(programmes_visible_to, may=access.may_read_guidance)
def guidance_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What was kept of answers, by what fits some words or what is used most."""
    search = SearchForm(request.GET)
    return page(
        request, "support/guidance_list.html", programme=programme, search=search, is_filtered=bool(search.words()),
        guidance=queries.guidance_found(programme, search.words(), most=MOST), playbooks=rules.playbooks(),
        may_write=access.may_write_guidance(request.person, programme),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_write_guidance)
def guidance_write(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Write guidance without a question."""
    form = GuidanceForm.of(request, initial={"language": translation.get_language()})
    back = reverse("support:guidance_list", args=[programme.uid])
    if form.perform(actions.keep_guidance, programme=programme, by=request.person):
        message(request, _("Kept. It is found when somebody answers."))
        return redirect(back)
    return page(request, "support/form.html", programme=programme, form=form, heading=_("What should others know?"), lead=_("Every company reads it: it names nobody."), back=back)


@screen(queries.questions_visible_to, may=access.may_keep)
def guidance_keep(request: HttpRequest, question: Question) -> HttpResponse:
    """Keep an answer as guidance."""
    form = GuidanceForm.of(request, initial={"text": question.answer, "language": translation.get_language()})
    back = reverse("support:question", args=[question.uid])
    if form.perform(actions.keep_guidance, programme=question.programme, question=question, by=request.person):
        message(request, _("Kept. It is found when somebody answers."))
        return redirect(back)
    return page(
        request, "support/form.html", programme=question.programme, form=form, heading=_("Keep the answer for others"), lead=_("Every company reads it: it names nobody."), back=back
    )


@screen(queries.guidance_visible_to, may=access.may_change_guidance)
def guidance_change(request: HttpRequest, guidance: Guidance) -> HttpResponse:
    """Write guidance anew."""
    initial = {"title": guidance.title, "text": guidance.text, "tags": ", ".join(guidance.tags), "language": guidance.language, "is_offered": guidance.is_offered}
    form = GuidanceForm.of(request, initial=initial)
    back = reverse("support:guidance_list", args=[guidance.programme.uid])
    if form.perform(actions.change_guidance, guidance=guidance, by=request.person):
        message(request, _("Saved."))
        return redirect(back)
    return page(
        request, "support/form.html", programme=guidance.programme, form=form, heading=_("Change the guidance"), lead=_("Every company reads it: it names nobody."), back=back,
        withdraw=reverse("support:guidance_withdraw", args=[guidance.uid]),
    )


@screen(queries.guidance_visible_to, may=access.may_change_guidance)
def guidance_withdraw(request: HttpRequest, guidance: Guidance) -> HttpResponse:
    """Offer it no longer."""
    if request.method == "POST":
        actions.withdraw_guidance(guidance=guidance, by=request.person)
        message(request, _("Withdrawn. Answers taken from it stay."))
    return redirect("support:guidance_list", uid=guidance.programme.uid)


@screen(programmes_visible_to, may=access.may_read_guidance)
def playbook(request: HttpRequest, programme: Programme, code: str) -> HttpResponse:
    """One situation: what to do and whom to ring."""
    found = rules.playbook(code)
    if found is None:
        raise Http404
    return page(request, "support/playbook.html", programme=programme, playbook=found)


@screen(programmes_visible_to, may=access.may_see_times)
def times(request: HttpRequest, programme: Programme) -> HttpResponse:
    """How soon companies get an answer."""
    return page(request, "support/times.html", programme=programme, times=queries.times_of(programme))
