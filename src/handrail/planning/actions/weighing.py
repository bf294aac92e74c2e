"""How much of a plan hangs on the weights: people set them by judgement, so a plan must say what another judgement would do."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from django.db import transaction

from handrail.kit.errors import RuleBroken
from handrail.planning import rules
from handrail.planning.models import Plan
from handrail.planning.queries.basis import basis_of

FIFTH = 0.2  # planning.md 8: "show sensitivity (plan under +-20 % weights) before anyone trusts points"


def weigh(plan: Plan) -> bool:
    """Keep for each area by how much some plan could be better, at most, if it counted a fifth more or less.

    Answers whether it was done: not when the data have changed since the plan was computed.
    """
    try:
        basis = basis_of(plan.programme, plan.settings)
    except RuleBroken:  # what was asked cannot even be read any more: a locked seat was used, say
        return False
    if basis.problem.digest != plan.data_digest:
        return False
    at = {(basis.persons[i], basis.sessions[s].pk): pair for pair, (i, s) in enumerate(zip(basis.problem.pair_person, basis.problem.pair_session, strict=True))}
    seats = np.array(sorted(at[key] for key in plan.seats.values_list("person_id", "session_id")), np.int64)
    areas: dict[str, list[int]] = defaultdict(list)
    for code, one in enumerate(basis.competences):
        areas[str(one.area.uid)].append(code)
    found = []
    for area, codes in areas.items():
        row: dict[str, Any] = {"area": area}
        for name, share in (("more", 1 + FIFTH), ("less", 1 - FIFTH)):
            factor = np.ones(len(basis.competences))
            factor[codes] = share
            row[name] = round(rules.room_with_weights(basis.problem, seats, factor), 4)
        found.append(row)
    with transaction.atomic():
        row_of = Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
        row_of.facts = {**row_of.facts, "weights": found}
        row_of.save(update_fields=["facts"])
    return True
