"""Finds lifelines, the languages they speak, and what a phone shows at this moment."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from handrail.cases.models import Case
from handrail.kit import clock, ids, slots
from handrail.kit.models import Link
from handrail.kit.text import local
from handrail.mentoring import rules
from handrail.mentoring.models import Call, DraftLanguage, Lifeline, Mentorship
from handrail.mentoring.queries.mentors import mentorship_of_case, terms_of
from handrail.people.models import Identity
from handrail.programmes.models import Programme

PURPOSE = "lifeline"


def lifeline_by_uid(uid: UUID) -> Lifeline | None:
    """A lifeline with its case."""
    return Lifeline.objects.filter(uid=uid).select_related("case__programme", "case__person", "case__organisation").first()


def lifeline_of(case: Case) -> Lifeline | None:
    """The lifeline of a person, if a link was ever made."""
    return Lifeline.objects.filter(case=case).first()


def works(lifeline: Lifeline | None) -> bool:
    """Whether there is a link that leads to it just now."""
    return lifeline is not None and Link.objects.filter(purpose=PURPOSE, subject=lifeline.uid, revoked_at=None, expires_at__gt=clock.now()).exists()


@dataclass(frozen=True)
class LanguageRow:
    """One language as the coordinator sees it: read or draft, switched on or not."""

    language: rules.Language
    is_draft: bool  # its texts here, or on another page that a phone opens by link
    is_offered: bool
    switched_on: DraftLanguage | None


def texts_by_link() -> list[dict[str, rules.Language]]:
    """The texts of every page that a person opens by link: the lifeline's, and those of higher floors."""
    return [rules.languages(), *slots.filled("link.texts")]


def draft_codes() -> set[str]:
    """The languages in which a page by link has texts that no native speaker has read."""
    return {code for texts in texts_by_link() for code, one in texts.items() if one.is_draft}


def language_rows(programme: Programme) -> list[LanguageRow]:
    """Every language with its state."""
    switched = {one.code: one for one in DraftLanguage.objects.filter(programme=programme).select_related("switched_on_by__identity")}
    offered, drafts = {one.code for one in offered_languages(programme)}, draft_codes()
    return [LanguageRow(one, one.code in drafts, one.code in offered, switched.get(one.code)) for one in rules.languages().values()]


def offered_languages(programme: Programme, texts: dict[str, rules.Language] | None = None) -> list[rules.Language]:
    """The languages that a page may be shown in: those a native speaker has read, and drafts that were switched on knowingly.

    In local mode, which nobody in need can reach, every draft is offered, marked as such.
    """
    known = (rules.languages() if texts is None else texts).values()
    if settings.LOCAL_MODE:
        return list(known)
    on = set(DraftLanguage.objects.filter(programme=programme).values_list("code", flat=True))
    return [one for one in known if not one.is_draft or one.code in on]


