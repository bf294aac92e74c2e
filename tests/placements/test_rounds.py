"""Rounds of matching: who takes part, what is kept, a no that holds, a decision by a named person; nothing half, nothing doubled."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.urls import reverse

from handrail.cases import actions as cases
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.models import JournalEntry, LongTask
from handrail.mentoring.models import Mentor
from handrail.people import actions as people
from handrail.people.actions import withdraw_consent
from handrail.people.models import Consent, Role
from handrail.placements import actions as placements
from handrail.placements.actions import matching as actions
from handrail.placements.actions.forgetting import forget_in_matching
from handrail.placements.models import Choice, Listed, Placement, Position, Refusal, Round, Seeking, Shortlist
from handrail.placements.models import matching as stored
from handrail.placements.queries import matching as queries
from handrail.placements.rules import parts_shown
from handrail.placements.tasks import propose_round
from tests.placements.made import Kolding
from tests.placements.rounds import WHY, agree, kitchen, market, person, ready, round_of, the_round
from tests.placements.test_matching_rules import FORBIDDEN

Made = tuple[Kolding, Position, Round]


@pytest.fixture
def made(db: None) -> Made:
    """Kolding, the kitchen's place, and a round for which best total was chosen."""
    return the_round()


def decided(kolding: Kolding, listed: Listed, **more: Any) -> Placement:
    facts = {"starts_on": clock.today(), "ends_on": clock.today() + timedelta(weeks=13, days=-1), "hours": 25, "why": WHY, "by": kolding.mette}
    return actions.decide_on(listed=listed, **{**facts, **more})


def proposed(found: Round, case: Any) -> Listed | None:
    return Listed.objects.filter(shortlist__round=found, shortlist__way=found.way or "best_total", shortlist__case=case, is_proposed=True).first()


def test_whoever_has_not_agreed_or_not_said_is_kept_out_with_the_first_reason(kolding: Kolding) -> None:
    part = queries.taking_part(kolding.programme, kolding.kommune)
    assert [code for _case, code in part.out] == ["consent", "consent"]
    agree(kolding, kolding.dawit)
    actions.say_wishes(case=kolding.selam, area="Kolding", by=kolding.rasmus)
    agree(kolding, kolding.selam)
    assert [code for _case, code in queries.taking_part(kolding.programme, kolding.kommune).out] == ["area", "hours"]
    ready(kolding, kolding.dawit)
    part = queries.taking_part(kolding.programme, kolding.kommune)
    assert part.cases == [kolding.dawit] and [code for _case, code in part.out] == ["hours"]


def test_a_consent_without_hours_is_not_enough(kolding: Kolding) -> None:
    ready(kolding, kolding.dawit)
    agree(kolding, kolding.dawit, fields=["languages"])
    assert queries.taking_part(kolding.programme, kolding.kommune).cases == []


def test_a_round_keeps_both_ways_with_places_mentors_and_sentences(kolding: Kolding) -> None:
    place = market(kolding)
    found = round_of(kolding, way="")
    assert found.state == Round.State.PROPOSED and found.way == ""
    assert {one.way for one in queries.figures_of_round(found)} == {"best_total", "stable"}
    assert found.facts["people"] == 2 and found.facts["best_total"]["placed"] == 2
    assert Shortlist.objects.filter(round=found).count() == 4
    first = proposed(found, kolding.dawit)
    assert first is not None and first.position == place and first.shortlist.mentor is not None
    assert next(key for key, _facts in first.for_person) == "wish" and first.why[0][0].startswith("proposed")
    assert LongTask.objects.get(uid=found.task).state == LongTask.State.DONE


def test_every_part_of_the_points_can_be_worked_out_again_from_what_is_kept(made: Made) -> None:
    _kolding, _place, found = made
    for one in Listed.objects.filter(shortlist__round=found):
        shown = parts_shown(one.worked, (one.wish, one.need, one.growth, one.travel, one.waiting), found.weights)
        for part in shown:
            weight, rest = part.sum.replace(",", "").split(" × ")
            share, whole = rest.split(" / ")
            assert int(weight) * int(share) // int(whole) == part.points
        assert one.points == sum(part.points for part in shown)


def test_no_kept_row_has_a_field_of_who_somebody_is() -> None:
    kept = [one for one in vars(stored).values() if isinstance(one, type) and issubclass(one, models.Model) and one.__module__ == stored.__name__]
    fields = [field.name for model in kept for field in model._meta.get_fields()]
    assert len(kept) == 10
    assert [name for name in fields for word in FORBIDDEN if word in name.replace("languages", "").replace("language", "").replace("again_because", "")] == []


