"""Questionnaires: publish a version from its workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from handrail.instruments import formats, rules
from handrail.instruments.events import QuestionnairePublished
from handrail.instruments.formats import Form, FormProblem
from handrail.instruments.models import Question, Questionnaire, QuestionnaireVersion
from handrail.kit import clock, ids
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Programme

MAX_BYTES = 1024 * 1024  # a questionnaire is a few hundred rows of text


@dataclass(frozen=True)
class Checked:
    """What a workbook would become, and everything that stands in the way."""

    form: Form | None
    problems: tuple[FormProblem, ...]
    refused: str = ""  # why it could not be published although the workbook itself is in order
    number: int = 0  # of the version it would become
    is_known: bool = False  # the same questions stand already as the latest version

    @property
    def can_publish(self) -> bool:
        """Whether pressing publish would work."""
        return self.form is not None and not self.refused and not self.is_known


def check_questionnaire(*, programme: Programme, file_name: str, content: bytes, kind: str = "mapping") -> Checked:
    """Read a workbook and try to publish it without keeping anything: what it would ask, and every problem by row."""
    reading = _read(file_name, content)
    if reading.form is None:
        return Checked(None, reading.problems)
    refused, number, is_known = "", 0, False
    with transaction.atomic():
        try:
            with transaction.atomic():
                before = _latest(programme, reading.form.id)
                version = publish_questionnaire(programme=programme, file_name=file_name, content=content, kind=kind, by=None)
                number, is_known = version.number, before is not None and before.pk == version.pk
        except RuleBroken as broken:
            refused = str(broken.message)
        transaction.set_rollback(True)
    return Checked(reading.form, reading.problems, refused, number, is_known)


@transaction.atomic
def publish_questionnaire(
    *, programme: Programme, file_name: str, content: bytes, kind: str = "mapping", by: Person | None
) -> QuestionnaireVersion:
    """Publish a workbook as a questionnaire's next version; the same questions again change nothing.

    Raises RuleBroken naming the first wrong row when the workbook has errors, and when a competence it names does not exist.
    """
    reading = _read(file_name, content)
    form = reading.form
    if form is None:
        raise RuleBroken(_summary(reading.errors), field="file")
    latest = _latest(programme, form.id)
    if latest is not None and latest.questionnaire.kind != kind:
        raise RuleBroken(_("Another kind of questionnaire has this form_id. Write another form_id in the sheet settings."), field="file")
    return publish_form(programme=programme, form=form, kind=kind, warnings=[asdict(problem) for problem in reading.warnings], by=by)


@transaction.atomic
def publish_form(*, programme: Programme, form: Form, kind: str, warnings: Sequence[Mapping[str, Any]] = (), by: Person | None) -> QuestionnaireVersion:
    """Publish a form that is in order as a questionnaire's next version; the same questions again change nothing."""
    definition = formats.to_json(form)
    sha256 = ids.digest(definition)  # of what is asked, not of the file: programs write the time of saving into it
    latest = _latest(programme, form.id)
    if latest is not None and latest.sha256 == sha256:
        return latest
    questionnaire, _new = Questionnaire.objects.get_or_create(
        programme=programme, code=form.id[:60], defaults={"title": {form.default_language: form.title}, "kind": Questionnaire.Kind(kind)}
    )
    if questionnaire.title.get(form.default_language) != form.title:  # what was translated by hand stays
        questionnaire.title = {**questionnaire.title, form.default_language: form.title}
        questionnaire.save(update_fields=["title"])
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=(latest.number if latest else 0) + 1, definition=definition, sha256=sha256, warnings=list(warnings),
        published_at=clock.now(), published_by=by,
    )  # fmt: skip
    questions = list(form.questions())
    Question.objects.bulk_create(
        Question(version=version, name=item.name, kind=item.kind, label=dict(item.labels), position=position)
        for position, item in enumerate(questions)
    )
    codes = tuple(dict.fromkeys(item.competence for item in questions if item.competence))
    announce(QuestionnairePublished(version.uid, questionnaire.uid, programme.uid, version.number, codes), by=by)
    return version


def _read(file_name: str, content: bytes) -> formats.Reading:
    if len(content) > MAX_BYTES:
        raise RuleBroken(_("The file is larger than 1 MB. A questionnaire holds text only: remove pictures and try again."), field="file")
    reading = formats.read_xlsform(content, name=file_name)
    if reading.form is None or not (found := rules.form_problems(reading.form)):
        return reading
    more = [FormProblem(one.sheet, one.row, one.column, one.code, one.cause, one.remedy) for one in found]
    return formats.Reading(None, (*reading.problems, *more))


def _latest(programme: Programme, code: str) -> QuestionnaireVersion | None:
    rows = QuestionnaireVersion.objects.filter(questionnaire__programme=programme, questionnaire__code=code[:60])
    return rows.select_related("questionnaire").order_by("-number").first()


def _summary(problems: tuple[FormProblem, ...]) -> str:
    first = problems[0]
    place = str(_("Sheet %(sheet)s, row %(row)d: %(cause)s %(remedy)s")) % {
        "sheet": first.sheet, "row": first.row, "cause": first.cause, "remedy": first.remedy,
    }  # fmt: skip
    if len(problems) == 1:
        return place
    return place + " " + str(_("(%(more)d more)") % {"more": len(problems) - 1})
