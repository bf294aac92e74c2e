"""An attacker who adds, subtracts and knows that nobody is counted less than nought: can a hidden group be worked out from all tables together?"""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from handrail.instruments.queries.crossing import hidden_cube
from handrail.instruments.rules.hiding import ALL, hidden_together
from handrail.instruments.rules.results import Answers, Asked, figures_of
from handrail.instruments.rules.tallying import MANY, ONE, WORDS


def bounds(target: Any, known: Any, sums: Any) -> tuple[float, float]:
    """The least and the most that a hidden sum can be, given every sum that is shown."""
    found = []
    for sign in (1, -1):
        answer = linprog(sign * target, A_eq=known, b_eq=sums, bounds=(0, None), method="highs")
        found.append(float("inf") if answer.status == 3 else sign * answer.fun)
    return found[0], found[1] if found[1] != float("inf") else float("inf")


def exposed(cells: dict[Any, set[Any]], atoms: dict[Any, int], hidden: set[Any], threshold: int) -> list[Any]:
    """Hidden cells of 1 to threshold-1 people that the shown ones pin down exactly."""
    order = {atom: place for place, atom in enumerate(atoms)}

    def row(name: Any) -> Any:
        line = np.zeros(len(order))
        line[[order[atom] for atom in cells[name]]] = 1
        return line

    shown = [name for name in cells if name not in hidden]
    known = np.array([row(name) for name in shown]) if shown else np.zeros((1, len(order)))
    sums = np.array([sum(atoms[atom] for atom in cells[name]) for name in shown]) if shown else np.zeros(1)
    found = []
    for name in hidden:
        count = sum(atoms[atom] for atom in cells[name])
        if 0 < count < threshold:
            low, high = bounds(row(name), known, sums)
            if high - low < 1e-6:
                found.append((name, count))
    return found


@pytest.mark.parametrize("seed", range(25))
def test_linked_tables_give_no_small_group_away(seed: int) -> None:
    chance = random.Random(seed)
    values, places = ["a", "b", "c"][: chance.randint(2, 3)], range(chance.randint(2, 6))
    atoms = {(place, value): chance.choice([0, 1, 2, 3, 4, 6, 9, 14, 30]) for place in places for value in values}
    countries = {place: chance.choice("xyz") for place in places}
    groups = {place: chance.choice("rw") for place in places}
    answers = {(place, ""): Answers(sum(atoms[place, value] for value in values), {"q": {"n": sum(atoms[place, value] for value in values), "p": sum(atoms[place, value] for value in values), "v": {value: atoms[place, value] for value in values if atoms[place, value]}}}) for place in places}
    splits = {"country": {one: {(place, "") for place in places if countries[place] == one} for one in sorted(set(countries.values()))}, "group": {one: {(place, "") for place in places if groups[place] == one} for one in sorted(set(groups.values()))}, "collection": {str(place): {(place, "")} for place in places}}
    figures = figures_of([Asked("q", ONE, tuple(values))], answers, splits)
    cells, hidden = {}, set()
    for split, parts in {"*": {"*": set(answers)}, **splits}.items():
        for part, some in parts.items():
            shown = figures["questions"]["q"][split][part]
            for value in values:
                cells[split, part, value] = {(place, value) for place, _language in some}
                if shown["v"][value] is None:
                    hidden.add((split, part, value))
                else:
                    assert shown["v"][value] == sum(atoms[one] for one in cells[split, part, value])
            cells[split, part, "n"] = {(place, value) for place, _language in some for value in values}
            if shown["n"] is None or figures["people"][split][part] is None:
                hidden.add((split, part, "n"))
    small = [name for name, inside in cells.items() if name not in hidden and 0 < sum(atoms[one] for one in inside) < 5]
    assert small == [], "a small group is shown"
    assert exposed(cells, atoms, hidden, 5) == [], "a small group can be worked out"


@pytest.mark.parametrize("seed", range(15))
def test_crossings_within_every_part_give_no_small_group_away(seed: int) -> None:
    chance = random.Random(seed)
    counts = {(part, row, column): chance.choice([0, 1, 3, 5, 8, 20]) for part in "xy"[: chance.randint(1, 2)] for row in "ab" for column in ["1", "2", "3"]}
    found = hidden_cube(counts, threshold=5)
    cells = {}
    for name in found:
        cells[name] = {one for one in counts if all(mine in (theirs, ALL, "*") for mine, theirs in zip(name, one, strict=True))}
    hidden = {name for name, count in found.items() if count is None}
    assert exposed(cells, counts, hidden, 5) == []
    assert all(count == 0 or count >= 5 for count in found.values() if count is not None)


def test_a_part_that_is_another_in_disguise_is_hidden_there_too() -> None:
    """One country asks one group alone: what is hidden in the one table must not stand in the other."""
    cells = {"all": {1, 2, 3}, "pt": {1}, "se": {2, 3}, "workers": {1}, "refugees": {2, 3}}
    hidden = hidden_together(cells, {1: 6, 2: 20, 3: 30}, threshold=5, hidden={"pt", "se"})
    assert {"workers", "refugees"} <= hidden


def test_a_difference_of_two_shown_groups_is_never_small() -> None:
    assert hidden_together({"all": {1, 2}, "most": {1}}, {1: 20, 2: 3}, threshold=5, last={"all"}) == {"most"}


def test_several_choices_hide_who_did_not_choose() -> None:
    answers = {(1, ""): Answers(20, {"q": {"n": 20, "p": 20, "v": {"a": 18, "b": 11}}})}
    found = figures_of([Asked("q", MANY, ("a", "b", "c"))], answers, {})["questions"]["q"]["*"]["*"]
    assert found["v"] == {"a": None, "b": 11, "c": 0}


def test_words_are_only_counted() -> None:
    answers = {(1, ""): Answers(20, {"q": {"n": 7, "p": 7, "v": {}}})}
    assert figures_of([Asked("q", WORDS)], answers, {})["questions"]["q"]["*"]["*"] == {"n": 7}
