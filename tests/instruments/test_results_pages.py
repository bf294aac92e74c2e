"""Pages of results: who reads them, how each question is drawn, and what is hidden."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from handrail.instruments import actions, queries
from handrail.instruments.actions import tallies
from handrail.instruments.models import Book, Collection, Response, ScaleUse
from handrail.instruments.queries.results import asked_of
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.people import actions as people
from handrail.people.models import Role
from tests.cast import START
from tests.instruments.answered import give, make_collection, make_version

SECRET = "a word that only its writer wrote"
OVER = date(2018, 4, 1)


def some(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Plausible answers."""
    chance = random.Random(seed)
    found = []
    for _index in range(count):
        work = chance.choice(["yes", "no", "no", "study"])
        one: dict[str, Any] = {"work": work, "needs": chance.sample(["language", "housing", "job"], chance.randint(1, 2)), "met": chance.choice(["a1", "a2", "a3", "a4", "a5"]), "years": chance.randint(0, 30), "more": SECRET}
        if work == "yes":
            one["course"] = chance.choice(["yes", "no"])
        found.append(one)
    return found


def address(name: str, thing: Any, ask: str = "") -> str:
    """The address of a page."""
    return reverse(f"instruments:{name}", kwargs={"uid": thing.uid}) + ask


@pytest.fixture
def researcher(cast: Any) -> Any:
    """Somebody who does research for Osby."""
    person = people.add_person(given_name="Rita", family_name="Forskare", email="rita@example.org", by=None)
    people.grant_role(person=person, role=Role.RESEARCHER, organisation=cast.osby, programme=cast.programme.uid, starts_on=START, by=None)
    return person


@pytest.fixture
def two(cast: Any) -> list[Collection]:
    """Two collections that are over, of one questionnaire."""
    version = make_version(cast)
    found = [make_collection(cast, version, organisation=one, closes_on=OVER) for one in (cast.osby, cast.horby)]
    give(found[0], some(60), language="sv")
    give(found[1], some(40, 2), language="ar")
    return found


def book() -> Book:
    """The only book there is."""
    return Book.objects.select_related("questionnaire__programme").get()


def test_every_question_is_drawn_with_its_numbers_behind(cast: Any, two: Any, client_of: Callable[..., Any]) -> None:
    html = client_of(cast.amal).get(address("results", book())).content.decode()
    assert "100 answers are shown" in html
    assert [kind for kind in ("bars", "likert", "histogram", "words") if f'data-kind="{kind}"' not in html] == []
    assert html.count("The numbers as a table") == 5
    assert SECRET not in html
    assert "100 wrote something" in html


@pytest.mark.parametrize("who", ["amal", "researcher"])
def test_everybody_who_may_reads_the_same_figures(cast: Any, two: Any, researcher: Any, client_of: Callable[..., Any], who: str) -> None:
    person = researcher if who == "researcher" else getattr(cast, who)
    html = client_of(person).get(address("results", book())).content.decode()
    main = html[html.index("<main") : html.index("</main")]
    other = client_of(cast.amal).get(address("results", book())).content.decode()
    assert main == other[other.index("<main") : other.index("</main")]


@pytest.mark.parametrize("who", ["stranger", "paula", "birgit", "elin", "carlos"])
@pytest.mark.parametrize("name", ["results", "results_cross", "results_change"])
def test_nobody_else_knows_that_there_are_results(cast: Any, two: Any, client_of: Callable[..., Any], who: str, name: str) -> None:
    assert client_of(getattr(cast, who)).get(address(name, book())).status_code == 404


def test_a_collection_leads_to_its_part_of_the_results(cast: Any, two: Any, client_of: Callable[..., Any]) -> None:
    client = client_of(cast.amal)
    answer = client.get(address("collection_results", two[1]))
    assert answer.status_code == 302
    assert "40 answers are shown" in client.get(answer["Location"]).content.decode()


def test_results_are_told_apart_only_by_what_is_fixed(cast: Any, two: Any, client_of: Callable[..., Any]) -> None:
    client = client_of(cast.amal)
    assert "multiples" in client.get(address("results", book(), "?by=collection")).content.decode()
    assert "العربية" in client.get(address("results", book(), "?by=language")).content.decode() or "Arabic" in client.get(address("results", book(), "?by=language")).content.decode()
    for ask in ("?by=country", "?by=collection&part=nobody", "?only=work:nothing", "?only=more:x", "?only=nothing"):
        assert client.get(address("results", book(), ask)).status_code == 404, ask
    actions.set_split(questionnaire=book().questionnaire, name="country", title={"en": "Country"}, parts=[actions.Part("se", {"en": "Sweden"}, two[:1]), actions.Part("pt", {"en": "Portugal"}, two[1:])])
    html = client.get(address("results", book(), "?by=country")).content.decode()
    assert "Sweden" in html
    assert "Portugal" in html


