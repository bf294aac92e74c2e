"""Referrals: with consent only, seen as long as it holds, answered once, days waiting for both sides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from handrail.cases import actions, queries
from handrail.cases.models import Referral
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.people.actions import give_consent, withdraw_consent
from handrail.people.models import Consent, Identity
from tests.cases.world import World, met

ASKS = "En plats i språkcaféet"


def agreed(world: World, *fields: str, case: Any = None) -> Consent:
    """Selam agrees that Osby is told this."""
    return give_consent(
        person=(case or world.case).person, recipient_kind="organisation", recipient=world.cast.osby.uid, fields=fields or ("first_name", "languages"), purpose="referral",
        wording="2026-11/sv", language="sv", until=clock.today() + timedelta(days=30), by=world.kim,
    )  # fmt: skip


def referred(world: World, case: Any = None) -> Referral:
    """Kim asks Osby."""
    return actions.refer_case(case=case or world.case, receiver=world.cast.osby, asks=ASKS, by=world.kim)


def test_without_consent_nobody_is_referred(world: World) -> None:
    with pytest.raises(RuleBroken, match="has not agreed"):
        referred(world)
    withdraw_consent(consent=agreed(world), by=world.kim)
    with pytest.raises(RuleBroken, match="has not agreed"):
        referred(world)


def test_a_referral_goes_where_somebody_receives_it_and_once(world: World) -> None:
    assert list(queries.organisations_receiving(world.case)) == [world.cast.osby]
    agreed(world)
    with pytest.raises(RuleBroken, match="Nobody in that organisation"):
        actions.refer_case(case=world.case, receiver=world.cast.kristianstad, asks=ASKS, by=world.kim)
    referred(world)
    with pytest.raises(RuleBroken, match="already"):
        referred(world)


def test_both_sides_see_the_answer_and_the_days(world: World) -> None:
    agreed(world)
    one = referred(world)
    with clock.at(clock.now() + timedelta(days=4)):
        assert [queries.waited(row) for row in queries.referrals_waiting(world.ove)] == [4]
        assert [row.days for row in queries.referrals_of(world.case)] == [4]
        actions.accept_referral(referral=one, by=world.ove)
        with pytest.raises(RuleBroken, match="does not wait"):
            actions.decline_referral(referral=one, reason="Fullt", by=world.olle)
    with clock.at(clock.now() + timedelta(days=9)):
        assert [row.days for row in queries.referrals_of(world.case)] == [4], "the wait ended with the answer"
        assert actions.finish_referral(referral=one, by=world.olle).state == "done"
        with pytest.raises(RuleBroken):
            actions.take_back_referral(referral=one, by=world.kim)


def test_no_needs_a_reason_that_the_sender_reads(world: World) -> None:
    agreed(world)
    one = referred(world)
    with pytest.raises(RuleBroken) as fault:
        actions.decline_referral(referral=one, reason=" ", by=world.ove)
    assert fault.value.field == "reason"
    actions.decline_referral(referral=one, reason="Fullt till juni", by=world.ove)
    assert [(row.referral.reason, row.referral.get_state_display()) for row in queries.referrals_of(world.case)] == [("Fullt till juni", "Declined")]
    assert referred(world).state == "asked", "and may be asked again"


@pytest.mark.parametrize(("fields", "seen", "unseen"), [
    (("first_name",), ["Selam"], ["Tesfay", "Tigrinya", "selam@example.org", "Lagar mat"]), (("languages",), ["Tigrinya"], ["Selam", "selam@example.org"]),
    (("contact",), ["selam@example.org"], ["Tesfay", "Tigrinya"]), (("availability",), ["22"], ["Selam", "Tigrinya"]),
    (("adaptations",), [], ["Selam", "Tigrinya", "selam@example.org"]),
])  # fmt: skip
def test_the_receiver_reads_what_the_consent_says_and_no_more(world: World, as_: Any, fields: tuple[str, ...], seen: list[str], unseen: list[str]) -> None:
    facts = {"strengths": "Lagar mat för många", "wishes": "", "experience": "", "hours_wanted": 22, "travel_minutes": None, "interpreter": ""}
    actions.change_case(case=world.case, by=world.kim, **facts)
    agreed(world, *fields)
    html = as_(world.ove).get(reverse("cases:referral", args=[referred(world).uid]), headers={"accept-language": "en"}).content.decode()
    assert ASKS in html
    assert [word for word in seen if word not in html] == []
    assert [word for word in [*unseen, world.case.number, str(world.case.uid), str(world.case.person.uid)] if word in html] == []


def test_a_protected_name_is_told_to_nobody(world: World, as_: Any) -> None:
    case = met(world, "Amina", is_protected=True, email="amina@example.org")
    agreed(world, "first_name", "contact", case=case)
    html = as_(world.ove).get(reverse("cases:referral", args=[referred(world, case).uid])).content.decode()
    assert "Amina" not in html and "amina@" not in html
    assert Identity.objects.get(person=case.person).is_protected


def test_a_consent_that_is_taken_back_ends_the_view_on_the_next_request(world: World, as_: Any) -> None:
    consent, ove, kim = agreed(world), as_(world.ove), as_(world.kim)
    one = referred(world)
    pages = [reverse("cases:referral", args=[one.uid]), reverse("cases:referral_decline", args=[one.uid])]
    assert [ove.get(url).status_code for url in pages] == [200, 200]
    withdraw_consent(consent=consent, by=world.kim)
    assert [ove.get(url).status_code for url in pages] == [404, 404]
    assert ove.post(reverse("cases:referral_accept", args=[one.uid])).status_code == 404
    assert ASKS not in ove.get(reverse("cases:referral_list", args=[world.cast.programme.uid])).content.decode()
    assert ASKS not in ove.get(reverse("cases:day", args=[world.cast.programme.uid])).content.decode()
    assert kim.get(pages[0]).status_code == 200, "the own side still sees that it asked"
    agreed(world)
    assert ove.get(pages[0]).status_code == 200
    with clock.at(clock.now() + timedelta(days=31)):
        assert ove.get(pages[0]).status_code in (302, 404)


def test_the_pages_act(world: World, as_: Any) -> None:
    agreed(world)
    kim, ove = as_(world.kim), as_(world.ove)
    assert kim.post(reverse("cases:case_refer", args=[world.case.uid]), {"receiver": str(world.cast.osby.uid), "asks": ASKS}).status_code == 302
    one = Referral.objects.get()
    assert "Osby" in kim.get(reverse("cases:case_detail", args=[world.case.uid])).content.decode()
    assert "A referral from Hörby" in ove.get("/home/", headers={"accept-language": "en"}).content.decode()
    assert kim.post(reverse("cases:referral_accept", args=[one.uid])).status_code == 404, "the sender does not answer"
    assert ove.post(reverse("cases:referral_take_back", args=[one.uid])).status_code == 404, "the receiver does not take back"
    assert ove.post(reverse("cases:referral_accept", args=[one.uid])).status_code == 302
    assert ove.post(reverse("cases:referral_finish", args=[one.uid])).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.answered_by) == ("done", world.ove)
