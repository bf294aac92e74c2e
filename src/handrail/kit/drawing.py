"""Where things lie in a drawing: plain numbers turned into lengths for the components, so that templates hold no arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from math import cos, pi, sin

Number = Decimal | float | int


def percent_of(value: Number, whole: Number) -> str:
    """A part of a whole as an SVG length, between 0% and 100%."""
    share = 100 * float(value) / float(whole) if whole else 0.0
    return f"{min(100.0, max(0.0, share)):.2f}%"


# --- the gauge: a rail on balusters, with a newel at the target ------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One part of a bar: solid is certified, hatched waits, dashed is planned."""

    kind: str
    x: str
    width: str
    text: str = ""


@dataclass(frozen=True)
class Gauge:
    """A linear axis: parts laid after one another, ticks, and the target as a post."""

    parts: tuple[Part, ...]
    ticks: tuple[tuple[str, str], ...]
    target: str
    target_text: str
    is_target_late: bool  # the target stands in the right half, so its label ends at the post


def gauge(
    *, parts: Sequence[tuple[str, Number, str]], target: Number, target_text: str, top: Number, ticks: Sequence[tuple[Number, str]]
) -> Gauge:
    """Lay out a gauge. `parts` are (solid|hatched|dashed, amount, words for the legend); `top` is the axis' end; all in one unit."""
    start, laid = 0.0, []
    for kind, amount, text in parts:
        laid.append(Part(kind, percent_of(start, top), percent_of(min(float(amount), max(0.0, float(top) - start)), top), text))
        start += float(amount)
    return Gauge(
        parts=tuple(laid), ticks=tuple((percent_of(value, top), text) for value, text in ticks), target=percent_of(target, top),
        target_text=target_text, is_target_late=float(target) > 0.5 * float(top),
    )  # fmt: skip


# --- the heat map ----------------------------------------------------------------------------------------------------------


def step(distance: Number | None) -> str:
    """The colour step of a signed distance to the target level, five steps of need shared by all maps; "none" without a value.

    The distance is rounded to one decimal first, as it is printed, so that colour and number never disagree.
    """
    if distance is None:
        return "none"
    tenth = Decimal(str(distance)).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    bounds = [("over-2", "0.5"), ("over-1", "0.1"), ("target", "-0.1"), ("need-1", "-0.4"), ("need-2", "-0.7"), ("need-3", "-1.0"), ("need-4", "-1.3")]
    return next((name for name, least in bounds if tenth >= Decimal(least)), "need-5")


@dataclass(frozen=True)
class LevelLine:
    """A level against its target on one axis."""

    level: str
    target: str
    gap_x: str
    gap_width: str
    is_over: bool


def level_line(level: Number, target: Number, *, lowest: Number = 1, highest: Number = 4) -> LevelLine:
    """Where dot, tick and gap bar lie on the axis from the lowest to the highest level."""
    span = float(highest) - float(lowest)
    here, there = float(level) - float(lowest), float(target) - float(lowest)
    return LevelLine(
        level=percent_of(here, span), target=percent_of(there, span), gap_x=percent_of(min(here, there), span),
        gap_width=percent_of(abs(there - here), span), is_over=here >= there,
    )  # fmt: skip


# --- answers from no to yes, centred on the middle of "neither" ---------------------------------------------------------------


@dataclass(frozen=True)
class LikertRow:
    """One bar of answers: where each part lies, its percentage where it fits, and the number of answers."""

    label: str
    n: int
    parts: tuple[Part, ...]
    percentages: tuple[int, ...]


LIKERT_STEPS = {3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}  # which colours scales of so many steps take


def likert(rows: Sequence[tuple[str, Sequence[int]]], *, print_from: int = 9) -> tuple[str, tuple[LikertRow, ...]]:
    """Lay out bars of counts (three to five, no to yes) on one scale; answers (where the middle lies, the rows).

    A percentage is printed inside its part from `print_from` % on. The widest row fills the width. The middle is that of the middle
    step, or stands between the two in the middle of four.
    """
    shares = [[100 * count / (sum(counts) or 1) for count in counts] for _label, counts in rows]
    left = max((_no_side(one) for one in shares), default=50) or 1
    right = max((sum(one) - _no_side(one) for one in shares), default=50) or 1
    whole, drawn = left + right, []
    for (label, counts), one in zip(rows, shares, strict=True):
        start, parts = left - _no_side(one), []
        for number, part in zip(LIKERT_STEPS[len(one)], one, strict=True):
            parts.append(Part(f"likert-{number}", percent_of(start, whole), percent_of(part, whole), f"{part:.0f}" if part >= print_from else ""))
            start += part
        drawn.append(LikertRow(label, sum(counts), tuple(parts), tuple(round(part) for part in one)))
    return percent_of(left, whole), tuple(drawn)


