"""What somebody without an account has before them: the form, what they said on earlier pages, and the words around it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.translation import get_language

from handrail.instruments import rules
from handrail.instruments.models import Collection, Ticket
from handrail.instruments.queries.answering import Filling
from handrail.instruments.queries.collections import state_of_collection
from handrail.instruments.queries.forms import form_of, language_for
from handrail.instruments.rules.collect_words import Around, words_around
from handrail.instruments.rules.fitness import unfit_answer
from handrail.instruments.rules.keeping import TooMuch, kept_items
from handrail.instruments.rules.rounds import takes_answers
from handrail.kit import clock, ids
from handrail.kit.text import date_long


@dataclass
class Visit(Filling):
    """One person going through a collection's questions. Nothing of it is stored before it is sent: the pages carry it along."""

    collection: Collection
    key: str
    channel: str = "web"
    word: str = ""
    joins: bool = False
    is_desk: bool = False
    ticket: Ticket | None = None
    secret: str = ""

    @cached_property
    def words(self) -> Around:
        """The words around the questions, in the form's language if there are any."""
        return words_around(self.language, get_language() or "")

    @property
    def spoken(self) -> str:
        """The language of the words around the questions."""
        return self.words.code

    @property
    def is_staffed(self) -> bool:
        """Whether an interviewer, or whoever types a paper, has the page."""
        return self.channel != "web"

    @property
    def state(self) -> str:
        """ahead, open, grace or closed."""
        return state_of_collection(self.collection)

    @property
    def takes_answers(self) -> bool:
        """Whether answers count today."""
        return takes_answers(self.state)

    @property
    def title(self) -> str:
        """What the questions are about, in the form's language."""
        return said_in(self.collection.title, self.language) or self.form.title

    @property
    def consent(self) -> str:
        """What is read before the first question."""
        return said_in(self.collection.consent, self.language)

    @property
    def carried(self) -> str:
        """The answers so far, to be put on the next page."""
        return json.dumps(self.answers, ensure_ascii=False, separators=(",", ":"))

    @property
    def opens(self) -> str:
        """When the questions open."""
        with translation.override(self.spoken):
            return self.words["ahead"].format(day=date_long(self.collection.opens_on))


def visit(collection: Collection, sent: Mapping[str, Any], *, wanted: str = "", **more: Any) -> Visit:
    """The visit that a page carries along; a new one where it carries none."""
    form = form_of(collection.version)
    language = language_for(form, str(sent.get("language") or wanted or get_language() or ""))
    key = str(sent.get("key", ""))
    known = {item.name for item in form.fields()}
    answers = {name: value for name, value in _carried(sent.get("kept", "")).items() if name in known}
    return Visit(
        form, answers, language, clock.today(), collection=collection, key=key if 8 <= len(key) <= 80 else ids.secret(),
        word=str(sent.get("word", ""))[:40], joins=bool(sent.get("joins")), is_desk=bool(sent.get("desk")), **more,
    )  # fmt: skip


def kept_page(at: Visit) -> list[dict[str, Any]] | None:
    """The whole form for a page that works without a line; None where it asks for more than such a page can."""
    try:
        items = kept_items(at.form, at.language)
    except TooMuch:
        return None
    found = []
    for one in items:
        conditions = {"relevant": one.relevant, "required": one.required, "constraint": one.constraint, "message": one.message}
        kind = {"date": "date", "time": "time", "datetime": "datetime-local"}.get(one.item.kind, "text")
        mode = {"integer": "numeric", "decimal": "decimal"}.get(one.item.kind, "")
        choices = one.choices if one.item.kind != "acknowledge" else ((rules.OK, one.label),)
        found.append({"item": one.item, "label": one.label, "hint": one.hint, "choices": choices, "type": kind, "inputmode": mode, "rules": json.dumps(conditions)})
    return found


def said_in(texts: Mapping[str, str], language: str) -> str:
    """A text of the collection in a language; in the nearest that its owner has written where it is missing."""
    for code in (language, language.split("-")[0], "en", "sv", "da"):
        if texts.get(code, "").strip():
            return texts[code]
    return next((text for text in texts.values() if text.strip()), "")


def problems_in_words(at: Visit, problems: list[rules.AnswerProblem]) -> list[rules.AnswerProblem]:
    """What is to be mended, in the person's language: the form's own words, else ours, where the interface does not speak it."""
    if at.interface:
        return problems
    own = {item.name: any(one.get(at.language) for one in (item.constraint_messages, item.required_messages)) for item in at.form.walk()}
    return [one if own.get(one.name.rpartition("/")[2]) else rules.AnswerProblem(one.name, at.words["mend"]) for one in problems]


def _carried(text: Any) -> dict[str, Any]:
    """The answers of earlier pages as the page brought them back; none where somebody has changed them into something else."""
    try:
        found = json.loads(text or "{}") if isinstance(text, str) and len(text) < 1_000_000 else {}
        return found if isinstance(found, dict) and unfit_answer(found) is None else {}
    except (ValueError, RecursionError):
        return {}
