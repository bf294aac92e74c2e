"""What people's actions do, on the real database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from handrail.kit import clock, links
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry, SentMail
from handrail.people import actions
from handrail.people.models import Account, Employment, Grant, Person, Role
from handrail.people.queries import authority_of


def test_add_person_is_found_without_accents(cast: Any) -> None:
    person = actions.add_person(given_name=" Åsa ", family_name="Östergård", email=" Asa@Example.org ", by=cast.amal)
    assert person.identity.search_name == "asa ostergard"
    assert (person.identity.given_name, person.identity.email) == ("Åsa", "asa@example.org")
    entry = JournalEntry.objects.get(name="PersonAdded", data__person=str(person.uid))
    assert (entry.by, entry.data) == (cast.amal.uid, {"person": str(person.uid)})


def test_add_person_needs_a_name(db: None) -> None:
    with pytest.raises(RuleBroken) as broken:
        actions.add_person(given_name=" ", family_name="", by=None)
    assert broken.value.field == "given_name"
    assert not Person.objects.exists()


def test_employ_person_keeps_to_one_organisation(cast: Any) -> None:
    person = actions.add_person(given_name="Nils", family_name="Ask", by=None)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"unit": cast.library}, "unit"),
        ({"unit": cast.school, "rate": 101}, "rate"),
        ({"unit": cast.school, "manager": person}, "manager"),
    ]
    for arguments, field in cases:
        with pytest.raises(RuleBroken) as broken:
            actions.employ_person(person=person, organisation=cast.horby, by=None, **arguments)
        assert broken.value.field == field
    first = actions.employ_person(person=person, organisation=cast.horby, unit=cast.school, employee_number="7", by=None)
    with pytest.raises(RuleBroken):
        actions.employ_person(person=person, organisation=cast.horby, unit=cast.care, by=None)
    with pytest.raises(RuleBroken) as broken:
        actions.employ_person(person=cast.kim, organisation=cast.horby, unit=cast.care, employee_number="7", by=None)
    assert broken.value.field == "employee_number"
    assert list(Employment.objects.filter(person=person)) == [first]


def test_end_employment_hides_the_person_from_the_process_leader(cast: Any) -> None:
    from handrail.people.queries import persons_visible_to

    assert persons_visible_to(cast.paula).filter(pk=cast.birgit.pk).exists()
    actions.end_employment(employment=Employment.objects.get(person=cast.birgit), by=cast.paula)
    assert not persons_visible_to(cast.paula).filter(pk=cast.birgit.pk).exists()


def test_grant_role_refuses_what_makes_no_sense(cast: Any) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"role": "king"}, "role"),
        ({"role": Role.PROCESS_LEADER}, "organisation"),
        ({"role": Role.LINE_MANAGER, "organisation": cast.horby, "unit": cast.library}, "unit"),
        ({"role": Role.TRAINER, "ends_on": date(2018, 1, 1)}, "ends_on"),
    ]
    before = Grant.objects.count()
    for arguments, field in cases:
        with pytest.raises(RuleBroken) as broken:
            actions.grant_role(person=cast.bo, programme=cast.programme.uid, by=cast.amal, **arguments)
        assert broken.value.field == field
    assert Grant.objects.count() == before


def test_grant_role_twice_is_refused_and_ended_role_can_be_given_again(cast: Any) -> None:
    where = {"person": cast.bo, "role": Role.TRAINER, "programme": cast.programme.uid, "by": cast.amal}
    grant = actions.grant_role(**where)
    assert authority_of(cast.bo).has(Role.TRAINER, programme=cast.programme.uid)
    with pytest.raises(RuleBroken):
        actions.grant_role(**where)
    actions.end_grant(grant=grant, by=cast.amal)
    assert not authority_of(cast.bo).has(Role.TRAINER)
    with pytest.raises(RuleBroken):
        actions.end_grant(grant=grant, by=cast.amal)
    actions.grant_role(**where)
    assert authority_of(cast.bo).has(Role.TRAINER)


def test_name_role_holder_finds_the_person_by_address_or_adds_one(cast: Any) -> None:
    where = {"role": Role.PROCESS_LEADER, "programme": cast.programme.uid, "organisation": cast.kristianstad, "by": cast.amal}
    known = actions.name_role_holder(email="KIM.lund@example.org", given_name="Other", family_name="Name", **where)
    assert (known.person, known.person.identity.given_name) == (cast.kim, "Kim")
    new = actions.name_role_holder(email="vera@example.org", given_name="Vera", family_name="Ny", **where)
    assert new.person.identity.search_name == "vera ny"
    again = actions.name_role_holder(email="vera@example.org", given_name="", family_name="", **{**where, "role": Role.TRAINER})
    assert again.person == new.person
    actions.add_person(given_name="Kim", family_name="Lund", email="kim2@example.org", by=None)
    with pytest.raises(RuleBroken):
        actions.name_role_holder(email="nobody@example.org", given_name="", family_name="", **where)


def test_invite_person_mails_a_link_that_opens_one_account(cast: Any) -> None:
    first = actions.invite_person(person=cast.birgit, by=cast.paula)
    token = actions.invite_person(person=cast.birgit, by=cast.paula)
    assert links.find_link("invitation", first) is None, "an earlier link stops working"
    mail = SentMail.objects.order_by("-id").first()
    assert mail is not None
    assert (mail.to, mail.subject) == ("birgit.nystrom@example.org", "Min sida")
    assert token in mail.text
    assert not any(word in mail.text for word in ("Nyström", "LFI", "integration", "Hörby"))
    link = links.find_link("invitation", token)
    assert link is not None
    account = actions.accept_invitation(link=link, password="en lång och egen fras")
    assert account.check_password("en lång och egen fras")
    with pytest.raises(RuleBroken):
        actions.accept_invitation(link=link, password="en lång och egen fras")
    with pytest.raises(RuleBroken):
        actions.invite_person(person=cast.birgit, by=cast.paula)
    assert Account.objects.filter(person=cast.birgit).count() == 1


def test_accept_invitation_with_a_weak_password_leaves_the_link_good(cast: Any) -> None:
    token = actions.invite_person(person=cast.bo, by=cast.paula)
    link = links.find_link("invitation", token)
    assert link is not None
    for weak in ("short", "password1234", "bo.holm@example.org"):
        with pytest.raises(RuleBroken) as broken:
            actions.accept_invitation(link=link, password=weak)
        assert broken.value.field == "password"
    assert not Account.objects.filter(person=cast.bo).exists()
    assert actions.accept_invitation(link=link, password="en lång och egen fras").person == cast.bo


def test_invitation_expires_after_14_days(cast: Any) -> None:
    token = actions.invite_person(person=cast.bo, by=cast.paula)
    now = clock.now()
    with clock.at(now + timedelta(days=14, seconds=-1)):
        assert links.find_link("invitation", token)
    with clock.at(now + timedelta(days=14)):
        assert links.find_link("invitation", token) is None


def test_ask_invitation_again_mails_only_whoever_was_invited(cast: Any) -> None:
    actions.ask_invitation_again(email="bo.holm@example.org")
    assert SentMail.objects.count() == 0, "never invited"
    actions.invite_person(person=cast.bo, by=cast.paula)
    actions.ask_invitation_again(email="BO.holm@example.org ")
    assert SentMail.objects.count() == 2
    actions.open_account(person=cast.bo, password=None, by=None)
    actions.ask_invitation_again(email="bo.holm@example.org")
    assert SentMail.objects.count() == 2, "has an account by now"


def test_open_account_refuses_an_address_in_use(cast: Any) -> None:
    actions.open_account(person=cast.bo, password=None, by=None)
    twin = actions.add_person(given_name="Twin", family_name="Holm", email="Bo.Holm@example.org", by=None)
    with pytest.raises(RuleBroken) as broken:
        actions.open_account(person=twin, password=None, by=None)
    assert broken.value.field == "email"


def test_close_account_is_not_for_ones_own(cast: Any) -> None:
    account = actions.open_account(person=cast.paula, password=None, by=None)
    with pytest.raises(RuleBroken):
        actions.close_account(account=account, by=cast.paula)
    actions.close_account(account=account, by=cast.amal)
    assert not Account.objects.get(pk=account.pk).is_active
    actions.reopen_account(account=account, by=cast.amal)
    assert Account.objects.get(pk=account.pk).is_active
