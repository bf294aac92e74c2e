"""Labels, hints and messages of a form in the person's language, with earlier answers put into them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handrail.instruments.rules.values import Answers, text_of

if TYPE_CHECKING:
    from handrail.instruments.formats import Form
    from handrail.instruments.formats.form import Texts

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
    items = {item.name: item for item in form.questions()}

    def answer(match: re.Match[str]) -> str:
        item = items.get(match[1])
        given = text_of((answers or {}).get(match[1]))
        if item is None or not item.choices:
            return given
        labels = [text_for(form, choice.labels, language) for choice in item.choices if choice.name in given.split()]
        return ", ".join(labels)

    return _REFERENCE.sub(answer, text)
