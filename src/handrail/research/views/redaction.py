"""The copy that others may read: made by one, agreed by another."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.kit.forms import attempt
from handrail.kit.screens import WRITE, message, page, screen
from handrail.kit.text import _
from handrail.research import access, actions, rules
from handrail.research.forms.sources import RedactForm, SendBackForm
from handrail.research.models import Source
from handrail.research.queries import sources


@screen(sources.raw_sources_of, may=access.may_redact, sensitive=WRITE)
def redact(request: HttpRequest, source: Source) -> HttpResponse:
    """Replace what names anybody: suggestions by the rules, words one by one, and the text itself."""
    draft = sources.redacted_text(source)
    raw, _wrong = attempt(actions.read_raw, source=source, by=request.person)
    if raw is None and draft is None:
        return redirect("research:interview", uid=source.uid)
    body = draft.body if draft else rules.redact(raw.body, rules.suggest(raw.body))
    form = RedactForm.of(request, candidates=rules.capitals(body), initial={"body": body})
    if form.perform(actions.save_redaction, source=source, by=request.person):
        return _after(request, source)
    return page(
        request, "research/redact.html", source=source, study=source.study, form=form, draft=draft, rows=rules.differences(raw.body, body) if raw else [],
        direction=sources.direction_of(source.language), is_marked=bool(draft and sources.marks_count(source)),
    )  # fmt: skip


def _after(request: HttpRequest, source: Source) -> HttpResponse:
    if request.POST.get("act") == "ask":
        _done, wrong = attempt(actions.ask_second_reader, source=source, by=request.person)
        message(request, wrong or _("Saved. A second reader of your organisation finds it on the list."), kind="alarm" if wrong else "ok")
        return redirect("research:interview", uid=source.uid)
    message(request, _("Saved."))
    return redirect("research:redact", uid=source.uid)


@screen(sources.raw_sources_of, may=access.may_second_read, sensitive=WRITE)
def second_read(request: HttpRequest, source: Source) -> HttpResponse:
    """Read a copy beside what was said, and agree or send it back."""
    form = SendBackForm.of(request) if request.POST.get("act") == "back" else SendBackForm()
    if request.method == "POST" and request.POST.get("act") == "agree":
        _done, wrong = attempt(actions.agree_redaction, source=source, by=request.person)
        message(request, wrong or _("Agreed. Everybody in the research reads it now, and what was said before it is deleted."), kind="alarm" if wrong else "ok")
        return redirect("research:interview", uid=source.uid)
    if form.perform(actions.send_redaction_back, source=source, by=request.person):
        message(request, _("Sent back."))
        return redirect("research:interview", uid=source.uid)
    draft = sources.redacted_text(source)
    raw, _wrong = attempt(actions.read_raw, source=source, by=request.person)
    rows = rules.differences(raw.body if raw else draft.body, draft.body) if draft else []
    return page(request, "research/second_read.html", source=source, study=source.study, form=form, rows=rows, has_raw=raw is not None, direction=sources.direction_of(source.language), candidates=rules.capitals(draft.body) if draft else [])
