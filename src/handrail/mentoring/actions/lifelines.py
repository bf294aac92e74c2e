"""Making, renewing and ending a person's link; what a programme agreed about calls; which languages are offered."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.db.transaction import atomic

from handrail.cases.models import Case
from handrail.cases.queries import open_entry
from handrail.kit import clock, links
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.mentoring import events
from handrail.mentoring.models import DraftLanguage, Lifeline, Terms
from handrail.mentoring.queries import draft_codes, offered_languages, terms_of
from handrail.mentoring.queries.lifelines import PURPOSE
from handrail.people.models import Person
from handrail.programmes.models import Programme

LASTS = timedelta(days=365)  # a card is renewed once a year, and whenever it is lost


@atomic
def make_lifeline(*, case: Case, language: str, by: Person) -> tuple[Lifeline, str]:
    """Make a person's link, or a new one: every earlier link stops working at once. Answers the lifeline and the secret, which is kept nowhere.

    Raises RuleBroken for a language that is not offered, and when the person's stay is over.
    """
    if language not in {one.code for one in offered_languages(case.programme)}:
        raise RuleBroken(_("This language is not offered yet. Read it through under Languages, and switch it on there."), field="language")
    if open_entry(case) is None:
        raise RuleBroken(_("The stay in the programme is over. Open it again first."))
    lifeline, _new = Lifeline.objects.update_or_create(case=case, defaults={"language": language, "made_at": clock.now(), "made_by": by})
    links.revoke_links(PURPOSE, subject=lifeline.uid)
    token = links.make_link(PURPOSE, subject=lifeline.uid, person=case.person.uid, expires_at=clock.now() + LASTS)
    announce(events.LifelineMade(lifeline.uid, case.uid), by=by)
    return lifeline, token


@atomic
def end_lifeline(*, lifeline: Lifeline, by: Person | None) -> None:
    """Make a person's links useless at once: a card was lost, or somebody else has it."""
    if links.revoke_links(PURPOSE, subject=lifeline.uid):
        announce(events.LifelineEnded(lifeline.uid), by=by)


@atomic
def set_terms(*, programme: Programme, answer_minutes: int, quiet_from: time, quiet_until: time, quiet_days: int, by: Person) -> Terms:
    """Agree within how many minutes a call is answered, when it is night, and after how many days a mentor is too quiet.

    Raises RuleBroken for minutes outside 5 to 240, and days outside 3 to 90.
    """
    if not 5 <= answer_minutes <= 240:
        raise RuleBroken(_("Write the minutes, from 5 to 240."), field="answer_minutes")
    if not 3 <= quiet_days <= 90:
        raise RuleBroken(_("Write the days, from 3 to 90."), field="quiet_days")
    terms = terms_of(programme)
    facts: dict[str, Any] = {"answer_minutes": answer_minutes, "quiet_from": quiet_from, "quiet_until": quiet_until, "quiet_days": quiet_days}
    changed = tuple(name for name, value in facts.items() if getattr(terms, name) != value)
    for name, value in facts.items():
        setattr(terms, name, value)
    terms.save()
    if changed:
        announce(events.TermsSet(programme.uid, changed), by=by)
    return terms


@atomic
def switch_language(*, programme: Programme, language: str, is_on: bool, by: Person) -> None:
    """Offer a language whose texts no native speaker has read, knowingly, or no longer; its page stays marked as a draft either way.

    Raises RuleBroken for a language that was read, which is always offered, and for one that there is not.
    """
    if language not in draft_codes():
        raise RuleBroken(_("Only a draft is switched on or off."), field="language")
    if is_on:
        _row, changed = DraftLanguage.objects.get_or_create(
            programme=programme, code=language, defaults={"switched_on_by": by, "switched_on_at": clock.now()}
        )
    else:
        changed = bool(DraftLanguage.objects.filter(programme=programme, code=language).delete()[0])
    if changed:
        announce(events.DraftLanguageSwitched(programme.uid, language, is_on), by=by)
