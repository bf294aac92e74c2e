"""Open answers of a study's surveys: which questions have any, and which wait for a second reader."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from handrail.instruments.formats import TEXT
from handrail.instruments.models import Questionnaire, Response
from handrail.instruments.queries.forms import form_of
from handrail.instruments.queries.questionnaires import latest_version
from handrail.kit.text import in_language
from handrail.people.models import Person
from handrail.research.models import Gathering, Source, SourceText, Study
from handrail.research.queries.sources import RAW, partners_collected_for, waiting_for_second_reader


@dataclass(frozen=True)
class OpenQuestion:
    """A question that is answered in one's own words."""

    questionnaire: Questionnaire
    name: str
    label: str

    @property
    def key(self) -> str:
        """The questionnaire and the question, as a form sends them."""
        return f"{self.questionnaire.uid}/{self.name}"


@dataclass(frozen=True)
class OpenAnswer:
    """An answer in somebody's own words, and where it was collected."""

    response: Response
    gathering: Gathering
    text: str


def open_questions_of(study: Study) -> list[OpenQuestion]:
    """The free questions of a study's questionnaires, as they stand today."""
    found = []
    for questionnaire in Questionnaire.objects.filter(pk__in=study.surveys.values("questionnaire")).order_by("pk"):
        form = form_of(latest_version(questionnaire))
        found += [OpenQuestion(questionnaire, one.name, in_language(one.labels) or one.name) for one in form.questions() if one.kind == TEXT]
    return found


def new_open_answers(study: Study, questionnaire: Questionnaire, question: str, person: Person) -> list[OpenAnswer]:
    """Answers to a question that are no source yet, from the collections of a person's own organisation; only the latest of each person."""
    gatherings = {
        one.collection_id: one
        for one in Gathering.objects.filter(study=study, partner__in=partners_collected_for(person, study), collection__version__questionnaire=questionnaire)
        .select_related("partner", "group", "round")
    }  # fmt: skip
    taken = Source.objects.filter(study=study, question=question).exclude(response=None).values("response")
    rows = Response.objects.filter(collection__in=gatherings, replaced_by=None).exclude(pk__in=taken).order_by("pk")
    return [
        OpenAnswer(one, gatherings[one.collection_id], said)
        for one in rows.iterator(chunk_size=500)
        if isinstance(said := one.answers.get(question), str) and said.strip()
    ]


def answers_waiting(person: Person, study: Study) -> QuerySet[SourceText]:
    """Redacted answers that this person may agree to, with the words as they were said beside them (`raw`)."""
    raw = SourceText.objects.filter(source=OuterRef("source"), kind=RAW).values("body")[:1]
    return waiting_for_second_reader(person, study).filter(source__kind=Source.Kind.ANSWER).annotate(raw=Subquery(raw))
