"""Asking, giving, answering and closing."""

from __future__ import annotations

from datetime import UTC

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _, local
from handrail.people.models import Person
from handrail.placements.models import Company, Contact, Placement
from handrail.support import events, rules
from handrail.support.models import Guidance, Question, QuestionLine
from handrail.support.queries import helpers_of, owner_for

Kind = QuestionLine.Kind
LONGEST = 4000


@atomic
def ask_question(
    *, company: Company, text: str, placement: Placement | None = None, contact: Contact | None = None, by: Person | None = None
) -> Question:
    """Take what a company asks: it gets an owner and a clock at once. `by` is the consultant who heard it on the phone; None where the
    company's contact writes by link. The clock runs in the working hours agreed for the company's country (`data/answer_times.toml`).

    Raises RuleBroken without words, for more than 4,000 letters, for another company's placement or contact, and where nobody at all has a
    role in the programme.
    """
    words = _words(text, _("Write your question in a sentence or two."))
    if placement is not None and placement.position.company_id != company.pk:
        raise RuleBroken(_("Choose one of this company's placements."), field="placement")
    if contact is not None and contact.company_id != company.pk:
        raise RuleBroken(_("Choose one of this company's contacts."), field="contact")
    owner = owner_for(company)
    if owner is None:
        raise RuleBroken(_("Nobody answers questions in this programme yet. Ring the one who sent you the link; what you wrote still stands here."))
    now = clock.now()
    agreed = rules.agreed_for(company.country, local(now).date())
    question = Question.objects.create(
        programme=company.programme, company=company, placement=placement, contact=contact, way=Question.Way.PHONE if by else Question.Way.LINK, text=words,
        asked_at=now, due_at=rules.answer_due(agreed, local(now)).astimezone(UTC), terms=agreed.sources[0], owner=owner,
    )  # fmt: skip
    QuestionLine.objects.create(question=question, kind=Kind.ASKED, text=words, by=by, at=now)
    QuestionLine.objects.create(question=question, kind=Kind.GIVEN, to=owner, at=now)
    announce(events.QuestionAsked(question.uid, company.uid, owner.uid, by is not None), by=by)
    return question


@atomic
def give_question(*, question: Question, owner: Person, by: Person) -> Question:
    """Give an open question to somebody else; the clock runs on. Giving it to whoever has it changes nothing.

    Raises RuleBroken once it is answered, and for somebody without a role here.
    """
    question = _locked(question)
    if question.state != Question.State.OPEN:
        raise RuleBroken(_("This question is answered already. Reload the page."))
    if owner.pk not in {one.pk for one in helpers_of(question.programme)}:
        raise RuleBroken(_("Choose a consultant, placement coordinator or caseworker of this programme."), field="owner")
    if question.owner_id != owner.pk:
        question.owner = owner
        question.save(update_fields=["owner"])
        QuestionLine.objects.create(question=question, kind=Kind.GIVEN, by=by, to=owner, at=clock.now())
        announce(events.QuestionGiven(question.uid, owner.uid), by=by)
    return question


@atomic
def answer_question(*, question: Question, text: str, guidance: Guidance | None = None, by: Person) -> Question:
    """Answer a question, or correct the answer: earlier wordings stay as lines. The clock counts the first one; the same words again change nothing.

    Raises RuleBroken without words, once the question is closed, and for another programme's guidance.
    """
    words = _words(text, _("Write an answer in a sentence or two."))
    question = _locked(question)
    if question.state == Question.State.CLOSED:
        raise RuleBroken(_("This question is closed. Write down a new one."))
    if guidance is not None and guidance.programme_id != question.programme_id:
        raise RuleBroken(_("Choose guidance of this programme."), field="guidance")
    if question.answer == words:
        return question
    is_first, now = question.answered_at is None, clock.now()
    question.answer, question.state = words, Question.State.ANSWERED
    question.answered_at = question.answered_at or now
    question.guidance = guidance or question.guidance
    question.save(update_fields=["answer", "state", "answered_at", "guidance"])
    QuestionLine.objects.create(question=question, kind=Kind.ANSWERED, text=words, by=by, at=now)
    announce(events.QuestionAnswered(question.uid, is_first), by=by)
    return question


@atomic
def close_question(*, question: Question, by: Person) -> Question:
    """Say that nothing is left to do about a question. Saying it twice changes nothing.

    Raises RuleBroken while there is no answer: what was said on the phone is written down first, so that the company finds it.
    """
    question = _locked(question)
    if question.state == Question.State.OPEN:
        raise RuleBroken(_("Write down the answer first, also one that was given on the phone."))
    if question.state == Question.State.ANSWERED:
        question.state = Question.State.CLOSED
        question.save(update_fields=["state"])
        QuestionLine.objects.create(question=question, kind=Kind.CLOSED, by=by, at=clock.now())
        announce(events.QuestionClosed(question.uid), by=by)
    return question


def _locked(question: Question) -> Question:
    """The question as it is now, held until commit: two who answer at once come one after the other, and both answers stay as lines."""
    return Question.objects.select_for_update(no_key=True, of=("self",)).select_related("programme").get(pk=question.pk)


def _words(text: str, message: object) -> str:
    words = text.strip()
    if len(words) < 3:
        raise RuleBroken(message, field="text")
    if len(words) > LONGEST:
        raise RuleBroken(_("That is more than 4,000 letters. Write the most important part, and ring about the rest."), field="text")
    return words
