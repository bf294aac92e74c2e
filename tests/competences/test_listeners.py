"""Answers become ratings, by the real questionnaire and the real queue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from handrail.competences import actions, tasks
from handrail.competences.models import Binding, MapRelease, Rating
from handrail.instruments import actions as instruments
from handrail.instruments import formats
from handrail.instruments.formats import Choice, Form, Item, Language
from handrail.instruments.models import Invitation, Questionnaire, Submission
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from tests.competences.made import make_framework

pytestmark = pytest.mark.django_db


def form(code: str = "B1", highest: int = 4) -> bytes:
    """Two questions about one competence, one about another, one about none."""
    choices = (*(Choice(f"n{level}", {"sv": str(level)}, level) for level in range(highest + 1)), Choice("vet_ej", {"sv": "Vet inte"}))

    def question(name: str, competence: str) -> Item:
        return Item("select_one", name, {"sv": name}, list_name="niva", choices=choices, competence=competence)

    page = Item(
        "group", "sida", {"sv": "Sida"},
        items=(question("q1", code), question("q2", code), question("q3", "c1"), Item("text", "fritt", {"sv": "Fritt"})),
    )  # fmt: skip
    return formats.write_xlsform(Form("Kartläggning", "kart", "1", (Language("sv", "Svenska"),), "sv", (page,)))


def open_round(cast: Any, respondent: str = "self") -> Any:
    version = instruments.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=form(), by=cast.amal)
    made = instruments.open_round(
        programme=cast.programme, version=version, title={"sv": "Våren"}, respondent=respondent, phase="before",
        opens_on=date(2018, 4, 1), closes_on=date(2018, 4, 30), by=cast.amal,
    )  # fmt: skip
    instruments.invite_to_round(round=made, persons=[cast.birgit], by=cast.amal)
    return made


def answer(made: Any, answers: dict[str, Any], key: str, *, is_complete: bool = True) -> None:
    instruments.submit_answers(
        invitation=Invitation.objects.get(round=made), answers=answers, is_complete=is_complete, language="sv", key=key
    )


def test_publishing_binds_questions_to_competences(cast: Any) -> None:
    make_framework(cast)
    instruments.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=form(), by=cast.amal)
    assert dict(Binding.objects.values_list("question__name", "competence__code")) == {"q1": "B1", "q2": "B1", "q3": "C1"}


@pytest.mark.parametrize(("content", "named"), [(form("X9"), "X9"), (form(highest=5), "n5")])
def test_publishing_refuses_an_unknown_competence_or_level_and_names_the_row(cast: Any, content: bytes, named: str) -> None:
    make_framework(cast)
    with pytest.raises(RuleBroken) as caught:
        instruments.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=content, by=cast.amal)
    assert named in str(caught.value) and "3" in str(caught.value)
    assert not Questionnaire.objects.exists(), "nothing is half published"


def test_answers_become_own_ratings_once(cast: Any, run_later: Callable[[], int]) -> None:
    make_framework(cast)
    made = open_round(cast)
    answer(made, {"q1": "n3", "q2": "n2", "q3": "vet_ej", "fritt": "hemligt"}, "key-00000001")
    run_later()
    submission = Submission.objects.get()
    (rating,) = Rating.objects.all()
    assert (rating.person, rating.rated_by, rating.kind, rating.level) == (cast.birgit, cast.birgit, "self", 2), "the mean of 3 and 2, downwards"
    assert (rating.submission, rating.question, rating.round) == (submission.uid, "q1, q2", made)
    tasks.rate_answers.call(str(submission.uid))
    assert Rating.objects.count() == 1
    assert MapRelease.objects.filter(round=made).exists()


def test_unfinished_answers_are_not_ratings(cast: Any, run_later: Callable[[], int]) -> None:
    make_framework(cast)
    answer(open_round(cast), {"q1": "n3"}, "key-00000001", is_complete=False)
    run_later()
    assert not Rating.objects.exists()


def test_later_answers_count_and_the_earlier_stay(cast: Any, run_later: Callable[[], int]) -> None:
    make_framework(cast)
    made = open_round(cast)
    answer(made, {"q1": "n1", "q2": "n1"}, "key-00000001")
    answer(made, {"q1": "n4", "q2": "n4"}, "key-00000002")
    run_later()
    assert sorted(Rating.objects.values_list("level", "is_latest")) == [(1, False), (4, True)]


def test_a_managers_round_gives_managers_ratings_beside_the_own(cast: Any, run_later: Callable[[], int]) -> None:
    make_framework(cast)
    answer(open_round(cast), {"q1": "n1"}, "key-00000001")
    answer(open_round(cast, "manager"), {"q1": "n3"}, "key-00000002")
    run_later()
    found = Rating.objects.filter(is_latest=True).order_by("kind").values_list("kind", "level", "rated_by", "person")
    assert list(found) == [("manager", 3, cast.lena.pk, cast.birgit.pk), ("self", 1, cast.birgit.pk, cast.birgit.pk)]


def test_a_closed_round_is_drawn(cast: Any, run_later: Callable[[], int]) -> None:
    make_framework(cast)
    made = open_round(cast)
    staff = cast.more_staff(6)
    instruments.invite_to_round(round=made, persons=staff, by=cast.amal)
    for index, row in enumerate(Invitation.objects.filter(round=made)):
        instruments.submit_answers(
            invitation=row, answers={"q1": "n1"}, is_complete=True, language="sv", key=f"key-0000000{index}"
        )
    run_later()
    assert MapRelease.objects.get(round=made).answers == 0, "seven are too few while the round is open"
    instruments.close_round(round=made, by=cast.amal)
    run_later()
    assert MapRelease.objects.get(round=made).answers == 7
    assert actions.draw_map(made.version.questionnaire.programme and MapRelease.objects.get(round=made).framework).answers == 7


def test_answers_that_came_together_are_rated_as_each_alone(cast: Any, run_later: Callable[[], int]) -> None:
    make_framework(cast)
    made = open_round(cast)
    instruments.invite_to_round(round=made, persons=cast.more_staff(3), by=cast.amal)
    answer_of = dict(zip(Invitation.objects.filter(round=made), ({"q1": "n1", "q3": "n0"}, {"q1": "n4", "q2": "n1"}, {"q3": "vet_ej"}, {"q3": "n2"}), strict=True))
    for number, (row, answers) in enumerate(answer_of.items()):
        instruments.submit_answers(invitation=row, answers=answers, is_complete=True, language="sv", key=f"key-0000000{number}")
    first = next(iter(answer_of))
    with clock.at(clock.now() + timedelta(hours=1)):  # somebody answers anew before anything was rated
        instruments.submit_answers(invitation=first, answers={"q1": "n3"}, is_complete=True, language="sv", key="key-00000009")
    columns = ("person", "competence", "kind", "level", "rated_by", "rated_at", "round", "submission", "question", "is_latest")
    everything = list(Submission.objects.order_by("pk").values_list("uid", flat=True))
    for one in everything:
        actions.rate_by_answers(submission=one)
    alone = sorted(Rating.objects.values_list(*columns), key=str)
    said = sorted(map(str, JournalEntry.objects.filter(name="AnswersRated").values_list("by", "data")))
    Rating.objects.all().delete()
    JournalEntry.objects.filter(name="AnswersRated").delete()
    assert actions.rate_by_all_answers(submissions=everything[::-1]) == len(alone) == 5
    assert sorted(Rating.objects.values_list(*columns), key=str) == alone
    assert sorted(map(str, JournalEntry.objects.filter(name="AnswersRated").values_list("by", "data"))) == said
    assert actions.rate_by_all_answers(submissions=everything) == 0, "once"


def test_a_list_of_answers_is_rated_by_one_task(cast: Any, run_later: Callable[[], int]) -> None:
    make_framework(cast)
    made = open_round(cast)
    instruments.invite_to_round(round=made, persons=cast.more_staff(3), by=cast.amal)
    run_later()
    instruments.submit_all_answers(
        [instruments.Answered(row, {"q1": "n2"}, "sv", f"key-0000000{number}") for number, row in enumerate(Invitation.objects.filter(round=made))]
    )
    assert [row.task_path for row in DBTaskResult.objects.ready()] == ["handrail.competences.tasks.rate_all_answers"]
    run_later()
    assert Rating.objects.filter(level=2).count() == 4
