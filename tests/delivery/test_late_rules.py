"""Codes that come late, and lists that differ: what is true of them, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.delivery.rules import Mark, Present, Stands, code_at, disputed_marks, moment_of_code

SESSION = UUID("11111111-1111-4111-8111-111111111111")
STARTS = datetime(2018, 4, 18, 7, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=3)


def moment(code, now=ENDS + timedelta(hours=5), session=SESSION, starts_at=STARTS, ends_at=ENDS):
    return moment_of_code(code, secret="secret", session=session, starts_at=starts_at, ends_at=ends_at, now=now)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=-3600, max_value=3 * 3600 - 1), st.integers(min_value=0, max_value=20 * 3600))
def test_a_late_code_proves_the_minute_in_which_it_was_shown(seconds, later):
    shown = STARTS + timedelta(seconds=seconds)
    found = moment(code_at("secret", SESSION, shown), now=max(ENDS, shown) + timedelta(seconds=later))
    assert found is not None and timedelta() <= shown - found < timedelta(minutes=1)


@pytest.mark.parametrize("minutes", [-62, 181, 60 * 24])
def test_a_code_shown_outside_the_check_in_proves_nothing(minutes):
    assert moment(code_at("secret", SESSION, STARTS + timedelta(minutes=minutes)), now=STARTS + timedelta(hours=20)) is None


def test_a_code_is_too_old_after_a_day_and_never_from_the_future():
    shown = STARTS + timedelta(minutes=30)
    code = code_at("secret", SESSION, shown)
    assert moment(code, now=shown + timedelta(hours=24, minutes=-1)) == shown
    assert moment(code, now=shown + timedelta(hours=24, minutes=1)) is None
    assert moment(code, now=shown - timedelta(minutes=2)) is None


def test_a_code_belongs_to_one_session_and_is_read_as_people_type():
    code = code_at("secret", SESSION, STARTS)
    assert moment(f"{code[:4]} {code[4:].lower()}") == STARTS
    assert moment(code, session=uuid4()) is None
    assert moment("") is None and moment("AAAAAAAA") is None


PERSON, OTHER = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("mark", "stands", "disputed"),
    [
        (Mark(PERSON, seen=""), None, False),
        (Mark(PERSON, seen=""), Stands("a", Present(95)), False),  # both say the same
        (Mark(PERSON, seen=""), Stands("a", Present(80, 15)), True),
        (Mark(PERSON, late_minutes=15, seen=""), Stands("a", Present(80, 15)), False),
        (Mark(PERSON, minutes=0, seen="a"), Stands("a", Present(95)), False),  # seen, and corrected on purpose
        (Mark(PERSON, minutes=0, seen="a"), Stands("b", Present(80, 15)), True),
        (Mark(PERSON, minutes=80, seen=None), Stands("b", Present(95)), False),  # does not tell what was seen: the list's version guards it
        (Mark(PERSON, seen="a"), None, True),
    ],
)
def test_marks_are_disputed_only_where_something_unseen_says_otherwise(mark, stands, disputed):
    found = disputed_marks([mark, Mark(OTHER, seen="")], {PERSON: stands} if stands else {}, planned=95)
    assert found == ([mark] if disputed else [])
