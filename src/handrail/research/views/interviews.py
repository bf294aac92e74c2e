"""What was said: the list, bringing in, one source, translating it, taking it back, and open answers many at once."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.forms import EmptyForm, attempt
from handrail.kit.screens import WRITE, message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _, in_language, language_name, plural
from handrail.research import access, actions, rules
from handrail.research.actions.open_answers import AT_ONCE
from handrail.research.forms.sources import BringAnswersForm, BringForm, FilterForm, ReaderForm, TranslationForm, language_choices
from handrail.research.models import Source, Study
from handrail.research.queries import answers, coding, sources


@screen(sources.researched_studies)
def interviews(request: HttpRequest, study: Study) -> HttpResponse:
    """The sources of a study with where each stands, and what waits for whoever looks."""
    person, filters = request.person, FilterForm(request.GET, study=study)
    shown = paged(request, sources.study_sources(person, study, **filters.chosen()))
    own = coding.coded_sources(person, study)
    rows = [{"source": one, "state": sources.state_of(one), "own": own.get(one.pk, 0)} for one in shown.rows]
    waiting = [one for one in sources.waiting_for_second_reader(person, study).defer("body", "turns")[: AT_ONCE] if one.source.kind != Source.Kind.ANSWER]
    return page(
        request, "research/interviews.html", study=study, paged=shown, rows=rows, filters=filters, is_filtered=any(filters.chosen().values()), waiting=waiting,
        answers_waiting=answers.answers_waiting(person, study).count(), parts=coding.parts_waiting(person).filter(task__text__source__study=study),
        tasks=coding.tasks_of_study(study), may_bring=access.may_bring_sources(person, study),
    )  # fmt: skip


@screen(sources.researched_studies, may=access.may_bring_sources, sensitive=WRITE)
def interview_new(request: HttpRequest, study: Study) -> HttpResponse:
    """Bring in a transcript."""
    form = BringForm.of(request, study=study, person=request.person)
    if made := form.perform(actions.bring_source, study=study, by=request.person):
        message(request, _("Brought in as %(sign)s. Now make the copy that others may read.") % {"sign": made.sign})
        return redirect("research:redact", uid=made.uid)
    return page(request, "research/interview_new.html", study=study, form=form, days=actions.raw_days(), reason=in_language(actions.raw_reason()))


@screen(sources.sources_visible_to)
def interview(request: HttpRequest, source: Source) -> HttpResponse:
    """One source: where it stands, what comes next, and its text where it may be read."""
    person, state = request.person, sources.state_of(source)
    text = sources.agreed_text(source) if source.withdrawn_at is None else None
    is_own = sources.raw_sources_of(person).filter(pk=source.pk).exists()
    turns = rules.paragraphs(text.body, rules.turns_of(text.turns, text.body), ()) if text else []
    return page(
        request, "research/interview.html", source=source, study=source.study, state=state, text=text, turns=turns, is_own=is_own, draft=sources.redacted_text(source) if is_own else None,
        spoken=language_name(source.language), direction=sources.direction_of(source.language), translations=[(one.language, language_name(one.language)) for one in sources.translations_of(source)],
        languages=[one for one in language_choices(source.study) if one[0] != source.language] if text else [],
        may_redact=is_own and access.may_redact(person, source), may_second_read=is_own and access.may_second_read(person, source), may_code=text is not None and access.may_code(person, source),
        reader_form=ReaderForm(study=source.study) if access.may_name_reader(person, source) else None, may_give=text is not None and access.may_give_to_two(person, source),
        may_withdraw=access.may_withdraw(person, source),
    )  # fmt: skip


@screen(sources.sources_visible_to, may=access.may_name_reader)
def reader_name(request: HttpRequest, source: Source) -> HttpResponse:
    """Name a second reader from elsewhere."""
    form = ReaderForm.of(request, study=source.study)
    if form.perform(actions.name_reader, source=source, by=request.person):
        message(request, _("Named. They read the text as it was said until they have agreed."))
    return redirect("research:interview", uid=source.uid)


@screen(sources.raw_sources_of, may=access.may_withdraw)
def withdraw(request: HttpRequest, source: Source) -> HttpResponse:
    """Take somebody's words back, after having read what that means."""
    form = EmptyForm.of(request)
    if form.perform(actions.withdraw_source, source=source, by=request.person):
        message(request, _("Taken back. The text and every mark on it are gone."))
        return redirect("research:interviews", uid=source.study.uid)
    return page(request, "research/withdraw.html", source=source, study=source.study, form=form, marks=sources.marks_count(source))


@screen(sources.sources_read_by)
def translation(request: HttpRequest, source: Source, language: str) -> HttpResponse:
    """A source in another language, paragraph by paragraph."""
    text = sources.agreed_text(source)
    if text is None or language not in dict(language_choices(source.study)) or language == source.language:
        raise Http404
    turns, there = rules.turns_of(text.turns, text.body), sources.translation_in(source, language)
    written = [there.body[one.start : one.end] for one in rules.turns_of(there.turns, there.body)] if there else []
    form = TranslationForm.of(request, turns=turns, written=written)
    if form.perform(actions.write_translation, source=source, language=language, by=request.person):
        message(request, _("Saved."))
        return redirect("research:interview", uid=source.uid)
    rows = [(form[f"turn_{place}"], turn.who, text.body[turn.start : turn.end]) for place, turn in enumerate(turns)]
    return page(request, "research/translation.html", source=source, study=source.study, form=form, rows=rows, own=language_name(source.language), other=language_name(language), direction=sources.direction_of(source.language))


@screen(sources.researched_studies, sensitive=WRITE)
def open_answers(request: HttpRequest, study: Study) -> HttpResponse:
    """Open answers: bring in new ones, and read those that wait for a second reader, many at once."""
    if request.method == "POST":
        return _agree(request, study)
    waiting = answers.answers_waiting(request.person, study)
    questions = answers.open_questions_of(study)
    form = BringAnswersForm(questions=questions) if questions and access.may_bring_sources(request.person, study) else None
    return page(request, "research/open_answers.html", study=study, form=form, waiting=list(waiting[:AT_ONCE]), count=waiting.count())


@screen(sources.researched_studies, may=access.may_bring_sources)
def answers_bring(request: HttpRequest, study: Study) -> HttpResponse:
    """Make sources of a question's open answers."""
    form = BringAnswersForm.of(request, questions=answers.open_questions_of(study))
    count = form.perform(actions.bring_open_answers, study=study, by=request.person)
    if count:
        message(request, plural("One answer brought in.", "%(n)d answers brought in.", count) % {"n": count})
    elif form.errors:
        message(request, " ".join(str(one) for some in form.errors.values() for one in some), kind="alarm")
    return redirect("research:open_answers", uid=study.uid)


def _agree(request: HttpRequest, study: Study) -> HttpResponse:
    texts: dict[UUID, str] = {}
    for text in answers.answers_waiting(request.person, study)[: AT_ONCE * 5]:
        if request.POST.get(f"ok_{text.uid}"):
            texts[text.uid] = request.POST.get(f"body_{text.uid}", "")[:20_000]
    count, wrong = attempt(actions.agree_answers, texts=texts, study=study, by=request.person)
    message(request, wrong or plural("One answer agreed.", "%(n)d answers agreed.", count) % {"n": int(count)}, kind="alarm" if wrong else "ok")
    return redirect("research:open_answers", uid=study.uid)
