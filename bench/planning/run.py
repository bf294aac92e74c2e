"""Run the product's planner on the published generator and print one JSON line."""

from __future__ import annotations

import argparse
import dataclasses
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


def after_cancellations(made: Any, problem: rules.Problem, plan: rules.Plan, seed: int, share: float, notice: int) -> dict[str, Any]:
    """Call off a share of the held sessions, drawn at random, and answer it; the first half days within the notice stay as they are.

    People touched are all whose seats change, those who lost one among them. The figures outside the list are those of the answer
    that touches fewest among the answers with 99.5 % of the old value, or of the best answer when none reaches that.
    """
    free = plan.held[problem.session_slot[plan.held] >= notice]
    cancelled = np.sort(np.random.default_rng(seed).choice(free, max(1, round(share * len(plan.held))), replace=False))
    frozen = np.flatnonzero(problem.session_slot < notice)
    found = rules.replan(problem, held=plan.held, seats=plan.seats, cancelled=cancelled, frozen=frozen, seed=seed)
    answers, broken = [], 0
    at_once = dataclasses.replace(problem, pinned_not_held=cancelled)
    for one in found.answers:
        seated, held = np.zeros(len(made.P), bool), np.zeros(made.ns, bool)
        seated[one.seats], held[one.held] = True, True
        wrong = [*p1.check(made, seated, held), *(v.words for v in rules.check(at_once, one.held, one.seats))]
        wrong += ["moved within the notice"] * int(np.isin(problem.pair_session[np.concatenate([one.added, one.removed])], frozen).sum())
        broken += len(wrong)
        for line in wrong[:10]:
            print("violation:", line, file=sys.stderr)
        answers.append({
            "name": one.name, "value_of_old": round(p1.evaluate(made, seated)[0] / found.old_value, 5), "people_touched": len(one.touched),
            "share_touched": round(len(one.touched) / problem.people, 5), "opened": len(one.opened), "closed": len(one.closed),
        })  # fmt: skip
    good = [one for one in answers if one["value_of_old"] >= 0.995] or [max(answers, key=lambda one: one["value_of_old"])]
    chosen = min(good, key=lambda one: one["people_touched"])
    return {
        "cancelled": len(cancelled), "lost_a_seat": len(found.lost_people), "people_touched": chosen["people_touched"],
        "share_touched": chosen["share_touched"], "value_of_old": chosen["value_of_old"], "replan_cpu_s": round(found.cpu_seconds, 3),
        "times_faster": round(plan.cpu_seconds / max(found.cpu_seconds, 1e-3)), "hard_rule_violations": broken, "answers": answers,
    }  # fmt: skip


def run(staff: int, seed: int, moves: int | None, replan: bool, cancelled: float, notice: int) -> dict[str, Any]:
    """Generate, warm the compiled functions on a tiny instance, solve, evaluate and check twice."""
    small = problem_of(p1.gen(60, seed=1))
    warm = rules.solve(small, seed=0, moves=20)  # compile or load from the cache: not counted
    if replan:
        rules.replan(small, held=warm.held, seats=warm.seats, cancelled=warm.held[:1], frozen=warm.held[:0])
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
    again = after_cancellations(made, problem, plan, seed, cancelled, notice) if replan else {}
    return {
        "staff": staff,
        "seed": seed,
        "value": round(value, 2),
        "split_bound": round(plan.bound, 2),
        "gap": round((plan.bound - value) / plan.bound, 5),
        "cpu_s": round(plan.cpu_seconds, 2),
        "max_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        **again,
        "hard_rule_violations": len(independent) + len(own) + again.get("hard_rule_violations", 0),
        "moves": plan.moves,
        "version": plan.version,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the planner. Seconds are CPU seconds of the solve, bound included; compiling is not.")
    parser.add_argument("--staff", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--moves", type=int, default=None, help="moves of the search (default: in proportion to the sessions)")
    parser.add_argument("--replan", action="store_true", help="then call sessions off and answer that")
    parser.add_argument("--cancelled", type=float, default=0.02, help="share of the held sessions that are called off")
    parser.add_argument("--notice", type=int, default=0, help="half days at the start within which nobody is moved")
    options = parser.parse_args()
    print(json.dumps(run(options.staff, options.seed, options.moves, options.replan, options.cancelled, options.notice)))


if __name__ == "__main__":
    main()
