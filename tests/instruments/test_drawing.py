"""A form with every type, answered on a phone without script: repeats grow and shrink, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from handrail.instruments import actions
from handrail.instruments.formats import Form, Item, Language, read_sheets, write_xlsform
from handrail.instruments.forms import AnswerPage, answers_sent
from handrail.instruments.models import Invitation, Submission
from handrail.instruments.rules import AnswerProblem, change_times, pages
from tests.instruments.every import every
from tests.instruments.forms import workbook
from tests.instruments.test_answering import Phone

TODAY = date(2018, 4, 18)
FREE: list[list[Any]] = [
    ["type", "name", "label", "relevant", "required", "default", "parameters"],
    ["begin_repeat", "pets", "Pet"],
    ["text", "pet", "Name", "", "yes"],
    ["select_one yesno", "sick", "Is ${pet} ill?"],
    ["text", "illness", "What ails ${pet}?", "${sick} = 'yes'"],
    ["begin_repeat", "toys", "Toy"],
    ["text", "toy", "Toy name", "", "", "ball"],
    ["end_repeat"],
    ["end_repeat"],
    ["calculate", "n", "", "", "", "", ""],
    ["note", "thanks", "**Thank** you, you told of ${n} pets."],
]


def free() -> Form:
    """A form with a repeat that people make longer and shorter themselves."""
    survey = [[*row, *[""] * (8 - len(row))] for row in FREE]
    survey[0][7] = "calculation"
    survey[9][7] = "count(${pets})"
    form = read_sheets({"survey": survey, "choices": [["list_name", "name", "label"], ["yesno", "yes", "Yes"], ["yesno", "no", "No"]]}).form
    assert form is not None
    return form


def page_of(form: Form, number: int, answers: dict[str, Any], **more: Any) -> AnswerPage:
    return AnswerPage(form, number, answers, "sv", today=TODAY, **more)


@pytest.fixture
def phone(cast: Any) -> Phone:
    """Birgit's phone with her link to a form with every type."""
    version = actions.publish_questionnaire(programme=cast.programme, file_name="e.xlsx", content=workbook(every()), by=cast.amal)
    made = actions.open_round(
        programme=cast.programme, version=version, title="Allt", opens_on=date(2018, 4, 9), closes_on=date(2018, 4, 30), by=cast.amal
    )
    actions.invite_to_round(round=made, persons=[cast.birgit], by=cast.amal)
    return Phone(actions.link_for(made.invitations.get()))


def test_every_type_is_answered_without_script(phone: Phone) -> None:
    page = phone.begin()
    assert 'type="date"' in page
    assert 'type="datetime-local"' in page
    assert "Inget personnummer" in page
    assert "Du är" not in page
    page = phone.send(name="Amal", born="1990-06-01")
    assert "Du är 27 år." in page
    assert phone.status == 422  # she has not agreed
    page = phone.send(name="Amal", born="1990-06-01", height="1,68", wakes="06:30", arrived="2018-03-01T14:05", mood="4", agrees="OK")
    assert "Kommun" not in page
    page = phone.send(county="m")
    assert "Hörby" in page
    assert "Ronneby" not in page
    page = phone.send(county="m", town="horby", spot="55.85, 13.66", helps=["talk", "other"], card="7350", **{"order/1": "talk", "order/2": "walk"})
    assert "Skriv vilket" in page
    assert phone.status == 422  # a rank with a place too few
    page = phone.send(county="m", town="horby", spot="55.85, 13.66", helps=["talk", "other"], helps_other="Musik", card="7350",
                      **{"order/1": "talk", "order/2": "walk", "order/3": "other"})  # fmt: skip
    assert "Hur många är ni?" in page
    page = phone.send(count="2")
    assert "Person 2" in page
    assert "remove:" not in page  # the form itself counts
    member = {"members/1/member": "Amal", "members/1/years_old": "27", "members/2/member": "Sami", "members/2/years_old": "9"}
    page = phone.send(**member)
    assert "Går Sami i skola?" in page
    assert "Går Amal i skola?" not in page
    page = phone.send(**member, **{"members/2/school": "yes"})
    assert "Kurs 1" in page
    page = phone.send("add:members/2/courses", **member, **{"members/2/school": "yes", "members/2/courses/1/course": "Simning"})
    assert 'value="Simning"' in page
    assert "Kurs 2" in page
    assert phone.url.endswith("#at-members/2/courses")
    page = phone.send(**member, **{"members/2/school": "yes", "members/2/courses/1/course": "Simning", "members/2/courses/1/hours": "3", "members/2/courses/2/course": "Musik", "members/2/courses/2/hours": "2"})  # fmt: skip
    assert "Jag känner mig trygg" in page
    page = phone.send(safe="3", seen="2", story="Vi kom till Hörby.")
    assert "/review/" in phone.url
    assert "Person 2: Kurs 1: Vilken kurs?" in page
    assert "Prata, Annat" in page
    assert "Prata, Gå ut, Annat" in page  # a rank in the order that was given
    phone.send()
    assert "/sent/" in phone.url
    kept = Submission.objects.filter(is_complete=True).get().answers
    assert kept["members"][1]["courses"] == [{"course": "Simning", "hours": 3}, {"course": "Musik", "hours": 2}]
    assert (kept["all_hours"], kept["mood"], kept["agrees"], kept["order"]) == ("5", 4, "OK", ["talk", "walk", "other"])


