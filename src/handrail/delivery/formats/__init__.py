"""Foreign files: calendar files out, attendance from a table in."""

from handrail.delivery.formats.calendar import Appointment, calendar_file, calendar_name
from handrail.delivery.formats.marks import MarkRow, Problem, read_marks

__all__ = ["Appointment", "MarkRow", "Problem", "calendar_file", "calendar_name", "read_marks"]
