"""What is shown of a questionnaire's answers: every question for everybody and for each part, with small groups hidden in all tables at once."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import floor, log10
from typing import TYPE_CHECKING, Any

from handrail.instruments.rules.hiding import ALL, hidden_in_table, hidden_together
from handrail.instruments.rules.statistics import spread_of
from handrail.instruments.rules.tallying import MANY, NUMBER, ONE, WORDS, Sums, kind_of
from handrail.kit.disclosure import INSIDE, may_refresh

if TYPE_CHECKING:
    from handrail.instruments.formats import Form
    from handrail.instruments.formats.form import Item

WHOLE = ("*", "*")  # the split and the part of everybody
BINS = 8  # about so many bars of a histogram
Atom = tuple[Hashable, str]  # collection and language: no table splits people further
Splits = Mapping[str, Mapping[str, Collection[Atom]]]  # split -> part -> which atoms


@dataclass(frozen=True)
class Asked:
    """A question as its answers are counted."""

    name: str
    kind: str
    values: tuple[str, ...] = ()  # the choices in their order
    levels: tuple[int | None, ...] = ()  # of each choice
    is_health: bool = False
    is_conditional: bool = False  # only some are asked: who was not says something too
    appearance: str = ""

    @property
    def threshold(self) -> int:
        """From how many people on a figure of it is shown."""
        return INSIDE.health if self.is_health else INSIDE.counts

    @property
    def scale(self) -> tuple[str, ...]:
        """Its choices from no to yes where it is a scale of three to five steps; else none."""
        on_it = [(level, value) for level, value in zip(self.levels, self.values, strict=False) if level is not None]
        if self.kind != ONE:
            return ()
        if "likert" in self.appearance and not on_it and 3 <= len(self.values) <= 5:
            return self.values
        steps = [level for level, _value in sorted(on_it)]
        return tuple(value for _level, value in sorted(on_it)) if 3 <= len(steps) <= 5 and len(set(steps)) == len(steps) else ()


@dataclass(frozen=True)
class Answers:
    """What an atom's people answered."""

    people: int
    sums: Sums = field(default_factory=dict)


def asked_in(form: Form, *, health: Collection[str] = ()) -> list[Asked]:
    """The questions of a form in their order, with what is needed to count their answers."""
    found: list[Asked] = []
    _ask(form.items, found, set(health), conditional=False)
    return found


def _ask(items: Iterable[Item], found: list[Asked], health: set[str], *, conditional: bool, sensitive: bool = False) -> None:
    for item in items:
        marked = sensitive or getattr(item, "sensitive", "") == "health" or item.name in health
        if item.items:
            _ask(item.items, found, health, conditional=conditional or bool(item.relevant), sensitive=marked)
        elif kind := kind_of(item):
            choices = tuple(one.name for one in item.choices)
            found.append(Asked(item.name, kind, choices, tuple(one.level for one in item.choices), marked, conditional or bool(item.relevant), item.appearance))


# --- how far a collection may be seen ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reach:
    """How many of a collection are shown, how many wait to be shown next, how many there are, and whether more can come."""

    shown: int
    waiting: int | None
    now: int
    closed: bool


def next_reach(reach: Reach, *, least: int = INSIDE.new_answers) -> tuple[str, str]:
    """What becomes of what is shown and of what waits: each "keep", "waiting" (what waited is shown) or "now".

    What is shown moves by at least `least` people, and while a collection runs stays at least as many behind, so that its last step, too, is as
    large. The first five are shown at once.
    """
    if reach.closed:
        return ("now", "keep") if reach.now != reach.shown and may_refresh(shown=reach.shown, now=reach.now, closed=False, threshold=least) else ("keep", "keep")
    if not reach.shown:
        return ("now", "keep") if reach.now >= least else ("keep", "keep")
    if reach.waiting is None:
        return ("keep", "now") if reach.now - reach.shown >= least else ("keep", "keep")
    return ("waiting", "now") if reach.now - reach.waiting >= least else ("keep", "keep")


def steps_allowed(
    wanted: Mapping[Hashable, int], shown: Mapping[Hashable, int], parts: Iterable[Collection[Hashable]], *, least: int = INSIDE.new_answers
) -> set[Hashable]:
    """Which collections may move, by how many more of each (`wanted`): every part that is shown already grows by nobody or by at least `least`."""
    may = {one for one, more in wanted.items() if more}
    every = [set(part) for part in parts]
    while True:
        for part in every:
            more = sum(wanted[one] for one in part & may)
            if sum(shown.get(one, 0) for one in part) and 0 < abs(more) < least:
                may.discard(min(part & may, key=lambda one: (abs(wanted[one]), str(one))))
                break
        else:
            return may


