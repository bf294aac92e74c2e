"""Labels, hints and messages of a form in the person's language, with earlier answers put into them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handrail.instruments.rules.plan import plan_of
from handrail.instruments.rules.values import Answers, text_of

if TYPE_CHECKING:
    from handrail.instruments.formats import Form, Item
    from handrail.instruments.formats.form import Texts

_MARKED = re.compile(r"[<*_#]")
_MARKS = re.compile(r"</?(?:span|b|i|u|strong|em|p|br|font|h[1-6])(?:\s[^<>]*)?/?>|\*\*(?P<words>[^*\n]+)\*\*|^#{1,6} +", re.MULTILINE | re.IGNORECASE)
_REFERENCE = re.compile(r"\$\{\s*([^\W\d][\w.-]*)\s*\}")


def text_for(form: Form, texts: Texts, language: str, answers: Answers | None = None) -> str:
    """The text in the language, else in the form's default, else in whichever there is; ${name} becomes that answer as it was read."""
    text = (
        texts.get(language)
        or texts.get(language.split("-")[0])
        or texts.get(form.default_language)
        or next(iter(texts.values()), "")
    )
    if "${" not in text:
        return text
    steps = plan_of(form).steps

    def answer(match: re.Match[str]) -> str:
        item = steps[match[1]].item if match[1] in steps else None
        given = text_of(answers.get(match[1]) if answers is not None else None)
        return given if item is None or not item.choices else choice_labels(form, item, given, language)

    return _REFERENCE.sub(answer, text)


def plain(text: str) -> str:
    """A label without the marks of bold, slanted, headings and colours that other tools draw: the words count."""
    return _MARKS.sub(lambda match: match["words"] or "", text).strip() if _MARKED.search(text) else text


def choice_labels(form: Form, item: Item, given: str, language: str) -> str:
    """What people read for the choices that an answer names, in the form's order (a rank's in its own)."""
    names = given.split()
    labels = {choice.name: text_for(form, choice.labels, language) or choice.name for choice in reversed(item.choices) if choice.name in names}
    if item.kind != "rank":
        names = list(dict.fromkeys(choice.name for choice in item.choices if choice.name in labels))
    return ", ".join(labels[name] for name in names if name in labels)
