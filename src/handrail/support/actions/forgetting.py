"""What questions forget of somebody who is erased."""

from __future__ import annotations

from django.db.transaction import atomic

from handrail.people.models import Person
from handrail.support.models import Question, QuestionLine


@atomic
def forget_in_questions(*, person: Person) -> int:
    """Drop the words of questions and answers about a person's placements: somebody may have named them there. Days, clock and owner stay,
    so that response times still add up. Guidance names nobody and stays. Answers how many questions there were."""
    rows = Question.objects.filter(placement__case__person=person)
    QuestionLine.objects.filter(question__in=rows).update(text="")
    Question.objects.filter(pk__in=rows.values("pk")).exclude(answer="").update(answer="–")
    return Question.objects.filter(pk__in=rows.values("pk")).update(text="–")
