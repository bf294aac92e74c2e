"""Interview guides: read, write together, compare."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.kit.screens import message, page, screen
from handrail.kit.text import _, language_name
from handrail.people.models import Person
from handrail.research import access, actions, queries, rules
from handrail.research.forms.guides import GuideForm
from handrail.research.forms.texts import direction
from handrail.research.models import Guide, Study


@screen(queries.studies_visible_to, may=access.may_write_guide)
def guide_add(request: HttpRequest, study: Study) -> HttpResponse:
    """Write the first version of a guide."""
    form = GuideForm.of(request, languages=study.languages, needs_title=True)
    if version := form.perform(actions.write_guide, study=study, by=request.person):
        message(request, _("Saved as version 1."))
        return redirect("research:guide", uid=version.guide.uid)
    return page(request, "research/guide_edit.html", programme=study.programme, study=study, form=form, heading=_("A new interview guide"), back=reverse("research:study", args=[study.uid]))


@screen(queries.guides_visible_to)
def guide(request: HttpRequest, found: Guide) -> HttpResponse:
    """A guide in one of its languages, its versions, and what the newest changed."""
    versions = list(queries.versions_of_guide(found))
    shown = next((one for one in versions if str(one.number) == request.GET.get("version")), versions[0])
    language = request.GET.get("language", "")
    language = language if language in found.study.languages else found.study.languages[0]
    before = next((one for one in versions if one.number == shown.number - 1), None)
    return page(
        request, "research/guide.html", programme=found.study.programme, study=found.study, guide=found, versions=versions, shown=shown, read_in=language, dir_of=direction(language),
        languages=[(code, language_name(code)) for code in found.study.languages], topics=queries.read_topics(shown.topics, language), changes=rules.changes(before.topics, shown.topics) if before else [],
        may_write=access.may_write_guide(request.person, found.study),
    )  # fmt: skip


@screen(queries.guides_visible_to, may=lambda person, found: _may_write(person, found))
def guide_edit(request: HttpRequest, found: Guide) -> HttpResponse:
    """Write the next version; whoever was slower is told what came between."""
    latest = queries.versions_of_guide(found)[0]
    form = GuideForm.of(request, languages=found.study.languages, topics=latest.topics, initial={"seen": latest.number})
    if version := form.perform(actions.write_guide, study=found.study, guide=found, by=request.person):
        message(request, _("Saved as version %(number)d.") % {"number": version.number})
        return redirect("research:guide", uid=found.uid)
    if "seen" in form.errors:  # what was typed stands; saving again puts it on top of what was read now
        form.data = {**request.POST.dict(), "seen": str(latest.number)}
    return page(
        request, "research/guide_edit.html", programme=found.study.programme, study=found.study, form=form, heading=found.title, back=reverse("research:guide", args=[found.uid]),
        between=rules.changes(form.cleaned_data.get("topics", []), latest.topics) if form.errors.get("seen") else [], latest=latest,
    )  # fmt: skip


def _may_write(person: Person, found: Guide) -> bool:
    return access.may_write_guide(person, found.study)
