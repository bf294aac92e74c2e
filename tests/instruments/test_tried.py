"""Forms in the shapes that the field uses: read, worked out, written and read again, or refused with row and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from handrail.instruments.formats import (
    from_json,
    read_instance,
    read_sheets,
    read_xlsform,
    to_json,
    write_instance,
    write_xform,
    write_xlsform,
)
from handrail.instruments.forms import AnswerPage
from handrail.instruments.rules import answer_problems, clean_answers, pages
from tests.instruments.test_formats import without_rows
from tests.instruments.tried import TRIED, Tried, table

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "forms-tried.md"


@pytest.fixture(autouse=True, scope="module")
def _english() -> Iterator[None]:
    """Sentences are compared in the source language."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize("one", TRIED, ids=lambda one: one.name)
def test_a_form_is_read_or_refused_as_said(one: Tried) -> None:
    reading, errors = one.read()
    assert tuple(errors) == one.expected
    assert reading is None or all(problem.cause and problem.remedy and problem.sheet for problem in reading.problems)


@pytest.mark.parametrize("one", [one for one in TRIED if not one.expected], ids=lambda one: one.name)
def test_what_is_accepted_is_stored_written_drawn_and_exchanged(one: Tried) -> None:
    reading = one.read()[0]
    form = reading.form if reading else None
    assert form is not None
    assert from_json(to_json(form)) == form
    again = read_xlsform(write_xlsform(form), name="x.xlsx", language="en").form
    assert again is not None
    assert without_rows(again) == without_rows(form)
    assert "instanceID" in write_xform(form)
    answers: dict[str, Any] = clean_answers(form, {})
    answer_problems(form, answers, language="en", complete=True)
    assert read_instance(write_instance(form, answers, instance_id="uuid:1")).instance_id == "uuid:1"
    for number in range(len(pages(form))):
        assert AnswerPage(form, number, {}, "en", today=None, takes_files=True).as_p() is not None


def test_pyxform_refuses_nothing_of_what_is_written_here() -> None:
    """What we accept in a workbook and write again, ODK and Kobo open."""
    for one in TRIED:
        reading = one.read()[0]
        if reading and reading.form:
            assert read_sheets({"survey": []} | _sheets(reading.form)).errors == (), one.name


def _sheets(form: Any) -> dict[str, Any]:
    from handrail.instruments.formats import to_sheets

    return dict(to_sheets(form))


def test_the_page_of_forms_tried_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == table()
