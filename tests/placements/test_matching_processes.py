"""The solver is loaded where people are matched, and nowhere else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from handrail.placements.rules import matching as m
from tests.placements.markets import small

ROOT = Path(__file__).resolve().parents[2]
LOADED = "import sys; {}; print(*sorted({{name.partition('.')[0] for name in sys.modules}} & {{'ortools', 'numpy', 'scipy', 'highspy', 'pandas'}}))"


def child(code: str) -> str:
    env = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(("asked", "loaded"), [
    ("import handrail.placements.rules.matching", ""),
    ("from handrail.placements.rules.matching import Market, Participant, Sentence, Weights, first_block, say, score", ""),
    ("from handrail.placements.rules.matching import Proposal, propose, stable", "numpy scipy"),
])  # fmt: skip
def test_naming_facts_and_sentences_loads_no_arrays_and_naming_matching_no_solver(asked: str, loaded: str) -> None:
    found = child(LOADED.format(asked.replace(", stable", "")))
    assert set(found.split()) <= set(loaded.split())


def test_the_solver_brings_nothing_else_with_it() -> None:
    """Of OR-Tools only the graph part is loaded: no tables, no other solver."""
    found = child(LOADED.format("from ortools.graph.python import min_cost_flow"))
    assert found == "ortools"


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_the_solver_and_scipys_own_do_not_disturb_each_other(order: str) -> None:
    """OR-Tools and highspy cannot share a process (or-tools issue 5246); scipy hides its own HiGHS, so a worker may plan and match in either order."""
    parts = {
        "a": "from handrail.placements.rules.matching import propose; from tests.placements.markets import small; print(propose(small(3)).value)",
        "b": "from scipy.optimize import milp; print(milp([-1, -2], integrality=[1, 1], bounds=(0, 1)).fun)",
    }
    env = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", "; ".join(parts[one] for one in order)], env=env, capture_output=True, text=True, check=True
    )
    assert sorted(done.stdout.split()) == sorted([str(m.propose(small(3)).value), "-3.0"])


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_highspy_is_not_installed_beside_the_solver(lock: str) -> None:
    names = re.findall(r"^([a-z0-9-]+)==", (ROOT / lock).read_text(), re.MULTILINE)
    assert "ortools" in names and "highspy" not in names


def test_a_matching_in_a_process_of_its_own_is_the_same() -> None:
    """Given a market, when it is matched here and in a child process, then both propose the same; what goes wrong there is told here."""
    given = small(4, people=12, places=8)
    here, apart = m.propose_both_ways(given), m.propose_both_ways_apart(given)
    assert (apart.best_total.places, apart.stable.places, apart.price) == (here.best_total.places, here.stable.places, here.price)
    again = m.propose_again_apart(given, places=here.best_total.places, mentors=here.best_total.mentors)
    assert (again.kept, again.possible, again.loss) == (len(here.best_total.places) + len(here.best_total.mentors),) * 2 + (0.0,)
    with pytest.raises(m.MatchingFailed, match="AttributeError"):
        m.propose_both_ways_apart(None)  # type: ignore[arg-type]
