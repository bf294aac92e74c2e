"""Marking passages, alone or two without seeing each other, and comparing what two marked."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _, language_name
from handrail.research import access, actions, rules
from handrail.research.forms.coding import MarkForm, MemoForm, TwoForm
from handrail.research.models import Coding, CodingTask, Source
from handrail.research.queries import coding, sources


@screen(sources.sources_read_by, may=access.may_code)
def code(request: HttpRequest, source: Source) -> HttpResponse:
    """A text with its marks, and marking in it; one mark is one sending, so that many can work at once."""
    shown = _reading(request, source)
    form: MarkForm = shown["form"]
    made = form.perform(actions.mark_passage, text=shown["text"], by=request.person)
    if made and request.headers.get("HX-Request") != "true":
        return redirect(f"{reverse('research:code', args=[source.uid])}#m-{made.uid}")
    if made:
        shown = _reading(request, source, is_fresh=True)
    return page(request, "research/code.html#reading", **shown)


@screen(sources.sources_read_by, may=access.may_code)
def code_news(request: HttpRequest, source: Source) -> HttpResponse:
    """Whether somebody marked something since the page was drawn; nothing when not."""
    text = sources.agreed_text(source)
    if text is None:
        raise Http404
    if coding.digest_of(list(coding.marks_seen(text, request.person))) == request.GET.get("seen"):
        return HttpResponse(status=204)
    if request.headers.get("HX-Request") != "true":
        return redirect("research:code", uid=source.uid)
    return page(request, "research/code.html#news", source=source, has_news=True)


def _reading(request: HttpRequest, source: Source, *, is_fresh: bool = False) -> dict[str, Any]:
    text = sources.agreed_text(source)
    if text is None:
        raise Http404
    study, person = source.study, request.person
    turns = rules.turns_of(text.turns, text.body)
    listed = coding.codebook_of(study)
    tones = {one.code.pk: one.tone for one in listed}
    marks = [{"row": one, "tone": tones.get(one.code_id, 1), "is_own": one.coder_id == person.pk, "said": text.body[one.start : one.end]} for one in coding.marks_seen(text, person)]
    facts: dict[str, Any] = {"study": study, "listed": listed, "places": rules.numbered(text.body, turns) if request.method == "POST" else {}}
    form = MarkForm(**facts) if is_fresh else MarkForm.of(request, **facts)
    task = coding.open_task(text)
    return {
        "source": source, "study": study, "text": text, "form": form, "marks": marks, "listed": listed, "spoken": language_name(source.language), "direction": sources.direction_of(source.language),
        "paragraphs": rules.paragraphs(text.body, turns, [rules.Mark(one["row"].start, one["row"].end, one) for one in marks]),
        "seen": coding.digest_of([one["row"] for one in marks]), "beside": sources.neighbours_of(person, source), "task": task,
        "part": coding.part_of(task, person) if task else None, "may_mark": coding.may_mark_now(text, person),
    }  # fmt: skip


@screen(coding.codings_of)
def mark(request: HttpRequest, found: Coding) -> HttpResponse:
    """The memo on one's own mark."""
    form = MemoForm.of(request, initial={"memo": found.memo})
    if form.perform(actions.note_mark, coding=found, by=request.person):
        return redirect(f"{reverse('research:code', args=[found.text.source.uid])}#m-{found.uid}")
    source = found.text.source
    return page(request, "research/mark.html", mark=found, form=form, source=source, study=source.study, said=found.text.body[found.start : found.end])


@screen(coding.codings_of)
def mark_remove(request: HttpRequest, found: Coding) -> HttpResponse:
    """Take one's own mark back."""
    if request.method == "POST":
        _done, wrong = attempt(actions.remove_mark, coding=found, by=request.person)
        if wrong:
            message(request, wrong, kind="alarm")
    return redirect("research:code", uid=found.text.source.uid)


@screen(sources.sources_read_by, may=access.may_give_to_two)
def give_to_two(request: HttpRequest, source: Source) -> HttpResponse:
    """Give a text to two who do not see each other's marks."""
    form = TwoForm.of(request, study=source.study)
    if form.perform(actions.give_to_two, text=sources.agreed_text(source), by=request.person):
        message(request, _("Given to both. They find it on the list of interviews."))
        return redirect("research:interviews", uid=source.study.uid)
    return page(request, "research/form.html", study=source.study, form=form, heading=_("Two readers, one text"), lead=_("Neither sees what the other marks until both say that they are done. Then you see how far they agree."), back=reverse("research:interview", args=[source.uid]))


@screen(coding.tasks_visible_to, may=access.may_compare)
def comparison(request: HttpRequest, task: CodingTask) -> HttpResponse:
    """Where two readers agree and where they differ, with the figures as they were when both were done."""
    source = task.text.source
    return page(request, "research/comparison.html", task=task, source=source, study=source.study, found=coding.comparison_of(task), bands=rules.bands(), direction=sources.direction_of(source.language))


@screen(coding.tasks_visible_to, may=access.may_finish_part)
def part_done(request: HttpRequest, task: CodingTask) -> HttpResponse:
    """Say that one is done."""
    if request.method == "POST":
        done, wrong = attempt(actions.finish_part, task=task, by=request.person)
        if done and done.found is not None:
            return redirect("research:comparison", uid=task.uid)
        message(request, wrong or _("Done. When the other reader is, too, you see each other's marks."), kind="alarm" if wrong else "ok")
    return redirect("research:interviews", uid=task.text.source.study.uid)


@screen(coding.tasks_visible_to, may=access.may_call_off)
def task_off(request: HttpRequest, task: CodingTask) -> HttpResponse:
    """End a double coding that leads nowhere."""
    if request.method == "POST":
        _done, wrong = attempt(actions.call_off, task=task, by=request.person)
        message(request, wrong or _("Called off. The marks stay, and everybody sees them."), kind="alarm" if wrong else "ok")
    return redirect("research:interviews", uid=task.text.source.study.uid)
