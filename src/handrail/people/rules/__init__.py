"""What is true about people and their employments: plain Python, no database."""

from handrail.people.rules.recoveries import recovery_may_be_confirmed, recovery_may_be_opened
from handrail.people.rules.staff_changes import Change, Changes, Known, compare
from handrail.people.rules.staff_lists import read_staff
from handrail.people.rules.staff_rows import RowProblem, StaffList, StaffRow

__all__ = ["Change", "Changes", "Known", "RowProblem", "StaffList", "StaffRow", "compare", "read_staff", "recovery_may_be_confirmed", "recovery_may_be_opened"]
