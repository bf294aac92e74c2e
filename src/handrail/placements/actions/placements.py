"""From the decision to the last day: preparation, signatures, start, follow-ups, extension, completing and stopping."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError
from django.db.transaction import atomic

from handrail.cases.models import Case
from handrail.cases.queries import open_entry
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _, date_medium
from handrail.people.models import Person
from handrail.placements import events, rules
from handrail.placements.models import Company, Extension, FollowUp, Placement, Position, Preparation, Signature
from handrail.placements.queries import open_places, unsettled_items, unsigned_parts

State = Placement.State


@atomic
def agree_placement(
    *, case: Case, position: Position, starts_on: date, ends_on: date, hours: int, tasks: Sequence[str] = (), adaptations: str = "",
    over_limit_reason: str = "", by: Person,
) -> Placement:  # fmt: skip
    """Decide that a person goes to a position, for an agreed time. No course is needed before. It starts once it is prepared and signed.

    Raises RuleBroken when the person's stay is not open, has a placement already, when the position is closed or full, when the days
    contradict each other or the national rule, and when the company has as many people as its size allows (unless somebody answers for
    it with a reason).
    """
    entry = open_entry(case)
    if entry is None:
        raise RuleBroken(_("The person is not here at the moment. Open the stay again first."))
    if starts_on < entry.started_on:
        raise RuleBroken(_("The first day lies before the person began here."), field="starts_on")
    company = Company.objects.select_for_update(no_key=True).get(pk=position.company_id)  # two who decide at once count one after the other
    rule = rules.rule_for(company.country, starts_on)
    rules.check_period(rule, starts_on, ends_on)
    if position.closed_on is not None or company.withdrawn_on is not None:
        raise RuleBroken(_("This is no longer offered. Choose another position."), field="position")
    if open_places(position) < 1:
        raise RuleBroken(_("All places of this position are taken. Choose another one."), field="position")
    if not 1 <= hours <= 48:
        raise RuleBroken(_("Hours a week are a number from 1 to 48."), field="hours")
    reason = _checked_limit(company, rule, over_limit_reason)
    try:
        with atomic():
            placement = Placement.objects.create(
                case=case, position=position, agreed_at=clock.now(), agreed_by=by, starts_on=starts_on, ends_on=ends_on, hours=hours,
                tasks=[line.strip() for line in tasks if line.strip()] or list(position.tasks), adaptations=adaptations.strip(), over_limit_reason=reason,
            )  # fmt: skip
    except IntegrityError:
        raise RuleBroken(_("The person has an open placement already. End that one first.")) from None
    announce(events.PlacementAgreed(placement.uid, case.uid, position.uid, bool(reason)), by=by)
    return placement


def _checked_limit(company: Company, rule: rules.PlacementRule, reason: str) -> str:
    """The reason for going beyond what the company's size allows; empty where it is not needed."""
    allowed = rules.places_allowed(rule, company.ordinary_staff)
    there = Placement.objects.filter(position__company=company, state__in=[State.PREPARED, State.RUNNING]).count()
    if allowed is None or there < allowed:
        return ""
    if len(reason.strip()) < 10:
        raise RuleBroken(
            _("A company with %(staff)d ordinary staff may have %(allowed)d people in placements at once, and has %(there)d. Choose another company, or write why this one may go beyond it.")
            % {"staff": company.ordinary_staff, "allowed": allowed, "there": there}, field="over_limit_reason",
        )  # fmt: skip
    return reason.strip()[:300]


@atomic
def sign_placement(*, placement: Placement, part: str, signed_on: date | None = None, by: Person) -> Signature:
    """Note that one part has agreed, on paper or in talk. Saying it twice keeps the first day.

    Raises RuleBroken for an unknown part, a day in the future, and once the placement has ended.
    """
    if part not in Signature.Part.values:
        raise RuleBroken(_("Choose who has signed."), field="part")
    day = signed_on or clock.today()
    if day > clock.today():
        raise RuleBroken(_("The day lies in the future."), field="signed_on")
    _demand(placement, State.PREPARED, State.RUNNING)
    signature, is_new = Signature.objects.get_or_create(
        placement=placement, part=part, defaults={"signed_on": day, "noted_by": by, "noted_at": clock.now()}
    )
    if is_new:
        announce(events.PlacementSigned(placement.uid, part), by=by)
    return signature


@atomic
def settle_preparation(*, placement: Placement, item: str, waived: str = "", by: Person) -> Preparation:
    """Note that the company has done an item of its preparation, or waive it with a reason. The first word holds.

    Raises RuleBroken for an unknown item and for a waiver without a reason that others can follow.
    """
    if item not in dict(rules.preparation_items()):
        raise RuleBroken(_("Choose an item of the list."), field="item")
    if waived and len(waived.strip()) < 10:
        raise RuleBroken(_("Write in a few words why it is not needed."), field="waived")
    _demand(placement, State.PREPARED)
    found, is_new = Preparation.objects.get_or_create(
        placement=placement, item=item, defaults={"waived": waived.strip()[:300], "settled_by": by, "settled_at": clock.now()}
    )
    if is_new:
        announce(events.PreparationSettled(placement.uid, item, bool(waived)), by=by)
    return found


