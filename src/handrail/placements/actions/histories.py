"""Bringing in people with their histories: checked before, all or none, nobody twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.transaction import atomic

from handrail.cases.actions import end_case, open_case, reopen_case
from handrail.cases.models import Case
from handrail.cases.queries import cases_by_key, caseworkers_of, last_entry, organisations_worked, with_caseworkers
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Organisation, Person
from handrail.placements import events, rules
from handrail.placements.actions.companies import add_company, offer_position
from handrail.placements.actions.placements import plan_follow_ups
from handrail.placements.actions.statuses import note_status
from handrail.placements.formats import HistoryRow, Problem, read_histories
from handrail.placements.models import Company, Placement, Position, Preparation, Signature, WorkStatus
from handrail.placements.queries import days_of_clocks
from handrail.programmes.models import Programme


@dataclass
class Brought:
    """What came in: how many people and placements, and what was left open."""

    people: int = 0
    placements: int = 0
    cases: list[Case] = field(default_factory=list)


class Refused(RuleBroken):
    """Some rows cannot be brought in; nothing was. `problems` names them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(_("Some rows cannot be brought in. Nothing has been saved."), field="file")
        self.problems = list(problems)


@atomic
def bring_in_histories(
    *, programme: Programme, organisation: Organisation, rows: Sequence[HistoryRow], caseworkers: Sequence[Person], by: Person,
    each: Callable[[int], None] | None = None,
) -> Brought:  # fmt: skip
    """Bring in people with their stays, placements and work afterwards. The same key is the same person, in this workbook or an earlier one:
    who came back is counted once, what is here already is carried on, and the same workbook again adds nothing.

    Past placements are taken as they were, signed or not; the limits of today are not held against them. Raises Refused, naming rows,
    for days that no rule allows; then nothing is saved. `each` is told how many rows are done.
    """
    found, problems = Brought(), list[Problem]()
    cases = cases_by_key(programme, {row.key for row in rows})
    for done, row in enumerate(rows):
        if each is not None:
            each(done)
        try:
            with atomic():
                case = _stay(programme, organisation, row, cases.get(row.key), _in_turn(caseworkers, len(cases)), by)
                if row.key not in cases:
                    found.people += 1
                    found.cases.append(case)
                cases[row.key] = case
                if row.placed_on:
                    found.placements += _placement(programme, case, row, by)
                _end(case, row, by)
                _work(case, row, by)
        except RuleBroken as broken:
            problems.append(Problem(row.row, "", broken.message))
    if problems:
        raise Refused(problems)
    announce(events.HistoriesBroughtIn(programme.uid, found.people, found.placements), by=by)
    return found


def bring_in_workbook(*, programme: Programme, content: bytes, name: str, organisation: Organisation | None = None, by: Person) -> Brought:
    """Read a workbook of histories and bring in its people, for the organisation whose caseworkers accompany them: `organisation`, else the first
    that one coordinates and that has any.

    Raises Refused naming rows, and RuleBroken (field "file") for a file that is no such table; then nothing is saved.
    """
    organisations = organisations_worked(by, programme)
    if not organisations or (organisation is not None and organisation not in organisations):
        raise RuleBroken(_("You coordinate no organisation of this programme."), field="file")
    rows, problems = read_histories(content, name=name)
    if problems:
        raise Refused(problems)
    if not rows:
        raise RuleBroken(_("The file has no rows below its headers."), field="file")
    chosen = organisation or with_caseworkers(programme, organisations).first() or organisations[0]
    return bring_in_histories(programme=programme, organisation=chosen, rows=rows, caseworkers=caseworkers_of(programme, chosen), by=by)


def _in_turn(caseworkers: Sequence[Person], index: int) -> Person | None:
    return caseworkers[index % len(caseworkers)] if caseworkers else None


def _stay(programme: Programme, organisation: Organisation, row: HistoryRow, case: Case | None, caseworker: Person | None, by: Person) -> Case:
    if case is None:
        return open_case(
            programme=programme, organisation=organisation, given_name=row.given_name, family_name=row.family_name, language=row.language,
            started_on=row.started_on, caseworker=caseworker, external_key=row.key, by=by,
        )  # fmt: skip
    if case.entries.filter(started_on=row.started_on).exists():
        return case  # known already, or a second placement within the same stay
    entry = last_entry(case)
    if entry is not None and entry.ended_on is None:
        end_case(case=case, ended_on=row.started_on, reason="other", by=by)
    reopen_case(case=case, started_on=row.started_on, by=by)
    return case


