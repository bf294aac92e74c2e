"""Which column holds what: guessed from headers in four languages and checked against the cells; remembered by header."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from handrail.kit.files import as_text
from handrail.people.formats.staff_sheet import Sheet
from handrail.people.formats.staff_words import plain, synonyms

FIELDS = (
    "employee_number", "given_name", "family_name", "full_name", "job_title", "aid_code", "department", "unit",
    "employment_rate", "manager", "email", "national_id", "protected", "contact", "language",
)  # fmt: skip
SURE, CHECK = "sure", "check"
LIKENESS = 0.86
SHORTEST_PART = 5
SAMPLE = 60
_NATIONAL_ID = re.compile(r"(?:19|20)?\d{6}[-+ ]?\d{4}")


@dataclass(frozen=True)
class ColumnGuess:
    """One column, the field it seems to hold (None: left out) and whether that is sure or for a person to check."""

    column: int
    header: str
    field: str | None
    certainty: str = ""


def guess_columns(sheet: Sheet) -> list[ColumnGuess]:
    """A guess for every column, in the sheet's order; each field at most once."""
    guesses = [_guess(sheet, index, header) for index, header in enumerate(sheet.headers)]
    taken: dict[str, int] = {}
    for wanted in (SURE, CHECK):
        for guess in guesses:
            if guess.field and guess.certainty == wanted:
                taken.setdefault(guess.field, guess.column)
    return [
        guess if guess.field is None or taken[guess.field] == guess.column else ColumnGuess(guess.column, guess.header, None)
        for guess in guesses
    ]


def guess_mapping(sheet: Sheet) -> dict[str, int]:
    """Field → column index, as guessed; `full_name` only where there are no separate names."""
    mapping = {guess.field: guess.column for guess in guess_columns(sheet) if guess.field}
    if "given_name" in mapping and "family_name" in mapping:
        mapping.pop("full_name", None)
    return mapping


def signature(headers: Sequence[str]) -> str:
    """The same for two files with the same headers in any order: under it a mapping is remembered."""
    return hashlib.sha256("\n".join(sorted(plain(header) for header in headers)).encode()).hexdigest()


def headers_of(sheet: Sheet, mapping: Mapping[str, int]) -> dict[str, str]:
    """A mapping in the form that is remembered: field → header."""
    return {field: sheet.headers[column] for field, column in mapping.items()}


def mapping_from_headers(sheet: Sheet, remembered: Mapping[str, str]) -> dict[str, int]:
    """A remembered mapping applied to a later file, wherever its columns stand now; headers that are gone are left out."""
    places = {plain(header): index for index, header in reversed(list(enumerate(sheet.headers)))}
    return {field: places[plain(header)] for field, header in remembered.items() if field in FIELDS and plain(header) in places}


def _guess(sheet: Sheet, index: int, header: str) -> ColumnGuess:
    field, certainty = _by_header(header)
    sample = [as_text(cell) for cell in islice(sheet.column(index), SAMPLE)]
    if sample:
        share_ids = sum(1 for text in sample if _NATIONAL_ID.fullmatch(text)) / len(sample)
        share_mails = sum(1 for text in sample if "@" in text) / len(sample)
        if share_ids > 0.5 and field != "national_id":  # most cells
            field, certainty = "national_id", CHECK
        elif share_mails > 0.8 and field != "manager" and certainty != SURE:
            field, certainty = "email", CHECK
        elif field == "email" and share_mails < 0.5:
            certainty = CHECK
        elif field == "full_name" and share_mails > 0.5:  # "Medarbetare" with addresses in it
            field, certainty = "email", CHECK
    return ColumnGuess(index, header, field, certainty)


def _by_header(header: str) -> tuple[str | None, str]:
    known = synonyms()
    text = plain(re.sub(r" \(\d+\)$", "", header))
    dense = text.replace(" ", "")
    if field := known.get(dense):
        # A second column of the same name ("Enhet (2)") and bare "name", "title", "organisation" want a look.
        return field, CHECK if header.endswith(")") and text != plain(header) else SURE
    without_bracket = plain(re.sub(r"\(.*?\)|\[.*?\]", " ", header)).replace(" ", "")
    if without_bracket and (field := known.get(without_bracket)):
        return field, SURE
    close = difflib.get_close_matches(dense, known, n=1, cutoff=LIKENESS) if len(dense) >= SHORTEST_PART else []
    if close:
        return known[close[0]], CHECK
    parts = [synonym for synonym in known if len(synonym) >= SHORTEST_PART and synonym in dense]
    return (known[max(parts, key=len)], CHECK) if parts else (None, "")
