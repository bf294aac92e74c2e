"""Counting responses: note each with its own transaction, add them up in the background, draw what may be seen.

A response writes one line of its own (`TallyDelta`) and touches no row that another response touches, so that many come in at once. One worker
at a time adds a collection's lines to its tallies and columns and takes them away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from handrail.instruments.actions.books import move_book, settle_after_recount
from handrail.instruments.actions.drawing import draw_books
from handrail.instruments.models import Book, Collection, ColumnBlock, Columns, Response, Tally, TallyDelta
from handrail.instruments.queries import tallies as queries
from handrail.instruments.rules import columns as rules
from handrail.kit.intake import unordered
from handrail.kit.lazily import when_used

np = when_used("numpy")

AT_ONCE = 2000  # lines that one short transaction adds


def count_responses(*, responses: Iterable[Response], sign: int = 1) -> None:
    """Note that responses came (or, with `sign` -1, that they were replaced or taken back), in the transaction in which they did.

    They come with their version and collection at hand; a replaced one is told before its answers are changed or deleted.
    """
    TallyDelta.objects.bulk_create([_line(one, sign) for one in responses], batch_size=500)  # one statement of its own: no savepoint around it


def _line(response: Response, sign: int) -> TallyDelta:
    line = TallyDelta(
        collection_id=response.collection_id, version=response.version, response=response.pk, sign=sign, language=response.language,
        period=f"{response.received_on:%Y-%m}", counted=queries.counted_of(response),
    )  # fmt: skip
    if response.received_at is None:  # nobody sees in which order they came
        line.pk = unordered()
    return line


def add_up() -> int:
    """Add up everything that came in; answers how many lines. Safe in several workers at once: each takes what no other holds."""
    done = 0
    for collection in queries.collections_to_add():
        while some := add_up_collection(collection):
            done += some
            if some < AT_ONCE:
                break
    for book in queries.books_to_move():
        move_book(book=book)
    draw_books()
    return done


@transaction.atomic
def add_up_collection(collection: int) -> int:
    """Add a collection's next lines to its tallies and columns; answers how many, 0 when another worker is at it."""
    held = _hold(collection)
    if held is None:
        return 0
    lines = list(TallyDelta.objects.filter(collection=collection).select_related("version__questionnaire").order_by("-sign", "pk")[:AT_ONCE])
    if not lines:
        return 0
    _add(held, lines)
    TallyDelta.objects.filter(pk__in=[one.pk for one in lines]).delete()
    questionnaire = lines[0].version.questionnaire
    book, _new = Book.objects.get_or_create(questionnaire=questionnaire)
    move_book(book=book)
    return len(lines)


def _hold(collection: int) -> Columns | None:
    """The collection's columns, held for this worker alone; None when another one holds them."""
    Columns.objects.bulk_create([Columns(collection_id=collection)], ignore_conflicts=True)
    rows = Columns.objects.filter(collection=collection)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return rows.first()


def _add(held: Columns, lines: list[TallyDelta]) -> None:
    scales = queries.active_scales(lines[0].version.questionnaire)
    keys = {(one.version_id, one.language, one.period) for one in lines}
    stored = {
        (row.version_id, row.language, row.period): row
        for row in Tally.objects.filter(collection=held.collection_id, version_id__in={one[0] for one in keys})
    }
    heap: queries.Heap = {key: (stored[key].people, stored[key].sums) if key in stored else (0, {}) for key in keys}
    came: list[dict[str, Any]] = []
    went: list[dict[str, Any]] = []
    for line in lines:
        given = queries.with_scores(line, scales)
        queries.add_to(heap, line, given)
        if line.sign > 0:
            came.append({**given, rules.LANGUAGE: line.language})
        else:
            went.append({**given, rules.LANGUAGE: line.language})
    Tally.objects.bulk_create(
        [Tally(collection_id=held.collection_id, version_id=key[0], language=key[1], period=key[2], people=people, sums=sums) for key, (people, sums) in heap.items()],
        update_conflicts=True, unique_fields=["collection", "version", "language", "period"], update_fields=["people", "sums"],
    )  # fmt: skip
    append_rows(held, came)
    if went:
        _mark_gone(held, went)
    held.save()