def _placement(programme: Programme, case: Case, row: HistoryRow, by: Person) -> bool:
    """Bring in a placement, or carry on the one that began on the same day; True for a new one."""
    assert row.placed_on and row.agreed_until  # the reader has seen to it
    today = clock.today()
    company = _company(programme, row, by)
    rule = rules.rule_for(company.country, row.placed_on)
    rules.check_period(rule, row.placed_on, row.agreed_until, extended=True)
    if row.placed_on > today:
        raise RuleBroken(_("The placement begins in the future. Agree on it here when its company prepares."))
    ended = row.stopped_on or (row.agreed_until if row.agreed_until <= today else None)
    state = Placement.State.RUNNING if ended is None else Placement.State.STOPPED if row.stopped_on else Placement.State.COMPLETED
    known = Placement.objects.filter(case=case, starts_on=row.placed_on).first()
    if known is not None:
        if known.state == Placement.State.RUNNING and ended is not None and row.is_signed:
            known.state, known.ended_on, known.reason = state, ended, _reason(row.stop_reason) if row.stopped_on else ""
            known.save(update_fields=["state", "ended_on", "reason"])
            announce(events.PlacementEnded(known.uid, case.uid, state, ended), by=by)
        return False
    if Placement.objects.filter(case=case, state__in=[Placement.State.PREPARED, Placement.State.RUNNING]).exists():
        raise RuleBroken(_("The person has an open placement already. End that one first."))
    placement = Placement.objects.create(
        case=case, position=_position(company, row, by), state=state if row.is_signed else Placement.State.PREPARED, agreed_at=clock.now(), agreed_by=by,
        starts_on=row.placed_on, ends_on=row.agreed_until, hours=row.hours, tasks=[row.position] if row.position else [],
        ended_on=ended if row.is_signed else None, reason=_reason(row.stop_reason) if row.stopped_on else "",
    )  # fmt: skip
    if row.is_signed:
        now = clock.now()
        Signature.objects.bulk_create(
            Signature(placement=placement, part=part, signed_on=row.placed_on, noted_by=by, noted_at=now) for part in rule.signatures
        )
        Preparation.objects.bulk_create(
            Preparation(placement=placement, item=code, waived=str(_("Brought in from a workbook")), settled_by=by, settled_at=now)
            for code, _text in rules.preparation_items()
        )
        if state == Placement.State.RUNNING:
            plan_follow_ups(placement, rule)
            placement.follow_ups.filter(due_on__lt=today - timedelta(days=7)).delete()  # talks of long ago are nobody's task now
    return True


def _company(programme: Programme, row: HistoryRow, by: Person) -> Company:
    same = Company.objects.filter(programme=programme)
    found = same.filter(registration=row.registration).first() if row.registration else same.filter(name=row.company).first()
    return found or add_company(
        programme=programme, name=row.company, ordinary_staff=row.ordinary_staff, region=row.region or str(_("Not said")), registration=row.registration, by=by
    )


def _position(company: Company, row: HistoryRow, by: Person) -> Position:
    title = row.position or str(_("Placement"))
    found = Position.objects.filter(company=company, title=title).first()
    return found or offer_position(company=company, title=title, tasks=[title], hours=min(48, max(1, row.hours)), by=by)


def _end(case: Case, row: HistoryRow, by: Person) -> None:
    entry = case.entries.filter(started_on=row.started_on).first()
    if row.ended_on is None or entry is None:
        return
    if entry.ended_on is None:
        reason = {"health": "not_now"}.get(row.end_reason, row.end_reason)
        reason = reason if reason in type(entry).Reason.values else "other"
        end_case(case=case, ended_on=row.ended_on, reason=reason, by=by)
    elif entry.started_on == row.started_on and entry.ended_on != row.ended_on:
        raise RuleBroken(_("The same stay has another last day here already. Correct one of them."))


def _work(case: Case, row: HistoryRow, by: Person) -> None:
    days = {name: day for name, day in days_of_clocks(case).items() if day <= clock.today()}
    for name, (is_in_work, evidence) in row.work.items():
        if name not in days:
            raise RuleBroken(_("Work is named for a day that has not come yet, or for somebody who has not left."))
        does = WorkStatus.Does.EMPLOYED if is_in_work else WorkStatus.Does.NEITHER
        note_status(case=case, clock_name=name, does=does, evidence=evidence, by=by)


def _reason(code: str) -> str:
    code = {"health": "not_now"}.get(code, code)
    return code if code in Placement.Reason.values else Placement.Reason.OTHER
