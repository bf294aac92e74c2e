"""Workbooks are opened in a child process with memory and time limits (security.md 25, 26)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from handrail.kit.errors import RuleBroken
from handrail.kit.files.cells import Cell, Rows, trimmed
from handrail.kit.text import _

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MEMORY = 1536 * 1024 * 1024  # bytes of address space: 20,000 rows of 100 columns fit, a bomb does not
SECONDS = 20
ANSWER_BYTES = 100 * 1024 * 1024

CHILD = Path(__file__).with_name("child.py")
ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def read_workbook(data: bytes, *, name: str, max_rows: int = MAX_ROWS, max_columns: int = MAX_COLUMNS) -> dict[str, Rows]:
    """The visible sheets of an XLSX or XLS workbook, in order; row 1 of Excel is index 0.

    Numbers are floats, empty cells None. Raises RuleBroken (field "file") for whatever is not a readable workbook of bounded size.
    """
    check_size(data)
    if not data.startswith((ZIP, OLE)):
        raise RuleBroken(not_a_workbook(data, name), field="file")
    reply = _ask_child(data, max_rows, max_columns)
    if code := reply.get("error"):
        raise RuleBroken(_cause(code, reply, max_rows, max_columns), field="file")
    return {name: trimmed([[_cell(cell) for cell in row] for row in rows]) for name, rows in reply["sheets"]}


def check_size(data: bytes) -> None:
    """A file has something in it, and not more than 10 MB."""
    if not data.strip():
        raise RuleBroken(_("The file is empty. Export it again and choose the new file."), field="file")
    if len(data) > MAX_BYTES:
        raise RuleBroken(
            _("The file is larger than %(limit)d MB. Remove pictures and sheets that are not needed, and save it again.")
            % {"limit": MAX_BYTES // 1024 // 1024},
            field="file",
        )


def not_a_workbook(data: bytes, name: str) -> Any:
    """Why a file that is called a workbook is none; many HR systems call a web page .xls."""
    if data.lstrip()[:1] == b"<":
        return _(
            "The file is called %(name)s but is a web page inside. Open it in Excel and save it as an Excel workbook (.xlsx)."
        ) % {"name": _short(name)}
    return _("%(name)s is not an Excel workbook. Save it as an Excel workbook (.xlsx) or as CSV.") % {"name": _short(name)}


def _short(name: str) -> str:
    return "".join(c for c in name if c.isprintable())[-80:] or "?"


def _ask_child(data: bytes, max_rows: int, max_columns: int) -> dict[str, Any]:
    arguments = [str(n) for n in (MEMORY, SECONDS, max_rows, max_columns)]
    with subprocess.Popen(  # our own file, our own numbers; what is foreign comes through the pipe
        [sys.executable, "-I", str(CHILD), *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, close_fds=True,
    ) as child:  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        clock = threading.Timer(SECONDS + 10, child.kill)
        feeder = threading.Thread(target=_feed, args=(child.stdin, data), daemon=True)
        clock.start()
        feeder.start()
        try:
            text = child.stdout.read(ANSWER_BYTES + 1)
        finally:
            clock.cancel()
            child.kill()
            feeder.join()
    if len(text) > ANSWER_BYTES:
        return {"error": "packed"}
    try:
        reply = json.loads(text)
    except ValueError:  # killed by a limit in the middle of its work
        return {"error": "packed"}
    return reply if isinstance(reply, dict) else {"error": "malformed"}


def _feed(pipe: Any, data: bytes) -> None:
    try:
        pipe.write(data)
        pipe.close()
    except OSError:
        pass  # the child has gone; its answer, or the lack of one, says why


def _cause(code: str, facts: dict[str, Any], max_rows: int, max_columns: int) -> Any:
    if code == "too_large":
        return _(
            "The sheet %(sheet)s reaches to row %(rows)d and column %(columns)d; at most %(max_rows)d rows and %(max_columns)d columns "
            "can be read. Delete the rows and columns that are not needed, also empty ones with stray content, and save it again."
        ) % {**facts, "max_rows": max_rows, "max_columns": max_columns}
    return {
        "encrypted": _("The workbook is protected by a password. Remove the password in Excel and save it again."),
        "not_workbook": _("The file is an archive but not an Excel workbook. Save it as an Excel workbook (.xlsx) or as CSV."),
        "packed": _("The workbook is too large when unpacked. Copy the rows that are needed to a new workbook and save that."),
    }.get(code, _("The workbook is damaged and cannot be read. Open it in Excel and save it again as .xlsx."))


def _cell(value: Any) -> Cell:
    if not isinstance(value, list):
        return value  # type: ignore[no-any-return]  # JSON: text, number, true, false or null
    kind, content = value
    if kind == "s":
        return timedelta(seconds=content)
    if ":" not in content:
        return date.fromisoformat(content)
    return datetime.fromisoformat(content) if "-" in content[:11] else time.fromisoformat(content)
