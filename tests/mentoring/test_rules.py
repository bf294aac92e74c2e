"""When the next one is told, how nights count, how many people a mentor has, and the lifeline's texts."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from handrail.kit.errors import RuleBroken
from handrail.mentoring import rules

ZONE = ZoneInfo("Europe/Copenhagen")
NIGHT = {"quiet_from": time(22), "quiet_until": time(7)}


def at(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    return datetime(2018, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("told", "mentor", "backup", "following"),
    [
        ([], True, True, "mentor"), (["mentor"], True, True, "backup"), (["mentor", "backup"], True, True, "coordinator"),
        (["mentor"], True, False, "coordinator"), ([], False, False, "coordinator"), (["coordinator"], False, False, None),
        (["mentor", "backup", "coordinator"], True, True, None), ([], False, True, "coordinator"),
    ],
)  # fmt: skip
def test_next_turn_goes_from_mentor_to_backup_to_coordinator(told: list[str], mentor: bool, backup: bool, following: str | None) -> None:
    assert rules.next_turn(told, has_mentor=mentor, has_backup=backup) == following


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (at(18, 10), at(18, 10, 30)),
        (at(18, 21, 40), at(19, 7, 10)),  # twenty minutes today, ten tomorrow
        (at(18, 23), at(19, 7, 30)), (at(19, 3), at(19, 7, 30)), (at(18, 21, 30), at(18, 22)), (at(18, 22), at(19, 7, 30)), (at(18, 7), at(18, 7, 30)),
        (at(24, 23, month=3), at(25, 7, 30, month=3)), (at(27, 23, month=10), at(28, 7, 30, month=10)),  # clocks forward, clocks back
    ],
)  # fmt: skip
def test_awake_after_leaves_out_the_night(moment: datetime, due: datetime) -> None:
    assert rules.awake_after(moment, 30, **NIGHT) == due.astimezone(UTC)


def test_awake_after_counts_on_over_several_nights() -> None:
    assert rules.awake_after(at(18, 21), 60 + 15 * 60 + 30, **NIGHT) == at(20, 7, 30).astimezone(UTC)


def test_awake_after_without_a_night_counts_every_minute() -> None:
    assert rules.awake_after(at(18, 23, 50), 30, quiet_from=time(0), quiet_until=time(0)) == at(19, 0, 20).astimezone(UTC)


def test_night_within_one_day_is_a_night_too() -> None:
    siesta = {"quiet_from": time(13), "quiet_until": time(15)}
    assert rules.awake_after(at(18, 12, 50), 30, **siesta) == at(18, 15, 20).astimezone(UTC)
    assert rules.wakes_at(at(18, 14), **siesta) == at(18, 15)


def test_check_capacity_says_how_many_of_how_many() -> None:
    rules.check_capacity(has=1, capacity=2, name="Morten")
    with pytest.raises(RuleBroken, match="Morten already stands beside 2 of at most 2"):
        rules.check_capacity(has=2, capacity=2, name="Morten")


@pytest.mark.parametrize(("day", "minutes", "field"), [(date(2018, 4, 19), 5, "day"), (date(2018, 4, 1), 5, "day"), (date(2018, 4, 18), 0, "minutes"), (date(2018, 4, 18), 601, "minutes")])
def test_check_contact_names_the_field(day: date, minutes: int, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        rules.check_contact(day=day, minutes=minutes, today=date(2018, 4, 18), starts_on=date(2018, 4, 2))
    assert broken.value.field == field


def test_too_quiet_begins_the_day_after_the_agreed_days() -> None:
    asked = {"since": date(2018, 1, 1), "today": date(2018, 4, 18), "days": 14}
    assert not rules.is_too_quiet(last=date(2018, 4, 4), **asked)
    assert rules.is_too_quiet(last=date(2018, 4, 3), **asked)
    assert rules.is_too_quiet(last=None, **asked)


def test_every_language_has_every_text_with_the_same_gaps() -> None:
    known = rules.languages()
    assert list(known) == ["en", "da", "ar", "ti", "fa-AF", "so", "uk"]
    gaps = {key: {name for _t, name, _s, _c in Formatter().parse(text) if name} for key, text in known["en"].texts.items()}
    for one in known.values():
        assert {key: {name for _t, name, _s, _c in Formatter().parse(text) if name} for key, text in one.texts.items()} == gaps, one.code
        assert all(text.strip() for text in one.texts.values())


def test_all_but_english_and_danish_are_drafts_and_two_run_from_the_right() -> None:
    known = rules.languages()
    assert [code for code, one in known.items() if not one.is_draft] == ["en", "da"]
    assert [code for code, one in known.items() if one.is_rtl] == ["ar", "fa-AF"]
    assert all(one.read_by and re.fullmatch(r"\d{4}-\d\d-\d\d", one.read_on) for one in known.values() if not one.is_draft)


def test_a_name_of_the_other_direction_is_set_apart() -> None:
    assert rules.text("ar", "reach", name="Morten") == "التواصل مع \u2068Morten\u2069"
    assert rules.text("da", "reach", name="Morten") == "Kontakt Morten"
    with pytest.raises(KeyError):
        rules.text("en", "nonsense")
