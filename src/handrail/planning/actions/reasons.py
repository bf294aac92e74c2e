"""The planner's reasons, from codes to rows: what is kept beside seats, refusals and sessions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from handrail.kit.text import _
from handrail.planning import rules
from handrail.planning.models import Plan, PlanRefusal
from handrail.planning.queries.basis import Basis


def seat_why(basis: Basis, reason: rules.SeatReason) -> dict[str, Any]:
    """Why a seat: the competences it trains with the person's level and target, what it is worth, what would have been second best."""
    gaps = []
    for competence, levels, _weighted in sorted(reason.levels, key=lambda one: -one[2]):
        now, target = basis.levels.get((reason.person, competence), (0, 0))
        gaps.append({"competence": str(basis.competences[competence].uid), "now": now, "target": target, "adds": levels})
    second = int(basis.problem.pair_session[reason.second_pair]) if reason.second_pair >= 0 else -1
    return {
        "code": "pin" if reason.pinned else "gap", "gaps": gaps, "gain": round(reason.gain, 3), "points": round(reason.points, 3),
        "second": str(basis.sessions[second].uid) if second >= 0 else "", "second_gain": round(reason.second_gain, 3),
    }  # fmt: skip


def refusal_row(plan: Plan, basis: Basis, one: rules.Refusal) -> PlanRefusal:
    """A refusal as it is kept."""
    session = basis.sessions[one.session] if one.session >= 0 else None
    why = {"yours": round(one.yours, 3), "theirs": round(one.theirs, 3), "cause": one.cause}
    return PlanRefusal(plan=plan, person_id=basis.persons[one.person], module=basis.modules[one.module], session=session, code=one.code, why=why)


def session_why(refusals: Iterable[rules.Refusal], code: int, is_held: bool, people: int, gain: float) -> dict[str, Any]:
    """Why a session is held (what it closes, for how many) or not (the cause that its people meet)."""
    if is_held:
        return {"people": people, "gain": round(gain, 3)}
    for one in refusals:
        if one.session == code and one.cause:
            return {"cause": one.cause, "yours": round(one.yours, 3), "theirs": round(one.theirs, 3)}
    return {}


def conflict_words(basis: Basis, parts: Sequence[rules.Part]) -> list[str]:
    """What cannot hold together, in words."""
    intro = str(_("This cannot hold together. Lift one of the pins, or change the limit."))
    return [intro, *(f"{one}" for one in parts)]
