"""Interviews, open answers and documents, starting from who asks: words as they were said only for the organisation that heard them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from handrail.kit import clock
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of, current_grants
from handrail.programmes.models import Programme
from handrail.research.models import Coding, GuideVersion, RespondentGroup, Source, SourceText, Study, StudyPartner, StudyRound

RAW, REDACTED, TRANSLATION = SourceText.Kind.RAW, SourceText.Kind.REDACTED, SourceText.Kind.TRANSLATION
BROUGHT, DRAFTED, ASKED, SENT_BACK, AGREED, WITHDRAWN, WORDLESS = "brought", "drafted", "asked", "sent_back", "agreed", "withdrawn", "wordless"


def researched_studies(person: Person) -> QuerySet[Study]:
    """The studies of the programmes in which a person does research."""
    return Study.objects.filter(_programmes(person, "programme__uid", Role.RESEARCHER)).select_related("programme", "coordinator")


def sources_visible_to(person: Person) -> QuerySet[Source]:
    """Signs and states of the sources of studies that a person does research in; which words they may read is asked separately."""
    return _sources().filter(_programmes(person, "study__programme__uid", Role.RESEARCHER))


def sources_read_by(person: Person) -> QuerySet[Source]:
    """Sources with a text that a second reader agreed to: every researcher of the programme reads it."""
    return sources_visible_to(person).filter(Exists(_agreed()), withdrawn_at=None)


def raw_sources_of(person: Person) -> QuerySet[Source]:
    """Sources whose words a person may read as they were said: those of one's own organisation, one's own, and those that one was named for."""
    own = Q(brought_by=person) | Q(reader=person)
    for one in authority_of(person).held:
        if one.role == Role.RESEARCHER and one.organisation_id is not None:
            here = Q(partner__organisation=one.organisation_id)
            own |= here if one.programme is None else here & Q(study__programme__uid=one.programme)
    return sources_visible_to(person).filter(own, withdrawn_at=None)


def copies_waiting(person: Person) -> QuerySet[SourceText]:
    """Redacted texts that this person may agree to: of sources whose words they may read, made by somebody else."""
    return SourceText.objects.filter(kind=REDACTED, agreed_at=None, source__in=raw_sources_of(person)).exclude(asked_at=None).exclude(made_by=person)


def waiting_for_second_reader(person: Person, study: Study) -> QuerySet[SourceText]:
    """Those of one study, by sign."""
    return copies_waiting(person).filter(source__study=study).select_related("source__partner__organisation", "source__group").order_by("source__sign", "pk")


def studies_with_copies(person: Person, programme: Programme) -> QuerySet[Study]:
    """The studies of a programme in which copies wait for a second reader, with how many (`waiting`)."""
    mine = copies_waiting(person).filter(source__study__programme=programme).order_by().values("pk")
    return Study.objects.filter(programme=programme).annotate(waiting=Count("sources__texts", filter=Q(sources__texts__in=mine))).filter(waiting__gt=0)


def study_sources(person: Person, study: Study, *, partner: str = "", group: str = "", kind: str = "", state: str = "") -> QuerySet[Source]:
    """The sources of a study, narrowed by what the address asks for, with their texts' states but not their words."""
    rows = sources_visible_to(person).filter(study=study).prefetch_related(_states())
    for field, value in (("partner__uid", partner), ("group__uid", group)):
        if value:
            rows = rows.filter(**{field: _uid(value)})
    if kind in Source.Kind.values:
        rows = rows.filter(kind=kind)
    if state == AGREED:
        rows = rows.filter(Exists(_agreed()), withdrawn_at=None)
    elif state == "open":
        rows = rows.filter(~Exists(_agreed()), withdrawn_at=None)
    elif state == WITHDRAWN:
        rows = rows.exclude(withdrawn_at=None)
    return rows


def state_of(source: Source) -> str:
    """Where a source stands on its way to being read by others."""
    texts = {one.kind: one for one in source.texts.all() if one.kind != TRANSLATION}
    redacted = texts.get(REDACTED)
    if source.withdrawn_at is not None:
        return WITHDRAWN
    if redacted is None:
        return BROUGHT if RAW in texts else WORDLESS
    if redacted.agreed_at is not None:
        return AGREED
    return ASKED if redacted.asked_at is not None else SENT_BACK if redacted.sent_back_at is not None else DRAFTED


def agreed_text(source: Source) -> SourceText | None:
    """The text that readers mark."""
    return source.texts.filter(kind=REDACTED).exclude(agreed_at=None).first()


def raw_text(source: Source) -> SourceText | None:
    """The words as they were said, while they are kept."""
    return source.texts.filter(kind=RAW).first()


def redacted_text(source: Source) -> SourceText | None:
    """The redacted text, agreed or not."""
    return source.texts.filter(kind=REDACTED).first()


