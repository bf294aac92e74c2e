"""Transcripts, REFI-QDA projects and codebooks, as bytes and as plain data."""

from handrail.research.formats.codebook_table import PATH, TableCode, from_rows, to_rows
from handrail.research.formats.refi import RefiCode, RefiCoding, RefiProblem, RefiProject, RefiSource, walk
from handrail.research.formats.refi_in import problem_words, read_codebook, read_project
from handrail.research.formats.refi_out import write_codebook, write_project
from handrail.research.formats.transcripts import MAX_BYTES, MAX_CHARACTERS, read_transcript

__all__ = [
    "MAX_BYTES", "MAX_CHARACTERS", "PATH", "RefiCode", "RefiCoding", "RefiProblem", "RefiProject", "RefiSource", "TableCode", "from_rows",
    "problem_words", "read_codebook", "read_project", "read_transcript", "to_rows", "walk", "write_codebook", "write_project",
]  # fmt: skip
