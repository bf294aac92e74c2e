"""Who may see what, by hand; protected names; lists of 1 and 3; queries that do not grow; nothing named in a title or an address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from handrail.cases import access, actions, queries
from handrail.cases.models import Case
from handrail.kit import clock
from handrail.people.models import Person
from tests.cases.test_referrals import agreed, referred
from tests.cases.world import World, met

WHY = "Samtal med läkaren i dag"
# What each may do with Kim's case, written by hand. Nobody else in the cast may do anything.
MAY = {
    "kim": "see change seal open openings kinds", "pia": "see give glass openings", "petra": "see give glass openings", "kaja": "list", "olle": "list", "ove": "list",
}  # fmt: skip


def may(world: World, person: Person) -> set[str]:
    """What the product says."""
    case, programme = world.case, world.cast.programme
    seen = queries.cases_visible_to(person).filter(pk=case.pk).exists()
    note = case.sealed_notes.get()
    found = {"list"} if access.may_list_cases(person, programme) else set()
    if not seen:
        return found | ({"open"} if queries.notes_visible_to(person).exists() else set())
    checks = {
        "change": access.may_change_case, "give": access.may_give_case, "seal": access.may_seal_note, "glass": access.may_break_glass, "openings": access.may_see_openings,
        "kinds": access.may_see_kinds,
    }  # fmt: skip
    found = {"see"} | {word for word, check in checks.items() if check(person, case)}
    return found | ({"open"} if access.may_open_note(person, note) else set())


def test_what_each_may_do_is_what_the_table_says(world: World) -> None:
    actions.seal_note(case=world.case, kind="health", text="x", by=world.kim)
    got = {name: may(world, Person.objects.get(pk=person.pk)) for name, person in world.everybody.items()}
    assert {name: words for name, words in got.items() if words} == {name: set(words.split()) for name, words in MAY.items()}


def pages(world: World) -> list[str]:
    """Every address about Kim's case and Hörby's list."""
    need = actions.note_need(case=world.case, domain="legal", text="Hyresavtal", by=world.kim)
    step = actions.plan_step(need=need, title="Juristen", due_on=clock.today(), by=world.kim)
    note = actions.seal_note(case=world.case, kind="health", text="zqsecret", by=world.kim)
    talk = actions.note_star(case=world.case, citizen={"language": 3}, caseworker={}, by=world.kim)
    consent = agreed(world)
    case = [reverse(f"cases:{name}", args=[world.case.uid]) for name in (
        "case_detail", "case_change", "case_languages", "case_give", "case_end", "case_reopen", "need_note", "path_plan", "star_note", "consents", "consent_give", "case_refer",
        "note_seal", "openings", "glass_break",
    )]  # fmt: skip
    programme = [reverse(f"cases:{name}", args=[world.cast.programme.uid]) for name in ("case_list", "case_open", "day", "referral_list")]
    others = {"need_settle": need, "step_plan": need, "step_done": step, "note_open": note, "star": talk, "consent_withdraw": consent}
    return case + programme + [reverse(f"cases:{name}", args=[one.uid]) for name, one in others.items()]


@pytest.mark.parametrize("name", ["stranger", "amal", "paula", "lena", "birgit", "carlos", "elin", "consultant", "mentor"])
def test_others_find_nothing_there(world: World, as_: Any, name: str) -> None:
    client, before = as_(world.everybody[name]), list(Case.objects.values())
    for url in pages(world):
        assert (client.get(url).status_code, client.post(url, {"state": "met", "reason": WHY}).status_code) == (404, 404), url
    assert list(Case.objects.values()) == before


@pytest.mark.parametrize("name", ["kaja", "ove", "olle"])
def test_a_colleague_and_another_town_find_no_case(world: World, as_: Any, name: str) -> None:
    """Case-load access: a colleague in the same office sees nothing of it."""
    client = as_(world.everybody[name])
    about = [url for url in pages(world) if str(world.cast.programme.uid) not in url]
    assert {client.get(url).status_code for url in about} == {404}
    assert "Selam" not in client.get(reverse("cases:case_list", args=[world.cast.programme.uid])).content.decode()


def test_kim_opens_every_page_and_no_title_or_address_names_anybody(world: World, as_: Any) -> None:
    kim = as_(world.kim)
    for url in pages(world):
        answer = kim.get(url)
        assert answer.status_code == (404 if "give" in url or "emergency" in url else 302 if re.search("settle|done|withdraw", url) else 200), url
        html = answer.content.decode()
        title = "".join(re.findall("<title>(.*?)</title>", html, re.S))
        assert not re.search("selam|tesfay|hyresavtal", title.casefold() + url), url
        assert not [link for link in re.findall('(?:href|action)="([^"]*)"', html) if re.search("selam|tesfay|health", link.casefold())], url
        assert "zqsecret" not in html


def test_a_note_is_shown_in_the_answer_to_a_reason_and_nowhere_else(world: World, as_: Any) -> None:
    note = actions.seal_note(case=world.case, kind="health", text="zqsecret <b>", by=world.kim)
    kim, url = as_(world.kim), reverse("cases:note_open", args=[note.uid])
    assert "zqsecret" not in kim.get(url).content.decode()
    short = kim.post(url, {"reason": "kort"})
    assert "zqsecret" not in short.content.decode() and note.openings.count() == 0
    answer = kim.post(url, {"reason": WHY})
    assert "zqsecret &lt;b&gt;" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert [(one.person, one.reason) for one in note.openings.all()] == [(world.kim, WHY)]
    assert "zqsecret" not in kim.get(url).content.decode()
    actions.end_case(case=world.case, reason="work", by=world.kim)
    assert "zqsecret" in kim.post(url, {"reason": WHY}).content.decode(), "the own caseworker still answers for it"


def test_a_coordinator_reads_how_many_notes_there_are_and_not_about_what(world: World, as_: Any) -> None:
    note = actions.seal_note(case=world.case, kind="trauma", text="zqsecret", by=world.kim)
    actions.open_note(note=note, reason=WHY, by=world.kim)
    pia = as_(world.pia)
    for url in (reverse("cases:case_detail", args=[world.case.uid]), reverse("cases:openings", args=[world.case.uid])):
        html = pia.get(url, headers={"accept-language": "en"}).content.decode()
        assert "What happened before" not in html and str(note.uid) not in html
    assert WHY in html and "Kim Dahl" in html
    assert pia.post(reverse("cases:glass_break", args=[world.case.uid]), {"reason": "Personen är inlagd på sjukhus"}).status_code == 302
    assert "What happened before" in pia.get(reverse("cases:case_detail", args=[world.case.uid]), headers={"accept-language": "en"}).content.decode()


def test_the_glass_asks_for_the_second_factor_again(world: World, client_of: Callable[[Any], Any], settings: Any) -> None:
    """A session that showed it half an hour ago is not enough, and neither is a password shown a moment ago."""
    import time

    from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
    from allauth.mfa.totp.internal.auth import TOTP

    from tests.cast import account_of

    settings.SECOND_FACTOR = True
    TOTP.activate(account_of(world.pia), "JBSWY3DPEHPK3PXP")
    client, url = client_of(world.pia), reverse("cases:glass_break", args=[world.case.uid])

    def shown(*methods: tuple[str, float]) -> int:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time() - ago} for method, ago in methods]
        session["account_authentication_methods_user"] = str(account_of(world.pia).pk)
        session.save()
        answer = client.get(url)
        assert answer.status_code == 200 or "/account/" in answer["Location"]
        return int(answer.status_code)

    assert shown(("mfa", 1800)) == 302
    assert shown(("mfa", 1800), ("password", 1)) == 302
    assert shown(("mfa", 60)) == 200
    assert shown(("mfa", 1800)) == 302
    assert client.post(url, {"reason": "Personen är inlagd på sjukhus"}).status_code == 302
    assert world.case.emergencies.count() == 0


def test_a_protected_name_is_read_by_the_caseworker_alone_and_found_by_nobody_else(world: World, as_: Any) -> None:
    met(world, "Zarifa", family_name="Noor", is_protected=True)
    url = reverse("cases:case_list", args=[world.cast.programme.uid])
    kim, pia = as_(world.kim), as_(world.pia)
    assert "Zarifa" in kim.get(url + "?q=zarifa").content.decode()
    assert "Zarifa" not in pia.get(url).content.decode()
    hits = pia.get(url + "?q=zarifa").content.decode()
    assert "cases/" + str(Case.objects.get(search_name="").uid) not in hits, "a search tells that somebody is here"
    assert "Zarifa" not in pia.get("/search/?q=zarifa").content.decode().replace('value="zarifa"', "").replace("zarifa", "")
    assert queries.case_rows(world.pia, [Case.objects.get(search_name="")])[0].name.is_hidden


@pytest.mark.parametrize("words", ["selam", "TESFAY", "Sélam tesfay"])
def test_the_list_finds_names_without_accents_and_capitals(world: World, as_: Any, words: str) -> None:
    url = reverse("cases:case_list", args=[world.cast.programme.uid])
    assert "Selam" in as_(world.kim).get(url, {"q": words}).content.decode()
    assert "Selam" in as_(world.kim).get(url, {"q": world.case.number.lower()}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_shows_each_once_with_its_state(world: World, as_: Any, count: int) -> None:
    for number in range(count - 1):
        actions.end_case(case=met(world, f"Amina{number}"), reason="work", by=world.kim)
    url = reverse("cases:case_list", args=[world.cast.programme.uid])
    for state, shown in (("", count), ("open", 1), ("ended", count - 1), ("nobody", 0)):
        assert as_(world.kim).get(url, {"state": state}).content.decode().count('class="title-link"') == shown


def test_queries_do_not_grow_with_people_steps_and_referrals(world: World, as_: Any, queries_of: Callable[[Callable[[], Any]], int]) -> None:
    programme = world.cast.programme
    kim, ove = as_(world.kim), as_(world.ove)
    urls = [(kim, reverse("cases:case_list", args=[programme.uid])), (kim, reverse("cases:day", args=[programme.uid])), (ove, reverse("cases:referral_list", args=[programme.uid])),
            (ove, reverse("cases:day", args=[programme.uid])), (kim, reverse("cases:case_detail", args=[world.case.uid]))]  # fmt: skip

    def more(number: int) -> None:
        case = met(world, f"Amina{number}")
        agreed(world, case=case)
        referred(world, case)
        for one in (case, world.case):
            step = actions.plan_on_path(case=one, domain="legal", title=f"Steg {number}", due_on=clock.today(), by=world.kim)
            actions.note_need(case=one, domain="work", text=f"Behov {number}", by=world.kim)
        actions.do_step(step=step, by=world.kim)
        actions.seal_note(case=world.case, kind="health", text="x", by=world.kim)

    agreed(world)
    more(0)
    for client, url in urls:
        client.get(url)
    few = [queries_of(lambda client=client, url=url: client.get(url)) for client, url in urls]  # type: ignore[misc]
    more(1)
    more(2)
    many = [queries_of(lambda client=client, url=url: client.get(url)) for client, url in urls]  # type: ignore[misc]
    assert many == few
    assert max(many) <= 45, many


def test_the_list_of_a_hundred_thousand_is_read_in_the_order_of_an_index(world: World) -> None:
    """The coordinator's list goes through an index in its own order: nothing is sorted, and a page reads a page."""
    from django.db import connection

    rows = queries.cases_listed(world.pia, world.cast.programme)[0].ordered()[:25]
    if connection.vendor == "sqlite":
        plan = rows.explain()
        assert "TEMP B-TREE" not in plan and "INDEX" in plan, plan
    Case.objects.bulk_create(
        Case(programme=world.case.programme, organisation=world.case.organisation, person=one.person, participation=one, number=one.number, opened_on=clock.today(), search_name=f"n{index:04d}")
        for index, one in enumerate(_participations(world, 120))
    )  # fmt: skip
    assert len(queries.case_rows(world.pia, list(rows))) == 25


