"""Figures laid out for people: each question as it would be drawn by hand, with its numbers in a table behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from handrail.instruments.models import Book
from handrail.instruments.queries.results import Splitting, asked_of, labels_in, splittings
from handrail.instruments.rules.results import WHOLE, Asked
from handrail.instruments.rules.tallying import MANY, NUMBER, WORDS
from handrail.kit import drawing
from handrail.kit.disclosure import INSIDE
from handrail.kit.text import _, number, percent

Row = dict[str, Any]


@dataclass(frozen=True)
class Panel:
    """One drawing of a question: everybody's answers, or one part's."""

    label: str
    n: str
    rows: list[Row] = field(default_factory=list)  # bars
    bars: drawing.Histogram | None = None
    mean: str = ""
    hidden: str = ""  # why nothing is drawn


@dataclass(frozen=True)
class Shown:
    """A question with its drawings and the table of its numbers."""

    name: str
    title: str
    kind: str  # bars, likert, histogram or words
    panels: list[Panel]
    columns: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    anchor: str = ""
    scale: list[str] = field(default_factory=list)
    steps: tuple[int, ...] = ()
    middle: str = ""
    likert_rows: list[dict[str, Any]] = field(default_factory=list)
    likert_hidden: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Results:
    """A page of results: how many answered, which questions, told apart by what."""

    people: str
    splits: list[Splitting]
    split: Splitting | None
    part: str
    questions: list[Shown]
    is_empty: bool

    @property
    def title(self) -> str:
        """The name of the part that is shown alone."""
        return self.split.parts.get(self.part, "") if self.split else ""


def results_of(book: Book, *, split: str = "", part: str = "", figures: Mapping[str, Any] | None = None, only: Sequence[str] = ()) -> Results:
    """The figures of a book as they are shown, for everybody, told apart by a split, or of one of its parts.

    `figures` are others than the book's own, where they were worked out for a filter.
    """
    shown = figures if figures is not None else book.figures
    ways = splittings(book)
    chosen = next((one for one in ways if one.name == split), None)
    labels = labels_in(book)
    if chosen and not part:
        places = [(chosen.name, code, title) for code, title in chosen.parts.items()]
    else:
        places = [(chosen.name, part, chosen.parts.get(part, "")) if chosen and part else (*WHOLE, "")]
    people = shown.get("people", {}).get(places[0][0] if part else WHOLE[0], {}).get(part if part else WHOLE[1])
    questions = [
        replace(show(asked, shown["questions"][asked.name], places, labels.get(asked.name, (asked.name, {}))), anchor=f"q-{asked.name.strip('@').replace('.', '-')}")
        for asked in asked_of(book) if asked.name in shown.get("questions", {}) and (not only or asked.name in only)
    ]  # fmt: skip
    return Results(few(people), ways, chosen, part, questions, not people)


def few(count: int | None, threshold: int = INSIDE.counts) -> str:
    """A number of people as it is written; fewer than the threshold, or hidden with its neighbour, is not told."""
    return str(_("hidden")) if count is None else number(count)


def show(asked: Asked, drawn: Mapping[str, Any], places: Sequence[tuple[str, str, str]], labels: tuple[str, Mapping[str, str]]) -> Shown:
    """One question, drawn for each of the places (split, part, title)."""
    title, words = labels
    parts = [(label, drawn.get(split, {}).get(part, {"n": 0, "v": {}})) for split, part, label in places]
    notes = [str(_("About health: groups under ten are hidden."))] if asked.is_health else []
    if drawn.get("repeated"):
        notes.append(str(_("Asked several times of each person: counted each time.")))
    if asked.kind == WORDS:
        return Shown(asked.name, title, "words", [Panel(label, few(part["n"])) for label, part in parts], notes=notes)
    values = list(dict.fromkeys(value for _label, part in parts for value in part.get("v", {})))
    names = bars_named(values) if asked.kind == NUMBER else {value: words.get(value, value) for value in values}
    columns, rows = _table(parts, names, asked)
    if asked.kind == NUMBER:
        top = max((_share(part, value) or 0.0 for _label, part in parts for value in values), default=1.0)
        return Shown(asked.name, title, "histogram", [_number_panel(label, part, names, top) for label, part in parts], columns, rows, notes=notes)
    if scale := [value for value in asked.scale if value in names]:
        return _likert(asked, title, parts, scale, names, columns, rows, notes)
    if asked.kind == MANY:
        notes.append(str(_("Several answers could be chosen.")))
    return Shown(asked.name, title, "bars", [_bars_panel(label, part, names) for label, part in parts], columns, rows, notes=notes)


def _base(part: Mapping[str, Any]) -> int | None:
    n = part["n"]
    return n if n else None


def _share(part: Mapping[str, Any], value: str) -> float | None:
    count, n = part.get("v", {}).get(value, 0), _base(part)
    return None if count is None or n is None else count / n


def _is_hidden(part: Mapping[str, Any]) -> bool:
    return part["n"] is None or (bool(part.get("v")) and all(count is None for count in part["v"].values()))


def _bars_panel(label: str, part: Mapping[str, Any], names: Mapping[str, str]) -> Panel:
    if _is_hidden(part):
        return Panel(label, few(part["n"]), hidden=str(_("Too few answers to be shown.")))
    rows: list[Row] = []
    for value, name in names.items():
        count, share = part["v"].get(value, 0), _share(part, value)
        if count is None:
            rows.append({"label": name, "value": 0, "text": str(_("hidden"))})
        else:
            rows.append({"label": name, "value": share or 0, "text": percent(share or 0, 0), "more": number(count)})
    return Panel(label, few(part["n"]), rows)


def _number_panel(label: str, part: Mapping[str, Any], names: Mapping[str, str], top: float) -> Panel:
    if _is_hidden(part):
        return Panel(label, few(part["n"]), hidden=str(_("Too few answers to be shown.")))
    bars = drawing.histogram([(name, part["v"].get(value, 0), _share(part, value)) for value, name in names.items()], top=top)
    mean = str(_("Mean %(mean)s, standard deviation %(sd)s")) % {"mean": number(part["mean"], 1), "sd": number(part["sd"], 1)} if "mean" in part else ""
    return Panel(label, few(part["n"]), bars=bars, mean=mean)


def _likert(
    asked: Asked, title: str, parts: Sequence[tuple[str, Mapping[str, Any]]], scale: Sequence[str], names: Mapping[str, str], columns: list[dict[str, Any]], rows: list[dict[str, Any]],
    notes: list[str],
) -> Shown:  # fmt: skip
    drawable, hidden = [], []
    for label, part in parts:
        counts = [part.get("v", {}).get(value, 0) for value in scale]
        if part["n"] is None or any(count is None for count in counts) or not sum(counts):
            if part["n"] != 0:
                hidden.append(f"{label}: " if label else "")
        else:
            drawable.append((label or str(_("All")), counts))
    middle, drawn = drawing.likert(drawable)
    others = [value for value in names if value not in scale]
    if others:
        notes = [*notes, str(_("Not drawn: %(answers)s. See the table.")) % {"answers": ", ".join(names[value] for value in others)}]
    words = [names[value] for value in scale]
    told = [one + str(_("too few in some answers to be drawn; see the table")) for one in hidden]
    return Shown(
        asked.name, title, "likert", [Panel(label, few(part["n"])) for label, part in parts], columns, rows, scale=words, steps=drawing.LIKERT_STEPS[len(scale)], middle=middle,
        likert_rows=[{"rows": drawn}] if drawn else [], likert_hidden=told, notes=notes,
    )  # fmt: skip


def _table(parts: Sequence[tuple[str, Mapping[str, Any]]], names: Mapping[str, str], asked: Asked) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The numbers behind the drawing: a row for each answer, a column for each part."""
    columns: list[dict[str, Any]] = [{"label": str(_("Answer"))}]
    columns += [{"label": label or str(_("Number of answers")), "number": True} for label, _part in parts]
    rows = [{"cells": [name, *(_cell(part, value) for _label, part in parts)]} for value, name in names.items()]
    rows.append({"cells": [str(_("Answered the question")), *(few(part["n"]) for _label, part in parts)]})
    if asked.kind == NUMBER:
        rows.append({"cells": [str(_("Mean")), *(number(part["mean"], 2) if "mean" in part else "–" for _label, part in parts)]})
    return columns, rows


def _cell(part: Mapping[str, Any], value: str) -> str:
    count = part.get("v", {}).get(value, 0)
    if count is None:
        return str(_("hidden"))
    share = _share(part, value)
    return number(count) if share is None else f"{number(count)} ({percent(share, 0)})"


def bars_named(edges: Sequence[str]) -> dict[str, str]:
    """The bars of a histogram in words: 20 to under 30; the last is open."""
    found = {}
    for place, edge in enumerate(edges):
        low = _figure(edge)
        if place == len(edges) - 1:
            found[edge] = str(_("%(low)s and more")) % {"low": low} if len(edges) > 1 else low
        else:
            found[edge] = str(_("%(low)s to under %(high)s")) % {"low": low, "high": _figure(edges[place + 1])}
    return found


def _figure(edge: str) -> str:
    return number(float(edge), len(edge.partition(".")[2]))
