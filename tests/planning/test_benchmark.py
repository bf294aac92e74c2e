"""The published benchmark is frozen: its files and the instances it makes are what they were when v1 was published."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "bench" / "planning"
LINES = [line.split("  ") for line in (FOLDER / "DIGESTS").read_text().splitlines()]
FILES = [(digest, name) for digest, name in LINES if name.endswith(".py")]
INSTANCES = [(digest, *map(int, name.removeprefix("staff ").split(" seed "))) for digest, name in LINES if name.startswith("staff")]


@pytest.mark.parametrize(("digest", "name"), FILES)
def test_a_file_of_the_benchmark_is_as_published(digest: str, name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize(("digest", "staff", "seed"), INSTANCES)
def test_an_instance_is_as_published(digest: str, staff: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(FOLDER), *sys.path])
    from bench.planning.run import p1, problem_of

    assert problem_of(p1.gen(staff, seed)).digest == digest
