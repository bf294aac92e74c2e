"""A person's own page by link: days in a minute, the plan and the star behind a code; it names nobody and no company."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from handrail.cases import actions as cases
from handrail.cases.models import StarTalk
from handrail.cases.queries import star_of
from handrail.kit import clock, ids
from handrail.kit.errors import RuleBroken
from handrail.kit.models import Link, Received, SetAside
from handrail.mentoring import actions as mentoring
from handrail.mentoring.queries import language_rows
from handrail.people import actions as people
from handrail.placements import access, actions
from handrail.placements.models import Day, Opinion, OwnPage, Placement
from handrail.placements.queries import week as queries
from handrail.placements.queries.opinions import opinions_of
from handrail.placements.rules import week as rules
from tests.support.world import CANARIES, World, _case, _placed, link_of, run

pytestmark = pytest.mark.django_db
TODAY = date(2018, 4, 18)
CODE = "2580"
SECRETS = (*CANARIES, "Amina", "Yusuf", "Bageriet", "Bagerhjælp", "Bente", "Roligt rum", "Klaus", "Kolding")


@pytest.fixture
def phone(db: None) -> Client:
    """A phone that keeps no cookies, checks tokens as a real one would, and speaks what its card says."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


@pytest.fixture
def page(world: World) -> str:
    run(world.at_bakery)
    return card(world)


def card(world: World, case: Any = None, language: str = "en") -> str:
    _own, token = actions.make_own_page(case=case or world.amina, language=language, code=CODE, by=world.klaus)
    return reverse("placements:week", args=[token])


def text(phone: Client, url: str, **more: Any) -> str:
    answer = phone.get(url, **more)
    assert answer.status_code == 200
    return answer.content.decode()


def opened(phone: Client, page: str, code: str = CODE) -> str:
    return phone.post(page, {"act": "open", "code": code}).content.decode()


def proof(html: str) -> str:
    found = re.search(r'name="proof" value="([^"]+)"', html)
    assert found
    return found[1]


def sent(key: str = "a-key-made-on-the-phone", **more: str) -> dict[str, str]:
    return {"act": "there", "day": TODAY.isoformat(), "minutes": "240", "key": key, **more}


def told() -> list[tuple[date, int, str, bool, bool]]:
    return list(Day.objects.order_by("id").values_list("day", "minutes", "said_by", "is_current", "is_disputed"))


def test_every_language_says_everything(db: None) -> None:
    english = rules.week_languages()["en"]
    placed = {key: set(re.findall(r"{\w+}", words)) for key, words in english.texts.items()}
    for code, one in rules.week_languages().items():
        assert {key: set(re.findall(r"{\w+}", words)) for key, words in one.texts.items()} == placed, code
        points = rules.star_points(code)
        assert [point.code for point in points] == ["language", "path", "strength", "everyday", "people", "belief"]
        assert all(len(point.steps) == 5 and all((point.name, point.question, *point.steps)) for point in points)
    content = tomllib.loads(rules.FILE.read_text())
    assert {code for code, one in content.items() if one["status"] == "draft"} == {"ar", "ti", "fa-AF", "so", "uk"}


def test_a_draft_is_marked_on_the_page_and_offered_only_when_switched_on(world: World, phone: Client, page: str) -> None:
    assert "native speaker" not in text(phone, page)
    html = text(phone, f"{page}?language=ar")
    assert 'dir="rtl"' in html and "Text not yet checked by a native speaker." in html and "أيّامي" in html
    with override_settings(LOCAL_MODE=False):
        assert "أيّامي" not in text(phone, f"{page}?language=ar")
        with pytest.raises(RuleBroken, match="not offered"):
            card(world, language="ar")
        mentoring.switch_language(programme=world.programme, language="ar", is_on=True, by=world.pia)
        assert "Text not yet checked" in text(phone, f"{page}?language=ar")
    assert {row.language.code for row in language_rows(world.programme) if not row.is_draft} == {"en", "da"}


