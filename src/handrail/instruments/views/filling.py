"""Going through a collection's questions: a page at a time, nothing stored until it is sent, everything checked again at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from handrail.instruments import actions, queries, rules
from handrail.instruments.forms.answering import AnswerPage, answers_sent, is_change, keys_shown
from handrail.instruments.queries.collecting import Visit, problems_in_words
from handrail.instruments.rules.collections import known_word, new_word, shown_word
from handrail.kit.errors import RuleBroken
from handrail.kit.intake import was_taken

DESK_RESTS = 300  # seconds without a press, after which a form at the desk is empty again
DESK_THANKS = 8
KEEP = 200
_drawn: dict[tuple[Any, ...], dict[str, Any]] = {}  # pages as everybody meets them first: of a version, which never changes


def step(request: HttpRequest, at: Visit, *, sent_url: str, send: Callable[[Visit], Any]) -> HttpResponse:
    """What the pressed button leads to."""
    go = request.POST.get("go", "next")
    if at.is_desk and was_taken(key=at.key, scope=actions.scope_of_collection(at.collection)):
        return redirect(sent_url)  # the next person presses "back": nothing of the one before is shown
    if go == "begin":
        return _begin(request, at)
    shown: list[str] = []
    number = _number(at, request.POST.get("at", ""))
    if number is not None:
        answers, replaced = answers_sent(at.form, number, request.POST, earlier=at.answers)
        at.answers = {**{name: value for name, value in at.answers.items() if name not in replaced}, **answers}
        shown = keys_shown(request.POST)
    if is_change(go) and number is not None:
        return draw_page(request, at, number)
    if go.startswith("language:"):
        at.language = queries.language_for(at.form, go.removeprefix("language:"))
        del at.words
        return draw_page(request, at, number) if number is not None else draw_review(request, at)
    if go.startswith("page:"):
        return draw_page(request, at, _number(at, go.removeprefix("page:")) or 0, check=True)
    if go == "back":
        before = at.previous_page(number) if number is not None else None
        return draw_page(request, at, before) if before is not None else draw_start(request, at)
    if go == "send":
        return _send(request, at, sent_url, send)
    return _next(request, at, number or 0, shown)


def draw_start(request: HttpRequest, at: Visit, **more: Any) -> HttpResponse:
    """Who asks, what becomes of the answers, which language."""
    who = at.collection.organisation.name
    return show(request, at, "start", asks=at.words["asks"].format(who=who), staff_url=_staff_url(at), **more)


def draw_page(request: HttpRequest, at: Visit, number: int, *, check: bool = False, problems: Any = None, has_more: bool = False) -> HttpResponse:
    """One page of questions. As everybody meets it first, with nothing answered yet, it is drawn once a day and language, not once a visitor."""
    is_fresh = not at.answers and not check and not problems and not has_more
    drawn = _drawn.get(fresh := (at.collection.version.uid, number, at.language, at.today)) if is_fresh else None
    if drawn is not None:
        return show(request, at, "page", **drawn, **_place(at, number, drawn["pages"]))
    with translation.override(at.interface or at.spoken):
        form = AnswerPage(at.form, number, at.answers, at.language, today=at.today, seed=at.key)
        found = at.problems(only=form.shown) if check else problems
        if found:
            form.show_problems(problems_in_words(at, found))
    if at.interface is None:  # "may be left out" is a word of the interface
        for one in form.fields.values():
            one.required = True
    pages = at.pages()
    with translation.override(at.interface or "en"):
        entries = render_to_string("instruments/_form_entries.html", {"entries": form.entries})
    context: dict[str, Any] = {"form": form, "title": form.title, "shown": " ".join(form.shown), "entries": entries, "number": number, "pages": pages}
    if is_fresh and not found and not any(item.parameters.get("randomize") for item in at.form.walk()):
        while len(_drawn) >= KEEP:
            _drawn.pop(next(iter(_drawn)))
        _drawn[fresh] = {**context, "form": None}
    return show(request, at, "page", status=422 if found else 200, has_more=has_more, **context, **_place(at, number, pages))


def _place(at: Visit, number: int, pages: list[int]) -> dict[str, Any]:
    place = pages.index(number) + 1 if number in pages else 1
    return {"place": place, "progress": at.words["page"].format(n=place, all=len(pages))}


def draw_review(request: HttpRequest, at: Visit, *, wrong: str = "", status: int = 200) -> HttpResponse:
    """All answers on one page, to be sent."""
    problems = [(one, at.page_of(one.name)) for one in problems_in_words(at, at.problems())]
    by_page: list[dict[str, Any]] = []
    for one in at.said():
        if not by_page or by_page[-1]["page"] != one.page:
            by_page.append({"page": one.page, "title": one.group, "said": []})
        by_page[-1]["said"].append((one.label, one.answer))
    first_wrong = problems[0][1] if problems else None
    new = shown_word(known_word(request.POST.get("new_word", "")) or known_word(new_word())) if at.collection.keeps_together and not at.word else ""
    return show(
        request, at, "review", status=422 if wrong and status == 200 else status, said=by_page, problems=[one for one, _page in problems],
        first_wrong=first_wrong, wrong=wrong, new_word=new, last=(at.pages() or [0])[-1],
    )  # fmt: skip


def show(request: HttpRequest, at: Visit, what: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page in the form's language and direction, which no cache keeps and no address of tells."""
    with translation.override(at.interface or "en"):
        answer = render(request, f"instruments/collect_{what}.html", {"at": at, "w": at.words.texts | {"is_draft": at.words.is_draft}, "dir": at.direction, **context}, status=status)
    _sealed(answer, at)
    if at.is_desk and what != "start":
        answer["Refresh"] = f"{DESK_THANKS if what == 'sent' else DESK_RESTS}; url={desk_url(at)}"
    return answer


