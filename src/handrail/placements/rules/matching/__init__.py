"""Matching participants, places and mentors: declared wishes and checkable fit, exactly, with reasons. No names, no learned score, nobody decides here."""

from typing import TYPE_CHECKING

from handrail.kit.lazily import when_named

if TYPE_CHECKING:
    from handrail.placements.rules.matching.apart import MatchingFailed, propose_again_apart, propose_both_ways_apart
    from handrail.placements.rules.matching.columns import Columns, columns_of
    from handrail.placements.rules.matching.eligibility import Block, first_block, first_block_mentor
    from handrail.placements.rules.matching.facts import (
        BEST_TOTAL,
        LEVELS,
        STABLE,
        Company,
        Market,
        MarketError,
        Mentor,
        Participant,
        Place,
    )
    from handrail.placements.rules.matching.matching import Matching, blocking_pairs
    from handrail.placements.rules.matching.network import FlowFailed
    from handrail.placements.rules.matching.pairs import Pairs, pairs_of, pairs_one_by_one
    from handrail.placements.rules.matching.proposing import (
        Again,
        BothWays,
        Proposal,
        propose,
        propose_again,
        propose_both_ways,
    )
    from handrail.placements.rules.matching.scoring import Score, mentor_score, score
    from handrail.placements.rules.matching.sentences import Sentence, say
    from handrail.placements.rules.matching.shortlist import Blocked, Entry, Shortlist, shortlists
    from handrail.placements.rules.matching.weights import Weights

# Matching works on arrays and brings a solver with it: a process loads them when it matches, a page never does.
__getattr__ = when_named(__name__, {
    "MatchingFailed": "apart", "propose_again_apart": "apart", "propose_both_ways_apart": "apart",
    "Columns": "columns", "columns_of": "columns", "Block": "eligibility", "first_block": "eligibility", "first_block_mentor": "eligibility",
    "LEVELS": "facts", "Company": "facts", "Market": "facts", "MarketError": "facts", "Mentor": "facts", "Participant": "facts", "Place": "facts",
    "Matching": "matching", "blocking_pairs": "matching", "FlowFailed": "network", "Pairs": "pairs", "pairs_of": "pairs", "pairs_one_by_one": "pairs",
    "BEST_TOTAL": "facts", "STABLE": "facts", "Again": "proposing", "BothWays": "proposing", "Proposal": "proposing", "propose": "proposing",
    "propose_again": "proposing", "propose_both_ways": "proposing", "Score": "scoring", "mentor_score": "scoring", "score": "scoring", "Sentence": "sentences",
    "say": "sentences", "Blocked": "shortlist", "Entry": "shortlist", "Shortlist": "shortlist", "shortlists": "shortlist", "Weights": "weights",
})  # fmt: skip

__all__ = [
    "BEST_TOTAL", "LEVELS", "STABLE", "Again", "Block", "Blocked", "BothWays", "Columns", "Company", "Entry", "FlowFailed", "Market", "MarketError",
    "Matching", "MatchingFailed", "Mentor", "Pairs", "Participant", "Place", "Proposal", "Score", "Sentence", "Shortlist", "Weights", "blocking_pairs", "columns_of",
    "first_block", "first_block_mentor", "mentor_score", "pairs_of", "pairs_one_by_one", "propose", "propose_again", "propose_again_apart", "propose_both_ways", "propose_both_ways_apart", "say", "score",
    "shortlists",
]  # fmt: skip
