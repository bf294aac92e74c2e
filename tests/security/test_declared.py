"""A5: an address without a guard stops the start, one without a line in the table fails here; and every planted fault is noticed."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import get_resolver

from handrail.kit.checks import every_route_is_guarded, is_foreign, routes
from tests.security.doors import Visitors, disagreements, doors_of, faults, own_routes, stored
from tests.security.table import TABLE, Line
from tests.security.world import World

pytestmark = pytest.mark.django_db
# The library's addresses: what a visitor and somebody signed in get for GET and POST. A redirect of a visitor leads to the sign-in.
FOREIGN = {
    "account_login": (200, 200, 302, 302), "account_logout": (302, 302, 200, 302), "account_inactive": (200, 405, 200, 405),
    "account_reauthenticate": (302, 302, 200, 200), "account_change_password": (302, 302, 200, 200), "account_reset_password": (200, 200, 200, 200),
    "account_reset_password_done": (200, 405, 200, 405), "account_reset_password_from_key": (200, 200, 200, 200),
    "account_reset_password_from_key_done": (200, 405, 200, 405), "mfa_index": (302, 302, 302, 302), "mfa_authenticate": (302, 302, 302, 302),
    "mfa_reauthenticate": (302, 302, 302, 302), "mfa_activate_totp": (302, 302, 302, 302), "mfa_deactivate_totp": (302, 302, 404, 404),
    "mfa_view_recovery_codes": (302, 302, 404, 405), "mfa_generate_recovery_codes": (302, 302, 302, 302),
    "mfa_download_recovery_codes": (302, 302, 404, 404), "account_signup": (404, 404, 404, 404), "account_email": (404, 404, 404, 404),
    "mfa_login_webauthn": (302, 302, 302, 302), "mfa_list_webauthn": (302, 302, 302, 302), "mfa_add_webauthn": (302, 302, 302, 302),
    "mfa_reauthenticate_webauthn": (302, 302, 302, 302), "mfa_edit_webauthn": (302, 302, 302, 302), "mfa_remove_webauthn": (302, 302, 302, 302),
    "account_set_password": (404, 404, 404, 404), "account_email_verification_sent": (404, 404, 404, 404),
}  # fmt: skip


def undeclared(table: dict[str, Any]) -> set[str]:
    """Our addresses without a line, and lines without an address."""
    return set(own_routes()) ^ set(table)


def test_every_address_of_ours_has_a_line() -> None:
    assert not undeclared(TABLE)


def test_an_address_without_a_line_is_noticed() -> None:
    assert undeclared({name: line for name, line in TABLE.items() if name != "evidence:certificate"}) == {"evidence:certificate"}


def test_every_view_of_ours_has_a_guard() -> None:
    assert every_route_is_guarded(None) == []


def test_a_view_without_a_guard_stops_the_start(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.security.unguarded"
    assert [one.id for one in every_route_is_guarded(None)] == ["kit.E001"]
    with pytest.raises(SystemCheckError, match="everything/"):
        call_command("check")


@pytest.mark.parametrize("name", [name for name, line in TABLE.items() if isinstance(line, Line) and line.get == "local"])
def test_what_is_for_local_mode_is_absent_elsewhere(world: World, visitors: Visitors, settings: Any, name: str) -> None:
    settings.LOCAL_MODE = False
    for door in doors_of(name, TABLE[name]):
        for session in ("visitor", "owner", "administrator"):
            for method in ("GET", "POST"):
                assert visitors.ask(session, method, door.url(world)).plain == visitors.nothing(session)


def test_foreign_addresses_are_the_listed_ones() -> None:
    assert {pattern.name for route, pattern in routes() if is_foreign(route)} == set(FOREIGN)
    assert len(settings.FOREIGN_ROUTES) == 2, "each library's addresses are a decision"


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_addresses_answer_as_listed(world: World, visitors: Visitors, name: str) -> None:
    visitors = Visitors(world, only=("visitor", "person Osby"))  # one of these addresses signs out
    url = "/" + next(route for route, pattern in routes(get_resolver()) if pattern.name == name and is_foreign(route)).lstrip("^").replace("<int:pk>", "1")
    if "from_key" in name and "done" not in name:
        url = "/account/password/reset/key/1-nonsense/"
    got = tuple(visitors.ask(who, method, url).status for who in ("visitor", "person Osby") for method in ("GET", "POST"))
    assert got == FOREIGN[name]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("evidence:certificate", "stranger may not: got 200"), ("evidence:person_hours", "got 403"), ("people:staff", "it wrote"),
        ("competences:levels", "got 500"), ("programmes:about", "owner may:  and it tells what person Osby wrote"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_noticed(world: World, visitors: Visitors, settings: Any, name: str, words: str) -> None:
    settings.ROOT_URLCONF = "tests.security.planted"
    found = faults(world, visitors, name, TABLE[name])
    assert any(words in one for one in found), found


def test_a_guard_that_finds_everything_is_noticed(world: World, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.security.planted"
    found = disagreements(world, "evidence:certificate", TABLE["evidence:certificate"])
    assert any("stranger: the guard opens" in one for one in found)


def test_a_line_that_forbids_what_is_open_is_noticed(world: World, visitors: Visitors) -> None:
    line = Line("participation", "nobody")
    assert any("auditor may not: got 200" in one for one in faults(world, visitors, "evidence:person_hours", line))
    assert any("auditor: the guard opens" in one for one in disagreements(world, "evidence:person_hours", line))


def test_a_single_changed_field_is_noticed(world: World) -> None:
    before = stored()
    seat = world.places["osby"]["seat"]
    type(seat).objects.filter(pk=seat.pk).update(told_step=99)
    assert stored() != before
