"""Asking for a mentor with one tap, telling one after another, answering, and saying when somebody was reached."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.transaction import atomic
from django.urls import reverse

from handrail.cases.models import Case
from handrail.kit import clock, links
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.intake import Receipt, take_once
from handrail.kit.mail import send_mail
from handrail.kit.text import _, local
from handrail.mentoring import events, rules
from handrail.mentoring.models import Call, CallStep, Contact, Lifeline, Mentorship
from handrail.mentoring.queries import backs_up_now, mentorship_of_case, open_call_of, takes_part_in, terms_of, to_tell
from handrail.people.models import Person

ANSWER = "call"  # the purpose of the link in the mail
ANSWER_LASTS = timedelta(days=3)


def ask_for_mentor(*, lifeline: Lifeline, key: str, language: str = "") -> Receipt:
    """Ask for the mentor with one tap: the call is kept and the mentor told in one transaction, once for each key of a page.

    While a call is open another tap leads to the same one. Raises RuleBroken for a page without a key.
    """
    return take_once(key=key, scope=f"lifeline:{lifeline.uid.hex}", content={"act": "ask"}, perform=lambda: _ask(lifeline, language).uid)


@atomic
def _ask(lifeline: Lifeline, language: str) -> Call:
    # The lifeline's row is held, so that two pages at one instant make one call.
    row = Lifeline.objects.select_for_update(no_key=True, of=("self",)).select_related("case__programme", "case__person").get(pk=lifeline.pk)
    if language and language != row.language and language in rules.languages():
        row.language = language
        row.save(update_fields=["language"])
    if found := open_call_of(row):
        return found
    mentorship = mentorship_of_case(row.case)
    if mentorship is not None and mentorship.starts_on > clock.today():
        mentorship = None
    call = Call.objects.create(lifeline=row, mentorship=mentorship, asked_at=clock.now())
    announce(events.CallMade(call.uid, row.uid), by=row.case.person)
    _tell(call)
    return call


@atomic
def escalate(*, call: Call) -> str | None:
    """Tell the next one of a call that nobody has ended in time; answers whose turn it was, None where nothing is due.

    Safe to call at any moment and in two workers at once: what was told stands in the same transaction as the mails that tell it.
    """
    row = Call.objects.select_for_update(no_key=True).filter(pk=call.pk, ended_at=None, next_at__lte=clock.now()).first()
    return _tell(row) if row is not None else None


def _tell(call: Call) -> str | None:
    """Tell whoever comes next; those without an address are passed over. The unique pair of call and turn is what makes it once."""
    it = call.mentorship if call.mentorship is not None and call.mentorship.ended_on is None else None
    told = set(call.steps.values_list("turn", flat=True))
    parts = {"has_mentor": it is not None, "has_backup": it is not None and it.backup_id is not None}
    while turn := rules.next_turn(told, **parts):
        told.add(turn)
        people = to_tell(call, turn)
        if people or turn == CallStep.Turn.COORDINATOR:  # on record even without an address: the call then stands on their home alone
            break
    else:
        Call.objects.filter(pk=call.pk).update(next_at=None)
        return None
    CallStep.objects.create(call=call, turn=turn, told_at=clock.now())
    call.next_at = _due(call) if rules.next_turn(told, **parts) else None
    call.save(update_fields=["next_at"])
    for person in people:
        _mail(call, person)
    announce(events.CallTold(call.uid, turn, call.next_at), by=None)
    return turn


def _due(call: Call) -> datetime:
    terms = terms_of(call.lifeline.case.programme)
    return rules.awake_after(local(clock.now()), terms.answer_minutes, quiet_from=terms.quiet_from, quiet_until=terms.quiet_until)


def _mail(call: Call, person: Person) -> None:
    """A mail that says nothing but that somebody asks; its link is the recipient's own, for this call, for three days."""
    token = links.make_link(ANSWER, subject=call.uid, person=person.uid, expires_at=clock.now() + ANSWER_LASTS)
    url = settings.SITE_URL + reverse("mentoring:call_by_link", args=[token])
    send_mail("mentoring/mail/asked", to=person.identity.email, language=person.identity.language, context={"url": url}, person=person.uid)


