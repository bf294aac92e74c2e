"""What is shown of answers, starting from who asks: only figures that were drawn and hidden together, the same for everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from handrail.instruments.formats import Form
from handrail.instruments.models import Book, Collection, Drawn, Questionnaire, QuestionnaireVersion
from handrail.instruments.queries.forms import form_of
from handrail.instruments.queries.tallies import active_scales, collections_of
from handrail.instruments.rules.instruments_scored import items_of, scales
from handrail.instruments.rules.results import Answers, Asked, Atom, asked_in
from handrail.instruments.rules.tallying import NUMBER, ONE
from handrail.kit.kept import once
from handrail.kit.text import _, in_language, language_name
from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme

BY_COLLECTION, BY_LANGUAGE, REST = "collection", "language", "@rest"


def books_visible_to(person: Person) -> QuerySet[Book]:
    """The results of programmes that one coordinates or does research in; everybody sees the same figures, with small groups hidden."""
    held = [one.programme for one in authority_of(person).held if one.role in (Role.COORDINATOR, Role.RESEARCHER)]
    rows = Book.objects.select_related("questionnaire__programme")
    return rows if None in held else rows.filter(questionnaire__programme__uid__in=[one for one in held if one])


def books_of(person: Person, programme: Programme) -> QuerySet[Book]:
    """A programme's results, the questionnaire that was drawn last first."""
    return books_visible_to(person).filter(questionnaire__programme=programme).order_by("-drawn_at", "-pk")


def collections_with_results(person: Person) -> QuerySet[Collection]:
    """Collections of which something is counted, in programmes that one coordinates or does research in."""
    books = books_visible_to(person).filter(questionnaire=OuterRef("version__questionnaire"))
    return Collection.objects.filter(Exists(books)).select_related("version__questionnaire__book", "programme", "organisation")


def forms_of(book: Book) -> list[Form]:
    """The forms that were answered, the newest first."""
    return once("forms of a book", [book.pk], lambda: _forms_of(book))


def _forms_of(book: Book) -> list[Form]:
    used = collections_of(book.questionnaire).order_by().values("version_id")
    return [form_of(one) for one in QuestionnaireVersion.objects.filter(pk__in=used).order_by("-number")]


def asked_of(book: Book) -> list[Asked]:
    """What was asked, in the newest form's order, then what older ones asked besides, then the scores of published instruments."""
    return once("asked of a book", [book.pk], lambda: _asked_of(book))


def _asked_of(book: Book) -> list[Asked]:
    found: dict[str, Asked] = {}
    active = [scales()[code] for code in sorted(active_scales(book.questionnaire)) if code in scales()]
    forms = forms_of(book)
    health = {*book.health, *(item.name for form in forms for scale in active if scale.is_health for item in items_of(form, scale).values())}
    for form in forms:
        for asked in asked_in(form, health=health):
            found.setdefault(asked.name, asked)
    for scale in active:
        found[f"@{scale.code}"] = Asked(f"@{scale.code}", NUMBER, is_health=scale.is_health)
        if bands := [one["code"] for one in scale.bands]:
            found[f"@{scale.code}.band"] = Asked(f"@{scale.code}.band", ONE, tuple(bands), (), scale.is_health)
        for part in scale.subscales:
            found[f"@{scale.code}.{part['code']}"] = Asked(f"@{scale.code}.{part['code']}", NUMBER, is_health=scale.is_health)
    return list(found.values())


def drawn_of(book: Book) -> dict[int, Drawn]:
    """What may be seen of each collection of a book."""
    return {one.collection_id: one for one in Drawn.objects.filter(collection__in=collections_of(book.questionnaire).values("pk"), people__gt=0).order_by("collection_id")}


def answers_of(book: Book, drawn: Mapping[int, Drawn] | None = None) -> dict[Atom, Answers]:
    """What may be seen of a book's answers, by collection and language."""
    rows = drawn_of(book) if drawn is None else drawn
    return {(key, atom["language"]): Answers(atom["people"], atom["sums"]) for key, one in rows.items() for atom in one.atoms}


