"""The coordinator's screens: who has how many, minutes, silence; recruiting and preparing; what was agreed; languages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.mentoring import access, actions, queries
from handrail.mentoring.forms import ChangeForm, PreparedForm, RecruitForm, TermsForm
from handrail.mentoring.models import Mentor
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_list_mentors)
def mentor_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Mentors: who has how many of how many, who has been quiet too long, minutes."""
    rows = queries.mentor_rows(programme, queries.mentors_visible_to(request.person).filter(programme=programme), viewer=request.person)
    return page(request, "mentoring/mentor_list.html", programme=programme, rows=rows, quiet=sum(len(row.quiet) for row in rows), terms=queries.terms_of(programme))


@screen(programmes_visible_to, may=access.may_recruit_mentor)
def mentor_recruit(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Take somebody on."""
    form = RecruitForm.of(request, organisations=queries.organisations_recruiting(request.person, programme))
    if mentor := form.perform(actions.recruit_mentor, programme=programme, by=request.person):
        return redirect("mentoring:mentor_detail", uid=mentor.uid)
    return page(request, "mentoring/programme_form.html", programme=programme, form=form, heading=_("A new mentor"))


@screen(queries.mentors_visible_to)
def mentor_detail(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """One mentor: people, minutes by month, preparation."""
    row = queries.mentor_rows(mentor.programme, [mentor], viewer=request.person)[0]
    return page(
        request, "mentoring/mentor_detail.html", mentor=mentor, row=row, months=queries.minutes_by_month(mentor), people=queries.people_of_mentor(request.person, mentor),
        prepared=PreparedForm(), may_change=access.may_change_mentor(request.person, mentor),
    )  # fmt: skip


@screen(queries.mentors_visible_to, may=access.may_change_mentor)
def mentor_change(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """What is agreed anew."""
    form = ChangeForm.of(request, mentor=mentor)
    if form.perform(actions.change_mentor, mentor=mentor, by=request.person):
        return redirect("mentoring:mentor_detail", uid=mentor.uid)
    return page(request, "mentoring/mentor_form.html", mentor=mentor, form=form, heading=_("What is agreed"))


@screen(queries.mentors_visible_to, may=access.may_change_mentor)
def mentor_prepare(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """Say that the mentor was prepared."""
    form = PreparedForm.of(request)
    if form.perform(actions.prepare_mentor, mentor=mentor, by=request.person):
        return redirect("mentoring:mentor_detail", uid=mentor.uid)
    return page(request, "mentoring/mentor_form.html", mentor=mentor, form=form, heading=_("When was the mentor prepared?"))


@screen(queries.mentors_visible_to, may=access.may_change_mentor)
def mentor_end(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """No longer a mentor."""
    if request.method == "POST":
        _done, wrong = attempt(actions.let_mentor_go, mentor=mentor, by=request.person)
        message(request, wrong or _("Thank you to them: the role has ended."), kind="alarm" if wrong else "ok")
        if not wrong:
            return redirect("mentoring:mentor_list", uid=mentor.programme.uid)
    return redirect("mentoring:mentor_detail", uid=mentor.uid)


@screen(programmes_visible_to, may=access.may_set_terms)
def terms(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Within how many minutes a call is answered, when it is night, when a mentor is too quiet."""
    form = TermsForm.of(request, terms=queries.terms_of(programme))
    if form.perform(actions.set_terms, programme=programme, by=request.person):
        message(request, _("Agreed. It holds from the next call on."))
        return redirect("mentoring:mentor_list", uid=programme.uid)
    return page(request, "mentoring/programme_form.html", programme=programme, form=form, heading=_("When calls are answered"))


@screen(programmes_visible_to, may=access.may_set_terms)
def languages(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The lifeline's languages: read or draft, offered or not, with every text beside its English."""
    if request.method == "POST":
        _done, wrong = attempt(actions.switch_language, programme=programme, language=request.POST.get("language", ""), is_on=request.POST.get("is_on") == "1", by=request.person)
        if wrong:
            message(request, wrong, kind="alarm")
        return redirect("mentoring:languages", uid=programme.uid)
    return page(request, "mentoring/languages.html", programme=programme, rows=queries.language_rows(programme), texts=queries.texts_side_by_side())
