"""Results: every question, told apart, filtered, crossed, and what changed; the same figures for everybody who may read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from handrail.instruments import access, actions, queries
from handrail.instruments.events import ScaleTakenUp
from handrail.instruments.forms import CrossForm, FilterForm, RoundsForm, ScaleForm
from handrail.instruments.models import Book, Collection, QuestionnaireVersion
from handrail.kit.kept import kept, kept_screen
from handrail.kit.screens import message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to

SELDOM = (ScaleTakenUp,)  # what is worked out from figures is kept until they are drawn anew


@screen(programmes_visible_to, may=access.may_see_results)
def results_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The questionnaires of a programme that have results."""
    person: Person = request.person  # type: ignore[attr-defined]
    shown = paged(request, queries.books_of(person, programme))
    return page(request, "instruments/results_list.html", programme=programme, paged=shown, rows=shown.rows)


@screen(queries.books_visible_to)
def results(request: HttpRequest, book: Book) -> HttpResponse:
    """All questions of a questionnaire, for everybody together or told apart."""
    return _results(request, book, kept_by=[book.number])


@kept_screen
def _results(request: HttpRequest, book: Book) -> HttpResponse:
    by, part, only = (request.GET.get(name, "") for name in ("by", "part", "only"))
    drawn = kept("results drawn", [book.pk, book.number, by, part, only], lambda: _drawn(book, by, part, only), events=SELDOM)
    here = reverse("instruments:results", kwargs={"uid": book.uid})
    found = queries.splittings(book)
    ways = [{"label": _("All together"), "url": here, "current": not by}]
    ways += [{"label": one.title, "url": f"{here}?by={one.name}", "current": one.name == by} for one in found]
    return page(
        request, "instruments/results.html", book=book, drawn=mark_safe(drawn["html"]), people=drawn["people"], title=drawn["title"], has_questions=drawn["has_questions"],  # noqa: S308  our own template made it
        ways=ways if len(ways) > 1 else [], only=only, may_cross=bool(queries.may_cross(book)), has_rounds=any(one.is_round for one in found),
        filter=FilterForm({"only": only}, answers=queries.answers_to_choose(book)) if not by else None,
    )  # fmt: skip


def _drawn(book: Book, by: str, part: str, only: str) -> dict[str, Any]:
    """What is the same for every reader, worked out once for all of them."""
    figures = _filtered(book, only) if only else None
    found = queries.results_of(book, split="" if only else by, part="" if only else part, figures=figures)
    if (by and not only and found.split is None) or (part and found.split and part not in found.split.parts):
        raise Http404
    html = render_to_string("instruments/_results.html", {"results": found})
    return {"html": html, "people": "" if found.is_empty else found.people, "title": found.title if found.part else "", "has_questions": bool(found.questions)}


def _filtered(book: Book, only: str) -> dict[str, Any]:
    name, _colon, value = only.partition(":")
    asked = next((one for one in queries.may_cross(book) if one.name == name), None)
    if asked is None or value not in queries.values_of(book, asked):
        raise Http404
    return queries.filtered(book, asked, value) or {"people": {}, "questions": {}}


@screen(queries.collections_with_results)
def collection_results(request: HttpRequest, collection: Collection) -> HttpResponse:
    """The results of one place where answers are collected, within those of its questionnaire."""
    book = collection.version.questionnaire.book
    split = next((one for one in queries.splittings(book) if one.name == queries.BY_COLLECTION), None)
    address = reverse("instruments:results", kwargs={"uid": book.uid})
    return redirect(f"{address}?by={queries.BY_COLLECTION}&part={collection.uid}" if split and str(collection.uid) in split.parts else address)


@screen(queries.books_visible_to)
def results_cross(request: HttpRequest, book: Book) -> HttpResponse:
    """Two questions crossed."""
    labels, ways = queries.labels_in(book), queries.splittings(book)
    every = queries.may_cross(book)
    questions = [(one.name, labels.get(one.name, (one.name, {}))[0]) for one in every]
    parts = [(f"{one.name}:{code}", f"{one.title}: {title}") for one in ways if len(one.parts) <= queries.MOST_PARTS for code, title in one.parts.items()]
    form = CrossForm(request.GET or None, questions=questions, across=queries.sides_to_choose(book), parts=parts)
    table = None
    if form.is_bound and form.is_valid():
        table = _cross_table(book, form.cleaned_data)
    return page(request, "instruments/results_cross.html", book=book, form=form, table=table, asked=form.is_bound)


def _cross_table(book: Book, chosen: dict[str, str]) -> Any:
    name, _colon, option = chosen["across"].partition(":")
    split, _colon, part = chosen.get("within", "").partition(":")
    every = {one.name: one for one in queries.may_cross(book)}
    if name == chosen["of"]:
        return None

    def make() -> Any:
        found = queries.crossing(book, every[chosen["of"]], every[name], split=split or "*", part=part or "*", option=option)
        return queries.cross_shown(book, found) if found else None

    return kept("crossing", [book.pk, book.number, chosen["of"], chosen["across"], split, part], make, events=SELDOM)


@screen(queries.books_visible_to)
def results_change(request: HttpRequest, book: Book) -> HttpResponse:
    """What changed between two rounds, with intervals and the method's name."""
    splitting = next(iter(queries.round_splittings(book)), None)
    if splitting is None:
        raise Http404
    codes = list(splitting.parts)
    chosen = {"before": codes[0], "after": codes[-1]} | {name: value for name, value in request.GET.items() if value in splitting.parts}
    rounds: Sequence[tuple[str, str]] = list(splitting.parts.items())
    shown = queries.changes_shown(book, splitting, chosen["before"], chosen["after"]) if chosen["before"] != chosen["after"] else []
    return page(
        request, "instruments/results_change.html", book=book, questions=shown, form=RoundsForm(chosen, rounds=rounds), before=splitting.parts[chosen["before"]],
        after=splitting.parts[chosen["after"]],
    )  # fmt: skip


@screen(programmes_visible_to, may=access.may_see_desk)
def desk_trend(request: HttpRequest, programme: Programme) -> HttpResponse:
    """What newcomers say at the desk, by unit and month."""
    return page(request, "instruments/desk_trend.html", programme=programme, questions=queries.desk_trends(request.person, programme))  # type: ignore[attr-defined]


@screen(queries.versions_visible_to, may=access.may_take_up_scale)
def scales(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    """Published instruments that a questionnaire asks: licence, scoring, and taking one into use."""
    offered, used = queries.scales_to_use(version)
    form = ScaleForm.of(request, scales=offered)
    if form.perform(actions.use_scale, questionnaire=version.questionnaire, by=request.person):  # type: ignore[attr-defined]
        message(request, _("It is scored from now on, earlier answers too, within a few minutes."))
        return redirect("instruments:scales", uid=version.uid)
    return page(request, "instruments/scales.html", version=version, form=form, offered=offered, used=used)
