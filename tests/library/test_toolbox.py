"""The toolbox as everybody reads it: filters, search across languages, feeds, prints, and no person anywhere."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.kit import later
from handrail.library import actions, queries
from handrail.library.models import Practice
from tests.library.world import STEPS, World, draft, in_review, published, words

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account who reads English."""
    return Client(headers={"accept-language": "en"})


def html(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def test_only_what_is_published_is_open(world: World, visitor: Client) -> None:
    draft(world, "Only a draft")
    reading, open_ = in_review(world, "Being read"), published(world, "Open to all")
    page = html(visitor, "/toolbox/")
    assert "Open to all" in page and "Only a draft" not in page and "Being read" not in page
    assert visitor.get(f"/toolbox/{reading.slug}/").status_code == 404
    assert html(visitor, f"/toolbox/{open_.slug}/")


def test_neither_first_entrance_nor_hot_spot_is_a_filter(world: World, visitor: Client) -> None:
    for title, context in (("Harbour", "entrance"), ("Island", "hot_spot"), ("Village", "local")):
        published(world, title, context=context)
    page = html(visitor, "/toolbox/?context=not_first")
    assert [title in page for title in ("Harbour", "Island", "Village")] == [False, False, True]


def test_choosing_who_one_is_changes_what_is_shown_and_printed(world: World, visitor: Client) -> None:
    published(world, "For children", services="children", audiences=("commissioner", "practitioner"), cost="high")
    published(world, "For adults", services="adults", audiences=("commissioner",))
    published(world, "For all", services="both", audiences=("practitioner",))
    everybody = html(visitor, "/toolbox/")
    chosen = html(visitor, "/toolbox/?audience=commissioner&services=children")
    assert "For commissioners" not in everybody and "For adults" in everybody
    assert "For children" in chosen and "For adults" not in chosen and "For all" not in chosen
    assert "For commissioners" in chosen and "cost in a few words" in chosen
    assert "Commissioners, Children&#x27;s services" in chosen.split("print-only", 1)[1][:200], "the print-out says whom it is for"
    assert "how in a few words" in html(visitor, "/toolbox/?audience=practitioner")


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [("neighbour", True), ("NEIGHBOURS", True), ("vizinhos", True), ("vizinho", True), ("formacao", True), ("الجيران", True), ("neighbours vizinhos", True), ("boat", False), ("neighbours boat", False)],
)  # fmt: skip
def test_one_search_finds_in_every_language(world: World, visitor: Client, typed: str, is_found: bool) -> None:
    practice = published(world, "Neighbours meet newcomers")
    actions.write_text(practice=practice, language="pt", parts=words("Vizinhos encontram recém-chegados", summary="Uma formação simples"), steps=STEPS, by=world.rita)
    actions.write_text(practice=practice, language="ar", parts=words("الجيران والقادمون الجدد"), steps=STEPS, by=world.rita)
    later.run_waiting()
    page = html(visitor, f"/toolbox/?q={typed}")
    assert ("Neighbours meet newcomers" in page) is is_found


def test_filters_narrow_by_country_field_cost_evidence_and_language(world: World, visitor: Client) -> None:
    published(world, "One", country="PT", fields=("language", "work"), cost="low", evidence="compared")
    published(world, "Two", country="IT", fields=("housing",), cost="high", evidence="described")
    for query in ("country=PT", "field=work", "cost=low", "evidence=compared"):
        page = html(visitor, f"/toolbox/?{query}")
        assert ">One</a>" in page and ">Two</a>" not in page, query
    assert "Nothing fits" in html(visitor, "/toolbox/?country=PT&field=housing")
    assert ">Two</a>" in html(visitor, "/toolbox/?country=XX&cost=nonsense"), "nonsense counts as nothing"


def test_the_overview_shows_gaps(world: World, visitor: Client) -> None:
    published(world, "One", country="PT", fields=("language",))
    published(world, "Two", country="BG", fields=("language", "work"))
    shown = queries.overview_of(queries.public_practices())
    assert [name for _code, name in shown.countries] == ["Bulgaria", "Portugal"]
    language = next(row for row in shown.rows if row["code"] == "language")
    assert [one["count"] for one in language["cells"]] == [1, 1]
    assert shown.gaps == 2 * 10 - 3
    page = html(visitor, "/toolbox/overview/")
    assert page.count(">gap<") + page.count(">gap") >= 17 and "country=BG&amp;field=work" in page


def test_a_card_speaks_the_language_that_is_asked_for(world: World, visitor: Client) -> None:
    practice = published(world)
    actions.write_text(practice=practice, language="ar", parts=words("الجيران"), steps=STEPS, by=world.rita)
    page = html(visitor, f"/toolbox/{practice.slug}/?lang=ar")
    assert '<h1 lang="ar" dir="rtl">الجيران</h1>' in page
    assert f'hreflang="en" href="http://localhost:8000/toolbox/{practice.slug}/?lang=en"' in page and 'hreflang="x-default"' in page
    assert "Neighbours meet newcomers" in html(visitor, f"/toolbox/{practice.slug}/?lang=xx")