@atomic
def start_placement(*, placement: Placement, starts_on: date | None = None, by: Person) -> Placement:
    """The first company day. Follow-ups get their days in the weeks that the national rule names.

    Raises RuleBroken while a signature or an item of the company's preparation is missing (naming them), and for a day in the future.
    """
    placement = _demand(placement, State.PREPARED)
    day = starts_on or min(placement.starts_on, clock.today())
    if day > clock.today():
        raise RuleBroken(_("It starts on its first day, not before."), field="starts_on")
    if missing := unsettled_items(placement):
        raise RuleBroken(
            _("The company's preparation is not finished: %(items)s. Finish it, or waive it with a reason.") % {"items": "; ".join(text for _code, text in missing)}
        )
    if missing := unsigned_parts(placement):
        raise RuleBroken(_("These signatures are missing: %(parts)s.") % {"parts": ", ".join(str(text) for _code, text in missing)})
    rule = rules.rule_for(placement.position.company.country, day)
    length = placement.ends_on - placement.starts_on
    placement.starts_on, placement.ends_on, placement.state = day, day + length, State.RUNNING
    placement.save(update_fields=["starts_on", "ends_on", "state"])
    plan_follow_ups(placement, rule)
    announce(events.PlacementStarted(placement.uid, placement.case.uid, day), by=by)
    return placement


def plan_follow_ups(placement: Placement, rule: rules.PlacementRule) -> None:
    """Give the follow-ups of a placement their days: the last day of each week that the rule names, as far as it lasts."""
    known = set(placement.follow_ups.values_list("week", flat=True))
    FollowUp.objects.bulk_create(
        FollowUp(placement=placement, week=week, due_on=placement.starts_on + timedelta(weeks=week, days=-1))
        for week in rule.follow_up_weeks
        if week not in known and placement.starts_on + timedelta(weeks=week, days=-1) <= placement.ends_on
    )


@atomic
def hold_follow_up(*, follow_up: FollowUp, participant_says: str = "", company_says: str = "", done_on: date | None = None, by: Person) -> FollowUp:
    """Note a follow-up talk: what the participant says, what the company says.

    Raises RuleBroken without a word from either side and for a day in the future.
    """
    if not participant_says.strip() and not company_says.strip():
        raise RuleBroken(_("Write in a sentence what one of them said."), field="participant_says")
    day = done_on or clock.today()
    if day > clock.today():
        raise RuleBroken(_("The day lies in the future."), field="done_on")
    follow_up.participant_says, follow_up.company_says = participant_says.strip()[:300], company_says.strip()[:300]
    is_new = follow_up.done_on is None
    follow_up.done_on, follow_up.done_by = day, by
    follow_up.save(update_fields=["participant_says", "company_says", "done_on", "done_by"])
    if is_new:
        announce(events.FollowUpHeld(follow_up.placement.uid, follow_up.week), by=by)
    return follow_up


@atomic
def extend_placement(*, placement: Placement, until: date, reason: str, by: Person) -> Placement:
    """Let a placement go on until a later day, with a reason; within what the national rule allows.

    Raises RuleBroken unless it runs, without a reason, and for a day that is not later or beyond the rule.
    """
    placement = _demand(placement, State.RUNNING)
    if until <= placement.ends_on:
        raise RuleBroken(_("Choose a day after the present last day."), field="until")
    if len(reason.strip()) < 10:
        raise RuleBroken(_("Write in a few words why it goes on."), field="reason")
    rules.check_period(rules.rule_for(placement.position.company.country, placement.starts_on), placement.starts_on, until, extended=True)
    Extension.objects.create(placement=placement, before=placement.ends_on, until=until, reason=reason.strip()[:300], by=by, at=clock.now())
    placement.ends_on = until
    placement.save(update_fields=["ends_on"])
    announce(events.PlacementExtended(placement.uid, until), by=by)
    return placement


@atomic
def complete_placement(*, placement: Placement, by: Person) -> Placement:
    """The full agreed time is over: extensions included.

    Raises RuleBroken before the last agreed day: who leaves earlier has stopped, with a reason.
    """
    placement = _demand(placement, State.RUNNING)
    if clock.today() < placement.ends_on:
        raise RuleBroken(
            _("The agreed time lasts until %(day)s. Who leaves before has stopped early: choose that, with a reason.") % {"day": date_medium(placement.ends_on)}
        )
    return _end(placement, State.COMPLETED, placement.ends_on, "", by)


@atomic
def stop_placement(*, placement: Placement, reason: str, ended_on: date | None = None, by: Person) -> Placement:
    """A placement stops before its agreed time, with a reason. It counts as begun, not as completed.

    Raises RuleBroken without a reason, unless it runs, and for a day outside the placement or in the future.
    """
    if reason not in Placement.Reason.values:
        raise RuleBroken(_("Choose why it stops."), field="reason")
    placement = _demand(placement, State.RUNNING)
    day = ended_on or clock.today()
    if not placement.starts_on <= day <= min(clock.today(), placement.ends_on):
        raise RuleBroken(_("The last day lies outside the placement, or in the future."), field="ended_on")
    return _end(placement, State.STOPPED, day, reason, by)


@atomic
def call_off_placement(*, placement: Placement, by: Person) -> Placement:
    """Call a placement off before it starts; it counts nowhere. Raises RuleBroken once it has started."""
    return _end(_demand(placement, State.PREPARED), State.CALLED_OFF, clock.today(), "", by)


def _end(placement: Placement, state: str, day: date, reason: str, by: Person) -> Placement:
    placement.state, placement.ended_on, placement.reason = state, day, reason
    placement.save(update_fields=["state", "ended_on", "reason"])
    announce(events.PlacementEnded(placement.uid, placement.case.uid, state, day), by=by)
    return placement


def _demand(placement: Placement, *states: str) -> Placement:
    """The placement as it is now, held until commit. Raises RuleBroken when somebody has moved it on meanwhile."""
    found = Placement.objects.select_for_update(no_key=True, of=("self",)).select_related("case", "position__company").get(pk=placement.pk)
    if found.state not in states:
        raise RuleBroken(_("This placement is %(state)s now. Reload the page.") % {"state": str(found.get_state_display()).lower()})
    return found