def test_a_way_is_chosen_openly_with_a_reason_and_stays_on_record(kolding: Kolding) -> None:
    market(kolding)
    found = round_of(kolding, way="")
    assert queries.shortlist_now(kolding.dawit) is None, "nobody is shown anything before a way is chosen"
    with pytest.raises(RuleBroken, match="few words"):
        actions.choose_way(found=found, way="stable", reason="ja", by=kolding.coordinator)
    with pytest.raises(RuleBroken, match="one of the ways"):
        actions.choose_way(found=found, way="greedy", reason=WHY, by=kolding.coordinator)
    actions.choose_way(found=found, way="best_total", reason=WHY, by=kolding.coordinator)
    actions.choose_way(found=found, way="stable", reason="Nogen vil hellere bytte", by=kolding.coordinator)
    assert [one.way for one in found.choices.all()] == ["stable", "best_total"]
    now = queries.shortlist_now(kolding.dawit)
    assert now is not None and now.way == "stable"


def test_a_second_coordinator_is_told_of_the_round_that_runs(kolding: Kolding) -> None:
    market(kolding)
    actions.ask_round(programme=kolding.programme, organisation=kolding.kommune, by=kolding.coordinator)
    with pytest.raises(RuleBroken, match="Karen Holm has just asked"):
        actions.ask_round(programme=kolding.programme, organisation=kolding.kommune, by=kolding.owner)
    assert Round.objects.count() == 1


def test_nobody_to_propose_and_no_place_are_said_before_anything_runs(kolding: Kolding) -> None:
    with pytest.raises(RuleBroken, match="Nobody can take part"):
        actions.ask_round(programme=kolding.programme, organisation=kolding.kommune, by=kolding.coordinator)
    ready(kolding, kolding.dawit)
    placements.close_position(position=kolding.position, by=kolding.lars)
    with pytest.raises(RuleBroken, match="No place is open"):
        actions.ask_round(programme=kolding.programme, organisation=kolding.kommune, by=kolding.coordinator)


def test_a_task_that_is_handed_out_twice_keeps_one_answer(kolding: Kolding) -> None:
    market(kolding)
    found = actions.ask_round(programme=kolding.programme, organisation=kolding.kommune, by=kolding.coordinator)
    stale = Round.objects.get(pk=found.pk)
    propose_round.call(uid=str(found.uid))
    kept = Shortlist.objects.count()
    propose_round.call(uid=str(found.uid))
    actions.compute_round(stale)  # the worker that was thought dead comes to its end after all
    assert Shortlist.objects.count() == kept == 4
    assert JournalEntry.objects.filter(name="RoundProposed").count() == 1


def test_a_round_that_was_stopped_keeps_nothing_and_another_may_begin(kolding: Kolding) -> None:
    market(kolding)
    found = actions.ask_round(programme=kolding.programme, organisation=kolding.kommune, by=kolding.coordinator)
    stale = Round.objects.get(pk=found.pk)
    actions.stop_round(found=found, by=kolding.coordinator)
    actions.compute_round(stale)
    assert Shortlist.objects.count() == 0 and Round.objects.get().fault == "stopped"
    assert round_of(kolding).number == 2


def test_data_that_contradict_themselves_fail_the_round_cleanly(kolding: Kolding) -> None:
    market(kolding)
    found = actions.ask_round(programme=kolding.programme, organisation=kolding.kommune, by=kolding.coordinator)
    Seeking.objects.update(skills={"cooking": 4000})
    actions.compute_round(found)
    assert Round.objects.get().fault == "data" and Shortlist.objects.count() == 0


def test_a_no_of_either_side_is_never_proposed_again_until_it_is_taken_back(made: Made) -> None:
    kolding, place, found = made
    first = proposed(found, kolding.dawit)
    assert first is not None and first.position == place
    no = actions.refuse_listed(listed=first, side="person", reason="far", by=kolding.mette)
    assert actions.refuse_listed(listed=first, side="person", by=kolding.mette) == no, "said twice, it stands once"
    second = round_of(kolding)
    assert not Listed.objects.filter(shortlist__round=second, shortlist__case=kolding.dawit, position=place).exists()
    assert [str(place.uid), ["declined", {}]] in Shortlist.objects.get(round=second, way="best_total", case=kolding.dawit).blocked
    actions.take_back_refusal(refusal=no, by=kolding.mette)
    again = proposed(round_of(kolding), kolding.dawit)
    assert again is not None and again.position == place


