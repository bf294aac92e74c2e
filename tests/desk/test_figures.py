"""The figures of the programme: each equals what its own app says, and those who may not see ratings get none."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from handrail.competences import actions as competences
from handrail.competences.queries import framework_of, municipalities_table, releases_of, sight_of
from handrail.delivery import actions as delivery
from handrail.delivery.models import Session
from handrail.delivery.queries import current_attendance
from handrail.desk.queries.figures import confidence, figures_of, mean_gap, people_reached, sessions_held
from handrail.evidence import rules
from handrail.evidence.queries import confidence_answers, forecast_of
from handrail.instruments import actions as instruments
from handrail.instruments import formats
from handrail.instruments.formats import Choice, Form, Item, Language
from handrail.instruments.models import Invitation, Round
from handrail.kit import clock
from handrail.kit.text import hours, money, number, percent, signed
from tests.competences.made import make_round, rate
from tests.desk import world

EVERYBODY = ("amal", "oskar", "paula", "lena", "birgit", "bo", "kim", "carlos", "elin", "stranger")


@pytest.fixture
def shown_all(cast: Any, run_later: Callable[[], int]) -> Any:
    """As `played`, but nobody answers alone in a municipality, so that nothing of the map is hidden."""
    world.map_it(cast, run_later, is_kim_there=False)
    world.train(cast)
    return cast


def page(client: Any, cast: Any) -> str:
    answer = client.get(reverse("desk:evidence", args=[cast.programme.uid]))
    assert answer.status_code == 200
    return str(html.unescape(answer.content.decode())).replace("\u00a0", " ")


def test_the_page_is_for_owner_leaders_and_auditor(cast: Any, client_of: Callable[[Any], Any]) -> None:
    address = f"/programmes/{cast.programme.uid}/evidence/"
    opened = {who for who in EVERYBODY if client_of(getattr(cast, who)).get(address).status_code == 200}
    assert opened == {"amal", "oskar", "paula", "elin"}


def test_each_figure_is_its_apps_own(shown_all: Any, client_of: Callable[[Any], Any]) -> None:
    delivery.hold_session(session=shown_all.session, by=shown_all.carlos)
    with translation.override("en"):
        compare(shown_all, page(client_of(shown_all.amal), shown_all))


def compare(played: Any, text: str) -> None:
    """Figure by figure with the owning app's query, and with what stands on the page."""
    _heading, found = figures_of(played.amal, played.programme)
    shown = {one.key: one for one in found}
    forecast = forecast_of(played.programme)
    assert forecast.certified == Decimal("1740.00")
    assert shown["certified"].big == money(forecast.certified, "SEK")
    assert percent(forecast.reached, 1) in str(shown["certified"].sentence)
    assert shown["hours"].big == hours(forecast.certified_hours)
    there = set(current_attendance(played.programme).filter(minutes__gt=0).values_list("person_id", flat=True))
    assert shown["people"].big == number(len(there)) and people_reached(played.programme) == 3
    held = Session.objects.filter(programme=played.programme, state="held")
    assert shown["sessions"].big == number(held.count()) and {one.pk for one in sessions_held(played.programme)} == {one.pk for one in held}
    framework = framework_of(played.programme)
    assert framework is not None
    table = municipalities_table(framework, releases_of(framework)[0], sight_of(played.amal, played.programme))
    (total,) = [one for one in table.columns if one.is_total]
    assert total.cells[played.competence.pk].distance is not None
    assert shown["gap"].big == signed(total.cells[played.competence.pk].distance, 1)
    for one in found:
        assert one.big.replace("\u00a0", " ") in text and str(one.definition) in text and (not one.url or f'href="{one.url}"' in text), one.key


def test_the_auditor_gets_no_rating(played: Any, client_of: Callable[[Any], Any]) -> None:
    keys = [one.key for one in figures_of(played.elin, played.programme)[1]]
    assert keys == ["certified", "hours", "people", "sessions", "closed"]
    text = page(client_of(played.elin), played)
    assert "They are not part of an audit." in text and "from the target" not in text and "You see, you do not change." in text


