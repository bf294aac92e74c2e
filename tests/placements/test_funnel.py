"""144 / 115 / 100 / 27 / +15 from a workbook: counted once each, never doubled, opened to exactly those people."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from handrail.cases.models import Case, Entry
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from handrail.placements import actions, formats, queries
from handrail.placements.actions.histories import Refused
from handrail.placements.models import Company, Placement, WorkStatus
from handrail.placements.rules import fictional
from tests.placements.made import make_kolding
from tests.remembered import remembered

AFTER = datetime(2021, 7, 1, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
DAY = date(2021, 6, 30)


@pytest.fixture
def afterwards(db):
    """Kolding in July 2021, with everybody of the workbook; Dawit and Selam of the small cast are taken out again."""

    def make():
        kolding = make_kolding()
        Case.objects.all().delete()
        data = formats.write_histories(fictional.people())
        kolding.brought = actions.bring_in_workbook(programme=kolding.programme, content=data, name="borgere.xlsx", by=kolding.coordinator)
        return kolding

    with clock.at(AFTER):
        yield remembered("kolding-afterwards", make)


def counts(programme, day=DAY):
    return {one.key: one.people for one in queries.funnel_of(programme, day)}


def test_the_workbook_gives_the_promised_figures(afterwards):
    assert counts(afterwards.programme) == {"started": 144, "placed": 115, "completed": 100, "employed": 27, "plus": 15}
    steps = {one.key: one for one in queries.funnel_of(afterwards.programme, DAY)}
    assert f"{steps['placed'].share:.3f}" == "0.799" and steps["employed"].claimed == 4
    assert sum(count for _label, count in queries.reasons_of_stopping(afterwards.programme, DAY)) == 15


def test_the_same_workbook_again_adds_nothing(afterwards):
    before = (Case.objects.count(), Placement.objects.count(), WorkStatus.objects.count(), Entry.objects.count(), Company.objects.count())
    again = actions.bring_in_workbook(programme=afterwards.programme, content=formats.write_histories(fictional.people()), name="b.xlsx", by=afterwards.coordinator)
    assert (again.people, again.placements) == (0, 0)
    assert before == (Case.objects.count(), Placement.objects.count(), WorkStatus.objects.count(), Entry.objects.count(), Company.objects.count())


def test_who_came_back_is_one_person_with_two_stays(afterwards):
    twice = [case for case in Case.objects.all() if case.entries.count() == 2]
    assert len(twice) == 2 and Case.objects.count() == 144


def test_the_second_view_counts_from_each_persons_own_leaving(afterwards):
    assert queries.exits_of(afterwards.programme, DAY) == {"left": 144, "exit": 27, "left_six": 144, "exit_six": 27}


def test_the_fifteen_are_not_among_the_twenty_seven(afterwards):
    employed = set(queries.people_of(afterwards.programme, "employed", DAY).values_list("pk", flat=True))
    plus = set(queries.people_of(afterwards.programme, "plus", DAY).values_list("pk", flat=True))
    assert (len(employed), len(plus), employed & plus) == (27, 15, set())


def test_an_earlier_day_shows_what_had_happened_by_then(afterwards):
    assert counts(afterwards.programme, date(2016, 4, 7)) == dict.fromkeys(("started", "placed", "completed", "employed", "plus"), 0)
    before_six = counts(afterwards.programme, date(2021, 6, 29))
    assert (before_six["employed"], before_six["plus"]) == (27, 0)


def test_an_earlier_state_of_the_workbook_is_carried_on_to_the_same_figures(db):
    with clock.at(datetime(2018, 4, 18, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))):
        kolding = make_kolding()
        Case.objects.all().delete()
        early = formats.write_histories(fictional.until(fictional.people(), date(2018, 4, 18)))
        actions.bring_in_workbook(programme=kolding.programme, content=early, name="b.xlsx", by=kolding.coordinator)
        assert 0 < counts(kolding.programme, date(2018, 4, 18))["started"] < 144
    with clock.at(AFTER):
        actions.bring_in_workbook(programme=kolding.programme, content=formats.write_histories(fictional.people()), name="b.xlsx", by=kolding.coordinator)
        assert counts(kolding.programme) == {"started": 144, "placed": 115, "completed": 100, "employed": 27, "plus": 15}


def test_a_figure_opens_to_exactly_its_people_and_a_caseworker_only_to_own_ones(afterwards, client_of):
    url = reverse("placements:funnel_people", args=[afterwards.programme.uid, "plus"])
    whole = client_of(afterwards.coordinator).get(url).content.decode()
    shown = {case.number for case in Case.objects.all() if case.number in whole}
    assert shown == set(queries.people_of(afterwards.programme, "plus", DAY).values_list("number", flat=True))
    own = client_of(afterwards.mette).get(url).content.decode()
    mine = set(queries.people_of(afterwards.programme, "plus", DAY).filter(caseworker=afterwards.mette).values_list("number", flat=True))
    assert {case.number for case in Case.objects.all() if case.number in own} == mine
    assert 0 < len(mine) < 15


def test_totals_are_for_the_owner_and_people_are_not(afterwards, client_of):
    client = client_of(afterwards.owner)
    body = client.get(reverse("placements:funnel", args=[afterwards.programme.uid])).content.decode()
    assert "144" in body and "115" in body
    assert client.get(reverse("placements:funnel_people", args=[afterwards.programme.uid, "plus"])).status_code == 404


@pytest.mark.parametrize("name", ["funnel", "histories", "company_list"])
def test_the_stranger_finds_nothing(afterwards, client_of, name):
    assert client_of(afterwards.stranger).get(reverse(f"placements:{name}", args=[afterwards.programme.uid])).status_code == 404


def test_tasks_go_out_after_the_programme_is_over(afterwards, client_of):
    WorkStatus.objects.filter(clock="project_six").delete()
    body = client_of(afterwards.mette).get(reverse("desk:tasks")).content.decode()
    assert reverse("placements:funnel_people", args=[afterwards.programme.uid, "unasked_project_six"]) in body


def row(**more):
    return {"key": "A-1", "given_name": "Dawit", "started_on": date(2018, 1, 8), **more}


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        (row(given_name=""), "Given name"), (row(started_on="i går"), "First day"), (row(ended_on=date(2017, 1, 1)), "Last day"),
        (row(placed_on=date(2018, 2, 1), agreed_until=date(2018, 3, 1)), "Company"), (row(placed_on=date(2018, 2, 1), company="X"), "Placement until"),
        (row(placed_on=date(2018, 1, 1), company="X", agreed_until=date(2018, 3, 1)), "Placement from"), (row(position="Kok"), "Placement from"),
        (row(placed_on=date(2018, 2, 1), company="X", agreed_until=date(2018, 3, 1), stopped_on=date(2018, 4, 1)), "Stopped on"),
        (row(project="måske"), "In work at the end"), (row(ended_on=date(2018, 3, 1), end_reason="fordi"), "Why ended"), (row(hours="mange"), "Hours a week"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_with_column_cause_and_remedy(wrong, column):
    rows, problems = formats.read_histories(formats.write_histories([row(key="A-0"), wrong]), name="b.xlsx")
    assert [(one.row, one.column) for one in problems] == [(3, column)] and str(problems[0].text)
    assert [one.key for one in rows] == ["A-0"]


def test_what_no_rule_allows_is_named_and_nothing_is_saved(kolding):
    cases = Case.objects.count()
    good, bad = row(), row(key="A-2", placed_on=date(2018, 2, 1), company="X", region="Syd", agreed_until=date(2019, 2, 1))
    data = formats.write_histories([good, bad])
    with pytest.raises(Refused) as refused:
        actions.bring_in_workbook(programme=kolding.programme, content=data, name="b.xlsx", by=kolding.coordinator)
    assert [one.row for one in refused.value.problems] == [3]
    assert Case.objects.count() == cases and not JournalEntry.objects.filter(name="HistoriesBroughtIn").exists()


def test_danish_and_delimited_files_are_read_too():
    text = "Nøgle;Fornavn;Første dag;Sidste dag;Sluttet fordi\nA-1;Dawit;08-01-2018;01.03.2018;flyttet\n".encode("cp1252")
    rows, problems = formats.read_histories(text, name="borgere.csv")
    assert problems == [] and (rows[0].started_on, rows[0].ended_on, rows[0].end_reason) == (date(2018, 1, 8), date(2018, 3, 1), "moved")


def test_a_file_without_the_columns_says_what_it_needs():
    with pytest.raises(RuleBroken, match="Key"):
        formats.read_histories(b"a;b\n1;2\n", name="x.csv")


def test_who_coordinates_nothing_brings_in_nobody(kolding, client_of):
    assert client_of(kolding.mette).get(reverse("placements:histories", args=[kolding.programme.uid])).status_code == 404
