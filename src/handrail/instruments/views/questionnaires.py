"""Questionnaires: bring in a workbook, look, publish; read a version; take it away again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.instruments import access, actions, formats, queries
from handrail.instruments.actions.questionnaires import MAX_BYTES
from handrail.instruments.forms.questionnaires import PublishForm, UploadForm, WordsForm, sealed
from handrail.instruments.models import QuestionnaireVersion
from handrail.kit.forms import attempt
from handrail.kit.screens import download, message, page, screen
from handrail.kit.text import _
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@screen(programmes_visible_to, may=access.may_publish_questionnaire)
def questionnaire_upload(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Choose a workbook, see what it would ask and what is wrong with it, publish. Nothing is saved in between."""
    if "sealed" in request.POST:
        return _publish(request, programme)
    form = UploadForm.of(request, kinds=queries.kinds_published_by(request.person, programme))
    checked = None
    if form.is_bound and form.is_valid():
        file, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
        content = file.read(MAX_BYTES + 1)
        checked, wrong = attempt(actions.check_questionnaire, programme=programme, file_name=file.name, content=content, kind=kind)
        if checked is None:
            form.add_error("file", wrong)
        elif checked.can_publish:
            form = PublishForm(initial={"sealed": sealed(file.name, content, kind)})
    outlines = queries.outlines(checked.form) if checked and checked.form else []
    return page(
        request, "instruments/questionnaire_upload.html", programme=programme, form=form, checked=checked, outlines=outlines,
        outline=outlines[0]["outline"] if outlines else None,
    )  # fmt: skip


def _publish(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = PublishForm.of(request)
    version = form.perform(actions.publish_questionnaire, programme=programme, by=request.person)  # type: ignore[attr-defined]
    if version is None:
        return page(request, "instruments/questionnaire_upload.html", programme=programme, form=UploadForm(kinds=queries.kinds_published_by(request.person, programme)), wrong=form.non_field_errors())
    message(request, _("Version %(number)d is published. Open a round to send it.") % {"number": version.number})
    return redirect("instruments:questionnaire", uid=version.uid)


@screen(queries.versions_visible_to)
def questionnaire(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    """What a version asks, in each of its languages, and which questions tell about which competence."""
    programme = version.questionnaire.programme
    others = queries.versions_of(programme).filter(questionnaire=version.questionnaire)
    outline = queries.outline(queries.form_of(version), request.GET.get("language", ""))
    return page(
        request, "instruments/questionnaire.html", version=version, programme=programme, others=others, outline=outline,
        may_score=access.may_take_up_scale(request.person, version) and any(queries.scales_to_use(version)), may_word=access.may_word_questionnaire(request.person, version), sees_rounds=access.may_see_rounds(request.person, programme),
    )  # fmt: skip


@screen(queries.versions_visible_to)
def questionnaire_download(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    """A version as XLSForm, to be changed and brought in again or used elsewhere."""
    return download(formats.write_xlsform(queries.form_of(version)), name=f"{version.questionnaire.code}-{version.number}.xlsx", kind=XLSX)


@screen(queries.versions_written_by)
def questionnaire_words(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    """Word a questionnaire anew, or translate it, in one language at a time."""
    form_data = queries.form_of(version)
    language = queries.language_to_write(form_data, request.GET.get("language", ""))
    form = WordsForm.of(request, rows=queries.words_of(version.questionnaire, form_data, language), language=language)
    if made := form.perform(actions.word_questionnaire, version=version, language=language, by=request.person):
        message(request, _("Version %(number)d is published.") % {"number": made.number})
        return redirect("instruments:questionnaire", uid=made.uid)
    return page(
        request, "instruments/questionnaire_words.html", version=version, programme=version.questionnaire.programme, form=form, written=language,
        languages=queries.languages_to_write(form_data),
    )  # fmt: skip
