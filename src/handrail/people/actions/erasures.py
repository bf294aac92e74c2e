"""Forgetting a person: one asks, another agrees, and every app drops its own part in one transaction."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.db.transaction import atomic

from handrail.kit import clock, forgetting
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people import rules
from handrail.people.actions.roles import end_grant
from handrail.people.events import ErasureAsked, ErasureStopped, PersonErased, StaffListDiscarded
from handrail.people.models import Account, Consent, Employment, Erasure, Grant, Identity, Person, Recovery, StaffChange, StaffImport
from handrail.people.queries.erasures import may_agree_to, persons_to_erase, programmes_of_person, sign_to_type, waiting_erasure


@atomic
def ask_erasure(*, person: Person, reason: str, typed: str, by: Person) -> Erasure:
    """Ask for a person to be erased, after typing the participation number; nothing is erased until somebody else agrees.

    Raises RuleBroken for oneself, for somebody whom one may not erase, without a reason, for another number than the person's, and
    when it has been asked for already.
    """
    person = _held(person)
    rules.erasure_may_be_asked(
        person=person.uid, by=by.uid, is_erased=person.erased_at is not None, is_waiting=waiting_erasure(person) is not None
    )
    if not persons_to_erase(by).filter(pk=person.pk).exists():
        raise RuleBroken(_("This person does not belong to your municipality, nor to those whose roles you give."))
    if reason not in Erasure.Reason.values:
        raise RuleBroken(_("Choose why the person is erased."), field="reason")
    sign = sign_to_type(person)
    rules.check_sign(typed, sign)
    erasure = Erasure.objects.create(
        person=person, sign=sign, programmes=programmes_of_person(person), reason=reason, asked_by=by, asked_at=clock.now()
    )
    announce(ErasureAsked(erasure.uid, person.uid, reason), by=by)
    return erasure


@atomic
def agree_to_erasure(*, erasure: Erasure, typed: str, by: Person) -> Erasure:
    """A second person agrees, after typing the number: the person is erased at once, and it cannot be taken back.

    Raises RuleBroken for whoever asked, for the person, for somebody who may not agree, and for another number.
    """
    erasure = _locked(erasure)
    rules.erasure_may_be_agreed(
        person=erasure.person.uid, asked_by=erasure.asked_by.uid, by=by.uid, is_waiting=erasure.state == Erasure.State.ASKED
    )
    if not may_agree_to(by, erasure):
        raise RuleBroken(_("Only a project owner of the person's programme or an administrator agrees to this."))
    rules.check_sign(typed, erasure.sign)
    erase_person(person=erasure.person, reason=erasure.reason, by=by)
    return _end(erasure, Erasure.State.DONE, by)


@atomic
def stop_erasure(*, erasure: Erasure, by: Person) -> Erasure:
    """Whoever asked, or may agree, says that it will not be done. Raises RuleBroken when it does not wait any more."""
    erasure = _locked(erasure)
    if erasure.state != Erasure.State.ASKED:
        raise RuleBroken(_("This erasure does not wait any more. Reload the page."))
    announce(ErasureStopped(erasure.uid, erasure.person.uid), by=by)
    return _end(erasure, Erasure.State.STOPPED, by)


@atomic
def erase_person(*, person: Person, reason: str, by: Person) -> Person:
    """Forget a person, in every app at once or not at all: name, address, way in, work, answers, levels, plans, mails.

    The bare row stays, with the participation number and what a funder may audit. Raises RuleBroken for oneself and for somebody
    who has been erased already.
    """
    person = _held(person)
    rules.erasure_may_be_asked(person=person.uid, by=by.uid, is_erased=person.erased_at is not None, is_waiting=False)
    person.erased_at = clock.now()
    person.save(update_fields=["erased_at"])
    addresses = _addresses(person)
    for grant in Grant.objects.filter(Q(ends_on=None) | Q(ends_on__gte=clock.today()), person=person):
        end_grant(grant=grant, by=by)
    announce(PersonErased(person.uid, reason), by=by)  # the apps above still read where the person worked and what the address was
    _forget_work(person, by)
    Consent.objects.filter(person=person).delete()
    _forget_way_in(person)
    Identity.objects.filter(person=person).delete()
    forgetting.forget(person=person.uid, addresses=addresses)
    return Person.objects.get(pk=person.pk)


def _held(person: Person) -> Person:
    """The person as they stand now, held until the end: whatever is written about them meanwhile comes before or after, never between."""
    return Person.objects.select_for_update(of=("self",), no_key=False).get(pk=person.pk)  # the one lock that keeps off new rows, too


def _locked(erasure: Erasure) -> Erasure:
    Erasure.objects.select_for_update(no_key=True).get(pk=erasure.pk)
    return Erasure.objects.select_related("person", "asked_by").get(pk=erasure.pk)


def _end(erasure: Erasure, state: str, by: Person) -> Erasure:
    erasure.state, erasure.ended_by, erasure.ended_at = Erasure.State(state), by, clock.now()
    erasure.save(update_fields=["state", "ended_by", "ended_at"])
    return erasure


def _addresses(person: Person) -> set[str]:
    named = Identity.objects.filter(person=person).values_list("email", flat=True)
    signed_in = Account.objects.filter(person=person).values_list("email", flat=True)
    return {address for address in (*named, *signed_in) if address}


def _forget_work(person: Person, by: Person) -> None:
    """Where the person worked and whom they managed; lists that wait to be saved may name them, and are thrown away."""
    works = Employment.objects.filter(person=person)
    pending = StaffImport.objects.filter(organisation_id__in=works.values("organisation_id"), state=StaffImport.State.UPLOADED)
    for one in pending.select_related("organisation"):
        StaffImport.objects.filter(pk=one.pk).update(state=StaffImport.State.DISCARDED, content=None)
        announce(StaffListDiscarded(one.uid, one.organisation.uid), by=by)
    Employment.objects.filter(manager=person).update(manager=None)
    works.delete()
    StaffChange.objects.filter(person=person).delete()


def _forget_way_in(person: Person) -> None:
    """The account with everything that hangs on it: password, passkeys, app, codes, addresses, devices, recoveries, sessions."""
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    keys = list(UserSession.objects.filter(user=account).values_list("session_key", flat=True))
    # Not every session is on the list of devices, and what a session holds can only be found by reading it.
    later = clock.real_now() - timedelta(days=1)
    keys += [row.session_key for row in Session.objects.filter(expire_date__gt=later).iterator() if row.get_decoded().get(SESSION_KEY) == str(account.pk)]
    Session.objects.filter(session_key__in=keys).delete()
    Recovery.objects.filter(account=account).delete()
    account.delete()
