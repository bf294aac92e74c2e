"""Finds questions: those of the programmes whose companies one serves, and those that were given to oneself."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from handrail.cases.queries import out_of_conflict
from handrail.kit import clock
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.people.queries import authority_of
from handrail.placements.models import Company, Contact, Placement
from handrail.placements.queries.company import lasting, placements_shown_to, serves, told_of
from handrail.programmes.models import Programme
from handrail.support.models import Question, QuestionLine

SHOWN_TO_COMPANY = 20


def questions_visible_to(person: Person) -> QuerySet[Question]:
    """The questions of companies that a person serves, and those given to them while they have a role in the programme."""
    authority = authority_of(person)
    own = Q(owner=person) if any(one.programme is None for one in authority.held) else Q(owner=person, programme__uid__in=authority.programmes())
    rows = Question.objects.filter(serves(person, "programme__uid") | own, out_of_conflict(person, "placement__case"))
    return rows.select_related("company", "programme", "owner__identity", "contact", "placement__position", "guidance")


def questions_listed(person: Person, programme: Programme, *, whose: str = "", state: str = "") -> QuerySet[Question]:
    """The list of a programme's questions that a person may see: `whose` "mine" or all, `state` open, late, answered, closed or all.

    What waits stands first, the most urgent at the top; what is answered, the latest first.
    """
    rows = questions_visible_to(person).filter(programme=programme)
    if whose == "mine":
        rows = rows.filter(owner=person)
    if state == "late":
        rows = rows.filter(state=Question.State.OPEN, due_at__lt=clock.now())
    elif state in Question.State.values:
        rows = rows.filter(state=state)
    return rows.order_by("due_at", "id") if state in {"open", "late"} else rows.order_by("-asked_at", "-id")


def questions_waiting_for(person: Person, programme: Programme) -> list[Question]:
    """One's own open questions, the most urgent first, and of others those that came to the coordinators; at most twenty."""
    rows = questions_visible_to(person).filter(programme=programme, state=Question.State.OPEN)
    late = Q(escalated_at__isnull=False, programme__uid__in=_coordinated(person))
    return list(rows.filter(Q(owner=person) | late).order_by("due_at", "id")[:20])


def _coordinated(person: Person) -> list[UUID]:
    return [one.programme for one in authority_of(person).held if one.role == "place_coordinator" and one.programme]


def open_questions_of(person: Person) -> QuerySet[Question]:
    """What waits for a person in any programme: own open questions, and late ones that they coordinate."""
    late = Q(escalated_at__isnull=False, programme__uid__in=_coordinated(person))
    return Question.objects.filter(Q(owner=person) | late, out_of_conflict(person, "placement__case"), state=Question.State.OPEN)


def overdue_questions() -> QuerySet[Question]:
    """Open questions whose time has passed and of which nobody was told yet."""
    return Question.objects.filter(state=Question.State.OPEN, due_at__lte=clock.now(), escalated_at=None).order_by("due_at", "id")


def question_by_uid(uid: UUID) -> Question | None:
    """A question by its uid, for tasks."""
    return Question.objects.select_related("programme", "company", "contact", "owner__identity").filter(uid=uid).first()


def history_of(question: Question) -> list[QuestionLine]:
    """Everything that happened to a question, in order."""
    return list(QuestionLine.objects.filter(question=question).select_related("by__identity", "to__identity"))


def questions_of_company(company: Company, viewer: Person) -> QuerySet[Question]:
    """A company's support history, the latest first; without what is about somebody from whom the viewer is kept away."""
    return Question.objects.filter(out_of_conflict(viewer, "placement__case"), company=company).select_related("owner__identity", "company").order_by("-asked_at", "-id")


def questions_shown_to(contact: Contact) -> list[Question]:
    """What a company's contact reads of its own questions: those about placements that last, and those about none; the latest first.

    A question about a placement that is over goes with it.
    """
    rows = Question.objects.filter(Q(placement=None) | Q(placement__in=placements_shown_to(contact)), company=contact.company)
    return list(rows.select_related("owner__identity").order_by("-asked_at", "-id")[:SHOWN_TO_COMPANY])


def placements_to_ask_about(company: Company, contact: Contact | None = None, *, viewer: Person | None = None) -> list[tuple[Placement, str]]:
    """The placements of a company that last, as it may call them: by given name where the person lets it, else by what they do there."""
    rows = Placement.objects.filter(lasting(), position__company=company) if contact is None else placements_shown_to(contact)
    rows = rows.filter(out_of_conflict(viewer, "case")) if viewer is not None else rows
    found = list(rows.select_related("position", "case").order_by("starts_on", "id"))
    told = told_of(found, company)
    return [(one, f"{told[one.pk]['given_name'] or _('A participant')}, {one.position.title}") for one in found]


def contacts_of(company: Company) -> QuerySet[Contact]:
    """Whom one may ring at a company."""
    return Contact.objects.filter(company=company, ended_on=None)