def show_once(request: HttpRequest, at: Visit, what: str, context: Callable[[], dict[str, Any]]) -> HttpResponse:
    """A page that is the same for everybody, drawn once for a collection, language and day."""
    known = (at.collection.uid, what, at.language, at.spoken, at.today, at.title, at.consent)
    kept = _drawn.get(known)
    answer = show(request, at, what, **context()) if kept is None else HttpResponse(kept["content"])
    if kept is None:
        while len(_drawn) >= KEEP:
            _drawn.pop(next(iter(_drawn)))
        _drawn[known] = {"content": answer.content}
    return _sealed(answer, at)


def _sealed(answer: HttpResponse, at: Visit) -> HttpResponse:
    answer["Content-Language"] = at.language
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    return answer


def desk_url(at: Visit) -> str:
    """The first page at the desk."""
    return reverse("instruments:collect", kwargs={"token": at.collection.code}) + "?desk=1"


def _staff_url(at: Visit) -> str:
    return reverse("instruments:collection", kwargs={"uid": at.collection.uid}) if at.is_staffed else ""


def _begin(request: HttpRequest, at: Visit) -> HttpResponse:
    if at.word.strip() and not known_word(at.word):
        return draw_start(request, at, status=422, word_wrong=True)
    at.word = known_word(at.word)
    first = at.next_page()
    return draw_page(request, at, first) if first is not None else draw_review(request, at)


def _next(request: HttpRequest, at: Visit, number: int, shown: list[str]) -> HttpResponse:
    state = rules.work_out(at.form, at.answers, today=at.today, language=at.language)
    seen = state.shown(items=rules.pages(at.form)[number].items)
    new = {key for key, item, _scope in seen if item.is_question and item.kind != "file" and item.readonly != "true()"} - set(shown)
    problems = at.problems(only=shown)
    if problems or new:
        return draw_page(request, at, number, problems=problems, has_more=bool(new))
    after = at.next_page(number)
    return draw_page(request, at, after) if after is not None else draw_review(request, at)


def _send(request: HttpRequest, at: Visit, sent_url: str, send: Callable[[Visit], Any]) -> HttpResponse:
    if not at.word and at.joins:
        at.word = known_word(request.POST.get("new_word", ""))
    try:
        receipt = send(at)
    except actions.AnswersWrong:
        return draw_review(request, at, status=422)
    except RuleBroken as broken:
        return draw_review(request, at, wrong=str(broken.message))
    if receipt is None:
        return draw_review(request, at, wrong=at.words["busy"], status=429)
    return redirect(sent_url + ("&before=1" if receipt.state == "aside" else ""))


def _number(at: Visit, text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        return None
    if int(text) >= len(rules.pages(at.form)):
        raise Http404
    return int(text)