def test_a_page_in_arabic_is_written_from_the_right(phone: Phone) -> None:
    phone.begin()
    page = phone.send("language:ar", name="Amal")
    assert re.search(r'<div class="form" lang="ar" dir="rtl">\s*<h1>عنك', page)
    assert 'value="Amal"' in page


def test_a_repeat_grows_and_shrinks_and_can_be_left_out() -> None:
    form = free()
    first = page_of(form, 0, {})
    assert first.shown == ["pets", "pets/1", "pets/1/toys", "pets/1/toys/1", "pets/1/pet", "pets/1/sick", "pets/1/toys/1/toy"]
    assert first.initial["pets/1/toys/1/toy"] == "ball"
    sent = {"q-pets/1/pet": "Ulla", "q-pets/1/sick": "no", "q-pets/1/toys/1/toy": "ball", "shown": " ".join(first.shown)}
    more, names = answers_sent(form, 0, query(sent, go="add:pets"))
    assert names == ["pets"]
    assert more == {"pets": [{"pet": "Ulla", "sick": "no", "toys": [{"toy": "ball"}]}, {}]}
    assert "pets/2/pet" in page_of(form, 0, more).fields
    less, _names = answers_sent(form, 0, query(sent, go="remove:pets/1"))
    assert less == {"pets": []}
    assert page_of(form, 0, less).shown == ["pets"]
    assert page_of(form, 1, {"pets": [{}, {}]}).entries[0].text == "Thank you, you told of 2 pets."


def test_that_there_is_none_is_kept_and_the_page_shows_none_again(cast: Any) -> None:
    version = actions.publish_questionnaire(programme=cast.programme, file_name="f.xlsx", content=write_xlsform(free()), by=cast.amal)
    made = actions.open_round(
        programme=cast.programme, version=version, title="Djur", opens_on=date(2018, 4, 9), closes_on=date(2018, 4, 30), by=cast.amal
    )
    actions.invite_to_round(round=made, persons=[cast.birgit], by=cast.amal)
    invitation = made.invitations.get()
    for key, is_complete in (("a", False), ("b", True)):
        actions.submit_answers(invitation=invitation, answers={"pets": []}, is_complete=is_complete, language="sv", key=key * 20)
        assert invitation.submissions.order_by("-id")[0].answers["pets"] == []


def test_a_hidden_answer_in_a_repeat_is_not_lost() -> None:
    earlier = {"pets": [{"pet": "Ulla", "sick": "no", "illness": "cold"}]}
    shown = page_of(free(), 0, earlier).shown
    assert "pets/1/illness" not in shown
    answers, _names = answers_sent(free(), 0, query({"q-pets/1/pet": "Ulla", "q-pets/1/sick": "yes", "shown": " ".join(shown)}), earlier=earlier)
    assert answers["pets"][0]["illness"] == "cold"


