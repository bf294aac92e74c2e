"""Studies with their partners and groups, interviews and what is marked in them, and what was found."""

from handrail.research.models.coding import Code, Codebook, Coding, CodingPart, CodingTask, Source, SourceText
from handrail.research.models.findings import Finding, FindingCount, FindingQuote
from handrail.research.models.studies import (
    Gathering,
    Guide,
    GuideVersion,
    Quota,
    RespondentGroup,
    Study,
    StudyPartner,
    StudyRound,
    StudySurvey,
)

__all__ = [
    "Code", "Codebook", "Coding", "CodingPart", "CodingTask", "Finding", "FindingCount", "FindingQuote", "Gathering", "Guide", "GuideVersion", "Quota", "RespondentGroup",
    "Source", "SourceText", "Study", "StudyPartner", "StudyRound", "StudySurvey",
]  # fmt: skip