@pytest.mark.parametrize("language", ["en", "da", "ar", "ti", "fa-AF", "so", "uk"])
def test_the_page_names_nobody_and_no_company(world: World, phone: Client, page: str, language: str) -> None:
    actions.record_day(placement=world.at_bakery, day=TODAY, minutes=240, said_by="company")
    html = text(phone, f"{page}?language={language}")
    assert not [word for word in (*SECRETS, "Forme boller") if word in html]
    assert html.count("<title>") == 1 and rules.week_languages()[language].texts["title"] in html
    assert len(html.encode()) < 25_000 and " style=" not in html and "<script>" not in html


def test_a_tap_is_a_day_and_a_second_one_adds_nothing(world: World, phone: Client, page: str) -> None:
    assert "I was there: 4 h" in text(phone, page)  # twenty hours a week, a fifth of them
    answer = phone.post(page, sent(language="en"))
    assert answer.status_code == 302 and "said=saved" in answer["Location"]
    again = phone.post(page, sent(), headers={"accept": "application/json"})
    back = json.loads(again.content)
    assert (again.status_code, back["state"], back["key"]) == (200, "again", "a-key-made-on-the-phone")
    assert back["sha256"] == ids.digest({"absence": "", "day": "2018-04-18", "minutes": "240"})
    assert told() == [(TODAY, 240, "participant", True, False)]
    html = text(phone, answer["Location"])
    assert "Saved." in html and "I say" in html and "This week: 4 h" in html and "I was there: 4 h" not in html


