"""The company's own page by link: its own placements, while they last, with what each person lets it know at this moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.kit import clock
from handrail.kit.models import SentMail, SetAside
from handrail.people.actions import withdraw_consent
from handrail.placements import actions
from handrail.placements.models import Day, Placement, Preparation
from tests.support.world import LAST, ZONE, World, _case, _placed, agree_to, at, link_of, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db: None) -> Client:
    """A phone at the company, in English, that keeps no cookies and checks tokens as a real one would."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


@pytest.fixture
def page(world: World) -> str:
    return link_of(world.baker, world.dorte)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_its_own_placements_and_nothing_without_consent(world: World, client: Client, page: str) -> None:
    html = text(client, page)
    assert "A participant, Bagerhjælp" in html and "Forme boller" in html and "Bente Brød" in html and "20" in html
    assert "Amina" not in html and "Roligt rum" not in html
    assert "Dækskift" not in html and "Værkstedet" not in html
    agree_to(world.amina, world.bakery, "first_name", by=world.klaus)
    assert "Amina, Bagerhjælp" in text(client, page) and "Roligt rum" not in text(client, page)
    agree_to(world.amina, world.bakery, "adaptations", by=world.klaus)
    assert "Amina" not in text(client, page) and "Roligt rum" in text(client, page)
    agree_to(world.amina, world.garage, "first_name", "adaptations", by=world.klaus)  # for another company
    assert "Amina" not in text(client, page)


def test_consent_ends_on_the_next_request(world: World, client: Client, page: str) -> None:
    consent = agree_to(world.amina, world.bakery, "first_name", "adaptations", by=world.klaus)
    assert "Amina" in text(client, page)
    withdraw_consent(consent=consent, by=world.klaus)
    html = text(client, page)
    assert "Amina" not in html and "Roligt rum" not in html
    agree_to(world.amina, world.bakery, "first_name", by=world.klaus)
    with at(31, 12, month=12):
        Placement.objects.filter(pk=world.at_bakery.pk).update(ends_on=date(2019, 2, 1))
        assert "Amina" in text(client, page)
    with clock.at(datetime(2019, 1, 1, 0, 0, 0, tzinfo=ZONE)):
        assert "Amina" not in text(client, page), "the consent lasted until the year's last day"


def test_a_protected_name_is_told_to_nobody(world: World, client: Client, page: str) -> None:
    agree_to(world.amina, world.bakery, "first_name", by=world.klaus)
    identity = world.amina.person.identity
    identity.is_protected = True
    identity.save()
    assert "Amina" not in text(client, page)


def gone(client: Client, page: str, placement: Placement) -> list[int]:
    return [
        client.get(page).status_code, client.get(f"{page}often-asked/").status_code, client.get(f"{page}answer-times/").status_code, client.get(f"{page}playbooks/hire/").status_code,
        client.post(f"{page}ask/", {"text": "Hallo?", "key": str(uuid4())}).status_code,
        client.post(f"{page}days/{placement.uid}/", {"day": "2018-06-15", "was": "there", "hours": "4", "key": str(uuid4())}).status_code,
        client.post(f"{page}preparation/{placement.uid}/", {"items": "safety"}).status_code,
    ]  # fmt: skip


def test_the_door_closes_at_the_second_after_the_last_day(world: World, client: Client, page: str) -> None:
    placement = run(world.at_bakery)
    assert placement.ends_on == LAST
    with at(15, 23, 59, month=6, second=59):
        assert client.get(page).status_code == 200
    with at(16, 0, 0, month=6):
        assert gone(client, page, placement) == [410] * 7
        assert not Day.objects.exists() and not Preparation.objects.exists()
    Placement.objects.filter(pk=placement.pk).update(ends_on=date(2018, 7, 15))  # extended
    with at(16, 0, 0, month=6):
        assert client.get(page).status_code == 200


def test_only_the_placement_that_lasts_is_shown(world: World, client: Client, page: str) -> None:
    run(world.at_bakery)
    Placement.objects.filter(pk=world.at_bakery.pk).update(ends_on=date(2018, 4, 17))
    Placement.objects.filter(pk=world.at_garage.pk).update(position=world.kitchen)
    html = text(client, page)
    assert str(world.at_garage.uid) in html and str(world.at_bakery.uid) not in html
    answer = client.post(f"{page}days/{world.at_bakery.uid}/", {"day": "2018-04-16", "was": "there", "hours": "4", "key": str(uuid4())})
    assert answer.status_code == 404


