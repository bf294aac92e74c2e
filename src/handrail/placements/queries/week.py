"""What a person reads on their own page by link: days, hours, what comes next, their side of the star. It names nobody and no company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import segno
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.safestring import mark_safe

from handrail.cases.models import Case, Need, Step
from handrail.cases.queries import open_entry, own_side_of
from handrail.cases.rules import Dimension
from handrail.kit import clock
from handrail.kit.models import Link
from handrail.kit.text import day_in
from handrail.mentoring import rules as lifeline
from handrail.mentoring.queries import draft_codes, offered_languages
from handrail.placements.models import Day, FollowUp, Opinion, OwnPage, Placement
from handrail.placements.queries.placements import placements_of
from handrail.placements.rules import week as rules
from handrail.placements.rules.days import days_to_write
from handrail.programmes.models import Programme

PURPOSE = "week"
OPEN_FOR = 30 * 60  # seconds that the plan stays open after the code was written
WEEKEND = 5
HOUR = timedelta(hours=1)
SHARED = ("language", "exit", "danger", "wrong", "card_how", "card_keep")  # of the lifeline's texts


def own_page_of(case: Case) -> OwnPage | None:
    """The page of a person, if a link was ever made."""
    return OwnPage.objects.filter(case=case).first()


def works(own: OwnPage | None) -> bool:
    """Whether there is a link that leads to it just now."""
    return own is not None and Link.objects.filter(purpose=PURPOSE, subject=own.uid, revoked_at=None, expires_at__gt=clock.now()).exists()


def own_page_behind(link: Link) -> OwnPage | None:
    """The page behind a link, while the person's stay lasts."""
    found = OwnPage.objects.filter(uid=link.subject).select_related("case__programme", "case__person").first()
    return found if found is not None and found.case.person.erased_at is None and open_entry(found.case) is not None else None


def week_offered(programme: Programme) -> list[lifeline.Language]:
    """The languages that the page may be shown in: those that were read, and drafts that were switched on knowingly."""
    return offered_languages(programme, rules.week_languages())


@dataclass(frozen=True)
class DayTold:
    """One day as the page tells it: what was said, by whom, and whether the two sides differ."""

    day: date
    name: str
    told: str
    who: str
    differs: bool


@dataclass(frozen=True)
class Ahead:
    """Something that comes next, on its day."""

    day: date
    name: str
    title: str


@dataclass(frozen=True)
class Opened:
    """What lies behind the code: tasks, plan, star, and a follow-up's questions while one is near."""

    proof: str
    tasks: list[str]
    ahead: list[Ahead]
    star: list[tuple[Dimension, int | None]]
    star_day: str
    review: FollowUp | None
    answers: dict[str, int]
    words: str


@dataclass(frozen=True)
class WeekShown:
    """The page as it stands now."""

    language: lifeline.Language
    is_draft: bool
    others: list[lifeline.Language]
    words: dict[str, str]
    today: DayTold | None
    today_on: date
    today_name: str
    usual: int
    to_write: list[tuple[date, str]]
    week: list[DayTold]
    before: list[DayTold]
    earlier: list[DayTold]
    sums: list[str]


def placement_of_page(own: OwnPage) -> Placement | None:
    """The placement that the page is about: the latest that was not called off."""
    return placement_of_case(own.case)


def placement_of_case(case: Case) -> Placement | None:
    """The latest placement of a person that was not called off."""
    return next((one for one in placements_of(case) if one.state != Placement.State.CALLED_OFF), None)


def days_writable(placement: Placement | None) -> list[date]:
    """The days that the page may write down or correct: this week and the one before, as far as the placement lasts."""
    return days_to_write(placement.starts_on, last_day(placement), clock.today()) if placement else []


def last_day(placement: Placement) -> date:
    """The last day of a placement, as agreed or as it came."""
    return min(placement.ends_on, placement.ended_on or placement.ends_on)


def week_shown(own: OwnPage, wanted: str = "") -> WeekShown:
    """What a person's own page shows now; two queries beyond finding it, however many days there were."""
    offered = week_offered(own.case.programme)
    codes = [one.code for one in offered]
    chosen = next(one for one in offered if one.code == next((code for code in (wanted, own.language, lifeline.FALLBACK) if code in codes), codes[0]))
    shared, code = lifeline.languages()[chosen.code], chosen.code
    words = {key: text for key, text in chosen.texts.items() if "{" not in text} | {key: shared.texts[key] for key in SHARED}
    placement, today = placement_of_page(own), clock.today()
    writable = days_writable(placement)
    lines: dict[date, list[Day]] = {}
    for line in Day.objects.filter(placement=placement).order_by("day", "id") if placement else ():
        lines.setdefault(line.day, []).append(line)
    monday = today - timedelta(days=today.weekday())
    told = {day: _told(chosen, day, lines.get(day, [])) for day in {*lines, *writable}}
    usual = rules.usual_minutes(placement.hours) if placement else 0
    words["there"] = lifeline.put(chosen, "there", time=time_told(chosen, usual))
    sums = []
    if placement:
        done = {day: sum(line.minutes for line in rows if line.is_current) for day, rows in lines.items()}
        sums = [
            lifeline.put(chosen, "agreed", n=str(placement.hours)),
            lifeline.put(chosen, "done_week", time=time_told(chosen, sum(minutes for day, minutes in done.items() if day >= monday))),
            lifeline.put(chosen, "done_all", day=day_in(code, placement.starts_on), time=time_told(chosen, sum(done.values()))),
        ]
    return WeekShown(
        language=chosen, is_draft=code in draft_codes(), others=offered, words=words, today=told.get(today) if today in writable else None, today_on=today,
        today_name=day_in(code, today), usual=usual, to_write=[(day, day_in(code, day)) for day in writable], sums=sums,
        week=[told[day] for day in writable if day >= monday and (told[day].who or day.weekday() < WEEKEND)],
        before=[told[day] for day in writable if day < monday and told[day].who],
        earlier=[told[day] for day in sorted(lines, reverse=True) if day not in writable],
    )  # fmt: skip