def _no_side(shares: Sequence[float]) -> float:
    half, odd = divmod(len(shares), 2)
    return sum(shares[:half]) + (shares[half] / 2 if odd else 0)


# --- the histogram ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HistogramBar:
    """One bar: where it lies and how high it is, what is printed above it, and its words for whoever does not see it."""

    label: str
    x: str
    width: str
    y: str
    height: str
    middle: str
    text: str
    is_hidden: bool


@dataclass(frozen=True)
class Histogram:
    """Bars side by side on one floor."""

    bars: tuple[HistogramBar, ...]
    is_crowded: bool  # more bars than have room for their names on a phone


def histogram(bars: Sequence[tuple[str, int | None, float | None]], *, top: Number) -> Histogram:
    """Lay out a histogram of (words, count, share); `top` is the highest share of all drawings that are compared. A hidden bar has no count."""
    width, drawn = 100 / max(1, len(bars)), []
    for place, (label, count, share) in enumerate(bars):
        height = 100 * (share or 0) / float(top) if top else 0.0
        drawn.append(HistogramBar(
            label, f"{place * width + width * 0.06:.2f}%", f"{width * 0.88:.2f}%", f"{100 - height:.2f}%", f"{height:.2f}%", f"{place * width + width / 2:.2f}%",
            "" if share is None else f"{100 * share:.0f}", count is None,
        ))  # fmt: skip
    return Histogram(tuple(drawn), len(bars) > 6)


# --- a figure over months ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trend:
    """A line over months: the stretches between months that are shown, and a dot for each of them; on a field of 300 by 64."""

    lines: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    months: tuple[tuple[str, str, str], ...]  # where a name stands, how it is anchored, the name


def trend(values: Sequence[tuple[str, Number | None]], *, lowest: Number, highest: Number) -> Trend:
    """Lay out a line of (month, value); None breaks it. Only the first and the last month are named."""
    step, span = 284 / max(1, len(values) - 1), float(highest) - float(lowest) or 1.0
    runs: list[list[tuple[str, str]]] = [[]]
    for place, (_month, value) in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((f"{8 + place * step:.1f}", f"{56 - 48 * (float(value) - float(lowest)) / span:.1f}"))
    named = [(("8", "start"), values[0][0]), (("292", "end"), values[-1][0])] if len(values) > 1 else [(("8", "start"), one[0]) for one in values]
    return Trend(
        tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1), tuple(dot for run in runs for dot in run),
        tuple((x, anchor, name) for (x, anchor), name in named),
    )  # fmt: skip


# --- before and after ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slope:
    """A line from a level before to a level after, on an axis shared by all rows."""

    before_y: float
    after_y: float
    rises: bool


def slope(before: Number, after: Number, *, lowest: Number = 1, highest: Number = 4, height: float = 32) -> Slope:
    """Heights of both ends inside a small drawing, the highest level at its top."""
    def y(value: Number) -> float:
        return round(5 + (height - 10) * (1 - (float(value) - float(lowest)) / (float(highest) - float(lowest))), 2)

    return Slope(y(before), y(after), float(after) >= float(before))


# --- the rope of the thread ---------------------------------------------------------------------------------------------------

MIDDLE = 100.0  # of a slice 160 wide and 100 high, stretched to its row
MOST_STRANDS = 18


@dataclass(frozen=True)
class Slice:
    """One row's piece of the rope: strands that go on, strands that leave, other voices, and where the voices' dots lie."""

    going_on: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    dots: tuple[str, ...] = ()


