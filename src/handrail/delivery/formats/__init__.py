"""Foreign files: calendar files out, attendance from a table in, sign-in sheets as tagged PDF."""

from handrail.delivery.formats.calendar import Appointment, calendar_file, calendar_name
from handrail.delivery.formats.marks import MarkRow, Problem, read_marks
from handrail.delivery.formats.sheet import as_pdf

__all__ = ["Appointment", "MarkRow", "Problem", "as_pdf", "calendar_file", "calendar_name", "read_marks"]
