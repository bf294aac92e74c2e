"""Match the published market with the product's own rules and print one JSON line."""

from __future__ import annotations

import argparse
import dataclasses
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "src")]

import market
import simple
from bound import bound
from facts import columns_of_made, market_of_made

from handrail.placements.rules.matching import shortlists
from handrail.placements.rules.matching.columns import Columns
from handrail.placements.rules.matching.matching import mentor_of, place_of
from handrail.placements.rules.matching.network import best_total
from handrail.placements.rules.matching.pairs import Pairs, pairs_of
from handrail.placements.rules.matching.proposing import BEST_TOTAL, STABLE, Proposal, propose_again
from handrail.placements.rules.matching.stable import stable

LISTED = {2_000: 2_000, 20_000: 100}  # up to so many people: shortlists of so many of them; beyond, none


def optimum(columns: Columns, pairs: Pairs, limit: float) -> dict[str, Any]:
    """The value by an independent linear programme in a process of its own."""
    if limit <= 0:
        return {"optimum": None, "optimum_reason": "not asked for (--lp-limit 0)", "lp_cpu_s": 0.0}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pairs.npz"
        np.savez(
            file, people=len(columns.people.uids), person=pairs.person, place=pairs.place, gain=pairs.points + columns.weights.placed, mentored=pairs.mentored,
            mentor=pairs.mentor, gain_met=pairs.mentor_points + columns.weights.mentored, capacity=columns.places.capacity,
            company=columns.places.company, coached=columns.coached_places, time=columns.mentors.capacity,
        )  # fmt: skip
        done = subprocess.run(
            [sys.executable, str(HERE / "lp.py"), str(file), str(limit)], capture_output=True, text=True, check=False
        )
    if done.returncode:
        return {
            "optimum": None,
            "optimum_reason": f"the process of the linear programme ended with {done.returncode}",
            "lp_cpu_s": None,
        }
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def withdrawn(columns: Columns, seed: int, share: float) -> Columns:
    """The same market after a share of the companies, drawn at random, has withdrawn."""
    gone = np.random.default_rng(seed).choice(
        len(columns.companies), max(1, round(share * len(columns.companies))), replace=False
    )
    coached = columns.coached_places.copy()
    coached[gone] = 0
    return dataclasses.replace(columns, coached_places=coached)


def explained(one: Any, proposal: Proposal) -> dict[str, Any]:
    """Which share of the pairs on shortlists, proposed and not, has its sentence; and what making them took."""
    listed = next((many for up_to, many in LISTED.items() if one.people <= up_to), 0)
    if not listed:
        return {"explained": None, "explained_pairs": 0, "explain_cpu_s": None}
    facts = market_of_made(one)
    some = np.random.default_rng(0).permutation(one.people)[:listed]
    started = time.process_time()
    made = shortlists(facts, proposal, people=[facts.participants[row].uid for row in some])
    seconds = time.process_time() - started
    told = [bool(entry.why) for found in made for entry in found.entries] + [
        bool(pair.why) for found in made for pair in found.blocked
    ]
    return {"explained": sum(told) / len(told) if told else 1.0, "explained_pairs": len(told), "explain_cpu_s": round(seconds, 3)}


def run(people: int, seed: int, lp_limit: float, share: float) -> dict[str, Any]:
    """Generate, match both ways, withdraw companies and match again; check each against the raw data."""
    small = columns_of_made(market.make(20, 1))
    best_total(small, pairs_of(small))  # load the solver: not counted
    one = market.make(people, seed)
    columns = columns_of_made(one)
    started = time.process_time()
    pairs = pairs_of(columns)
    paired = time.process_time()
    best = best_total(columns, pairs)
    matched = time.process_time()
    proposal = Proposal(BEST_TOTAL, columns, pairs, best)
    steady = Proposal(STABLE, columns, pairs, stable(columns, pairs, best))
    left = withdrawn(columns, seed, share)
    begun = time.process_time()
    again = propose_again(left, places=proposal.places, mentors=proposal.mentors)
    loyal_seconds = time.process_time() - begun
    closed = market.SimpleNamespace(**{**vars(one), "coached": left.coached_places})
    wrong = []
    for made, kind in ((one, proposal), (one, steady), (closed, again.proposal)):
        places, mentors = (found(kind.columns, kind.pairs, kind.matching) for found in (place_of, mentor_of))
        wrong += market.check(made, places, mentors)
        if (counted := market.evaluate(made, places, mentors)) != kind.value:
            wrong.append(f"{kind.way}: {kind.value} points, counted again {counted}")
    for line in wrong[:10]:
        print("violation:", line, file=sys.stderr)
    greedy, fcfs = simple.best_score_first(columns, pairs), simple.first_come(columns, pairs)
    return {
        "people": people, "seed": seed, "places": int(one.capacity.sum()), "mentors": one.mentors, "pairs": len(pairs.person),
        "mentor_pairs": len(pairs.mentored), "value": proposal.value, "bound": bound(columns, pairs, best), **optimum(columns, pairs, lp_limit), "greedy": greedy, "fcfs": fcfs,
        "greedy_share": round(greedy / proposal.value, 4), "cpu_s": round(matched - paired, 4), "pairs_cpu_s": round(paired - started, 4),
        "placed": best.placed, "mentored": best.mentored, "blocking_pairs": proposal.blocking, "stable_value": steady.value,
        "stable_placed": steady.matching.placed, "stable_blocking_pairs": steady.blocking, "loyal_kept": round(again.kept_share, 4),
        "loyal_loss": round(again.loss, 5), "loyal_cpu_s": round(loyal_seconds, 3), **explained(one, proposal), "hard_rule_violations": len(wrong),
        "max_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }  # fmt: skip


def against_peer(people: int, seed: int) -> dict[str, Any]:
    """The prototype's market without mentors (`p2.py`, unchanged): our flow against scipy's LAPJVsp and its own greedy, the same pairs."""
    import p2

    who, where, points, capacity = p2.gen(people, round(people / 1.8), seed)
    value, placed, seconds, _ = p2.mcf(people, len(capacity), who, where, points, capacity)
    greedy = p2.greedy(people, len(capacity), who, where, points, capacity)[0]
    peer, peer_placed, peer_seconds = p2.lap(people, len(capacity), who, where, points, capacity)
    return {
        "people": people, "seed": seed, "set": "p2", "pairs": len(who), "value": value, "placed": placed, "cpu_s": round(seconds, 4), "lapjvsp_value": peer,
        "lapjvsp_placed": peer_placed, "lapjvsp_cpu_s": round(peer_seconds, 3), "times_faster": round(peer_seconds / seconds, 1), "greedy": greedy,
        "above_greedy": round(value / greedy - 1, 4),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Measure the matching. Seconds are CPU seconds; loading the solver and generating are not counted."
    )
    parser.add_argument("--people", type=int, default=144)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--lp-limit", type=float, default=300, help="seconds for the independent linear programme; 0: leave it out"
    )
    parser.add_argument(
        "--withdrawn", type=float, default=0.05, help="share of the companies that withdraw before the second matching"
    )
    parser.add_argument("--peer", action="store_true", help="instead: the prototype's market, against scipy's LAPJVsp")
    given = parser.parse_args()
    print(
        json.dumps(
            against_peer(given.people, given.seed)
            if given.peer
            else run(given.people, given.seed, given.lp_limit, given.withdrawn)
        )
    )


if __name__ == "__main__":
    main()
