"""The planner's compiled functions are kept between test runs: compiling takes half a minute, loading them a second."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["NUMBA_CACHE_DIR"] = str(Path(__file__).resolve().parents[2] / "var" / "numba-tests")
