"""What the holder of a personal link has before them: whom they are asked about, how far they are, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings

from handrail.instruments import rules
from handrail.instruments.formats import Form
from handrail.instruments.models import Invitation, Round
from handrail.instruments.queries.answers import Said, invitations_behind, latest_submission, said
from handrail.instruments.queries.forms import form_of, language_for
from handrail.instruments.queries.rounds import state_of
from handrail.instruments.rules.rounds import takes_answers
from handrail.kit import clock
from handrail.kit.models import Link
from handrail.kit.text import local
from handrail.people.queries import names_visible_to

WRITTEN_FROM_THE_RIGHT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "prs", "ps", "sd", "syr", "ug", "ur", "yi"}


@dataclass(frozen=True)
class About:
    """One person a manager is asked about, or oneself."""

    invitation: Invitation
    name: str

    @property
    def state(self) -> str:
        """done, begun or waiting."""
        return "done" if self.invitation.completed_at else "begun" if self.invitation.started_at else "waiting"


@dataclass
class Filling:
    """A form with the answers so far, in one of its languages."""

    form: Form
    answers: dict[str, Any]
    language: str
    today: date  # with the time of day, for forms that ask what time it is

    @property
    def direction(self) -> str:
        """Which way the form's language is written."""
        return "rtl" if self.language.split("-")[0] in WRITTEN_FROM_THE_RIGHT else "ltr"

    @property
    def interface(self) -> str | None:
        """The language of buttons and explanations: the form's where we have it, else the reader's own."""
        short = self.language.split("-")[0]
        return short if short in dict(settings.LANGUAGES) else None

    @property
    def languages(self) -> list[dict[str, Any]]:
        """The languages of the form."""
        return [{"code": one.code, "label": one.name, "current": one.code == self.language} for one in self.form.languages]

    def pages(self) -> list[int]:
        """The numbers of the pages on which something is to be seen."""
        visible = set(rules.visible_items(self.form, self.answers, today=self.today))
        return [number for number, page in enumerate(rules.pages(self.form)) if page.names() & visible]

    def next_page(self, number: int = -1) -> int | None:
        """The next page with something on it."""
        return rules.next_page(self.form, self.answers, number, today=self.today)

    def previous_page(self, number: int) -> int | None:
        """The page before."""
        return rules.previous_page(self.form, self.answers, number, today=self.today)

    def first_open_page(self) -> int | None:
        """Where to go on: the first page with something to mend or answer; None when there is none."""
        wrong = {problem.name.partition("/")[0] for problem in self.problems()}
        return next((number for number, page in enumerate(rules.pages(self.form)) if page.names() & wrong), None)

    def problems(self, only: list[str] | None = None) -> list[rules.AnswerProblem]:
        """What keeps the answers from being sent."""
        return rules.answer_problems(
            self.form, self.answers, language=self.language, complete=True, today=self.today, only=only, takes_files=False
        )

    def said(self) -> list[Said]:
        """The answers in words, without those that are hidden by now."""
        return said(self.form, self.answers, self.language, today=self.today)

    def page_of(self, name: str) -> int:
        """The number of the page on which a question stands; in a repeat, a question is named by its place (members/1/age)."""
        top = name.partition("/")[0]
        return next(number for number, page in enumerate(rules.pages(self.form)) if top in page.names())


@dataclass
class Sitting(Filling):
    """One invitation being answered by whoever holds the link."""

    everyone: list[Invitation]
    invitation: Invitation

    @property
    def round(self) -> Round:
        """The round it belongs to."""
        return self.invitation.round

    @property
    def takes_answers(self) -> bool:
        """Whether an answer counts today."""
        return takes_answers(state_of(self.round))

    @property
    def is_about_others(self) -> bool:
        """A manager answers about reports."""
        return self.round.respondent == Round.Respondent.MANAGER

    def reread(self) -> Sitting:
        """The same after something was kept."""
        latest = latest_submission(self.invitation)
        self.answers = dict(latest.answers) if latest else {}
        return self


def sitting(link: Link, uid: UUID | None, wanted: str = "") -> Sitting | None:
    """What a link's holder answers: the invitation with this uid in the same round, or the first; None when it is not theirs."""
    everyone = list(invitations_behind(link))
    chosen = [one for one in everyone if uid is None or one.uid == uid]
    if not chosen:
        return None
    form = form_of(chosen[0].round.version)
    latest = latest_submission(chosen[0])
    known = wanted or (latest.language if latest else "") or chosen[0].respondent.identity.language
    answers = dict(latest.answers) if latest else {}
    return Sitting(form, answers, language_for(form, known), local(clock.now()).replace(tzinfo=None), everyone=everyone, invitation=chosen[0])


def people_to_rate(everyone: list[Invitation]) -> list[About]:
    """Those a manager is asked about, by name: being asked about somebody is reason enough to read the name."""
    if not everyone:
        return []
    ids = [one.about_id for one in everyone]
    names = names_visible_to(everyone[0].respondent, ids, also=ids)
    return sorted((About(one, str(names[one.about_id])) for one in everyone), key=lambda about: (about.state == "done", about.name))
