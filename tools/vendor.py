"""Fetch the pinned fonts and scripts that browsers get from us, check each package, and write down what came from where.

Run by hand when a version is raised: `python tools/vendor.py` (needs npm). The copies are committed, so nobody else needs it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "src/handrail/kit/static/vendor"
TESTS = ROOT / "tests/vendor"


@dataclass(frozen=True)
class Package:
    """One pinned package: its sha512 as published, and the few files of it that we serve (path inside → our name)."""

    name: str
    version: str
    licence: str
    sha512: str
    files: dict[str, str]
    folder: Path = STATIC


PACKAGES = [
    Package("htmx.org", "2.0.11", "0BSD",
            "Thx/WtpeOQqSrqBCw/A1cwGJGg4UrVa3+sW0GmrM3p4gJgO89ecH4qtbnyzDDWFvBTqjnIMCgELTNt636dtamA==",
            {"dist/htmx.min.js": "htmx.js", "LICENSE": "htmx.LICENSE"}),
    Package("@fontsource-variable/schibsted-grotesk", "5.3.0", "OFL-1.1",
            "ndS6H/KICWANchlHF3q4UdZD+xrZ3Ji0rUobIuXlgvDUzDfqZDsVuXPXZb636nJZMHE9zZ9Fmwgqazm8hMB50Q==",
            {"files/schibsted-grotesk-latin-wght-normal.woff2": "schibsted-latin.woff2",
             "files/schibsted-grotesk-latin-ext-wght-normal.woff2": "schibsted-latin-ext.woff2",
             "LICENSE": "schibsted.LICENSE"}),
    Package("@fontsource-variable/literata", "5.3.0", "OFL-1.1",
            "1Jw7xvOcoGyB83lxB2nG4bfNbqtX2/TTbdh9sHAOmU064SvmSdulDtA5RBu5JYWf64fdaKX7xU+z3GO1T2bCHA==",
            {"files/literata-latin-wght-normal.woff2": "literata-latin.woff2",
             "files/literata-latin-ext-wght-normal.woff2": "literata-latin-ext.woff2",
             "files/literata-cyrillic-wght-normal.woff2": "literata-cyrillic.woff2",
             "LICENSE": "literata.LICENSE"}),
    Package("@fontsource/noto-sans-arabic", "5.3.0", "OFL-1.1",
            "i3t6GR0LOReyJVEk+YfYCnxv53wuIelg7Y9NGNvOq4Diq/EP0YszaGXkQwfQNigLjfO4POrLaPGM0sNliGYk7A==",
            {"files/noto-sans-arabic-arabic-400-normal.woff2": "noto-arabic-400.woff2",
             "files/noto-sans-arabic-arabic-700-normal.woff2": "noto-arabic-700.woff2",
             "LICENSE": "noto-arabic.LICENSE"}),
    Package("axe-core", "4.14.1", "MPL-2.0",
            "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
            {"axe.min.js": "axe.js", "LICENSE": "axe.LICENSE"}, TESTS),
]


def fetch(package: Package, into: Path) -> list[dict[str, str]]:
    """Pack one package, refuse it unless its digest is the pinned one, copy its files; returns their manifest rows."""
    spec = f"{package.name}@{package.version}"
    packed = subprocess.run(["npm", "pack", spec, "--ignore-scripts", "--silent"], cwd=into, check=True, capture_output=True, text=True)
    archive = into / packed.stdout.strip().splitlines()[-1]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != package.sha512:
        raise SystemExit(f"{spec}: its sha512 is {digest}, not the pinned one. Nothing of it was copied.")
    rows = []
    with tarfile.open(archive) as tar:
        for inside, ours in package.files.items():
            member = tar.extractfile(f"package/{inside}")
            if member is None:
                raise SystemExit(f"{spec} has no file {inside}.")
            content = member.read()
            (package.folder / ours).write_bytes(content)
            rows.append({"file": ours, "name": package.name, "version": package.version, "licence": package.licence,
                         "sha256": hashlib.sha256(content).hexdigest()})
    return rows


def main() -> None:
    """Fetch everything and write one manifest per folder."""
    for folder in (STATIC, TESTS):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as temporary:
            rows = [row for package in PACKAGES if package.folder == folder for row in fetch(package, Path(temporary))]
        (folder / "manifest.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
