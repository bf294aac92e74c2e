"""A questionnaire laid out for writing: in one language, with another beside it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from handrail.instruments import rules
from handrail.instruments.formats import Form
from handrail.instruments.models import Questionnaire
from handrail.instruments.rules import wording
from handrail.kit.text import language_name


@cache
def languages_offered() -> tuple[str, ...]:
    """The languages in which people may be asked."""
    text = resources.files("handrail.instruments").joinpath("data", "languages.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["offered"])


@dataclass(frozen=True)
class Word:
    """One text: what it says in the language that is written, and in the language beside it."""

    text: str
    beside: str


def words_of(questionnaire: Questionnaire, form: Form, language: str) -> dict[str, Word]:
    """Everything that people read, the title first, by what it is the word for."""
    beside = form.default_language
    title = Word(questionnaire.title.get(language, ""), questionnaire.title.get(beside, form.title))
    return {wording.TITLE: title} | {key: Word(texts.get(language, ""), rules.text_for(form, texts, beside)) for key, texts in wording.texts_of(form)}


def languages_to_write(form: Form) -> list[tuple[str, str, bool]]:
    """The languages that a questionnaire may be written in: its own first, then the others; whether it has them."""
    has = [language.code for language in form.languages]
    rest = sorted(((code, language_name(code)) for code in languages_offered() if code not in has), key=lambda one: one[1].casefold())
    return [(code, language_name(code), True) for code in has] + [(code, name, False) for code, name in rest]


def language_to_write(form: Form, wanted: str) -> str:
    """The language asked for, where it is offered; else the questionnaire's own."""
    return wanted if wanted in {code for code, _name, _has in languages_to_write(form)} else form.default_language