def _participations(world: World, count: int) -> list[Any]:
    from handrail.programmes.models import Participation

    return list(Participation.objects.filter(person__in=world.cast.more_staff(count)))


def test_a_day_says_who_waits_what_is_late_and_what_is_today(world: World, as_: Any) -> None:
    day = clock.now() + timedelta(days=10)
    for title, ahead in (("Sent", 3), ("Nu", 10), ("Snart", 12), ("Senare", 30)):
        actions.plan_on_path(case=world.case, domain="legal", title=title, due_on=clock.today() + timedelta(days=ahead), helper="Juristen", by=world.kim)
    met(world, "Amina", by=world.pia)
    with clock.at(day):
        found = queries.day_of(world.kim, world.cast.programme)
        assert {kind: [str(one.title) for one in items] for kind, items in found.items() if items} == {"late": ["Sent"], "today": ["Nu"], "soon": ["Snart"]}
        assert [str(one.why) for one in found["late"]] == ["Selam Tesfay, Juristen"]
        nobodys = queries.day_of(world.pia, world.cast.programme)
        assert [str(one.title) for one in nobodys["waits"]] == ["One person has no caseworker"]
        assert sum(map(len, nobodys.values())) == 1
    assert "Snart" not in as_(world.kaja).get(reverse("cases:day", args=[world.cast.programme.uid])).content.decode()


def test_a_step_by_its_field_leads_to_the_open_need_of_that_field(world: World) -> None:
    first = actions.plan_on_path(case=world.case, domain="mediation", title="Träffa medlaren", due_on=clock.today(), by=world.kim)
    second = actions.plan_on_path(case=world.case, domain="mediation", title="Igen", due_on=clock.today(), by=world.kim)
    assert first.need == second.need
    assert (first.need.text, world.case.needs.count()) == ("Träffa medlaren", 1)
    actions.settle_need(need=first.need, state="met", by=world.kim)
    assert actions.plan_on_path(case=world.case, domain="mediation", title="Ny", due_on=clock.today(), by=world.kim).need != first.need
