"""The demonstration's interviews hold together: every marked word stands in its text, every translation runs beside."""

from __future__ import annotations

from typing import Any

import pytest

from handrail.desk.demonstration.interviews import build_interviews, data
from handrail.research import actions
from handrail.research.queries import matrix
from tests.research.made import Made

pytestmark = pytest.mark.django_db


def test_the_interviews_are_built_by_the_actions(cast: Any, made: Made) -> None:
    made.osby.country = "SE"
    made.osby.save()
    made.horby.country = "PT"
    made.horby.save()
    actions.open_study_round(study=made.study, title={"en": "One"}, opens_on=made.study.starts_on, closes_on=made.study.ends_on, by=None)
    built = build_interviews(made.study, researchers={"SE": made.rita, "PT": made.hilda}, lead=made.rita)
    assert [one.sign for one in built] == ["PT-R-02", "PT-R-03", "SE-R-01", "SE-R-02", "SE-W-02"]
    found = matrix.matrix_of(made.study, side="language", suppressed=False)
    assert sum(row.whole.passages for row in found.rows) == sum(len(turn[3::2]) for one in data()["interview"] if one["country"] in {"SE", "PT"} for turn in one["turns"])


def test_every_marked_word_stands_in_its_turn() -> None:
    keys = {one["key"] for one in data()["code"]}
    for one in data()["interview"]:
        for turn in one["turns"]:
            assert all(words in turn[1] for words in turn[4::2]), turn
            assert set(turn[3::2]) <= keys
            assert one["language"] == "en" or turn[2]
