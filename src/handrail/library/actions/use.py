"""Barriers and what lowers them, taking practices up, and the quality checklist."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.transaction import atomic

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.library import events, rules
from handrail.library.models import Adoption, AdoptionTick, Barrier, BarrierRemedy, BarrierReport, ChecklistAnswer, Practice
from handrail.library.queries import best_text, running_adoption, spoken_texts
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme


@atomic
def note_barrier(*, programme: Programme | None, title: Mapping[str, str], text: Mapping[str, str], field: str, by: Person | None) -> Barrier:
    """Put a barrier into the register. Raises RuleBroken without a title, and for an unknown field of work."""
    if not any(words.strip() for words in title.values()):
        raise RuleBroken(_("Give it a title."), field="title")
    if field not in rules.work_fields():
        raise RuleBroken(_("Choose at least one field of work."), field="field")
    barrier = Barrier.objects.create(programme=programme, title=_said(title), text=_said(text), field=field, noted_by=by, noted_at=clock.now())
    announce(events.BarrierNoted(barrier.uid), by=by)
    return barrier


@atomic
def report_barrier(
    *, barrier: Barrier, country: str, organisation: Organisation | None = None, words: str = "", language: str = "", reported_on: date | None = None,
    source_kind: str = "", source: UUID | None = None, by: Person | None,
) -> BarrierReport:  # fmt: skip
    """Say where a barrier was reported. What came from the same source before is not counted twice."""
    if country not in rules.country_codes():
        raise RuleBroken(_("Choose one of the countries."), field="country")
    day = reported_on or clock.today()
    if day > clock.today():
        raise RuleBroken(_("Choose a day that has been."), field="reported_on")
    known = BarrierReport.objects.filter(barrier=barrier, source_kind=source_kind, source=source).first() if source else None
    if known is not None:
        return known
    report = BarrierReport.objects.create(
        barrier=barrier, organisation=organisation, country=country, words=words.strip()[:1000], language=language, source_kind=source_kind, source=source, reported_on=day, noted_by=by,
    )  # fmt: skip
    announce(events.BarrierReported(barrier.uid, report.uid), by=by)
    return report


@atomic
def lower_barrier(*, barrier: Barrier, practice: Practice, how: Mapping[str, str], by: Person | None) -> BarrierRemedy:
    """Say that a practice lowers a barrier, and how. Raises RuleBroken without saying how, and for what nobody may read."""
    if not any(words.strip() for words in how.values()):
        raise RuleBroken(_("Say in a sentence how it helps."), field="how")
    if not practice.is_public:
        raise RuleBroken(_("Choose a practice that everybody may read."), field="practice")
    remedy, _made = BarrierRemedy.objects.update_or_create(barrier=barrier, practice=practice, defaults={"how": _said(how), "noted_by": by})
    announce(events.BarrierLowered(barrier.uid, practice.uid), by=by)
    return remedy


def _said(words: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip()[:2000] for language, text in words.items() if text.strip()}


@atomic
def begin_adoption(*, practice: Practice, programme: Programme, organisation: Organisation, country: str, language: str = "", by: Person) -> Adoption:
    """Let an organisation begin to do the same, by the steps that everybody reads today.

    Raises RuleBroken for what is not published, and while the organisation is at it already.
    """
    if not practice.is_public or practice.state == Practice.State.OUTDATED:
        raise RuleBroken(_("Only what is published, and not out of date, can be taken up."))
    if country not in rules.country_codes():
        raise RuleBroken(_("Choose one of the countries."), field="country")
    if running_adoption(practice, organisation) is not None:
        raise RuleBroken(_("The organisation is at it already."), field="organisation")
    texts = spoken_texts([practice])[practice.pk]
    text = best_text(texts, practice.language, language).text
    if not text.steps:  # a translation may stop after the summary
        text = texts[practice.language].text
    adoption = Adoption.objects.create(
        practice=practice, text=text, programme=programme, organisation=organisation, country=country, started_by=by, started_at=clock.now()
    )
    announce(events.AdoptionBegun(adoption.uid, practice.uid, organisation.uid), by=by)
    return adoption


@atomic
def tick_step(*, adoption: Adoption, place: int, is_done: bool = True, done_on: date | None = None, by: Person) -> Adoption:
    """Say that a step is done, or that it is not after all. Saying the same twice changes nothing.

    Raises RuleBroken for a step that does not exist, a day to come, and once the result was told.
    """
    adoption = _locked(adoption)
    if adoption.state != Adoption.State.RUNNING:
        raise RuleBroken(_("The result was told; the steps stay as they are."))
    if not 0 <= place < len(adoption.text.steps):
        raise RuleBroken(_("There is no such step."))
    day = done_on or clock.today()
    if day > clock.today():
        raise RuleBroken(_("Choose a day that has been."), field="done_on")
    if is_done:
        _tick, changed = AdoptionTick.objects.get_or_create(adoption=adoption, place=place, defaults={"done_on": day, "done_by": by})
    else:
        changed = bool(AdoptionTick.objects.filter(adoption=adoption, place=place).delete()[0])
    if changed:
        announce(events.AdoptionStepTicked(adoption.uid, place, is_done), by=by)
    return adoption


@atomic
def report_adoption(
    *, adoption: Adoption, happened: str, changed: str, advice: str, figures: str = "", people: int | None = None, by: Person
) -> Adoption:
    """Tell what came of it; later readers see it on the card. Raises RuleBroken without saying what happened, what was changed and whether to do the same."""
    adoption = _locked(adoption)
    if adoption.state != Adoption.State.RUNNING:
        raise RuleBroken(_("The result was told already."))
    if not happened.strip():
        raise RuleBroken(_("Say in a few sentences what happened."), field="happened")
    if not changed.strip():
        raise RuleBroken(_("Say what you did otherwise; if nothing, write that."), field="changed")
    if advice not in Adoption.Advice.values:
        raise RuleBroken(_("Say whether others should do the same."), field="advice")
    for name, value in {"happened": happened.strip()[:4000], "changed": changed.strip()[:4000], "figures": figures.strip()[:300], "people": people, "advice": advice}.items():
        setattr(adoption, name, value)
    adoption.state, adoption.reported_by, adoption.reported_at = Adoption.State.REPORTED, by, clock.now()
    adoption.save()
    announce(events.AdoptionReported(adoption.uid, adoption.practice.uid), by=by)
    return adoption


@atomic
def stop_adoption(*, adoption: Adoption, by: Person) -> Adoption:
    """Stop before the end; nothing of it is shown to others."""
    adoption = _locked(adoption)
    if adoption.state == Adoption.State.RUNNING:
        adoption.state = Adoption.State.STOPPED
        adoption.save(update_fields=["state"])
        announce(events.AdoptionStopped(adoption.uid, adoption.practice.uid), by=by)
    return adoption


@atomic
def answer_checklist(*, programme: Programme, organisation: Organisation, values: Mapping[str, int], answered_on: date | None = None, by: Person) -> ChecklistAnswer:
    """Answer the quality checklist for an organisation; a second time on the same day corrects the first.

    Raises RuleBroken while a criterion has no answer.
    """
    kept = {code: int(values[code]) for code in rules.checklist_criteria() if values.get(code) in range(1, 6)}
    for code in rules.checklist_criteria():
        if code not in kept:
            raise RuleBroken(_("Answer each line."), field=code)
    answer, _made = ChecklistAnswer.objects.update_or_create(
        programme=programme, organisation=organisation, checklist=rules.checklist_code(), answered_on=answered_on or clock.today(), defaults={"values": kept, "answered_by": by}
    )
    announce(events.ChecklistAnswered(answer.uid, organisation.uid), by=by)
    return answer


def _locked(adoption: Adoption) -> Adoption:
    return Adoption.objects.select_for_update(no_key=True, of=("self",)).select_related("practice", "text", "organisation", "programme").get(pk=adoption.pk)
