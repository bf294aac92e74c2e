"""Docs that tell the truth: generated pages are fresh, links lead somewhere, decisions are numbered, nothing private stands in them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


def test_generated_pages_are_fresh() -> None:
    done = subprocess.run([sys.executable, "tools/reference.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    broken = [
        target
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text())
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert broken == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_vendored_files_match_their_manifest() -> None:
    import hashlib
    import json

    for manifest in [*ROOT.glob("src/handrail/*/static/vendor/manifest.json"), ROOT / "tests" / "vendor" / "manifest.json"]:
        text = manifest.read_text()
        for name, digest in re.findall(r'"file": "([^"]+)".*?"sha256": "([0-9a-f]{64})"', text, re.S):
            assert hashlib.sha256((manifest.parent / name).read_bytes()).hexdigest() == digest, name
        assert json.loads(text)