@pytest.mark.parametrize("state", ["stopped", "completed", "called_off"])
def test_an_ended_placement_goes_with_its_last_day(world: World, client: Client, page: str, state: str) -> None:
    Placement.objects.filter(pk=world.at_bakery.pk).update(state=state, ended_on=date(2018, 4, 18), reason="other" if state == "stopped" else "")
    with at(18, 23, 59, second=59):
        assert ("Bagerhjælp" in client.get(page).content.decode()) is (state != "called_off")
    with at(19, 0):
        assert client.get(page).status_code == (200 if state == "called_off" else 410)  # called off: before any placement, the front door stays


def test_an_ended_contact_and_a_revoked_link_open_nothing(world: World, client: Client, page: str) -> None:
    newer = link_of(world.baker, world.dorte)
    assert [client.get(page).status_code, client.get(newer).status_code] == [410, 200], "a new link ends earlier ones"
    actions.end_contact(contact=world.baker, by=world.dorte)
    assert gone(client, newer, world.at_bakery) == [410] * 7
    assert client.get("/company/not-a-secret/").status_code == 404


def test_an_ended_contact_is_out_even_where_a_link_was_left(world: World, client: Client, page: str) -> None:
    type(world.baker).objects.filter(pk=world.baker.pk).update(ended_on=date(2018, 4, 18))
    assert gone(client, page, world.at_bakery) == [410] * 7


def test_before_the_first_placement_the_front_door_is_open_for_a_month(world: World, client: Client) -> None:
    company = actions.add_company(programme=world.programme, name="Ny A/S", ordinary_staff=10, region="Syddanmark", by=world.dorte)
    contact = actions.add_contact(company=company, name="Nis Ny", email="nis@example.com", by=world.dorte)
    page = link_of(contact, world.dorte)
    assert "Nothing is agreed yet" in text(client, page)
    with at(18, 9, 59, month=5):
        assert client.get(page).status_code == 200
    with at(18, 10, 0, month=5):
        assert client.get(page).status_code == 410
    with at(1, 9, month=5):
        actions.withdraw_company(company=company, by=world.dorte)
        assert client.get(page).status_code == 410


DAY = {"day": "2018-04-17", "was": "there", "hours": "5", "minutes": "30"}


def test_a_day_is_written_in_a_minute_and_sent_twice_is_one_line(world: World, client: Client, page: str) -> None:
    placement, key = run(world.at_bakery), "k" * 20
    url = f"{page}days/{placement.uid}/"
    for _time in range(2):
        answer = client.post(url, {**DAY, "key": key}, follow=True)
        assert "Saved: Tuesday 17 April 2018" in answer.content.decode()
    html = answer.content.decode().replace("\u00a0", " ")
    assert "5 h" in html and "30 min" in html
    other = client.post(url, {**DAY, "hours": "7", "key": key}, follow=True).content.decode()
    assert "Both are kept" in other and SetAside.objects.count() == 1
    assert list(Day.objects.values_list("minutes", "said_by", "by")) == [(330, "company", None)]
    client.post(url, {**DAY, "was": "sick", "key": "another-key"})
    html = text(client, page)
    assert "reported sick" in html and "corrected" in html
    assert list(Day.objects.order_by("id").values_list("minutes", "absence", "is_current")) == [(330, "", False), (0, "sick", True)]


def test_the_company_does_not_read_that_somebody_else_said_sick(world: World, client: Client, page: str) -> None:
    actions.record_day(placement=run(world.at_bakery), day=date(2018, 4, 17), minutes=0, absence="sick", said_by="participant")
    html = text(client, page)
    assert "reported sick" not in html.replace("No, reported sick", "") and "not there" in html and "says the participant" in html


