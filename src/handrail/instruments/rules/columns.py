"""Answers laid out in columns: a number for each choice, so that a million answers to two questions are crossed in a blink."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handrail.kit.lazily import when_used

np = when_used("numpy")


ROWS = 32_768  # of a block
LANGUAGE, GONE = "@language", "@gone"
ONE, MANY, NUMBER, PLACE = "one", "many", "number", "place"
WIDTHS = {ONE: "<u1", MANY: "<u8", NUMBER: "<f8", PLACE: "<i8"}
MOST = {ONE: 254, MANY: 63}  # different answers to a question that a column tells apart

Books = dict[str, dict[str, Any]]


def codes_of(books: Books, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What these rows say, as one array for each question; new choices are noted in the books. 0 (no number) is no answer."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    found: dict[str, Any] = {}
    for name in names:
        kind = books[name]["kind"] if name in books else _kind(next(row[name] for row in rows if name in row))
        if not kind:
            continue
        book = books.setdefault(name, {"kind": kind, "values": []})
        known = {value: code for code, value in enumerate(book["values"])}
        codes = np.full(len(rows), np.nan if kind == NUMBER else 0, dtype=WIDTHS[kind])
        for place, row in enumerate(rows):
            value = row.get(name)
            if value is None or (_kind(value) != kind and not (kind == PLACE and isinstance(value, int))):
                continue
            if kind == ONE:
                if (code := _code(book, known, value)) >= 0:
                    codes[place] = code + 1
            elif kind == MANY:
                codes[place] = sum(1 << code for one in value if (code := _code(book, known, one)) >= 0) | 1 << 63
            else:
                codes[place] = value
        found[name] = codes
    return found


def _kind(value: Any) -> str:
    if isinstance(value, bool | dict):
        return ""
    return ONE if isinstance(value, str) else MANY if isinstance(value, list) else NUMBER


def _code(book: dict[str, Any], known: dict[str, int], value: str) -> int:
    code = known.get(value, -1)
    if code < 0 and len(known) < MOST[book["kind"]]:
        code = known[value] = len(known)
        book["values"].append(value)
    return code


def empty(kind: str, rows: int) -> Any:
    """So many rows without an answer."""
    return np.full(rows, np.nan if kind == NUMBER else 0, dtype=WIDTHS[kind])


def read(kind: str, content: bytes) -> Any:
    """A block's rows."""
    return np.frombuffer(content, dtype=WIDTHS[kind])


def same_as(row: Mapping[str, Any], block: Mapping[str, Any], books: Books, rows: int) -> Any:
    """Which rows of a block say the same as this one in every question."""
    wanted, found = codes_of(books, [row]), np.ones(rows, dtype=bool)
    for name, book in books.items():
        if name != GONE:
            mine = wanted.get(name, empty(book["kind"], 1))[0]
            theirs = block.get(name, empty(book["kind"], rows))
            found &= np.isnan(theirs) if book["kind"] == NUMBER and np.isnan(mine) else theirs == mine
    return found


def is_there(gone: Any, rows: int) -> Any:
    """Which rows counted when there were so many: those that had not gone by then."""
    return (gone == 0) | (gone > rows)


def places_of(codes: Any, book: Mapping[str, Any], wanted: Sequence[str], *, edges: Sequence[str] = ()) -> Any:
    """Of each row the place of its answer among the wanted ones (one choice, or a number in its bar), -1 where it is none of them."""
    if book["kind"] == NUMBER:
        if not edges:
            return np.full(len(codes), -1, dtype=np.int16)
        found = np.searchsorted(np.array([float(edge) - 1e-9 for edge in edges]), codes, side="right") - 1
        return np.where(np.isnan(codes), -1, np.maximum(found, 0)).astype(np.int16)
    place = {value: index for index, value in enumerate(wanted)}
    table = np.array([-1, *(place.get(value, -1) for value in book["values"])], dtype=np.int16)
    return table[codes]


def chose(codes: Any, book: Mapping[str, Any], value: str) -> Any:
    """Which rows chose this one of several, as 1 and 0; -1 where the question was not answered."""
    bit = book["values"].index(value) if value in book["values"] else 63
    said = (codes >> np.uint64(bit)) & np.uint64(1) if bit < 63 else np.zeros(len(codes), dtype=np.uint64)
    return np.where(codes == 0, -1, said.astype(np.int16)).astype(np.int16)


def crossed(first: Any, second: Any, here: Any, sizes: tuple[int, int]) -> Any:
    """How many rows that count stand at each pair of places."""
    chosen = here & (first >= 0) & (second >= 0)
    pairs = first[chosen].astype(np.int32) * sizes[1] + second[chosen]
    return np.bincount(pairs, minlength=sizes[0] * sizes[1]).reshape(sizes)
