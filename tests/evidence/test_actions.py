"""Months are listed, signed, counted, corrected and handed in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from handrail.delivery import actions as delivery
from handrail.evidence import actions, queries
from handrail.evidence.models import AuditSample, Certificate, Claim, FunderRule, LedgerLine, Pledge, SampleOpening, Signature
from handrail.kit import clock
from handrail.kit.errors import Conflict, RuleBroken
from handrail.kit.models import JournalEntry, SentMail
from handrail.people import actions as people
from handrail.people.models import Person, Role
from handrail.programmes import actions as programmes
from tests.evidence import world
from tests.evidence.world import APRIL, MARCH


def correct(held: Any, person: Person, minutes: int, by: Person, run_later: Callable[[], int]) -> None:
    delivery.record_attendance(session=held, person=person, minutes=minutes, reason="paus glömd", by=by)
    run_later()


def states(cast: Any) -> list[tuple[int, str, int, int]]:
    return [(one.version, one.state, one.minutes, one.hours) for one in Certificate.objects.filter(programme=cast.programme).order_by("version")]


@pytest.mark.parametrize(("rounding", "hours", "amount"), [("month", 3, "870.00"), ("session", 2, "580.00")])
def test_month_of_90_and_95_minutes_counts_by_the_rule(cast: Any, rounding: str, hours: int, amount: str) -> None:
    world.terms(cast.programme, rounding=rounding)
    world.certified(cast)
    line = LedgerLine.objects.get()
    assert (line.minutes, line.hours, line.amount, line.not_counted) == (185, hours, Decimal(amount), 0)
    assert queries.certified_total(cast.programme) == (hours, Decimal(amount))


def test_month_is_listed_once_for_each_who_takes_part(cast: Any) -> None:
    world.terms(cast.programme)
    held = world.session(cast.programme, cast.carlos, date(2018, 3, 14))
    world.attend(held, {cast.birgit: 90, cast.bo: 30, cast.kim: 0}, cast.carlos)
    assert actions.open_month(programme=cast.programme, month=MARCH, by=None) == 2  # Kim was not there
    assert actions.open_month(programme=cast.programme, month=MARCH, by=None) == 0
    assert states(cast) == [(1, "open", 90, 1), (1, "open", 30, 0)]
    assert JournalEntry.objects.filter(name="MonthOpened").count() == 1


def test_month_follows_the_local_clock_and_the_programmes_period(cast: Any) -> None:
    world.terms(cast.programme)
    late = world.session(cast.programme, cast.carlos, date(2018, 3, 31), hour=23, minutes=25)
    world.attend(late, {cast.birgit: 20}, cast.carlos)
    with clock.at(world.local(date(2018, 5, 2))):
        assert actions.open_month(programme=cast.programme, month=APRIL, by=None) == 0
        assert actions.open_month(programme=cast.programme, month=MARCH, by=None) == 1
    with pytest.raises(RuleBroken, match="outside"):
        actions.open_month(programme=cast.programme, month=date(2016, 9, 1), by=None)
    with pytest.raises(RuleBroken, match="not over"):
        actions.open_month(programme=cast.programme, month=APRIL, by=None)


def test_confirming_is_for_the_person_only_and_once(cast: Any) -> None:
    world.terms(cast.programme)
    month = world.month_of_90_and_95(cast)[0]
    for other in (cast.lena, cast.paula, cast.bo, cast.amal):
        with pytest.raises(RuleBroken, match="Only the person"):
            actions.confirm_month(month, by=other)
    signature = actions.confirm_month(month, by=cast.birgit)
    assert signature.digest == month.attendance_digest
    with pytest.raises(Conflict, match="already"):
        actions.confirm_month(month, by=cast.birgit)
    assert Signature.objects.count() == 1


def test_countersigning_is_for_the_current_manager_only(cast: Any) -> None:
    world.terms(cast.programme)
    month = world.month_of_90_and_95(cast)[0]
    with pytest.raises(RuleBroken, match="not been confirmed"):
        actions.countersign_month(month, by=cast.lena)
    actions.confirm_month(month, by=cast.birgit)
    for other in (cast.paula, cast.oskar, cast.amal, cast.bo):
        with pytest.raises(RuleBroken, match="Only the current line manager"):
            actions.countersign_month(month, by=other)
    with pytest.raises(RuleBroken, match="Nobody countersigns their own"):
        actions.countersign_month(month, by=cast.birgit)
    assert list(queries.months_to_countersign(cast.lena)) == [month]
    assert not queries.months_to_countersign(cast.paula).exists()
    actions.countersign_month(month, by=cast.lena)
    with pytest.raises(Conflict, match="already"):
        actions.countersign_month(month, by=cast.lena)
    assert LedgerLine.objects.count() == 1


def test_managers_own_month_goes_to_the_process_leader(cast: Any) -> None:
    world.terms(cast.programme)
    month = world.month_of_90_and_95(cast, people=[cast.lena])[0]
    actions.confirm_month(month, by=cast.lena)
    assert not queries.months_to_countersign(cast.lena).exists()
    assert not queries.months_to_countersign(cast.oskar).exists()  # another municipality's
    assert list(queries.months_to_countersign(cast.paula)) == [month]
    assert queries.countersigners_of([month]) == {month.pk: frozenset({cast.paula.pk})}
    with pytest.raises(RuleBroken, match="Nobody countersigns their own"):
        actions.countersign_month(month, by=cast.lena)
    actions.countersign_month(month, by=cast.paula)


def test_months_are_countersigned_all_or_none(cast: Any) -> None:
    world.terms(cast.programme)
    months = world.month_of_90_and_95(cast, people=[cast.birgit, cast.bo])
    actions.confirm_month(months[0], by=months[0].person)
    with pytest.raises(RuleBroken, match="not been confirmed"):
        actions.countersign_months(months, by=cast.lena)
    assert not LedgerLine.objects.exists()
    actions.confirm_month(months[1], by=months[1].person)
    assert [line.hours for line in actions.countersign_months(months, by=cast.lena)] == [3, 3]
    with pytest.raises(RuleBroken, match="at least one"):
        actions.countersign_months([], by=cast.lena)


def test_attendance_changed_before_signing_renews_the_month(cast: Any, run_later: Callable[[], int]) -> None:
    world.terms(cast.programme)
    month = world.month_of_90_and_95(cast)[0]
    held = month.lines.first().attendance.session
    delivery.record_attendance(session=held, person=cast.birgit, minutes=60, reason="gick tidigare", by=cast.carlos)
    with pytest.raises(Conflict, match="corrected a moment ago"):
        actions.confirm_month(month, by=cast.birgit)  # what is signed is what stands there now
    run_later()
    assert states(cast) == [(1, "open", 155, 2)]
    month.refresh_from_db()
    actions.confirm_month(month, by=cast.birgit)


def test_attendance_changed_after_signing_voids_the_signatures(cast: Any, run_later: Callable[[], int]) -> None:
    world.terms(cast.programme)
    month = world.certified(cast)[0]
    held = month.lines.order_by("pk").last().attendance.session
    correct(held, cast.birgit, 80, cast.carlos, run_later)
    assert states(cast) == [(1, "replaced", 185, 3), (2, "open", 170, 2)]
    assert queries.certified_total(cast.programme) == (0, Decimal(0))  # void until signed anew
    assert [line.minutes for line in month.lines.order_by("pk")] == [90, 95]  # the old version is kept whole
    new = Certificate.objects.get(version=2)
    actions.confirm_month(new, by=cast.birgit)
    line = actions.countersign_month(new, by=cast.lena)
    assert (line.hours, line.minutes, line.amount, line.corrects) == (-1, -15, Decimal("-290.00"), LedgerLine.objects.first())
    assert queries.certified_total(cast.programme) == (2, Decimal("580.00"))
    assert Pledge.objects.count() == 2


def test_attendance_taken_away_leaves_nothing_to_sign(cast: Any, run_later: Callable[[], int]) -> None:
    world.terms(cast.programme)
    held = world.session(cast.programme, cast.carlos, date(2018, 3, 14))
    world.attend(held, {cast.birgit: 90}, cast.carlos)
    actions.open_month(programme=cast.programme, month=MARCH, by=None)
    correct(held, cast.birgit, 0, cast.carlos, run_later)
    assert states(cast) == [(1, "replaced", 90, 1)]
    correct(held, cast.birgit, 60, cast.carlos, run_later)
    assert states(cast) == [(1, "replaced", 90, 1), (2, "open", 60, 1)]


def test_attendance_recorded_late_lists_its_month(cast: Any, run_later: Callable[[], int]) -> None:
    world.terms(cast.programme)
    held = world.session(cast.programme, cast.carlos, date(2018, 3, 14))
    delivery.record_attendance(session=held, person=cast.bo, minutes=60, by=cast.carlos)  # on 18 April
    run_later()
    assert states(cast) == [(1, "open", 60, 1)]


def test_correction_after_handing_in_goes_with_the_next_month(cast: Any, run_later: Callable[[], int]) -> None:
    world.terms(cast.programme)
    month = world.certified(cast, people=[cast.birgit, cast.bo])[0]
    claim = actions.submit_month(programme=cast.programme, month=MARCH, by=cast.amal)
    frozen = (claim.hours, claim.amount, claim.digest)
    assert frozen[:2] == (6, Decimal("1740.00"))
    held = month.lines.first().attendance.session
    correct(held, month.person, 30, cast.carlos, run_later)
    assert queries.certified_total(cast.programme) == (6, Decimal("1740.00"))  # frozen until the correction is signed
    row = queries.ledger_months(cast.programme)[0]
    assert (row.state, row.hours, row.waiting) == ("handed_in", 6, -1)
    with translation.override("sv"):
        table = queries.month_table([row], cast.programme, {})
        assert (table.rows[0].waiting_text, [month for month, _words in table.reviews]) == ("\u22121", ["mars 2018"])
        for words in (queries.month_lead(row), table.reviews[0][1]):  # a minus is said in words
            assert "En persons närvaro ändrades efter att månaden lämnades in" in words and "1 h färre intygade" in words.replace("\u00a0", " ")
        assert queries.month_heading(row).replace("\u00a0", " ") == "Mars 2018: 6 h intygade"
    new = Certificate.objects.get(version=2)
    actions.confirm_month(new, by=month.person)
    actions.countersign_month(new, by=cast.lena)
    with clock.at(world.local(date(2018, 5, 3))):
        april = world.session(cast.programme, cast.carlos, date(2018, 4, 24))
        world.attend(april, {cast.bo: 60}, cast.carlos)
        actions.open_month(programme=cast.programme, month=APRIL, by=None)
        of_april = Certificate.objects.get(month=APRIL)
        actions.confirm_month(of_april, by=cast.bo)
        actions.countersign_month(of_april, by=cast.lena)
        following = actions.submit_month(programme=cast.programme, month=APRIL, by=cast.amal)
    assert (following.hours, following.amount) == (0, Decimal("0.00"))  # 1 hour of April, −1 of March
    claim.refresh_from_db()
    assert (claim.hours, claim.amount, claim.digest) == frozen
    checks = queries.claim_checks(cast.programme)
    assert [(one.is_intact, one.own_hours, one.corrected_hours, one.later_hours) for one in checks] == [(True, 6, 0, -1), (True, 1, -1, 0)]
    assert [(row.hours, row.corrected) for row in queries.ledger_months(cast.programme)] == [(5, -1), (1, 0)]
    LedgerLine.objects.filter(pk=LedgerLine.objects.filter(claim=claim).first().pk).update(amount=Decimal("1.00"))
    assert [one.is_intact for one in queries.claim_checks(cast.programme)] == [False, True]  # the seal notices


def test_month_is_handed_in_once_in_order_and_with_hours(cast: Any) -> None:
    world.terms(cast.programme)
    with pytest.raises(RuleBroken, match="Nothing is certified"):
        actions.submit_month(programme=cast.programme, month=MARCH, by=cast.amal)
    with pytest.raises(RuleBroken, match="not over"):
        actions.submit_month(programme=cast.programme, month=APRIL, by=cast.amal)
    world.certified(cast)
    with clock.at(world.local(date(2018, 5, 3))), pytest.raises(RuleBroken, match="that month first"):
        actions.submit_month(programme=cast.programme, month=APRIL, by=cast.amal)
    actions.submit_month(programme=cast.programme, month=MARCH, by=cast.amal)
    with pytest.raises(Conflict, match="handed in already"):
        actions.submit_month(programme=cast.programme, month=MARCH, by=cast.amal)
    assert Claim.objects.count() == 1


def test_month_certified_after_handing_in_goes_with_the_next(cast: Any) -> None:
    world.terms(cast.programme)
    first, second = world.month_of_90_and_95(cast, people=[cast.birgit, cast.bo])
    actions.confirm_month(first, by=first.person)
    actions.countersign_month(first, by=cast.lena)
    assert actions.submit_month(programme=cast.programme, month=MARCH, by=cast.amal).hours == 3
    actions.confirm_month(second, by=second.person)
    actions.countersign_month(second, by=cast.lena)
    assert [line.certificate_id for line in queries.lines_to_claim(cast.programme, APRIL)] == [second.pk]


def test_hours_above_the_annual_cap_are_listed_and_worth_nothing(cast: Any) -> None:
    world.terms(cast.programme, cap=4)
    world.attend(world.session(cast.programme, cast.carlos, date(2018, 2, 14), minutes=180), {cast.birgit: 180}, cast.carlos)
    actions.open_month(programme=cast.programme, month=date(2018, 2, 1), by=None)
    world.month_of_90_and_95(cast)
    months = list(Certificate.objects.order_by("month"))
    actions.confirm_months(months, by=cast.birgit)
    lines = actions.countersign_months(months, by=cast.lena)
    assert [(line.hours, line.not_counted, line.amount) for line in lines] == [(3, 0, Decimal("870.00")), (1, 2, Decimal("290.00"))]
    assert [row.not_counted for row in queries.ledger_months(cast.programme)] == [0, 2]


def test_hours_that_a_correction_frees_under_the_cap_count_again(cast: Any) -> None:
    world.terms(cast.programme, cap=4)
    february = world.session(cast.programme, cast.carlos, date(2018, 2, 14), minutes=180)
    world.attend(february, {cast.birgit: 180}, cast.carlos)
    actions.open_month(programme=cast.programme, month=date(2018, 2, 1), by=None)
    world.month_of_90_and_95(cast)
    months = list(Certificate.objects.order_by("month"))
    actions.confirm_months(months, by=cast.birgit)
    actions.countersign_months(months, by=cast.lena)
    actions.submit_month(programme=cast.programme, month=date(2018, 2, 1), by=cast.amal)
    actions.submit_month(programme=cast.programme, month=MARCH, by=cast.amal)
    delivery.record_attendance(session=february, person=cast.birgit, minutes=110, reason="Kom sent", by=cast.carlos)
    actions.open_month(programme=cast.programme, month=date(2018, 2, 1), by=None)
    again = Certificate.objects.get(month=date(2018, 2, 1), state="open")
    actions.confirm_month(again, by=cast.birgit)
    corrected, recounted = actions.countersign_months([again], by=cast.lena)
    assert (corrected.hours, corrected.not_counted, corrected.amount) == (-2, 0, Decimal("-580.00"))
    assert (recounted.month, recounted.minutes, recounted.hours, recounted.not_counted, recounted.amount) == (MARCH, 0, 2, -2, Decimal("580.00"))
    assert recounted.is_recount and recounted.corrects == LedgerLine.objects.get(month=MARCH, is_recount=False)
    assert [(row.hours, row.not_counted, row.corrected) for row in queries.ledger_months(cast.programme)] == [(1, 0, -2), (3, 0, 2)]
    assert sum(line.hours for line in LedgerLine.objects.all()) == 4
    assert all(check.is_intact for check in queries.claim_checks(cast.programme))


def test_cap_is_per_calendar_year_at_that_years_cost(cast: Any) -> None:
    world.terms(cast.programme, cap=3)
    for day in (date(2017, 12, 12), date(2018, 1, 16)):
        world.attend(world.session(cast.programme, cast.carlos, day, minutes=180), {cast.birgit: 180}, cast.carlos)
        actions.open_month(programme=cast.programme, month=day.replace(day=1), by=None)
    months = list(Certificate.objects.order_by("month"))
    actions.confirm_months(months, by=cast.birgit)
    lines = actions.countersign_months(months, by=cast.lena)
    assert [(line.hours, line.amount) for line in lines] == [(3, Decimal("840.00")), (3, Decimal("870.00"))]


def test_time_is_pledged_once_across_programmes(cast: Any) -> None:
    world.terms(cast.programme)
    world.certified(cast)
    other = programmes.start_programme(
        slug="annat", code="ANN", name={"sv": "Annat", "en": "Other"}, owner=cast.horby, starts_on=date(2017, 1, 1),
        ends_on=date(2018, 12, 31), by=None,
    )  # fmt: skip
    programmes.add_partner(programme=other, organisation=cast.horby, part="owner", by=None)
    programmes.enrol_person(programme=other, person=cast.birgit, organisation=cast.horby, by=None)
    world.terms(other)
    people.grant_role(person=cast.stranger, role="trainer", programme=other.uid, starts_on=date(2017, 1, 1), by=None)
    twice = world.session(other, cast.stranger, date(2018, 3, 14), hour=9)  # 9.30 lies within 8.30–10.30
    world.attend(twice, {cast.birgit: 60}, cast.stranger)
    actions.open_month(programme=other, month=MARCH, by=None)
    month = Certificate.objects.get(programme=other)
    actions.confirm_month(month, by=cast.birgit)
    with pytest.raises(RuleBroken, match="pledged already"):
        actions.countersign_month(month, by=cast.lena)
    assert not LedgerLine.objects.filter(programme=other).exists()
    month.refresh_from_db()
    assert month.state == "confirmed"


def test_month_without_terms_cannot_be_countersigned(cast: Any) -> None:
    month = world.month_of_90_and_95(cast)[0]
    actions.confirm_month(month, by=cast.birgit)
    with pytest.raises(RuleBroken, match="No counting rule"):
        actions.countersign_month(month, by=cast.lena)
    world.terms(cast.programme)
    month.refresh_from_db()
    assert month.hours == 3  # counted anew when the rule came
    actions.countersign_month(month, by=cast.lena)


def test_rules_are_added_and_never_changed_once_used(cast: Any) -> None:
    first = world.terms(cast.programme)
    world.certified(cast)
    known = {"programme": cast.programme, "rounding": "session", "required_share": Decimal("0.25"), "source": "Beslut 7", "by": cast.amal}
    with pytest.raises(RuleBroken, match="already counted"):
        actions.add_rule(valid_from=MARCH, **known)
    with pytest.raises(RuleBroken, match="first day"):
        actions.add_rule(valid_from=date(2018, 5, 2), **known)
    second = actions.add_rule(valid_from=APRIL, **known)
    first.refresh_from_db()
    assert (second.number, first.valid_to) == (2, date(2018, 3, 31))
    with pytest.raises(RuleBroken, match="already holds"):
        actions.add_rule(valid_from=date(2018, 2, 1), valid_to=date(2018, 2, 28), **known)
    with pytest.raises(RuleBroken, match="where this stands"):
        actions.add_rule(valid_from=date(2018, 9, 1), **{**known, "source": " "})
    with pytest.raises(RuleBroken, match="already there"):
        actions.add_unit_cost(
            programme=cast.programme, amount=Decimal(300), valid_from=date(2018, 12, 1), valid_to=date(2019, 12, 31), source="x", by=cast.amal
        )
    assert FunderRule.objects.count() == 2


def test_objection_waits_until_it_is_answered(cast: Any) -> None:
    world.terms(cast.programme)
    month = world.month_of_90_and_95(cast)[0]
    line = month.lines.first().attendance
    with pytest.raises(RuleBroken, match="Only the person"):
        actions.object_to_month(month, text="fel", by=cast.lena)
    objection = actions.object_to_month(month, text="Jag var där hela tiden", attendance=line.uid, by=cast.birgit)
    assert list(queries.objections_visible_to(cast.paula)) == [objection]
    assert list(queries.objections_visible_to(cast.carlos)) == [objection]  # his session
    for other in (cast.oskar, cast.amal, cast.elin, cast.birgit, cast.lena, cast.stranger):
        assert not queries.objections_visible_to(other).exists()
    actions.settle_objection(objection, answer="Rättat", by=cast.carlos)
    with pytest.raises(Conflict):
        actions.settle_objection(objection, answer="Igen", by=cast.paula)
    assert "hela tiden" not in str([entry.data for entry in JournalEntry.objects.all()])


def test_reminder_is_neutral_and_not_too_often(cast: Any) -> None:
    world.terms(cast.programme)
    world.month_of_90_and_95(cast, people=[cast.birgit, cast.bo])
    assert actions.remind_unconfirmed(programme=cast.programme, organisation=cast.horby, month=MARCH, by=cast.paula) == 2
    with pytest.raises(RuleBroken, match="less than three days"):
        actions.remind_unconfirmed(programme=cast.programme, organisation=cast.horby, month=MARCH, by=cast.paula)
    with clock.at(clock.now() + timedelta(days=3)):
        assert actions.remind_unconfirmed(programme=cast.programme, organisation=cast.horby, month=MARCH, by=cast.paula) == 2
    mail = SentMail.objects.filter(to="birgit.nystrom@example.org").first()
    assert mail is not None
    for word in ("Hörby", "Lärande", "Learning", "Nyström", "mars", "March", "timm", "hour", "185"):
        assert word not in mail.subject + mail.text
    assert "/my-months/" in mail.text


def test_sample_is_drawn_from_a_kept_seed_and_openings_are_journalled(cast: Any) -> None:
    world.terms(cast.programme)
    world.certified(cast, people=[cast.birgit, cast.bo])
    first = actions.draw_sample(programme=cast.programme, month=MARCH, size=1, reason="Kontroll 1", by=cast.elin)
    second = actions.draw_sample(programme=cast.programme, month=MARCH, size=2, reason="Kontroll 2", by=cast.elin)
    assert first.seed == second.seed
    assert set(first.participations.all()) < set(second.participations.all())
    with pytest.raises(RuleBroken, match="at most 2"):
        actions.draw_sample(programme=cast.programme, month=MARCH, size=3, reason="x", by=cast.elin)
    one = first.participations.get()
    with pytest.raises(RuleBroken, match="Say why"):
        actions.open_sample_names(first, participation=one, reason=" ", by=cast.elin)
    actions.open_sample_names(first, participation=one, reason="Lönebesked", by=cast.elin)
    assert SampleOpening.objects.get().reason == "Lönebesked"
    assert JournalEntry.objects.get(name="SampleNamesOpened").data["participations"] == [str(one.uid)]
    outside = second.participations.exclude(pk=one.pk).get()
    with pytest.raises(RuleBroken, match="not in the sample"):
        actions.open_sample_names(first, participation=outside, reason="x", by=cast.elin)
    assert AuditSample.objects.count() == 2


def test_forecast_adds_what_waits_runs_and_is_planned(cast: Any) -> None:
    world.terms(cast.programme)
    world.certified(cast)
    held = world.session(cast.programme, cast.carlos, date(2018, 3, 20), hour=13)
    world.attend(held, {cast.bo: 60}, cast.carlos)
    actions.open_month(programme=cast.programme, month=MARCH, by=None)
    running = world.session(cast.programme, cast.carlos, date(2018, 4, 10))
    world.attend(running, {cast.bo: 120, cast.kim: 60}, cast.carlos)
    coming = world.session(cast.programme, cast.carlos, date(2018, 5, 15))
    for person in (cast.birgit, cast.bo, cast.kim):
        seat = delivery.invite_to_session(session=coming, person=person, by=cast.carlos)
        if person is cast.kim:
            delivery.decline_seat(seat=seat, by=cast.kim)
    forecast = queries.forecast_of(cast.programme)
    assert dataclasses.astuple(forecast) == (Decimal(7247750), Decimal("0.25"), 3, Decimal("870.00"), 1 + 2 + 1, 2 + 2, Decimal(290))
    assert forecast.target == Decimal("1811937.50")
    assert forecast.missing_hours == 6246  # ceil((1 811 937.50 − 870) / 290)


def test_daily_task_finds_what_was_missed(cast: Any) -> None:
    from handrail.evidence.tasks import open_past_months

    world.terms(cast.programme)
    world.attend(world.session(cast.programme, cast.carlos, date(2018, 3, 14)), {cast.birgit: 90}, cast.carlos)
    open_past_months()
    open_past_months()
    assert states(cast) == [(1, "open", 90, 1)]


def test_a_list_of_many_signers_goes_by_the_same_rules(cast: Any) -> None:
    world.terms(cast.programme)
    birgits, bos, kims = world.month_of_90_and_95(cast, people=[cast.birgit, cast.bo, cast.kim])
    with pytest.raises(RuleBroken, match="Only the person"):
        actions.confirm_lists([(cast.birgit, [birgits]), (cast.kim, [bos])])
    assert not Signature.objects.exists(), "all of them or none"
    actions.confirm_lists([(cast.birgit, [birgits]), (cast.bo, [bos]), (cast.kim, [kims])])
    by = dict(Signature.objects.values_list("certificate", "by"))
    assert by == {one.pk: one.person_id for one in (birgits, bos, kims)}
    said = {row.by: row.data for row in JournalEntry.objects.filter(name="MonthsConfirmed")}
    assert said == {one.person.uid: {"certificates": [str(one.uid)]} for one in (birgits, bos, kims)}
    kims_signer = cast.oskar
    people.grant_role(person=kims_signer, role=Role.PROCESS_LEADER, programme=cast.programme.uid, organisation=cast.kristianstad, by=None)
    with pytest.raises(RuleBroken, match="Only the current line manager"):
        actions.countersign_lists([(cast.lena, [birgits, kims]), (kims_signer, [bos])])
    assert not LedgerLine.objects.exists()
    lines = actions.countersign_lists([(cast.lena, [birgits, bos]), (kims_signer, [kims])])
    assert {line.certificate_id: (line.hours, line.amount) for line in lines} == {one.pk: (3, Decimal("870.00")) for one in (birgits, bos, kims)}
    told = {row.by: (len(row.data["certificates"]), row.data["hours"]) for row in JournalEntry.objects.filter(name="MonthsCountersigned")}
    assert told == {cast.lena.uid: (2, 6), kims_signer.uid: (1, 3)}
    with pytest.raises(Conflict, match="already"):
        actions.countersign_lists([(cast.lena, [birgits])])
