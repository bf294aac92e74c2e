"""Minutes, codes, groups, reasons and local time, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from handrail.delivery import rules
from handrail.kit.errors import RuleBroken

ZONE = ZoneInfo("Europe/Stockholm")


@pytest.mark.parametrize(
    ("late", "early", "minutes", "found"),
    [(0, 0, None, 95), (15, 0, None, 80), (15, 5, None, 75), (95, 0, None, 0), (0, 0, 0, 0), (0, 0, 95, 95), (15, 0, 60, 60)],
)
def test_check_present_finds_the_minutes(late, early, minutes, found):
    assert rules.check_present(planned=95, minutes=minutes, late=late, early=early) == rules.Present(found, late, early)


@pytest.mark.parametrize(("late", "early", "minutes"), [(-1, 0, None), (0, -1, None), (90, 6, None), (0, 0, 96), (0, 0, -1)])
def test_check_present_refuses_what_lies_outside(late, early, minutes):
    with pytest.raises(RuleBroken):
        rules.check_present(planned=95, minutes=minutes, late=late, early=early)


@pytest.mark.parametrize(("seconds", "late"), [(-300, 0), (0, 0), (600, 0), (659, 0), (660, 11), (3600, 60)])
def test_late_minutes_are_whole_and_begin_after_the_grace(seconds, late):
    starts = datetime(2018, 4, 19, 6, 30, tzinfo=UTC)
    assert rules.late_minutes(starts_at=starts, arrived_at=datetime.fromtimestamp(starts.timestamp() + seconds, UTC), grace=10) == late


@given(some.datetimes(min_value=datetime(2016, 1, 1), max_value=datetime(2030, 1, 1)), some.integers(0, 59))
def test_codes_turn_with_the_minute_and_differ_between_sessions(moment, second):
    moment = moment.replace(second=second, tzinfo=UTC)
    one, other = uuid4(), uuid4()
    code = rules.code_at("secret", one, moment)
    assert len(code) == 8 and set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert code == rules.code_at("secret", one, moment.replace(second=0))
    assert len({code, rules.code_at("secret", other, moment), rules.code_at("other", one, moment), rules.code_at("secret", one, moment, back=1)}) == 4
    assert rules.seconds_left(moment) == 60 - second


def test_a_code_is_read_as_people_type_it():
    moment, session = datetime(2018, 4, 19, tzinfo=UTC), uuid4()
    code = rules.code_at("s", session, moment)
    right = lambda typed: rules.code_is_right(typed, secret="s", session=session, moment=moment)
    assert all(right(one) for one in (code, code.lower(), rules.spaced(code), f"{code[:4]}-{code[4:]}", code.replace("0", "O").replace("1", "l")))
    assert not any(right(one) for one in ("", code[:7], code + "0", "ÅÄÖ", rules.code_at("s", session, moment, back=2)))


@given(some.lists(some.tuples(some.sampled_from("ABC"), some.sampled_from(["Lärare", "lärare", "Chef", ""])), min_size=1, max_size=60), some.integers(1, 12))
def test_groups_are_even_and_each_organisation_is_spread(people, count):
    members = [rules.GroupMember(number, organisation, title, str(number)) for number, (organisation, title) in enumerate(people)]
    if count > len(members):
        with pytest.raises(RuleBroken):
            rules.deal(members, count)
        return
    groups = rules.deal(members, count)
    sizes = [len(group) for group in groups]
    assert max(sizes) - min(sizes) <= 1 and sorted(one for group in groups for one in group) == list(range(len(people)))
    for organisation in "ABC":
        spread = [sum(people[one][0] == organisation for one in group) for group in groups]
        assert max(spread) - min(spread) <= 1


def test_the_queue_gives_seats_to_whoever_waited_longest():
    at = lambda minute: datetime(2018, 4, 1, 8, minute, tzinfo=UTC)
    assert list(rules.next_from_queue([(at(3), "c"), (at(1), "a"), (at(2), "b")], free=2)) == ["a", "b"]
    assert list(rules.next_from_queue([(at(1), "a")], free=0)) == []


def test_a_time_that_the_clock_jumps_over_is_refused_and_others_keep_their_wall_clock():
    with pytest.raises(RuleBroken):
        rules.check_local_time(date(2018, 3, 25), time(2, 30), ZONE, field="starts_at")
    assert rules.check_local_time(date(2018, 3, 25), time(3, 0), ZONE, field="x") == datetime(2018, 3, 25, 1, 0, tzinfo=UTC)
    assert rules.same_clock_on(datetime(2018, 10, 26, 6, 30, tzinfo=UTC), date(2018, 10, 29), ZONE) == datetime(2018, 10, 29, 7, 30, tzinfo=UTC)


def test_months_are_local():
    assert rules.month_of(datetime(2018, 3, 31, 22, 30, tzinfo=UTC), ZONE) == date(2018, 4, 1)


@pytest.mark.parametrize(
    ("why", "own", "said"),
    [
        ({"code": "gap", "competence": "c", "now": 1.8, "target": 3}, True, "You are at level 1.8 in Sleep. Your role needs 3."),
        ({"code": "gap", "competence": "c", "now": None, "target": 3}, True, "Your role needs level 3 in Sleep, and you have not said yet where you stand."),
        ({"code": "gap", "competence": "c", "now": 1.8, "target": 3}, False, "The session trains Sleep, which the role asks for."),
        ({"code": "gap", "gaps": [{"competence": "c", "now": 1, "target": 2}]}, True, "You are at level 1 in Sleep. Your role needs 2."),
        ({"code": "gap", "competence": "gone", "now": 1, "target": 2}, True, "The session trains Talk."),
        ({"code": "hand"}, False, "Invited by name."),
        ({"code": "something new"}, True, "The session trains Talk."),
        ({}, False, "The session trains Talk."),
    ],
)  # fmt: skip
def test_why_is_one_true_sentence_and_levels_are_for_the_person_alone(why, own, said):
    with translation.override("en"):
        assert rules.why_sentence(why, own=own, competences={"c": "Sleep"}, trains="Talk").text == said