def test_a_no_to_the_whole_company_and_to_a_mentor_hold_as_well(made: Made) -> None:
    kolding, place, found = made
    first = proposed(found, kolding.dawit)
    assert first is not None and first.shortlist.mentor is not None
    contact = place.company.contacts.get()
    actions.refuse_listed(listed=first, side="company", reason="no_time", contact=contact, whole_company=True, by=kolding.lars)
    actions.refuse_mentor(case=kolding.dawit, mentor=first.shortlist.mentor, by=kolding.mette)
    second = proposed(round_of(kolding), kolding.dawit)
    assert second is not None and second.position == kolding.position and second.shortlist.mentor is None
    with pytest.raises(RuleBroken, match="somebody of this company"):
        actions.refuse_listed(listed=second, side="company", contact=contact, by=kolding.lars)


def test_a_mentor_whom_the_person_does_not_want_is_not_decided_on(made: Made, client_of: Any) -> None:
    kolding, _place, found = made
    listed = proposed(found, kolding.dawit)
    assert listed is not None and listed.shortlist.mentor is not None
    url, mentor = reverse("placements:proposal_decide", args=[listed.uid]), listed.shortlist.mentor
    assert str(mentor.uid) in client_of(kolding.mette).get(url).content.decode()
    no = actions.refuse_mentor(case=kolding.dawit, mentor=mentor, by=kolding.mette)
    assert str(mentor.uid) not in client_of(kolding.mette).get(url).content.decode(), "neither offered nor filled in"
    with pytest.raises(RuleBroken, match="no to this mentor") as broken:
        decided(kolding, listed, mentor=mentor)
    assert broken.value.field == "mentor" and not Placement.objects.filter(case=kolding.dawit).exists()
    actions.take_back_refusal(refusal=no, by=kolding.mette)
    assert decided(kolding, listed, mentor=mentor).case == kolding.dawit


def test_proposing_again_keeps_what_it_can_and_says_so(kolding: Kolding) -> None:
    market(kolding)
    other = kitchen(kolding, name="Slottets Køkken")
    one, two = person(kolding, "Yonas", wishes=("kitchen",)), person(kolding, "Rahel", wishes=("workshop",))
    before = round_of(kolding)
    lost = proposed(before, one) or proposed(before, kolding.selam)
    assert lost is not None
    placements.close_position(position=other, by=kolding.lars)
    with pytest.raises(RuleBroken, match="what has changed"):
        actions.ask_again(before=before, reason="nå", by=kolding.coordinator)
    again = actions.compute_round(actions.ask_again(before=before, reason="Slottets Køkken har trukket sig", by=kolding.coordinator))
    facts = again.facts["again"]
    assert again.way == "best_total" and again.choices.get().reason == "Slottets Køkken har trukket sig"
    assert facts["stayed"] + facts["changed"] + facts["lost"] + facts["gone"] == before.facts["best_total"]["placed"]
    assert facts["stayed"] >= 2 and facts["kept"] <= facts["possible"]
    kept = proposed(again, two)
    assert kept is not None and kept.position == kolding.position
    with pytest.raises(RuleBroken, match="later round"):
        actions.choose_way(found=before, way="stable", reason=WHY, by=kolding.coordinator)


def test_a_decision_makes_the_placement_and_the_mentorship_and_stands_on_record(made: Made) -> None:
    kolding, _place, found = made
    first = proposed(found, kolding.dawit)
    assert first is not None
    with pytest.raises(RuleBroken, match="your decision"):
        decided(kolding, first, why="ja")
    placement = decided(kolding, first, mentor=first.shortlist.mentor)
    assert placement.case == kolding.dawit and placement.position == first.position and placement.state == Placement.State.PREPARED
    choice = Choice.objects.get()
    assert (choice.by, choice.why, choice.placement) == (kolding.mette, WHY, placement)
    assert any(line.why == WHY for line in queries.log_of_case(kolding.dawit))


def test_nothing_happens_when_the_mentor_has_no_room_any_more(made: Made) -> None:
    kolding, _place, found = made
    first = proposed(found, kolding.dawit)
    assert first is not None
    mentor = first.shortlist.mentor
    assert mentor is not None
    mentor.prepared_on = None
    mentor.save()
    with pytest.raises(RuleBroken, match="not prepared"):
        decided(kolding, first, mentor=mentor)
    assert not Placement.objects.exists() and not Choice.objects.exists()


def test_a_no_that_was_noted_meanwhile_is_said_when_somebody_decides(made: Made) -> None:
    kolding, _place, found = made
    first = proposed(found, kolding.dawit)
    assert first is not None
    actions.refuse_listed(listed=first, side="company", whole_company=True, by=kolding.lars)
    with pytest.raises(RuleBroken, match="said no to this place meanwhile"):
        decided(kolding, first)


