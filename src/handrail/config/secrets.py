"""Keys that are made at first start and kept in a file that only the owner may read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept_secret(folder: Path, name: str) -> str:
    """The secret of this installation by name, made now if there is none (file mode 0600)."""
    path = folder / name
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    # Another process may have made the file a moment ago and not have written it yet.
    for _attempt in range(100):
        if text := path.read_text().strip():
            return text
    raise SystemExit(f"{path} is empty: delete it and start again.")