def append_rows(held: Columns, rows: list[dict[str, Any]]) -> None:
    """Write rows behind those that are there, block by block."""
    held.books.setdefault(rules.GONE, {"kind": rules.PLACE, "values": []})
    start = 0
    while start < len(rows):
        number, inside = divmod(held.rows, rules.ROWS)
        some = rows[start : start + rules.ROWS - inside]
        codes = rules.codes_of(held.books, some)
        there = dict(ColumnBlock.objects.filter(columns=held, number=number, question__in=list(codes)).values_list("question", "codes")) if inside else {}
        blocks = []
        for name, new in codes.items():
            kind = held.books[name]["kind"]
            old = rules.read(kind, bytes(there[name])) if name in there else rules.empty(kind, 0)
            whole = np.concatenate([old, rules.empty(kind, inside - len(old)), new])
            blocks.append(ColumnBlock(columns=held, question=name, number=number, codes=whole.tobytes()))
        _write(blocks)
        held.rows += len(some)
        start += len(some)


def _mark_gone(held: Columns, went: list[dict[str, Any]]) -> None:
    """Note after how many rows a response went: what was drawn before stays as it was until it is drawn anew.

    Columns do not know whose a row is: of those that say the same the last one goes, which comes to the same.
    """
    for number in range((held.rows - 1) // rules.ROWS if held.rows else -1, -1, -1):
        if not went:
            return
        block = {
            name: rules.read(held.books[name]["kind"], bytes(codes))
            for name, codes in ColumnBlock.objects.filter(columns=held, number=number).values_list("question", "codes") if name in held.books
        }  # fmt: skip
        rows = min(rules.ROWS, held.rows - number * rules.ROWS)
        full = {name: np.concatenate([codes, rules.empty(held.books[name]["kind"], rows - len(codes))]) for name, codes in block.items()}
        gone = full.get(rules.GONE, rules.empty(rules.PLACE, rows)).copy()
        left = []
        for row in went:
            places = np.flatnonzero(rules.same_as(row, full, held.books, rows) & (gone == 0))
            if len(places):
                gone[places[-1]] = held.rows
                held.gone += 1
            else:
                left.append(row)
        if len(left) < len(went):
            _write([ColumnBlock(columns=held, question=rules.GONE, number=number, codes=gone.tobytes())])
        went = left


def _write(blocks: list[ColumnBlock]) -> None:
    ColumnBlock.objects.bulk_create(blocks, update_conflicts=True, unique_fields=["columns", "question", "number"], update_fields=["codes"])


@transaction.atomic
def recount(*, collection: Collection, at_once: int = 20_000) -> bool:
    """Count a collection anew from its responses; answers whether the sums had been right. What comes in meanwhile is neither lost nor doubled.

    What people see keeps its step: it is drawn again only as far as two looks may differ.
    """
    Columns.objects.bulk_create([Columns(collection=collection)], ignore_conflicts=True)
    held = Columns.objects.filter(collection=collection).select_for_update(no_key=True).get()
    before = {(row.version_id, row.language, row.period): (row.people, row.sums) for row in Tally.objects.filter(collection=collection)}
    scales = queries.active_scales(collection.version.questionnaire)
    lines = TallyDelta.objects.filter(collection=collection).select_related("version__questionnaire")
    for line in lines:
        queries.add_to(before, line, queries.with_scores(line, scales))
    ColumnBlock.objects.filter(columns=held).delete()
    Tally.objects.filter(collection=collection).delete()
    held.rows, held.gone, held.books = 0, 0, {}
    live, after = _count_all(held, collection, at_once)
    told: dict[int, list[TallyDelta]] = {}
    for line in lines.all():
        told.setdefault(line.response, []).append(line)
    done = [
        line.pk for response, some in told.items() for line in some
        if (line.sign > 0 if response in live else any(one.sign < 0 for one in some))
    ]  # fmt: skip
    TallyDelta.objects.filter(pk__in=done).delete()
    held.save()
    settle_after_recount(collection=collection, rows=held.rows)
    move_book(book=Book.objects.get_or_create(questionnaire=collection.version.questionnaire)[0])
    return {key: value for key, value in before.items() if value[0] or value[1]} == after


def _count_all(held: Columns, collection: Collection, at_once: int) -> tuple[set[int], queries.Heap]:
    live: set[int] = set()
    versions: dict[int, Any] = {}
    last = 0
    while some := list(
        Response.objects.filter(collection=collection, replaced_by=None, pk__gt=last).order_by("pk")
        .only("collection_id", "version_id", "answers", "language", "received_on", "received_at")[:at_once]
    ):  # fmt: skip
        for one in some:
            if one.version_id not in versions:
                versions[one.version_id] = one.version
                _ = one.version.questionnaire
            one.version = versions[one.version_id]
        _add(held, [_line(one, 1) for one in some])
        live |= {one.pk for one in some}
        last = some[-1].pk
    return live, {(row.version_id, row.language, row.period): (row.people, row.sums) for row in Tally.objects.filter(collection=collection)}
