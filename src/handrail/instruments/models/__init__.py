"""Questionnaires and rounds for people we know; collections and responses for everybody else."""

from handrail.instruments.models.collections import (
    Collection,
    Device,
    Response,
    ResponseFile,
    Ticket,
)
from handrail.instruments.models.questionnaires import (
    Invitation,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Round,
    Submission,
)
from handrail.instruments.models.tallies import (
    Book,
    ColumnBlock,
    Columns,
    Drawn,
    ScaleUse,
    Tally,
    TallyDelta,
)

__all__ = [
    "Book",
    "Collection",
    "ColumnBlock",
    "Columns",
    "Device",
    "Drawn",
    "Invitation",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Response",
    "ResponseFile",
    "Round",
    "ScaleUse",
    "Submission",
    "Tally",
    "TallyDelta",
    "Ticket",
]
