"""Words come in, are redacted, and are read by others only when a second person agreed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.research import formats, rules
from handrail.research.events import (
    RawTextRead,
    RawTextsDropped,
    ReaderNamed,
    RedactionAgreed,
    RedactionAsked,
    RedactionSentBack,
    SourceBrought,
    SourceWithdrawn,
    TranslationWritten,
)
from handrail.research.models import (
    Coding,
    CodingTask,
    FindingQuote,
    GuideVersion,
    RespondentGroup,
    Source,
    SourceText,
    Study,
    StudyPartner,
    StudyRound,
)
from handrail.research.queries import sources as queries

DATA = Path(__file__).resolve().parent.parent / "data"
Kind = SourceText.Kind


@transaction.atomic
def bring_source(
    *, study: Study, partner: StudyPartner, group: RespondentGroup, language: str, consent: str, text: str = "", content: bytes = b"",
    kind: str = Source.Kind.INTERVIEW, sign: str = "", round: StudyRound | None = None, guide: GuideVersion | None = None, held_on: date | None = None,
    by: Person,
) -> Source:  # fmt: skip
    """Bring in what somebody said, as text or as a file, under a sign. Until a second reader agreed to a redacted copy only the own organisation reads it."""
    _must_be_open(study)
    if not queries.partners_collected_for(by, study).filter(pk=partner.pk).exists():
        raise RuleBroken(_("You bring in what your own organisation heard."), field="partner")
    if group.study_id != study.pk or (round and round.study_id != study.pk) or (guide and guide.guide.study_id != study.pk):
        raise RuleBroken(_("That is of another study."), field="group")
    if consent not in Source.Consent.values:
        raise RuleBroken(_("Say how the person agreed. Without that their words cannot be kept."), field="consent")
    if content and text.strip():
        raise RuleBroken(_("Choose a file or paste the text, not both."), field="text")
    body, turns = rules.read_turns(formats.read_transcript(content) if content else text)
    if not turns:
        raise RuleBroken(_("Choose a file or paste the text."), field="text")
    if len(body) > formats.MAX_CHARACTERS:
        raise RuleBroken(_("The text has more than %(limit)d characters. Bring it in in parts.") % {"limit": formats.MAX_CHARACTERS}, field="text")
    sign = sign.strip().upper() or queries.propose_sign(study, partner, group)
    if study.sources.filter(sign=sign).exists():
        raise RuleBroken(_("Another source of this study has this sign. Choose another one."), field="sign")
    made = Source.objects.create(
        study=study, kind=Source.Kind(kind), sign=sign, partner=partner, group=group, round=round, guide=guide, language=language, held_on=held_on,
        consent=consent, consent_number=group.consent_number, brought_by=by, brought_at=clock.now(),
    )  # fmt: skip
    _keep(made, Kind.RAW, body, turns, by)
    announce(SourceBrought(study.uid, made.uid), by=by)
    return made


@transaction.atomic
def read_raw(*, source: Source, by: Person) -> SourceText:
    """Open the words as they were said; that one did is written down."""
    text = queries.raw_text(source)
    if text is None:
        raise RuleBroken(_("The text as it was said is not kept any more. Bring it in again if it is still needed."))
    announce(RawTextRead(source.uid), by=by)
    return text


@transaction.atomic
def save_redaction(*, source: Source, body: str = "", marked: Mapping[str, str] | None = None, by: Person) -> SourceText:
    """Keep a redacted copy: as written, or, where nothing is written yet, what the rules and the marked words suggest. Marks of an imported project move along."""
    _must_have_words(source)
    words = {word.strip(): kind for word, kind in (marked or {}).items() if word.strip() and kind in rules.KINDS}
    draft = SourceText.objects.select_for_update(no_key=True).filter(source=source, kind=Kind.REDACTED).first()
    _not_agreed(draft)
    basis = body if body.strip() else _basis(source, draft)
    text = rules.redact(basis, rules.suggest(basis, words))
    clean, turns = (text, rules.find_turns(text)) if draft and draft.codings.exists() else rules.read_turns(text)
    if not turns:
        raise RuleBroken(_("Nothing would be left of the text. Leave the words that name nobody."), field="body")
    if draft is None:
        draft = _keep(source, Kind.REDACTED, clean, turns, by)
    elif draft.body != clean:
        _move_marks(draft, clean)
    draft.body, draft.turns, draft.made_by, draft.made_at = clean, [one.as_json() for one in turns], by, clock.now()
    draft.marked, draft.asked_at = draft.marked | words, None
    draft.save()
    return draft


@transaction.atomic
def ask_second_reader(*, source: Source, by: Person) -> SourceText:
    """Put a redacted copy before a second person."""
    draft = SourceText.objects.select_for_update(no_key=True).filter(source=source, kind=Kind.REDACTED).first()
    if draft is None:
        raise RuleBroken(_("Save a redacted copy first."))
    _not_agreed(draft)
    draft.asked_at, draft.sent_back_at = clock.now(), None
    draft.save(update_fields=["asked_at", "sent_back_at"])
    announce(RedactionAsked(source.uid, draft.uid), by=by)
    return draft


@transaction.atomic
def agree_redaction(*, source: Source, by: Person) -> SourceText:
    """Say, as a second person, that a copy names nobody. From now on the study's researchers read it, and what was said before it is deleted."""
    draft = _before_second_reader(source, by)
    draft.agreed_by, draft.agreed_at, draft.marked, draft.note = by, clock.now(), {}, ""
    draft.save(update_fields=["agreed_by", "agreed_at", "marked", "note"])
    SourceText.objects.filter(source=source, kind=Kind.RAW).delete()
    announce(RedactionAgreed(source.uid, draft.uid), by=by)
    return draft