def _told(language: lifeline.Language, day: date, lines: Sequence[Day]) -> DayTold:
    """A day in words. Where the sides differ the person reads what they said themselves, and that it is not settled."""
    now = next((line for line in lines if line.is_current), None)
    differs = any(line.is_disputed for line in lines)
    own = next((line for line in reversed(lines) if line.said_by == Day.Said.PARTICIPANT), None)
    shown = own if differs and own is not None else now
    texts = language.texts
    who = {"participant": "says_me", "company": "says_company", "staff": "says_staff"}
    told = texts["nothing"] if shown is None else time_told(language, shown.minutes) if shown.minutes else texts["not_there"]
    return DayTold(day, day_in(language.code, day, short=True), told, texts[who[shown.said_by]] if shown else "", differs)


def time_told(language: lifeline.Language, minutes: int) -> str:
    """Hours and minutes in the words of a language, in Latin digits as everywhere on the phone."""
    parts = [lifeline.put(language, "hours", n=str(minutes // 60))] if minutes >= 60 or not minutes else []
    return " ".join([*parts, *([lifeline.put(language, "minutes", n=str(minutes % 60))] if minutes % 60 else [])])


def opened(own: OwnPage, language: lifeline.Language, proof: str) -> Opened:
    """What lies behind the code: tasks and steps without a word on why, one's own side of the star, a follow-up's questions."""
    placement, today, code = placement_of_page(own), clock.today(), language.code
    is_open = placement is not None and placement.state in (Placement.State.PREPARED, Placement.State.RUNNING)
    ahead = [
        Ahead(step.due_on, day_in(code, step.due_on), step.title)
        for step in Step.objects.filter(need__case=own.case_id, need__state=Need.State.OPEN, done_on=None, due_on__gte=today)
    ]
    review = follow_up_asked(placement) if placement is not None else None
    if placement is not None and is_open:
        talks = FollowUp.objects.filter(placement=placement, done_on=None, due_on__gte=today)
        ahead += [Ahead(talk.due_on, day_in(code, talk.due_on), language.texts["talk"]) for talk in talks]
        if placement.ends_on >= today:
            ahead.append(Ahead(placement.ends_on, day_in(code, placement.ends_on), language.texts["last_day"]))
    said = Opinion.objects.filter(follow_up=review, side=Opinion.Side.PARTICIPANT, is_current=True).first() if review else None
    values, said_on = own_side_of(own.case)
    return Opened(
        proof=proof, tasks=list(placement.tasks) if placement is not None and is_open else [], ahead=sorted(ahead, key=lambda one: one.day),
        star=[(point, values.get(point.code)) for point in rules.star_points(code)],
        star_day=lifeline.put(language, "star_said", day=day_in(code, said_on)) if said_on else "",
        review=review, answers=dict(said.answers) if said else {}, words=said.words if said else "",
    )  # fmt: skip


def proof_of(own: OwnPage) -> str:
    """What the opened page carries, so that the code need not be written for each answer: good for half an hour and this card alone."""
    return signing.dumps(_card(own), salt=PURPOSE)


def is_proven(own: OwnPage, proof: str) -> bool:
    """Whether the code was written on this page a moment ago."""
    try:
        return bool(signing.loads(proof, salt=PURPOSE, max_age=OPEN_FOR) == _card(own))
    except signing.BadSignature:
        return False


def _card(own: OwnPage) -> list[str]:
    return [own.uid.hex, own.made_at.isoformat()]  # read by whoever has the page: nothing of the code is in it


def own_card_of(own: OwnPage, token: str) -> dict[str, Any]:
    """What stands on the card: a square, the address, how to keep it. No name of anybody, and not the code."""
    url = settings.SITE_URL + reverse("placements:week", args=[token])
    drawn = segno.make(url, error="m", micro=False).svg_inline(border=3, dark="#14282a", light="#ffffff", svgclass="qr", lineclass=None, omitsize=True)
    language = rules.week_languages()[own.language]
    texts = {**language.texts, **{key: lifeline.languages()[own.language].texts[key] for key in SHARED}}
    return {"spoken": language, "texts": texts, "is_draft": own.language in draft_codes(), "qr": mark_safe(drawn), "url": url}  # noqa: S308  (drawn by us)


def follow_up_asked(placement: Placement) -> FollowUp | None:
    """The follow-up whose questions both sides are asked just now: the first that is not held, from a week before."""
    rows = FollowUp.objects.filter(placement=placement, done_on=None, placement__state=Placement.State.RUNNING, due_on__lte=clock.today() + rules.AHEAD)
    return rows.order_by("due_on", "id").first()

