"""What a form shows and asks, and which answers will do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.instruments.formats import Form, Item, Language, read_xlsform
from handrail.instruments.rules import (
    AnswerProblem,
    BadExpression,
    answer_problems,
    clean_answers,
    compile_expression,
    form_problems,
    levels_of,
    next_page,
    pages,
    previous_page,
    text_for,
    visible_items,
)
from handrail.instruments.rules.patterns import BadPattern, compile_pattern, matches

FILES = Path(__file__).parent.parent / "files"


@pytest.fixture(autouse=True, scope="module")
def _english() -> Iterator[None]:
    """Sentences are compared in the source language."""
    with translation.override("en"):
        yield


def sample() -> Form:
    form = read_xlsform((FILES / "form-openpyxl.xlsx").read_bytes(), name="f.xlsx").form
    assert form is not None
    return form


def form_of(*items: Item) -> Form:
    return Form("F", "f", "1", (Language("sv", "Svenska"),), "sv", items)


def holds(text: str, answer: str = "", today: date | None = None, **values: str) -> bool:
    return compile_expression(text).is_true(values, answer=answer, today=today)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("${a} > 3", {"a": "5"}, True),
        ("${a} > 3", {"a": ""}, False),
        ("${a} > 3", {}, False),
        ("${a} = ''", {}, True),
        ("not(${a} = '')", {"a": "x"}, True),
        ("${a} != 'x' and ${b} = 'y' or false()", {"a": "z", "b": "y"}, True),
        ("selected(${a}, 'red')", {"a": "blue red"}, True),
        ("selected(${a}, 're')", {"a": "blue red"}, False),
        ("count-selected(${a}) = 2", {"a": "blue red"}, True),
        ("count-selected(${a}) = 0", {"a": ""}, True),
        ("if(${a} > 1, 'x', '') = 'x'", {"a": "2"}, True),
        ("if(number(''), true(), false())", {}, False),
        ("coalesce(${a}, ${b}) = '7'", {"b": "7"}, True),
        ("int(7.9) = 7 and int(-7.9) = -7", {}, True),
        ("int('x') = int('x')", {}, False),
        ("pow(2, 10) = 1024", {}, True),
        ("pow(10, 9999) > 1 or pow(-8, 0.5) > 0 or pow(0, -1) > 0", {}, False),
        ("string-length(${a}) = 3", {"a": "åäö"}, True),
        ("regex(${a}, '[0-9]{4}')", {"a": "2018"}, True),
        ("regex(${a}, '[0-9]{4}')", {"a": "x2018x"}, False),
        ("7 mod 2 = 1 and 8 div 2 = 4 and 2 * 3 = 6 and 5 - 2 = 3", {}, True),
        ("-${a} < -3", {"a": "5"}, True),
        ("contains(${a}, 'b') and starts-with(${a}, 'a') and round(2.6) = 3", {"a": "abc"}, True),
        ('${a} = "it\'s"', {"a": "it's"}, True),
        ("${a.b-c} = 1", {"a.b-c": "1"}, True),
        ("${فئة} = 'x'", {"فئة": "x"}, True),
    ],
)
def test_expressions_mean_what_they_mean_in_odk(text: str, values: dict[str, str], expected: bool) -> None:
    assert holds(text, **values) is expected


def test_the_answer_itself_is_the_point() -> None:
    assert holds(". >= 0 and . <= 60", answer="12")
    assert not holds(".>60", answer="12")
    assert holds(". > ${a}", answer="12", a="3")


def test_dates_are_compared_as_days_with_the_day_that_is_given() -> None:
    day = date(2018, 4, 18)
    assert holds("today() > '2018-04-17' and today() < date('2018-12-01') and today() = '2018-04-18'", today=day)
    assert holds("int((today() - date(${born})) div 365.25) >= 18", today=day, born="2000-03-18")
    assert not holds("int((today() - date(${born})) div 365.25) >= 18", today=day, born="2000-05-18")
    assert not holds("today() > '2018-04-17'")
    assert not holds("date('nonsense') > 0 or date(${x}) > 0", today=day, x="-")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("((1 +", "brackets"), ("document('/etc/passwd')", "function"), ("/data/a", "path"), ("//*", "path"), ("..", "path"), ("@id", "path"), ("a = 1", "word"),
        ("*", "sign"), ("1 = *", "sign"), ("$answer = 1", "sign"), ("id('a')", "function"), ("count(1)", "arguments"), ("position(1)", "arguments"), ("uuid()", "function"), ("indexed-repeat(${a}, 1, 1)", "arguments"), ("jr:choice-name(${a}, 'x')", "choice_name"), ("../..", "path"), ("count(..)", "path"), ("current()", "function"), ("'a", "sign"),
        ("if(1, 2)", "arguments"), ("selected(${a})", "arguments"), ("true(1)", "arguments"), ("today(1)", "arguments"), ("1, 2", "sign"), ("()", "brackets"),
        ("${a} ${b}", "syntax"), ("1 = 1 and", "syntax"), ("", "empty"), ("  ", "empty"), ("${last-saved#a} = 1", "sign"), ("${a", "sign"), ("&lt;", "sign"),
        ("regex(., ${p})", "pattern_text"), ("regex(., '(')", "pattern_syntax"), ("regex(., '(a+)+')", "pattern_slow"), ("today() > '2018-02-31'", "date"),
        ("(" * 41 + "1" + ")" * 41, "too_long"), ("1" + "+1" * 600, "too_long"), ("1" * 5000, "too_long"), ("a::b", "word"), ("child::a", "word"), ("jr:x()", "word"),
    ],
)  # fmt: skip
def test_whatever_could_read_or_hang_is_refused(text: str, code: str) -> None:
    with pytest.raises(BadExpression) as refusal:
        compile_expression(text)
    assert refusal.value.code == code


@settings(max_examples=400, deadline=500)
@given(
    st.lists(
        st.sampled_from(
            [
                "${a}",
                "${b}",
                "../a",
                "position(..)",
                "count(${a})",
                "indexed-repeat(${a}, ${b}, 1)",
                "jr:choice-name(${a}, '${a}')",
                "format-date(",
                "concat(",
                "sum(",
                "substr(",
                "translate(",
                "selected-at(",
                "weighted-checklist(",
                "once(",
                "${a}[",
                "/b",
                "b/a",
                ".",
                "'x'",
                '""',
                "1",
                "2.5",
                "(",
                ")",
                ",",
                "+",
                "-",
                "*",
                "=",
                "!=",
                "<",
                "<=",
                ">",
                ">=",
                "and",
                "or",
                "div",
                "mod",
                "not(",
                "true()",
                "false()",
                "selected(",
                "if(",
                "regex(",
                "count-selected(",
                "today()",
                "date(",
                "pow(",
                "int(",
                "/",
                "//",
                "@",
                "[",
                "]",
                "..",
                "|",
                "::",
                "document(",
                "'2018-01-01'",
                "'[a-z]+'",
                "string-length(",
            ]
        ),
        max_size=14,
    ).map(" ".join)
    | st.text(max_size=30),
    st.text(max_size=20),
)
def test_any_expression_is_evaluated_or_refused(text: str, value: str) -> None:
    try:
        expression = compile_expression(text)
    except BadExpression:
        return
    assert expression.is_true({"a": value, "b": value}, answer=value, today=date(2018, 4, 18)) in {True, False}


def test_thousands_of_expressions_a_second() -> None:
    expression = compile_expression("selected(${a}, 'x') and if(${b} > 3, true(), false()) or regex(${c}, '[0-9]+')")
    started = time.process_time()
    for _ in range(4000):
        expression.is_true({"a": "x y", "b": "5", "c": "77"})
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*",
        "(a|ab)*c",
        "(.*)*",
        ".*.*.*.*=",
        "(a?){50}a{50}",
        r"(a)\1*",
        "(?=a)a",
        "a{1,100}" * 5,
        "((a{0,9}){0,9}){0,9}",
        "x" * 201,
    ],
)
def test_patterns_that_could_hang_are_refused(pattern: str) -> None:
    with pytest.raises(BadPattern, match="slow"):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "[0-9]{4}",
        "^[A-Za-zÅÄÖåäö ]+$",
        r"[^@\s]+@[^@\s]+\.[a-z]{2,6}",
        r"(\+46|0)[0-9]{8,9}",
        "ja|nej",
        "[0-9]{6}-[0-9]{4}",
        r"\d+([.,]\d+)?",
        ".{3,100}",
    ],
)
def test_patterns_of_real_forms_are_allowed(pattern: str) -> None:
    assert compile_pattern(pattern)


@settings(max_examples=150, deadline=1500)
@given(st.text(alphabet="ab()|*+?{}2,.[]^", max_size=16), st.sampled_from(["a" * 200, "ab" * 100, "a" * 199 + "c", ""]))
def test_no_pattern_keeps_the_server_busy(pattern: str, text: str) -> None:
    started = time.process_time()
    assert matches(text, pattern) in {True, False}
    assert time.process_time() - started < 1


def test_visible_items_follow_answers_groups_and_hidden_answers() -> None:
    form = sample()
    assert visible_items(form, {}) == ("background", "years", "meets")
    assert visible_items(form, {"years": 3}) == ("background", "years", "meets", "mapping", "how", "q_law")
    assert visible_items(form, {"years": "3", "q_law": "0"})[-1] == "why"
    assert visible_items(form, {"q_law": "0"}) == ("background", "years", "meets")  # the answer is hidden with its group


def test_conditions_may_look_ahead_and_circles_show_nothing() -> None:
    ahead = form_of(Item("text", "a", relevant="${b} = '1'"), Item("text", "b"))
    assert visible_items(ahead, {"b": "1"}) == ("a", "b")
    assert form_problems(ahead) == []
    circle = form_of(
        Item("text", "a", relevant="${b} = ''"),
        Item("text", "b", relevant="${c} = ''"),
        Item("text", "c", relevant="${a} = ''"),
        Item("text", "d", relevant="${a} = ''"),
        Item("text", "e"),
    )
    assert visible_items(circle, {}) == ("e",)
    assert [problem.code for problem in form_problems(circle)] == ["expression_circle"] * 3


def test_a_chain_of_a_thousand_conditions_is_followed() -> None:
    items = [Item("text", "q0"), *(Item("text", f"q{n}", relevant=f"${{q{n - 1}}} = 'x'") for n in range(1, 1000))]
    answers = {f"q{n}": "x" for n in range(1000)}
    started = time.process_time()
    assert len(visible_items(form_of(*items), answers)) == 1000
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("answers", "complete", "expected"),
    [
        ({}, False, []),
        ({}, True, [("years", "Skriv antalet år.")]),
        ({"years": "61"}, False, [("years", "Skriv ett tal från 0 till 60.")]),
        ({"years": "tre"}, False, [("years", "Write a whole number, in digits.")]),
        ({"years": "99999999999"}, False, [("years", "Write a whole number, in digits.")]),
        ({"years": "٣"}, False, [("years", "Write a whole number, in digits.")]),
        ({"years": 3}, True, [("q_law", "Please answer this question.")]),
        ({"years": 3, "q_law": "9"}, True, [("q_law", "Choose one of the answers.")]),
        ({"years": 3, "q_law": "1", "meets": ["new", "x"]}, True, [("meets", "Choose among the answers.")]),
        ({"years": 3, "q_law": "1", "meets": ["new", "co", "none"]}, True, [("meets", "This answer does not fit the question.")]),
        ({"years": 3, "q_law": "0", "why": "x" * 5001}, True, [("why", "Write at most 5000 characters.")]),
        ({"years": 3, "q_law": "1", "why": "x" * 5001}, True, []),
        ({"years": 3, "q_law": "1", "hack": "x"}, True, [("hack", "The form has no such question.")]),
        ({"years": " 3 ", "q_law": "dk", "meets": "new co"}, True, []),
    ],
)  # fmt: skip
def test_answers_are_checked_in_the_forms_own_words(
    answers: dict[str, object], complete: bool, expected: list[tuple[str, str]]
) -> None:
    found = answer_problems(sample(), answers, language="sv", complete=complete)  # type: ignore[arg-type]
    assert found == [AnswerProblem(*pair) for pair in expected]


def test_only_the_questions_of_a_page_are_asked_for() -> None:
    form = sample()
    assert answer_problems(form, {}, language="sv", complete=True, only=pages(form)[1].names()) == []


def test_required_can_depend_on_other_answers() -> None:
    form = form_of(Item("integer", "a"), Item("text", "b", required="${a} > 3", required_messages={"sv": "Berätta varför."}))
    assert answer_problems(form, {"a": 2}, language="sv", complete=True) == []
    assert answer_problems(form, {"a": 4}, language="en", complete=True) == [AnswerProblem("b", "Berätta varför.")]


def test_hidden_and_wrong_answers_are_dropped_and_the_rest_is_typed() -> None:
    answers = {"years": " 7 ", "meets": ("co", "new"), "q_law": "1", "why": "dolt", "hack": "x"}
    assert clean_answers(sample(), answers) == {"years": 7, "meets": ["new", "co"], "q_law": "1"}
    assert clean_answers(sample(), {"years": "", "meets": []}) == {}


def test_levels_come_from_the_choices_of_bound_questions() -> None:
    assert levels_of(sample(), {"years": 3, "q_law": "0"}) == {"q_law": 0}
    assert levels_of(sample(), {"years": 3, "q_law": "dk"}) == {}
    assert levels_of(sample(), {"q_law": "1"}) == {}  # hidden
    number = form_of(Item("integer", "k", competence="K2"))
    assert levels_of(number, {"k": "4"}) == {"k": 4}


def test_pages_are_the_groups_at_the_top_and_what_lies_between() -> None:
    form = form_of(
        Item("note", "hello", {"sv": "Hej"}),
        Item("text", "first"),
        Item("group", "g", {"sv": "Grupp"}, items=(Item("text", "inner", relevant="${first} = 'x'"),)),
        Item("text", "last"),
    )
    assert [sorted(page.names()) for page in pages(form)] == [["first", "hello"], ["inner"], ["last"]]
    assert [next_page(form, {}, page) for page in (-1, 0, 1, 2)] == [0, 2, 2, None]
    assert next_page(form, {"first": "x"}, 0) == 1
    assert [previous_page(form, {}, page) for page in (2, 0)] == [0, None]


def test_labels_are_in_the_persons_language_with_answers_in_them() -> None:
    form = sample()
    why = next(item for item in form.questions() if item.name == "why")
    assert text_for(form, why.labels, "sv", {"q_law": "1"}) == "Varför svarade du Något?"
    assert text_for(form, why.labels, "en-GB", {"q_law": "1"}) == "Why did you answer A little?"
    assert text_for(form, why.labels, "ar") == "لماذا؟"
    assert text_for(form, why.labels, "fi", {}) == "Varför svarade du ?"


JUNK = (
    st.none()
    | st.text(max_size=8)
    | st.integers()
    | st.lists(st.text(max_size=4), max_size=3)
    | st.sampled_from(["0", "1", "dk", "new co"])
)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["years", "meets", "q_law", "why", "background", "x"]) | st.text(max_size=5), JUNK, max_size=6
    )
)
def test_any_answers_are_taken_or_refused_and_what_is_kept_is_kept_again(answers: dict[str, object]) -> None:
    form = SAMPLE
    answer_problems(form, answers, language="sv", complete=True)  # type: ignore[arg-type]
    kept = clean_answers(form, answers)  # type: ignore[arg-type]
    assert clean_answers(form, kept) == kept
    assert set(kept) <= set(visible_items(form, answers))  # type: ignore[arg-type]


SAMPLE = sample()
