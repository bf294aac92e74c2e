"""What is true of guides, texts, passages and readers, without asking a database."""

from handrail.research.rules.agreement import Agreement, agree, band, bands, cohen_kappa, compare, krippendorff_alpha
from handrail.research.rules.counts import may_count_anew
from handrail.research.rules.redaction import KINDS, Row, Suggestion, capitals, differences, moved, redact, suggest
from handrail.research.rules.segments import (
    TONES,
    Mark,
    Paragraph,
    Sentence,
    aligned,
    numbered,
    overlaps,
    paragraphs,
    sentences,
    tone,
    touched,
    trimmed,
)
from handrail.research.rules.topics import Change, changes, filled_topics
from handrail.research.rules.turns import Turn, clean, find_turns, read_turns, turns_of

__all__ = [
    "KINDS", "TONES", "Agreement", "Change", "Mark", "Paragraph", "Row", "Sentence", "Suggestion", "Turn", "agree", "aligned", "band", "bands", "capitals", "changes", "clean",
    "cohen_kappa", "compare", "differences", "filled_topics", "find_turns", "krippendorff_alpha", "may_count_anew", "moved", "numbered", "overlaps", "paragraphs", "read_turns", "redact", "sentences", "suggest", "tone",
    "touched", "trimmed", "turns_of",
]  # fmt: skip
