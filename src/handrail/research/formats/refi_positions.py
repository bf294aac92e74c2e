"""Where a passage begins and ends: tools count differently, so what they name is compared with what stands there (domain.md 6.3).

The standard counts the characters of the plain-text file, with the end exclusive. Found in the field: an end that is the last character; line ends of
two characters counted as one; the mark at the head of a file (BOM) counted as a character; and UTF-16 units, so that a pictogram is two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 0.98


@dataclass(frozen=True)
class Selection:
    """A passage as it stands in the file: its positions and, from many tools, its beginning as a name."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True)
class Reading:
    """One way to count."""

    bom: bool = False  # the mark at the head counts
    crlf: bool = True  # line ends of two characters count twice
    inclusive: bool = False
    utf16: bool = False

    def __str__(self) -> str:
        words = [name for name in ("bom", "inclusive", "utf16") if getattr(self, name)]
        return ", ".join([*words, *([] if self.crlf else ["lines as one"])]) or "standard"


@dataclass(frozen=True)
class Read:
    """The positions in our text (one character a line end, no mark at the head), how they were counted, and which do not fit their names."""

    positions: tuple[tuple[int, int] | None, ...]
    reading: Reading
    is_certain: bool
    odd: tuple[int, ...]


def read_positions(raw: str, selections: Sequence[Selection]) -> Read:
    """Choose the way of counting under which most selections say what they are called, then most begin and end with a word.

    `raw` is the file as decoded, with its BOM and line ends. The standard's own way comes first and stays where nothing speaks against it.
    """
    best: tuple[float, float] | None = None
    chosen = Reading()
    for reading in _readings(raw):
        spots = _table(raw, reading)
        places = [_place(spots, one, reading) for one in selections]
        plain = _plain(raw)
        named = [_fits(plain, place, one) for place, one in zip(places, selections, strict=True) if one.name.strip()]
        score = (sum(named) / len(named) if named else 0.0, sum(_is_word(plain, place) for place in places) / max(1, len(places)))
        if best is None or score > best:
            best, chosen = score, reading
    spots, plain = _table(raw, chosen), _plain(raw)
    places = [_place(spots, one, chosen) for one in selections]
    odd = [
        index for index, (place, one) in enumerate(zip(places, selections, strict=True))
        if place is None or (one.name.strip() and not _fits(plain, place, one) and _looks_quoted(plain, one.name))
    ]  # fmt: skip
    return Read(tuple(places), chosen, best is not None and best[0] >= ENOUGH, tuple(odd))


def _plain(raw: str) -> str:
    return raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _readings(raw: str) -> list[Reading]:
    boms = (False, True) if raw.startswith("\ufeff") else (False,)
    lines = (True, False) if "\r\n" in raw else (True,)
    wide = (False, True) if any(ord(one) > 0xFFFF for one in raw) else (False,)
    ways = [Reading(bom, crlf, inclusive, utf16) for inclusive in (False, True) for utf16 in wide for crlf in lines for bom in boms]
    return sorted(ways, key=lambda way: (way.bom + (not way.crlf) + way.inclusive + way.utf16))


def _table(raw: str, reading: Reading) -> list[int]:
    """For each position of theirs the position in our text."""
    spots, ours = list[int](), 0
    body = raw
    if raw.startswith("\ufeff"):
        body = raw[1:]
        if reading.bom:
            spots.append(0)
    index = 0
    while index < len(body):
        char = body[index]
        if char == "\r" and body[index + 1 : index + 2] == "\n":
            spots += [ours, ours] if reading.crlf else [ours]
            index += 1
        else:
            spots += [ours, ours] if reading.utf16 and ord(char) > 0xFFFF else [ours]
        ours += 1
        index += 1
    return [*spots, ours]


def _place(spots: Sequence[int], one: Selection, reading: Reading) -> tuple[int, int] | None:
    end = one.end + 1 if reading.inclusive else one.end
    if not 0 <= one.start < end <= len(spots) - 1:
        return None
    start, end = spots[one.start], spots[end]
    return (start, end) if start < end else None


def _squeezed(text: str) -> str:
    return " ".join(text.split()).rstrip("…. ").casefold()


def _fits(plain: str, place: tuple[int, int] | None, one: Selection) -> bool:
    """Whether a passage says what its name says: the whole, or its beginning where the tool cut the name."""
    if place is None:
        return False
    said, name = _squeezed(plain[place[0] : place[1]]), _squeezed(one.name)
    return said == name or (len(name) >= 12 and said.startswith(name) and (one.name.rstrip().endswith(("…", "...")) or len(said) > len(name) + 8))


def _looks_quoted(plain: str, name: str) -> bool:
    """Whether a name is words of the text at all: some tools call a passage 1:14 or after its code."""
    return _squeezed(name) in _squeezed(plain)


def _is_word(plain: str, place: tuple[int, int] | None) -> bool:
    if place is None:
        return False
    start, end = place
    begins = start == 0 or not (plain[start - 1].isalnum() and plain[start].isalnum())
    ends = end >= len(plain) or not (plain[end - 1].isalnum() and plain[end].isalnum())
    return begins and ends and not plain[start].isspace()
