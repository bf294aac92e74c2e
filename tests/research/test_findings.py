"""Findings: what they stand on, what is hidden, who reads them, and the competences that answer them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from handrail.competences import actions as competences
from handrail.competences.queries import answering, needs_of_competence
from handrail.desk.queries.thread.needs import need_step, voice_step
from handrail.instruments import actions as instruments
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.research import actions, queries
from handrail.research.models import Finding, SourceText
from tests.competences.made import competence, make_framework
from tests.research.world import NO, YES, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(world: World) -> Finding:
    """A need that nothing stands under yet."""
    return actions.write_finding(study=world.study, kind="need", title={"en": "Somebody who explains letters"}, text={"en": "Letters decide."}, by=world.rita)


def count(world: World, need: Finding) -> None:
    actions.count_for(finding=need, survey=world.survey, question="letters", values=[YES], by=world.rita)


def counted(need: Finding) -> list[queries.Counted]:
    """As the page shows it once the worker has added up."""
    instruments.add_up()
    return queries.counted_for(need)


def test_figures_move_by_nobody_or_by_five(world: World, need: Finding) -> None:
    count(world, need)
    world.answer(world.osby, world.refugees, {"letters": YES}, times=6)
    world.answer(world.osby, world.refugees, {"letters": NO}, times=6)
    first = [(one.said, one.answered) for one in counted(need)[0].groups]
    world.answer(world.osby, world.refugees, {"letters": NO}, times=2)
    assert [(one.said, one.answered) for one in counted(need)[0].groups] == first, "two more would tell about the two"


def test_counts_stand_by_group_and_by_country(world: World, need: Finding) -> None:
    count(world, need)
    world.answer(world.osby, world.refugees, {"letters": YES}, times=6)
    world.answer(world.osby, world.refugees, {"letters": NO}, times=5)
    world.answer(world.horby, world.workers, {"letters": YES}, times=7)
    world.answer(world.horby, world.workers, {"letters": "now"}, times=5)
    world.answer(world.horby, world.workers, {"words": "no answer to that"}, times=2)
    (told,) = counted(need)
    assert [(one.label, one.said, one.answered) for one in told.groups] == [("Refugees", 6, 11), ("Workers", 7, 12)]
    assert [(one.label, one.said, one.answered) for one in told.countries] == [("Portugal", 7, 12), ("Sweden", 6, 11)]
    assert (told.question, told.values) == ("Do you need help with letters?", ["Often"])


def test_after_five_and_five_answers_a_need_shows_counts(world: World, need: Finding) -> None:
    """S0-01."""
    count(world, need)
    for group in (world.refugees, world.workers):
        world.answer(world.osby, group, {"letters": YES}, times=5)
    (told,) = counted(need)
    assert [(one.label, one.said, one.answered) for one in told.groups] == [("Refugees", 5, 5), ("Workers", 5, 5)]


@pytest.mark.parametrize(("yes", "no"), [(4, 8), (8, 4), (1, 0), (0, 3)])
def test_small_numbers_are_hidden_on_either_side_and_nothing_gives_them_away(world: World, need: Finding, yes: int, no: int) -> None:
    count(world, need)
    for partner, group, counts in ((world.osby, world.refugees, (yes, no)), (world.horby, world.workers, (9, 9))):
        for answer, times in zip((YES, NO), counts, strict=True):
            world.answer(partner, group, {"letters": answer}, times=times)
    (told,) = counted(need)
    for rows in (told.groups, told.countries):
        shown = [(one.said, one.answered) for one in rows if one.said is not None]
        assert shown == [] or (yes + no < 5 and shown == [(9, 18)]), "the neighbour is hidden too, or the few are in no sum at all"


@pytest.mark.parametrize(("question", "values"), [("words", ["x"]), ("absent", [YES]), ("letters", []), ("letters", ["unknown"])])
def test_only_answers_to_choose_from_can_be_counted(world: World, need: Finding, question: str, values: list[str]) -> None:
    with pytest.raises(RuleBroken):
        actions.count_for(finding=need, survey=world.survey, question=question, values=values, by=world.rita)


def test_quotes_name_the_country_only_where_five_were_heard(world: World, need: Finding) -> None:
    passages = [world.passage(f"My child reads letter {n} to me.", sign=f"SE-R-0{n}") for n in range(1, 6)]
    alone = world.passage("Eu assino sem perceber.", sign="PT-R-01", partner=world.horby, language="pt")
    actions.quote_for(finding=need, codings=[alone, *passages], by=world.rita)
    told = [(one.text, one.who, one.country, one.language) for one in queries.voices_of(need)]
    assert told[0] == ("Eu assino sem perceber.", "Refugees", "", "pt")
    assert told[1] == ("My child reads letter 1 to me.", "Refugees", "SE", "en")


def test_a_translation_stands_beside_its_turn(world: World, need: Finding) -> None:
    marked = world.passage("Eu assino sem perceber.", sign="PT-R-01", partner=world.horby, language="pt")
    SourceText.objects.create(
        source=marked.text.source, kind="translation", language="en", body="I sign without understanding.", turns=[{"who": "R", "start": 0, "end": 29}], made_at=clock.now(), agreed_at=clock.now()
    )
    actions.quote_for(finding=need, codings=[marked], by=world.rita)
    (voice,) = queries.voices_of(need)
    assert (voice.translation, voice.translation_language) == ("I sign without understanding.", "en")


def test_what_nobody_read_as_second_reader_is_never_quoted(world: World, need: Finding) -> None:
    raw = world.passage("Amina says her name.", sign="SE-R-09", agreed=False)
    with pytest.raises(RuleBroken, match="second reader"):
        actions.quote_for(finding=need, codings=[raw], by=world.rita)


def test_words_taken_back_are_quoted_no_longer(world: World, need: Finding) -> None:
    marked = world.passage("They read it to me.", sign="SE-R-01")
    actions.quote_for(finding=need, codings=[marked], by=world.rita)
    source = marked.text.source
    source.withdrawn_at = clock.now()
    source.save()
    assert queries.voices_of(need) == []


def test_a_finding_is_shown_when_it_stands_on_something(world: World, need: Finding, cast: Any) -> None:
    with pytest.raises(RuleBroken, match="stands on nothing"):
        actions.show_finding(finding=need, by=world.amal)
    count(world, need)
    readers = {"amal": world.amal, "hugo": world.hugo, "leader": cast.oskar, "manager": cast.birgit, "stranger": world.stranger}
    sees = lambda: {name for name, person in readers.items() if queries.findings_visible_to(person).filter(pk=need.pk).exists()}
    assert sees() == {"amal", "hugo"}
    actions.show_finding(finding=need, by=world.amal)
    assert sees() == {"amal", "hugo", "leader"}, "whoever holds a role; who only takes part and strangers do not"
    actions.withdraw_finding(finding=need, by=world.amal)
    assert sees() == {"amal", "hugo"}


def test_findings_are_put_into_order(world: World, need: Finding) -> None:
    other = actions.write_finding(study=world.study, kind="barrier", title={"en": "Waiting"}, text={}, by=world.rita)
    actions.rank_findings(study=world.study, order=[other, need], by=world.rita)
    assert [(str(one), one.rank) for one in queries.findings_of(world.study, world.rita)] == [("Waiting", 1), ("Somebody who explains letters", 2)]
    actions.rank_findings(study=world.study, order=[need], by=world.rita)
    assert [one.rank for one in queries.findings_of(world.study, world.rita)] == [1, None]


def test_the_thread_runs_on_to_the_need_and_its_voice(world: World, need: Finding, cast: Any) -> None:
    framework = make_framework(cast)
    marked = world.passage("They read it to me.", sign="SE-R-01")
    actions.quote_for(finding=need, codings=[marked], by=world.rita)
    answers = competence(framework, "C1")
    competences.link_need(competence=answers, finding=need, why="Whoever explains a letter talks through an interpreter.", by=world.amal)
    assert needs_of_competence(answers, cast.oskar) == [], "not shown yet"
    actions.show_finding(finding=need, by=world.amal)
    found = needs_of_competence(answers, cast.oskar)
    assert need_step(found)["link"] == "Somebody who explains letters"
    step = voice_step(found)
    assert step is not None
    assert step["quote"]["text"] == "They read it to me."
    with pytest.raises(RuleBroken, match="linked already"):
        competences.link_need(competence=answers, finding=need, by=world.amal)
    (told,) = answering(need, cast.amal)
    assert (told.competence, told.may_end) == (answers, True)
    competences.unlink_need(need=told.need, by=world.amal)
    assert needs_of_competence(answers, cast.oskar) == []


def test_what_helps_asks_for_no_competence(world: World, cast: Any) -> None:
    framework = make_framework(cast)
    helps = actions.write_finding(study=world.study, kind="help", title={"en": "A coffee"}, text={}, by=world.rita)
    with pytest.raises(RuleBroken):
        competences.link_need(competence=competence(framework, "C1"), finding=helps, by=world.amal)


def test_a_finding_is_made_on_screen(world: World, client_of: Any) -> None:
    client = client_of(world.rita)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    world.answer(world.osby, world.refugees, {"letters": YES}, times=6)
    marked = world.passage("They read it to me.", sign="SE-R-01")
    made = client.post(reverse("research:finding_add", args=[world.study.uid]), {"kind": "need", "title_en": "Letters explained", "title_sv": "", "title_da": "", "text_en": ""})
    found = Finding.objects.get(title__en="Letters explained")
    assert made.headers["Location"] == reverse("research:finding", args=[found.uid])
    choose = reverse("research:finding_count", args=[found.uid])
    assert "Do you need help with letters?" in client.get(choose).content.decode()
    assert client.post(choose, {"question": f"{world.survey.uid}:letters", "values": [YES]}).status_code == 302
    assert client.post(reverse("research:finding_quotes", args=[found.uid]), {"codings": [str(marked.uid)]}).status_code == 302
    instruments.add_up()
    text = client.get(reverse("research:finding", args=[found.uid])).content.decode()
    assert "6 of 6" in text
    assert "They read it to me." in text
    assert client.post(reverse("research:finding_show", args=[found.uid])).status_code == 302
    found.refresh_from_db()
    assert found.shown_at is not None
    assert client_of(world.hugo).post(reverse("research:finding_show", args=[found.uid])).status_code == 404, "who does not steer shows nothing"


def test_a_page_costs_the_same_with_one_quote_and_with_five(world: World, need: Finding, client_of: Any, queries_of: Any) -> None:
    client, address = client_of(world.rita), reverse("research:finding", args=[need.uid])
    passages = [world.passage(f"Letter {n}", sign=f"SE-R-0{n}") for n in range(5)]
    actions.quote_for(finding=need, codings=passages[:1], by=world.rita)
    client.get(address)
    one = queries_of(lambda: client.get(address))
    actions.quote_for(finding=need, codings=passages, by=world.rita)
    assert queries_of(lambda: client.get(address)) <= one


def test_a_page_costs_the_same_with_one_answer_counted_and_with_two(world: World, need: Finding, queries_of: Any) -> None:
    world.answer(world.osby, world.refugees, {"letters": YES, "learn": ["plain"]}, times=6)
    count(world, need)
    counted(need)
    one = queries_of(lambda: queries.counted_for(need))
    actions.count_for(finding=need, survey=world.survey, question="learn", values=["plain"], by=world.rita)
    assert queries_of(lambda: queries.counted_for(need)) == one
