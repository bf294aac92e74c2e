"""Screens of rounds and questionnaires: who sees what, and what the buttons do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from handrail.instruments import actions, formats, slots
from handrail.instruments.models import Invitation, QuestionnaireVersion, Round, Submission
from handrail.kit import clock
from handrail.kit.models import SentMail, SetAside
from handrail.people import actions as people
from tests.instruments.forms import WHOLE, mapping, workbook

SECRET = "Mer tid till hemliga ting"


def url(name: str, thing: Any) -> str:
    """The address of a screen about something."""
    return reverse(f"instruments:{name}", kwargs={"uid": thing.uid})


def cost(queries_of: Any, client: Any, address: str) -> int:
    """How many queries a page issues; what a process reads every two seconds (the clock) is read each time here."""
    clock.forget()
    return int(queries_of(lambda: client.get(address)))


def file(content: bytes, name: str = "k.xlsx") -> SimpleUploadedFile:
    """A chosen file."""
    return SimpleUploadedFile(name, content)


@pytest.fixture
def answered(birgits: Invitation) -> Submission:
    """Birgit has answered, with words that nobody else may read."""
    receipt = actions.submit_answers(invitation=birgits, answers={**WHOLE, "wish": SECRET}, is_complete=True, language="sv", key="s" * 20)
    return Submission.objects.get(uid=receipt.result)


def test_owner_sees_counts_of_all_and_no_name(cast: Any, open_round: Round, answered: Submission, client_of: Any) -> None:
    html = client_of(cast.amal).get(url("round", open_round)).content.decode()
    assert "1 of 3" in html
    assert "Hörby" in html
    assert "Kristianstad" in html
    assert "Nyström" not in html
    assert "Holm" not in html
    assert "Georgshillsskolan" not in html


def test_process_leader_sees_own_units_and_who_is_missing(cast: Any, open_round: Round, answered: Submission, client_of: Any) -> None:
    html = client_of(cast.paula).get(url("round", open_round)).content.decode()
    assert "1 of 2" in html
    assert "Georgshillsskolan" in html
    assert "Bo Holm" in html
    assert "Birgit" not in html  # she has answered
    assert "Biblioteket" not in html
    assert "Kim" not in html


def test_manager_sees_state_of_own_reports_only(cast: Any, open_round: Round, answered: Submission, client_of: Any) -> None:
    html = client_of(cast.lena).get(url("round", open_round)).content.decode()
    assert "Birgit Nyström" in html
    assert "Bo Holm" in html
    assert "Kim" not in html
    assert SECRET not in html


def test_protected_identity_shows_neither_name_nor_unit(cast: Any, open_round: Round, client_of: Any) -> None:
    hidden = people.add_person(given_name="Gömd", family_name="Hemlig", email="", is_protected=True, by=None)
    people.employ_person(person=hidden, organisation=cast.horby, unit=cast.care, job_title="Vårdare", started_on=date(2017, 1, 1), by=None)
    from handrail.programmes import actions as programmes

    taking_part = programmes.enrol_person(programme=cast.programme, person=hidden, organisation=cast.horby, by=None)
    actions.invite_to_round(round=open_round, persons=[hidden], by=cast.paula)
    html = client_of(cast.paula).get(url("round", open_round)).content.decode()
    row = next(row for row in html.split("<tr>") if taking_part.number in row)
    assert "Gömd" not in html
    assert "Hemtjänsten" not in row


def test_progress_is_a_part_of_the_page_for_polling(cast: Any, open_round: Round, client_of: Any) -> None:
    whole = client_of(cast.amal).get(url("round", open_round)).content.decode()
    part = client_of(cast.amal).get(url("round", open_round), headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 5s"' in whole
    assert "<html" not in part
    assert "0 of 3" in part
    actions.close_round(round=open_round, by=cast.amal)
    assert "hx-trigger" not in client_of(cast.amal).get(url("round", open_round)).content.decode()


def test_open_round_invites_whole_municipalities_for_the_owner(cast: Any, version: QuestionnaireVersion, client_of: Any) -> None:
    body = {
        "version": version.pk, "title": "Kartläggning", "respondent": "self", "phase": "before", "opens_on": "2018-04-18",
        "closes_on": "2018-05-01", "whom": [str(cast.horby.uid)],
    }  # fmt: skip
    answer = client_of(cast.amal).post(url("round_open", cast.programme), body)
    made = Round.objects.get()
    assert answer.url == url("round", made)
    assert set(made.invitations.values_list("about", flat=True)) == {cast.lena.pk, cast.birgit.pk, cast.bo.pk}


def test_process_leader_cannot_invite_from_another_municipality(cast: Any, version: QuestionnaireVersion, client_of: Any) -> None:
    body = {
        "version": version.pk, "title": "K", "respondent": "self", "phase": "before", "opens_on": "2018-04-18", "closes_on": "2018-05-01",
    }  # fmt: skip
    client = client_of(cast.paula)
    for stolen in (cast.library.uid, cast.kristianstad.uid, cast.horby.uid):
        answer = client.post(url("round_open", cast.programme), {**body, "whom": [str(stolen)]})
        assert answer.status_code == 200
    assert not Round.objects.exists()
    client.post(url("round_open", cast.programme), {**body, "whom": [str(cast.care.uid)]})
    assert list(Invitation.objects.values_list("about", flat=True)) == [cast.bo.pk]


def test_open_round_errors_stand_beside_their_field(cast: Any, version: QuestionnaireVersion, client_of: Any) -> None:
    body = {
        "version": version.pk, "title": "K", "respondent": "manager", "phase": "before", "opens_on": "2018-04-18", "closes_on": "2018-04-01",
        "whom": [str(cast.kristianstad.uid)],
    }  # fmt: skip
    client = client_of(cast.amal)
    assert "closes_on" in client.post(url("round_open", cast.programme), body).context["form"].errors
    # Kim has no manager: a manager's round would ask nobody, and nothing is left behind.
    assert "whom" in client.post(url("round_open", cast.programme), {**body, "closes_on": "2018-05-01"}).context["form"].errors
    assert not Round.objects.exists()


def test_process_leader_sends_and_reminds_own_people_only(cast: Any, open_round: Round, client_of: Any, run_later: Any) -> None:
    client = client_of(cast.paula)
    client.post(url("round_send", open_round))
    run_later()
    assert set(SentMail.objects.values_list("to", flat=True)) == {"birgit.nystrom@example.org", "bo.holm@example.org"}
    with clock.at(clock.now() + timedelta(days=3)):
        client.post(url("round_remind", open_round))
        run_later()
    assert SentMail.objects.filter(template="instruments/mail/reminder").count() == 2


def test_process_leader_closes_only_a_round_of_own_people(cast: Any, version: QuestionnaireVersion, open_round: Round, client_of: Any) -> None:
    client = client_of(cast.paula)
    assert client.post(url("round_close", open_round)).status_code == 404
    own = actions.open_round(
        programme=cast.programme, version=version, title="A", opens_on=date(2018, 4, 1), closes_on=date(2018, 4, 30), by=cast.paula
    )
    actions.invite_to_round(round=own, persons=[cast.bo], by=cast.paula)
    assert client.post(url("round_close", own)).status_code == 302
    own.refresh_from_db()
    assert own.closed_at is not None


def test_upload_previews_everything_and_saves_on_publish(cast: Any, client_of: Any) -> None:
    client, address = client_of(cast.amal), url("questionnaire_upload", cast.programme)
    preview = client.post(address, {"file": file(mapping()), "kind": "mapping"})
    html = preview.content.decode()
    assert "Samtala genom tolk" in html
    assert "Talk through an interpreter" in html
    assert 'dir="rtl"' in html
    assert not QuestionnaireVersion.objects.exists()
    published = client.post(address, {"sealed": preview.context["form"].initial["sealed"]})
    assert published.url == url("questionnaire", QuestionnaireVersion.objects.get())
    known = client.post(address, {"file": file(mapping()), "kind": "mapping"}).content.decode()
    assert 'name="sealed"' not in known


def test_upload_of_a_wrong_workbook_lists_rows_and_offers_no_publish(cast: Any, client_of: Any) -> None:
    bad = workbook({"survey": [["type", "name", "label"], ["osm", "place", "Var?"], ["text", "a b", "Vad?"]]})
    html = client_of(cast.amal).post(url("questionnaire_upload", cast.programme), {"file": file(bad), "kind": "mapping"}).content.decode()
    assert "survey 2" in html
    assert "survey 3" in html
    assert 'name="sealed"' not in html


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04" + b"\x00" * 100, b"x" * (1024 * 1024 + 1)])
def test_upload_of_nonsense_is_refused_in_words(cast: Any, client_of: Any, content: bytes) -> None:
    answer = client_of(cast.amal).post(url("questionnaire_upload", cast.programme), {"file": file(content), "kind": "mapping"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_seal_cannot_be_forged(cast: Any, client_of: Any) -> None:
    answer = client_of(cast.amal).post(url("questionnaire_upload", cast.programme), {"sealed": "forged"})
    assert answer.status_code == 200
    assert not QuestionnaireVersion.objects.exists()


def test_download_can_be_brought_in_again(cast: Any, version: QuestionnaireVersion, client_of: Any) -> None:
    answer = client_of(cast.paula).get(url("questionnaire_download", version))
    content = BytesIO(answer.content).getvalue()
    form = formats.read_xlsform(content, name="k.xlsx").form
    assert form is not None
    assert [item.name for item in form.questions()] == ["interpreter", "trained", "hours", "trauma", "topics", "wish"]
    assert actions.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=content, by=cast.amal) == version


def test_questionnaire_names_bound_competences(cast: Any, client_of: Any) -> None:
    from handrail.instruments.queries import outline

    form = formats.read_xlsform(mapping(competences=("C1", "B2")), name="k.xlsx").form
    assert form is not None
    lines = [line for _title, some in outline(form, "sv").pages for line in some]
    assert [line.competence for line in lines if line.competence] == ["C1", "B2"]
    assert outline(form, "sv").bound == 2


def test_own_answers_show_latest_and_earlier_to_their_author_only(cast: Any, birgits: Invitation, answered: Submission, client_of: Any) -> None:
    actions.submit_answers(invitation=birgits, answers={**WHOLE, "wish": "Annat"}, is_complete=True, language="sv", key="t" * 20)
    html = client_of(cast.birgit).get(reverse("instruments:own_answers")).content.decode()
    assert html.count(reverse("instruments:own_submission", kwargs={"uid": answered.uid})) == 1
    assert SECRET in client_of(cast.birgit).get(url("own_submission", answered)).content.decode()
    assert str(answered.uid) not in client_of(cast.bo).get(reverse("instruments:own_answers")).content.decode()


def test_answer_start_leads_to_the_questions_and_only_one_s_own(cast: Any, birgits: Invitation, client_of: Any) -> None:
    answer = client_of(cast.birgit).post(url("answer_start", birgits), follow=True)
    assert "Kartläggning våren 2018" in answer.content.decode() or "Mapping spring 2018" in answer.content.decode()
    assert client_of(cast.bo).post(url("answer_start", birgits)).status_code == 404
    assert client_of(cast.lena).post(url("answer_start", birgits)).status_code == 404


def test_settle_shows_that_it_came_but_not_what(cast: Any, birgits: Invitation, answered: Submission, client_of: Any) -> None:
    actions.submit_answers(invitation=birgits, answers={**WHOLE, "wish": "Något helt annat"}, is_complete=True, language="sv", key="s" * 20)
    aside = SetAside.objects.get()
    client = client_of(cast.amal)
    for address in (url("set_aside_list", cast.programme), url("set_aside_settle", aside)):
        html = client.get(address).content.decode()
        assert "Hörby" in html
        assert "Något helt annat" not in html
        assert "Birgit" not in html
    assert client.post(url("set_aside_settle", aside), {"note": "Dubbelt skickat"}).status_code == 302
    aside.refresh_from_db()
    assert aside.settled_note == "Dubbelt skickat"


def test_waiting_names_act_for_each_role(cast: Any, open_round: Round, answered: Submission, version: QuestionnaireVersion) -> None:
    def titles(person: Any) -> list[str]:
        person = type(person).objects.get(pk=person.pk)
        with translation.override("en"):
            every = (slots.waiting_to_answer, slots.waiting_to_remind, slots.waiting_to_settle)
            return [str(waiting.act) for one in every for waiting in one(person, cast.programme)]

    assert titles(cast.birgit) == []
    assert titles(cast.bo) == ["Answer"]
    assert titles(cast.paula) == []
    actions.send_invitations(round=open_round, by=cast.amal)
    with clock.at(datetime(2018, 4, 22, 12, tzinfo=UTC)):
        assert titles(cast.paula) == ["Remind one"]
        assert titles(cast.oskar) == []
    rating = actions.open_round(
        programme=cast.programme, version=version, title="M", respondent="manager", opens_on=date(2018, 4, 1), closes_on=date(2018, 4, 30),
        by=cast.amal,
    )  # fmt: skip
    actions.invite_to_round(round=rating, persons=[cast.birgit, cast.bo], by=cast.amal)
    assert titles(cast.lena) == ["Give ratings"]
    assert slots.waiting_to_answer(cast.bo, None) == []


def test_waiting_costs_one_query_each(cast: Any, open_round: Round, queries_of: Any) -> None:
    from handrail.people.queries import authority_of

    for person in (cast.bo, cast.paula, cast.amal):
        authority_of(person)
        for one in (slots.waiting_to_answer, slots.waiting_to_remind, slots.waiting_to_settle):
            assert queries_of(lambda one=one, person=person: one(person, cast.programme)) <= 1


@pytest.mark.parametrize("who", ["amal", "paula", "lena"])
def test_round_costs_the_same_with_one_and_thirty(cast: Any, version: QuestionnaireVersion, client_of: Any, queries_of: Any, who: str) -> None:
    made = actions.open_round(
        programme=cast.programme, version=version, title="A", opens_on=date(2018, 4, 1), closes_on=date(2018, 4, 30), by=cast.amal
    )
    actions.invite_to_round(round=made, persons=[cast.bo], by=cast.amal)
    client = client_of(getattr(cast, who))
    one = cost(queries_of, client, url("round", made))
    actions.invite_to_round(round=made, persons=cast.more_staff(30), by=cast.amal)
    assert cost(queries_of, client, url("round", made)) == one


def test_lists_cost_the_same_with_one_and_three(cast: Any, version: QuestionnaireVersion, client_of: Any, queries_of: Any) -> None:
    def add() -> None:
        made = actions.open_round(
            programme=cast.programme, version=version, title="A", opens_on=date(2018, 4, 1), closes_on=date(2018, 4, 30), by=cast.amal
        )
        actions.invite_to_round(round=made, persons=[cast.birgit], by=cast.amal)
        actions.submit_answers(invitation=made.invitations.get(), answers=WHOLE, is_complete=True, language="sv", key="q" * 20)

    add()
    screens = [
        (client_of(cast.amal), url("rounds", cast.programme)), (client_of(cast.paula), url("rounds", cast.programme)),
        (client_of(cast.birgit), reverse("instruments:own_answers")),
    ]  # fmt: skip
    before = [cost(queries_of, client, address) for client, address in screens]
    add()
    add()
    assert [cost(queries_of, client, address) for client, address in screens] == before
