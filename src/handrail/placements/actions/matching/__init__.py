"""Everything that changes what a matching is asked with, its rounds, and what people make of them."""

from handrail.placements.actions.matching.answers import (
    decide_on,
    note_look,
    refuse_company,
    refuse_listed,
    refuse_mentor,
    take_back_refusal,
)
from handrail.placements.actions.matching.facts import describe_position, note_reach, note_way, say_wishes
from handrail.placements.actions.matching.rounds import ask_again, ask_round, choose_way, compute_round, fail_round, stop_round

__all__ = [
    "ask_again", "ask_round", "choose_way", "compute_round", "decide_on", "describe_position", "fail_round", "note_look", "note_reach", "note_way",
    "refuse_company", "refuse_listed", "refuse_mentor", "say_wishes", "stop_round", "take_back_refusal",
]  # fmt: skip
