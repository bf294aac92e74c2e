"""Words of a questionnaire, written and translated together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from babel import Locale, UnknownLocaleError
from django.db import transaction

from handrail.instruments.actions.questionnaires import publish_form
from handrail.instruments.formats import Form, Language
from handrail.instruments.models import Questionnaire, QuestionnaireVersion
from handrail.instruments.queries.forms import form_of
from handrail.instruments.queries.questionnaires import latest_version
from handrail.instruments.rules import wording as rules
from handrail.kit.errors import RuleBroken
from handrail.kit.text import _
from handrail.people.models import Person


@transaction.atomic
def word_questionnaire(*, version: QuestionnaireVersion, language: str, words: Mapping[str, str], by: Person | None) -> QuestionnaireVersion:
    """Publish the next version of a questionnaire with other words in one language; `version` is the one that the writer had before them.

    What somebody else published in between stays. Raises RuleBroken where both worded the same thing differently, and where the form's own language would lose a word.
    """
    questionnaire = Questionnaire.objects.select_for_update(no_key=True).select_related("programme").get(pk=version.questionnaire_id)
    latest = latest_version(questionnaire)
    seen, now = form_of(version), form_of(latest)
    mine, title = rules.changed(seen, language, words), words.get(rules.TITLE)
    is_titled = title is not None and _title(questionnaire, form_of(latest), language, title)
    if not mine and is_titled:
        return latest
    if not mine:
        raise RuleBroken(_("Nothing is worded differently."))
    if clashing := rules.clashes(seen, now, language, mine):
        text = dict(rules.texts_of(now))[clashing[0]].get(language, "")
        raise RuleBroken(_("Somebody else worded this in the meantime: “%(text)s”. Open the newest version and decide which words to keep.") % {"text": text[:200]})
    if language == now.default_language and not all(mine.values()):
        raise RuleBroken(_("In the questionnaire's own language no words may be missing."))
    form = rules.worded(now, language, mine)
    if language not in {one.code for one in form.languages}:
        form = replace(form, languages=(*form.languages, Language(language, _own_name(language))))
    return publish_form(programme=questionnaire.programme, form=form, kind=questionnaire.kind, warnings=latest.warnings, by=by)


def _title(questionnaire: Questionnaire, form: Form, language: str, title: str) -> bool:
    """Write the title in a language; whether that changed anything. In the form's own language it comes from the workbook."""
    if language == form.default_language or title == questionnaire.title.get(language, ""):
        return False
    questionnaire.title = {code: text for code, text in {**questionnaire.title, language: title}.items() if text}
    questionnaire.save(update_fields=["title"])
    return True


def _own_name(language: str) -> str:
    """A language as those who speak it call it, for the headers of the workbook."""
    try:
        return str(Locale.parse(language.replace("-", "_")).get_display_name() or language)
    except (ValueError, UnknownLocaleError):
        return language
