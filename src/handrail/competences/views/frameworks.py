"""Frameworks: looked at by everybody in the programme, brought in and written by the project owner."""

from __future__ import annotations

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from handrail.competences import access, actions, formats, queries
from handrail.competences.forms import AreaForm, CompetenceForm, FrameworkUpload
from handrail.competences.models import Area, Competence, Framework
from handrail.competences.queries.exports import draft_of
from handrail.kit import ids
from handrail.kit.errors import RuleBroken
from handrail.kit.screens import download, message, page, screen
from handrail.kit.text import _
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to

KEPT_SECONDS = 3600  # how long a file waits between preview and saving


@screen(programmes_visible_to)
def framework_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The programme's frameworks; one alone opens at once."""
    frameworks = list(queries.frameworks_visible_to(request.person).filter(programme=programme))  # type: ignore[attr-defined]
    if len(frameworks) == 1:
        return redirect("competences:framework", frameworks[0].uid)
    may_edit = access.may_bring_in_framework(request.person, programme)  # type: ignore[attr-defined]
    return page(request, "competences/framework_list.html", programme=programme, frameworks=frameworks, may_edit=may_edit)


@screen(queries.frameworks_visible_to)
def framework_show(request: HttpRequest, framework: Framework) -> HttpResponse:
    """Areas, competences and what each level means."""
    person = request.person  # type: ignore[attr-defined]
    return page(
        request, "competences/framework.html", framework=framework, tree=queries.tree_with_needs(framework, person), levels=queries.level_names(framework),
        may_edit=access.may_edit_framework(person, framework), may_assign=access.may_assign_profiles(person, framework),
    )  # fmt: skip


@screen(queries.frameworks_visible_to)
def framework_file(request: HttpRequest, framework: Framework, kind: str) -> HttpResponse:
    """The framework as our CSV with every language, or as Moodle's competency CSV in the reader's language."""
    draft = draft_of(framework)
    if kind == "csv":
        return download(formats.write_framework_csv(draft), name="framework.csv", kind="text/csv; charset=utf-8")
    if kind == "moodle":
        language = (translation.get_language() or "sv").split("-")[0]
        return download(formats.write_moodle_csv(draft, language=language), name="framework-moodle.csv", kind="text/csv; charset=utf-8")
    raise Http404


@screen(programmes_visible_to, may=access.may_bring_in_framework)
def framework_import(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Bring in a framework: file, preview, saved."""
    if request.POST.get("kept"):
        return _save_kept(request, programme)
    form = FrameworkUpload.of(request)
    preview, kept = None, ""
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        content = upload.read()
        try:
            preview = actions.preview_framework(programme=programme, file_name=upload.name, content=content)
        except RuleBroken as broken:
            form.add_error("file", str(broken.message))
        if preview is not None and preview.draft is not None:
            kept = ids.secret()
            cache.set(_key(request, kept), (upload.name, content), KEPT_SECONDS)
    return page(request, "competences/framework_import.html", programme=programme, form=form, preview=preview, kept=kept)


def _save_kept(request: HttpRequest, programme: Programme) -> HttpResponse:
    found = cache.get(_key(request, request.POST["kept"]))
    if found is None:
        message(request, _("The file waited too long. Choose it again."), kind="wait")
        return redirect("competences:framework_import", programme.uid)
    try:
        framework = actions.import_framework(programme=programme, file_name=found[0], content=found[1], by=request.person)  # type: ignore[attr-defined]
    except RuleBroken as broken:
        message(request, str(broken.message), kind="alarm")
        return redirect("competences:framework_import", programme.uid)
    cache.delete(_key(request, request.POST["kept"]))
    message(request, _("The framework is saved."))
    return redirect("competences:framework", framework.uid)


def _key(request: HttpRequest, kept: str) -> str:
    return f"framework:{request.person.uid}:{ids.hashed(kept)}"  # type: ignore[attr-defined]


@screen(queries.frameworks_edited_by)
def area_add(request: HttpRequest, framework: Framework) -> HttpResponse:
    """Add an area."""
    form = AreaForm.of(request)
    if form.perform(actions.save_area, framework=framework, by=request.person):  # type: ignore[attr-defined]
        return redirect("competences:framework", framework.uid)
    return page(request, "competences/form.html", form=form, framework=framework, title=_("Add an area"), submit=_("Add the area"))


@screen(queries.areas_edited_by)
def area_edit(request: HttpRequest, area: Area) -> HttpResponse:
    """Change an area's code and name."""
    form = AreaForm.of(request, area=area)
    if form.perform(actions.save_area, framework=area.framework, area=area, by=request.person):  # type: ignore[attr-defined]
        return redirect("competences:framework", area.framework.uid)
    return page(request, "competences/form.html", form=form, framework=area.framework, title=area, submit=_("Save the area"))


@screen(queries.areas_edited_by)
def competence_add(request: HttpRequest, area: Area) -> HttpResponse:
    """Add a competence to an area."""
    form = CompetenceForm.of(request, level_names=queries.level_names(area.framework))
    if form.perform(actions.save_competence, area=area, by=request.person):  # type: ignore[attr-defined]
        return redirect("competences:framework", area.framework.uid)
    return page(request, "competences/form.html", form=form, framework=area.framework, title=_("Add a competence"), submit=_("Add the competence"))


@screen(queries.competences_edited_by)
def competence_edit(request: HttpRequest, competence: Competence) -> HttpResponse:
    """Write a competence and its level texts."""
    framework = competence.framework
    form = CompetenceForm.of(
        request, competence=competence, levels=queries.level_texts_of(competence), level_names=queries.level_names(framework)
    )
    if form.perform(actions.save_competence, area=competence.area, competence=competence, by=request.person):  # type: ignore[attr-defined]
        return redirect("competences:framework", framework.uid)
    return page(
        request, "competences/form.html", form=form, framework=framework, title=competence, submit=_("Save the competence"), retire=competence,
    )  # fmt: skip


@screen(queries.competences_edited_by)
def competence_retire(request: HttpRequest, competence: Competence) -> HttpResponse:
    """Take a competence out of use, after asking."""
    if request.method == "POST":
        actions.retire_competence(competence=competence, by=request.person)  # type: ignore[attr-defined]
        message(request, _("The competence is out of use. Its ratings are kept."))
        return redirect("competences:framework", competence.framework.uid)
    return page(request, "competences/competence_retire.html", competence=competence)
