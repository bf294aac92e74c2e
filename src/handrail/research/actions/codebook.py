"""The codebook: one for a study, changed by many, and nobody's work is lost because somebody else was faster."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from handrail.kit import clock
from handrail.kit.errors import Conflict, RuleBroken
from handrail.kit.events import announce
from handrail.kit.files import as_text, read_table
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.research import formats
from handrail.research.events import CodebookChanged
from handrail.research.models import Code, Codebook, Coding, Study

Texts = Mapping[str, str]
MOST = 2_000


@transaction.atomic
def add_code(
    *, study: Study, name: Texts, description: Texts | None = None, memo: str = "", colour: str = "", is_codable: bool = True, parent: Code | None = None,
    by: Person | None,
) -> Code:  # fmt: skip
    """Add a word to the codebook, at the end of those that stand beside it."""
    book = _book(study)
    _check(book, name, colour, parent)
    made = _made(book, name, description or {}, memo, colour, is_codable=is_codable, parent=parent)
    _changed(book, "added", made, by)
    return made


@transaction.atomic
def change_code(
    *, code: Code, name: Texts, description: Texts, memo: str = "", colour: str = "", is_codable: bool = True, parent: Code | None = None, seen: int,
    by: Person | None,
) -> Code:  # fmt: skip
    """Write a code anew. `seen` is the number of the codebook that the writer had before them: whoever was slower is told, and nothing is overwritten."""
    book = _book(code.codebook.study)
    if seen != book.number:
        raise Conflict(_("Somebody changed the codebook in the meantime. Look at it again, then save yours on top of it."), field="seen")
    code = Code.objects.get(pk=code.pk)
    _check(book, name, colour, parent, but=code)
    if parent is not None and code.pk in _above(parent):
        raise RuleBroken(_("A code cannot stand under itself."), field="parent")
    moved = (parent.pk if parent else None) != code.parent_id
    code.name, code.description, code.memo, code.colour, code.is_codable, code.parent = dict(name), dict(description), memo.strip(), colour, is_codable, parent
    if moved:
        code.order = _last(book) + 1
    code.save()
    _changed(book, "changed", code, by)
    return code


@transaction.atomic
def move_code(*, code: Code, up: bool, by: Person | None) -> Code:
    """Move a code one place up or down among those beside it."""
    book = _book(code.codebook.study)
    beside = list(Code.objects.filter(codebook=book, parent=code.parent_id, retired_at=None).order_by("order", "pk"))
    place = next(index for index, one in enumerate(beside) if one.pk == code.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(beside):
        beside[place], beside[other] = beside[other], beside[place]
        orders = sorted(one.order for one in beside)
        if len(set(orders)) < len(orders):
            orders = list(range(len(beside)))
        for one, order in zip(beside, orders, strict=True):
            one.order = order
        Code.objects.bulk_update(beside, ["order"])
        _changed(book, "moved", code, by)
    return code


@transaction.atomic
def merge_codes(*, code: Code, into: Code, by: Person | None) -> Code:
    """Make two words one: every mark and every code under the first goes to the other, and the first is retired."""
    book = _book(code.codebook.study)
    if into.pk == code.pk or into.codebook_id != book.pk or into.retired_at is not None or not into.is_codable:
        raise RuleBroken(_("Choose another code of this codebook."), field="into")
    if code.pk in _above(into):
        raise RuleBroken(_("A code cannot go into one that stands under it."), field="into")
    there = set(Coding.objects.filter(code=into, removed_at=None).values_list("text", "coder", "start", "end"))
    twice = [one.pk for one in Coding.objects.filter(code=code, removed_at=None) if (one.text_id, one.coder_id, one.start, one.end) in there]
    Coding.objects.filter(pk__in=twice).update(removed_at=clock.now())
    Coding.objects.filter(code=code).update(code=into)
    Code.objects.filter(parent=code).update(parent=into)
    Code.objects.filter(pk=code.pk).update(retired_at=clock.now())
    _changed(book, "merged", into, by)
    return into


@transaction.atomic
def retire_code(*, code: Code, by: Person | None) -> Code:
    """Use a code no longer. Marks that have it stay; codes under it go one step up."""
    book = _book(code.codebook.study)
    Code.objects.filter(parent=code, retired_at=None).update(parent=code.parent_id)
    code.retired_at = clock.now()
    code.save(update_fields=["retired_at"])
    _changed(book, "retired", code, by)
    return code


@transaction.atomic
def bring_codebook(*, study: Study, name: str, content: bytes, language: str, by: Person | None) -> int:
    """Add the codes of a REFI-QDA codebook (.qdc) or of a table (CSV, workbook) that the study does not have yet; answers how many are new."""
    book = _book(study)
    if content.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        count = add_refi_codes(book, formats.read_codebook(content), language)[1]
    else:
        _sheet, rows = read_table(content, name=name, max_rows=MOST, max_columns=60)
        count = _add_table(book, formats.from_rows([[as_text(cell) for cell in row] for row in rows]), language)
    if count:
        _changed(book, "brought", None, by)
    return count


def add_refi_codes(book: Codebook, codes: Sequence[formats.RefiCode], language: str) -> tuple[dict[str, Code], int]:
    """Codes of another tool by their guid: those that the book has (by guid, else by name in the same place), and new ones; and how many are new."""
    if len(formats.walk(tuple(codes))) > MOST:
        raise RuleBroken(_("More than %(most)d codes are no codebook. Bring in fewer.") % {"most": MOST}, field="file")
    rows = list(Code.objects.filter(codebook=book, retired_at=None))
    by_guid = {one.guid or one.uid: one for one in rows}
    by_place = {(one.parent_id, word.casefold()): one for one in rows for word in one.name.values()}
    found: dict[str, Code] = {}
    new = 0

    def add(one: formats.RefiCode, parent: Code | None) -> None:
        nonlocal new
        guid = _uuid(one.guid)
        place = (parent.pk if parent else None, one.name.casefold())
        code = (by_guid.get(guid) if guid else None) or by_place.get(place)
        if code is None:
            text = {language: one.description} if one.description else {}
            code = _made(book, {language: one.name[:200] or "?"}, text, one.memo, one.colour, is_codable=one.is_codable, parent=parent, guid=guid)
            by_place[place] = code
            new += 1
        found[one.guid] = code
        for child in one.children:
            add(child, code)

    for one in codes:
        add(one, None)
    return found, new


def _add_table(book: Codebook, codes: Sequence[formats.TableCode], language: str) -> int:
    by_place = {(one.parent_id, word.casefold()): one for one in Code.objects.filter(codebook=book, retired_at=None) for word in one.name.values()}
    new = 0
    for one in codes:
        parent: Code | None = None
        for depth, word in enumerate(one.path, 1):
            is_last = depth == len(one.path)
            place = (parent.pk if parent else None, word.casefold())
            code = by_place.get(place)
            if code is None:
                names = {language: word} | (dict(one.names) if is_last else {})
                code = _made(
                    book, names, one.descriptions if is_last else {}, one.memo if is_last else "", one.colour if is_last else "",
                    is_codable=one.is_codable or not is_last, parent=parent,
                )  # fmt: skip
                by_place |= {(place[0], name.casefold()): code for name in code.name.values()} | {place: code}
                new += 1
            parent = code
    return new


def _book(study: Study) -> Codebook:
    """The codebook, held so that two who change it at once do so one after the other."""
    if study.closed_at is not None:
        raise RuleBroken(_("The study is closed. What it found stays as it is."))
    return Codebook.objects.select_for_update(no_key=True).get(study=study)


def _check(book: Codebook, name: Texts, colour: str, parent: Code | None, but: Code | None = None) -> None:
    words = {word.strip().casefold() for word in name.values() if word.strip()}
    if not words:
        raise RuleBroken(_("Give the code a name."), field="name")
    if parent is not None and (parent.codebook_id != book.pk or parent.retired_at is not None):
        raise RuleBroken(_("Choose another code of this codebook."), field="parent")
    if colour and not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        raise RuleBroken(_("A colour is written as # and six digits or letters from A to F."), field="colour")
    beside = Code.objects.filter(codebook=book, parent=parent, retired_at=None).exclude(pk=but.pk if but else 0)
    if any(words & {word.casefold() for word in one.name.values()} for one in beside):
        raise RuleBroken(_("Another code in the same place has this name."), field="name")


def _made(
    book: Codebook, name: Texts, description: Texts, memo: str, colour: str, *, is_codable: bool, parent: Code | None, guid: UUID | None = None
) -> Code:
    return Code.objects.create(
        codebook=book, parent=parent, name=dict(name), description=dict(description), memo=memo.strip(), colour=colour, is_codable=is_codable,
        order=_last(book) + 1, guid=guid,
    )  # fmt: skip


def _last(book: Codebook) -> int:
    return int(Code.objects.filter(codebook=book).aggregate(last=Max("order"))["last"] or 0)


def _above(code: Code) -> set[int]:
    """A code and those it stands under."""
    found: set[int] = set()
    here: Any = code
    while here is not None and here.pk not in found:
        found.add(here.pk)
        here = here.parent
    return found


def _uuid(guid: str) -> UUID | None:
    try:
        return UUID(guid)
    except ValueError:
        return None


def _changed(book: Codebook, what: str, code: Code | None, by: Person | None) -> None:
    book.number += 1
    book.save(update_fields=["number"])
    announce(CodebookChanged(book.study.uid, what, code.uid if code else None, book.number), by=by)
