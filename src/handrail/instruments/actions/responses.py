"""Answers of people without an account: taken once for each key, whole, checked by the form's own rules whatever way they came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

from handrail.instruments import rules
from handrail.instruments.actions.answers import AnswersWrong
from handrail.instruments.actions.tallies import count_responses
from handrail.instruments.events import ResponseReceived
from handrail.instruments.models import Collection, QuestionnaireVersion, Response, Ticket
from handrail.instruments.queries.collections import state_of_collection
from handrail.instruments.queries.forms import form_of, language_for
from handrail.instruments.rules.collections import known_word, way_is_open
from handrail.instruments.rules.fitness import is_text, unfit_answer
from handrail.instruments.rules.rounds import takes_answers
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce_each
from handrail.kit.intake import Brought, Receipt, take_all_once, take_once, unordered
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Programme

AT_ONCE = 100  # sets of answers in one request


@dataclass(frozen=True)
class Given:
    """One set of answers, as it came."""

    answers: Mapping[str, Any]
    language: str
    key: str
    channel: str = "web"
    ticket: Ticket | None = None
    word: str = ""
    instance: str | None = None
    replaces: Response | None = None
    version: QuestionnaireVersion | None = None  # what a device filled in, where that is an earlier version
    content: Any = None  # what counts as the same content, where that is not the answers themselves

    @property
    def said(self) -> Any:
        """What its digest is made of. The word is not in it: what was set aside must not show it."""
        return self.content if self.content is not None else {"answers": dict(self.answers), "language": self.language}


def give_response(
    *, collection: Collection, answers: Mapping[str, Any], language: str, key: str, channel: str = "web", ticket: Ticket | None = None,
    word: str = "", instance: str | None = None, replaces: Response | None = None, version: QuestionnaireVersion | None = None,
    content: Any = None, by: Person | None = None,
) -> Receipt:  # fmt: skip
    """Keep one set of answers, once for each key. Raises AnswersWrong where something has to be mended, RuleBroken where none are taken.

    In an anonymous collection nothing joins the answers to whoever gave them: a day and no instant, no link, no person, no order.
    Answer the person only after this returns.
    """
    one = Given(answers, language, key, channel, ticket, word, instance, replaces, version, content)
    _must_be_plain(one)
    # No transaction around this one: take_once opens it, and what it answers is committed.
    return take_once(
        key=key, scope=scope_of_collection(collection), content=one.said, programme=collection.programme.uid,
        perform=lambda: _keep(collection, [one], by)[0], unjoined=collection.is_anonymous,
    )  # fmt: skip


def give_responses(*, collection: Collection, given: Sequence[Given], by: Person | None = None) -> list[Receipt]:
    """Keep sets of answers that a device brings at once: all or none. Raises what `give_response` raises, AnswersWrong with the first to be mended."""
    if len(given) > AT_ONCE:
        raise RuleBroken(_("These are too many at once. Send at most %(n)d.") % {"n": AT_ONCE})
    for one in given:
        _must_be_plain(one)
    return take_all_once(
        [Brought(one.key, scope_of_collection(collection), one.said) for one in given], programme=collection.programme.uid,
        perform=lambda new: _keep(collection, [given[place] for place in new], by), unjoined=collection.is_anonymous,
    )  # fmt: skip


def scope_of_collection(collection: Collection) -> str:
    """Keys belong to one collection."""
    return f"responses:{collection.uid.hex}"


def follower_of(programme: Programme, word: str) -> str:
    """What is kept of a word: a keyed hash, the same in all collections of a programme. Empty where it is no word of ours."""
    known = known_word(word)
    return salted_hmac("handrail.follower", f"{programme.uid.hex}:{known}", algorithm="sha256").hexdigest() if known else ""


def _keep(collection: Collection, given: Sequence[Given], by: Person | None) -> list[UUID]:
    if not takes_answers(state_of_collection(collection)):
        raise RuleBroken(_("These questions are closed. Nothing more is taken."))
    now, today, anonymous = clock.now(), clock.today(), collection.is_anonymous
    made = []
    for one in given:
        if not way_is_open(collection.way, channel=one.channel, has_ticket=one.ticket is not None, is_staff=by is not None):
            raise RuleBroken(_("These questions are not answered this way. Ask whoever gave you the address."))
        answers, language = _whole(one.version or collection.version, one, today)
        row = Response(
            collection=collection, version=one.version or collection.version, answers=answers, language=language, channel=one.channel,
            received_on=today, received_at=None if anonymous else now, instance=one.instance,
            follower=follower_of(collection.programme, one.word) if collection.keeps_together else "",
            ticket=None if anonymous else one.ticket, sent_by=None if anonymous else by, consent_number=collection.consent_number,
        )  # fmt: skip
        if anonymous:
            row.pk = unordered()
        made.append(row)
    for one in given:
        if one.ticket is not None and not Ticket.objects.filter(pk=one.ticket.pk, collection=collection, is_used=False).update(is_used=True):
            raise RuleBroken(_("This link was used already. What was sent with it is kept."))
    Response.objects.bulk_create(made)
    count_responses(responses=made)
    for one, row in zip(given, made, strict=True):
        if one.replaces is not None:
            count_responses(responses=[_replace(one.replaces, row)], sign=-1)
    # Who it was and which one stays out of the journal, which keeps the instant.
    fact = ResponseReceived(collection.uid, collection.programme.uid)
    announce_each([(fact, None if anonymous else by)] * len(made))
    return [row.uid for row in made]


def _whole(version: QuestionnaireVersion, one: Given, today: Any) -> tuple[dict[str, Any], str]:
    form = form_of(version)
    language = language_for(form, one.language)
    answers = {name: value for name, value in one.answers.items() if value not in (None, "", [])}
    takes_files = one.channel == Response.Channel.DEVICE
    problems, kept = rules.check_answers(form, answers, language=language, today=today, takes_files=takes_files)
    if problems:
        raise AnswersWrong(problems)
    return kept, language


def _replace(earlier: Response, new: Response) -> Response:
    """Put the new set in the place of an earlier one; if that was replaced meanwhile, of what stands there now. Answers which it was."""
    while not Response.objects.filter(pk=earlier.pk, replaced_by=None).update(replaced_by=new):
        earlier = Response.objects.select_related("replaced_by__version").get(pk=earlier.pk).replaced_by or earlier
    return earlier


def _must_be_plain(one: Given) -> None:
    """Refuse what no question takes before anything of it reaches the database."""
    if not (is_text(one.key, 80) and is_text(one.language, 10) and is_text(one.word, 40)):
        raise RuleBroken(_("The page sent no key of its own. Reload it and send again."))
    wrong = unfit_answer(one.answers)
    if wrong == "":
        raise RuleBroken(_("There are more answers than any form has questions."))
    if wrong is not None:
        raise RuleBroken(_("The answer to “%(name)s” is too long or of a kind that no question takes.") % {"name": wrong})