def test_other_content_under_a_used_key_is_kept_aside_for_the_caseworker(world: World, phone: Client, page: str, client_of: Any) -> None:
    phone.post(page, sent())
    answer = phone.post(page, sent(minutes="300"), headers={"accept": "application/json"})
    assert (answer.status_code, json.loads(answer.content)["state"]) == (422, "aside")
    assert told() == [(TODAY, 240, "participant", True, False)]
    klaus = client_of(world.klaus)
    url = reverse("placements:day_list", args=[world.at_bakery.uid])
    assert url in klaus.get("/home/").content.decode()
    aside = SetAside.objects.get()
    assert str(aside.uid) in klaus.get(url).content.decode()
    assert klaus.post(reverse("placements:aside_settle", args=[world.at_bakery.uid]), {"aside": str(aside.uid), "act": "take"}).status_code == 302
    assert told() == [(TODAY, 240, "participant", False, False), (TODAY, 300, "staff", True, False)]
    assert klaus.post(reverse("placements:aside_settle", args=[world.at_bakery.uid]), {"aside": str(aside.uid), "act": "take"}).status_code == 404
    assert url not in klaus.get("/home/").content.decode()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"act": "time"}, "wrong_time"), ({"act": "time", "start": "08:00"}, "wrong_time"), ({"act": "time", "start": "12:00", "end": "08:00"}, "wrong_order"),
        ({"act": "time", "hours": "25"}, "wrong_time"), ({"day": "2018-04-19"}, "wrong_day"), ({"day": "2018-04-08"}, "wrong_day"), ({"day": "soon"}, "wrong_day"),
        ({"act": "sick"}, "wrong_day"), ({"minutes": ""}, "wrong_time"), ({"minutes": "2000"}, "wrong_time"), ({"key": "short"}, "wrong_day"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_the_pages_words(world: World, phone: Client, page: str, body: dict[str, str], fault: str) -> None:
    answer = phone.post(page, {**sent(), **body}, headers={"accept": "application/json"})
    assert (answer.status_code, json.loads(answer.content)) == (422, {"fault": fault})
    assert rules.week_languages()["en"].texts[fault] in phone.post(page, {**sent(), **body}).content.decode()
    assert told() == [] and not Received.objects.exists()


def test_from_and_to_or_hours_or_not_there(world: World, phone: Client, page: str) -> None:
    phone.post(page, {"act": "time", "day": "2018-04-17", "start": "08:00", "end": "12:30", "hours": "", "key": "key-number-one"})
    phone.post(page, {"act": "time", "day": "2018-04-16", "start": "", "end": "", "hours": "3.5", "key": "key-number-two"})
    phone.post(page, {"act": "away", "day": "2018-04-13", "key": "key-number-three"})
    assert [(day, minutes) for day, minutes, *_rest in told()] == [(date(2018, 4, 17), 270), (date(2018, 4, 16), 210), (date(2018, 4, 13), 0)]
    assert Day.objects.get(minutes=0).absence == "away"
    assert "4 h 30 min" in text(phone, page) and "Not there" in text(phone, page)
    assert rules.minutes_told(start=time(8), end=time(8, 1), minutes=None) == 1


def test_days_older_than_two_weeks_are_shown_only(world: World, phone: Client, page: str) -> None:
    actions.record_day(placement=world.at_bakery, day=date(2018, 4, 9), minutes=200, said_by="participant")
    with clock.at(clock.now() + timedelta(days=21)):
        html = text(phone, page)
        assert "Mon 9 Apr" in html and 'value="2018-04-09"' not in html
        assert phone.post(page, sent(day="2018-04-09"), headers={"accept": "application/json"}).status_code == 422


def test_plan_and_star_stand_behind_the_code(world: World, phone: Client, page: str) -> None:
    html = text(phone, page)
    assert "star_language" not in html and "Forme boller" not in html
    answer = phone.post(page, {"act": "open", "code": "9999"})
    assert answer.status_code == 422 and "That was not the code." in answer.content.decode() and "Forme boller" not in answer.content.decode()
    html = opened(phone, page)
    assert "Forme boller" in html and CANARIES[1] in html  # tasks, and the step both agreed
    assert not [word for word in SECRETS if word in html and word != CANARIES[1]]
    assert phone.post(page, {"act": "star", "star_language": "4", "key": "a-key-of-the-page", "proof": "made-up"}).status_code == 422
    other = card(world, world.yusuf)
    stolen = proof(opened(phone, other))
    assert phone.post(page, {"act": "star", "star_language": "4", "key": "a-key-of-the-page", "proof": stolen}).status_code == 422
    assert not StarTalk.objects.exists()


def test_ten_wrong_codes_shut_the_plan_until_there_is_a_new_card(world: World, phone: Client, page: str) -> None:
    for number in range(9):
        assert phone.post(page, {"act": "open", "code": f"{1000 + number}"}).status_code == 422
    assert "Forme boller" in opened(phone, page)  # nine wrong ones, then the right one: counted from the beginning again
    for number in range(10):
        phone.post(page, {"act": "open", "code": f"{1000 + number}"})
    assert "Ask for a new card." in opened(phone, page) and "Forme boller" not in opened(phone, page)
    assert "Forme boller" in opened(phone, card(world))


@pytest.mark.parametrize("code", ["", "12", "12345", "abcd", "1234", "7777", "٤٥٦٧"])
def test_a_code_is_four_digits_that_nobody_guesses(world: World, code: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        actions.make_own_page(case=world.amina, language="en", code=code, by=world.klaus)
    assert broken.value.field == "code" and not OwnPage.objects.exists()


def test_the_star_lands_as_the_persons_side_beside_the_caseworkers(world: World, phone: Client, page: str, client_of: Any) -> None:
    cases.note_star(case=world.amina, citizen={"language": 2}, caseworker={"language": 5, "path": 4}, by=world.klaus)
    body = {"act": "star", "proof": proof(opened(phone, page)), "key": "a-key-of-the-page", "star_language": "6", "star_belief": "8"}
    assert "Saved." in phone.post(page, body).content.decode()
    assert phone.post(page, body).status_code == 200  # sent twice: once
    star = star_of(world.amina)
    assert star is not None and star.citizen is not None and star.caseworker is not None
    assert (star.citizen.by_link, star.caseworker.by_link, len(star.talks)) == (True, False, 2)
    assert [(row.citizen, row.caseworker, row.first_citizen) for row in star.rows[:2]] == [(6, 5, 2), (None, 4, None)]
    cases.note_star(case=world.amina, citizen={}, caseworker={"language": 7}, by=world.klaus)  # the same day: the person's word stays
    assert [(row.citizen, row.caseworker) for row in star_of(world.amina).rows[:1]] == [(6, 7)]  # type: ignore[union-attr]
    html = client_of(world.klaus).get(reverse("cases:case_detail", args=[world.amina.uid])).content.decode()
    assert "via link" in html or "by link" in html or "via länk" in html
    assert "What I said last, Wednesday 18 April" in opened(phone, page)
    assert phone.post(page, {**body, "key": "another-key-here", "star_language": "11", "star_belief": ""}).status_code == 422
    assert phone.post(page, {**body, "key": "a-third-key-here", "star_language": "9" * 5000}).status_code == 422, "a number too long for a number"


def test_both_sides_answer_and_each_reads_its_own_alone(world: World, phone: Client, page: str, client_of: Any) -> None:
    talk = world.at_bakery.follow_ups.create(week=1, due_on=TODAY)
    body = {"act": "review", "proof": proof(opened(phone, page)), "tasks": "4", "help": "2", "words": "KANARIEORD fra mig"}
    assert phone.post(page, body).status_code == 200
    company = link_of(world.baker, world.dorte)
    assert phone.post(f"{company}review/{world.at_bakery.uid}/", {"tasks": "3", "words": "KANARIESVAR fra os"}).status_code == 302
    beside = opened(phone, page)
    assert "KANARIEORD" in beside and "KANARIESVAR" not in beside
    theirs = text(phone, company)
    assert "KANARIESVAR" in theirs and "KANARIEORD" not in theirs
    found = opinions_of(talk)
    assert found is not None and found.rows == [("tasks", 4, 3), ("help", 2, None), ("welcome", None, None)]
    html = client_of(world.klaus).get(reverse("placements:follow_up", args=[talk.uid])).content.decode()
    assert "KANARIEORD" in html and "KANARIESVAR" in html
    assert "KANARIE" not in client_of(world.dorte).get(reverse("placements:placement_detail", args=[world.at_bakery.uid])).content.decode()
    phone.post(page, {**body, "tasks": "1"})
    assert Opinion.objects.filter(side="participant").count() == 2  # the earlier answer stays behind the new one
    for wrong in ({"tasks": 5}, {"religion": 3}, {}):
        with pytest.raises(RuleBroken):
            actions.say_opinion(follow_up=talk, side="participant", answers=wrong)


def test_a_withdrawn_an_ended_and_an_erased_persons_link_show_the_same_page(world: World, phone: Client, page: str) -> None:
    others = [_case(world.programme, world.kolding, world.klaus, given) for given in ("Fatuma", "Gul", "Hiwot")]
    withdrawn, over, erased = (card(world, one) for one in others)
    actions.end_own_page(case=others[0].uid, by=world.klaus)
    cases.end_case(case=others[1], reason="moved", by=world.klaus)
    people.erase_person(person=others[2].person, reason="Personen bad om det", by=world.owner)
    expired = card(world)
    Link.objects.filter(token_hash=ids.hashed(expired.split("/")[2])).update(expires_at=clock.now())
    answers = [phone.get(url) for url in (page, withdrawn, over, erased, expired)]  # the page's own card was replaced by the last one
    own = re.compile(r'/week/[\w-]+/|name="csrfmiddlewaretoken" value="\w+"')  # the address asked for, and each answer's token
    assert {one.status_code for one in answers} == {410} and len({own.sub("", one.content.decode()) for one in answers}) == 1
    assert not [word for word in SECRETS if word in answers[0].content.decode()]
    assert {phone.post(url, sent()).status_code for url in (page, withdrawn, over, expired)} == {410} and told() == []
    assert phone.get(reverse("placements:week", args=["no-such-secret"])).status_code == 404
    company = link_of(world.baker, world.dorte).split("/")[2]
    assert phone.get(reverse("placements:week", args=[company])).status_code == 404  # a link for something else opens nothing


def test_a_stay_that_is_over_ends_the_page_even_where_the_link_is_not(world: World, phone: Client, page: str) -> None:
    assert text(phone, page)
    world.amina.entries.update(ended_on=TODAY, reason="moved")
    assert phone.get(page).status_code == 410


def test_a_new_card_ends_the_old_one_and_only_whoever_steers_makes_one(world: World, phone: Client, page: str, client_of: Any) -> None:
    url = reverse("placements:own_card", args=[world.amina.uid])
    html = client_of(world.klaus).post(url, {"language": "ar", "code": CODE}).content.decode()
    found = re.search(r"/week/[\w-]+/", html)
    assert found and CODE not in html and "Amina" not in html and 'dir="rtl"' in html
    assert (phone.get(page).status_code, phone.get(found[0]).status_code) == (410, 200)
    assert not [row for row in Link.objects.values_list("token_hash", flat=True) if row in html]
    for somebody in (world.stranger, world.dorte, world.owner):
        assert client_of(somebody).get(url).status_code == 404
        assert not access.may_make_own_page(somebody, world.amina)
    assert client_of(world.klaus).post(reverse("placements:own_card_end", args=[world.amina.uid])).status_code == 302
    assert phone.get(found[0]).status_code == 410


def test_a_page_that_sends_without_end_is_slowed_down(world: World, phone: Client, page: str) -> None:
    for _number in range(60):
        phone.post(page, {"act": "nothing"})
    answer = phone.post(page, sent(), headers={"accept": "application/json"})
    assert (answer.status_code, json.loads(answer.content)) == (429, {"fault": "too_many"})
    assert phone.post(page, sent()).status_code == 429 and told() == []


def test_the_page_asks_the_database_the_same_however_many_days_there_are(world: World, phone: Client, page: str, queries_of: Any) -> None:
    actions.record_day(placement=world.at_bakery, day=TODAY, minutes=240, said_by="participant")
    text(phone, page)
    one = queries_of(lambda: text(phone, page))
    for back in (1, 2):
        actions.record_day(placement=world.at_bakery, day=TODAY - timedelta(days=back), minutes=240, said_by="participant")
    assert queries_of(lambda: text(phone, page)) == one <= 8


def test_before_the_first_day_there_is_nothing_to_write(world: World, phone: Client) -> None:
    case = _case(world.programme, world.kolding, world.klaus, "Nabil")
    url = card(world, case)
    assert "There are no days to write just now." in text(phone, url)
    assert phone.post(url, sent(), headers={"accept": "application/json"}).status_code == 422
    Placement.objects.filter(pk=_placed(case, world.kitchen, world.klaus).pk).update(starts_on=TODAY + timedelta(days=2))
    assert "There are no days to write just now." in text(phone, url)


def test_erasing_takes_the_page_its_words_and_what_came_twice(world: World, phone: Client, page: str) -> None:
    talk = world.at_bakery.follow_ups.create(week=1, due_on=TODAY)
    actions.say_opinion(follow_up=talk, side="participant", answers={"tasks": 4}, words="KANARIEORD")
    phone.post(page, sent())
    phone.post(page, sent(minutes="60"))
    assert SetAside.objects.count() == 1
    actions.forget_in_placements(person=world.amina.person)
    assert not OwnPage.objects.exists() and not SetAside.objects.exists() and not Received.objects.exists()
    assert not Opinion.objects.exists()
    assert phone.get(page).status_code == 410
    assert queries.own_page_of(world.amina) is None