def test_a_group_of_three_is_hidden_with_a_neighbour(cast: Any, client_of: Callable[..., Any]) -> None:
    collection = make_collection(cast, make_version(cast), closes_on=OVER)
    give(collection, [{"work": "yes"}] * 3 + [{"work": "no"}] * 30 + [{"work": "study"}] * 12)
    work = book().figures["questions"]["work"]["*"]["*"]
    assert work == {"n": 45, "v": {"yes": None, "no": 30, "study": None}}
    html = client_of(cast.amal).get(address("results", book())).content.decode()
    assert "hidden" in html


def test_health_is_hidden_under_ten(cast: Any) -> None:
    collection = make_collection(cast, make_version(cast), closes_on=OVER)
    give(collection, [{"work": "yes"}] * 7 + [{"work": "no"}] * 30 + [{"work": "study"}] * 12)
    assert book().figures["questions"]["work"]["*"]["*"]["v"] == {"yes": 7, "no": 30, "study": 12}
    actions.mark_health(questionnaire=book().questionnaire, questions=["work"])
    assert book().figures["questions"]["work"]["*"]["*"]["v"] == {"yes": None, "no": 30, "study": None}


def test_who_was_not_asked_is_not_told_by_the_number_of_answers(cast: Any) -> None:
    """The course was asked only of those who work: 20 people of whom 17 were asked would tell that three do not."""
    collection = make_collection(cast, make_version(cast), closes_on=OVER)
    give(collection, [{"work": "yes", "course": "yes"}] * 9 + [{"work": "yes", "course": "no"}] * 8 + [{"work": "no"}] * 3)
    found = book().figures
    assert found["people"]["*"]["*"] == 20
    assert found["questions"]["course"]["*"]["*"]["n"] is None
    assert None in found["questions"]["course"]["*"]["*"]["v"].values()


def test_before_five_nothing_is_shown(cast: Any, client_of: Callable[..., Any]) -> None:
    collection = make_collection(cast, make_version(cast))
    give(collection, some(4))
    html = client_of(cast.amal).get(address("results", book())).content.decode()
    assert "No answers to show yet" in html
    give(collection, some(1))
    assert "5 answers are shown" in client_of(cast.amal).get(address("results", book())).content.decode()


def test_crossing_equals_the_responses_where_it_is_shown(cast: Any, two: Any) -> None:
    every = {one.name: one for one in asked_of(book())}
    for second in ("met", "years"):
        cross = queries.crossing(book(), every["work"], every[second])
        assert cross is not None
        assert any(count for count in cross.cells.values()), "everything is hidden"
    cross = queries.crossing(book(), every["work"], every["needs"], option="job")
    assert cross is not None
    for (row, column), count in cross.cells.items():
        if count is not None and row in ("yes", "no", "study") and column == "job":
            assert count == sum(one.answers["work"] == row and "job" in one.answers["needs"] for one in Response.objects.all())
    within = queries.crossing(book(), every["work"], every["needs"], option="job", split="collection", part=str(two[0].uid))
    assert within is not None
    shown = [(row, count) for (row, column), count in within.cells.items() if column == "job" and row in ("yes", "no", "study") and count is not None]
    for row, count in shown:
        assert count == sum(one.answers["work"] == row and "job" in one.answers["needs"] for one in Response.objects.filter(collection=two[0]))


def test_filter_and_crossing_have_pages(cast: Any, two: Any, client_of: Callable[..., Any]) -> None:
    client = client_of(cast.amal)
    html = client.get(address("results", book(), "?only=work:no")).content.decode()
    assert "of those who gave this answer" in html
    assert html.count("<section class=\"section result\"") >= 3
    page = client.get(address("results_cross", book(), "?of=work&across=needs:job")).content.decode()
    assert "Each row adds up to 100 per cent" in page
    assert "These two cannot be crossed" in client.get(address("results_cross", book(), "?of=work&across=work")).content.decode()
    assert client.get(address("results_cross", book())).status_code == 200


def test_change_between_rounds_names_its_method(cast: Any, client_of: Callable[..., Any]) -> None:
    version = make_version(cast)
    rounds = [make_collection(cast, version, closes_on=OVER) for _index in range(2)]
    words = [f"{index:064d}" for index in range(12)]
    for collection, good in zip(rounds, (6, 24), strict=True):
        rows = give(collection, [{"work": "yes", "met": "a5", "years": 10}] * good + [{"work": "no", "met": "a1", "years": 5}] * (40 - good))
        for row, word in zip(rows, words, strict=False):
            Response.objects.filter(pk=row.pk).update(follower=word)
    assert client_of(cast.amal).get(address("results_change", book())).status_code == 404
    actions.set_split(questionnaire=version.questionnaire, name="round", title={"en": "Round"}, is_round=True, parts=[actions.Part(str(n), {"en": f"Round {n}"}, [one]) for n, one in enumerate(rounds, start=1)])
    html = client_of(cast.amal).get(address("results_change", book())).content.decode()
    assert "From Round 1 to Round 2" in html
    assert "+45 points" in html
    assert "Newcombe" in html
    assert "The same people, mean" in html


