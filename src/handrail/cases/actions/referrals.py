"""Referring somebody to another organisation, which says yes or no, and when it is done."""

from __future__ import annotations

from django.db.transaction import atomic

from handrail.cases import events, rules
from handrail.cases.models import Case, Referral
from handrail.cases.queries import organisations_receiving
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Organisation, Person
from handrail.people.queries import consented_fields

State = Referral.State
OPEN = (State.ASKED, State.ACCEPTED)
GONE = _("This referral does not wait any more. Reload the page.")


@atomic
def refer_case(*, case: Case, receiver: Organisation, asks: str, by: Person) -> Referral:
    """Ask another organisation of the programme to help a person who agreed to it.

    Raises RuleBroken without words, without a consent that holds for that organisation, where nobody there could receive it, and while
    one waits there already.
    """
    words = rules.check_text(asks, field="asks", message=_("Write what you ask for, without health or history."))
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if not organisations_receiving(case).filter(pk=receiver.pk).exists():
        raise RuleBroken(_("Nobody in that organisation could receive it."), field="receiver")
    if not consented_fields(case.person_id, receiver.uid):
        raise RuleBroken(_("The person has not agreed that this organisation is told anything. Talk about consent first."), field="receiver")
    if Referral.objects.filter(case=case, receiver=receiver, state__in=OPEN).exists():
        raise RuleBroken(_("The person is referred there already."), field="receiver")
    referral = Referral.objects.create(
        programme=case.programme, case=case, receiver=receiver, asks=words[:300], referred_by=by, referred_at=clock.now()
    )
    announce(events.CaseReferred(case.uid, referral.uid, receiver.uid), by=by)
    return referral


@atomic
def accept_referral(*, referral: Referral, by: Person) -> Referral:
    """Say yes, for the organisation that was asked. Raises RuleBroken when it does not wait any more."""
    return _answer(referral, State.ACCEPTED, "", by)


@atomic
def decline_referral(*, referral: Referral, reason: str, by: Person) -> Referral:
    """Say no with a reason, so that the other side knows whom to ask instead.

    Raises RuleBroken without a reason, and when it does not wait any more.
    """
    return _answer(referral, State.DECLINED, rules.check_text(reason, field="reason", message=_("Write in a sentence why not."))[:300], by)


@atomic
def finish_referral(*, referral: Referral, by: Person) -> Referral:
    """Say that the help was given. Raises RuleBroken for one that was not accepted."""
    return _end(referral, State.ACCEPTED, State.DONE, by)


@atomic
def take_back_referral(*, referral: Referral, by: Person) -> Referral:
    """Take a referral back that nobody has answered. Raises RuleBroken for any other."""
    return _end(referral, State.ASKED, State.TAKEN_BACK, by)


def _answer(referral: Referral, state: str, reason: str, by: Person) -> Referral:
    known = {"state": state, "reason": reason, "answered_by": by, "answered_at": clock.now()}
    if not Referral.objects.filter(pk=referral.pk, state=State.ASKED).update(**known):
        raise RuleBroken(GONE)
    announce(events.ReferralAnswered(referral.uid, state == State.ACCEPTED), by=by)
    referral.refresh_from_db()
    return referral


def _end(referral: Referral, before: str, state: str, by: Person) -> Referral:
    if not Referral.objects.filter(pk=referral.pk, state=before).update(state=state, ended_at=clock.now()):
        raise RuleBroken(GONE)
    announce(events.ReferralEnded(referral.uid, state), by=by)
    referral.refresh_from_db()
    return referral
