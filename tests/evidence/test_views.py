"""The screens of hours: who sees what, what they do, and that nobody else gets anything."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.evidence import actions, queries
from handrail.evidence.models import Certificate, Claim, FunderRule, LedgerLine, MonthObjection
from handrail.kit.models import JournalEntry, Link, SentMail, SetAside
from tests.evidence import world
from tests.evidence.world import MARCH

KEY = "a-key-of-this-page"


@pytest.fixture
def played(cast: Any) -> Any:
    """March of Birgit is certified, Bo's is confirmed, Kim's is open."""
    world.terms(cast.programme)
    months = world.month_of_90_and_95(cast, people=[cast.birgit, cast.bo, cast.kim])
    by_person = {one.person_id: one for one in months}
    cast.months = {name: by_person[getattr(cast, name).pk] for name in ("birgit", "bo", "kim")}
    actions.confirm_month(cast.months["birgit"], by=cast.birgit)
    actions.confirm_month(cast.months["bo"], by=cast.bo)
    actions.countersign_month(cast.months["birgit"], by=cast.lena)
    return cast


def at(name: str, *args: Any) -> str:
    return reverse(f"evidence:{name}", args=args)


EVERYBODY = ("amal", "oskar", "paula", "lena", "birgit", "bo", "kim", "carlos", "elin", "stranger")
def text_of(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_ledger_shows_the_gauge_the_months_and_that_rates_are_illustrative(played: Any, client_of: Callable[[Any], Any]) -> None:
    text = text_of(client_of(played.amal), at("hours", played.programme.uid)).replace("\u00a0", " ")
    for words in ("1,811,937.50 kr", "7,247,750 kr", "870 kr"):
        assert words in text
    assert "Rates and rules here are illustrative." in text


def test_names_are_for_those_who_may_read_them(played: Any, client_of: Callable[[Any], Any]) -> None:
    people = at("hours", played.programme.uid) + "?of=people"
    month = at("month", played.programme.uid, "2018-03")
    for address in (people, month):
        assert "Birgit Nyström" in text_of(client_of(played.paula), address)
        assert "Birgit Nyström" in text_of(client_of(played.lena), address)
        assert "Kim Lund" not in text_of(client_of(played.paula), address)
        auditor, owner, osby = (text_of(client_of(one), address) for one in (played.elin, played.amal, played.oskar))
        assert "LFI-000" in auditor
        for name in ("Birgit", "Nyström", "Kim Lund", "Bo Holm", "Carlos", "Lena Brandt"):
            assert name not in auditor
            assert name not in osby.replace("Carlos", "")
            assert name not in owner
        assert "LFI-000" not in owner  # the owner sees totals
    opened = text_of(client_of(played.elin), at("certificate", played.months["birgit"].uid))
    for name in ("Birgit", "Nyström", "Carlos", "Lena", "Brandt"):
        assert name not in opened


def test_protected_identity_stands_by_number(played: Any, client_of: Callable[[Any], Any]) -> None:
    played.birgit.identity.is_protected = True
    played.birgit.identity.save()
    assert "Nyström" not in text_of(client_of(played.paula), at("hours", played.programme.uid) + "?of=people")
    assert "Birgit Nyström" in text_of(client_of(played.lena), at("hours", played.programme.uid) + "?of=people")


def test_opened_figure_works_the_rule_out(played: Any, client_of: Callable[[Any], Any], run_later: Callable[[], int]) -> None:
    from handrail.delivery import actions as delivery

    line = played.months["birgit"].lines.order_by("pk").last().attendance
    delivery.record_attendance(session=line.session, person=played.birgit, minutes=100, reason="satt kvar", by=played.carlos)
    run_later()
    new = Certificate.objects.get(person=played.birgit, version=2)
    text = text_of(client_of(played.paula), at("certificate", new.uid)).replace("\u00a0", " ")
    for words in ("190 min", "3 h", "290 kr", "870 kr", "10 min", "1 + 1 = 2 h", "580 kr", "satt kvar", "Carlos Vega", 'class="replaced"'):
        assert words in text
    old = text_of(client_of(played.paula), at("certificate", played.months["birgit"].uid))
    assert "185" in old


def test_participant_confirms_once_and_sees_it(played: Any, client_of: Callable[[Any], Any]) -> None:
    month, client = played.months["kim"], client_of(played.kim)
    assert month.month.isoformat()[:7] == "2018-03"
    sent = {"key": KEY, "digest": month.attendance_digest}
    assert client_of(played.bo).post(at("certificate_confirm", month.uid), sent).status_code == 404
    assert client.post(at("certificate_confirm", month.uid), sent, headers={"Accept": "application/json"}).status_code == 201
    assert client.post(at("certificate_confirm", month.uid), sent, headers={"Accept": "application/json"}).status_code == 200
    other = client.post(at("certificate_confirm", month.uid), {**sent, "digest": "x"}, headers={"Accept": "application/json"})
    assert (other.status_code, SetAside.objects.count()) == (422, 1)
    month.refresh_from_db()
    assert month.state == "confirmed"


def test_confirming_what_was_not_shown_is_refused(played: Any, client_of: Callable[[Any], Any]) -> None:
    month = played.months["kim"]
    answer = client_of(played.kim).post(at("certificate_confirm", month.uid), {"key": KEY, "digest": "of another list"}, follow=True)
    month.refresh_from_db()
    assert (month.state, answer.status_code) == ("open", 200)


def test_manager_countersigns_several_at_once(played: Any, client_of: Callable[[Any], Any]) -> None:
    client, address = client_of(played.lena), at("hours_countersign", played.programme.uid)
    assert "Bo Holm" in text_of(client, address)
    assert client.post(address, {"key": KEY}).status_code == 409  # nothing ticked
    assert client.post(address, {"key": KEY, "certificates": [str(played.months["kim"].uid)]}).status_code == 409
    assert client.post(address, {"key": KEY, "certificates": [str(played.months["bo"].uid)]}).status_code == 302
    assert LedgerLine.objects.count() == 2
    again = client.post(address, {"key": KEY, "certificates": [str(played.months["bo"].uid)]}, headers={"Accept": "application/json"})
    assert (again.status_code, json.loads(again.content)["key"]) == (200, KEY)
    assert LedgerLine.objects.count() == 2
    assert client_of(played.paula).post(address, {"key": "another-key", "certificates": [str(played.months["kim"].uid)]}).status_code == 409


def test_objection_reaches_the_process_leader_and_comes_back(played: Any, client_of: Callable[[Any], Any]) -> None:
    month = played.months["kim"]
    address = at("certificate_object", month.uid)
    line = month.lines.first().attendance
    assert client_of(played.kim).get(address).status_code == 200
    assert client_of(played.kim).post(address, {"text": "Jag kom i tid", "attendance": str(line.uid)}).status_code == 302
    found = MonthObjection.objects.get()
    page = at("objection", found.uid)
    assert {who for who in EVERYBODY if client_of(getattr(played, who)).get(page).status_code == 200} == {"carlos"}  # no leader in Kristianstad
    assert client_of(played.carlos).post(page, {"answer": "Rättat"}).status_code == 302
    assert "Rättat" in text_of(client_of(played.kim), at("hours_mine", played.programme.uid))


def test_months_are_confirmed_by_personal_link(played: Any, client_of: Callable[[Any], Any]) -> None:
    actions.remind_unconfirmed(programme=played.programme, organisation=played.kristianstad, month=MARCH, by=played.amal)
    mail = SentMail.objects.get(to="kim.lund@example.org")
    path = "/my-months/" + mail.text.split("/my-months/")[1].split()[0]
    visitor, month = client_of(None), played.months["kim"]
    assert "95" in text_of(visitor, path)
    assert visitor.get(path + f"?about={played.months['bo'].uid}").status_code == 404  # somebody else's
    assert visitor.post(path, {"certificate": str(month.uid), "text": "Fel dag", "attendance": ""}).status_code == 302
    sent = {"certificate": str(month.uid), "act": "confirm", "key": KEY, "digest": month.attendance_digest}
    assert visitor.post(path, sent).status_code == 302
    month.refresh_from_db()
    assert month.state == "confirmed"
    Link.objects.update(expires_at=date(2018, 1, 1).isoformat() + "T00:00Z")
    assert visitor.get(path).status_code == 410
    assert visitor.get("/my-months/wrong/").status_code == 404


def test_owner_hands_in_after_seeing_what_is_missing(played: Any, client_of: Callable[[Any], Any]) -> None:
    client, address = client_of(played.amal), at("month_submit", played.programme.uid, "2018-03")
    text = text_of(client, address)
    assert "Hörby" in text
    assert "Kristianstad" in text
    assert client_of(played.paula).post(address).status_code == 404
    assert client.post(address).status_code == 302
    assert Claim.objects.get().hours == 3
    assert client.post(address).status_code == 409
    assert "Hörby" in text_of(client_of(played.elin), at("month", played.programme.uid, "2018-03"))


def test_rules_are_added_on_screen(played: Any, client_of: Callable[[Any], Any]) -> None:
    sent = {
        "rounding": "session", "share": "25", "annual_cap_hours": "1662", "lock_day": "15", "valid_from": "2018-05-01", "valid_to": "",
        "source": "Beslut 4", "is_illustrative": "",
    }  # fmt: skip
    client = client_of(played.amal)
    assert client.post(at("rule_add", played.programme.uid), {**sent, "valid_from": "2018-03-01"}).status_code == 200  # already counted
    assert client.post(at("rule_add", played.programme.uid), sent).status_code == 302
    rule = FunderRule.objects.get(number=2)
    assert (rule.required_share, rule.lock_day, rule.annual_cap_hours) == (Decimal("0.25"), 15, 1662)
    assert client_of(played.paula).post(at("rule_add", played.programme.uid), sent).status_code == 404


def test_auditor_opens_only_sampled_names_and_with_a_reason(played: Any, client_of: Callable[[Any], Any]) -> None:
    client = client_of(played.elin)
    drawn = client.post(at("sample_draw", played.programme.uid), {"month": "2018-03-01", "size": "1", "reason": "Stickprov"})
    assert drawn.status_code == 302
    address = drawn.headers["Location"]
    assert {who for who in EVERYBODY if client_of(getattr(played, who)).get(address).status_code == 200} == {"elin"}
    assert "Nyström" not in text_of(client, address)
    uid = str(played.months["birgit"].participation.uid)
    assert client.post(address, {"participation": uid, "reason": ""}).status_code == 422
    shown = client.post(address, {"participation": uid, "reason": "Lönebesked"})
    assert "Birgit Nyström" in shown.content.decode()
    assert "Nyström" not in text_of(client, address)  # shown once, not left open
    assert client.post(address, {"participation": str(played.months["kim"].participation.uid), "reason": "x"}).status_code == 404
    names = client.post(address + "names.xlsx", {"reason": "Lönebesked"})
    assert "Birgit Nyström" in str(list(openpyxl.load_workbook(io.BytesIO(names.content)).active.values))
    assert JournalEntry.objects.filter(name="SampleNamesOpened").count() == 2
    assert "Nyström" not in str(list(JournalEntry.objects.values_list("data", flat=True)))


def test_process_leader_reminds_the_own_municipality(played: Any, client_of: Callable[[Any], Any]) -> None:
    address = at("month_remind", played.programme.uid, "2018-03")
    assert client_of(played.amal).post(address).status_code == 404
    before = SentMail.objects.count()
    client_of(played.paula).post(address)  # everybody in Hörby has confirmed
    assert SentMail.objects.count() == before


def queries_of(client: Any, address: str) -> int:
    """Queries of one page; the clock is read anew every two seconds, which is no matter of the list."""
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return sum("kit_demonstrationclock" not in one["sql"] for one in caught)


def test_lists_cost_the_same_however_long(cast: Any, client_of: Callable[[Any], Any]) -> None:
    from handrail.people.models import Employment

    world.terms(cast.programme)
    staff = cast.more_staff(12)
    Employment.objects.filter(person__in=staff).update(manager=cast.lena)

    def counts() -> list[int]:
        programme = cast.programme.uid
        month = Certificate.objects.order_by("pk").first()
        assert month is not None
        addresses = [
            (cast.paula, at("hours", programme)), (cast.paula, at("hours", programme) + "?of=people"), (cast.paula, at("month", programme, "2018-03")),
            (cast.lena, at("hours_countersign", programme)), (cast.elin, at("evidence", programme)), (cast.amal, at("month_submit", programme, "2018-03")),
            (cast.paula, at("certificate", month.uid)), (cast.amal, reverse("desk:home")), (cast.paula, reverse("desk:home")),
        ]  # fmt: skip
        clients = [(client_of(person), address) for person, address in addresses]
        for client, address in clients:
            client.get(address)
        return [queries_of(client, address) for client, address in clients]

    few = world.month_of_90_and_95(cast, people=staff[:3])
    actions.confirm_month(few[0], by=few[0].person)
    actions.countersign_month(few[0], by=cast.lena)
    actions.confirm_month(few[1], by=few[1].person)
    first = counts()
    world.attend(world.session(cast.programme, cast.carlos, date(2018, 3, 20)), dict.fromkeys(staff[3:], 60), cast.carlos)
    actions.open_month(programme=cast.programme, month=MARCH, by=None)
    for one in Certificate.objects.filter(person__in=staff[3:9]):
        actions.confirm_month(one, by=one.person)
    actions.countersign_months(list(Certificate.objects.filter(person__in=staff[3:6])), by=cast.lena)
    assert counts() == first


def test_empty_programme_says_what_to_do(cast: Any, client_of: Callable[[Any], Any]) -> None:
    for who in (cast.amal, cast.paula, cast.elin):
        for name in ("hours", "evidence", "terms", "sheets"):
            assert client_of(who).get(at(name, cast.programme.uid)).status_code == 200
    assert client_of(cast.birgit).get(at("hours_mine", cast.programme.uid)).status_code == 200
    assert client_of(cast.amal).get(at("month", cast.programme.uid, "2018-03")).status_code == 404
    assert client_of(cast.amal).get(at("month", cast.programme.uid, "nonsense")).status_code == 404
    assert queries.ledger_months(cast.programme) == []
