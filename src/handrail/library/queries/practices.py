"""Finds practices: those everybody reads, and those of the programmes whose library one knows from the inside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from handrail.kit import clock
from handrail.kit.models import Link
from handrail.kit.text import plain_language
from handrail.library import rules
from handrail.library.models import Practice, PracticeStep, PracticeTag, PracticeText, PracticeVersion, Review
from handrail.library.queries.sight import programmes_kept, reads_any
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme

State = Practice.State
SOON = timedelta(days=30)


def public_practices() -> QuerySet[Practice]:
    """What everybody may read: published at least once and not withdrawn; nothing of a demonstration's or closed programme's inside."""
    return Practice.objects.filter(shown_number__isnull=False).exclude(state=State.ARCHIVED)


def practices_visible_to(person: Person) -> QuerySet[Practice]:
    """What a person reads from the inside: everything of libraries one keeps; of the own programmes what left the draft, for researchers;
    drafts of the own organisation; what one is to review; and what everybody reads."""
    seen = Q(pk__in=public_practices().values("pk")) if reads_any(person) else Q(pk__in=[])
    if (kept := programmes_kept(person)) is not None:
        seen |= kept
    for one in authority_of(person).held:
        if one.role == Role.RESEARCHER:
            here = Q() if one.programme is None else Q(programme__uid=one.programme)
            own = Q() if one.organisation_id is None else Q(organisation=one.organisation_id)
            seen |= here & (~Q(state__in=[State.DRAFT, State.ARCHIVED]) | own)
    seen |= Q(Exists(Review.objects.filter(version__practice=OuterRef("pk"), reviewer=person)))
    return Practice.objects.filter(seen).select_related("programme", "organisation")


def practices_of(person: Person, programme: Programme) -> QuerySet[Practice]:
    """A programme's practices that a person sees, what waits first."""
    return practices_visible_to(person).filter(programme=programme).order_by("-made_at", "-id")


def practices_to_adopt(person: Person) -> QuerySet[Practice]:
    """Published practices, for those who may let an organisation take one up."""
    rows = public_practices().exclude(state=State.OUTDATED).select_related("programme")
    return rows if reads_any(person) else rows.none()


def practice_by_uid(uid: UUID) -> Practice | None:
    """A practice by its uid, for links and tasks."""
    return Practice.objects.select_related("programme", "organisation", "made_by").filter(uid=uid).first()


def practice_at(slug: str) -> Practice | None:
    """The practice at a public address, also one that was withdrawn after it had been published."""
    return Practice.objects.select_related("programme", "organisation").filter(slug=slug, shown_number__isnull=False).first()


def text_of(practice: Practice, language: str, *, number: int | None = None) -> PracticeText | None:
    """The latest words in a language, up to a version where one is named."""
    rows = PracticeText.objects.filter(version__practice=practice, language=language).select_related("version")
    if number is not None:
        rows = rows.filter(version__number__lte=number)
    return rows.order_by("-version__number").first()


def version_of(practice: Practice) -> PracticeVersion:
    """The version that is worked on."""
    return PracticeVersion.objects.filter(practice=practice).order_by("-number")[0]


def authors_of(practice: Practice) -> set[int]:
    """Everybody who wrote the practice: they do not review it."""
    rows = PracticeText.objects.filter(version__practice=practice, language=practice.language).values_list("written_by_id", "version__made_by_id")
    return {pk for row in rows for pk in row if pk} | ({practice.made_by_id} if practice.made_by_id else set())


@dataclass(frozen=True)
class Spoken:
    """The words of a practice in one language that everybody may read, and whether the original has moved on meanwhile."""

    text: PracticeText
    is_outdated: bool

    @property
    def language(self) -> str:
        """In which language."""
        return self.text.language


def spoken_texts(practices: Iterable[Practice]) -> dict[int, dict[str, Spoken]]:
    """By practice and language what everybody reads: two queries, however many practices."""
    shown = {one.pk: one.shown_number or 0 for one in practices}
    versions: dict[int, list[tuple[int, bool]]] = {}
    for pk, number, changed in PracticeVersion.objects.filter(practice__in=shown).values_list("practice_id", "number", "changes_meaning"):
        if number <= shown[pk]:
            versions.setdefault(pk, []).append((number, changed))
    found: dict[int, dict[str, Spoken]] = {}
    rows = PracticeText.objects.filter(version__practice__in=shown).select_related("version").order_by("version__number")
    for text in rows:
        if text.version.number <= shown[text.version.practice_id]:
            old = rules.is_outdated_text(text.version.number, versions[text.version.practice_id])
            found.setdefault(text.version.practice_id, {})[text.language] = Spoken(text, old)
    return found


def best_text(texts: dict[str, Spoken], original: str, wanted: str = "") -> Spoken:
    """The words in the wanted language, else the reader's, else English, else the original; one that is out of date only if it was asked for."""
    if wanted in texts:
        return texts[wanted]
    for language in (plain_language(), "en"):
        if language in texts and not texts[language].is_outdated:
            return texts[language]
    return texts[original]


def parts_shown(text: PracticeText, original: PracticeText) -> list[dict[str, str]]:
    """The parts of a card below its title; what was not translated is shown in the original."""
    found = []
    for part in rules.card_parts():
        source = text if text.parts.get(part.code) else original
        if source.parts.get(part.code) and part.code != "title":
            found.append({"code": part.code, "label": part.label, "words": source.parts[part.code], "language": source.language, "direction": source.direction})
    return found


def tags_of(practices: Iterable[Practice]) -> dict[int, dict[str, list[str]]]:
    """By practice the codes of its fields of work and its readers."""
    found: dict[int, dict[str, list[str]]] = {}
    for pk, kind, code in PracticeTag.objects.filter(practice__in=list(practices)).values_list("practice_id", "kind", "code"):
        found.setdefault(pk, {}).setdefault(kind, []).append(code)
    return found


def working_titles(practices: Iterable[Practice]) -> dict[int, str]:
    """What practices are called in the words that are worked on: the reader's language, else the original."""
    originals = {one.pk: one.language for one in practices}
    found: dict[int, str] = {}
    rows = PracticeText.objects.filter(version__practice__in=originals).order_by("version__number").values_list("version__practice_id", "language", "parts")
    for pk, language, parts in rows:
        if language == originals[pk] or (language == plain_language() and parts.get("title")):
            found[pk] = parts.get("title", "") if language != originals[pk] or pk not in found or language == plain_language() else found[pk]
    return found


def history_of(practice: Practice) -> list[PracticeStep]:
    """Every change of state, in order."""
    return list(PracticeStep.objects.filter(practice=practice).select_related("by__identity"))


def due_for_a_look() -> QuerySet[Practice]:
    """Published practices whose review date has passed."""
    return Practice.objects.filter(state=State.PUBLISHED, review_on__lt=clock.today())


def kept_waiting(person: Person) -> QuerySet[Practice]:
    """What waits for whoever keeps a library: handed in, in review with everything said, out of date."""
    kept = programmes_kept(person)
    if kept is None:
        return Practice.objects.none()
    unfinished = Review.objects.filter(version__practice=OuterRef("pk"), done_at=None)
    return Practice.objects.filter(kept).filter(Q(state__in=[State.SUBMITTED, State.OUTDATED]) | (Q(state=State.IN_REVIEW) & ~Exists(unfinished)))


def has_open_link(practice: Practice) -> bool:
    """Whether somebody can still write it by link."""
    return Link.objects.filter(purpose="practice", subject=practice.uid, revoked_at=None, expires_at__gt=clock.now()).exists()
