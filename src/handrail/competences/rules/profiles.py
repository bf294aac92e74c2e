"""Which role profile a job title leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

SHORTEST_PREFIX = 3


def plain_title(title: str) -> str:
    """A job title without case, outer and double spaces: how titles are compared."""
    return " ".join(title.casefold().split())


def profile_for_title(title: str, titles: Mapping[int, Sequence[str]]) -> int | None:
    """The role profile (by id) for a job title: the one that names it exactly, else the one with the longest title that it begins with.

    None where no profile fits or two fit equally well: a person then decides.
    """
    wanted = plain_title(title)
    if not wanted:
        return None
    exact = {profile for profile, own in titles.items() if any(plain_title(one) == wanted for one in own)}
    if exact:
        return exact.pop() if len(exact) == 1 else None
    beginnings = [
        (len(begins), profile)
        for profile, own in titles.items()
        for begins in map(plain_title, own)
        if len(begins) >= SHORTEST_PREFIX and wanted.startswith(begins)
    ]
    longest = max((length for length, _profile in beginnings), default=0)
    found = {profile for length, profile in beginnings if length == longest}
    return found.pop() if len(found) == 1 else None


def titles_in_lines(text: str) -> list[str]:
    """Job titles as they are typed into one field, a line or a comma each; each once, in order."""
    seen: dict[str, str] = {}
    for part in _parts(text):
        seen.setdefault(plain_title(part), part)
    return list(seen.values())


def _parts(text: str) -> Iterable[str]:
    return (part.strip() for line in text.splitlines() for part in line.split(",") if part.strip())
