"""Words of a questionnaire, written and translated by several people at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from handrail.instruments import actions, queries
from handrail.instruments.formats import SELECT_ONE, Choice, Form, Item, Language
from handrail.instruments.rules import wording as rules
from handrail.kit.errors import RuleBroken
from tests.instruments.forms import mapping

HELP = (Choice("yes", {"en": "Yes"}), Choice("no", {"en": "No"}))
FORM = Form(
    "Arriving", "arriving", "1", (Language("en", "English"),), "en",
    (
        Item(kind="group", name="page", labels={"en": "First"}, items=(
            Item(kind=SELECT_ONE, name="letters", labels={"en": "Letters?"}, hints={"en": "Any letter"}, list_name="help", choices=HELP),
            Item(kind=SELECT_ONE, name="work", labels={"en": "Work?"}, list_name="help", choices=HELP),
        )),
    ),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_every_text_stands_once_and_answers_where_they_are_first_asked() -> None:
    assert [key for key, _texts in rules.texts_of(FORM)] == [
        "label page", "label letters", "hint letters", "choice help yes", "choice help no", "label work",
    ]  # fmt: skip


def test_words_are_put_in_everywhere_and_nothing_else_is_touched() -> None:
    made = rules.worded(FORM, "ar", {"label letters": "رسائل؟", "choice help yes": "نعم"})
    letters, work = made.items[0].items
    assert letters.labels == {"en": "Letters?", "ar": "رسائل؟"}
    assert [one.labels for one in letters.choices] == [one.labels for one in work.choices] == [{"en": "Yes", "ar": "نعم"}, {"en": "No"}]
    assert rules.worded(made, "ar", {"label letters": "", "choice help yes": ""}) == FORM, "an empty one takes it away again"


def test_two_clash_only_where_both_changed_the_same() -> None:
    theirs = rules.worded(FORM, "en", {"label letters": "Post?"})
    assert rules.clashes(FORM, theirs, "en", {"label letters": "Mail?", "label work": "Job?"}) == ["label letters"]
    assert rules.clashes(FORM, theirs, "en", {"label letters": "Post?"}) == [], "the same words are no clash"
    assert rules.clashes(FORM, theirs, "en", {"label letters": "Letters?"}) == [], "who left it as it was changed nothing"


@pytest.fixture
def version(cast: Any) -> Any:
    return actions.publish_form(programme=cast.programme, form=FORM, kind="study", by=None)


@pytest.mark.django_db
def test_two_translators_at_once_both_keep_their_words(version: Any, cast: Any) -> None:
    actions.word_questionnaire(version=version, language="sv", words={"label letters": "Brev?"}, by=cast.amal)
    made = actions.word_questionnaire(version=version, language="ar", words={"label letters": "رسائل؟"}, by=cast.amal)
    form = queries.form_of(made)
    assert (made.number, [one.code for one in form.languages]) == (3, ["en", "sv", "ar"])
    assert dict(rules.texts_of(form))["label letters"] == {"en": "Letters?", "sv": "Brev?", "ar": "رسائل؟"}
    assert [one.name for one in form.languages] == ["English", "svenska", "العربية"]
    with pytest.raises(RuleBroken, match="Somebody else worded this"):
        actions.word_questionnaire(version=version, language="sv", words={"label letters": "Post?"}, by=cast.amal)
    with pytest.raises(RuleBroken, match="Nothing is worded"):
        actions.word_questionnaire(version=made, language="sv", words={"label letters": "Brev?"}, by=cast.amal)
    with pytest.raises(RuleBroken, match="no words may be missing"):
        actions.word_questionnaire(version=made, language="en", words={"label letters": ""}, by=cast.amal)


@pytest.mark.django_db
def test_words_are_written_on_screen_by_those_who_may(version: Any, cast: Any, client_of: Any) -> None:
    address = reverse("instruments:questionnaire_words", args=[version.uid])
    client = client_of(cast.amal)
    assert client.get(address + "?language=ar").status_code == 200
    names = {key: f"w{number}" for number, key in enumerate([rules.TITLE, *(key for key, _texts in rules.texts_of(FORM))])}
    sent = client.post(address + "?language=ar", {names["title"]: "الوصول", names["label letters"]: "رسائل؟", names["label work"]: ""})
    latest = queries.latest_version(version.questionnaire)
    assert sent.headers["Location"] == reverse("instruments:questionnaire", args=[latest.uid])
    assert queries.form_of(latest).items[0].items[0].labels["ar"] == "رسائل؟"
    version.questionnaire.refresh_from_db()
    assert version.questionnaire.title == {"en": "Arriving", "ar": "الوصول"}
    assert client_of(cast.oskar).get(address).status_code == 404, "a process leader reads and does not write"
    assert client_of(cast.stranger).get(address).status_code == 404


@pytest.mark.django_db
def test_a_workbook_does_not_become_a_version_of_another_kind(cast: Any) -> None:
    actions.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=mapping(), by=None)
    with pytest.raises(RuleBroken, match="Another kind"):
        actions.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=mapping(), kind="study", by=None)


@pytest.mark.django_db
def test_a_researcher_writes_what_studies_ask_and_not_what_staff_are_asked(version: Any, cast: Any, client_of: Any) -> None:
    from tests.research.world import researcher

    rita = researcher(cast.programme, cast.osby, "Rita")
    staffs = actions.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=mapping(), by=None)
    client = client_of(rita)
    told = {one: client.get(reverse("instruments:questionnaire", args=[one.uid])).status_code for one in (version, staffs)}
    assert told == {version: 200, staffs: 404}
    assert queries.kinds_published_by(rita, cast.programme) == ["study", "desk"]
    page = client.get(reverse("instruments:questionnaire_upload", args=[cast.programme.uid])).content.decode()
    assert 'value="study"' in page
    assert 'value="mapping"' not in page
