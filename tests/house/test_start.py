"""What a process that only shows pages loads: the planner, the calendar files and the workbooks come when they are needed."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"numpy", "numba", "scipy", "ortools", "highspy", "icalendar", "xlsxwriter", "weasyprint", "openpyxl"}  # 5 to 100 MB each, and a tenth of a second or more


def test_a_process_that_shows_pages_loads_nothing_heavy(tmp_path: Path) -> None:
    """Given an empty environment, when the web server's door is opened, then none of the heavy libraries is loaded."""
    env = {"HANDRAIL_VAR": str(tmp_path), "PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]}
    code = "import sys, handrail.config.wsgi, handrail.config.urls; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "handrail" in loaded
    assert not loaded & HEAVY


@pytest.mark.parametrize("package", ["handrail.planning.rules", "handrail.planning.actions", "handrail.placements.rules.matching"])
def test_whatever_a_package_offers_is_there_when_it_is_named(package: str) -> None:
    """Given a package that loads its modules when they are named, when each name that it offers is asked for, then each is found; another is not."""
    offered = importlib.import_module(package)
    assert [name for name in offered.__all__ if not hasattr(offered, name)] == []
    assert not hasattr(offered, "nothing_of_the_kind")
