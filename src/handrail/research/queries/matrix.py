"""What marks come to: codes by group, country or language; codes that stand together; and what was said under a code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from handrail.kit.disclosure import INSIDE, hidden_cells
from handrail.kit.text import country_name, language_name
from handrail.research import rules
from handrail.research.models import Code, Coding, RespondentGroup, SourceText, Study
from handrail.research.queries.coding import Listed, codebook_of, counted_codings, said

GROUP, COUNTRY, LANGUAGE = "group", "country", "language"
SIDES = {GROUP: "text__source__group", COUNTRY: "text__source__partner__country", LANGUAGE: "text__source__language"}


@dataclass(frozen=True)
class Cell:
    """How many sources say it and in how many passages; hidden where so few did that they could be found out."""

    sources: int = 0
    passages: int = 0
    is_hidden: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """A code with its cells, in the order of the columns, and over all of them."""

    listed: Listed
    cells: tuple[Cell, ...]
    whole: Cell


@dataclass(frozen=True)
class Matrix:
    """Codes by groups (or countries, or languages); `sources` is how many each column holds."""

    columns: tuple[tuple[str, str], ...]  # value, label
    sources: tuple[Cell, ...]
    rows: tuple[MatrixRow, ...]


def matrix_of(study: Study, *, side: str = GROUP, suppressed: bool) -> Matrix:
    """How many sources and passages of each group speak of each code. `suppressed` hides what fewer than five say, and what would give it away."""
    path = SIDES[side]
    place = Concat(Cast("text", TextField()), Value(":"), Cast("start", TextField()), Value(":"), Cast("end", TextField()), output_field=TextField())
    found = {
        (code, value): Cell(sources, passages)
        for code, value, sources, passages in counted_codings(study).order_by().values_list("code", path)
        .annotate(sources=Count("text__source", distinct=True), passages=Count(place, distinct=True))
    }  # fmt: skip
    there = dict(
        SourceText.objects.filter(kind=SourceText.Kind.REDACTED, agreed_at__isnull=False, source__study=study, source__withdrawn_at=None)
        .order_by().values_list(path.removeprefix("text__")).annotate(n=Count("source", distinct=True))
    )  # fmt: skip
    columns = _columns(study, side, there)
    listed = codebook_of(study, retired=True)
    listed = [one for one in listed if one.code.retired_at is None or any((one.code.pk, value) in found for value, _label in columns)]
    hidden: frozenset[Any] = frozenset()
    if suppressed:
        hidden = hidden_cells({(one.code.pk, value): found.get((one.code.pk, value), Cell()).sources for one in listed for value, _label in columns})
    few = {value for value, count in there.items() if 0 < count < INSIDE.counts} if suppressed else set()
    rows = []
    for one in listed:
        cells = [found.get((one.code.pk, value), Cell()) for value, _label in columns]
        whole = Cell(sum(cell.sources for cell in cells), sum(cell.passages for cell in cells))
        shown = tuple(
            Cell(is_hidden=True) if (one.code.pk, value) in hidden or value in few else cell for (value, _label), cell in zip(columns, cells, strict=True)
        )
        rows.append(MatrixRow(one, shown, Cell(is_hidden=True) if suppressed and (0 < whole.sources < INSIDE.counts or few) else whole))
    return Matrix(
        tuple((_key(value), label) for value, label in columns),
        tuple(Cell(is_hidden=True) if value in few else Cell(there.get(value, 0)) for value, _label in columns), tuple(rows),
    )  # fmt: skip


def _columns(study: Study, side: str, there: Mapping[Any, int]) -> list[tuple[Hashable, str]]:
    if side == GROUP:
        return [(one.pk, str(one.title)) for one in study.groups.all()] + ([(None, "–")] if None in there else [])
    values = sorted(value for value in there if value)
    names = [(value, country_name(value) if side == COUNTRY else language_name(value)) for value in values]
    return [*names, *([(None, "–")] if None in there else [])]


def _key(value: Hashable) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Together:
    """Two codes that lie over each other: in how many passages, of how many sources."""

    one: Code
    other: Code
    passages: int
    sources: int
    is_hidden: bool = False


def codes_together(study: Study, *, suppressed: bool, most: int = 200) -> list[Together]:
    """Which codes stand on the same words, the most frequent pairs first."""
    by_text: dict[tuple[int, int], set[tuple[int, int, int]]] = defaultdict(set)
    for text, source, code, start, end in counted_codings(study).order_by().values_list("text", "text__source", "code", "start", "end"):
        by_text[text, source].add((start, end, code))
    passages: dict[tuple[int, int], int] = defaultdict(int)
    sources: dict[tuple[int, int], set[int]] = defaultdict(set)
    for (_text, source), marks in by_text.items():
        for one, other in _overlapping(sorted(marks)):
            pair = (min(one, other), max(one, other))
            passages[pair] += 1
            sources[pair].add(source)
    codes = {one.pk: one for one in study.codebook.codes.all()}
    rows = [
        Together(codes[a], codes[b], count, len(sources[a, b]), suppressed and len(sources[a, b]) < INSIDE.counts)
        for (a, b), count in passages.items()
    ]  # fmt: skip
    shown = [Together(one.one, one.other, 0, 0, True) if one.is_hidden else one for one in rows]
    return sorted(shown, key=lambda one: (-one.sources, -one.passages, one.one.order, one.other.order, one.one.pk, one.other.pk))[:most]


def _overlapping(marks: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Pairs of codes of marks that share a character; `marks` by their beginning."""
    found: list[tuple[int, int]] = []
    open_marks: list[tuple[int, int, int]] = []
    for mark in marks:
        open_marks = [one for one in open_marks if one[1] > mark[0]]
        found += [(one[2], mark[2]) for one in open_marks if one[2] != mark[2]]
        open_marks.append(mark)
    return found


