"""Questionnaires and rounds for people we know; collections and responses for everybody else."""

from handrail.instruments.models.collections import Collection, Device, Response, ResponseFile, Ticket
from handrail.instruments.models.questionnaires import (
    Invitation,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Round,
    Submission,
)

__all__ = [
    "Collection", "Device", "Invitation", "Question", "Questionnaire", "QuestionnaireVersion", "Response", "ResponseFile", "Round", "Submission",
    "Ticket",
]  # fmt: skip
