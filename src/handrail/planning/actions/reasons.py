"""The planner's reasons, from codes to rows: what is kept beside seats, refusals and sessions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from handrail.planning import rules
from handrail.planning.models import Plan, PlanRefusal
from handrail.planning.queries.basis import Basis
from handrail.programmes.queries import numbers_of

PINNED_OUT, OCCUPIED, NOT_NEEDED = "pinned_out", "occupied", "not_needed"


def seat_why(basis: Basis, reason: rules.SeatReason) -> dict[str, Any]:
    """Why a seat: the competences it trains with the person's level and target, what it closes, and the second best.

    Levels are told to the person alone (delivery's sentence); planning's own sentences leave them out.
    """
    gaps = []
    for competence, levels, _weighted in sorted(reason.levels, key=lambda one: (-one[2], one[0])):
        now, target = basis.levels.get((reason.person, competence), (0, 0))
        if now < basis.leads_to[reason.module, competence]:
            gaps.append({"competence": str(basis.competences[competence].uid), "now": now, "target": target, "adds": levels})
    second = int(basis.problem.pair_session[reason.second_pair]) if reason.second_pair >= 0 else -1
    return {
        "code": "pin" if reason.pinned else "gap", "gaps": gaps, "gain": round(reason.gain, 3),
        "second": str(basis.sessions[second].uid) if second >= 0 else "", "second_gain": round(reason.second_gain, 3),
    }  # fmt: skip


def refusal_row(plan: Plan, basis: Basis, one: rules.Refusal) -> PlanRefusal:
    """A refusal as it is kept."""
    session = basis.sessions[one.session] if one.session >= 0 else None
    why = {"yours": round(one.yours, 3), "theirs": round(one.theirs, 3), "cause": _cause(basis, one)}
    return PlanRefusal(plan=plan, person_id=basis.persons[one.person], module=basis.modules[one.module], session=session, code=one.code, why=why)


def causes_of(basis: Basis, refusals: Iterable[rules.Refusal]) -> dict[int, dict[str, Any]]:
    """For each session that is not held the cause that its people meet, from the first of them; or that nobody is left who needs it."""
    found: dict[int, dict[str, Any]] = {}
    wanted = set()
    for one in refusals:
        if one.code != NOT_NEEDED:
            wanted.add(one.module)
        if one.cause:
            found.setdefault(one.session, {"cause": _cause(basis, one), "yours": round(one.yours, 3), "theirs": round(one.theirs, 3)})
    for code, module in enumerate(basis.problem.session_module):
        if int(module) not in wanted:
            found.setdefault(code, {"cause": "no_need"})
    return found | {code: {"cause": OCCUPIED} for code in basis.occupied}


def conflict_rows(plan: Plan, basis: Basis, parts: Sequence[rules.Part]) -> list[dict[str, str]]:
    """What cannot hold together, as kinds with the session and seat they mean; the screen puts them into the reader's words."""
    pairs = basis.problem.pair_person
    people = [basis.persons[int(pairs[part.what])] for part in parts if part.kind == "pin_seat"]
    numbers = numbers_of(plan.programme, people)
    rows = []
    for part in parts:
        row = {"kind": part.kind}
        if part.kind == "pin_seat":
            row["number"] = numbers.get(basis.persons[int(pairs[part.what])], "")
            row["session"] = str(basis.sessions[int(basis.problem.pair_session[part.what])].uid)
        elif part.kind in {"pin_held", "pin_not_held"}:
            row["session"] = str(basis.sessions[part.what].uid)
            row["kind"] = "occupied" if part.kind == "pin_not_held" and part.what in basis.occupied else part.kind
        rows.append(row)
    return rows


def _cause(basis: Basis, one: rules.Refusal) -> str:
    """The planner knows an occupied session only as one that may not be held."""
    return OCCUPIED if one.cause == PINNED_OUT and one.session in basis.occupied else one.cause