@transaction.atomic
def send_redaction_back(*, source: Source, note: str, by: Person) -> SourceText:
    """Say, as a second person, what still names somebody."""
    draft = _before_second_reader(source, by)
    if not note.strip():
        raise RuleBroken(_("Say where you still found something."), field="note")
    draft.asked_at, draft.sent_back_at, draft.note = None, clock.now(), note.strip()
    draft.save(update_fields=["asked_at", "sent_back_at", "note"])
    announce(RedactionSentBack(source.uid, draft.uid), by=by)
    return draft


@transaction.atomic
def name_reader(*, source: Source, reader: Person, by: Person) -> Source:
    """Name a second reader from elsewhere, where an organisation has one researcher alone."""
    if reader not in queries.researchers_of(source.study):
        raise RuleBroken(_("Choose somebody who does research in this programme."), field="reader")
    source.reader = reader
    source.save(update_fields=["reader"])
    announce(ReaderNamed(source.uid, reader.uid), by=by)
    return source


@transaction.atomic
def write_translation(*, source: Source, language: str, turns: Sequence[str], by: Person) -> SourceText:
    """Write an agreed text in another language, paragraph by paragraph, so that both can be read beside each other."""
    text = queries.agreed_text(source)
    if text is None or source.withdrawn_at is not None:
        raise RuleBroken(_("A text is translated when a second reader has agreed to it."))
    own = rules.turns_of(text.turns, text.body)
    words = [" ".join(rules.clean(one).split("\n")) for one in turns]
    if len(words) != len(own) or not any(words):
        raise RuleBroken(_("A translation has as many paragraphs as the text: %(count)d.") % {"count": len(own)}, field="turns")
    if language == source.language or not language:
        raise RuleBroken(_("Choose another language than the text's own."), field="language")
    body, places = "", []
    for turn, said in zip(own, words, strict=True):
        label = f"{turn.who}: " if turn.who else ""
        start = len(body) + len(label)
        body += f"{label}{said}\n"
        places.append(rules.Turn(turn.who, start, start + len(said)).as_json())
    made, _new = SourceText.objects.update_or_create(
        source=source, kind=Kind.TRANSLATION, language=language, defaults={"body": body.rstrip("\n"), "turns": places, "made_by": by, "made_at": clock.now()}
    )
    announce(TranslationWritten(source.uid, made.uid, language), by=by)
    return made