def test_a_place_taken_meanwhile_is_said_when_somebody_decides(made: Made) -> None:
    kolding, place, found = made
    first = proposed(found, kolding.dawit)
    assert first is not None and first.position == place
    kolding.position = place
    kolding.place(kolding.selam)
    with pytest.raises(RuleBroken, match="All places of this position are taken"):
        decided(kolding, first)
    now = queries.shortlist_now(kolding.dawit)
    assert now is not None
    shown = queries.shortlist_shown(now)
    assert [one.is_open for one in shown.places if one.listed == first] == [False]


def test_a_withdrawn_consent_takes_the_proposals_away_at_once(kolding: Kolding) -> None:
    place = market(kolding)
    consent = agree(kolding, kolding.dawit)
    first = proposed(round_of(kolding), kolding.dawit)
    assert first is not None
    assert queries.proposals_for(kolding.lars, place) and queries.listed_visible_to(kolding.mette).exists()
    withdraw_consent(consent=consent, by=kolding.mette)
    assert queries.shortlist_now(kolding.dawit) is None
    assert not queries.proposals_for(kolding.lars, place) and not queries.listed_visible_to(kolding.mette).exists()
    with pytest.raises(RuleBroken, match="no longer agrees"):
        decided(kolding, first)


def test_whoever_withdraws_while_it_is_worked_out_is_not_kept(kolding: Kolding, monkeypatch: pytest.MonkeyPatch) -> None:
    market(kolding)
    consent = agree(kolding, kolding.dawit)
    found = actions.ask_round(programme=kolding.programme, organisation=kolding.kommune, by=kolding.coordinator)
    real = queries.basis_of

    def then_withdrawn(*given: Any) -> queries.Basis:
        basis = real(*given)
        withdraw_consent(consent=consent, by=kolding.mette)
        return basis

    monkeypatch.setattr(queries, "basis_of", then_withdrawn)
    actions.compute_round(found)
    assert list(Shortlist.objects.values_list("case", flat=True).distinct()) == [kolding.selam.pk]


def test_the_companys_side_is_shown_its_own_reasons_without_name_points_or_order(made: Made) -> None:
    kolding, place, _found = made
    rows = queries.proposals_for(kolding.lars, place)
    assert len(rows) == 1
    assert rows[0].reasons == ["Levels that the place asks for and that are there: 2 of 2.", "Has Danish at B1; the place asks for A2.", "Half days of the place that fit: 10; needed: 1."]
    assert {field.name for field in dataclasses.fields(rows[0])} == {"listed", "reasons"}
    assert not queries.proposals_for(kolding.stranger, place) and not queries.proposals_for(kolding.mette, place)


def test_looking_stands_on_record_once_a_day(made: Made) -> None:
    kolding, _place, found = made
    assert actions.note_look(round=found, case=kolding.dawit, by=kolding.mette)
    assert not actions.note_look(round=found, case=kolding.dawit, by=kolding.mette)
    assert [line.who for line in queries.log_of_case(kolding.dawit)] == ["Mette Juhl"]
    assert any(line.number == kolding.dawit.number for line in queries.log_of_round(found, kolding.coordinator))


def test_erasure_takes_words_and_leaves_points(made: Made) -> None:
    kolding, _place, found = made
    first = proposed(found, kolding.dawit)
    assert first is not None
    points = first.points
    actions.refuse_listed(listed=first, side="person", by=kolding.mette)
    forget_in_matching(person=kolding.dawit.person)
    kept = Listed.objects.get(pk=first.pk)
    assert kept.points == points and not (kept.worked or kept.for_person or kept.for_company or kept.why or kept.change)
    assert not Seeking.objects.filter(case=kolding.dawit).exists() and not Refusal.objects.exists()
    assert Seeking.objects.filter(case=kolding.selam).exists()


@pytest.mark.parametrize(("wrong", "words"), [
    ({"area": " "}, "town"), ({"wishes": ["kitchen", "kitchen"]}, "twice"), ({"wishes": ["spaceship"]}, "up to five"),
    ({"wishes": ["kitchen", "shop", "care", "garden", "hotel", "office"]}, "up to five"), ({"half_days": [10]}, "Monday to Friday"), ({"not_fitting": ["x"]}, "demands"),
    ({"skills": {"cooking": 4}}, "levels"), ({"growth": {"cooking": 3}}, "levels"), ({"least_hours": 31}, "at most"),
])  # fmt: skip
def test_wishes_that_cannot_be_are_refused(kolding: Kolding, wrong: dict[str, Any], words: str) -> None:
    ready(kolding, kolding.dawit)
    with pytest.raises(RuleBroken, match=words):
        actions.say_wishes(case=kolding.dawit, **{"area": "Kolding", **wrong}, by=kolding.mette)