def test_the_desk_shows_months_that_are_over_and_hides_small_ones(cast: Any, client_of: Callable[..., Any]) -> None:
    version = make_version(cast, kind="desk")
    desk = make_collection(cast, version)
    give(desk, [{"met": "a5"}] * 6, day=date(2018, 2, 9))
    give(desk, [{"met": "a2"}] * 3, day=date(2018, 3, 9))
    give(desk, [{"met": "a1"}] * 9, day=date(2018, 4, 9))
    html = client_of(cast.amal).get(reverse("instruments:desk_trend", kwargs={"uid": cast.programme.uid})).content.decode()
    assert "Feb 2018" in html
    assert "One month is hidden" in html
    assert "Apr 2018" not in html
    assert client_of(cast.stranger).get(reverse("instruments:desk_trend", kwargs={"uid": cast.programme.uid})).status_code == 404
    assert "Feb 2018" not in client_of(cast.paula).get(reverse("instruments:desk_trend", kwargs={"uid": cast.programme.uid})).content.decode(), "Hörby's leader follows Hörby's desks"


WHO5 = [[f"select_one w", f"who5_{number}", f"Statement {number}", f"Påstående {number}", "x"] for number in range(1, 6)]  # noqa: F541
WHO5_CHOICES = [["w", f"w{step}", str(step), str(step), str(step), step] for step in range(6)]


def test_a_published_instrument_is_scored_once_its_licence_is_noted(cast: Any, client_of: Callable[..., Any], run_later: Callable[[], int]) -> None:
    version = make_version(cast, extra=[["begin_group", "two", "How", "Hur", "x"], *WHO5, ["end_group", ""]], more_choices=WHO5_CHOICES)
    collection = make_collection(cast, version, closes_on=OVER)
    give(collection, [{f"who5_{number}": "w3" for number in range(1, 6)}] * 12 + [{f"who5_{number}": "w1" for number in range(1, 6)}] * 11)
    assert "@who5" not in book().figures["questions"], "nothing is scored before the licence is noted"
    client = client_of(cast.amal)
    page = client.get(address("scales", version)).content.decode()
    assert "CC BY-NC-SA 3.0 IGO" in page
    assert client.post(address("scales", version), {"scale": "who5", "source": ""}).status_code == 200
    assert not ScaleUse.objects.exists()
    assert client.post(address("scales", version), {"scale": "who5", "source": "who.int"}).status_code == 302
    run_later()
    tallies.add_up()
    whole = book().figures["questions"]["@who5"]["*"]["*"]
    assert (whole["n"], round(whole["mean"], 6)) == (23, round((12 * 60 + 11 * 20) / 23, 6))
    assert book().figures["questions"]["@who5.band"]["*"]["*"]["v"] == {"very_low": 11, "low": 0, "good": 12}
    assert "WHO-5 Well-Being Index" in client.get(address("results", book())).content.decode()


def test_an_instrument_without_a_licence_cannot_be_used(cast: Any, monkeypatch: Any) -> None:
    from handrail.instruments.rules import instruments_scored as rules

    version = make_version(cast, extra=[["begin_group", "two", "How", "Hur", "x"], *WHO5, ["end_group", ""]], more_choices=WHO5_CHOICES)
    data = dict(rules.scales()["who5"].data)
    monkeypatch.setitem(rules.scales(), "who5", rules.Scale("who5", data | {"licence": {}}))  # type: ignore[index]
    with translation.override("en"), pytest.raises(RuleBroken, match="Nothing is known about who may use"):
        actions.use_scale(questionnaire=version.questionnaire, scale="who5", source="who.int", by=cast.amal)


def test_pages_cost_the_same_with_one_and_three_collections(cast: Any, client_of: Callable[..., Any], queries_of: Callable[..., int]) -> None:
    version = make_version(cast)
    client, costs = client_of(cast.amal), []
    for count in (2, 2):
        for _index in range(count):
            give(make_collection(cast, version, closes_on=OVER), some(20))
        client.get(address("results", book()))
        row = {}
        for name, ask in (("results", "?by=collection"), ("results_cross", "?of=work&across=met"), ("results", "?only=work:no")):
            Book.objects.update(number=Book.objects.get().number + 1)
            clock.forget()
            row[name + ask] = queries_of(lambda name=name, ask=ask: client.get(address(name, book(), ask)))  # type: ignore[misc]
        costs.append(row)
    assert costs[0] == costs[1]
    tallies.add_up()
