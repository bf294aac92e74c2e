"""Studies: their frame, who may do what, and who is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from handrail.kit.errors import RuleBroken
from handrail.research import access, actions, queries
from handrail.research.models import Gathering, Quota
from tests.research.world import NO, YES, World, researcher

pytestmark = pytest.mark.django_db


def test_a_round_opens_for_every_partner_and_group_once(world: World) -> None:
    assert Gathering.objects.filter(study=world.study).count() == 4
    with pytest.raises(RuleBroken, match="Nothing is left to open"):
        actions.gather_for_all(round=world.round, by=world.amal)
    one = world.gathering(world.horby, world.refugees)
    assert one.collection.organisation == world.horby.organisation
    assert (one.collection.opens_on, one.collection.closes_on) == (date(2018, 4, 1), date(2018, 5, 31))
    assert one.collection.consent == {"en": "We ask you as refugees."}, "each group reads its own words"


def test_new_words_of_consent_get_a_number_and_hold_from_then_on(world: World) -> None:
    actions.write_consent(group=world.refugees, consent={"en": "We ask you as refugees."}, by=world.amal)
    assert world.refugees.consent_number == 1, "the same words again change nothing"
    actions.write_consent(group=world.refugees, consent={"en": "You need not answer.", "ar": "  "}, by=world.amal)
    assert (world.refugees.consent_number, world.refugees.consent) == (2, {"en": "You need not answer."})
    later = actions.open_study_round(study=world.study, title={"en": "Autumn"}, opens_on=date(2018, 9, 1), closes_on=date(2018, 10, 1), by=world.amal)
    made = actions.gather(survey=world.survey, partner=world.osby, round=later, by=world.amal)
    assert (made.collection.consent_number, made.collection.consent) == (2, {"en": "You need not answer."})
    assert world.gathering(world.horby, world.refugees).collection.consent_number == 1, "what is open keeps its words"


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"title": {}}, "title"), ({"ends_on": date(2017, 1, 1)}, "ends_on"), ({"languages": []}, "languages"),
    ],
)  # fmt: skip
def test_a_study_that_lacks_something_is_refused(cast: Any, what: dict[str, Any], field: str) -> None:
    given = {"title": {"en": "X"}, "question": {}, "languages": ["en"], "starts_on": date(2018, 1, 1), "ends_on": date(2018, 2, 1)} | what
    with pytest.raises(RuleBroken) as broken:
        actions.open_study(programme=cast.programme, coordinator=cast.osby, by=cast.amal, **given)
    assert broken.value.field == field


def test_a_group_without_words_is_refused_and_so_is_a_letter_twice(world: World) -> None:
    with pytest.raises(RuleBroken) as broken:
        actions.add_group(study=world.study, code="S", title={"en": "Others"}, consent={"en": " "}, by=world.amal)
    assert broken.value.field == "consent"
    with pytest.raises(RuleBroken) as broken:
        actions.add_group(study=world.study, code=" r ", title={"en": "Others"}, consent={"en": "Words"}, by=world.amal)
    assert broken.value.field == "code"


def test_partners_see_who_has_been_heard_and_who_is_missing(world: World, queries_of: Any) -> None:
    for partner, kind, target in ((world.osby, "survey", 5), (world.osby, "interview", 2), (world.horby, "survey", 3)):
        actions.set_quota(study=world.study, partner=partner, group=world.refugees, kind=kind, target=target, by=world.amal)
    world.answer(world.osby, world.refugees, {"letters": YES}, times=4)
    world.answer(world.osby, world.workers, {"letters": NO})
    world.passage("They read it to me.", sign="SE-R-01")
    lines = {one.partner: one for one in queries.progress_of(world.study)}
    osby = {group: [(one.kind, one.have, one.wanted) for one in some] for group, some in lines[world.osby].cells}
    assert osby == {world.refugees: [("survey", 4, 5), ("interview", 1, 2)], world.workers: [("survey", 1, 0), ("interview", 0, 0)]}
    assert [(group, one.kind, one.missing) for group, one in lines[world.horby].missing] == [(world.refugees, "survey", 3)]
    assert (lines[world.osby].have, lines[world.osby].wanted) == (5, 7)
    assert lines[world.horby].latest is None
    before = queries_of(lambda: queries.progress_of(world.study))
    world.answer(world.horby, world.workers, {"letters": NO}, times=3)
    assert queries_of(lambda: queries.progress_of(world.study)) == before, "as many questions to the database however many answered"


def test_a_number_of_nought_takes_the_wish_back(world: World) -> None:
    actions.set_quota(study=world.study, partner=world.osby, group=world.refugees, kind="survey", target=5, by=world.amal)
    actions.set_quota(study=world.study, partner=world.osby, group=world.refugees, kind="survey", target=0, by=world.amal)
    assert list(Quota.objects.values_list("target", flat=True)) == [0]
    with pytest.raises(RuleBroken):
        actions.set_quota(study=world.study, partner=world.osby, group=world.refugees, kind="survey", target=-1, by=world.amal)


def test_who_steers_who_researches_and_who_is_nobody(world: World, cast: Any) -> None:
    study = world.study
    may = {
        name: (queries.studies_visible_to(person).filter(pk=study.pk).exists(), access.may_steer_study(person, study), access.may_research(person, study))
        for name, person in {"amal": world.amal, "rita": world.rita, "hugo": world.hugo, "leader": cast.oskar, "stranger": world.stranger}.items()
    }
    assert may == {
        "amal": (True, True, False),  # the project owner steers, and does no research unless given that role
        "rita": (True, True, True),  # Osby holds the study together
        "hugo": (True, False, True),
        "leader": (False, False, False),
        "stranger": (False, False, False),
    }
    assert [access.may_collect_for(world.hugo, one) for one in (world.osby, world.horby)] == [False, True]


def test_two_who_write_a_guide_lose_nothing(world: World) -> None:
    first = actions.write_guide(study=world.study, title={"en": "Talking"}, topics=[{"title": {}, "questions": [{"en": "Who?"}]}], by=world.rita)
    actions.write_guide(study=world.study, guide=first.guide, topics=[{"title": {}, "questions": [{"en": "Who was there?"}]}], seen=1, by=world.hugo)
    with pytest.raises(RuleBroken, match="version 2 in the meantime"):
        actions.write_guide(study=world.study, guide=first.guide, topics=[{"title": {}, "questions": [{"en": "When?"}]}], seen=1, by=world.rita)
    assert first.guide.versions.count() == 2
    again = actions.write_guide(study=world.study, guide=first.guide, topics=[{"title": {}, "questions": [{"en": "Who was there?"}]}], seen=2, by=world.rita)
    assert again.number == 2, "the same once more is no new version"


def test_the_screens_open_for_those_whom_they_are_for(world: World, client_of: Any) -> None:
    guide = actions.write_guide(study=world.study, title={"en": "Talking"}, topics=[{"title": {"en": "A"}, "questions": [{"en": "Who?"}]}], by=world.rita).guide
    programme, study = world.study.programme, world.study
    everybody = [reverse("research:study_list", args=[programme.uid]), reverse("research:study_open", args=[programme.uid]), reverse("research:guide", args=[guide.uid])]
    everybody += [reverse(f"research:{name}", args=[study.uid]) for name in ("study", "guide_add", "finding_list", "finding_add", "finding_rank")]
    steering = [reverse(f"research:{name}", args=[study.uid]) for name in ("partner_add", "group_add", "round_add", "survey_choose", "quotas", "gather")]
    steering.append(reverse("research:consent_write", args=[world.refugees.uid]))
    for person, opens in ((world.rita, [*everybody, *steering]), (world.hugo, everybody), (world.amal, [*everybody, *steering]), (world.stranger, [])):
        client = client_of(person)
        told = {address: client.get(address).status_code for address in [*everybody, *steering]}
        assert told == {address: 200 if address in opens else 404 for address in told}


def test_a_guide_is_written_on_screen_and_the_slower_one_is_told(world: World, client_of: Any) -> None:
    client = client_of(world.rita)
    sent = client.post(
        reverse("research:guide_add", args=[world.study.uid]),
        {"title": "Talking", "t0_title_en": "To begin", "t0_q0_en": "Who?", "t0_q0_ar": "من؟", "t0_q1_en": "", "t1_title_en": "", "t1_q0_en": "", "t1_q0_xx": "nothing", "seen": ""},
    )
    guide = queries.guide_versions(world.study)[0]
    assert sent.status_code == 302
    assert guide.topics == [{"title": {"en": "To begin"}, "questions": [{"en": "Who?", "ar": "من؟"}]}]
    edit = reverse("research:guide_edit", args=[guide.guide.uid])
    client_of(world.hugo).post(edit, {"t0_q0_en": "Who was there?", "seen": "1", "note": "clearer"})
    slower = client.post(edit, {"t0_q0_en": "When?", "seen": "1"})
    text = slower.content.decode()
    assert slower.status_code == 200
    assert "When?" in text, "what was typed is still there"
    assert "Who was there?" in text, "and so is what the other wrote"
    assert client.post(edit, {"t0_q0_en": "When?", "seen": "2"}).status_code == 302


def test_numbers_are_saved_from_the_table(world: World, client_of: Any) -> None:
    client, address = client_of(world.amal), reverse("research:quotas", args=[world.study.uid])
    name = f"survey_{world.horby.pk}_{world.workers.pk}"
    assert client.post(address, {name: "12"}).status_code == 302
    assert list(Quota.objects.values_list("partner", "group", "kind", "target")) == [(world.horby.pk, world.workers.pk, "survey", 12)]
    assert client.post(address, {name: "12"}).status_code == 302, "nothing changed is no error"
    assert client.post(address, {name: "-3"}).status_code == 200


def test_lists_cost_the_same_with_one_and_with_three(world: World, cast: Any, client_of: Any, queries_of: Any) -> None:
    client, address = client_of(world.rita), reverse("research:study_list", args=[world.study.programme.uid])
    client.get(address)
    one = queries_of(lambda: client.get(address))
    for name in ("B", "C"):
        actions.open_study(
            programme=cast.programme, title={"en": name}, question={"en": name}, coordinator=cast.horby, languages=["en"], starts_on=date(2018, 1, 1), ends_on=date(2018, 2, 1), by=None
        )
    assert queries_of(lambda: client.get(address)) == one


def test_a_researcher_of_the_whole_consortium_works_for_every_partner(world: World, cast: Any) -> None:
    from handrail.people import actions as people

    both = researcher(cast.programme, cast.osby, "Bea")
    people.grant_role(person=both, role="researcher", programme=cast.programme.uid, organisation=None, by=None)
    assert queries.organisations_researched(both, cast.programme) is None
    assert all(access.may_collect_for(both, one) for one in (world.osby, world.horby))


def test_two_studies_stand_apart(world: World, cast: Any) -> None:
    other = actions.open_study(
        programme=cast.programme, title={"en": "B"}, question={}, coordinator=cast.horby, languages=["en"], starts_on=date(2018, 1, 1), ends_on=date(2018, 2, 1), by=None
    )
    round = actions.open_study_round(study=other, title={}, opens_on=date(2018, 1, 1), closes_on=date(2018, 2, 1), by=None)
    with pytest.raises(RuleBroken):
        actions.gather(survey=world.survey, partner=world.osby, round=round, by=None)
    with pytest.raises(RuleBroken):
        actions.set_quota(study=other, partner=world.osby, group=world.refugees, kind="survey", target=1, by=None)
