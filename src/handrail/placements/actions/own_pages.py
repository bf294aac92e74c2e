"""A person's own page by link: making and ending it, and what the person says there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F
from django.db.transaction import atomic
from django.utils.crypto import constant_time_compare, salted_hmac

from handrail.cases.actions import note_own_star
from handrail.cases.models import Case
from handrail.cases.queries import open_entry
from handrail.kit import clock, links
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.intake import Receipt, take_once
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.placements import events
from handrail.placements.actions.days import record_day
from handrail.placements.models import Contact, Day, FollowUp, Opinion, OwnPage, Placement
from handrail.placements.queries.week import PURPOSE, week_offered
from handrail.placements.rules.week import MOST_TRIES, QUESTIONS, STEPS, check_code

LASTS = timedelta(days=365)  # the row's own end; the page ends earlier, with the stay


@atomic
def make_own_page(*, case: Case, language: str, code: str, by: Person) -> tuple[OwnPage, str]:
    """Make the link to a person's own days, or a new one: every earlier link stops working at once. Answers the page and the secret, which
    is kept nowhere; of the code only a keyed hash is kept.

    Raises RuleBroken for a language that is not offered, a code that is not four digits or guessed at once, and when the stay is over.
    """
    if language not in {one.code for one in week_offered(case.programme)}:
        raise RuleBroken(_("This language is not offered yet. Read it through under Languages, and switch it on there."), field="language")
    check_code(code)
    if open_entry(case) is None:
        raise RuleBroken(_("The stay in the programme is over. Open it again first."))
    facts = {"language": language, "tries": 0, "made_at": clock.now(), "made_by": by}
    own, _new = OwnPage.objects.update_or_create(case=case, defaults=facts, create_defaults={**facts, "code": ""})
    own.code = _hashed(own, code)
    own.save(update_fields=["code"])
    links.revoke_links(PURPOSE, subject=own.uid)
    token = links.make_link(PURPOSE, subject=own.uid, person=case.person.uid, expires_at=clock.now() + LASTS)
    announce(events.OwnPageMade(own.uid, case.uid), by=by)
    return own, token


@atomic
def end_own_page(*, case: UUID, by: Person | None) -> None:
    """Make a person's link useless at once: the card was lost, somebody else has it, or the stay is over."""
    own = OwnPage.objects.filter(case__uid=case).first()
    if own is not None and links.revoke_links(PURPOSE, subject=own.uid):
        announce(events.OwnPageEnded(own.uid), by=by)


def open_with_code(*, own: OwnPage, code: str) -> bool:
    """Whether this is the code of the page. Ten wrong ones in a row shut the plan until there is a new card.

    Raises RuleBroken once it is shut.
    """
    counted = OwnPage.objects.filter(pk=own.pk, tries__lt=MOST_TRIES).update(tries=F("tries") + 1)  # counted before it is compared
    if not counted:
        raise RuleBroken(_("Too many tries. Ask for a new card."), field="code")
    is_right = constant_time_compare(_hashed(own, code), own.code)
    if is_right:
        OwnPage.objects.filter(pk=own.pk).update(tries=0)
    return is_right


def _hashed(own: OwnPage, code: str) -> str:
    return salted_hmac("handrail.own_page", f"{own.uid.hex}:{code}", algorithm="sha256").hexdigest()


def say_day(*, placement: Placement, key: str, day: date, minutes: int, absence: str = "", programme: UUID) -> Receipt:
    """Write down a day as the person says by link, once for each key made on the phone; other content under a used key is set aside.

    Raises what `record_day` raises, and RuleBroken without a key.
    """

    def perform() -> UUID:
        found: UUID = record_day(placement=placement, day=day, minutes=minutes, absence=absence, said_by=Day.Said.PARTICIPANT).uid
        return found

    content = {"absence": absence, "day": day.isoformat(), "minutes": str(minutes)}
    return take_once(key=key, scope=f"own-day:{placement.uid}", content=content, perform=perform, programme=programme)


def say_star(*, own: OwnPage, key: str, values: Mapping[str, int | None]) -> Receipt:
    """Note where the person sees themselves on the star, by link, once for each key.

    Raises what `cases.note_own_star` raises, and RuleBroken without a key.
    """
    content = {code: value for code, value in values.items() if value is not None}
    return take_once(key=key, scope=f"own-star:{own.uid}", content=content, perform=lambda: note_own_star(case=own.case, values=values).uid)


@atomic
def say_opinion(*, follow_up: FollowUp, side: str, answers: Mapping[str, int | None], words: str = "", contact: Contact | None = None) -> Opinion:
    """Keep what one side answers about a follow-up; a later answer of the same side takes its place and the earlier one stays behind it.

    Raises RuleBroken for other questions and steps, without any answer, and once the talk was held.
    """
    given = {question: step for question, step in answers.items() if step is not None}
    if not set(given) <= set(QUESTIONS) or not set(given.values()) <= set(STEPS):
        raise RuleBroken(_("Choose one of the four answers."), field="answers")
    if not given and not words.strip():
        raise RuleBroken(_("Answer at least one question."), field="answers")
    row = FollowUp.objects.select_for_update(no_key=True).get(pk=follow_up.pk)
    if row.done_on is not None:
        raise RuleBroken(_("This talk was held already."))
    before = Opinion.objects.filter(follow_up=row, side=side, is_current=True)
    if same := before.filter(answers=given, words=words.strip()[:300]).first():
        return same
    before.update(is_current=False)
    made = Opinion.objects.create(follow_up=row, side=side, answers=given, words=words.strip()[:300], contact=contact, at=clock.now())
    announce(events.OpinionGiven(row.placement.uid, row.uid, side), by=None)
    return made
