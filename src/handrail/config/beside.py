"""Files that are made: written beside and put in place whole, so that nobody reads a half one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def put_in_place(path: Path, content: bytes) -> None:
    """Replace a file by new content, at once."""
    handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".new")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(beside).chmod(0o644)
    Path(beside).replace(path)