@atomic
def answer_call(*, call: Call, by: Person) -> Call:
    """Say that one rings now; the person's page says so at once. The clock starts anew: if nobody is reached, the next one is told.

    Saying it twice changes nothing. Raises RuleBroken when the call is over, when somebody else rings already, and for whoever was not told.
    """
    row = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if row.ended_at is not None:
        raise RuleBroken(_("This is settled: somebody was reached, or it was taken back."))
    if not takes_part_in(by, row):
        raise RuleBroken(_("You were not told of this call."))
    if row.answered_by_id == by.pk:
        return row
    latest = max(row.steps.values_list("told_at", flat=True), default=row.asked_at)
    if row.answered_by is not None and row.answered_at is not None and row.answered_at >= latest:
        raise RuleBroken(_("%(name)s rings already.") % {"name": row.answered_by.called})
    row.answered_by, row.answered_at = by, clock.now()
    if row.next_at is not None:
        row.next_at = _due(row)
    row.save(update_fields=["answered_by", "answered_at", "next_at"])
    announce(events.CallAnswered(row.uid, by.uid, row.next_at), by=by)
    return row


@atomic
def report_reached(*, call: Call, minutes: int, how: str, by: Person) -> Contact:
    """Say that one has spoken with the person, for how long and how: the call is over, and the minutes are logged with it, once.

    Raises RuleBroken when it is over already, for whoever was not told, and for minutes outside 1 to 600.
    """
    row = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if row.ended_at is not None:
        raise RuleBroken(_("This is settled: somebody was reached, or it was taken back."))
    if not takes_part_in(by, row):
        raise RuleBroken(_("You were not told of this call."))
    if how not in Contact.How.values:
        raise RuleBroken(_("Say whether you met, phoned or wrote."), field="how")
    today = clock.today()
    rules.check_contact(day=today, minutes=minutes, today=today, starts_on=today)
    if row.answered_by_id is None:
        row.answered_by, row.answered_at = by, clock.now()
    contact = Contact.objects.create(
        case=row.lifeline.case, mentor=backs_up_now(by, row), call=row, day=today, minutes=minutes, how=how, noted_by=by, noted_at=clock.now()
    )
    _end(row, Call.End.REACHED, by=by)
    announce(events.ContactLogged(row.lifeline.case.uid, contact.uid, minutes, how), by=by)
    return contact


def take_call_back(*, lifeline: Lifeline, key: str) -> Receipt:
    """Take the message back: nobody else is told. Nothing happens where no call is open.

    Raises RuleBroken for a page without a key.
    """
    return take_once(key=key, scope=f"lifeline:{lifeline.uid.hex}", content={"act": "back"}, perform=lambda: _take_back(lifeline))


@atomic
def _take_back(lifeline: Lifeline) -> None:
    call = Call.objects.select_for_update(no_key=True).filter(lifeline=lifeline, ended_at=None).first()
    if call is not None:
        _end(call, Call.End.TAKEN_BACK, by=lifeline.case.person)


@atomic
def close_call(*, call: Call, by: Person) -> Call:
    """Close a call in which nobody could be reached, so that it does not stay open for ever; the coordinator's decision.

    Raises RuleBroken when it is over already.
    """
    row = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if row.ended_at is not None:
        raise RuleBroken(_("This is settled: somebody was reached, or it was taken back."))
    _end(row, Call.End.CLOSED, by=by)
    return row


@atomic
def end_calls_of(*, case: Case, by: Person | None) -> None:
    """End whatever call of a person is open: the stay is over, or the person was erased."""
    for call in Call.objects.filter(lifeline__case=case, ended_at=None):
        _end(call, Call.End.CLOSED, by=by)


@atomic
def hand_calls_on(*, mentorship: Mentorship) -> None:
    """A call that is open when its mentor is relieved goes to the coordinator at once."""
    for call in Call.objects.filter(mentorship=mentorship, ended_at=None):
        call.mentorship, call.answered_by, call.answered_at, call.next_at = None, None, None, clock.now()
        call.save(update_fields=["mentorship", "answered_by", "answered_at", "next_at"])
        _tell(call)


def _end(call: Call, end: str, *, by: Person | None) -> None:
    call.ended_at, call.end, call.next_at = clock.now(), end, None
    call.save(update_fields=["ended_at", "end", "next_at", "answered_by", "answered_at"])
    links.revoke_links(ANSWER, subject=call.uid)
    announce(events.CallEnded(call.uid, end), by=by)