def test_a_rank_and_a_scale_keep_what_was_answered() -> None:
    form = read_sheets(every()).form
    assert form is not None
    page = page_of(form, 1, {"order": ["talk", "walk"]})
    assert [page.initial[f"order/{place}"] for place in (1, 2, 3)] == ["talk", "walk", ""]
    assert page.questions.count("order") == 1
    assert [value for value, _label in page_of(form, 0, {}).fields["mood"].choices] == ["0", "2", "4", "6", "8", "10"]


def test_problems_stand_beside_their_question_and_a_repeats_at_the_top() -> None:
    form = read_sheets(every()).form
    assert form is not None
    page = page_of(form, 1, {})
    page.show_problems([AnswerProblem("order", "Give every answer a place of its own."), AnswerProblem("elsewhere", "Not on this page.")])
    assert dict(page.errors) == {"order/1": ["Give every answer a place of its own."]}
    page = page_of(free(), 0, {})
    page.show_problems([AnswerProblem("pets", "Give at most 200 here."), AnswerProblem("pets/1/pet", "Please answer this question.")])
    assert dict(page.errors) == {"__all__": ["Give at most 200 here."], "pets/1/pet": ["Please answer this question."]}


def test_a_file_is_asked_for_only_where_it_can_be_sent() -> None:
    form = Form("F", "f", "1", (Language("sv", "Svenska"),), "sv", (Item("file", "photo", {"sv": "Foto"}, media="image", required="true()"),))
    assert page_of(form, 0, {}).fields == {}
    page = page_of(form, 0, {"photo": "a.jpg"}, takes_files=True)
    assert page.is_multipart()
    assert "a.jpg" in str(page["photo"].help_text)
    file: Any = object()
    got, _names = answers_sent(form, 0, query({"shown": "photo"}), files=MultiValueDict({"q-photo": [file]}), keep=lambda item, sent: "kept.jpg")
    assert got == {"photo": "kept.jpg"}
    assert answers_sent(form, 0, query({"shown": "photo"}), earlier={"photo": "a.jpg"})[0] == {"photo": "a.jpg"}


def test_mixed_answers_stand_in_one_order_for_each_person() -> None:
    sheets = {"survey": [["type", "name", "label", "parameters"], ["select_one l", "q", "Q", "randomize=true"]],
              "choices": [["list_name", "name", "label"], *[["l", f"c{n}", f"C{n}"] for n in range(10)]]}  # fmt: skip
    form = read_sheets(sheets).form  # type: ignore[arg-type]
    assert form is not None
    orders = [[name for name, _label in page_of(form, 0, {}, seed=seed).fields["q"].choices] for seed in ("", "a", "a", "b")]
    assert orders[0] == sorted(orders[0])
    assert orders[1] == orders[2] != orders[3]
    assert sorted(orders[1]) == orders[0]


@pytest.mark.parametrize("go", ["add:", "add:x", "remove:pets", "remove:pets/9", "add:pets/9/toys", "remove:pets/1/toys/x", "add:pets/1/pet", "remove:/", "add:/1/x", "next"])
def test_odd_wishes_change_nothing_that_was_answered(go: str) -> None:
    answers = {"pets": [{"pet": "Ulla"}]}
    assert change_times(answers, go)["pets"][0]["pet"] in {"Ulla"}


def test_repeats_and_groups_at_the_top_are_pages() -> None:
    assert [[item.name for item in page.items] for page in pages(free())] == [["pets"], ["n", "thanks"]]


def query(body: dict[str, str], go: str = "next") -> QueryDict:
    """What a browser sends."""
    found = QueryDict(mutable=True)
    found.update({**body, "go": go})
    return found


def test_pages_cost_no_more_queries_for_repeats(phone: Phone, queries_of: Any) -> None:
    invitation = Invitation.objects.get()
    url = f"{phone.start}{invitation.uid}/3/"

    def cost(times: int) -> int:
        actions.submit_answers(invitation=invitation, answers={"count": times, "members": [{"member": "x"}] * times}, is_complete=False, language="sv", key=f"{times}" * 20)
        phone.client.get(url)
        return int(queries_of(lambda: phone.client.get(url)))

    assert cost(1) == cost(3)
