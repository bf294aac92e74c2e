"""Looking after other people's way in: who may invite, close and open whom, and that forbidden looks like absent (A1, A3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from handrail.people import actions
from handrail.people.models import Account, Role
from handrail.people.rules.roles import roles_to_give

ClientOf = Callable[[Any], Client]
EVERYBODY = ("amal", "oskar", "paula", "lena", "birgit", "bo", "kim", "carlos", "elin", "stranger")
# The hand-written table: by whom (rows) who (columns) may be invited. Staff by their own process leader, role holders by the coordinator.
INVITED_BY = {
    "amal": {"oskar", "paula", "carlos", "elin"},
    "oskar": {"amal"},
    "paula": {"lena", "birgit", "bo"},
}
# Closing reaches no further than the roles one could give oneself: Osby's process leader cannot shut out the coordinator.
CLOSED_BY = {**INVITED_BY, "oskar": set()}


@pytest.mark.parametrize(("act", "table"), [("invite", INVITED_BY), ("account/close", CLOSED_BY), ("account/open", CLOSED_BY)])
def test_way_in_is_looked_after_by_exactly_these(cast: Any, client_of: ClientOf, act: str, table: dict[str, set[str]]) -> None:
    accounts = {name: client_of(getattr(cast, name)) for name in EVERYBODY}
    found: dict[str, set[str]] = {}
    for actor, client in accounts.items():
        nowhere = f"/people/{uuid4()}/{act}/"
        absent = [(one.status_code, one.content) for one in (client.get(nowhere), client.post(nowhere))]
        for target in EVERYBODY:
            url = f"/people/{getattr(cast, target).uid}/{act}/"
            answer = client.get(url)
            assert answer.status_code in (302, 404)
            if answer.status_code == 302:
                found.setdefault(actor, set()).add(target)
            else:
                assert [(one.status_code, one.content) for one in (answer, client.post(url))] == absent
    assert found == {actor: targets for actor, targets in table.items() if targets}
    assert Account.objects.filter(is_active=True).count() == len(EVERYBODY), "looking changes nothing, being refused neither"


def test_process_leader_invites_and_closes_own_staff(cast: Any, client_of: ClientOf) -> None:
    paula = client_of(cast.paula)
    assert paula.post(f"/people/{cast.birgit.uid}/invite/", {"next": "/security/"})["Location"] == "/security/"
    from handrail.kit.models import SentMail

    assert SentMail.objects.get().to == "birgit.nystrom@example.org"
    birgit = client_of(cast.birgit)
    assert birgit.get("/security/").status_code == 200
    paula.post(f"/people/{cast.birgit.uid}/account/close/")
    assert birgit.get("/security/").status_code == 302
    again = Client()
    answer = again.post("/sign-in/", {"login": "birgit.nystrom@example.org", "password": "correct horse battery"})
    assert again.get("/security/").status_code == 302, answer.content
    paula.post(f"/people/{cast.birgit.uid}/account/open/")
    assert Account.objects.get(person=cast.birgit).is_active


def test_process_leader_cannot_close_out_staff_who_hold_a_role_beyond_own_scope(cast: Any, client_of: ClientOf) -> None:
    client_of(cast.birgit)
    actions.grant_role(person=cast.birgit, role=Role.AUDITOR, programme=cast.programme.uid, by=cast.amal)
    assert client_of(cast.paula).post(f"/people/{cast.birgit.uid}/account/close/").status_code == 404
    assert client_of(cast.amal).post(f"/people/{cast.birgit.uid}/account/close/").status_code == 302
    assert not Account.objects.get(person=cast.birgit).is_active


def test_back_address_of_another_site_is_not_followed(cast: Any, client_of: ClientOf) -> None:
    answer = client_of(cast.paula).post(f"/people/{cast.bo.uid}/invite/", {"next": "https://evil.example/"})
    assert answer["Location"] == "/home/"


class Held:
    """A role as the rule sees it."""

    def __init__(self, role: str, programme: Any = None, organisation_id: int | None = None) -> None:
        self.role, self.programme, self.organisation_id = role, programme, organisation_id


def test_roles_to_give_never_reach_beyond_ones_own_scope() -> None:
    one, other = uuid4(), uuid4()
    placing = {"caseworker", "company_consultant", "mentor"}
    owner_gives = {"coordinator", "process_leader", "line_manager", "trainer", "auditor", "place_coordinator", "researcher", *placing}
    cases = [
        (Held("coordinator", one), one, 1, owner_gives),
        (Held("coordinator", one), one, None, owner_gives),
        (Held("place_coordinator", one, 1), one, 1, placing),
        (Held("place_coordinator", one, 1), one, 2, set()),
        (Held("caseworker", one, 1), one, 1, set()),
        (Held("coordinator", one), other, 1, set()),
        (Held("coordinator", one), None, 1, set()),
        (Held("process_leader", one, 1), one, 1, {"line_manager", "trainer"}),
        (Held("process_leader", one, 1), one, 2, set()),
        (Held("process_leader", one, 1), one, None, set()),
        (Held("process_leader", one, 1), other, 1, set()),
        (Held("process_leader", one), one, 1, set()),
        (Held("administrator"), one, 1, {"coordinator"}),
        (Held("line_manager", one, 1), one, 1, set()),
        (Held("trainer", one), one, None, set()),
        (Held("auditor", one), one, None, set()),
    ]
    for held, programme, organisation_id, expected in cases:
        assert roles_to_give([held], programme=programme, organisation_id=organisation_id) == expected
    assert roles_to_give([], programme=one, organisation_id=1) == frozenset()
