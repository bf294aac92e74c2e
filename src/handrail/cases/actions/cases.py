"""Opening cases, writing down what somebody can and wants, giving a case to a caseworker, ending and coming back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.transaction import atomic

from handrail.cases import events, rules
from handrail.cases.models import Case, CaseLanguage, Entry
from handrail.cases.queries import caseworkers_of, caseworkers_to_choose, last_entry, open_entry
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.actions import add_person
from handrail.people.models import Organisation, Person
from handrail.programmes.actions import enrol_person
from handrail.programmes.models import Programme

TEXTS = ("strengths", "wishes", "experience")


@atomic
def open_case(
    *, programme: Programme, organisation: Organisation, given_name: str, family_name: str = "", language: str = "", email: str = "",
    is_protected: bool = False, started_on: date | None = None, strengths: str = "", wishes: str = "", experience: str = "",
    caseworker: Person | None = None, external_key: str = "", by: Person,
) -> Case:  # fmt: skip
    """Meet a person: a name to call them by and a day are enough. Nothing about status is asked.

    Without `caseworker`, whoever opens the case is the caseworker if they are one here. Raises RuleBroken for a day outside the
    programme or in the future, and for a caseworker who is none of the organisation's.
    """
    started = started_on or clock.today()
    rules.check_start(started, today=clock.today(), programme_starts=programme.starts_on, programme_ends=programme.ends_on)
    workers = caseworkers_of(programme, organisation)
    if caseworker is not None and caseworker not in workers:
        raise RuleBroken(_("Choose one of the organisation's caseworkers."), field="caseworker")
    person = add_person(given_name=given_name, family_name=family_name, language=language or "en", email=email, is_protected=is_protected, by=by)
    participation = enrol_person(programme=programme, person=person, organisation=organisation, joined_on=started, by=by)
    case = Case.objects.create(
        programme=programme, participation=participation, person=person, organisation=organisation, number=participation.number,
        caseworker=caseworker or (by if by in workers else None), opened_on=started, external_key=external_key,
        search_name="" if is_protected else person.identity.search_name,  # a protected name has no copy
        strengths=strengths.strip(), wishes=wishes.strip(), experience=experience.strip(),
    )  # fmt: skip
    Entry.objects.create(case=case, started_on=started)
    if language:
        CaseLanguage.objects.create(case=case, code=language, level=CaseLanguage.Level.FIRST)
    announce(events.CaseOpened(case.uid, programme.uid, person.uid), by=by)
    return case


@atomic
def change_case(*, case: Case, by: Person, **facts: Any) -> Case:
    """Write down anew what a person can, wants and speaks. `facts` are strengths, wishes, experience, hours_wanted, travel_minutes, interpreter."""
    changed = tuple(name for name, value in facts.items() if getattr(case, name) != (value.strip() if name in TEXTS else value))
    for name in changed:
        setattr(case, name, facts[name].strip() if name in TEXTS else facts[name])
    if changed:
        case.save(update_fields=list(changed))
        announce(events.CaseChanged(case.uid, changed), by=by)
    return case


@atomic
def say_languages(*, case: Case, levels: Mapping[str, str], by: Person) -> Case:
    """Say which languages a person speaks and how well; those that are left out are no longer on the list.

    Raises RuleBroken for an unknown level.
    """
    if any(level not in CaseLanguage.Level.values for level in levels.values()):
        raise RuleBroken(_("Choose how well the language is spoken."), field="languages")
    before = dict(case.languages.values_list("code", "level"))
    if before != dict(levels):
        case.languages.exclude(code__in=levels).delete()
        for code, level in levels.items():
            CaseLanguage.objects.update_or_create(case=case, code=code, defaults={"level": level})
        announce(events.CaseChanged(case.uid, ("languages",)), by=by)
    return case


@atomic
def give_case(*, case: Case, caseworker: Person, by: Person) -> Case:
    """Give a case to another caseworker of its organisation; the one before no longer sees it from the next request on.

    Raises RuleBroken for somebody who is no caseworker there or is kept away from the case, and for whoever would give themselves somebody else's case: with it they
    would read its sealed notes unasked.
    """
    case = _held(case)
    if not caseworkers_to_choose(case).filter(pk=caseworker.pk).exists():
        raise RuleBroken(_("Choose one of the organisation's caseworkers."), field="caseworker")
    if caseworker.pk == by.pk and case.caseworker_id not in (None, by.pk):
        raise RuleBroken(_("Nobody gives themselves somebody else's case. Ask another coordinator to do it."), field="caseworker")
    if case.caseworker_id != caseworker.pk:
        case.caseworker = caseworker
        case.save(update_fields=["caseworker"])
        announce(events.CaseGivenTo(case.uid, caseworker.uid), by=by)
    return case


@atomic
def end_case(*, case: Case, ended_on: date | None = None, reason: str, by: Person) -> Entry:
    """End a person's stay with a reason. What was reached still counts.

    Raises RuleBroken without a reason, when no stay is open, and for a day before the first or in the future.
    """
    if reason not in Entry.Reason.values:
        raise RuleBroken(_("Choose why the stay ends."), field="reason")
    entry = Entry.objects.select_for_update(no_key=True).filter(case=case, ended_on=None).first()
    if entry is None:
        raise RuleBroken(_("The stay has ended already. Reload the page."))
    day = ended_on or clock.today()
    rules.check_end(day, started_on=entry.started_on, today=clock.today())
    entry.ended_on, entry.reason = day, reason
    entry.save(update_fields=["ended_on", "reason"])
    announce(events.CaseEnded(case.uid, day), by=by)
    return entry


@atomic
def reopen_case(*, case: Case, started_on: date | None = None, by: Person) -> Entry:
    """Let a person come back: a second stay in the same case, so that nobody is counted twice.

    Raises RuleBroken while a stay is open, and for a day before the last one's end.
    """
    case = _held(case)
    if open_entry(case) is not None:
        raise RuleBroken(_("The person is here already. There is nothing to open again."))
    last = last_entry(case)
    day = started_on or clock.today()
    rules.check_start(
        day, today=clock.today(), programme_starts=case.programme.starts_on, programme_ends=case.programme.ends_on,
        earlier_end=last.ended_on if last else None,
    )  # fmt: skip
    entry = Entry.objects.create(case=case, started_on=day)
    announce(events.CaseReopened(case.uid), by=by)
    return entry


def _held(case: Case) -> Case:
    """The case as it stands now, held until the end: two people may act on it at the same instant."""
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    return Case.objects.select_related("programme", "organisation", "person", "caseworker").get(pk=case.pk)