def test_the_mean_gap_closes_when_a_later_round_is_over(shown_all: Any, run_later: Callable[[], int]) -> None:
    before, _widest = mean_gap(shown_all.programme, sight_of(shown_all.amal, shown_all.programme))
    assert before is not None and before.after is None
    with clock.at(datetime(2018, 4, 2, 9, tzinfo=UTC)):
        after = make_round(shown_all, title="Efter", phase="after", opens_on=date(2018, 4, 1), closes_on=date(2018, 4, 5))
        rate([*shown_all.staff, *shown_all.elsewhere, shown_all.birgit, shown_all.bo], shown_all.framework, {"C1": 3}, round=after)
    competences.draw_map(framework=shown_all.framework, by=None)
    change, widest = mean_gap(shown_all.programme, sight_of(shown_all.amal, shown_all.programme))
    assert change is not None and change.after is not None
    assert (change.before, change.after, widest) == (before.before, 0.0, shown_all.competence)
    Round.objects.filter(pk=after.pk).update(closes_on=date(2018, 5, 5))
    still, _widest = mean_gap(shown_all.programme, sight_of(shown_all.amal, shown_all.programme))
    assert still is not None and still.after is None, "a round that is open says nothing yet"


def confidence_form() -> bytes:
    choices = tuple(Choice(name, {"sv": name}) for name in ("nej", "knappast", "varken", "ganska", "ja"))
    question = Item("select_one", "trygg", {"sv": "Jag känner mig trygg"}, list_name="steg", choices=choices)
    return formats.write_xlsform(Form("Trygghet", "trygg", "1", (Language("sv", "Svenska"),), "sv", (question,)))


def test_confidence_is_the_share_on_the_yes_side(cast: Any, run_later: Callable[[], int]) -> None:
    staff = cast.more_staff(10)
    version = instruments.publish_questionnaire(programme=cast.programme, file_name="t.xlsx", content=confidence_form(), kind="confidence", by=cast.amal)
    for phase, month, yes in (("before", 2, 2), ("after", 3, 7)):
        with clock.at(datetime(2018, month, 1, 9, tzinfo=UTC)):
            made = instruments.open_round(
                programme=cast.programme, version=version, title={"sv": phase}, respondent="self", phase=phase, opens_on=date(2018, month, 1),
                closes_on=date(2018, month, 10), by=cast.amal,
            )  # fmt: skip
            instruments.invite_to_round(round=made, persons=staff, by=cast.amal)
            for index, person in enumerate(staff):
                instruments.submit_answers(
                    invitation=Invitation.objects.get(round=made, about=person), answers={"trygg": "ja" if index < yes else "nej"}, is_complete=True,
                    language="sv", key=f"{phase}-{index:08d}",
                )  # fmt: skip
        instruments.close_round(round=made, by=cast.amal)
    found = confidence(cast.programme, None)
    assert found is not None
    assert (found.before, found.after, found.later, found.count) == (0.2, 0.7, None, 10)
    answers = confidence_answers(cast.programme)
    assert found.before == rules.positive_share(answers.counts("trygg", "before"))
    assert [one.big for one in figures_of(cast.amal, cast.programme)[1] if one.key == "confidence"] == [f"{percent(0.2, 0)} → {percent(0.7, 0)}"]


def test_what_was_handed_in_is_one_step_further(cast: Any, client_of: Callable[[Any], Any]) -> None:
    text = page(client_of(cast.elin), cast)
    address = reverse("evidence:evidence", args=[cast.programme.uid])
    assert f'href="{address}"' in text and client_of(cast.elin).get(address).status_code == 200
    assert text.count(f'href="/programmes/{cast.programme.uid}/evidence/"') == 1, "one station"
