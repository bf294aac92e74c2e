"""Recruiting, preparing, matching and relieving mentors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.db.transaction import atomic

from handrail.cases.models import Case
from handrail.cases.queries import kept_away, open_entry
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.mentoring import events, rules
from handrail.mentoring.actions.calls import end_calls_of, hand_calls_on
from handrail.mentoring.models import Mentor, MentorNote, Mentorship
from handrail.people.actions import end_grant, invite_person, name_role_holder
from handrail.people.models import Account, Grant, Organisation, Person, Role
from handrail.people.queries import current_grants
from handrail.people.rules.names import plain_email
from handrail.programmes.models import Programme


@atomic
def recruit_mentor(
    *, programme: Programme, organisation: Organisation, given_name: str, family_name: str, email: str, languages: Sequence[str] = (), capacity: int = 2,
    hours: str = "", phone: str = "", shows_phone: bool = False, invite: bool = False, by: Person | None,
) -> Mentor:  # fmt: skip
    """Take somebody on as a mentor: who has the address already is the same person. With `invite` they get a link to an account of their own.

    Without an account a mentor answers by the link in each mail. Raises RuleBroken without an address, for a capacity outside 1 to 20, and
    for somebody who is a mentor here already.
    """
    rules.check_place(capacity)
    if not plain_email(email):
        raise RuleBroken(_("Write an e-mail address: a mentor who cannot be told of a call is none."), field="email")
    held = current_grants().filter(
        Q(programme=None) | Q(programme=programme.uid), Q(organisation=None) | Q(organisation=organisation), role=Role.MENTOR,
        person__identity__email=plain_email(email),
    )  # fmt: skip
    grant = held.select_related("person__identity").first() or name_role_holder(
        email=email, given_name=given_name, family_name=family_name, role=Role.MENTOR, programme=programme.uid, organisation=organisation, by=by
    )
    facts: dict[str, Any] = {
        "organisation": organisation, "languages": list(languages), "capacity": capacity, "hours": hours.strip()[:120], "phone": phone.strip()[:30],
        "shows_phone": shows_phone, "recruited_on": clock.today(), "ended_on": None,
    }  # fmt: skip
    found = Mentor.objects.filter(programme=programme, person=grant.person).first()
    if found is not None and found.ended_on is None:
        raise RuleBroken(_("This person is a mentor here already."), field="email")
    mentor, _new = Mentor.objects.update_or_create(programme=programme, person=grant.person, defaults=facts)
    announce(events.MentorRecruited(mentor.uid, programme.uid, grant.person.uid), by=by)
    if invite and not Account.objects.filter(person=grant.person).exists():
        invite_person(person=grant.person, by=by)
    return mentor


@atomic
def change_mentor(*, mentor: Mentor, by: Person, **facts: Any) -> Mentor:
    """Write down anew what was agreed: languages, capacity, hours, phone, shows_phone. A lower capacity takes nobody away.

    Raises RuleBroken for a capacity outside 1 to 20.
    """
    rules.check_place(facts.get("capacity", mentor.capacity))
    changed = tuple(name for name, value in facts.items() if getattr(mentor, name) != value)
    for name in changed:
        setattr(mentor, name, facts[name])
    if changed:
        mentor.save(update_fields=list(changed))
        announce(events.MentorChanged(mentor.uid, changed), by=by)
    return mentor


@atomic
def prepare_mentor(*, mentor: Mentor, prepared_on: date | None = None, by: Person) -> Mentor:
    """Say that a mentor was prepared: on which day, and by whom.

    Raises RuleBroken for a day in the future.
    """
    day = prepared_on or clock.today()
    if day > clock.today():
        raise RuleBroken(_("The day lies in the future."), field="prepared_on")
    mentor.prepared_on, mentor.prepared_by = day, by
    mentor.save(update_fields=["prepared_on", "prepared_by"])
    announce(events.MentorPrepared(mentor.uid, day), by=by)
    return mentor


@atomic
def let_mentor_go(*, mentor: Mentor, by: Person) -> Mentor:
    """Somebody is no longer a mentor: the role ends, and whoever counted on them as back-up has none.

    Raises RuleBroken while they still stand beside somebody.
    """
    if Mentorship.objects.filter(mentor=mentor, ended_on=None).exists():
        raise RuleBroken(_("This mentor still stands beside somebody. Hand these people over first."))
    Mentorship.objects.filter(backup=mentor, ended_on=None).update(backup=None)
    mentor.ended_on = clock.today()
    mentor.save(update_fields=["ended_on"])
    for grant in Grant.objects.filter(pk__in=current_grants(), person=mentor.person, role=Role.MENTOR, programme=mentor.programme.uid):
        end_grant(grant=grant, by=by)
    announce(events.MentorLeft(mentor.uid), by=by)
    return mentor


@atomic
def match_mentor(
    *, case: Case, mentor: Mentor, backup: Mentor | None = None, starts_on: date | None = None, reach: str = "", next_on: date | None = None,
    next_where: str = "", by: Person | None,
) -> Mentorship:  # fmt: skip
    """Give a person a mentor, and somebody who stands behind the mentor. A back-up takes no place of those that the back-up has.

    Raises RuleBroken when the mentor has as many people as agreed, is not prepared or belongs elsewhere, when the back-up is the mentor,
    when the person has a mentor already, and when the person's stay is over.
    """
    # The row is held, so that of two at one instant only one gets the last place.
    Mentor.objects.select_for_update(no_key=True).get(pk=mentor.pk)
    _check_mentor(case, mentor, field="mentor")
    if mentor.prepared_on is None:
        raise RuleBroken(_("This mentor is not prepared yet. Write down the preparation first."), field="mentor")
    rules.check_capacity(has=Mentorship.objects.filter(mentor=mentor, ended_on=None).count(), capacity=mentor.capacity, name=mentor.person.called)
    _check_backup(case, mentor, backup)
    if open_entry(case) is None:
        raise RuleBroken(_("The stay in the programme is over. Open it again first."))
    if Mentorship.objects.filter(case=case, ended_on=None).exists():
        raise RuleBroken(_("This person has a mentor already. Relieve that one first; handing over is part of it."))
    mentorship = Mentorship.objects.create(
        case=case, mentor=mentor, backup=backup, starts_on=starts_on or clock.today(), reach=reach.strip()[:80], next_on=next_on, next_where=next_where.strip()[:80]
    )
    announce(events.MentorMatched(mentorship.uid, case.uid, mentor.uid, backup.uid if backup else None), by=by)
    return mentorship


@atomic
def name_backup(*, mentorship: Mentorship, backup: Mentor | None, by: Person) -> Mentorship:
    """Say who stands behind a mentor from now on; None: nobody, and the coordinator is told instead.

    Raises RuleBroken for the mentor, and for somebody from elsewhere.
    """
    _check_backup(mentorship.case, mentorship.mentor, backup)
    mentorship.backup = backup
    mentorship.save(update_fields=["backup"])
    announce(events.BackupNamed(mentorship.uid, backup.uid if backup else None), by=by)
    return mentorship


@atomic
def relieve_mentor(*, mentorship: Mentorship, reason: str, successor: Mentor | None = None, by: Person | None) -> Mentorship | None:
    """End a mentorship with a reason and, with `successor`, hand the person over: how to reach them and the agreed day go along, notes never.

    The mentor's own notes are deleted. A call that is open goes to the coordinator at once. Answers the new mentorship. Raises RuleBroken
    without a reason, when it has ended already, and as `match_mentor` does for the successor.
    """
    if reason not in Mentorship.Reason.values:
        raise RuleBroken(_("Choose why it ends."), field="reason")
    if successor is not None and successor.pk == mentorship.mentor_id:
        raise RuleBroken(_("Choose somebody else than the mentor who is relieved."), field="successor")
    row = Mentorship.objects.select_for_update(no_key=True).filter(pk=mentorship.pk, ended_on=None).first()
    if row is None:
        raise RuleBroken(_("This has ended already. Reload the page."))
    MentorNote.objects.filter(mentorship=row).delete()
    reach, next_on, next_where = row.reach, row.next_on, row.next_where
    row.ended_on, row.reason, row.reach, row.next_on, row.next_where = clock.today(), reason, "", None, ""
    row.save(update_fields=["ended_on", "reason", "reach", "next_on", "next_where"])
    announce(events.MentorRelieved(row.uid, reason), by=by)
    if reason in (Mentorship.Reason.ERASED, Mentorship.Reason.STAY):
        end_calls_of(case=row.case, by=by)
    else:
        hand_calls_on(mentorship=row)
    if successor is None:
        return None
    backup = row.backup if row.backup_id != successor.pk else None
    try:
        return match_mentor(case=row.case, mentor=successor, backup=backup, reach=reach, next_on=next_on, next_where=next_where, by=by)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="successor") from None


def _check_mentor(case: Case, mentor: Mentor, *, field: str) -> None:
    if mentor.ended_on is not None or mentor.programme_id != case.programme_id or mentor.organisation_id != case.organisation_id:
        raise RuleBroken(_("Choose one of the mentors on the list."), field=field)
    if mentor.person_id in kept_away(case):
        raise RuleBroken(_("Choose one of the mentors on the list."), field=field)


def _check_backup(case: Case, mentor: Mentor, backup: Mentor | None) -> None:
    if backup is None:
        return
    _check_mentor(case, backup, field="backup")
    if backup.pk == mentor.pk:
        raise RuleBroken(_("The back-up is somebody else than the mentor."), field="backup")
