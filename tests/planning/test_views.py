"""The screens of planning, as every role: what they show, what they do not, and that forbidden looks like absent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from handrail.kit.models import LongTask
from handrail.planning import actions
from handrail.planning.models import OrganisationalPlan, Pin, Plan
from tests.cast import make_cast
from tests.planning.world import World, ask, make_world, proposed
from tests.remembered import remembered

ClientOf = Callable[[Any], Client]
EVERYBODY = ("amal", "oskar", "paula", "lena", "birgit", "bo", "kim", "carlos", "elin", "stranger")
STEER = {"amal", "oskar", "paula"}
@pytest.fixture
def world(db: None) -> World:
    return remembered("planned", lambda: make_world(make_cast()))


def organisational(cast: Any) -> OrganisationalPlan:
    return actions.save_organisational_plan(
        programme=cast.programme, organisation=cast.horby, owner=cast.lena, aim="Kompetensen stannar", decided_on=date(2018, 3, 1),
        review_on=date(2019, 3, 1), measures=[{"action": "Handledning varje termin", "due_on": date(2018, 12, 1)}], by=cast.paula,
    )  # fmt: skip


def test_pages_hold_no_name_and_no_level_of_others(world: World, client_of: ClientOf) -> None:
    cast = world.cast
    plan = proposed(world)
    secret = [str(one.identity) for one in world.kristianstad] + ["Kim Lund"]
    client = client_of(cast.paula)
    for row in plan.sessions.select_related("session"):
        text = client.get(f"/plans/{plan.uid}/?session={row.session.uid}").content.decode()
        assert not [name for name in secret if name in text]
        assert not [str(one.uid) for one in world.kristianstad if str(one.uid) in text]
    page = client_of(cast.amal).get(f"/plans/{plan.uid}/?session={world.sessions['B1'].uid}").content.decode()
    assert "Birgit" not in page


def test_the_owner_asks_watches_and_adopts(world: World, client_of: ClientOf, run_later: Callable[[], int]) -> None:
    client = client_of(world.cast.amal)
    start = f"/programmes/{world.cast.programme.uid}/plans/"
    assert f"{start}ask/" in client.get(start).content.decode()
    sent = {"first": "2018-09-03", "last": "2018-09-28", "budget": "100 000", "hours": "16", "absence_share": "100", "travel": "on", "travel_cost": "150"}
    wrong = client.post(f"{start}ask/", sent | {"last": "2018-09-01"})
    assert wrong.status_code == 200
    assert "100 000" in wrong.content.decode(), "nothing typed is lost"
    assert wrong.content.decode().count('<span aria-hidden="true">kr</span>') == 2, "money says its currency: budget and journey"
    answer = client.post(f"{start}ask/", sent)
    plan = Plan.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/plans/{plan.uid}/")
    waits = client.get(f"/plans/{plan.uid}/").content.decode()
    assert 'http-equiv="refresh"' in waits
    assert f'hx-get="/plans/{plan.uid}/"' in waits
    LongTask.objects.filter(uid=plan.task).update(done=3, total=10)
    partial = client.get(f"/plans/{plan.uid}/", headers={"HX-Request": "true"}).content.decode()
    assert partial.lstrip().startswith("<div")
    assert f"/tasks/{plan.task}/stop/" in partial
    run_later()
    done = client.get(f"/plans/{plan.uid}/", headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"
    assert "Plan 1 är föreslagen" in client.get("/home/").content.decode()
    assert "inbjudningar" in client.get(f"/plans/{plan.uid}/adopt/").content.decode()
    assert client.post(f"/plans/{plan.uid}/adopt/").status_code == 302
    plan.refresh_from_db()
    assert plan.state == Plan.State.ADOPTED
    assert client.get(f"/plans/{plan.uid}/adopt/").status_code == 404
    assert "Plan 1 är antagen" in client.get(f"/plans/{plan.uid}/").content.decode()


def test_a_leader_decides_for_own_people_only(world: World, client_of: ClientOf) -> None:
    cast = world.cast
    plan = proposed(world)
    client, session = client_of(cast.paula), world.sessions["B1"]
    sent = {"kind": "forbid", "session": str(session.uid), "person": str(cast.birgit.uid), "reason": "Tjänstgör den dagen"}
    assert client.post(f"/plans/{plan.uid}/pin/", sent | {"person": str(world.kristianstad[0].uid)}).status_code == 404
    assert client.post(f"/plans/{plan.uid}/pin/", sent | {"person": "", "kind": "drop"}).status_code == 404
    assert client.post(f"/plans/{plan.uid}/pin/", sent | {"person": "nonsense"}).status_code == 404
    assert client.post(f"/plans/{plan.uid}/pin/", sent | {"reason": ""}).status_code == 200
    assert not Pin.objects.exists()
    assert client.post(f"/plans/{plan.uid}/pin/", sent).status_code == 302
    pin = Pin.objects.get()
    assert (pin.person, pin.set_by) == (cast.birgit, cast.paula)
    assert "Tjänstgör den dagen" in client.get(f"/programmes/{cast.programme.uid}/plans/").content.decode()
    assert "Tjänstgör den dagen" not in client_of(cast.oskar).get(f"/programmes/{cast.programme.uid}/plans/").content.decode()
    assert client.post(f"/pins/{pin.uid}/lift/").status_code == 302
    pin.refresh_from_db()
    assert pin.lifted_at is not None


def test_what_cannot_hold_together_is_said_in_words(world: World, client_of: ClientOf) -> None:
    cast = world.cast
    options: dict[str, Any] = {"programme": cast.programme, "reason": "Därför", "by": cast.amal}
    actions.pin(kind="hold", session=world.sessions["B1"], **options)
    plan = actions.compute(ask(world, budget=100))
    assert plan.state == Plan.State.FAILED
    page = client_of(cast.amal).get(f"/plans/{plan.uid}/").content.decode()
    assert "Låst: ”Modul B1, 4 sep” hålls." in page
    assert "Regel: budgeten hålls." in page


def test_a_person_is_told_what_the_plan_says(world: World) -> None:
    from handrail.planning import slots

    cast = world.cast
    plan = proposed(world)
    assert slots.person_plan(cast.paula, cast.birgit, cast.programme)[0].context["plan"] == plan
    assert slots.person_plan(cast.lena, cast.birgit, cast.programme) == [], "a proposal is not told to managers"
    assert slots.person_plan(cast.paula, cast.kim, cast.programme) == []
    actions.adopt_plan(plan=plan, by=cast.amal)
    for viewer in (cast.lena, cast.birgit):
        [panel] = slots.person_plan(viewer, cast.birgit, cast.programme)
        assert panel.context["lines"][0].is_seat
    assert slots.person_plan(cast.oskar, cast.birgit, cast.programme) == []


def test_home_and_stations_are_for_those_who_steer(cast: Any, client_of: ClientOf) -> None:
    from handrail.planning import slots

    for name in EVERYBODY:
        person = getattr(cast, name)
        assert bool(slots.stations(person, cast.programme)) is (name in STEER), name
        assert bool(slots.municipalities(person, cast.programme)) is (name in STEER), name
        assert slots.stations(person, None) == slots.proposal_waits(person, None) == slots.organisational_plan_waits(person, None) == []
    assert [str(one.title) for one in slots.organisational_plan_waits(cast.paula, cast.programme)] == ["Hörby saknar organisatorisk plan"]
    home = client_of(cast.amal).get("/home/").content.decode()
    assert "Ingen processledare är utsedd." in home


def test_an_organisational_plan_is_written_renewed_and_done(cast: Any, client_of: ClientOf) -> None:
    client = client_of(cast.paula)
    url = f"/programmes/{cast.programme.uid}/organisational-plans/{cast.horby.uid}/"
    sent = {
        "owner": str(cast.lena.uid), "aim": "Alla klarar samtal genom tolk.", "decided_on": "2018-04-02", "review_on": "2019-04-02",
        "action_0": "Handledning varje termin", "due_0": "2018-12-01", "action_1": "Ny på jobbet-paket", "due_1": "",
    }  # fmt: skip
    page = client.post(url, sent).content.decode()
    assert "Skriv när det ska vara klart." in page
    assert "Ny på jobbet-paket" in page, "nothing typed is lost"
    assert client.post(url, sent | {"due_1": "2019-01-15"}).status_code == 302
    first = OrganisationalPlan.objects.get()
    measure = first.measures.get(action="Handledning varje termin")
    assert client.post(f"/organisational-plans/{first.uid}/done/{measure.pk}/").status_code == 302
    assert client.post(url, sent | {"due_1": "2019-01-15", "aim": "Mer."}).status_code == 302
    second = OrganisationalPlan.objects.get(is_current=True)
    assert second.measures.get(action="Handledning varje termin").done_on == date(2018, 4, 18), "what is done stays done"
    assert second.measures.get(action="Ny på jobbet-paket").done_on is None
    for name in ("paula", "elin"):
        page = client_of(getattr(cast, name)).get(f"/organisational-plans/{second.uid}/").content.decode()
        assert "Lena Brandt" in page
    assert client.post(f"/organisational-plans/{first.uid}/done/{measure.pk}/").status_code == 404, "earlier versions stay"
