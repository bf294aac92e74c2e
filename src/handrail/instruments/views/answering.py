"""Answering by personal link: a page at a time, kept at every step, in the form's language, without an account or script."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from handrail.instruments import actions, queries, rules
from handrail.instruments.forms.answering import AnswerPage, answers_sent, is_change, keys_shown
from handrail.instruments.queries import Sitting
from handrail.instruments.views.machine import answer_to_machine, is_machine
from handrail.kit import ids
from handrail.kit.forms import attempt
from handrail.kit.models import Link
from handrail.kit.screens import link, page

# The secret in the address is what lets one answer: a request forged elsewhere does not have it. Without cookies nothing is
# lost when a phone keeps none, or when a page stays open overnight.


@csrf_exempt
@link("answer")
def answer(request: HttpRequest, found: Link) -> HttpResponse:
    """What one is asked, by whom, until when and who sees it; for a manager the list of persons."""
    if is_machine(request):
        return answer_to_machine(request, found)
    at = _sitting(request, found, None)
    if not at.takes_answers:
        return _show(request, at, "closed", status=410)
    if at.is_about_others:
        first = at.next_page() or 0
        return _show(request, at, "list", people=queries.people_to_rate(at.everyone), left=_left(at), first=first)
    go_on = at.first_open_page() if at.answers else at.next_page()
    go_url = _url(request, at, "page", number=go_on) if go_on is not None else _url(request, at, "review")
    return _show(request, at, "start", go_url=go_url, pages=len(at.pages()))


@csrf_exempt
@link("answer")
def answer_page(request: HttpRequest, found: Link, uid: UUID, number: int) -> HttpResponse:
    """One page of questions. Whatever button is pressed, what stands on the page is kept first."""
    at = _sitting(request, found, uid)
    if number >= len(rules.pages(at.form)):
        raise Http404
    if not at.takes_answers:
        return _show(request, at, "closed", status=410)
    if request.method != "POST":
        return _page(request, at, number)
    answers, shown = answers_sent(at.form, number, request.POST, earlier=at.answers)
    receipt, wrong = attempt(
        actions.submit_answers, invitation=at.invitation, answers=answers, is_complete=False, language=at.language,
        key=request.POST.get("key", ""), page=shown, by=at.invitation.respondent,
    )  # fmt: skip
    if receipt is None or receipt.state == "aside":
        at.answers = {**{k: v for k, v in at.answers.items() if k not in shown}, **answers}
        return _page(request, at, number, status=422, wrong=wrong, was_aside=receipt is not None)
    at.reread()
    return _onward(request, at, number, keys_shown(request.POST))


@csrf_exempt
@link("answer")
def answer_review(request: HttpRequest, found: Link, uid: UUID) -> HttpResponse:
    """All answers on one page; send them."""
    at = _sitting(request, found, uid)
    if not at.takes_answers:
        return _show(request, at, "closed", status=410)
    wrong = ""
    if request.method == "POST":
        # Nothing is sent with the page but the wish to be done, so pressing twice is the same thing twice.
        receipt, wrong = attempt(
            actions.submit_answers, invitation=at.invitation, answers={}, is_complete=True, language=at.language,
            key=request.POST.get("key", ""), page=[], by=at.invitation.respondent,
        )  # fmt: skip
        if receipt is not None:
            return redirect(_url(request, at, "sent"))
    problems = [{"text": problem.message, "url": _url(request, at, "page", number=at.page_of(problem.name)) + "&check=1"} for problem in at.problems()]
    return _show(request, at, "review", status=422 if wrong else 200, said=_by_page(request, at), problems=problems, wrong=wrong, key=ids.secret())


@csrf_exempt
@link("answer")
def answer_later(request: HttpRequest, found: Link, uid: UUID) -> HttpResponse:
    """Kept; the same link leads back."""
    return _show(request, _sitting(request, found, uid), "later")


@csrf_exempt
@link("answer")
def answer_sent(request: HttpRequest, found: Link, uid: UUID) -> HttpResponse:
    """Thank you, what happens now, and who sees what."""
    at = _sitting(request, found, uid)
    if at.invitation.completed_at is None:
        return redirect(_url(request, at, "review"))
    return _show(request, at, "sent", left=_left(at))


def _sitting(request: HttpRequest, found: Link, uid: UUID | None) -> Sitting:
    wanted = request.POST.get("language") or request.GET.get("language", "")
    at = queries.sitting(found, uid, wanted)
    if at is None:
        raise Http404
    return at


def _onward(request: HttpRequest, at: Sitting, number: int, shown: list[str]) -> HttpResponse:
    """Where the pressed button leads, once the page is kept."""
    go = request.POST.get("go", "next")
    if go.startswith("language:"):
        at.language = queries.language_for(at.form, go.removeprefix("language:"))
        return redirect(_url(request, at, "page", number=number))
    if go == "later":
        return redirect(_url(request, at, "later"))
    if go == "back":
        before = at.previous_page(number)
        return redirect(_url(request, at, "page", number=before) if before is not None else _url(request, at, "start"))
    if is_change(go):
        return redirect(_url(request, at, "page", number=number) + "#at-" + go.partition(":")[2])
    new = set(AnswerPage(at.form, number, at.answers, at.language, today=at.today).questions) - set(shown)
    problems = at.problems(only=shown)
    if problems or new:
        return _page(request, at, number, status=422 if problems else 200, problems=problems, has_more=bool(new))
    after = at.next_page(number)
    return redirect(_url(request, at, "page", number=after) if after is not None else _url(request, at, "review"))


def _page(
    request: HttpRequest, at: Sitting, number: int, *, status: int = 200, problems: list[rules.AnswerProblem] | None = None, **more: Any
) -> HttpResponse:
    with translation.override(at.interface or translation.get_language()):
        form = AnswerPage(at.form, number, at.answers, at.language, today=at.today, seed=str(at.invitation.uid))
        if problems is None and request.GET.get("check"):
            problems = at.problems(only=form.shown)
        if problems:
            form.show_problems(problems)
    pages = at.pages()
    place = pages.index(number) + 1 if number in pages else 1
    return _show(
        request, at, "page", status=status, form=form, number=number, place=place, pages=len(pages), key=ids.secret(), **more
    )


def _by_page(request: HttpRequest, at: Sitting) -> list[dict[str, Any]]:
    """The answers under their page's heading, each with the way back to it."""
    found: list[dict[str, Any]] = []
    for one in at.said():
        if not found or found[-1]["page"] != one.page:
            found.append({"page": one.page, "title": one.group, "url": _url(request, at, "page", number=one.page), "said": []})
        found[-1]["said"].append((one.label, one.answer))
    return found


def _left(at: Sitting) -> int:
    return sum(one.completed_at is None for one in at.everyone)


def _url(request: HttpRequest, at: Sitting, what: str, **more: Any) -> str:
    token = request.link_token  # type: ignore[attr-defined]
    if what == "start":
        return reverse("instruments:answer", kwargs={"token": token}) + f"?language={at.language}"
    return reverse(f"instruments:answer_{what}", kwargs={"token": token, "uid": at.invitation.uid, **more}) + f"?language={at.language}"


def _show(request: HttpRequest, at: Sitting, what: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page for a participant: the form's language and direction, and ours where we have it."""
    name = next((one.name for one in queries.people_to_rate([at.invitation])), "") if at.is_about_others and what != "list" else ""
    with translation.override(at.interface or translation.get_language()):
        answer = page(
            request, f"instruments/answer_{what}.html", status=status, at=at, dir=at.direction, token=request.link_token,  # type: ignore[attr-defined]
            about_name=name, state=queries.state_of(at.round), **context,
        )  # fmt: skip
        answer["Content-Language"] = translation.get_language() or "sv"
    return answer