@dataclass(frozen=True)
class Quote:
    """A passage under a code, with where it is from and what it is in another language."""

    coding: Coding
    text: str
    sign: str
    language: str
    country: str
    group: RespondentGroup | None
    translation: str = ""
    translation_language: str = ""
    coders: int = 1


def quotes_of(code: Code, *, group: str = "", country: str = "", language: str = "") -> QuerySet[Coding]:
    """What was said under a code, each passage once, however many readers marked it."""
    rows = counted_codings(code.codebook.study).filter(code=code)
    if group.isdigit():
        rows = rows.filter(text__source__group=int(group))
    if country:
        rows = rows.filter(text__source__partner__country=country)
    if language:
        rows = rows.filter(text__source__language=language)
    first = rows.order_by().values("text", "start", "end").annotate(first=_least())
    return (
        said(counted_codings(code.codebook.study).filter(pk__in=first.values("first")))
        .select_related("text__source__partner", "text__source__group").defer("text__body").order_by("text__source__partner__order", "text__source__sign", "start", "pk")
    )  # fmt: skip


def _least() -> Any:
    from django.db.models import Min

    return Min("pk")


def with_translations(codings: Sequence[Coding], wanted: str) -> list[Quote]:
    """Quotes with the same turns in the language that is wanted, else in any; their own language needs none."""
    sources = {one.text.source_id for one in codings}
    texts: dict[int, list[SourceText]] = defaultdict(list)
    for text in SourceText.objects.filter(source__in=sources, kind=SourceText.Kind.TRANSLATION).order_by("language"):
        texts[text.source_id].append(text)
    found = []
    for one in codings:
        source = one.text.source
        beside = sorted((text for text in texts[source.pk] if text.language != source.language), key=lambda text: text.language != wanted)
        words = ("", "")
        if beside and source.language != wanted:
            place = rules.aligned(rules.turns_of(one.text.turns, ""), rules.turns_of(beside[0].turns, ""), one.start, one.end)
            words = (beside[0].body[place[0] : place[1]], beside[0].language) if place else words
        country = source.partner.country if source.partner else ""
        found.append(Quote(one, one.said, source.sign, source.language, country, source.group, *words))  # type: ignore[attr-defined]
    return found


def enough_sources(rows: QuerySet[Coding]) -> bool:
    """Whether so many sources speak that a quote leads back to nobody (domain.md 7.3)."""
    return rows.order_by().values("text__source").distinct().count() >= INSIDE.counts


@dataclass(frozen=True)
class Sides:
    """What one country, or one language, says under a code."""

    value: str
    label: str
    count: int
    quotes: tuple[Quote, ...]
    is_hidden: bool = False


def side_by_side(code: Code, *, wanted: str, suppressed: bool, each: int = 3) -> list[Sides]:
    """A code in every country of a study beside each other: how many sources speak of it, and the first passages in the original and a translation."""
    found = []
    countries = list(dict.fromkeys(code.codebook.study.partners.order_by("order", "pk").values_list("country", flat=True)))
    for country in countries:
        rows = quotes_of(code, country=country)
        count = rows.order_by().values("text__source").distinct().count()
        if suppressed and count < INSIDE.counts:
            found.append(Sides(country, country_name(country), 0, (), is_hidden=count > 0))
            continue
        found.append(Sides(country, country_name(country), count, tuple(with_translations(list(rows[:each]), wanted))))
    return found
