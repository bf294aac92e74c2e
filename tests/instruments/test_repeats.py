"""A form with repeats, calculations and choice filters, worked out on the server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from handrail.instruments.formats import Choice, Form, Item, Language, read_sheets
from handrail.instruments.rules import (
    BadExpression,
    answer_problems,
    clean_answers,
    compile_expression,
    form_problems,
    text_for,
    visible_items,
    work_out,
)
from handrail.instruments.rules.functions import Context
from tests.instruments.every import WHOLE, every

TODAY = date(2018, 4, 18)


@pytest.fixture(autouse=True, scope="module")
def _english() -> Iterator[None]:
    """Sentences are compared in the source language."""
    with translation.override("en"):
        yield


def every_form() -> Form:
    form = read_sheets(every()).form
    assert form is not None
    return form


FORM = every_form()


def form_of(*items: Item) -> Form:
    return Form("F", "f", "1", (Language("sv", "Svenska"),), "sv", items)


def problems(answers: dict[str, Any], form: Form = FORM, **more: Any) -> dict[str, str]:
    found = answer_problems(form, answers, language="en", complete=True, today=TODAY, **more)
    return {problem.name: problem.message for problem in found}


def whole(**more: Any) -> dict[str, Any]:
    return {**deepcopy(WHOLE), **more}


def test_a_whole_set_is_kept_in_its_types_with_what_is_calculated_from_it() -> None:
    assert problems(WHOLE) == {}
    assert clean_answers(FORM, WHOLE, today=TODAY) == {
        "name": "Amal", "born": "1990-06-01", "age": "27", "height": 1.68, "wakes": "06:30", "arrived": "2018-03-01T14:05", "mood": 4, "agrees": "OK",
        "county": "m", "town": "horby", "spot": "55.85 13.66", "helps": ["talk", "other"], "helps_other": "Musik", "order": ["talk", "walk", "other"],
        "photo": "amal.jpg", "card": "7350", "count": 2,
        "members": [
            {"member": "Amal", "years_old": 27, "place_in_row": "1", "member_hours": "0"},
            {"member": "Sami", "years_old": 9, "school": "yes", "place_in_row": "2", "member_hours": "5",
             "courses": [{"course": "Simning", "hours": 3}, {"course": "Musik", "hours": 2}]},
        ],
        "oldest": "27", "names": "Amal, Sami", "all_hours": "5", "second": "Sami", "town_words": "Hörby", "source": "paper",
        "safe": "3", "seen": "2", "story": "Vi kom till Hörby.",
    }  # fmt: skip


def test_what_is_kept_is_kept_again() -> None:
    kept = clean_answers(FORM, WHOLE, today=TODAY)
    assert clean_answers(FORM, kept, today=TODAY) == kept
    assert problems(kept) == {}


def test_problems_in_a_repeat_are_named_by_their_place() -> None:
    answers = whole()
    answers["members"][1] |= {"member": "", "years_old": "-5", "hack": "x"}
    answers["members"][1]["courses"][0]["hours"] = "x"
    assert problems(answers) == {
        "members/2/member": "Please answer this question.",
        "members/2/years_old": "This answer does not fit the question.",
        "members/2/courses/1/hours": "Write a whole number, in digits.",
        "members/2/hack": "The form has no such question.",
    }
    assert set(problems(answers, only=["members/2/member"])) == {"members/2/member"}


def test_a_repeat_is_gone_round_as_often_as_its_count_says() -> None:
    kept = clean_answers(FORM, whole(count=1), today=TODAY)
    assert [one["member"] for one in kept["members"]] == ["Amal"]
    assert set(problems(whole(count=3))) == {"members/3/member"}
    assert "members" not in clean_answers(FORM, whole(count=0), today=TODAY)
    assert "members" not in visible_items(FORM, {})


def test_nobody_goes_round_a_repeat_too_often() -> None:
    form = form_of(Item("repeat", "r", items=(Item("repeat", "s", items=(Item("text", "a"),)),)))
    assert problems({"r": [{}] * 201}, form) == {"r": "Give at most 200 here."}
    assert set(problems({"r": [{"s": [{"a": "x"}] * 200}] * 30}, form).values()) == {"There are too many answers here for one form."}
    started = time.process_time()
    clean_answers(form, {"r": [{"s": [{"a": "x"}] * 200}] * 200})
    assert time.process_time() - started < 1.5


def test_a_filter_in_a_repeat_follows_its_own_answers() -> None:
    town = Item("select_one", "town", list_name="t", choices=(Choice("a", {}, extra={"lan": "1"}), Choice("b", {}, extra={"lan": "2"})), choice_filter="lan=${lan}")
    place = replace(town, name="place", choice_filter="lan=position(..)")
    form = form_of(Item("repeat", "r", items=(Item("text", "lan"), town, place)))
    state = work_out(form, {"r": [{"lan": "1"}, {"lan": "2"}, {"lan": "1"}]})
    for item, expected in ((town, ["a", "b", "a"]), (place, ["a", "b", ""])):
        assert ["".join(choice.name for choice in state.choices(item, scope)) for scope in state.top.children["r"]] == expected


def test_a_moment_is_compared_as_the_clock_on_the_wall_showed_it() -> None:
    form = form_of(Item("datetime", "when", constraint=". <= now()"))
    now = datetime(2018, 4, 18, 15, 0)
    answers = ["2018-04-18T14:59", "2018-04-18T14:59:00.000+02:00", "2018-04-18T15:01:00.000-07:00"]
    assert [answer_problems(form, {"when": one}, language="en", complete=True, today=now) == [] for one in answers] == [True, True, False]


def test_a_choice_that_the_filter_hides_will_not_do() -> None:
    assert problems(whole(town="ronneby")) == {"town": "Choose one of the answers."}
    state = work_out(FORM, WHOLE, today=TODAY)
    town = next(item for item in FORM.walk() if item.name == "town")
    assert [choice.name for choice in state.choices(town, state.top)] == ["horby", "lund"]


@pytest.mark.parametrize(
    ("name", "answer", "message"),
    [
        ("height", "tall", "Write a number, in digits."), ("height", "1e999", "Write a number, in digits."), ("height", "nan", "Write a number, in digits."),
        ("born", "2018-02-31", "Write the day as 2018-04-30."), ("born", "2018-04-19", "Dagen har inte varit än."), ("wakes", "25:00", "Write the time as 14:30."),
        ("arrived", "yesterday", "Write day and time as 2018-04-30 14:30."), ("mood", "3", "Choose a number from 0 to 10."),
        ("mood", "12", "Choose a number from 0 to 10."), ("spot", "95 13", "Write latitude and longitude, such as 55.85 13.66."),
        ("spot", "Hörby", "Write latitude and longitude, such as 55.85 13.66."), ("order", ["talk", "walk"], "Give every answer a place of its own."),
        ("order", ["talk", "talk", "walk"], "Give every answer a place of its own."), ("photo", "../x.jpg", "The file has a name that cannot be kept."),
        ("agrees", "", "Please answer this question."), ("members", "x", "Please answer this question."),
    ],
)  # fmt: skip
def test_answers_of_each_type_are_checked(name: str, answer: Any, message: str) -> None:
    found = problems(whole(**{name: answer}))
    assert message in found.values()


@pytest.mark.parametrize(
    ("name", "answer", "kept"),
    [("height", "1.70", 1.7), ("height", "2", 2.0), ("arrived", "2018-03-01 14:05", "2018-03-01T14:05"), ("spot", "-1.5 30 1200 4.5", "-1.5 30 1200 4.5"),
     ("arrived", "2018-03-01T14:05:00.000+02:00", "2018-03-01T14:05:00.000+02:00"), ("mood", 10, 10), ("mood", 4.0, 4)],
)  # fmt: skip
def test_answers_of_each_type_are_kept(name: str, answer: Any, kept: Any) -> None:
    assert clean_answers(FORM, whole(**{name: answer}), today=TODAY)[name] == kept


def test_no_file_is_asked_for_where_none_can_be_sent() -> None:
    form = form_of(Item("file", "photo", required="true()", media="image"))
    assert set(problems({}, form)) == {"photo"}
    assert problems({}, form, takes_files=False) == {}


def test_a_calculation_cannot_be_answered() -> None:
    assert clean_answers(FORM, whole(age="99", oldest="1"), today=TODAY)["age"] == "27"


def test_what_is_calculated_once_stays() -> None:
    form = form_of(Item("text", "a"), Item("calculate", "first", calculation="once(${a})"))
    kept = clean_answers(form, {"a": "x"})
    assert clean_answers(form, {**kept, "a": "y"}) == {"a": "y", "first": "x"}


def test_a_question_to_be_read_only_has_the_forms_value() -> None:
    form = form_of(Item("integer", "a"), Item("integer", "twice", calculation="${a} * 2", readonly="true()"), Item("text", "b", default="x", readonly="true()"))
    assert clean_answers(form, {"a": 4, "twice": 3, "b": "y"}) == {"a": 4, "twice": 8, "b": "x"}


def test_texts_in_a_repeat_name_their_own_answers() -> None:
    state = work_out(FORM, WHOLE, today=TODAY)
    years = next(item for item in FORM.walk() if item.name == "years_old")
    members = state.top.children["members"]
    assert [state.text(years.labels, scope, years) for scope in members] == ["Ålder på Amal", "Ålder på Sami"]
    assert text_for(FORM, {"sv": "Du är ${age} år."}, "sv", state.top.values) == "Du är 27 år."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sum(${people}[age < 18]/pets)", "3"), ("count(${people}[age >= 18 and ${limit} = 2])", "1"), ("sum(${people}[inner/age < 18]/pets)", "3"),
        ("count(${people}[1 = 2])", "0"), ("max(${pets})", "9"), ("count(${people})", "3"),
    ],
)  # fmt: skip
def test_a_repeat_can_be_looked_at_with_a_condition(text: str, expected: str) -> None:
    inner = (Item("text", "who"), Item("integer", "age"), Item("integer", "pets"))
    form = form_of(Item("integer", "limit"), Item("repeat", "people", items=inner), Item("calculate", "x", calculation=text))
    people = [{"who": "Ali", "age": 40, "pets": 9}, {"who": "Bo", "age": 4, "pets": 1}, {"who": "Kim", "age": 9, "pets": 2}]
    assert form_problems(form) == []
    assert clean_answers(form, {"limit": 2, "people": people})["x"] == expected


@pytest.mark.parametrize("text", ["${a}[", "${a}[]", "${a}]", "[1]", "${a}[${b}[1]]", "${a}[1)", "(${a}[1)]", "${a}/b", "${a}[1]/b/c", "${a}[1, 2]", "a/b", "count(${a}[1)"])
def test_broken_conditions_of_repeats_are_refused(text: str) -> None:
    with pytest.raises(BadExpression):
        compile_expression(text)


def test_the_day_can_be_a_moment() -> None:
    form = form_of(Item("calculate", "at", calculation="format-date-time(now(), '%H:%M')"), Item("calculate", "day", calculation="today()"))
    assert clean_answers(form, {}, today=datetime(2018, 4, 18, 9, 5)) == {"at": "09:05", "day": "2018-04-18"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("position(..)", "1"), ("count(${x})", "1"), ("sum(1, ${x}, ${none})", "8"), ("min(3, 2, ${none})", "2"), ("max(${none})", ""),
        ("concat('a', ${x}, 1 div 2)", "a70.5"), ("substr('abcdef', 1, 3)", "bc"), ("substr('abcdef', -2)", "ef"), ("string-length(${x})", "1"),
        ("substring('abcdef', 2, 3)", "bcd"), ("substring-before('a-b', '-')", "a"), ("substring-after('a-b', '-')", "b"), ("translate('abc', 'ab', 'x')", "xc"),
        ("format-date('2018-04-05', '%e/%n/%y %b %a')", "5/4/18 Apr Thu"), ("format-date(${none}, '%Y')", ""), ("date('2018-04-05') + 30", "17656"),
        ("date(date('2018-04-05') + 30)", "2018-05-05"), ("today() - date('2018-04-17')", "1"), ("date(today() - 7)", "2018-04-11"),
        ("decimal-date-time('1970-01-02T12:00:00')", "1.5"), ("decimal-time('06:00')", "0.25"), ("decimal-date-time('1970-01-02')", "1"),
        ("selected-at('a b c', 1)", "b"), ("selected-at('a', 4)", ""), ("count-selected('a b')", "2"), ("join('-', 'a', ${x}, 'c')", "a-7-c"),
        ("checklist(2, -1, 'yes', 'no', 'yes')", "true"), ("checklist(3, -1, 'yes', 'no', 'yes')", "false"), ("checklist(0, 1, 'yes', 'no', 'yes')", "false"), ("weighted-checklist(3, 5, 'yes', 2, 'no', 9, 'yes', 1)", "true"), ("round(2.345, 2)", "2.35"),
        ("round(-2.5)", "-2"), ("int(-2.5)", "-2"), ("number('x')", ""), ("number('3')", "3"), ("coalesce(${none}, 'b')", "b"), ("once('a')", "a"),
        ("if(${x} > 5, 'many', 'few')", "many"), ("boolean-from-string('true')", "true"), ("ends-with('abc', 'bc')", "true"), ("1 div 0", ""), ("5 mod 3", "2"),
        ("-5 mod 3", "-2"), ("sqrt(16) + abs(-1) + floor(1.9) + ceiling(1.1)", "8"), ("pow(2, 3)", "8"), ("- - 3", "3"), ("2 + 3 * 4 - 1", "13"), ("current-date()", None),
        ("../x + 1", "8"), ("current()/../x", "7"), ("regex(${x}, '[0-9]')", "true"), ("1.5 + 1.5", "3"), ("0.1", "0.1"), ("true() and 1", "true"),
        ("format-date-time('2018-04-05T14:30:09', '%H:%M:%S')", "14:30:09"), ("normalize-space('  a   b ')", "a b"), ("'2018-04-18' = today()", "true"),
    ],
)  # fmt: skip
def test_functions_give_what_odk_gives(text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(BadExpression):
            compile_expression(text)
        return
    assert compile_expression(text).text(Context({"x": "7"}, today=TODAY)) == expected


PLAIN = st.recursive(
    st.sampled_from(["1", "2.5", "0", "'a'", "''", "'12'", "' 7 '", "true()", "false()", "'b c'"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or"]), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(st.sampled_from(["not", "boolean", "string", "number", "string-length", "normalize-space", "round", "floor", "ceiling"]), inner).map(
            lambda p: f"{p[0]}({p[1]})" if p[0] not in {"string-length", "normalize-space"} else f"{p[0]}(string({p[1]}))"
        ),
        st.tuples(st.sampled_from(["contains", "starts-with", "substring-before", "substring-after"]), inner, inner).map(lambda p: f"{p[0]}(string({p[1]}), string({p[2]}))"),
        inner.map(lambda one: f"-{one}"),
    ),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(PLAIN)
def test_xpath_itself_is_what_libxml_makes_of_it(text: str) -> None:
    theirs = etree.XPath(f"string({text})")(etree.Element("nothing"))
    ours = compile_expression(f"string({text})").text(Context())
    try:
        assert float(ours) == pytest.approx(float(theirs), nan_ok=True)
    except ValueError:
        assert ours == theirs


JUNK: Any = st.recursive(
    st.none() | st.text(max_size=6) | st.integers() | st.floats() | st.booleans() | st.sampled_from(["2018-04-18", "m", "horby", "talk other", "OK"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["member", "years_old", "courses", "hours", "school"]), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([item.name for item in FORM.walk()]), JUNK, max_size=8))
def test_any_answers_are_taken_or_refused_and_what_is_kept_is_kept_again(answers: dict[str, Any]) -> None:
    problems(answers)
    kept = clean_answers(FORM, answers, today=TODAY)
    assert clean_answers(FORM, kept, today=TODAY) == kept


def test_a_large_form_is_worked_out_quickly() -> None:
    choices = tuple(Choice(f"c{n}", {"sv": f"C{n}"}, extra={"county": str(n % 20)}) for n in range(5_000))
    items = [Item("select_one", "town", choices=choices, list_name="t", choice_filter="county=${q0}")]
    items += [Item("integer", f"q{n}", relevant=f"${{q{n - 1}}} != ''" if n else "", constraint=". > 0") for n in range(500)]
    form = form_of(*items)
    answers = {"town": "c4999", **{f"q{n}": str(n + 1) for n in range(500)}}
    work_out(form, answers)
    started = time.process_time()
    assert problems({**answers, "q0": "19"}, form) == {}
    assert time.process_time() - started < 0.5
