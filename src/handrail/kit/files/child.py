"""The child process that opens workbooks: run by path, alone, with little memory and time, as workbooks are hostile.

It imports nothing of ours. It reads the file from standard input and writes one JSON answer:
{"sheets": [[name, [[cell, ...], ...]], ...]} or {"error": code, ...}. Cells are null, text, number, true/false or ["d", ISO].
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

MEMBERS = 2_000
ENTRY_BYTES = 150 * 1024 * 1024
RATIO = 200
SMALL = 1024 * 1024  # below this a high ratio is only a blank sheet that packs well
CHUNK = 256 * 1024


class Refused(Exception):
    """The workbook may not be opened; the code says why, the numbers say where."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.facts = {"error": code, **facts}


def limit(memory: int, seconds: int) -> None:
    """Bound this process before it has read a byte. Windows has no such limits: there only the clock of the parent holds."""
    try:
        import resource
    except ImportError:  # pragma: no cover
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        _soft, hard = resource.getrlimit(what)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (value, value))


def check_archive(data: bytes) -> None:
    """Look into the zip before anybody unpacks it, counting bytes while unpacking, as declared sizes lie."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, UnicodeDecodeError):
        raise Refused("malformed") from None
    if len(members) > MEMBERS:
        raise Refused("packed")
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in {name.lower() for name in names}:
        raise Refused("not_workbook")
    total = 0
    for member in members:
        if member.flag_bits & 1:
            raise Refused("encrypted")
        is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
        total += unpacked(archive, member, is_xml=is_xml, room=ENTRY_BYTES - total)
        if total > SMALL and total > RATIO * len(data):
            raise Refused("packed")


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, is_xml: bool, room: int) -> int:
    """Bytes of one member, none of them kept; a document type declaration in it is refused."""
    size = 0
    head = b""
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                if not head:
                    head = chunk[:4096]
                size += len(chunk)
                if size > room:
                    raise Refused("packed")
    except Refused:
        raise
    except Exception:  # zlib, bz2, lzma, struct, CRC: every one of them means a broken archive
        raise Refused("malformed") from None
    if is_xml and b"<!DOCTYPE" in head.replace(b"\x00", b"").upper():
        raise Refused("malformed")
    return size


def plain(cell: Any) -> Any:
    """A cell in JSON."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str | bool):
        return cell
    if isinstance(cell, int | float):
        number = float(cell)
        return number if number - number == 0 else None  # not a number, infinite
    if isinstance(cell, datetime | date | time):
        return ["d", cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["s", cell.total_seconds()]
    return str(cell)


def sheets(data: bytes, max_rows: int, max_columns: int) -> list[tuple[str, list[list[Any]]]]:
    """Every sheet with cells, from A1, so that the index of a row is what Excel shows less one."""
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError:
        raise Refused("encrypted") from None
    except Exception:  # the reader raises a dozen kinds, all of which mean the same to the user
        raise Refused("malformed") from None
    found = []
    for meta in workbook.sheets_metadata:
        if (
            meta.typ is not python_calamine.SheetTypeEnum.WorkSheet
            or meta.visible is not python_calamine.SheetVisibleEnum.Visible
        ):
            continue
        try:
            sheet = workbook.get_sheet_by_name(meta.name)
        except Exception:
            raise Refused("malformed") from None
        last_row, last_column = sheet.end or (-1, -1)
        if last_row >= max_rows or last_column >= max_columns:
            raise Refused("too_large", sheet=meta.name, rows=last_row + 1, columns=last_column + 1)
        rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
        found.append((meta.name, [[plain(cell) for cell in row] for row in rows]))
    return found


def answer(data: bytes, max_rows: int, max_columns: int) -> dict[str, Any]:
    """The sheets of a workbook, or why there are none."""
    try:
        if data[:4] == b"PK\x03\x04":
            check_archive(data)
        elif "EncryptedPackage".encode("utf-16-le") in data:
            return {"error": "encrypted"}
        return {"sheets": sheets(data, max_rows, max_columns)}
    except Refused as refused:
        return refused.facts
    except MemoryError:
        return {"error": "packed"}


def main() -> None:
    """Limits first, then the file; the numbers come as arguments from the parent."""
    memory, seconds, max_rows, max_columns = (int(text) for text in sys.argv[1:5])
    limit(memory, seconds)
    reply = answer(sys.stdin.buffer.read(), max_rows, max_columns)
    sys.stdout.buffer.write(json.dumps(reply, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