# --- the figures ------------------------------------------------------------------------------------------------------------


def figures_of(questions: Sequence[Asked], answers: Mapping[Atom, Answers], splits: Splits) -> dict[str, Any]:
    """All figures that are shown, by question, split and part; what is hidden is None."""
    tables: dict[str, Mapping[str, Collection[Atom]]] = {WHOLE[0]: {WHOLE[1]: list(answers)}, **splits}
    people = _people(answers, tables)
    drawn = {}
    for asked in questions:
        if any(one.sums.get(asked.name, {}).get("p") for one in answers.values()):
            drawn[asked.name] = _question(asked, answers, tables, people)
    return {"people": people, "questions": drawn}


def _people(answers: Mapping[Atom, Answers], tables: Splits) -> dict[str, dict[str, int | None]]:
    counts = {atom: one.people for atom, one in answers.items()}
    cells = {(split, part): set(atoms) for split, parts in tables.items() for part, atoms in parts.items()}
    first: set[Hashable] = set()
    for split, parts in tables.items():
        first |= {(split, part) for part, value in hidden_in_table({(part, "n"): sum(counts[a] for a in atoms if a in counts) for part, atoms in parts.items()}, threshold=INSIDE.counts) if value == ALL and part != ALL}
    gone = hidden_together(cells, counts, threshold=INSIDE.counts, hidden=first, last=[WHOLE])
    return {split: {part: None if (split, part) in gone else sum(counts.get(a, 0) for a in atoms) for part, atoms in parts.items()} for split, parts in tables.items()}


def _question(asked: Asked, answers: Mapping[Atom, Answers], tables: Splits, people: Mapping[str, Mapping[str, int | None]]) -> dict[str, Any]:
    sums = {atom: one.sums[asked.name] for atom, one in answers.items() if asked.name in one.sums}
    edges: list[str] = []
    if asked.kind == NUMBER:
        total: dict[str, int] = {}
        for one in sums.values():
            for value, count in one["v"].items():
                total[value] = total.get(value, 0) + count
        edges = bins_of(total, threshold=asked.threshold)
    is_repeated = any(one["n"] != one["p"] for one in sums.values())
    threshold = asked.threshold * (2 if is_repeated else 1)  # several times one person
    found: dict[str, Any] = {"edges": edges} if edges else {}
    if is_repeated:
        found["repeated"] = True
    counts, ends = _counts(asked, sums, answers, edges)
    shown = [_shown(table, tables, threshold) for table in counts]
    for split, parts in tables.items():
        found[split] = {}
        for part, atoms in parts.items():
            found[split][part] = _part(asked, [sums[atom] for atom in atoms if atom in sums], [(names, cells) for (names, cells) in zip(ends, shown, strict=True)], (split, part), people[split][part])
    return found


def _counts(asked: Asked, sums: Mapping[Atom, Any], answers: Mapping[Atom, Answers], edges: Sequence[str]) -> tuple[list[dict[tuple[Atom, str], int]], list[list[str]]]:
    """The tables whose cells are hidden together (one; of several choices one for each), as counts by atom and value, and each one's values."""
    missing = {(atom, ""): answers[atom].people - (sums[atom]["p"] if atom in sums else 0) for atom in answers} if asked.is_conditional else {}
    if asked.kind == WORDS:
        return [{**{(atom, "said"): one["n"] for atom, one in sums.items()}, **missing}], [["said"]]
    values = list(asked.values) if asked.kind != NUMBER else list(edges)
    if asked.kind == MANY:
        values += sorted({value for one in sums.values() for value in one["v"]} - set(values))
        tables = []
        for value in values:
            chosen = {(atom, value): one["v"].get(value, 0) for atom, one in sums.items()} | {(atom, "not"): one["n"] - one["v"].get(value, 0) for atom, one in sums.items()}
            tables.append(chosen | missing)
        return tables, [[value] for value in values]
    if asked.kind == NUMBER:
        table: dict[tuple[Atom, str], int] = {}
        for atom, one in sums.items():
            for value, count in one["v"].items():
                place = (atom, bin_of(float(value), edges))
                table[place] = table.get(place, 0) + count
        return [table | missing], [values]
    values += sorted({value for one in sums.values() for value in one["v"]} - set(values))
    return [{(atom, value): count for atom, one in sums.items() for value, count in one["v"].items()} | missing], [values]


