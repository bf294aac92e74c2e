"""What changes questionnaires, rounds and answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from handrail.instruments import actions
from handrail.instruments.models import Invitation, QuestionnaireVersion, Submission
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry, SentMail, SetAside
from tests.instruments.forms import WHOLE, mapping, workbook


def test_publish_keeps_versions_and_same_file_changes_nothing(cast: Any, version: QuestionnaireVersion) -> None:
    again = actions.publish_questionnaire(programme=cast.programme, file_name="x.xlsx", content=mapping(), by=cast.amal)
    assert again == version
    other = actions.publish_questionnaire(
        programme=cast.programme, file_name="k.xlsx", content=mapping(extra=[["text", "more", "Mer?", "More?", "المزيد"]]), by=cast.amal
    )
    assert (other.number, other.questionnaire) == (2, version.questionnaire)
    assert [q.name for q in version.questions.all()] == ["interpreter", "trained", "hours", "trauma", "topics", "wish"]
    assert [q.name for q in other.questions.all()][-1] == "more"
    assert JournalEntry.objects.filter(name="QuestionnairePublished").count() == 2


def test_publish_wrong_workbook_names_row_and_saves_nothing(cast: Any) -> None:
    bad = workbook({"survey": [["type", "name", "label"], ["osm", "place", "Var?"]]})
    with pytest.raises(RuleBroken, match="2"):
        actions.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=bad, by=cast.amal)
    assert not QuestionnaireVersion.objects.exists()


def test_check_questionnaire_keeps_nothing(cast: Any) -> None:
    checked = actions.check_questionnaire(programme=cast.programme, file_name="k.xlsx", content=mapping())
    assert (checked.can_publish, checked.number) == (True, 1)
    assert not QuestionnaireVersion.objects.exists()
    assert not JournalEntry.objects.filter(name="QuestionnairePublished").exists()


def test_check_questionnaire_lists_expression_problem(cast: Any) -> None:
    content = mapping(extra=[["text", "more", "Mer?", "More?", "x", "", "", "document('x') = 1"]])
    checked = actions.check_questionnaire(programme=cast.programme, file_name="k.xlsx", content=content)
    assert not checked.can_publish
    assert [problem.row for problem in checked.problems if problem.is_error] == [13]


def test_round_dates_must_follow_each_other(cast: Any, version: QuestionnaireVersion) -> None:
    with pytest.raises(RuleBroken) as broken:
        actions.open_round(
            programme=cast.programme, version=version, title="A", opens_on=date(2018, 5, 2), closes_on=date(2018, 5, 1), by=cast.amal
        )
    assert broken.value.field == "closes_on"


def test_invite_each_once_and_remembers_unit(cast: Any, open_round: Any) -> None:
    assert actions.invite_to_round(round=open_round, persons=[cast.birgit, cast.stranger], by=cast.amal) == 0
    birgit = open_round.invitations.get(about=cast.birgit)
    assert (birgit.respondent, birgit.unit, birgit.organisation) == (cast.birgit, cast.school, cast.horby)


def test_invite_in_managers_round_asks_the_manager(cast: Any, version: QuestionnaireVersion) -> None:
    made = actions.open_round(
        programme=cast.programme, version=version, title="A", respondent="manager", opens_on=date(2018, 4, 1), closes_on=date(2018, 4, 30),
        by=cast.amal,
    )  # fmt: skip
    # Kim has no manager and is left out.
    assert actions.invite_to_round(round=made, persons=[cast.birgit, cast.bo, cast.kim], by=cast.amal) == 2
    assert set(made.invitations.values_list("respondent", "about")) == {(cast.lena.pk, cast.birgit.pk), (cast.lena.pk, cast.bo.pk)}


def test_send_writes_one_neutral_mail_each_once(cast: Any, open_round: Any, run_later: Any) -> None:
    assert actions.send_invitations(round=open_round, by=cast.amal) == 3
    run_later()
    assert actions.send_invitations(round=open_round, by=cast.amal) == 0
    run_later()
    mail = SentMail.objects.get(to="birgit.nystrom@example.org")
    assert SentMail.objects.count() == 3
    assert mail.subject in {"Min sida", "My page"}  # with and without compiled catalogues
    assert "/a/" in mail.text
    assert "Birgit" in mail.text
    assert "integration" not in mail.text.lower()
    assert "Kartläggning" not in mail.text


def test_send_to_a_manager_is_one_mail_for_all(cast: Any, version: QuestionnaireVersion, run_later: Any) -> None:
    made = actions.open_round(
        programme=cast.programme, version=version, title="A", respondent="manager", opens_on=date(2018, 4, 1), closes_on=date(2018, 4, 30),
        by=cast.amal,
    )  # fmt: skip
    actions.invite_to_round(round=made, persons=[cast.birgit, cast.bo], by=cast.amal)
    assert actions.send_invitations(round=made, by=cast.amal) == 1
    run_later()
    assert list(SentMail.objects.values_list("to", flat=True)) == ["lena.brandt@example.org"]


def test_remind_at_most_every_three_days_and_only_missing(cast: Any, open_round: Any, birgits: Invitation, run_later: Any) -> None:
    actions.send_invitations(round=open_round, by=cast.amal)
    with pytest.raises(RuleBroken):
        actions.remind(round=open_round, by=cast.amal)
    actions.submit_answers(invitation=birgits, answers=WHOLE, is_complete=True, language="sv", key="a" * 20)
    with clock.at(clock.now() + timedelta(days=3)):
        assert actions.remind(round=open_round, organisations=[cast.horby.pk], by=cast.paula) == 1
        run_later()
        with pytest.raises(RuleBroken):
            actions.remind(round=open_round, organisations=[cast.horby.pk], by=cast.paula)
        assert actions.remind(round=open_round, by=cast.amal) == 1  # Kim
    assert SentMail.objects.filter(template="instruments/mail/reminder").get().to == "bo.holm@example.org"


def test_submit_whole_drops_hidden_and_tells(birgits: Invitation) -> None:
    receipt = actions.submit_answers(
        invitation=birgits, answers={**WHOLE, "trained": "no", "hours": 3}, is_complete=True, language="sv", key="a" * 20
    )
    stored = Submission.objects.get(uid=receipt.result)
    assert receipt.status == 201
    assert stored.answers == {**{k: v for k, v in WHOLE.items() if k != "hours"}, "trained": "no"}
    birgits.refresh_from_db()
    assert birgits.completed_at == clock.now() == birgits.started_at
    entry = JournalEntry.objects.get(name="AnswersReceived")
    assert entry.data["about"] == str(birgits.about.uid)
    assert "l1" not in str(entry.data)


def test_submit_whole_with_problems_names_each_and_keeps_nothing(birgits: Invitation) -> None:
    with pytest.raises(actions.AnswersWrong) as wrong:
        actions.submit_answers(
            invitation=birgits, answers={"trained": "yes", "hours": 999, "trauma": "l2"}, is_complete=True, language="sv", key="a" * 20
        )
    assert {problem.name: problem.message for problem in wrong.value.problems}["hours"] == "Skriv 1 till 400 timmar."
    assert {problem.name for problem in wrong.value.problems} == {"interpreter", "hours"}
    assert not Submission.objects.exists()


def test_submit_page_keeps_the_other_pages(birgits: Invitation) -> None:
    def send(key: str, answers: dict[str, Any], page: list[str]) -> None:
        actions.submit_answers(invitation=birgits, answers=answers, is_complete=False, language="sv", key=key * 20, page=page)

    send("a", {"interpreter": "l1", "trained": "yes", "hours": "x"}, ["interpreter", "trained", "hours"])
    send("b", {"trauma": "l2"}, ["trauma", "topics", "wish"])
    send("c", {"interpreter": "l2", "trained": "no"}, ["interpreter", "trained", "hours"])
    kept = [one.answers for one in Submission.objects.order_by("id")]
    assert kept[-1] == {"interpreter": "l2", "trained": "no", "trauma": "l2"}
    assert len(kept) == 3
    birgits.refresh_from_db()
    assert birgits.completed_at is None
    assert birgits.started_at is not None


def test_submit_same_key_again_changes_nothing_and_other_content_is_set_aside(birgits: Invitation) -> None:
    def send(wish: str) -> Any:
        return actions.submit_answers(
            invitation=birgits, answers={**WHOLE, "wish": wish}, is_complete=True, language="sv", key="a" * 20
        )

    first, again, other = send("A"), send("A"), send("B")
    assert (first.status, again.status, other.status) == (201, 200, 422)
    assert first.sha256 == again.sha256
    assert Submission.objects.get().answers["wish"] == "A"
    assert SetAside.objects.get().payload["answers"]["wish"] == "B"


def test_key_of_another_invitation_is_free(cast: Any, open_round: Any, birgits: Invitation) -> None:
    bos = open_round.invitations.get(respondent=cast.bo)
    for invitation in (birgits, bos):
        assert actions.submit_answers(invitation=invitation, answers=WHOLE, is_complete=True, language="sv", key="a" * 20).status == 201


@pytest.mark.parametrize(
    "answers", [{"wish": "x" * 5001}, {"wish": "\x00"}, {"wish": "\ud800"}, {"wish": {"a": 1}}, {"topics": [["sleep"]]}, {"none": "x"}, {"hours": 10**30}]
)  # fmt: skip
def test_submit_odd_content_is_refused(birgits: Invitation, answers: dict[str, Any]) -> None:
    with pytest.raises(RuleBroken):
        actions.submit_answers(invitation=birgits, answers=answers, is_complete=False, language="sv", key="a" * 20)
    assert not Submission.objects.exists()
    assert not SetAside.objects.exists()


def test_later_set_stands_beside_the_first(birgits: Invitation) -> None:
    for key, wish in (("a", "A"), ("b", "B")):
        actions.submit_answers(invitation=birgits, answers={**WHOLE, "wish": wish}, is_complete=True, language="sv", key=key * 20)
    assert [one.answers["wish"] for one in birgits.submissions.all()] == ["B", "A"]


def test_round_takes_answers_until_grace_is_over(cast: Any, open_round: Any, birgits: Invitation) -> None:
    def send(day: datetime) -> int:
        with clock.at(day):
            return actions.submit_answers(
                invitation=birgits, answers=WHOLE, is_complete=True, language="sv", key=f"key-{day:%m%d%H%M}"
            ).status

    assert send(datetime(2018, 5, 3, 20, tzinfo=UTC)) == 201
    for day in (datetime(2018, 5, 3, 22, 30, tzinfo=UTC), datetime(2018, 4, 8, 12, tzinfo=UTC)):
        with pytest.raises(RuleBroken):
            send(day)
    actions.close_round(round=open_round, by=cast.amal)
    with pytest.raises(RuleBroken):
        send(datetime(2018, 4, 20, tzinfo=UTC))


def test_overdue_rounds_close_by_themselves(open_round: Any) -> None:
    assert actions.close_overdue_rounds() == 0
    with clock.at(datetime(2018, 5, 4, 12, tzinfo=UTC)):
        assert actions.close_overdue_rounds() == 1
    open_round.refresh_from_db()
    assert open_round.closed_at is not None


def test_settle_set_aside_needs_a_note(cast: Any, birgits: Invitation) -> None:
    for wish in "AB":
        actions.submit_answers(invitation=birgits, answers={**WHOLE, "wish": wish}, is_complete=True, language="sv", key="a" * 20)
    aside = SetAside.objects.get()
    with pytest.raises(RuleBroken):
        actions.settle_set_aside(set_aside=aside, note=" ", by=cast.amal)
    assert actions.settle_set_aside(set_aside=aside, note="Skickade två gånger", by=cast.amal).settled_by == cast.amal.uid
    with pytest.raises(RuleBroken):
        actions.settle_set_aside(set_aside=aside, note="igen", by=cast.amal)