@transaction.atomic
def withdraw_source(*, source: Source, by: Person) -> int:
    """Somebody takes their words back: every text and mark goes, quotes in findings with them; that there was a source stays."""
    source = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    if source.withdrawn_at is not None:
        raise RuleBroken(_("These words were taken back already."))
    marks = Coding.objects.filter(text__source=source, removed_at=None).count()
    FindingQuote.objects.filter(coding__text__source=source).delete()
    CodingTask.objects.filter(text__source=source).delete()
    source.texts.all().delete()
    source.withdrawn_at, source.memo, source.attributes = clock.now(), "", {}
    source.save(update_fields=["withdrawn_at", "memo", "attributes"])
    announce(SourceWithdrawn(source.study.uid, source.uid, marks), by=by)
    return marks


@transaction.atomic
def drop_raw_texts() -> int:
    """Delete what was said and never agreed on, when it has been kept for as long as the installation allows."""
    rows = queries.forgotten_raw_texts(raw_days())
    count = rows.count()
    if count:
        rows.delete()
        announce(RawTextsDropped(count), by=None)
    return count


def raw_days() -> int:
    """For how many days words are kept as they were said when nobody agrees to a redacted copy."""
    return int(_kept()["days"])


def raw_reason() -> Mapping[str, str]:
    """Why no longer, by language."""
    reason: Mapping[str, str] = _kept()["reason"]
    return reason


@cache
def _kept() -> dict[str, Any]:
    return tomllib.loads((DATA / "raw_texts.toml").read_text(encoding="utf-8"))


def _keep(source: Source, kind: str, body: str, turns: Sequence[rules.Turn], by: Person | None) -> SourceText:
    try:
        with transaction.atomic():
            return SourceText.objects.create(
                source=source, kind=kind, language=source.language, body=body, turns=[one.as_json() for one in turns], made_by=by, made_at=clock.now()
            )
    except IntegrityError:
        raise RuleBroken(_("Somebody else saved a copy in the meantime. Load the page again.")) from None


def _basis(source: Source, draft: SourceText | None) -> str:
    raw = queries.raw_text(source)
    if draft is not None:
        return draft.body
    if raw is None:
        raise RuleBroken(_("The text as it was said is not kept any more. Bring it in again if it is still needed."))
    return raw.body


def _move_marks(draft: SourceText, after: str) -> None:
    marks = list(Coding.objects.filter(text=draft))
    places = rules.moved(draft.body, after, [(one.start, one.end) for one in marks])
    for mark, place in zip(marks, places, strict=True):
        if place is None:
            mark.delete()
        else:
            mark.start, mark.end = place
    Coding.objects.bulk_update([mark for mark in marks if mark.pk], ["start", "end"], batch_size=500)


def _before_second_reader(source: Source, by: Person) -> SourceText:
    draft = SourceText.objects.select_for_update(no_key=True).filter(source=source, kind=Kind.REDACTED).first()
    if draft is None or draft.asked_at is None:
        raise RuleBroken(_("No copy waits for a second reader."))
    _not_agreed(draft)
    if draft.made_by_id == by.pk:
        raise RuleBroken(_("Somebody else than who made the copy reads it a second time."))
    if not queries.raw_sources_of(by).filter(pk=source.pk).exists():
        raise RuleBroken(_("A second reader is of the same organisation, or named by who holds the study together."))
    return draft


def _not_agreed(draft: SourceText | None) -> None:
    if draft is not None and draft.agreed_at is not None:
        raise RuleBroken(_("A second reader agreed to this text. It stays as it is, so that marks keep their places."))


def _must_have_words(source: Source) -> None:
    _must_be_open(source.study)
    if source.withdrawn_at is not None:
        raise RuleBroken(_("These words were taken back."))


def _must_be_open(study: Study) -> None:
    if study.closed_at is not None:
        raise RuleBroken(_("The study is closed. What it found stays as it is."))
