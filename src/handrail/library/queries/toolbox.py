"""The toolbox as everybody reads it: filtered, searched in any language, counted by country and field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from handrail.library import rules
from handrail.library.models import Adoption, Practice, PracticeStem, PracticeTag, PracticeText, Whole
from handrail.library.queries.practices import Spoken, best_text, public_practices, spoken_texts, tags_of

OLD_LAST = Case(When(state=Practice.State.OUTDATED, then=1), default=0)
NOT_FIRST = "not_first"  # neither first entrance nor hot spot
Tag = PracticeTag.Kind


def practices_found(chosen: Mapping[str, str], rows: QuerySet[Practice] | None = None) -> QuerySet[Practice]:
    """What everybody reads, narrowed by what was chosen; every word of a search must stand in the card, in whichever language."""
    found = public_practices() if rows is None else rows
    for name in ("country", "cost", "evidence"):
        if value := chosen.get(name):
            found = found.filter(**{name: value})
    if context := chosen.get("context"):
        found = found.filter(context=Practice.Context.LOCAL) if context == NOT_FIRST else found.filter(context=context)
    if services := chosen.get("services"):
        found = found.filter(services__in=[services, Practice.Services.BOTH])
    for kind in (Tag.FIELD, Tag.AUDIENCE):
        if code := chosen.get(kind):
            found = found.filter(Exists(PracticeTag.objects.filter(practice=OuterRef("pk"), kind=kind, code=code)))
    if language := chosen.get("language"):
        found = found.filter(Exists(PracticeText.objects.filter(version__practice=OuterRef("pk"), version__number__lte=OuterRef("shown_number"), language=language)))
    for pairs in rules.looked_for(chosen.get("q", ""), rules.text_languages()):
        found = found.filter(Exists(PracticeStem.objects.filter(_any_of(pairs), practice=OuterRef("pk"))))
    return found.select_related("programme", "organisation").order_by(OLD_LAST, "-published_at", "-id")


def _any_of(pairs: Iterable[tuple[str, str]]) -> Q:
    by_stem: dict[str, list[str]] = {}
    for language, stem in sorted(pairs):
        by_stem.setdefault(stem, []).append(language)
    found = Q(pk__in=[])
    for stem, languages in by_stem.items():
        found |= Q(stem=stem, language__in=languages)
    return found


@dataclass(frozen=True)
class Card:
    """A practice as a row of the catalogue shows it."""

    practice: Practice
    spoken: Spoken
    languages: list[str]
    fields: list[str]
    audiences: list[str]
    country: str

    @property
    def text(self) -> PracticeText:
        """The words that are shown."""
        return self.spoken.text


def cards_of(practices: Iterable[Practice], language: str = "") -> list[Card]:
    """The rows of the catalogue: three queries, however many."""
    shown = list(practices)
    texts, tags, names = spoken_texts(shown), tags_of(shown), rules.work_fields()
    audiences = dict(PracticeTag.Audience.choices)
    return [
        Card(
            one, best_text(texts[one.pk], one.language, language), sorted(texts[one.pk]),
            [names.get(code, code) for code in tags.get(one.pk, {}).get("field", [])],
            [str(audiences.get(code, code)) for code in tags.get(one.pk, {}).get("audience", [])], rules.country_name(one.country),
        )
        for one in shown if one.language in texts.get(one.pk, {})
    ]  # fmt: skip


@dataclass(frozen=True)
class Overview:
    """How many practices there are of each country and field; nought is a gap, and shows as one."""

    countries: list[tuple[str, str]]
    rows: list[dict[str, Any]] = field(default_factory=list)
    gaps: int = 0


def overview_of(practices: QuerySet[Practice], *, on_the_way: QuerySet[Practice] | None = None, more_countries: Iterable[str] = ()) -> Overview:
    """The table of countries by fields of work. `on_the_way` counts what is written and not published yet."""
    counted = _counts(practices)
    waiting = _counts(on_the_way) if on_the_way is not None else {}
    codes = {country for country, _code in (*counted, *waiting)} | set(more_countries)
    countries = sorted(((code, rules.country_name(code)) for code in codes), key=lambda one: one[1])
    rows, gaps = [], 0
    for code, label in rules.work_fields().items():
        cells = [
            {"country": country, "name": name, "field": code, "count": counted.get((country, code), 0), "waiting": waiting.get((country, code), 0)} for country, name in countries
        ]
        gaps += sum(1 for one in cells if not one["count"])
        rows.append({"code": code, "label": label, "cells": cells, "total": sum(int(str(one["count"])) for one in cells)})
    return Overview(countries, rows, gaps)


def _counts(practices: QuerySet[Practice]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    rows = PracticeTag.objects.filter(kind=Tag.FIELD, practice__in=practices.order_by().values("pk")).values_list("practice__country", "code")
    for pair in rows:
        found[pair] = found.get(pair, 0) + 1
    return found


def countries_present() -> list[str]:
    """The countries of what everybody reads."""
    return list(public_practices().order_by("country").values_list("country", flat=True).distinct())


def languages_present() -> list[str]:
    """The languages in which something can be read."""
    rows = PracticeText.objects.filter(version__practice__in=public_practices().values("pk"), version__number__lte=F("version__practice__shown_number"))
    return sorted(set(rows.order_by().values_list("language", flat=True)))


def transfers_of(practice: Practice) -> list[Adoption]:
    """Who did the same and what came of it, the latest first; no person stands in it."""
    rows = Adoption.objects.filter(practice=practice).exclude(state=Adoption.State.STOPPED)
    return list(rows.select_related("organisation").order_by("-reported_at", "-id"))


def whole_toolbox() -> Whole | None:
    """The file with the whole toolbox, if it was built."""
    return Whole.objects.order_by("-pk").first()


