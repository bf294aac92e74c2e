"""Collections with answers for tests of results, written straight into the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from handrail.instruments import actions
from handrail.instruments.actions import drawing, tallies
from handrail.instruments.models import Collection, Questionnaire, QuestionnaireVersion, Response
from handrail.kit import clock
from tests.instruments.forms import workbook

AGREE = [("a1", "Not at all"), ("a2", "Rather not"), ("a3", "Neither"), ("a4", "Rather"), ("a5", "Very much")]


def survey_sheets(extra: list[list[Any]] | None = None, more_choices: list[list[Any]] | None = None) -> dict[str, list[list[Any]]]:
    """A small questionnaire: one choice, several, a scale, a number, words, and one that only some are asked."""
    rows = [
        ["type", "name", "label::English (en)", "label::Svenska (sv)", "label::العربية (ar)", "relevant", "appearance"],
        ["begin_group", "one", "You", "Du", "أنت"],
        ["select_one work", "work", "Do you work?", "Arbetar du?", "هل تعمل؟"],
        ["select_multiple needs", "needs", "What do you need?", "Vad behöver du?", "ماذا تحتاج؟"],
        ["select_one agree", "met", "I was met well", "Jag blev bra bemött", "استقبلت جيدا", "", "likert"],
        ["integer", "years", "How many years have you been here?", "Hur många år har du varit här?", "كم سنة؟"],
        ["select_one yesno", "course", "Did work give you a course?", "Gav arbetet en kurs?", "دورة؟", "${work} = 'yes'"],
        ["text", "more", "Anything else?", "Något annat?", "شيء آخر؟"],
        ["end_group", ""],
        *(extra or []),
    ]
    choices = [
        ["list_name", "name", "label::English (en)", "label::Svenska (sv)", "label::العربية (ar)", "level"],
        ["work", "yes", "Yes", "Ja", "نعم"], ["work", "no", "No", "Nej", "لا"], ["work", "study", "I study", "Jag studerar", "أدرس"],
        ["needs", "language", "Language", "Språk", "لغة"], ["needs", "housing", "Housing", "Bostad", "سكن"], ["needs", "job", "Work", "Arbete", "عمل"],
        *[["agree", name, label, label, label, level] for level, (name, label) in enumerate(AGREE, start=1)],
        ["yesno", "yes", "Yes", "Ja", "نعم"], ["yesno", "no", "No", "Nej", "لا"],
        *(more_choices or []),
    ]  # fmt: skip
    return {"survey": rows, "choices": choices, "settings": [["form_title", "form_id", "version", "default_language"], ["Needs", "needs", "1", "English (en)"]]}


def make_version(cast: Any, *, kind: str = "study", **more: Any) -> QuestionnaireVersion:
    """A published questionnaire of a study."""
    sheets = survey_sheets(**more)
    sheets["settings"][1][1] = f"needs{QuestionnaireVersion.objects.count()}"
    version = actions.publish_questionnaire(programme=cast.programme, file_name="n.xlsx", content=workbook(sheets), by=cast.amal)
    Questionnaire.objects.filter(pk=version.questionnaire_id).update(kind=kind)
    version.questionnaire.refresh_from_db()
    return version


def make_collection(cast: Any, version: QuestionnaireVersion, *, organisation: Any = None, closes_on: date = date(2018, 5, 31), **more: Any) -> Collection:
    """A collection that runs, unless its last day has passed."""
    where = organisation or cast.osby
    return actions.open_collection(
        programme=cast.programme, organisation=where, version=version, title={"en": f"Needs in {where}"}, consent={"en": "It is voluntary."}, opens_on=date(2018, 3, 1), closes_on=closes_on, by=cast.amal,
        **more,
    )  # fmt: skip


def give(collection: Collection, answers: Iterable[Mapping[str, Any]], *, language: str = "en", day: date | None = None, add: bool = True, **more: Any) -> list[Response]:
    """Responses as they come, counted with them; then added up as a worker does."""
    rows = Response.objects.bulk_create(
        Response(collection=collection, version=collection.version, answers=dict(one), language=language, received_on=day or clock.today(), **more) for one in answers
    )
    tallies.count_responses(responses=rows)
    if add:
        drawing._rests_until.clear()  # a test does not wait
        tallies.add_up()
    return rows


def replace(earlier: Response, answers: Mapping[str, Any]) -> Response:
    """A correction, as whoever takes it in does."""
    made = Response.objects.create(collection=earlier.collection, version=earlier.version, answers=dict(answers), language=earlier.language, received_on=clock.today())
    Response.objects.filter(pk=earlier.pk).update(replaced_by=made)
    tallies.count_responses(responses=[earlier], sign=-1)
    tallies.count_responses(responses=[made])
    return made
