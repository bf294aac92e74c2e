"""A study: its frame, how far it has come, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.kit.screens import message, page, screen
from handrail.kit.slots import gathered
from handrail.kit.tables import paged
from handrail.kit.text import _, plural
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to
from handrail.research import access, actions, queries
from handrail.research.forms import studies as forms
from handrail.research.models import RespondentGroup, Study

SITE = ("en", "sv", "da")


@screen(programmes_visible_to, may=access.may_see_studies)
def study_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The studies of a programme."""
    return page(
        request, "research/study_list.html", programme=programme, paged=paged(request, queries.studies_of(request.person, programme)),
        may_open=access.may_open_study(request.person, programme),
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_open_study)
def study_open(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Begin a study."""
    form = forms.StudyForm.of(request, programme=programme, languages=SITE)
    if made := form.perform(actions.open_study, programme=programme, by=request.person):
        return redirect("research:study", uid=made.uid)
    back = reverse("research:study_list", args=[programme.uid])
    return page(request, "research/form.html", programme=programme, form=form, heading=_("A new study"), lead=_("One question, asked together."), back=back)


@screen(queries.studies_visible_to)
def study(request: HttpRequest, found: Study) -> HttpResponse:
    """A study: how far each partner has come, what is asked, and what was found."""
    person = request.person
    lines, groups, gatherings = queries.progress_of(found), list(found.groups.all()), list(queries.gatherings_of(found))
    return page(
        request, "research/study.html", study=found, programme=found.programme, lines=lines, groups=groups, rounds=list(found.rounds.all()),
        asked=queries.asked_in(found, gatherings), tables=queries.rounds_table(gatherings, groups), guides=queries.guide_versions(found),
        languages=queries.languages_of(found), may_steer=access.may_steer_study(person, found), may_research=access.may_research(person, found),
        panels=gathered("study.panels", person, found), missing=_missing(lines),
    )  # fmt: skip


def _missing(lines: list[queries.PartnerLine]) -> int:
    return sum(one.missing for line in lines for _group, one in line.missing)


def _framed(form_class: Any, heading: Any, lead: Any, action: Callable[..., Any], done: Any, request: HttpRequest, found: Study, *, inner: bool = False, **more: Any) -> HttpResponse:
    """One part of the frame: fill in, perform, back to the study."""
    form = form_class.of(request, **more)
    known = {} if inner else {"study": found}
    if form.perform(action, **known, by=request.person):  # type: ignore[attr-defined]
        message(request, done)
        return redirect("research:study", uid=found.uid)
    return page(request, "research/form.html", programme=found.programme, study=found, form=form, heading=heading, lead=lead, back=reverse("research:study", args=[found.uid]))


@screen(queries.steered_studies)
def partner_add(request: HttpRequest, found: Study) -> HttpResponse:
    """Let an organisation ask in the study."""
    return _framed(
        forms.PartnerForm, _("Add a partner"), _("Organisations that take part in the programme can ask in its studies."), actions.add_study_partner, _("The partner is added."), request, found,
        study=found,
    )  # fmt: skip


@screen(queries.steered_studies)
def group_add(request: HttpRequest, found: Study) -> HttpResponse:
    """Name a group of people who are asked."""
    return _framed(
        forms.GroupForm, _("Add a group"), _("Each group reads or hears its own words before it answers."), actions.add_group, _("The group is added."), request, found, languages=found.languages
    )


@screen(queries.groups_steered)
def consent_write(request: HttpRequest, group: RespondentGroup) -> HttpResponse:
    """Change what a group is told."""
    found = group.study
    form = forms.ConsentForm.of(request, languages=found.languages, initial={"consent": group.consent})
    if form.perform(actions.write_consent, group=group, by=request.person):
        message(request, _("Saved. Collecting that is opened from now on uses these words."))
        return redirect("research:study", uid=found.uid)
    back = reverse("research:study", args=[found.uid])
    return page(request, "research/form.html", programme=found.programme, study=found, form=form, heading=_("What this group is told"), lead=group.title, back=back)


@screen(queries.steered_studies)
def round_add(request: HttpRequest, found: Study) -> HttpResponse:
    """Set up a time in which everybody is asked."""
    return _framed(forms.RoundForm, _("Add a round"), "", actions.open_study_round, _("The round is added."), request, found, languages=found.languages[:3])


@screen(queries.steered_studies)
def survey_choose(request: HttpRequest, found: Study) -> HttpResponse:
    """Say which questionnaire a group answers."""
    return _framed(
        forms.SurveyForm, _("What a group answers"), _("Questionnaires of the kind “Study” can be chosen."), actions.choose_survey, _("The questionnaire is chosen."), request, found, study=found
    )


@screen(queries.steered_studies)
def quotas(request: HttpRequest, found: Study) -> HttpResponse:
    """How many each partner wants to hear."""
    form = forms.QuotasForm.of(request, study=found)
    if form.perform(actions.set_quotas, study=found, by=request.person):
        message(request, _("Saved."))
        return redirect("research:study", uid=found.uid)
    if form.is_bound and not form.errors:  # nothing was changed
        return redirect("research:study", uid=found.uid)
    return page(request, "research/quotas.html", programme=found.programme, study=found, form=form)


@screen(queries.steered_studies)
def gather(request: HttpRequest, found: Study) -> HttpResponse:
    """Open a round's collecting for every partner and group."""
    form = forms.GatherForm.of(request, study=found)
    if made := form.perform(actions.gather_for_all, by=request.person):
        message(request, plural("Opened in one place.", "Opened in %(n)s places.", len(made)) % {"n": len(made)})
        return redirect("research:study", uid=found.uid)
    back = reverse("research:study", args=[found.uid])
    return page(request, "research/form.html", programme=found.programme, study=found, form=form, heading=_("Begin to collect"), lead=_("Every partner gets an address for each group that has a questionnaire."), back=back)


@screen(queries.steered_studies)
def renew(request: HttpRequest, found: Study) -> HttpResponse:
    """Ask the newest version of every questionnaire from now on."""
    if request.method == "POST":
        moved = actions.renew_gatherings(study=found, by=request.person)
        message(request, plural("One place asks the newest version now.", "%(n)s places ask the newest version now.", moved) % {"n": moved})
    return redirect("research:study", uid=found.uid)
