"""REFI-QDA projects and codebooks as plain data (REFI-QDA standard 1.5, namespaces of version 1.0)."""

from __future__ import annotations

from dataclasses import dataclass, field

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"


@dataclass(frozen=True)
class RefiCode:
    """A code with those under it."""

    guid: str
    name: str
    is_codable: bool = True
    colour: str = ""
    description: str = ""
    memo: str = ""
    children: tuple[RefiCode, ...] = ()


@dataclass(frozen=True)
class RefiCoding:
    """A passage under a code. `code` is the code's guid, `user` the reader's name."""

    guid: str
    code: str
    start: int
    end: int
    user: str = ""
    at: str = ""
    memo: str = ""


@dataclass(frozen=True)
class RefiSource:
    """A text with its marks; `text` is None where the archive does not hold it, `kind` what it is (TextSource, PictureSource …)."""

    guid: str
    name: str
    text: str | None
    codings: tuple[RefiCoding, ...] = ()
    memo: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    kind: str = "TextSource"
    user: str = ""
    at: str = ""


@dataclass(frozen=True)
class RefiProblem:
    """What could not be taken over as it stood: a code (see `refi_in.PROBLEMS`), where, and how many or what."""

    code: str
    where: str = ""
    what: str = ""


@dataclass(frozen=True)
class RefiProject:
    """A project: codes, sources, and what was found to say about the reading of it."""

    name: str
    origin: str = ""
    codes: tuple[RefiCode, ...] = ()
    sources: tuple[RefiSource, ...] = ()
    memo: str = ""
    problems: tuple[RefiProblem, ...] = field(default=(), compare=False)
    readings: tuple[tuple[str, str], ...] = field(default=(), compare=False)  # source's name -> how its positions were read


def walk(codes: tuple[RefiCode, ...]) -> list[RefiCode]:
    """Every code, those above before those under them."""
    return [found for one in codes for found in (one, *walk(one.children))]