def _shown(counts: Mapping[tuple[Atom, str], int], tables: Splits, threshold: int) -> dict[tuple[str, str, str], int | None]:
    """Every cell (split, part, value) and every part's total (ALL) of one table: its people, or None where it is hidden."""
    values = sorted({value for _atom, value in counts})
    by_atom: dict[Atom, list[str]] = {}
    for atom, value in counts:
        by_atom.setdefault(atom, []).append(value)
    cells: dict[Any, set[Any]] = {}
    hidden: set[Any] = set()
    for split, parts in tables.items():
        flat: dict[tuple[str, str], int] = {}
        for part, atoms in parts.items():
            inside = [(atom, value) for atom in atoms for value in by_atom.get(atom, ())]
            cells[split, part, ALL] = set(inside)
            for value in values:
                cells[split, part, value] = {one for one in inside if one[1] == value}
                flat[part, value] = sum(counts[one] for one in inside if one[1] == value)
        for part, value in hidden_in_table(flat, threshold=threshold):
            hidden.add((split, part, value) if part != ALL else (*WHOLE, value))
    last = [name for name in cells if name[:2] == WHOLE or name[2] == ALL]
    gone = hidden_together(cells, counts, threshold=threshold, hidden=hidden & set(cells), last=last)
    return {name: None if name in gone else sum(counts[one] for one in inside) for name, inside in cells.items()}


def _part(asked: Asked, sums: Sequence[Mapping[str, Any]], tables: Sequence[tuple[Sequence[str], Mapping[tuple[str, str, str], int | None]]], place: tuple[str, str], people: int | None) -> dict[str, Any]:
    values: dict[str, int | None] = {}
    n: int | None = sum(one["p"] for one in sums)
    for names, cells in tables:
        for value in names:
            values[value] = cells.get((*place, value), 0)
        if cells.get((*place, ALL), 0) is None or (asked.is_conditional and cells.get((*place, ""), 0) is None):
            n = None
    if people is None:
        n = None
    if n is None and (people is None or all(count is None for count in values.values())):
        values = dict.fromkeys(values)
    found: dict[str, Any] = {"n": n}
    if asked.kind != WORDS:
        found["v"] = values
    if asked.kind == NUMBER and n is not None and n >= asked.threshold:
        spread = spread_of(sum(one["n"] for one in sums), sum(float(one.get("s", 0)) for one in sums), sum(float(one.get("q", 0)) for one in sums))
        found |= {"mean": spread.mean, "sd": spread.deviation, "times": spread.n}
    return found


# --- numbers in bars --------------------------------------------------------------------------------------------------------


def bins_of(counts: Mapping[str, int], *, threshold: int, bins: int = BINS) -> list[str]:
    """Where the bars of a histogram begin, as text: of one round width, neighbours joined until each holds nobody or `threshold` people."""
    values = sorted((float(value), count) for value, count in counts.items() if count > 0)
    if not values:
        return []
    low, high = float(values[0][0]), _almost_highest(values)
    width = _round_width((high - low) / bins if high > low else 1.0)
    if all(value == int(value) for value, _count in values):
        width = max(1.0, width)
    start = floor(low / width) * width
    bars: list[list[float]] = []
    for value, count in values:
        left = start + floor((value - start) / width + 1e-9) * width
        if bars and bars[-1][0] == left:
            bars[-1][1] += count
        else:
            bars.append([left, count])
    joined: list[list[float]] = []
    for left, held in bars:
        if joined and joined[-1][1] < threshold:
            joined[-1][1] += held
        else:
            joined.append([left, held])
    if len(joined) > 1 and joined[-1][1] < threshold:
        joined[-2][1] += joined.pop()[1]
    return [_written(left) for left, _count in joined]


def _almost_highest(values: Sequence[tuple[float, int]]) -> float:
    """The number that all but three in a hundred stay below, so that one slip of the hand does not press all others into one bar."""
    left = 0.97 * sum(count for _value, count in values)
    for value, count in values:
        left -= count
        if left <= 0:
            return value
    return values[-1][0]


def bin_of(value: float, edges: Sequence[str]) -> str:
    """The bar in which a number stands."""
    found = edges[0] if edges else ""
    for edge in edges:
        if value >= float(edge) - 1e-9:
            found = edge
    return found


def _round_width(width: float) -> float:
    base = 10.0 ** floor(log10(width))
    return float(next(step * base for step in (1, 2, 5, 10) if width <= step * base * 1.0000001))


def _written(value: float) -> str:
    plain = round(value, 6)
    return str(int(plain)) if plain == int(plain) else repr(plain)