def rope(rows: int, *, records: int, narrow: int, voices: int = 0, voice_row: int | None = None) -> tuple[Slice, ...]:
    """The rope of all records, drawn row by row: it loosens to the one record followed and opens again into voices.

    `records` is how many lie behind the figure (at most 18 strands are drawn), `narrow` the row from which only the red line
    is left, `voices` how many other voices open below row `voice_row` (at most 9). The same numbers give the same drawing.
    """
    total = min(MOST_STRANDS, max(0, records - 1))
    offsets = [round(2.6 * (index - (total - 1) / 2), 2) for index in range(total)]
    slices, present = [], list(offsets)
    for row in range(rows):
        last = row == narrow - 1
        leave = sorted(present)[: len(present) if last else (2 * len(present) + 4) // 5] if row and present else []
        stay = [one for one in present if one not in leave]
        if row == 0:
            stay, leave = present, []
        going, leaving = tuple(_strand(one, first=row == 0) for one in stay), tuple(_leaving(i, one, len(leave)) for i, one in enumerate(leave))
        fan: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        if voice_row is not None and row in {voice_row, voice_row + 1}:
            fan = _fan(min(9, voices), ends=row > voice_row)
        slices.append(Slice(going, leaving, *fan))
        present = stay
    return tuple(slices)


def _strand(offset: float, *, first: bool) -> str:
    near, wide = MIDDLE + offset * 0.18, MIDDLE + offset * 1.15
    start = MIDDLE if first else near
    return f"M{start:.1f} 0C{start:.1f} 16 {wide:.1f} 14 {wide:.1f} 36L{wide:.1f} 66C{wide:.1f} 84 {near:.1f} 84 {near:.1f} 100"


def _leaving(index: int, offset: float, count: int) -> str:
    near, wide = MIDDLE + offset * 0.18, MIDDLE - 8 + offset * 0.9
    end = 92 - 22 * index / max(1, count)
    return f"M{near:.1f} 0C{near:.1f} 14 {wide:.1f} 10 {wide:.1f} 30C{wide:.1f} {end - 18:.1f} {wide - 22:.1f} {end - 6:.1f} 6 {end:.1f}"


def _fan(count: int, *, ends: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lines, dots = [], []
    for index in range(count):
        side = index - count / 2
        x = MIDDLE + (side if side < 0 else side + 1) * (92.0 / max(1, count))
        end = 12 + (37 * index % 61)  # a fixed, uneven row of lengths
        if ends:
            lines.append(f"M{x:.1f} 0L{x:.1f} {end}")
            dots.append(f"M{x:.1f} {end}h.01")
        else:
            lines.append(f"M{MIDDLE} 0C{MIDDLE} 30 {x:.1f} 30 {x:.1f} 78L{x:.1f} 100")
    return tuple(lines), tuple(dots)


# --- the star: what two sides say of the same points, never averaged -----------------------------------------------------------


@dataclass(frozen=True)
class StarAxis:
    """One point of the star: where its line ends, and where and how its name stands."""

    name: str
    x: str
    y: str
    text_x: str
    text_y: str
    anchor: str


@dataclass(frozen=True)
class StarShape:
    """One side's outline: its corners as SVG points, closed where every point was given, and each corner by itself."""

    kind: str
    points: str
    is_whole: bool
    dots: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Star:
    """A star on a field of 360 by 260."""

    axes: tuple[StarAxis, ...]
    rings: tuple[str, ...]
    shapes: tuple[StarShape, ...]


def star(*, names: Sequence[str], sides: Sequence[tuple[str, Sequence[int | None]]], highest: int = 10, rings: Sequence[int] = (2, 4, 6, 8, 10)) -> Star:
    """Lay out a star: names clockwise from the top, and for each side (its kind, its values in the same order, None where nothing was said)."""
    radius, middle = 92.0, (180.0, 130.0)
    count = max(1, len(names))

    def corner(index: int, value: float) -> tuple[str, str]:
        angle = 2 * pi * index / count
        length = radius * value / highest
        return f"{middle[0] + length * sin(angle):.1f}", f"{middle[1] - length * cos(angle):.1f}"

    def line(corners: Sequence[tuple[str, str]]) -> str:
        return " ".join(f"{x},{y}" for x, y in corners)

    axes = []
    for index, name in enumerate(names):
        x, y = corner(index, highest)
        text_x, text_y = corner(index, highest * (1 + 9 / radius))
        across = round(sin(2 * pi * index / count), 3)
        lift = -4 if round(cos(2 * pi * index / count), 3) == 1 else 14 if round(cos(2 * pi * index / count), 3) == -1 else 4
        axes.append(StarAxis(name, x, y, text_x, f"{float(text_y) + lift:.1f}", "middle" if across == 0 else "start" if across > 0 else "end"))
    shapes = []
    for kind, values in sides:
        dots = tuple(corner(index, value) for index, value in enumerate(values) if value is not None)
        shapes.append(StarShape(kind, line(dots), len(dots) == count, dots))
    return Star(tuple(axes), tuple(line([corner(index, ring) for index in range(count)]) for ring in rings), tuple(shapes))
