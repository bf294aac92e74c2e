"""The form behind a version, read once per process: a version never changes."""

from __future__ import annotations

from collections import OrderedDict
from uuid import UUID

from handrail.instruments import formats
from handrail.instruments.models import QuestionnaireVersion

KEEP = 32
_forms: OrderedDict[UUID, formats.Form] = OrderedDict()


def form_of(version: QuestionnaireVersion) -> formats.Form:
    """What a version asks."""
    found = _forms.get(version.uid)
    if found is None:
        found = _forms[version.uid] = formats.from_json(version.definition)
        while len(_forms) > KEEP:
            _forms.popitem(last=False)
    return found


def language_for(form: formats.Form, wanted: str) -> str:
    """The form's language nearest to the one that a person wants."""
    codes = [language.code for language in form.languages]
    for code in (wanted, wanted.split("-")[0]):
        if code in codes:
            return code
    return form.default_language or (codes[0] if codes else "sv")
