"""Somebody who must not see a case finds nothing of it in any app; and who looked at a person's page is on record (security.md T2)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from handrail.cases import actions, queries
from handrail.cases.access import coordinates, is_own
from handrail.cases.models import Case, Conflict, Look, Referral
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry
from handrail.people import actions as people
from handrail.people.models import Person, Role
from tests.cases.test_referrals import agreed, referred
from tests.cases.world import World, met
from tests.cast import START


def kept(world: World, person: Person, *, case: Case | None = None, tie: str = "neighbour") -> Conflict:
    """Kim keeps somebody away."""
    found = actions.note_conflict(case=case or world.case, person=person, tie=tie, by=world.kim)
    world.case = Case.objects.select_related("programme", "organisation", "person", "caseworker").get(pk=world.case.pk)
    return found


def fresh(case: Case) -> Case:
    return Case.objects.select_related("programme", "organisation", "person", "caseworker").get(pk=case.pk)


def test_a_coordinator_who_is_kept_away_finds_no_trace(world: World, as_: Callable[..., Any]) -> None:
    met(world, "Amina", family_name="Ali")
    note = actions.seal_note(case=world.case, kind="health", text="x", by=world.kim)
    need = actions.note_need(case=world.case, domain="work", text="Ett kök", by=world.kim)
    step = actions.plan_step(need=need, title="Ringa köket", due_on=clock.today(), by=world.kim)
    client, programme = as_(world.pia), world.cast.programme
    addresses = [
        *(reverse(f"cases:{name}", args=[world.case.uid]) for name in ("case_detail", "case_give", "openings", "glass_break", "consents", "conflicts", "looks")),
        *(reverse(f"mentoring:{name}", args=[world.case.uid]) for name in ("mentor_match", "card")), reverse("placements:placement_agree", args=[world.case.uid]),
    ]  # fmt: skip
    before = [client.get(one).status_code for one in addresses]
    assert 404 not in before, list(zip(addresses, before, strict=True))
    kept(world, world.pia)
    assert [client.get(one).status_code for one in addresses] == [404] * len(addresses)
    assert client.post(reverse("cases:glass_break", args=[world.case.uid]), {"reason": "Personen är inlagd"}).status_code == 404
    shown = [client.get(reverse("cases:case_list", args=[programme.uid]), ask).content.decode() for ask in ({}, {"q": "Selam"}, {"state": "open"})]
    shown += [client.get(reverse("cases:day", args=[programme.uid])).content.decode(), client.get("/search/", {"q": "Selam"}).content.decode(), client.get("/home/").content.decode()]
    shown += [client.get(reverse("placements:funnel_people", args=[programme.uid, "started"])).content.decode()]
    assert all(str(world.case.uid) not in text and "Tesfay" not in text and world.case.number not in text for text in shown)
    assert "Amina" in shown[0]
    person = Person.objects.get(pk=world.pia.pk)
    assert not queries.notes_visible_to(person).filter(pk=note.pk).exists()
    assert not queries.steps_visible_to(person).filter(pk=step.pk).exists()
    assert not coordinates(person, fresh(world.case))
    assert as_(world.petra).get(addresses[0]).status_code == 200, "another coordinator still sees it"
    assert as_(world.kim).get(addresses[0]).status_code == 200


def test_the_own_caseworker_who_is_kept_away_has_the_case_no_longer(world: World, as_: Callable[..., Any]) -> None:
    actions.note_conflict(case=world.case, person=world.kim, tie="partner", by=world.pia)
    case, kim = fresh(world.case), Person.objects.get(pk=world.kim.pk)
    assert case.caseworker is None
    assert not is_own(kim, case)
    assert as_(world.kim).get(reverse("cases:case_detail", args=[case.uid])).status_code == 404
    assert not queries.caseworkers_to_choose(case).filter(pk=kim.pk).exists()
    with pytest.raises(RuleBroken, match="caseworkers"):
        actions.give_case(case=case, caseworker=kim, by=world.pia)
    assert actions.give_case(case=case, caseworker=world.kaja, by=world.pia).caseworker == world.kaja


def test_whoever_is_kept_away_is_not_told_of_emergencies_and_cannot_break_the_glass(world: World) -> None:
    actions.seal_note(case=world.case, kind="health", text="x", by=world.kim)
    assert "petra@example.org" in {one[0] for one in queries.told_about(world.case, world.pia)}
    kept(world, world.petra)
    assert "petra@example.org" not in {one[0] for one in queries.told_about(world.case, world.pia)}
    with pytest.raises(RuleBroken, match="not yours"):
        actions.break_glass(case=world.case, reason="Personen är inlagd på sjukhus", by=world.petra)


def test_a_referral_is_not_shown_to_whoever_is_kept_away_at_the_receiver(world: World, as_: Callable[..., Any]) -> None:
    agreed(world)
    referral: Referral = referred(world)
    url = reverse("cases:referral", args=[referral.uid])
    assert as_(world.ove).get(url).status_code == 200
    kept(world, world.ove)
    assert as_(world.ove).get(url).status_code == 404
    assert as_(world.olle).get(url).status_code == 200


def test_it_can_be_lifted_and_is_told_to_nobody(world: World, as_: Callable[..., Any]) -> None:
    found, url = kept(world, world.pia), reverse("cases:case_detail", args=[world.case.uid])
    assert as_(world.pia).post(reverse("cases:conflict_lift", args=[found.uid])).status_code == 404
    page = as_(world.kim).get(url).content.decode()
    assert world.pia.called in page
    assert as_(world.kim).post(reverse("cases:conflict_lift", args=[found.uid])).status_code == 302
    assert as_(world.pia).get(url).status_code == 200
    assert actions.lift_conflict(conflict=found, by=world.kim).lifted_at
    assert JournalEntry.objects.filter(name="ConflictLifted").count() == 1


def test_somebody_is_always_left_to_take_it_back(world: World) -> None:
    kept(world, world.pia)
    with pytest.raises(RuleBroken, match="Nobody would be left"):
        kept(world, world.petra)
    with pytest.raises(RuleBroken, match="list"):
        kept(world, world.pia)
    with pytest.raises(RuleBroken, match="why"):
        kept(world, world.consultant, tie="feud")
    with pytest.raises(RuleBroken, match="list"):
        kept(world, world.cast.stranger)


def test_a_coordinator_keeps_oneself_away_by_the_page(world: World, as_: Callable[..., Any]) -> None:
    answer = as_(world.pia).post(reverse("cases:conflicts", args=[world.case.uid]), {"person": str(world.pia.uid), "tie": "relative"})
    assert answer["Location"] == reverse("cases:case_list", args=[world.cast.programme.uid])
    assert as_(world.pia).get(reverse("cases:case_detail", args=[world.case.uid])).status_code == 404
    shown = as_(world.kim).get(reverse("cases:conflicts", args=[world.case.uid])).content.decode()
    assert world.pia.called in shown


@pytest.mark.parametrize("who", ["stranger", "kaja", "olle", "ove", "mentor", "consultant"])
def test_nobody_else_keeps_away_or_sees_who_looked(world: World, as_: Callable[..., Any], who: str) -> None:
    found, person = kept(world, world.petra), world.everybody[who]
    for name, uid in (("conflicts", world.case.uid), ("looks", world.case.uid), ("conflict_lift", found.uid)):
        assert as_(person).get(reverse(f"cases:{name}", args=[uid])).status_code == 404
        assert as_(person).post(reverse(f"cases:{name}", args=[uid]), {"person": str(person.uid), "tie": "other"}).status_code == 404


# --- who looked


def test_looks_are_counted_once_a_day_and_person(world: World, as_: Callable[..., Any]) -> None:
    url = reverse("cases:case_detail", args=[world.case.uid])
    for person, times in ((world.kim, 3), (world.pia, 2)):
        for _time in range(times):
            as_(person).get(url)
    assert dict(Look.objects.values_list("person", "count")) == {world.kim.pk: 3, world.pia.pk: 2}
    assert dict(Look.objects.values_list("person", "without_task")) == {world.kim.pk: 0, world.pia.pk: 2}
    assert sorted(JournalEntry.objects.filter(name="CaseLookedAt").values_list("data__has_task", flat=True)) == [False, True]
    as_(world.ove).get(url)
    assert Look.objects.count() == 2, "who sees nothing has not looked"
    page = as_(world.kim).get(reverse("cases:looks", args=[world.case.uid])).content.decode()
    assert world.pia.called in page
    assert "utan uppgift" in page or "without a task" in page


def test_a_coordinator_has_a_task_where_nobody_accompanies(world: World, as_: Callable[..., Any]) -> None:
    case = actions.open_case(programme=world.cast.programme, organisation=world.cast.horby, given_name="Fri", by=world.pia)
    as_(world.pia).get(reverse("cases:case_detail", args=[case.uid]))
    assert Look.objects.get(case=case).without_task == 0


def test_a_page_is_shown_where_nothing_can_be_written(world: World, as_: Callable[..., Any], caplog: pytest.LogCaptureFixture) -> None:
    """A database that takes no writes: the page comes, and the log says that a look is missing."""
    client, url = as_(world.kim), reverse("cases:case_detail", args=[world.case.uid])
    client.get(url)

    def refuses(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            from django.db import OperationalError

            raise OperationalError("attempt to write a readonly database")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuses), caplog.at_level(logging.WARNING, "handrail.cases"):
        assert client.get(url).status_code == 200
    assert Look.objects.get().count == 1
    assert "not on record" in caplog.text


def test_looks_cost_the_same_however_many_there_are(world: World, as_: Callable[..., Any], queries_of: Callable[[Callable[[], Any]], int]) -> None:
    client, url, looks = as_(world.kim), reverse("cases:case_detail", args=[world.case.uid]), reverse("cases:looks", args=[world.case.uid])
    client.get(url)
    few = [queries_of(lambda: client.get(url)), queries_of(lambda: client.get(looks))]
    for person in (world.pia, world.petra, world.kaja):
        Look.objects.create(case=world.case, person=person, day=clock.today(), count=1, last_at=clock.now())
    assert [queries_of(lambda: client.get(url)), queries_of(lambda: client.get(looks))] == few


def test_erasing_forgets_who_looked_and_who_was_kept_away(world: World, as_: Callable[..., Any]) -> None:
    kept(world, world.petra)
    as_(world.kim).get(reverse("cases:case_detail", args=[world.case.uid]))
    actions.forget_in_cases(person=world.case.person)
    assert (Look.objects.count(), Conflict.objects.count()) == (0, 0)


def test_a_new_coordinator_is_kept_away_by_name_not_by_role(world: World) -> None:
    kept(world, world.pia)
    people.grant_role(person=world.pia, role=Role.CASEWORKER, programme=world.cast.programme.uid, organisation=world.cast.horby, starts_on=START, by=None)
    assert not queries.cases_visible_to(Person.objects.get(pk=world.pia.pk)).filter(pk=world.case.pk).exists()