@dataclass(frozen=True)
class Shown:
    """A phone's page: which words, in which language. It names the mentor and never the person."""

    language: rules.Language
    others: list[rules.Language]
    state: str  # "start", "waiting", "rings" or "other"
    words: dict[str, str]
    told: list[str]  # what has happened, line by line
    ahead: list[str]  # what happens if nobody answers
    phone: str
    mark: str  # changes when there is something new to see

    @property
    def phone_plain(self) -> str:
        """The number as a phone dials it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


def shown(lifeline: Lifeline, wanted: str = "") -> Shown:
    """What the page of a lifeline shows now."""
    offered = offered_languages(lifeline.case.programme)
    codes = [one.code for one in offered]
    chosen = next((code for code in (wanted, lifeline.language, rules.FALLBACK) if code in codes), codes[0])
    mentorship = mentorship_of_case(lifeline.case)
    call = Call.objects.filter(lifeline=lifeline, ended_at=None).select_related("mentorship__mentor__person__identity", "mentorship__backup__person__identity").first()
    terms, now = terms_of(lifeline.case.programme), clock.now()
    quiet = {"quiet_from": terms.quiet_from, "quiet_until": terms.quiet_until}

    def say(key: str, **known: str) -> str:
        return rules.text(chosen, key, **known)

    about = call.mentorship if call else mentorship
    name, other = _given(about, "mentor"), _given(about, "backup")
    words = {key: say(key) for key in ("title", "language", "kept", "exit", "danger", "take_back", "look_again", "many", "wrong", "waiting", "other_comes", "rings_staff")}
    words["reach"] = say("reach", name=name) if name else say("reach_plain")
    words["phone"] = say("phone", name=name)
    words["soon"] = say("night", time=_hour(rules.wakes_at(local(now), **quiet))) if rules.is_quiet(local(now), **quiet) else say("usually", minutes=str(terms.answer_minutes))
    phone = about.mentor.phone if about and about.mentor.shows_phone and about.ended_on is None else ""
    if call is None:
        return Shown(rules.language(chosen), offered, "start", words, [], [], "", "start")
    steps = {step.turn: step.told_at for step in call.steps.all()}
    told = [say("sent", time=_hour(local(call.asked_at)))]
    if "backup" in steps:
        told.append(say("told_other", other=other, time=_hour(local(steps["backup"]))))
    if "coordinator" in steps:
        told.append(say("told_staff", time=_hour(local(steps["coordinator"]))))
    state, ahead = _state(call, steps), []
    if state == "rings":
        answerer = Identity.objects.filter(person=call.answered_by, person__in=_mentor_people(call)).first()
        words["rings"] = say("rings", name=answerer.given_name) if answerer else words["rings_staff"]
    elif call.next_at is not None:
        time = _hour(local(call.next_at))
        following = rules.next_turn(set(steps), has_mentor=bool(name), has_backup=bool(other))
        ahead.append(say("if_not", name=name, other=other, time=time) if following == "backup" else say("if_not_staff", time=time))
    mark = "|".join((state, *told, *ahead))
    return Shown(rules.language(chosen), offered, state, words, told, ahead, phone, ids.hashed(mark)[:16])


def _state(call: Call, steps: dict[str, datetime]) -> str:
    latest = max(steps.values(), default=call.asked_at)
    if call.answered_at is not None and call.answered_at >= latest:
        return "rings"
    return "other" if len(steps) > 1 or "mentor" not in steps else "waiting"


def _mentor_people(call: Call) -> list[int]:
    it = call.mentorship
    return [one.person_id for one in (it.mentor, it.backup) if one is not None] if it else []


def _given(mentorship: Mentorship | None, which: str) -> str:
    mentor = getattr(mentorship, which, None)
    identity = getattr(mentor.person, "identity", None) if mentor else None
    return identity.given_name or str(identity) if identity else ""


def _hour(moment: datetime) -> str:
    """14:05, in Latin digits everywhere: so they match the clock on the phone."""
    return f"{moment:%H:%M}"


def first_language(case: Case, lifeline: Lifeline | None) -> str:
    """The language to offer first on a card: that of the last one, else the person's first language."""
    if lifeline is not None:
        return lifeline.language
    first = case.languages.filter(level="first").values_list("code", flat=True).first() or ""
    return next((code for code in (first, f"{first}-AF", first.partition("-")[0]) if code in rules.languages()), rules.FALLBACK)


def card_of(lifeline: Lifeline, token: str) -> dict[str, Any]:
    """What stands on the card: a square to point a phone at, the address, how to keep it. No name of anybody."""
    url = settings.SITE_URL + reverse("mentoring:lifeline", args=[token])
    drawn = segno.make(url, error="m", micro=False).svg_inline(border=3, dark="#14282a", light="#ffffff", svgclass="qr", lineclass=None, omitsize=True)
    return {"spoken": rules.language(lifeline.language), "texts": rules.language(lifeline.language).texts, "qr": mark_safe(drawn), "url": url}  # noqa: S308  (drawn by us)


def texts_side_by_side() -> dict[str, list[tuple[str, str]]]:
    """Each draft's texts beside their English, of every page by link, for whoever reads them through."""
    found: dict[str, list[tuple[str, str]]] = {code: [] for code in rules.languages()}
    for texts in texts_by_link():
        english = texts[rules.FALLBACK].texts
        for code, one in texts.items():
            found.setdefault(code, []).extend((english[key], one.texts[key]) for key in english)
    return found


def month_of(day: date) -> list[list[date]]:
    """The weeks of a month, Mondays first."""
    return Calendar().monthdatescalendar(day.year, day.month)
