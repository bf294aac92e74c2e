"""Open answers of a survey become sources, many at once, and are redacted many at once."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from handrail.instruments.models import Questionnaire
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.research import rules
from handrail.research.actions.sources import agree_redaction
from handrail.research.events import AnswersBrought
from handrail.research.models import Source, SourceText, Study
from handrail.research.queries import answers as queries
from handrail.research.queries.sources import propose_sign

MOST = 2_000
AT_ONCE = 20


@transaction.atomic
def bring_open_answers(*, study: Study, questionnaire: Questionnaire, question: str, by: Person) -> int:
    """Make a source of every free answer to a question that is not one yet: those that one's own organisation collected. Each gets a redacted copy by the rules,
    which a second reader looks at."""
    if study.closed_at is not None:
        raise RuleBroken(_("The study is closed. What it found stays as it is."))
    rows = queries.new_open_answers(study, questionnaire, question, by)[: MOST + 1]
    if len(rows) > MOST:
        raise RuleBroken(_("More than %(most)d new answers at once. Ask whoever runs the installation.") % {"most": MOST})
    if not rows:
        raise RuleBroken(_("There is no new answer to this question that your organisation collected."), field="question")
    now = clock.now()
    signs: dict[tuple[int, int], tuple[str, int]] = {}
    made = []
    for one in rows:
        key = (one.gathering.partner_id, one.gathering.group_id)
        if key not in signs:
            first = propose_sign(study, one.gathering.partner, one.gathering.group, answer=True)
            signs[key] = (first.rstrip("0123456789"), int(first.rpartition("-a")[2]))
        head, number = signs[key]
        signs[key] = (head, number + 1)
        made.append(Source(
            study=study, kind=Source.Kind.ANSWER, sign=f"{head}{number:03d}", partner=one.gathering.partner, group=one.gathering.group, round=one.gathering.round,
            response=one.response, question=question, language=one.response.language, held_on=one.response.received_on, consent=Source.Consent.FORM,
            consent_number=one.response.consent_number, brought_by=by, brought_at=now,
        ))  # fmt: skip
    Source.objects.bulk_create(made, batch_size=500)
    texts = []
    for source, one in zip(made, rows, strict=True):
        raw, turns = _one_turn(one.text)
        copy, copied = _one_turn(rules.redact(raw, rules.suggest(raw)))
        for kind, body, places, asked in ((SourceText.Kind.RAW, raw, turns, None), (SourceText.Kind.REDACTED, copy, copied, now)):
            texts.append(SourceText(
                source=source, kind=kind, language=source.language, body=body, turns=[place.as_json() for place in places], made_by=by, made_at=now, asked_at=asked
            ))  # fmt: skip
    SourceText.objects.bulk_create(texts, batch_size=500)
    announce(AnswersBrought(study.uid, question, len(made)), by=by)
    return len(made)


@transaction.atomic
def agree_answers(*, texts: Mapping[UUID, str], study: Study, by: Person) -> int:
    """Agree, as a second person, to several redacted answers at once, each as it stands or as it was mended just now; answers how many."""
    waiting = {one.uid: one for one in queries.answers_waiting(by, study).filter(uid__in=list(texts))}
    for uid, body in texts.items():
        found = waiting.get(uid)
        if found is None:
            continue
        if body.strip() and rules.clean(body) != found.body:
            _mend(found, body)
        agree_redaction(source=found.source, by=by)
    return len(waiting)


def _mend(text: SourceText, body: str) -> None:
    """The second reader's own mending: who made the copy stays who made it, so that two people have looked."""
    clean, turns = _one_turn(body)
    if not turns:
        raise RuleBroken(_("Nothing would be left of the text. Leave the words that name nobody."))
    text.body, text.turns = clean, [one.as_json() for one in turns]
    text.save(update_fields=["body", "turns"])


def _one_turn(text: str) -> tuple[str, list[rules.Turn]]:
    """An answer has no speakers: what stands before a colon is part of it."""
    body = rules.clean(text)
    at, turns = 0, []
    for line in body.split("\n"):
        if line:
            turns.append(rules.Turn("", at, at + len(line)))
        at += len(line) + 1
    return body, turns


