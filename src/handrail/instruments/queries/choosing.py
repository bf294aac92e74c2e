"""What a reader of results can choose from, and a crossing laid out as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handrail.instruments.models import Book, QuestionnaireVersion
from handrail.instruments.queries.crossing import Cross, may_cross
from handrail.instruments.queries.forms import form_of
from handrail.instruments.queries.results import labels_in
from handrail.instruments.queries.showing import bars_named, few
from handrail.instruments.queries.tallies import active_scales
from handrail.instruments.rules.hiding import ALL
from handrail.instruments.rules.instruments_scored import Scale, scales, scales_in
from handrail.instruments.rules.results import Asked
from handrail.instruments.rules.tallying import MANY, NUMBER
from handrail.kit.text import _, number, percent


@dataclass(frozen=True)
class CrossShown:
    """A crossing as it is read: within each row, how its people answered the other question."""

    title: str
    caption: str
    columns: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    n: str
    has_hidden: bool


def answers_to_choose(book: Book) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every answer by which results can be filtered, under its question."""
    labels = labels_in(book)
    found = []
    for asked in may_cross(book):
        title, words = labels.get(asked.name, (asked.name, {}))
        found.append((title, [(f"{asked.name}:{value}", name) for value, name in _names(book, asked, words).items()]))
    return found


def sides_to_choose(book: Book) -> list[tuple[str, str]]:
    """What a question can be crossed with: a question, or one answer of several."""
    labels, found = labels_in(book), []
    for asked in may_cross(book):
        title, words = labels.get(asked.name, (asked.name, {}))
        if asked.kind == MANY:
            found += [(f"{asked.name}:{value}", f"{title} {words.get(value, value)}") for value in asked.values]
        else:
            found.append((asked.name, title))
    return found


def cross_shown(book: Book, cross: Cross) -> CrossShown:
    """A crossing with shares of each row, small groups hidden."""
    labels = labels_in(book)
    titles = [labels.get(one.name, (one.name, {}))[0] for one in (cross.first, cross.second)]
    down, across = (_names(book, one, labels.get(one.name, ("", {}))[1]) for one in (cross.first, cross.second))
    for names in (down, across):
        names[""] = str(_("Not asked"))
        names["@none"] = str(_("Not this"))
        names[ALL] = str(_("All"))
    columns: list[dict[str, Any]] = [{"label": titles[0]}, *({"label": across.get(one, one), "number": True} for one in cross.columns), {"label": str(_("Answers")), "number": True}]
    rows = [
        {"cells": [down.get(row, row), *(_cell(cross, row, column) for column in cross.columns), few(cross.cells.get((row, ALL), 0))]}
        for row in (*cross.rows, *([ALL] if cross.first.kind != MANY else []))
    ]  # fmt: skip
    caption = str(_("%(first)s, by the answers to: %(second)s")) % {"first": titles[0], "second": titles[1]}
    hidden = any(count is None for count in cross.cells.values())
    return CrossShown(titles[1], caption, columns, rows, few(cross.n), hidden)


def _cell(cross: Cross, row: str, column: str) -> str:
    count, whole = cross.cells.get((row, column), 0), cross.cells.get((row, ALL), 0)
    if count is None:
        return str(_("hidden"))
    return f"{percent(count / whole, 0)} ({number(count)})" if whole else number(count)


def _names(book: Book, asked: Asked, words: dict[str, str]) -> dict[str, str]:
    figures = book.figures["questions"].get(asked.name, {})
    if asked.kind == NUMBER:
        return bars_named(figures.get("edges", []))
    return {value: words.get(value, value) for value in figures.get("*", {}).get("*", {}).get("v", {})}


def scales_to_use(version: QuestionnaireVersion) -> tuple[list[Scale], list[tuple[Scale, str]]]:
    """Published instruments whose items this version asks and that are not in use yet; and those in use, with where their words come from."""
    active = active_scales(version.questionnaire)
    offered = [one for one in scales_in(form_of(version)) if one.code not in active]
    return offered, [(scales()[code], source) for code, source in sorted(active.items()) if code in scales()]
