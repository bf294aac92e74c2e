"""Keeping answers so that others can use them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Programme
from handrail.support import events, rules
from handrail.support.models import Guidance, Question
from handrail.support.queries import known_names


@atomic
def keep_guidance(
    *, programme: Programme, title: str, text: str, language: str, tags: Sequence[str] = (), is_offered: bool = True, question: Question | None = None,
    names_ok: bool = False, by: Person,
) -> Guidance:  # fmt: skip
    """Keep an answer as guidance that every company of the programme may read. It names nobody.

    Raises RuleBroken without a title or words, for another programme's question, for a telephone number or address in it, and for words that
    may be names until somebody has looked and said that they are none (`names_ok`).
    """
    if question is not None and question.programme_id != programme.pk:
        raise RuleBroken(_("The question belongs to another programme."))
    facts = _checked(programme, question, by, title=title, text=text, language=language, tags=tags, names_ok=names_ok)
    guidance = Guidance.objects.create(programme=programme, is_offered=is_offered, written_by=by, written_at=clock.now(), **facts)
    if question is not None:
        Question.objects.filter(pk=question.pk, guidance=None).update(guidance=guidance)
    announce(events.GuidanceKept(guidance.uid, programme.uid), by=by)
    return guidance


@atomic
def change_guidance(
    *, guidance: Guidance, title: str, text: str, language: str, tags: Sequence[str] = (), is_offered: bool = True, names_ok: bool = False, by: Person
) -> Guidance:
    """Write guidance anew; answers that were taken from it stay as they are. Raises RuleBroken as `keep_guidance` does, and once it was withdrawn."""
    guidance = Guidance.objects.select_for_update(no_key=True, of=("self",)).select_related("programme").get(pk=guidance.pk)
    if guidance.withdrawn_at is not None:
        raise RuleBroken(_("This was withdrawn meanwhile. Write it anew if it is needed."))
    facts = _checked(guidance.programme, None, by, title=title, text=text, language=language, tags=tags, names_ok=names_ok)
    for name, value in {**facts, "is_offered": is_offered, "written_by": by, "written_at": clock.now()}.items():
        setattr(guidance, name, value)
    guidance.save()
    announce(events.GuidanceKept(guidance.uid, guidance.programme.uid), by=by)
    return guidance


@atomic
def withdraw_guidance(*, guidance: Guidance, by: Person) -> Guidance:
    """Offer guidance no longer; answers that were taken from it stay. Saying it twice changes nothing."""
    if Guidance.objects.filter(pk=guidance.pk, withdrawn_at=None).update(withdrawn_at=clock.now()):
        announce(events.GuidanceWithdrawn(guidance.uid), by=by)
    guidance.refresh_from_db(fields=["withdrawn_at"])
    return guidance


def _checked(
    programme: Programme, question: Question | None, by: Person, *, title: str, text: str, language: str, tags: Sequence[str], names_ok: bool
) -> dict[str, Any]:
    facts: dict[str, Any] = {"title": title.strip()[:150], "text": text.strip(), "language": language, "tags": list(dict.fromkeys(tag.strip().lower()[:30] for tag in tags if tag.strip()))[:8]}
    if not facts["title"]:
        raise RuleBroken(_("Give it a title, such as the question in a few words."), field="title")
    if not facts["text"]:
        raise RuleBroken(_("Write what others should know."), field="text")
    whole = f"{title}. {text}. {'. '.join(tags)}"
    if found := rules.contact_details(whole):
        raise RuleBroken(_("Every company reads this. Take out %(what)s: it leads to a person.") % {"what": ", ".join(found)}, field="text")
    if not names_ok and (words := _names(programme, question, by, whole)):
        raise RuleBroken(
            _("Every company reads this, so it names nobody. These words may be names: %(words)s. Take them out, or tick that they are none.") % {"words": ", ".join(words)},
            field="text",
        )
    return facts


def _names(programme: Programme, question: Question | None, by: Person, text: str) -> list[str]:
    """Words that may be names: those inside a sentence with a capital letter, and those at its start that name somebody the writer knows."""
    inside = rules.capitals_inside(text)
    known = known_names(by, programme, rules.candidate_names(text), company=question.company if question is not None else None)
    return sorted(inside | known)