def test_a_way_is_known_both_ways_and_written_anew(kolding: Kolding) -> None:
    for one, other, minutes in (("Vamdrup", "Kolding", 35), ("Kolding", "vamdrup", 30)):
        actions.note_way(programme=kolding.programme, one=one, other=other, minutes=minutes, by=kolding.coordinator)
    assert [(one.one, one.other, one.minutes) for one in queries.ways_of(kolding.programme)] == [("Kolding", "Vamdrup", 30)]
    for wrong in ({"one": ""}, {"minutes": 0}):
        with pytest.raises(RuleBroken):
            actions.note_way(programme=kolding.programme, **{"one": "A", "other": "B", "minutes": 5, **wrong}, by=kolding.coordinator)


def test_what_a_place_asks_for_is_checked(kolding: Kolding) -> None:
    for wrong in ({"fields": ["x"]}, {"half_days": [0, 1], "half_days_needed": 3}, {"needs": {"x": 1}}, {"develops": {"cooking": 3}}):
        with pytest.raises(RuleBroken):
            actions.describe_position(position=kolding.position, by=kolding.lars, **wrong)


def test_a_company_that_guides_fewer_than_its_size_allows_is_proposed_so_many(kolding: Kolding) -> None:
    market(kolding)
    person(kolding, "Yonas")
    person(kolding, "Rahel")
    placements.change_company(company=kolding.company, follows=1, by=kolding.lars)
    found = round_of(kolding)
    assert Listed.objects.filter(shortlist__round=found, shortlist__way="best_total", is_proposed=True, position=kolding.position).count() == 1


def test_another_organisations_people_are_not_in_the_round(made: Made) -> None:
    kolding, _place, found = made
    assert [one.short_name for one in queries.organisations_matching(kolding.coordinator, kolding.programme)] == ["Kolding"]
    assert queries.organisations_matching(kolding.mette, kolding.programme) == []
    people.grant_role(person=kolding.stranger, role=Role.PLACEMENT_COORDINATOR, programme=kolding.programme.uid, organisation=kolding.integrationsnet, by=None)
    assert list(queries.rounds_visible_to(kolding.coordinator)) == [found]
    assert not queries.rounds_visible_to(type(kolding.stranger).objects.get(pk=kolding.stranger.pk)).exists()


def test_who_is_kept_away_from_somebody_finds_no_trace_of_them_in_a_round_and_is_not_proposed_as_their_mentor(made: Made, client_of: Any) -> None:
    kolding, place, found = made
    second = people.add_person(given_name="Kaja", family_name="Holm", email="kaja@example.org", by=None)
    people.grant_role(person=second, role=Role.PLACEMENT_COORDINATOR, organisation=kolding.kommune, programme=kolding.programme.uid, starts_on=clock.today(), by=None)
    actions.note_look(round=found, case=kolding.dawit, by=kolding.mette)
    client = client_of(second)
    pages = [reverse("placements:round", args=[found.uid]), reverse("placements:round_ask", args=[kolding.programme.uid])]
    cases.say_languages(case=kolding.dawit, levels={"da": "B1"}, by=kolding.mette)
    assert all(words in client.get(pages[0]).content.decode() for words in ("Dawit", kolding.dawit.number))
    hanne = Mentor.objects.get(programme=kolding.programme)
    for kept_away in (second, kolding.lars, hanne.person):
        cases.note_conflict(case=kolding.dawit, person=kept_away, tie="relative", by=kolding.mette)
    for address in pages:
        assert not any(words in client.get(address).content.decode() for words in ("Dawit", kolding.dawit.number))
    assert not queries.proposals_for(kolding.lars, place)
    actions.refuse_listed(listed=proposed(found, kolding.dawit), side="company", by=kolding.mette)  # type: ignore[arg-type]
    assert not queries.refusals_visible_to(kolding.lars).exists() and queries.refusals_visible_to(kolding.mette).exists()
    again = actions.compute_round(actions.ask_again(before=found, reason="Et nej er noteret", by=kolding.coordinator))
    assert not Shortlist.objects.filter(round=again, case=kolding.dawit, mentor=hanne).exists()
    agreed = withdraw_consent(consent=Consent.objects.filter(person=kolding.dawit.person, recipient=kolding.programme.uid).latest("pk"), by=kolding.mette)
    page = client.get(pages[1]).content.decode()
    assert agreed is not None and "Dawit" not in page and kolding.dawit.number not in page, "nor among those who cannot be proposed"
