"""What is true about people and their employments: plain Python, no database."""

from handrail.people.rules.erasures import Part, check_sign, erasure_may_be_agreed, erasure_may_be_asked, sign_of
from handrail.people.rules.recoveries import recovery_may_be_confirmed, recovery_may_be_opened
from handrail.people.rules.staff_changes import Change, Changes, Known, compare
from handrail.people.rules.staff_lists import read_staff
from handrail.people.rules.staff_rows import RowProblem, StaffList, StaffRow

__all__ = [
    "Change", "Changes", "Known", "Part", "RowProblem", "StaffList", "StaffRow", "check_sign", "compare", "erasure_may_be_agreed",
    "erasure_may_be_asked", "read_staff", "recovery_may_be_confirmed", "recovery_may_be_opened", "sign_of",
]  # fmt: skip
