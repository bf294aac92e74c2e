"""The optimum by another road: the same pairs as a linear programme, solved by scipy's HiGHS in a process of its own (it and OR-Tools do not share one).

No flow, no network: each pair is a column; each person, place, coach and mentor a row. Reads arrays from a file, prints one JSON line.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack


def rows_of(which: Any, columns: Any, rows: int, width: int) -> Any:
    """One row for each of `rows`, with a one wherever a column belongs to it."""
    return csr_matrix((np.ones(len(which)), (which, columns)), (rows, width))


def solve(data: Any, limit: float) -> dict[str, Any]:
    """The best value that any matching of these pairs can have; None with the reason when the time did not suffice."""
    pairs, talks = len(data["person"]), len(data["mentored"])
    width, places, mentors = pairs + talks, np.arange(pairs), pairs + np.arange(talks)
    people = int(data["people"])
    matrix = vstack([
        rows_of(data["person"], places, people, width), rows_of(data["place"], places, len(data["capacity"]), width),
        rows_of(data["company"][data["place"]], places, len(data["coached"]), width), rows_of(data["mentored"], mentors, people, width),
        rows_of(data["mentor"], mentors, len(data["time"]), width),
    ])  # fmt: skip
    most = np.concatenate([np.ones(people), data["capacity"], data["coached"], np.ones(people), data["time"]])
    started = time.process_time()
    answer = linprog(
        -np.concatenate([data["gain"], data["gain_met"]]),
        A_ub=matrix,
        b_ub=most,
        bounds=(0, 1),
        method="highs-ds",
        options={"time_limit": limit},
    )
    seconds = round(time.process_time() - started, 2)
    if answer.status != 0:
        return {
            "optimum": None,
            "optimum_reason": f"HiGHS was not done after {limit:g} s: {answer.message[:80]}",
            "lp_cpu_s": seconds,
        }
    return {"optimum": round(-answer.fun), "optimum_reason": "", "lp_cpu_s": seconds}


if __name__ == "__main__":
    with np.load(sys.argv[1]) as file:
        print(json.dumps(solve({name: file[name] for name in file.files}, float(sys.argv[2]))))
