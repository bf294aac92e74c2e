"""Competence frameworks in and out: our own CSV (or workbook) with every language, and Moodle's competency CSV."""

from handrail.competences.formats.draft import (
    HIGHEST_LEVEL,
    DraftArea,
    DraftCompetence,
    FrameworkDraft,
    FrameworkProblem,
    FrameworkReading,
)
from handrail.competences.formats.framework_csv import read_framework, write_framework_csv
from handrail.competences.formats.moodle_in import is_moodle, read_moodle
from handrail.competences.formats.moodle_out import MOODLE_HEADER, write_moodle_csv

__all__ = [
    "HIGHEST_LEVEL",
    "MOODLE_HEADER",
    "DraftArea",
    "DraftCompetence",
    "FrameworkDraft",
    "FrameworkProblem",
    "FrameworkReading",
    "is_moodle",
    "read_framework",
    "read_moodle",
    "write_framework_csv",
    "write_moodle_csv",
]