def test_the_licence_stands_on_each_card_and_no_person_does(world: World, visitor: Client) -> None:
    practice = published(world)
    actions.settle_contact(practice=practice, licence="CC-BY-SA-4.0", contact_name="Carla Segredo", contact_email="segredo@example.org", contact_agrees=True, by=world.rita)
    for url in ("/toolbox/", *(f"/toolbox/{practice.slug}/{part}" for part in ("", "summary/", "card.json")), "/toolbox/feed.xml", "/sitemap.xml"):
        page = html(visitor, url)
        assert not [word for word in ("Segredo", "segredo@", "Rita", "Rosa", "Remo", "Olga") if word in page], url
    page = html(visitor, f"/toolbox/{practice.slug}/")
    assert 'rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/"' in page
    assert f"/p/refuge/contact/?to={world.lisbon.uid}" in page, "one asks through the form that hides the address"


def test_what_is_out_of_date_says_so_and_what_is_withdrawn_shows_nothing(world: World, visitor: Client) -> None:
    practice = published(world)
    actions.mark_outdated(practice=practice, by=world.owner)
    assert "This may be out of date" in html(visitor, f"/toolbox/{practice.slug}/")
    actions.archive_practice(practice=practice, reason="Closed", by=world.owner)
    gone = visitor.get(f"/toolbox/{practice.slug}/")
    assert gone.status_code == 410 and b"withdrawn" in gone.content and b"Neighbours" not in gone.content
    assert {visitor.get(f"/toolbox/{practice.slug}/{part}").status_code for part in ("summary/", "summary.pdf", "card.json")} == {404}


def test_machines_read_cards_feeds_and_the_map(world: World, visitor: Client) -> None:
    practice = published(world, "Ampersands & <angles>", summary="A bell \x07 and a feed \x0b")
    card = json.loads(html(visitor, f"/toolbox/{practice.slug}/card.json"))
    assert (card["@type"], card["name"], card["inLanguage"], len(card["step"])) == ("HowTo", "Ampersands & <angles>", "en", 2)
    feed = ElementTree.fromstring(html(visitor, "/toolbox/feed.xml"))
    assert [one.findtext(f"{ATOM}title") for one in feed.findall(f"{ATOM}entry")] == ["Ampersands & <angles>"]
    assert feed.findtext(f"{ATOM}entry/{ATOM}author/{ATOM}name") == "Porto Seguro"
    addresses = [one.text for one in ElementTree.fromstring(html(visitor, "/sitemap.xml")).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert f"http://localhost:8000/toolbox/{practice.slug}/" in addresses


def test_the_summary_is_one_page_of_tagged_pdf_in_each_script(world: World, visitor: Client) -> None:
    from pypdf import PdfReader

    longest = {code: "word " * most for code, most in (("summary", 100), ("how", 100), ("benefit", 40), ("results", 100), ("cost", 80), ("transfer", 120))}
    practice = published(world, **longest)
    for language, title in (("ar", "الجيران يلتقون"), ("bg", "Съседи срещат новодошли")):
        actions.write_text(practice=practice, language=language, parts=words(title, **longest), steps=STEPS, by=world.rita)
    for language in ("en", "ar", "bg"):
        answer = visitor.get(f"/toolbox/{practice.slug}/summary.pdf?lang={language}")
        reader = PdfReader(io.BytesIO(answer.content))
        assert (answer.status_code, len(reader.pages)) == (200, 1), language
        assert reader.trailer["/Root"]["/Lang"] == language
        assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert "Съседи" in PdfReader(io.BytesIO(visitor.get(f"/toolbox/{practice.slug}/summary.pdf?lang=bg").content)).pages[0].extract_text()


def test_prints_are_made_so_often_and_no_more(world: World, visitor: Client, monkeypatch: Any) -> None:
    from handrail.library.views import toolbox

    practice = published(world)
    monkeypatch.setattr(toolbox, "PRINTS_AN_HOUR", 1)
    assert [visitor.get(f"/toolbox/{practice.slug}/summary.pdf").status_code for _time in range(2)] == [200, 429]


def test_the_whole_is_downloaded_as_one_file_also_before_it_was_built(world: World, visitor: Client) -> None:
    for _time in range(2):
        with zipfile.ZipFile(io.BytesIO(visitor.get("/toolbox/download/").content)) as archive:
            assert "toolbox/index.html" in archive.namelist()
        published(world, f"Practice {_time}")


def test_the_catalogue_costs_the_same_with_one_card_and_with_three(world: World, visitor: Client) -> None:
    counts = []
    for number in range(3):
        published(world, f"Practice {number}", fields=("language", "work"))
        visitor.get("/toolbox/")
        if number != 1:
            with CaptureQueriesContext(connection) as found:
                visitor.get("/toolbox/?q=practice")
            counts.append(len(found))
    assert counts[0] == counts[1] <= 12, counts
    slug = Practice.objects.order_by("pk")[0].slug
    with CaptureQueriesContext(connection) as found:
        visitor.get(f"/toolbox/{slug}/")
    assert len(found) <= 10, len(found)


def test_a_thousand_words_in_the_search_are_no_burden(world: World, visitor: Client) -> None:
    published(world)
    assert visitor.get("/toolbox/", {"q": "word " * 1000}).status_code == 200
    assert visitor.get("/toolbox/", {"q": "\x00%_'\";"}).status_code == 200
