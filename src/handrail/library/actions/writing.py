"""Writing a practice: beginning, inviting, what it is sorted by, its words and versions, licence and contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.transaction import atomic
from django.utils.text import slugify

from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.links import make_link, revoke_links
from handrail.kit.mail import send_mail
from handrail.kit.text import _, number
from handrail.library import events, rules
from handrail.library.actions.states import PURPOSE, locked, move
from handrail.library.models import Practice, PracticeSource, PracticeStep, PracticeTag, PracticeText, PracticeVersion
from handrail.library.queries import text_of, version_of
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Programme
from handrail.research.models import Code, Coding

State = Practice.State
KEPT_DAYS = 60
RESERVED = {"overview", "barriers", "download", "new"}
MOST_STEPS, STEP_WORDS = 20, 60
IN_THE_MAKING = (State.DRAFT,)


@atomic
def draft_practice(
    *, code: Code, passages: Sequence[Coding], programme: Programme, title: str, language: str, country: str, organisation: Organisation, by: Person
) -> Practice:
    """Begin a practice from marked passages of a study: it remembers whose words it was drafted from, and how many they were.

    Raises RuleBroken without passages, and for passages of another code or programme.
    """
    if not passages:
        raise RuleBroken(_("Choose at least one passage."), field="passages")
    if code.codebook.study.programme_id != programme.pk or any(one.code_id != code.pk for one in passages):
        raise RuleBroken(_("These passages belong to another study."), field="passages")
    sources = {one.text.source_id for one in passages}
    practice = begin_practice(programme=programme, title=title, language=language, country=country, organisation=organisation, source_count=len(sources), by=by)
    PracticeSource.objects.bulk_create(PracticeSource(practice=practice, source_id=source, code=code) for source in sorted(sources))
    return practice


@atomic
def begin_practice(
    *, programme: Programme | None, title: str, language: str, country: str, organisation: Organisation | None = None, brought_by: str = "",
    source_count: int = 0, by_link: bool = False, by: Person | None,
) -> Practice:  # fmt: skip
    """Begin to write a practice. `source_count` says from how many coded passages and answers it was drafted.

    Raises RuleBroken without a title or with too long a one, and for an unknown language or country.
    """
    words = {"title": " ".join(title.split())}
    if not words["title"]:
        raise RuleBroken(_("Give it a title."), field="title")
    _checked(words, [])
    if language not in rules.text_languages():
        raise RuleBroken(_("Choose one of the languages."), field="language")
    if country not in rules.country_codes():
        raise RuleBroken(_("Choose one of the countries."), field="country")
    now = clock.now()
    practice = Practice.objects.create(
        slug=_slug(words["title"]), programme=programme, organisation=organisation, brought_by=(brought_by.strip() or (organisation.name if organisation else ""))[:150],
        country=country, language=language, source_count=source_count, by_link=by_link, made_by=by, made_at=now,
    )  # fmt: skip
    version = PracticeVersion.objects.create(practice=practice, number=1, made_by=by, made_at=now)
    PracticeText.objects.create(version=version, language=language, parts=words, written_by=by, written_at=now)
    PracticeStep.objects.create(practice=practice, state=State.DRAFT, by=by, at=now)
    announce(events.PracticeBegun(practice.uid, by_link), by=by)
    return practice


@atomic
def invite_to_write(
    *, programme: Programme, title: str, language: str, country: str, brought_by: str, email: str, organisation: Organisation | None = None, by: Person
) -> str:
    """Let somebody without an account write a practice: a mail with a secret link, good for sixty days. Answers the secret."""
    if not brought_by.strip() and organisation is None:
        raise RuleBroken(_("Say which organisation it is about."), field="brought_by")
    practice = begin_practice(
        programme=programme, title=title, language=language, country=country, organisation=organisation, brought_by=brought_by, by_link=True, by=None
    )
    return send_link(practice=practice, email=email, by=by)


@atomic
def send_link(*, practice: Practice, email: str, by: Person) -> str:
    """Send the secret link to a draft that is written by link; an earlier one ends. Answers the secret."""
    if practice.state != State.DRAFT:
        raise RuleBroken(_("It is handed in already."))
    revoke_links(PURPOSE, subject=practice.uid)
    token = make_link(PURPOSE, subject=practice.uid, expires_at=clock.now() + timedelta(days=KEPT_DAYS))
    send_mail("library/mail/invited", to=email, language=practice.language, context={"token": token, "days": KEPT_DAYS})
    announce(events.PracticeWritten(practice.uid, 1, practice.language), by=by)
    return token


@atomic
def sort_practice(
    *, practice: Practice, area: str, context: str, services: str, cost: str, evidence: str, fields_of_work: Sequence[str], audiences: Sequence[str],
    starts_on: date | None = None, ends_on: date | None = None, is_regular: bool = False, brought_by: str = "", country: str = "", by: Person | None,
) -> Practice:  # fmt: skip
    """Say what a practice is sorted by. Raises RuleBroken without a field of work or a reader, and for days in the wrong order."""
    practice = locked(practice)
    if practice.state == State.ARCHIVED:
        raise RuleBroken(_("It was withdrawn."))
    known = [code for code in rules.work_fields() if code in fields_of_work]
    readers = [code for code in PracticeTag.Audience.values if code in audiences]
    if not known:
        raise RuleBroken(_("Choose at least one field of work."), field="fields_of_work")
    if not readers:
        raise RuleBroken(_("Choose for whom it is meant."), field="audiences")
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken(_("The last day lies before the first."), field="ends_on")
    for name, value in (("area", area.strip()[:120]), ("context", context), ("services", services), ("cost", cost), ("evidence", evidence)):
        setattr(practice, name, value)
    practice.starts_on, practice.ends_on, practice.is_regular = starts_on, None if is_regular else ends_on, is_regular
    practice.brought_by = brought_by.strip()[:150] or practice.brought_by
    practice.country = country if country in rules.country_codes() else practice.country
    practice.save()
    PracticeTag.objects.filter(practice=practice).delete()
    PracticeTag.objects.bulk_create([
        *(PracticeTag(practice=practice, kind=PracticeTag.Kind.FIELD, code=code) for code in known),
        *(PracticeTag(practice=practice, kind=PracticeTag.Kind.AUDIENCE, code=code) for code in readers),
    ])  # fmt: skip
    announce(events.PracticeWritten(practice.uid, version_of(practice).number, practice.language), by=by)
    return practice


@atomic
def write_text(
    *, practice: Practice, parts: Mapping[str, str], steps: Sequence[Mapping[str, str]] | None = None, language: str = "", by: Person | None
) -> PracticeText:
    """Write words of the version that is worked on, or of a translation. What is not named stays as it was.

    The original of what everybody reads is changed by `revise_practice` instead. Raises RuleBroken where a field has more words than the
    European template allows (`data/template.toml`), and while the practice is in review.
    """
    practice = locked(practice)
    wanted = language or practice.language
    if wanted not in rules.text_languages():
        raise RuleBroken(_("Choose one of the languages."), field="language")
    if wanted == practice.language and practice.state not in IN_THE_MAKING:
        raise RuleBroken(_("It is handed in; send it back first, or write a new version."))
    if practice.state == State.ARCHIVED:
        raise RuleBroken(_("It was withdrawn."))
    version = _version_to_write(practice, is_translation=wanted != practice.language)
    text = PracticeText.objects.filter(version=version, language=wanted).first() or PracticeText(version=version, language=wanted)
    text.parts = {**text.parts, **{code: words.strip() for code, words in parts.items()}}
    text.steps = _steps(steps) if steps is not None else text.steps
    _checked(text.parts, text.steps)
    if wanted != practice.language and (lacking := [code for code in rules.TRANSLATED_FIRST if not text.parts.get(code)]):
        raise RuleBroken(_("Translate the title and the summary at least; the rest is shown in the original."), field=lacking[0])
    text.written_by, text.written_at = by, clock.now()
    text.save()
    announce(events.PracticeWritten(practice.uid, version.number, wanted), by=by)
    return text


@atomic
def revise_practice(
    *, practice: Practice, parts: Mapping[str, str], steps: Sequence[Mapping[str, str]], changes_meaning: bool, by: Person
) -> PracticeVersion:
    """Write a new version of what everybody reads. If its meaning changed it is handed in for two new reviews, and until then everybody reads
    the earlier one; a correction is shown at once, and makes no translation old."""
    practice = locked(practice)
    if practice.state not in (State.PUBLISHED, State.OUTDATED):
        raise RuleBroken(_("Only what is published has versions. Change the draft itself."))
    last = text_of(practice, practice.language)
    whole = {**(last.parts if last else {}), **{code: words.strip() for code, words in parts.items()}}
    rows = _steps(steps)
    _checked(whole, rows)
    if missing := rules.missing_parts(whole):
        raise RuleBroken(_("This must not be left out."), field=missing[0])
    now = clock.now()
    made = PracticeVersion.objects.create(practice=practice, number=version_of(practice).number + 1, changes_meaning=changes_meaning, made_by=by, made_at=now)
    PracticeText.objects.create(version=made, language=practice.language, parts=whole, steps=rows, written_by=by, written_at=now)
    announce(events.PracticeWritten(practice.uid, made.number, practice.language), by=by)
    if changes_meaning:
        move(practice, State.SUBMITTED, by=by, reason=str(_("A new version changes the meaning.")))
    else:
        practice.shown_number = made.number
        practice.save(update_fields=["shown_number"])
        announce(events.PracticeMoved(practice.uid, practice.state), by=by)
    return made


@atomic
def settle_contact(
    *, practice: Practice, licence: str, contact_name: str = "", contact_email: str = "", contact_agrees: bool = False, by: Person | None
) -> Practice:
    """Say under which licence the card stands, and whom the library may ask about it. Nobody else ever sees who that is.

    Raises RuleBroken for a contact person who has not agreed.
    """
    practice = locked(practice)
    if licence not in rules.licences():
        raise RuleBroken(_("Choose one of the licences."), field="licence")
    if (contact_name.strip() or contact_email.strip()) and not contact_agrees:
        raise RuleBroken(_("Ask the contact person first, then tick that they agree. Or leave both fields empty."), field="contact_agrees")
    practice.licence, practice.contact_name, practice.contact_email = licence, contact_name.strip()[:150], contact_email.strip()
    practice.contact_agreed_at = clock.now() if practice.contact_name or practice.contact_email else None
    practice.save(update_fields=["licence", "contact_name", "contact_email", "contact_agreed_at"])
    announce(events.PracticeWritten(practice.uid, version_of(practice).number, practice.language), by=by)
    return practice


def _version_to_write(practice: Practice, *, is_translation: bool) -> PracticeVersion:
    """The version that is worked on; a translation belongs to what everybody reads, where there is something."""
    if is_translation and practice.shown_number:
        return PracticeVersion.objects.get(practice=practice, number=practice.shown_number)
    return version_of(practice)


def _steps(steps: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    rows = [{name: str(one.get(name, "")).strip() for name in ("what", "who", "time", "cost")} for one in steps]
    return [one for one in rows if any(one.values())]


def _checked(parts: Mapping[str, str], steps: Sequence[Mapping[str, str]]) -> None:
    limits = {one.code: one.words for one in rules.card_parts()}
    if long := rules.too_long(parts):
        code, words = next(iter(long.items()))
        raise RuleBroken(
            _("These are %(words)s words; the template allows %(most)s. Shorten it a little.") % {"words": number(words), "most": number(limits[code])}, field=code
        )
    if len(steps) > MOST_STEPS:
        raise RuleBroken(_("At most %(most)s steps; put some together.") % {"most": number(MOST_STEPS)}, field="steps")
    for place, one in enumerate(steps):
        if not one["what"]:
            raise RuleBroken(_("Step %(number)s does not say what is done.") % {"number": number(place + 1)}, field="steps")
        if rules.count_words(one["what"]) > STEP_WORDS:
            raise RuleBroken(_("Step %(number)s has more than %(most)s words.") % {"number": number(place + 1), "most": number(STEP_WORDS)}, field="steps")


def _slug(title: str) -> str:
    stem = slugify(rules.fold(title))[:60].strip("-") or "practice"
    found, number_ = stem, 1
    while found in RESERVED or Practice.objects.filter(slug=found).exists():
        number_ += 1
        found = f"{stem}-{number_}"
    return found