@pytest.mark.parametrize(("change", "words"), [({"hours": "", "minutes": ""}, "Write how long"), ({"hours": "24", "minutes": "1"}, "24 hours at most"), ({"day": "2018-04-19"}, "day"), ({"key": "x"}, "Reload")])
def test_a_wrong_day_is_said_beside_its_field_and_what_was_typed_stays(world: World, client: Client, page: str, change: dict[str, str], words: str) -> None:
    placement = run(world.at_bakery)
    answer = client.post(f"{page}days/{placement.uid}/", {**DAY, "key": "k" * 20, **change})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert 'value="24"' in answer.content.decode() or "hours" not in change or not change["hours"]
    assert not Day.objects.exists()


def test_a_consent_taken_back_under_an_open_page_is_obeyed_and_nothing_is_lost(world: World, client: Client, page: str) -> None:
    placement = run(world.at_bakery)
    consent = agree_to(world.amina, world.bakery, "first_name", by=world.klaus)
    assert 'name="shown" value="first_name"' in text(client, page)
    withdraw_consent(consent=consent, by=world.klaus)
    html = client.post(f"{page}days/{placement.uid}/", {**DAY, "key": "k" * 20, "shown": "first_name"}, follow=True).content.decode()
    assert "Saved" in html and "has changed meanwhile" in html and "Amina" not in html
    assert Day.objects.get().minutes == 330


def test_the_preparation_is_ticked_by_the_company(world: World, client: Client, page: str) -> None:
    url = f"{page}preparation/{world.at_bakery.uid}/"
    client.post(url, {"items": ["safety", "help"]})
    client.post(url, {"items": ["safety"]})
    assert list(Preparation.objects.order_by("id").values_list("item", "contact", "settled_by", "waived")) == [("safety", world.baker.pk, None, ""), ("help", world.baker.pk, None, "")]
    assert "Choose items" in client.post(url, {"items": ["nonsense"]}, follow=True).content.decode()
    client.post(url, {"items": ["supervisor", "first_day", "colleagues"]})
    assert "Save what is done" not in text(client, page)
    run(world.at_bakery)
    assert "Before the first day" not in text(client, page)
    assert "no longer being prepared" in client.post(url, {"items": ["safety"]}, follow=True).content.decode()


def test_another_companys_link_writes_nothing_here(world: World, client: Client) -> None:
    page = link_of(world.mechanic, world.dorte)
    assert client.post(f"{page}days/{world.at_bakery.uid}/", {**DAY, "key": "k" * 20}).status_code == 404
    assert client.post(f"{page}preparation/{world.at_bakery.uid}/", {"items": "safety"}).status_code == 404
    assert not Day.objects.exists() and not Preparation.objects.exists()


def test_the_link_is_sent_by_those_who_serve_companies(world: World, client_of: Any, run_later: Any) -> None:
    url = f"/contacts/{world.baker.uid}/link/"
    for person in (world.stranger, world.klaus, world.owner):
        assert client_of(person).post(url).status_code == 404
    assert client_of(None).post(url).status_code == 302
    old = link_of(world.baker, world.dorte)
    assert client_of(world.dorte).post(url, {"next": "/home/"}).status_code == 302
    mail = SentMail.objects.get(template="placements/mail/company_link")
    assert mail.to == "bente@example.com" and "/company/" in mail.text
    assert not any(word in mail.text + mail.subject for word in ("Amina", "Bageriet", "Bente", "Bagerhjælp"))
    fresh = "/" + mail.text.split("http", 1)[1].split("/", 3)[3].split()[0]
    assert [Client().get(old).status_code, Client().get(fresh).status_code] == [410, 200]
    type(world.baker).objects.filter(pk=world.baker.pk).update(email="")
    answer = client_of(world.dorte).post(url, {"next": "/home/"}, follow=True, headers={"accept-language": "en"})
    assert "no e-mail address" in answer.content.decode()


def test_three_placements_cost_what_one_costs(world: World, client: Client, page: str) -> None:
    def queries() -> int:
        client.get(page)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
            return len(connection.queries_log) - caught.initial_queries

    agree_to(world.amina, world.bakery, "first_name", by=world.klaus)
    one = queries()
    with at(10, 9):
        for name in ("Samira", "Dawit"):
            _placed(_case(world.programme, world.kolding, world.klaus, name), world.kitchen, world.klaus)
    assert queries() == one > 0
    assert text(client, page).count("A participant, Bagerhjælp</h2>") == 2
