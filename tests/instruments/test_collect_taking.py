"""Answers leave as a file: for whoever asked, for a purpose, and with nothing that joins them to anybody."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from handrail.instruments import actions
from handrail.instruments.models import Collection, QuestionnaireVersion, Response
from handrail.instruments.rules.collections import new_word
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from tests.instruments.collecting import SAID, collection
from tests.instruments.test_collect import researcher as researcher

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Any, version: QuestionnaireVersion) -> Collection:
    """Six anonymous answers, two of them by one person."""
    made, word = collection(cast, version, keeps_together=True), new_word()
    for number in range(6):
        actions.give_response(collection=made, answers={**SAID, "wish": f"=1+{number}"}, language="sv", key=f"key-number-{number}", word=word if number < 2 else "")
    return Collection.objects.get(pk=made.pk)


def take(asked: Collection, by: Any, **more: Any) -> tuple[bytes, str, str]:
    return actions.take_responses(**{"collections": [asked], "kind": "csv", "purpose": "analysis", "by": by, **more})


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_file_holds_every_answer_and_no_instant(asked: Collection, researcher: Any) -> None:
    content, name, kind = take(asked, researcher)
    rows = rows_of(content)
    assert (name, kind, len(rows)) == ("answers-kartlaggning.csv", "text/csv", 6)
    assert {(row["interpreter"], row["hours"], row["topics/sleep"], row["topics/law"], row["_day"], row["_submission_time"]) for row in rows} == {
        ("l1", "12", "1", "0", "2018-04-18", "")
    }
    assert sorted(row["wish"] for row in rows) == [f"'=1+{number}" for number in range(6)], "a formula is disarmed"
    assert sorted(row["_together"] for row in rows) == ["", "", "", "", "p1", "p1"]
    followers = {row.follower for row in Response.objects.all()} - {""}
    assert not any(one in content.decode() for one in followers)


def test_signs_and_order_are_others_in_every_file(asked: Collection, researcher: Any) -> None:
    files = [rows_of(take(asked, researcher)[0]) for _time in range(6)]
    signs = [row["_uuid"] for file in files for row in file]
    assert len(set(signs)) == 36
    assert not set(signs) & {str(row.uid) for row in Response.objects.all()}
    assert len({tuple(row["wish"] for row in file) for file in files}) > 1


def test_other_shapes_hold_the_same(asked: Collection, researcher: Any) -> None:
    sheet = load_workbook(io.BytesIO(take(asked, researcher, kind="xlsx", language="en")[0])).active
    assert "Talk through an interpreter" in [cell.value for cell in sheet[1]]
    assert sheet.max_row == 7
    with zipfile.ZipFile(io.BytesIO(take(asked, researcher, kind="spss", language="sv")[0])) as archive:
        assert {name.rpartition(".")[2] for name in archive.namelist()} == {"csv", "sps"}
    assert b"codebook:2_5" in take(asked, researcher, kind="ddi")[0]


def test_taking_is_noted_with_what_for(asked: Collection, researcher: Any) -> None:
    take(asked, researcher, purpose="quality")
    entry = JournalEntry.objects.get(name="ResponsesTaken")
    assert (entry.by, entry.data["purpose"], entry.data["count"]) == (researcher.uid, "quality", 6)


def test_few_anonymous_answers_wait_for_more(cast: Any, version: QuestionnaireVersion, researcher: Any) -> None:
    made = collection(cast, version)
    for number in range(4):
        actions.give_response(collection=made, answers=SAID, language="sv", key=f"key-number-{number}")
    with pytest.raises(RuleBroken):
        take(made, researcher)
    assert not JournalEntry.objects.filter(name="ResponsesTaken").exists()
    assert len(rows_of(take(actions.close_collection(collection=made, by=cast.amal), researcher)[0])) == 4


def test_only_whoever_asked_takes_them(cast: Any, asked: Collection, researcher: Any, client_of: Callable[[Any], Client]) -> None:
    url, body = f"/collections/{asked.uid}/answers/", {"kind": "csv", "language": "", "purpose": "analysis"}
    answer = client_of(researcher).post(url, body)
    assert (answer.status_code, answer["Content-Disposition"]) == (200, 'attachment; filename="answers-kartlaggning.csv"')
    assert b"interpreter" in answer.content
    assert b"interpreter" not in client_of(researcher).post(url, {**body, "purpose": ""}).content
    for other in (cast.amal, cast.oskar, cast.lena, cast.stranger):
        assert client_of(other).post(url, body).status_code == 404
