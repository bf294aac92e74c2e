"""The demonstration's questionnaires as XLSForm workbooks, written by the product's own writer."""

from __future__ import annotations

from handrail.desk.demonstration.content import both, framework, programme
from handrail.instruments import formats
from handrail.instruments.formats import Choice, Form, Item, Language

LANGUAGES = (Language("sv", "Svenska"), Language("en", "English"))


def mapping_form() -> Form:
    """A page per area: one question per competence, its answers the level texts; an open question at the end."""
    data = framework()
    pages = []
    for area in data["area"]:
        questions = [
            Item(
                kind=formats.SELECT_ONE, name=f"k_{competence['code'].lower()}", labels=both(competence["name"]),
                hints=both(competence["text"]), list_name=f"nivaer_{competence['code'].lower()}", competence=competence["code"],
                required="true()",
                required_messages={"sv": "Välj det som stämmer bäst. Det finns inget fel svar.", "en": "Choose what fits best. There is no wrong answer."},
                choices=tuple(
                    Choice(name=f"n{level}", labels=both(texts), level=level) for level, texts in enumerate(competence["levels"])
                ),
            )
            for competence in area["competence"]
        ]
        note = Item(
            kind=formats.NOTE, name=f"om_{area['code'].lower()}",
            labels={"sv": "Välj det som stämmer bäst på dig i dag.", "en": "Choose what fits you best today."},
        )  # fmt: skip
        pages.append(Item(kind=formats.GROUP, name=f"omrade_{area['code'].lower()}", labels=both(area["name"]), items=(note, *questions)))
    voice = Item(
        kind=formats.GROUP, name="rost", labels={"sv": "Med egna ord", "en": "In your own words"},
        items=(
            Item(
                kind=formats.SELECT_ONE, name="moter", list_name="ja_nej",
                labels={"sv": "Möter du nyanlända i ditt arbete?", "en": "Do you meet newcomers at work?"},
                choices=(Choice("ja", {"sv": "Ja", "en": "Yes"}), Choice("nej", {"sv": "Nej", "en": "No"})),
            ),
            Item(
                kind=formats.INTEGER, name="moten_vecka", relevant="${moter} = 'ja'", constraint=". >= 0 and . <= 100",
                labels={"sv": "Ungefär hur många möten i veckan?", "en": "About how many meetings a week?"},
                constraint_messages={"sv": "Skriv ett tal från 0 till 100.", "en": "Write a number from 0 to 100."},
            ),
            Item(
                kind=formats.TEXT, name="behov",
                labels={"sv": "Vad skulle hjälpa dig mest?", "en": "What would help you most?"},
                hints={"sv": "Skriv inga namn på personer.", "en": "Write no names of people."},
            ),
        ),
    )  # fmt: skip
    return Form("Kompetenskartläggning", "kartlaggning", "1", LANGUAGES, "sv", (*pages, voice))


def confidence_form() -> Form:
    """The same questions on confidence before, after and six months later."""
    scale = tuple(
        Choice(str(number), both(texts))
        for number, texts in enumerate(
            [["Nej, inte alls", "No, not at all"], ["Nej, knappast", "No, hardly"], ["Varken eller", "Neither"], ["Ja, ganska", "Yes, rather"], ["Ja, helt", "Yes, fully"]],
            start=1,
        )
    )
    questions = tuple(
        Item(kind=formats.SELECT_ONE, name=one["code"], labels=both(one["text"]), list_name="skala", choices=scale, required="true()")
        for one in programme()["confidence"]
    )
    page = Item(kind=formats.GROUP, name="trygghet", labels={"sv": "Trygg i min roll", "en": "Confident in my role"}, items=questions)
    return Form("Trygg i min yrkesroll", "trygghet", "1", LANGUAGES, "sv", (page,))
