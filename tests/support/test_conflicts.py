"""Whoever must not see a case finds nothing of it at its company, in its placement, or in the questions about it; the figures stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from handrail.cases.actions import note_conflict
from handrail.people.models import Person
from handrail.placements.models import Placement
from handrail.support import actions
from tests.support.world import World


def test_a_consultant_who_is_kept_away_sees_the_company_without_the_person(world: World, client_of: Callable[[Any], Any]) -> None:
    def client() -> Any:
        return client_of(Person.objects.get(pk=world.dorte.pk))

    question = actions.ask_question(company=world.bakery, contact=world.baker, text="ZQFRAGA om dagen", placement=world.at_bakery)
    other = actions.ask_question(company=world.bakery, contact=world.baker, text="ZQALLMAN fråga")
    company = reverse("placements:company_detail", args=[world.bakery.uid])
    addresses = [reverse("placements:placement_detail", args=[world.at_bakery.uid]), reverse("support:question", args=[question.uid])]
    before = [client().get(one).status_code for one in addresses]
    assert before == [200, 200]
    assert str(world.at_bakery.uid) in client().get(company).content.decode()
    list_of, history = reverse("support:question_list", args=[world.programme.uid]), reverse("support:company_history", args=[world.bakery.uid])
    note_conflict(case=world.amina, person=world.dorte, tie="neighbour", by=world.klaus)
    assert [client().get(one).status_code for one in addresses] == [404, 404]
    shown = client().get(company).content.decode()
    assert str(world.at_bakery.uid) not in shown
    assert str(question.uid) not in shown
    for page in (client().get(list_of).content.decode(), client().get(history).content.decode(), client().get("/home/").content.decode()):
        assert str(question.uid) not in page
        assert "ZQFRAGA" not in page
    assert str(other.uid) in client().get(list_of).content.decode()
    asking = client().get(reverse("support:question_ask", args=[world.bakery.uid])).content.decode()
    assert str(world.at_bakery.uid) not in asking
    assert str(world.at_bakery.uid) in client_of(Person.objects.get(pk=world.else_.pk)).get(company).content.decode(), "her colleague sees it"
    assert Placement.objects.filter(position__company=world.bakery).count() >= 1
