"""Rounds: open, invite, send, remind, close."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import translation

from handrail.instruments.events import InvitationsSent, PeopleInvited, PeopleReminded, RoundClosed, RoundOpened
from handrail.instruments.models import Invitation, QuestionnaireVersion, Round
from handrail.instruments.queries.rounds import due_for_reminder, state_of
from handrail.instruments.rules import rounds as rules
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _, date_medium
from handrail.people.models import Employment, Person, Unit
from handrail.people.queries import current_employments
from handrail.programmes.models import Participation, Programme


@transaction.atomic
def open_round(
    *, programme: Programme, version: QuestionnaireVersion, title: str | Mapping[str, str], respondent: str = "self",
    phase: str = "before", opens_on: date, closes_on: date, follows: Round | None = None, by: Person | None,
) -> Round:  # fmt: skip
    """Set up a round of a questionnaire: about oneself or by the manager, before, after or later, from one day to another."""
    if version.questionnaire.programme_id != programme.pk:
        raise RuleBroken(_("The questionnaire belongs to another programme. Choose one of this programme."), field="version")
    if closes_on < opens_on:
        raise RuleBroken(_("The last day comes before the first. Choose a later last day."), field="closes_on")
    if follows is not None and follows.programme_id != programme.pk:
        raise RuleBroken(_("The round before belongs to another programme."), field="follows")
    texts = dict(title) if isinstance(title, Mapping) else {translation.get_language() or "sv": title.strip()}
    if not any(texts.values()):
        raise RuleBroken(_("Give the round a name, as people will read it in their mail page."), field="title")
    made = Round.objects.create(
        version=version, programme=programme, title=texts, respondent=Round.Respondent(respondent), phase=Round.Phase(phase),
        opens_on=opens_on, closes_on=closes_on, follows=follows,
    )  # fmt: skip
    announce(
        RoundOpened(made.uid, programme.uid, version.uid, made.respondent, made.phase, opens_on, closes_on), by=by
    )
    return made


@transaction.atomic
def open_round_for(*, persons: Iterable[Person], by: Person | None, **what: Any) -> Round:
    """Open a round and put people on its list, both or neither. Raises RuleBroken when nobody would be asked."""
    made = open_round(by=by, **what)
    if not invite_to_round(round=made, persons=persons, by=by):
        raise RuleBroken(_("Nobody in the chosen groups could be asked. In a manager's round each person needs a manager."), field="whom")
    return made


@transaction.atomic
def invite_to_round(*, round: Round, persons: Iterable[Person], by: Person | None) -> int:
    """Put people on a round's list, each once; answers how many are new.

    Who does not work anywhere today, or in a manager's round has no manager, is left out.
    """
    if round.closed_at is not None:
        raise RuleBroken(_("The round is closed. Open a new one to ask more people."))
    ids = {person.pk for person in persons}
    jobs = _jobs(round, ids)
    known = set(round.invitations.filter(about_id__in=ids).values_list("about_id", flat=True))
    new = []
    for person_id, job in jobs.items():
        respondent_id = person_id if round.respondent == Round.Respondent.SELF else job.manager_id
        if person_id in known or respondent_id is None:
            continue
        new.append(
            Invitation(
                round=round, respondent_id=respondent_id, about_id=person_id, organisation_id=job.organisation_id, unit_id=job.unit_id
            )
        )
    Invitation.objects.bulk_create(new, batch_size=500)
    if new:
        announce(PeopleInvited(round.uid, round.programme.uid, len(new)), by=by)
    return len(new)


@transaction.atomic
def send_invitations(
    *, round: Round, organisations: Collection[int] | None = None, by: Person | None
) -> int:
    """Send everybody on the list who has no mail yet a personal link, one mail each; answers to how many.

    `organisations` keeps it to some organisations' people. Those without an e-mail address are left for later.
    """
    _must_take_answers(round)
    now = clock.now()
    waiting = _within(round.invitations.filter(sent_at=None, completed_at=None), organisations)
    waiting = waiting.exclude(respondent__identity__email="").filter(respondent__erased_at=None)
    count = waiting.values("respondent_id").distinct().count()
    if not count:
        return 0
    Invitation.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(sent_at=now)
    announce(InvitationsSent(round.uid, round.programme.uid, now, count), by=by)
    return count


@transaction.atomic
def remind(
    *, round: Round, unit: Unit | None = None, organisations: Collection[int] | None = None, by: Person | None
) -> int:
    """Remind those who have not answered, each at most every three days; answers how many."""
    _must_take_answers(round)
    now = clock.now()
    missing = _within(round.invitations.filter(completed_at=None), organisations)
    if unit is not None:
        missing = missing.filter(Q(unit=unit) | Q(unit__parent=unit))
    if not missing.exists():
        raise RuleBroken(_("Everybody has answered. There is nobody to remind."))
    due = due_for_reminder(missing)
    ids = list(due.values_list("pk", flat=True))
    count = due.values("respondent_id").distinct().count()
    if not count:
        raise RuleBroken(
            _("Everybody who has not answered had a mail within the last three days, or has no e-mail address. Try again later.")
        )
    Invitation.objects.filter(pk__in=ids).update(reminded_at=now, reminders=F("reminders") + 1)
    announce(PeopleReminded(round.uid, round.programme.uid, now, count), by=by)
    return count


@transaction.atomic
def close_round(*, round: Round, by: Person | None) -> Round:
    """End a round: nothing more comes in, and what came in stays."""
    changed = Round.objects.filter(pk=round.pk, closed_at=None).update(closed_at=clock.now())
    if not changed:
        raise RuleBroken(_("The round is already closed."))
    round.refresh_from_db()
    rows = round.invitations
    announce(
        RoundClosed(round.uid, round.programme.uid, rows.exclude(completed_at=None).count(), rows.count()), by=by
    )
    return round


def close_overdue_rounds() -> int:
    """Close every round whose last day of grace has passed; answers how many. Called once a day."""
    last = clock.today() - rules.GRACE
    overdue = list(Round.objects.filter(closed_at=None, closes_on__lt=last).select_related("programme"))
    for one in overdue:
        close_round(round=one, by=None)
    return len(overdue)


def _within(rows: QuerySet[Invitation], organisations: Collection[int] | None) -> QuerySet[Invitation]:
    return rows if organisations is None else rows.filter(organisation_id__in=organisations)


def _must_take_answers(round: Round) -> None:
    state = state_of(round)
    if state == "ahead":
        raise RuleBroken(_("The round opens on %(day)s. Send when it has opened.") % {"day": date_medium(round.opens_on)})
    if state == "closed":
        raise RuleBroken(_("The round is closed. Nobody can answer any more."))


def _jobs(round: Round, person_ids: set[int]) -> dict[int, Employment]:
    """Each person's job today: the one with the organisation they take part for, else any."""
    taking_part = dict(
        Participation.objects.filter(programme=round.programme, person_id__in=person_ids, left_on=None).values_list(
            "person_id", "organisation_id"
        )
    )
    found: dict[int, Employment] = {}
    for job in current_employments().filter(person_id__in=person_ids, person__erased_at=None).order_by("pk"):
        if job.person_id not in found or taking_part.get(job.person_id) == job.organisation_id:
            found[job.person_id] = job
    return found
