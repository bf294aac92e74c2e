"""Run the product's planner on the published generator and print one JSON line."""

from __future__ import annotations

import argparse
import json
import resource
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

import p1

from handrail.planning import rules


def problem_of(made: Any) -> rules.Problem:
    """The generator's instance in the planner's own terms."""
    return rules.Problem(
        slots=made.T,
        budget=float(made.budget),
        person_unit=made.unit,
        person_municipality=made.mun,
        person_profession=made.prof,
        person_hours=made.H,
        gap=made.gap,
        weight=made.w,
        outcome=made.G,
        module_hours=made.hours,
        module_prerequisite=made.pre,
        prerequisite_met=made.pre_ok,
        shortlist=made.short,
        session_module=made.smod,
        session_slot=made.slot,
        session_length=made.dur,
        session_minimum=made.mn,
        session_maximum=made.cap,
        session_cost=made.cost,
        session_trainer=made.trainer,
        session_room=made.room,
        session_mixed=made.kind[made.smod] == 1,
        pair_person=made.P,
        pair_session=made.S,
        pair_travel=made.TC,
        absence_limit=made.ucap,
    )


def run(staff: int, seed: int, moves: int | None) -> dict[str, Any]:
    """Generate, warm the compiled functions on a tiny instance, solve, evaluate and check twice."""
    rules.solve(problem_of(p1.gen(60, seed=1)), seed=0, moves=20)  # compile or load from the cache: not counted
    made = p1.gen(staff, seed)
    problem = problem_of(made)
    plan = rules.solve(problem, seed=seed, moves=moves)
    seated, held = np.zeros(len(made.P), bool), np.zeros(made.ns, bool)
    seated[plan.seats] = True
    held[plan.held] = True
    value, _ = p1.evaluate(made, seated)
    independent = p1.check(made, seated, held)
    own = rules.check(problem, plan.held, plan.seats)
    for line in [*independent, *(v.words for v in own[:10])]:
        print("violation:", line, file=sys.stderr)
    return {
        "staff": staff,
        "seed": seed,
        "value": round(value, 2),
        "split_bound": round(plan.bound, 2),
        "gap": round((plan.bound - value) / plan.bound, 5),
        "cpu_s": round(plan.cpu_seconds, 2),
        "max_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "hard_rule_violations": len(independent) + len(own),
        "moves": plan.moves,
        "version": plan.version,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the planner. Seconds are CPU seconds of the solve, bound included; compiling is not.")
    parser.add_argument("--staff", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--moves", type=int, default=None, help="moves of the search (default: in proportion to the sessions)")
    options = parser.parse_args()
    print(json.dumps(run(options.staff, options.seed, options.moves)))


if __name__ == "__main__":
    main()
