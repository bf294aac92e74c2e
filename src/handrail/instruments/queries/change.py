"""What changed between two rounds, from the figures that are shown, and of the same people where they brought their word."""

from __future__ import annotations

from collections.abc import Collection as Several
from dataclasses import dataclass
from typing import Any

from handrail.instruments.models import Book, Drawn, Response
from handrail.instruments.queries.results import Splitting, asked_of, labels_in, splittings
from handrail.instruments.rules.change import MEAN, PAIRED, Changed, changes_of, paired_change
from handrail.instruments.rules.results import Asked
from handrail.instruments.rules.statistics import Estimate
from handrail.instruments.rules.tallying import NUMBER, ONE
from handrail.kit import drawing
from handrail.kit.text import _, number, percent, signed


@dataclass(frozen=True)
class ChangeRow:
    """One line of the page: a figure in two rounds, drawn and in words."""

    label: str
    before: str
    after: str
    slope: drawing.Slope | None
    rise: str
    interval: str
    is_clear: bool
    n: str
    hidden: bool = False


@dataclass(frozen=True)
class ChangeShown:
    """A question with its lines."""

    title: str
    rows: list[ChangeRow]


def round_splittings(book: Book) -> list[Splitting]:
    """The splits whose parts follow each other in time."""
    return [one for one in splittings(book) if one.is_round and len(one.parts) > 1]


def changes_shown(book: Book, splitting: Splitting, before: str, after: str) -> list[ChangeShown]:
    """Every question that was answered in both rounds; hidden figures stay hidden."""
    labels, found = labels_in(book), []
    for asked in asked_of(book):
        drawn = book.figures.get("questions", {}).get(asked.name, {}).get(splitting.name, {})
        changed = changes_of(asked, drawn.get(before, {}), drawn.get(after, {}))
        if pairs := _paired(book, splitting, before, after, asked):
            changed.append(pairs)
        if changed:
            title, words = labels.get(asked.name, (asked.name, {}))
            found.append(ChangeShown(title, [_row(one, asked, words) for one in changed]))
    return found


def _row(one: Changed, asked: Asked, words: dict[str, str]) -> ChangeRow:
    label = words.get(one.value, one.value) or str(_("Mean") if one.kind == MEAN else _("The same people, mean") if one.kind == PAIRED else _("On the yes side"))
    n = f"{number(one.n[0])} / {number(one.n[1])}" if one.kind != PAIRED else number(one.n[0])
    if one.rise is None:
        return ChangeRow(label, "", "", None, "", "", False, n, True)
    if one.before is None or one.after is None:
        return ChangeRow(label, "–", "–", None, signed(one.rise.value, 2), _interval(one.rise, 2), one.rise.is_clear, n)
    if one.kind == MEAN:
        low, high = min(one.before.low, one.after.low), max(one.before.high, one.after.high)
        return ChangeRow(
            label, _told(one.before, 1), _told(one.after, 1), drawing.slope(one.before.value, one.after.value, lowest=low, highest=high if high > low else low + 1),
            signed(one.rise.value, 1), _interval(one.rise, 1), one.rise.is_clear, n,
        )  # fmt: skip
    return ChangeRow(
        label, _percent(one.before), _percent(one.after), drawing.slope(one.before.value, one.after.value, lowest=0, highest=1),
        str(_("%(n)s points")) % {"n": signed(100 * one.rise.value, 0)}, _interval(one.rise, 0, 100), one.rise.is_clear, n,
    )  # fmt: skip


def _percent(one: Estimate) -> str:
    return f"{percent(one.value, 0)} ({number(100 * one.low)}–{number(100 * one.high)})"


def _told(one: Estimate, digits: int) -> str:
    return f"{number(one.value, digits)} ({number(one.low, digits)}–{number(one.high, digits)})"


def _interval(one: Estimate, digits: int, times: int = 1) -> str:
    return str(_("%(low)s to %(high)s")) % {"low": signed(times * one.low, digits) or "0", "high": signed(times * one.high, digits) or "0"}


def _paired(book: Book, splitting: Splitting, before: str, after: str, asked: Asked) -> Changed | None:
    """The same people's values, once nothing more comes in to either round and nobody's answers can be told from those who answered once."""
    if asked.name.startswith("@") or not (asked.kind == NUMBER or (asked.kind == ONE and asked.scale)):
        return None
    split = next(one for one in book.splits if one["name"] == splitting.name)
    where = {part["code"]: part["collections"] for part in split["parts"]}
    if before not in where or after not in where or Drawn.objects.filter(collection__in=[*where[before], *where[after]], is_final=False).exists():
        return None
    one, two = (_followed(where[code], asked) for code in (before, after))
    both = one.keys() & two.keys()
    if not both:
        return None
    drawn = book.figures["questions"][asked.name][splitting.name]
    alone = tuple((drawn.get(code, {}).get("n") or 0) - len(both) for code in (before, after))
    if any(drawn.get(code, {}).get("n") is None for code in (before, after)):
        return None
    return paired_change([(one[word], two[word]) for word in sorted(both)], alone=(alone[0], alone[1]), threshold=asked.threshold)


def _followed(collections: Several[int], asked: Asked) -> dict[str, float]:
    """What people answered who brought a word, by its hash; whoever answered twice counts with the last."""
    rows = Response.objects.filter(collection__in=collections, replaced_by=None).exclude(follower="").order_by("pk")
    steps = {value: place for place, value in enumerate(asked.scale, start=1)}
    found: dict[str, float] = {}
    for word, given in rows.values_list("follower", f"answers__{asked.name}"):
        value: Any = steps.get(given) if asked.kind == ONE else given
        if isinstance(value, int | float) and not isinstance(value, bool):
            found[word] = float(value)
    return found
