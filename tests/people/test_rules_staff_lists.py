"""What a staff list says, what is wrong with it, and what a later one changes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.people import formats
from handrail.people.rules import Changes, Known, RowProblem, StaffList, StaffRow, compare, read_staff
from handrail.people.rules.staff_values import find_circles, looks_like_national_id, share_of, shares_are_fractions, split_name

HEAD = "Anst nr;Efternamn;Förnamn;E-post;Enhet;Ssg;Närmaste chef;Skyddad identitet\n"
FIELDS = ("employee_number", "family_name", "given_name", "email", "unit", "employment_rate", "manager", "protected")
ID = "850312-0000"  # the shape is enough where it has its hyphen


@pytest.fixture(autouse=True, scope="module")
def _english() -> Iterator[None]:
    """Sentences are compared in the source language."""
    with translation.override("en"):
        yield


def read(text: str, **options: object) -> StaffList:
    sheet = formats.read_sheet(text.encode(), name="lista.csv")
    mapping = dict(zip(FIELDS, range(8), strict=True)) if text.startswith(HEAD) else formats.guess_mapping(sheet)
    return read_staff(sheet, mapping, **options)  # type: ignore[arg-type]


def said(staff: StaffList) -> list[tuple[int, str, str, bool]]:
    return [(p.row, p.column, p.code, p.is_error) for p in staff.problems]


def as_known(staff: StaffList, organisation: str = "osby") -> list[Known]:
    """What the database holds after the list was taken over."""
    return [
        Known(
            ref=f"ref{row.row}", organisation=organisation, employee_number=row.employee_number, email=row.email, given_name=row.given_name,
            family_name=row.family_name, job_title=row.job_title, aid_code=row.aid_code, department=row.department, unit=row.unit,
            employment_rate=row.employment_rate, manager_ref=f"ref{row.manager_row}" if row.manager_row else "",
            protected=row.protected, contact=row.contact, language=row.language,
        )
        for row in staff.rows
    ]  # fmt: skip


LIST = HEAD + (
    "1;Åkesson;Märta;marta@example.org;Öst;100;;\n"
    "2;Öberg;Jörgen;jorgen@example.org;Öst;75;1;nej\n"
    "3;Ek;Nadia;nadia@example.org;Väst;50;Märta Åkesson;\n"
    "4;;;;;;;ja\n"
)


def test_a_good_list_has_no_problems() -> None:
    staff = read(LIST)
    assert staff.problems == ()
    assert [row.row for row in staff.rows] == [2, 3, 4, 5]
    assert staff.rows[3].protected
    assert staff.fields == {
        "employee_number",
        "family_name",
        "given_name",
        "email",
        "unit",
        "employment_rate",
        "manager",
        "protected",
    }


@pytest.mark.parametrize(
    ("line", "problems", "kept"),
    [
        (";Ek;Nadia;;Öst;50;;", [(2, "Anst nr", "no_key", True)], 0),
        ("3;;;n@example.org;Öst;50;;", [(2, "Efternamn", "name_missing", True)], 0),
        ("3;Ek;Nadia;nadia(at)example.org;Öst;50;;", [(2, "E-post", "email", False)], 1),
        (";Ek;Nadia;nadia@example;Öst;50;;", [(2, "E-post", "email", True)], 0),
        ("3;Ek;Nadia;;Öst;110;;", [(2, "Ssg", "rate", True)], 0),
        ("3;Ek;Nadia;;Öst;-5;;", [(2, "Ssg", "rate", True)], 0),
        ("3;Ek;Nadia;;Öst;38,25 tim;;", [(2, "Ssg", "rate", True)], 0),
        ("3;Ek;Nadia;;Öst;50;Någon Annan;", [(2, "Närmaste chef", "manager_unknown", False)], 1),
        ("3;Ek;Nadia;;Öst;50;3;", [(2, "Närmaste chef", "own_manager", False)], 1),
        ("3;Ek;Nadia;;Öst;50;;kanske", [(2, "Skyddad identitet", "protected", True)], 0),
        (f"{ID};Ek;Nadia;;Öst;50;;", [(2, "Anst nr", "national_id_as_number", True)], 0),
        (f"3;Ek;Nadia {ID};;Öst;50;;", [(2, "Förnamn", "national_id", True)], 0),
        (f"3;Ek;Nadia;;Öst;50;{ID};", [(2, "Närmaste chef", "national_id", True)], 0),
        (f"3;Ek;Nadia;{ID}@example.org;Öst;50;;", [(2, "E-post", "national_id", True)], 0),
        (f"3;Ek;Nadia;;{'Ö' * 201};50;;", [(2, "Enhet", "too_long", True)], 0),
    ],
)
def test_each_fault_is_said_with_row_column_and_remedy(line: str, problems: list[object], kept: int) -> None:
    staff = read(HEAD + line + "\n")
    assert (said(staff), len(staff.rows), len(staff.excluded)) == (problems, kept, 1 - kept)
    assert all(problem.cause.endswith(".") and problem.remedy.endswith(".") for problem in staff.problems)


def test_a_national_id_is_never_repeated_in_a_problem_or_a_repr() -> None:
    staff = read(HEAD + f"{ID};Ek {ID};{ID};{ID}@example.org;{ID};50;{ID};{ID}\n")
    assert len(staff.errors) >= 5
    assert ID not in repr(staff)
    assert ID not in "".join(str(getattr(staff.excluded[0], name)) for name in StaffRow.__dataclass_fields__)
    assert not any(ID in text for problem in staff.problems for text in (problem.cause, problem.remedy, problem.column))


def test_differing_rows_of_one_number_are_for_a_person_and_equal_ones_count_once() -> None:
    staff = read(HEAD + "1;Ek;Nadia;;Öst;50;;\n1;Ek;Nadia;;Väst;50;;\n2;Al;Rim;;Öst;100;;\n2;Al;Rim;;Öst;100;;\n")
    assert said(staff) == [
        (2, "Anst nr", "duplicate", True),
        (3, "Anst nr", "duplicate", True),
        (5, "Anst nr", "repeated", False),
    ]
    assert "row 3" in staff.problems[0].cause
    assert [row.row for row in staff.rows] == [4]


def test_managers_in_a_circle_lead_nobody_and_those_below_keep_theirs() -> None:
    staff = read(HEAD + "1;A;A;;Öst;100;2;\n2;B;B;;Öst;100;3;\n3;C;C;;Öst;100;1;\n4;D;D;;Öst;100;3;\n")
    assert said(staff) == [(row, "Närmaste chef", "manager_circle", False) for row in (2, 3, 4)]
    assert [row.manager_row for row in staff.rows] == [None, None, None, 4]


def test_a_managers_name_that_several_have_is_not_guessed() -> None:
    staff = read(HEAD + "1;Ek;Nadia;;Öst;100;;\n2;Ek;Nadia;;Väst;100;;\n3;Al;Rim;;Öst;100;Nadia Ek;\n")
    assert said(staff) == [(4, "Närmaste chef", "manager_ambiguous", False)]


def test_a_manager_known_from_before_is_found_outside_the_file() -> None:
    boss = Known("boss", "osby", employee_number="77", given_name="Eva", family_name="Lind", email="eva@example.org")
    staff = read(
        HEAD + "1;Ek;Nadia;;Öst;100;Lind, Eva;\n2;Al;Rim;;Öst;100;77;\n3;Bo;Bo;;Öst;100;EVA@example.org;\n", known=[boss]
    )
    assert (staff.problems, [row.manager_ref for row in staff.rows]) == ((), ["boss"] * 3)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([0.75, 1.0, 0.0], ["75.00", "100.00", "0.00"]),
        ([75.0, 100.0, 1.0], ["75.00", "100.00", "1.00"]),
        (["75 %", "75,00", "75.5", "100,00 %", "0,5 %"], ["75.00", "75.00", "75.50", "100.00", "0.50"]),
        (["0,75", "1"], ["75.00", "100.00"]),
        ([0.5, 80.0], [None, "80.00"]),
        (["", None, 50.0], [None, None, "50.00"]),
    ],
)
def test_rates_are_per_cent_however_excel_holds_them(cells: list[object], expected: list[str | None]) -> None:
    fractions = shares_are_fractions(cells)  # type: ignore[arg-type]
    assert [None if (v := share_of(cell, fractions=fractions)[0]) is None else str(v) for cell in cells] == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "is_id"),
    [
        ("850312-0000", True), ("19850312-0000", True), ("850372-0000", True), ("311285-0000", True), ("198112189876", True),
        ("8112189876", True), ("se 811218-9876 nedan", True), ("8112189875", False), ("1234567890", False), ("0451-123456", False),
        ("2018-04-12", False), ("123456-78901", False), ("20180412", False), ("", False),
    ],
)  # fmt: skip
def test_national_ids_are_recognised(text: str, is_id: bool) -> None:
    assert looks_like_national_id(text) is is_id


@pytest.mark.parametrize(
    ("text", "family_first", "expected"),
    [
        ("Åkesson, Märta", False, ("Märta", "Åkesson")),
        ("Anna Maria Svensson", False, ("Anna Maria", "Svensson")),
        ("Carl von Linné", False, ("Carl", "von Linné")),
        ("Ahmed al Hassan", False, ("Ahmed", "al Hassan")),
        ("Åkesson Märta", True, ("Märta", "Åkesson")),
        ("von Linné Carl", True, ("Carl", "von Linné")),
        ("Rim", False, ("", "Rim")),
        ("", False, ("", "")),
    ],
)
def test_whole_names_are_split(text: str, family_first: bool, expected: tuple[str, str]) -> None:
    assert split_name(text, family_first=family_first) == expected


def test_a_header_says_which_name_comes_first() -> None:
    assert [(r.given_name, r.family_name) for r in read("Anst nr;Efternamn Förnamn;Enhet\n1;Åkesson Märta;X\n").rows] == [
        ("Märta", "Åkesson")
    ]
    assert [(r.given_name, r.family_name) for r in read("Anst nr;Förnamn Efternamn;Enhet\n1;Märta Åkesson;X\n").rows] == [
        ("Märta", "Åkesson")
    ]


@given(st.lists(st.one_of(st.none(), st.integers(0, 7)), min_size=8, max_size=8))
def test_circles_are_exactly_those_who_lead_themselves(managers: list[int | None]) -> None:
    def reaches_itself(start: int) -> bool:
        at = managers[start]
        for _ in range(9):
            if at is None or at == start:
                break
            at = managers[at]
        return at == start

    assert find_circles(managers) == {index for index in range(8) if reaches_itself(index)}


def test_the_same_file_twice_changes_nothing() -> None:
    staff = read(LIST)
    first = compare(staff, [])
    assert (len(first.joined), first.changed, first.left) == (4, (), ())
    again = compare(staff, as_known(staff))
    assert again.nothing
    assert (len(again.unchanged), again.problems) == (4, ())


def test_a_later_file_shows_who_joined_moved_and_left() -> None:
    known = as_known(read(LIST))
    later = read(
        HEAD
        + "1;Åkesson;Märta;marta@example.org;Öst;80;;\n2;Öberg-Ek;Jörgen;jorgen@example.org;Norr;75;5;\n5;Ny;Bo;bo@example.org;Öst;100;1;\n4;;;;;;;ja\n"
    )
    changes = compare(later, known)
    assert [(change.known.ref, change.fields, change.moved) for change in changes.changed] == [
        ("ref2", ("employment_rate",), False),
        ("ref3", ("family_name", "unit", "manager"), True),
    ]
    assert [row.employee_number for row in changes.joined] == ["5"]
    assert [person.ref for person in changes.left] == ["ref4"]
    assert changes.problems == ()


def test_columns_that_the_file_lacks_change_nothing() -> None:
    known = as_known(read(LIST))
    assert (
        compare(read("Anst nr;Namn\n1;Märta Åkesson\n2;Jörgen Öberg\n3;Nadia Ek\n4;\n".replace("4;", "4;X Y")), known[:3]).changed
        == ()
    )


def test_a_new_number_is_matched_by_email_and_lost_zeros_by_name() -> None:
    known = [
        Known("a", "osby", employee_number="0071", given_name="Eva", family_name="Lind"),
        Known("b", "osby", employee_number="88", email="bo@example.org", given_name="Bo", family_name="Ny"),
    ]
    changes = compare(read("Anst nr;Efternamn;Förnamn;E-post\n71;Lind;Eva;\n99;Ny;Bo;bo@example.org\n"), known)
    assert [(c.known.ref, c.fields) for c in changes.changed] == [("a", ("employee_number",)), ("b", ("employee_number",))]
    assert (changes.joined, changes.left) == ((), ())


def test_whoever_cannot_be_told_apart_is_neither_merged_nor_lost() -> None:
    known = [
        Known("a", "osby", employee_number="1", email="a@example.org", given_name="Eva", family_name="Lind"),
        Known("b", "osby", employee_number="2", email="b@example.org", given_name="Bo", family_name="Ny"),
        Known("c", "osby", employee_number="3", email="c@example.org", given_name="Rim", family_name="Al"),
    ]
    changes = compare(read("Anst nr;Efternamn;Förnamn;E-post\n1;Lind;Eva;b@example.org\n3;Stor;Per;\n"), known)
    assert [(problem.row, problem.code) for problem in changes.problems] == [(2, "unclear"), (3, "unclear")]
    assert changes.nothing
    assert changes.unchanged == ()


def test_two_rows_that_fit_one_person_are_for_a_person_to_settle() -> None:
    known = [Known("a", "osby", employee_number="1", email="a@example.org", given_name="Eva", family_name="Lind")]
    changes = compare(read("Anst nr;Efternamn;Förnamn;E-post\n1;Lind;Eva;\n;Lind;Eva;a@example.org\n"), known)
    assert [(problem.row, problem.code) for problem in changes.problems] == [(2, "unclear"), (3, "unclear")]
    assert changes.nothing


def test_a_shared_address_recognises_nobody() -> None:
    known = [Known("a", "osby", email="reception@example.org", given_name="Eva", family_name="Lind")]
    staff = read("Anst nr;Efternamn;Förnamn;E-post\n1;Lind;Eva;reception@example.org\n2;Ny;Bo;reception@example.org\n")
    assert [problem.code for problem in staff.warnings] == ["shared_email"] * 2
    assert len(compare(staff, known).joined) == 2


def test_a_row_left_out_for_an_error_does_not_make_its_person_leave() -> None:
    known = as_known(read(LIST))
    faulty = read(LIST.replace("Öst;75", "Öst;750"))
    assert [row.row for row in faulty.excluded] == [3]
    assert compare(faulty, known).nothing


def test_people_of_other_organisations_are_never_compared() -> None:
    with pytest.raises(ValueError, match="one organisation"):
        compare(read(LIST), [Known("a", "osby"), Known("b", "hörby")])


def test_a_protected_person_without_a_name_in_the_list_keeps_the_stored_one() -> None:
    known = [replace(person, given_name="Rim", family_name="Al") for person in as_known(read(LIST)) if person.protected]
    staff = read(LIST)
    assert compare(replace(staff, rows=staff.rows[3:]), known).nothing


def five_thousand(changed: bool) -> list[StaffRow]:
    return [
        StaffRow(
            n, str(n), f"p{n}@example.org", f"G{n}", f"F{n}", unit=f"U{n % 40 + (changed and n % 10 == 0)}", employment_rate=Decimal(100),
            manager=str(n % 40), manager_row=n % 40 or None,
        )
        for n in range(1, 5001)
    ]  # fmt: skip


def test_five_thousand_rows_compare_in_well_under_a_second() -> None:
    fields = frozenset({"employee_number", "email", "given_name", "family_name", "unit", "employment_rate", "manager"})
    known = as_known(StaffList(tuple(five_thousand(False)), (), fields))
    started = time.process_time()
    changes: Changes = compare(StaffList(tuple(five_thousand(True)), (), fields), known)
    assert time.process_time() - started < 0.8
    assert (len(changes.changed), len(changes.unchanged), changes.joined, changes.left) == (500, 4500, (), ())


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "1", "01", "2"]),
            st.sampled_from(["", "a@example.org", "b@example.org"]),
            st.sampled_from(["Ek", "Al"]),
        ),
        max_size=6,
    ),
    st.lists(
        st.tuples(
            st.sampled_from(["", "1", "01", "2"]),
            st.sampled_from(["", "a@example.org", "b@example.org"]),
            st.sampled_from(["Ek", "Al"]),
        ),
        max_size=5,
    ),
)
def test_comparing_never_gives_two_rows_to_one_person_and_loses_nobody(
    before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]
) -> None:
    known = [Known(f"r{i}", "osby", number, mail, "Bo", name) for i, (number, mail, name) in enumerate(before)]
    staff = read(
        "Anst nr;E-post;Efternamn;Förnamn\n"
        + "".join(f"{number};{mail};{name};Bo\n" for number, mail, name in (*after, ("9", "", "X")))
    )
    changes = compare(staff, known)
    matched = [change.known.ref for change in changes.changed] + [person.ref for person in changes.unchanged]
    assert len(matched) == len(set(matched))
    assert not set(matched) & {person.ref for person in changes.left}
    unclear = [problem for problem in changes.problems if isinstance(problem, RowProblem)]
    assert len(changes.joined) + len(matched) + len(unclear) == len(staff.rows)
