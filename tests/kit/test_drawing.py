"""Where things lie in drawings."""

from __future__ import annotations

import pytest

from handrail.kit import drawing


def test_gauge_lays_its_parts_after_one_another() -> None:
    drawn = drawing.gauge(parts=[("solid", 50, "a"), ("hatched", 25, "b"), ("dashed", 50, "c")], target=80, target_text="t", top=100, ticks=[(0, "0"), (50, "50")])
    assert [(part.kind, part.x, part.width) for part in drawn.parts] == [("solid", "0.00%", "50.00%"), ("hatched", "50.00%", "25.00%"), ("dashed", "75.00%", "25.00%")]
    assert (drawn.target, drawn.is_target_late, drawn.ticks) == ("80.00%", True, (("0.00%", "0"), ("50.00%", "50")))


@pytest.mark.parametrize(
    ("distance", "name"),
    [(0.6, "over-2"), (0.5, "over-2"), (0.1, "over-1"), (0.04, "target"), (0, "target"), (-0.1, "target"), (-0.149, "target"), (-0.2, "need-1"), (-0.4, "need-1"), (-0.5, "need-2"),
     (-0.7, "need-2"), (-0.8, "need-3"), (-1.0, "need-3"), (-1.1, "need-4"), (-1.3, "need-4"), (-1.4, "need-5"), (-3, "need-5"), (None, "none")],
)  # fmt: skip
def test_step_follows_the_printed_number(distance: float | None, name: str) -> None:
    assert drawing.step(distance) == name


def test_level_line_covers_the_gap() -> None:
    line = drawing.level_line(2.5, 4)
    assert (line.level, line.target, line.gap_x, line.gap_width, line.is_over) == ("50.00%", "100.00%", "50.00%", "50.00%", False)


def test_likert_stands_on_the_middle_of_neither() -> None:
    middle, rows = drawing.likert([("before", (1, 1, 2, 0, 0)), ("after", (0, 0, 2, 1, 1))])
    assert middle == "50.00%"
    assert [part.x for part in rows[0].parts] == ["0.00%", "16.67%", "33.33%", "66.67%", "66.67%"]
    assert (rows[1].n, rows[1].percentages, rows[1].parts[2].text, rows[1].parts[0].text) == (4, (0, 0, 50, 25, 25), "50", "")


def test_likert_without_answers_is_empty_not_broken() -> None:
    _middle, rows = drawing.likert([("nobody", (0, 0, 0, 0, 0))])
    assert rows[0].n == 0


def test_slope_rises_upwards() -> None:
    drawn = drawing.slope(1, 4)
    assert drawn.rises
    assert drawn.before_y > drawn.after_y


def test_rope_loosens_to_one_line_and_opens_into_voices() -> None:
    slices = drawing.rope(9, records=412, narrow=5, voices=8, voice_row=6)
    going = [len(piece.going_on) for piece in slices]
    assert going[0] == drawing.MOST_STRANDS
    assert going == sorted(going, reverse=True)
    assert going[5:] == [0, 0, 0, 0]
    assert sum(len(piece.leaving) for piece in slices) == drawing.MOST_STRANDS
    assert (len(slices[6].voices), len(slices[7].dots)) == (8, 8)
    assert slices == drawing.rope(9, records=412, narrow=5, voices=8, voice_row=6)


def test_rope_of_one_record_is_the_red_line_alone() -> None:
    assert drawing.rope(3, records=1, narrow=2) == (drawing.Slice(), drawing.Slice(), drawing.Slice())
