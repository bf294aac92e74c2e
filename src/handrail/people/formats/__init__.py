"""Staff lists as HR systems export them: bytes in, a sheet with guessed columns out; and the list of what is wrong, back."""

from handrail.people.formats.staff_columns import (
    FIELDS,
    ColumnGuess,
    guess_columns,
    guess_mapping,
    headers_of,
    mapping_from_headers,
    signature,
)
from handrail.people.formats.staff_problems import error_report_xlsx
from handrail.people.formats.staff_sheet import Sheet, from_stored, read_sheet, to_stored

__all__ = [
    "FIELDS",
    "ColumnGuess",
    "Sheet",
    "error_report_xlsx",
    "from_stored",
    "guess_columns",
    "guess_mapping",
    "headers_of",
    "mapping_from_headers",
    "read_sheet",
    "signature",
    "to_stored",
]