def splits_of(book: Book, drawn: Mapping[int, Drawn] | None = None) -> dict[str, dict[str, set[Atom]]]:
    """By what answers are told apart: each collection, whatever the book was given, and the language once nothing more comes in."""
    rows = drawn_of(book) if drawn is None else drawn
    atoms: list[Atom] = [(key, atom["language"]) for key, one in rows.items() for atom in one.atoms]
    collections = {one.pk: one for one in collections_of(book.questionnaire)}
    found: dict[str, dict[str, set[Atom]]] = {}
    if len(rows) > 1:
        found[BY_COLLECTION] = {str(collections[key].uid): {one for one in atoms if one[0] == key} for key in rows}
    for split in book.splits:
        parts = {part["code"]: {one for one in atoms if one[0] in part["collections"]} for part in split["parts"]}
        parts = {code: some for code, some in parts.items() if some}
        if rest := set(atoms) - {one for some in parts.values() for one in some}:
            parts[REST] = rest
        if len(parts) > 1:
            found[split["name"]] = parts
    languages = sorted({one[1] for one in atoms})
    if len(languages) > 1 and not Drawn.objects.filter(collection__in=collections, is_final=False).exists():
        found[BY_LANGUAGE] = {language: {one for one in atoms if one[1] == language} for language in languages}
    return found


@dataclass(frozen=True)
class Splitting:
    """One way in which a book's answers are told apart, and the names of its parts."""

    name: str
    title: str
    parts: dict[str, str]
    is_round: bool = False


def splittings(book: Book) -> list[Splitting]:
    """The ways in which a book's figures are told apart, in the reader's words."""
    return once("ways of a book", [book.pk, book.number], lambda: _splittings(book))


def _splittings(book: Book) -> list[Splitting]:
    there = book.figures.get("people", {})
    found = []
    for split in book.splits:
        if split["name"] in there:
            names = {part["code"]: in_language(part["title"]) for part in split["parts"]} | {REST: str(_("Others"))}
            found.append(Splitting(split["name"], in_language(split["title"]), {code: names.get(code, code) for code in there[split["name"]]}, split["is_round"]))
    if BY_COLLECTION in there:
        names = {str(one.uid): f"{in_language(one.title)} ({one.organisation})" for one in collections_of(book.questionnaire)}
        found.append(Splitting(BY_COLLECTION, str(_("Collection")), {code: names.get(code, code) for code in there[BY_COLLECTION]}))
    if BY_LANGUAGE in there:
        found.append(Splitting(BY_LANGUAGE, str(_("Language")), {code: language_name(code) for code in there[BY_LANGUAGE]}))
    return found


@dataclass(frozen=True)
class DrawnAnswers:
    """What is shown of one question in one part: how many answered, and how many gave each answer; None where that is hidden."""

    n: int | None
    values: Mapping[str, int | None]


def drawn_answers(questionnaire: Questionnaire) -> Callable[[str, str], dict[str, DrawnAnswers]]:
    """What is shown of a questionnaire's answers, read once: asked for a question and a split ("*": everybody), it tells each part; nothing where nothing is drawn yet.

    For findings that stand on answers: the same figures as on the page, so that nothing more can be worked out from both.
    """
    book = Book.objects.filter(questionnaire=questionnaire).first()

    def told(question: str, split: str) -> dict[str, DrawnAnswers]:
        parts = (book.figures.get("questions", {}).get(question, {}).get(split, {}) if book else {}) or {}
        return {code: DrawnAnswers(part.get("n"), part.get("v", {})) for code, part in parts.items()}

    return told


def labels_in(book: Book) -> dict[str, tuple[str, dict[str, str]]]:
    """The words of each question and of its choices, in the reader's language."""
    return once("words of a book", [book.pk], lambda: _labels_in(book))


def _labels_in(book: Book) -> dict[str, tuple[str, dict[str, str]]]:
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for form in forms_of(book):
        for item in form.questions():
            if item.name not in found:
                found[item.name] = (in_language(dict(item.labels)) or item.name, {one.name: in_language(dict(one.labels)) or one.name for one in item.choices})
    for code in active_scales(book.questionnaire):
        if scale := scales().get(code):
            found[f"@{code}"] = (scale.title, {})
            found[f"@{code}.band"] = (str(_("%(scale)s: in which band")) % {"scale": scale.title}, {one["code"]: _told(one) for one in scale.bands})
            found |= {f"@{code}.{part['code']}": (f"{scale.title}: {_told(part)}", {}) for part in scale.subscales}
    return found


def _told(part: Mapping[str, Any]) -> str:
    return in_language(dict(zip(("en", "sv", "da"), part["title"], strict=True)))