def translations_of(source: Source) -> list[SourceText]:
    """The languages that a source stands in beside its own."""
    return list(source.texts.filter(kind=TRANSLATION).order_by("language"))


def translation_in(source: Source, language: str) -> SourceText | None:
    """A source in a language."""
    return source.texts.filter(kind=TRANSLATION, language=language).first()


def marks_count(source: Source) -> int:
    """How many marks stand in a source's texts."""
    return Coding.objects.filter(text__source=source, removed_at=None).count()


def propose_sign(study: Study, partner: StudyPartner, group: RespondentGroup, *, answer: bool = False) -> str:
    """The next free sign: country, group and number, PT-R-03; of an open answer PT-W-a014."""
    head = f"{partner.country}-{group.code}-{'a' if answer else ''}"
    taken = study.sources.filter(sign__startswith=head).values_list("sign", flat=True)
    last = max((int(rest) for sign in taken if (rest := sign.removeprefix(head)).isascii() and rest.isdigit()), default=0)
    return f"{head}{last + 1:0{3 if answer else 2}d}"


def partners_collected_for(person: Person, study: Study) -> QuerySet[StudyPartner]:
    """The partners of a study for which a person brings in what was said."""
    from handrail.research.queries.studies import organisations_researched

    own = organisations_researched(person, study.programme)
    rows = study.partners.select_related("organisation")
    return rows if own is None else rows.filter(organisation__in=own)


def guide_versions_of(study: Study) -> QuerySet[GuideVersion]:
    """Every version of a study's guides, the latest first."""
    return GuideVersion.objects.filter(guide__study=study).select_related("guide").order_by("guide", "-number")


def groups_of(study: Study) -> QuerySet[RespondentGroup]:
    """Who is asked in a study."""
    return study.groups.all()


def rounds_of(study: Study) -> QuerySet[StudyRound]:
    """When everybody is asked."""
    return study.rounds.all()


def languages_of(study: Study) -> list[str]:
    """The languages of a study: those of the installation, of what its groups are told, and of what was said."""
    told = {language for words in study.groups.values_list("consent", flat=True) for language in words} | set(study.languages)
    said = set(study.sources.values_list("language", flat=True))
    ours = [code for code, _name in settings.LANGUAGES]
    return [*ours, *sorted((told | said) - set(ours) - {""})]


def direction_of(language: str) -> str:
    """How a language runs (rtl, ltr); auto where nobody knows. Who speaks stands before a paragraph in Latin letters, so that the browser cannot tell by itself."""
    try:
        return str(Locale.parse(language.replace("-", "_")).text_direction)
    except (ValueError, UnknownLocaleError):
        return "auto"


def languages_said(study: Study) -> list[str]:
    """The languages in which something was said in a study."""
    return sorted(set(study.sources.values_list("language", flat=True)) - {""})


def researchers_found(study: Study) -> QuerySet[Person]:
    """Who does research in a study's programme."""
    grants = current_grants().filter(Q(programme=study.programme.uid) | Q(programme=None), role=Role.RESEARCHER, person__erased_at=None)
    return Person.objects.filter(pk__in=grants.values("person")).select_related("identity").order_by("identity__family_name", "pk")


def researchers_of(study: Study) -> list[Person]:
    """Who does research in a study's programme, as a list."""
    return list(researchers_found(study))


@dataclass(frozen=True)
class Neighbours:
    """The sources before and after one, among those that can be read."""

    previous: Source | None
    next: Source | None


def neighbours_of(person: Person, source: Source) -> Neighbours:
    """Which source comes before and after, by sign."""
    rows = sources_read_by(person).filter(study=source.study)
    before = rows.filter(Q(sign__lt=source.sign) | Q(sign=source.sign, pk__lt=source.pk)).order_by("-sign", "-pk").first()
    after = rows.filter(Q(sign__gt=source.sign) | Q(sign=source.sign, pk__gt=source.pk)).order_by("sign", "pk").first()
    return Neighbours(before, after)


def forgotten_raw_texts(days: int) -> QuerySet[SourceText]:
    """Words as they were said that are kept for longer than the installation allows, with what was drafted of them."""
    return SourceText.objects.filter(kind__in=(RAW, REDACTED), agreed_at=None, made_at__lt=clock.now() - timedelta(days=days))


def _agreed() -> QuerySet[SourceText]:
    return SourceText.objects.filter(source=OuterRef("pk"), kind=REDACTED, agreed_at__isnull=False)


def _states() -> Prefetch[Any]:
    return Prefetch("texts", SourceText.objects.defer("body", "turns", "marked", "note"))


def _sources() -> QuerySet[Source]:
    return Source.objects.select_related("study__programme", "partner__organisation", "group", "round", "guide__guide")


def _programmes(person: Person, path: str, *roles: str) -> Q:
    held = [one for one in authority_of(person).held if one.role in roles]
    return Q() if any(one.programme is None for one in held) else Q(**{f"{path}__in": {one.programme for one in held}})


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
