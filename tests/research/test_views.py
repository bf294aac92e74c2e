"""The screens: who gets them, what they show, what they cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from handrail.research import actions
from handrail.research.models import Code, Coding, CodingTask, Source
from tests.research.archives import SHAPES
from tests.research.made import Made, agreed, place
from tests.research.test_formats_coding import docx

pytestmark = pytest.mark.django_db


def at(name: str, row: Any, **more: Any) -> str:
    return reverse(f"research:{name}", kwargs={"uid": row.uid, **more})


def test_an_interview_goes_the_whole_way(made: Made, browser_of: Any) -> None:
    rita, ruben, hilda = (browser_of(one) for one in (made.rita, made.ruben, made.hilda))
    file = SimpleUploadedFile("talk.docx", docx("I: Olá?", "R: A Amal veio a Braga em 12.03.2016."))
    sent = rita.post(at("interview_new", made.study), {"partner": made.osby.uid, "group": made.refugees.uid, "language": "pt", "consent": "signed", "file": file})
    source = Source.objects.get(sign="PT-R-02")
    assert sent["Location"] == at("redact", source)
    shown = rita.get(at("redact", source)).content.decode()
    assert "Amal (1)" in shown and "[date]" in shown
    rita.post(at("redact", source), {"body": "R: A Amal veio a Braga.", "word_0": "name", "word_1": "place", "act": "ask"})
    assert ruben.get(at("interviews", made.study)).content.decode().count(at("second_read", source)) == 1
    assert at("second_read", source) not in hilda.get(at("interviews", made.study)).content.decode()
    for other in (rita, hilda):
        assert other.get(at("second_read", source)).status_code == 404
    ruben.post(at("second_read", source), {"act": "back", "note": "Mais?"})
    assert "Mais?" in rita.get(at("interview", source)).content.decode()
    assert "Mais?" not in hilda.get(at("interview", source)).content.decode()
    rita.post(at("redact", source), {"body": "R: A [name] veio a [place].", "act": "ask"})
    ruben.post(at("second_read", source), {"act": "agree"})
    assert "A [name] veio a [place]." in hilda.get(at("interview", source)).content.decode()
    assert rita.get(at("redact", source)).status_code == 404


def test_a_mark_is_one_sending_with_and_without_htmx(made: Made, browser_of: Any) -> None:
    client, url = browser_of(made.hilda), at("code", made.source)
    spot = place(made.text, "autocarro")
    sent = client.post(url, {"code": made.transport.uid, **spot})
    one = Coding.objects.get()
    assert sent["Location"] == f"{url}#m-{one.uid}"
    part = client.post(url, {"code": made.help.uid, "first": "2.1", "last": "2.2"}, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="reading"') and "What helped" in part
    two = Coding.objects.get(code=made.help)
    assert made.text.body[two.start : two.end] == "Cheguei com a [name] em [date]. O autocarro vinha uma vez por dia."
    client.post(url, {"code": made.work.uid, "first": "5"})
    assert made.text.body[Coding.objects.get(code=made.work).start :].startswith("Ninguém explicou")
    assert "no paragraph or sentence" in client.post(url, {"code": made.help.uid, "first": "9.9"}).content.decode()
    wrong = client.post(url, {"code": made.help.uid}).content.decode()
    assert "Select some words of the text" in wrong
    client.post(at("mark", one), {"memo": "Sem carro"})
    assert "Sem carro" in client.get(url).content.decode()
    client.post(at("mark_remove", one))
    assert Coding.objects.get(pk=one.pk).removed_at is not None


def test_marks_by_others_are_news(made: Made, browser_of: Any) -> None:
    client = browser_of(made.hilda)
    shown = client.get(at("code", made.source))
    seen = shown.context["seen"]
    assert client.get(at("code_news", made.source) + f"?seen={seen}").status_code == 204
    actions.mark_passage(text=made.text, code=made.transport, by=made.rita, **place(made.text, "autocarro"))
    part = client.get(at("code_news", made.source) + f"?seen={seen}", headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="news"') and "Somebody marked something" in part


def test_two_readers_by_the_screens(made: Made, browser_of: Any) -> None:
    rita, ruben, hilda = (browser_of(one) for one in (made.rita, made.ruben, made.hilda))
    assert hilda.get(at("give_to_two", made.source)).status_code == 404, "who holds the study together gives texts"
    rita.post(at("give_to_two", made.source), {"first": made.ruben.uid, "second": made.hilda.uid})
    task = CodingTask.objects.get()
    for client, words in ((ruben, "autocarro"), (hilda, "vizinha")):
        client.post(at("code", made.source), {"code": made.transport.uid, **place(made.text, words)})
        assert client.get(at("code", made.source)).content.decode().count('id="m-') == 1
        assert client.get(at("comparison", task)).status_code == 404
    ruben.post(at("part_done", task))
    assert hilda.post(at("part_done", task))["Location"] == at("comparison", task)
    shown = rita.get(at("comparison", task)).content.decode()
    assert "3 of 5 paragraphs" in shown and "Krippendorff" in shown and "Ruben Forskare" in shown


def test_the_project_owner_reads_quotes_and_tables_only(cast: Any, made: Made, browser_of: Any) -> None:
    actions.mark_passage(text=made.text, code=made.transport, by=made.hilda, **place(made.text, "autocarro"))
    amal = browser_of(cast.amal)
    for name, row in (("interviews", made.study), ("interview", made.source), ("code", made.source), ("exchange", made.study), ("code_change", made.transport)):
        assert amal.get(at(name, row)).status_code == 404, name
    assert "hidden" in amal.get(at("matrix", made.study)).content.decode()
    assert "autocarro" not in amal.get(at("quotes", made.transport)).content.decode(), "one source alone would be found out"
    assert "autocarro" not in amal.get(at("side_by_side", made.transport)).content.decode()
    assert "autocarro" in browser_of(made.rita).get(at("quotes", made.transport)).content.decode()
    assert browser_of(cast.stranger).get(at("matrix", made.study)).status_code == 404


def test_the_codebook_by_the_screens(made: Made, browser_of: Any) -> None:
    client = browser_of(made.hilda)
    client.post(at("code_new", made.study), {"name_en": "Housing", "name_pt": "Habitação", "is_codable": "on", "parent": made.help.uid})
    code = Code.objects.get(name__pt="Habitação")
    assert code.parent == made.help
    seen = client.get(at("code_change", code)).context["form"].fields["seen"].initial
    client.post(at("code_change", code), {"name_en": "Home", "seen": seen, "is_codable": "on"})
    again = client.post(at("code_change", code), {"name_en": "House", "seen": seen}).content.decode()
    assert "Somebody changed the codebook in the meantime" in again
    client.post(at("code_move", code), {"to": "up"})
    client.post(at("code_merge", made.work), {"into": code.uid})
    client.post(at("code_retire", code))
    assert Code.objects.filter(retired_at=None).count() == 2
    assert b"Transport" in client.get(at("codebook_take", made.study)).content
    qdc = client.get(at("codebook_take", made.study) + "?as=qdc").content
    sent = client.post(at("codebook_bring", made.study), {"file": SimpleUploadedFile("c.qdc", qdc), "language": "en"})
    assert sent.status_code == 302


def test_projects_come_and_go_by_the_screens(made: Made, browser_of: Any) -> None:
    client = browser_of(made.rita)
    file = SimpleUploadedFile("p.qdpx", SHAPES["nvivo"]().data)
    shown = client.post(at("exchange", made.study), {"file": file, "language": "en", "partner": made.osby.uid}).content.decode()
    assert "2 sources, 2 marks" in shown and "counts characters in its own way" in shown
    taken = client.post(at("project_take", made.study))
    assert taken.content.startswith(b"PK") and "study.qdpx" in taken["Content-Disposition"]
    assert client.post(at("exchange", made.study), {"file": SimpleUploadedFile("p.qdpx", b"x"), "language": "en", "partner": made.osby.uid}).status_code == 200


def test_the_table_that_leaves_hides_small_groups(made: Made, browser_of: Any) -> None:
    actions.mark_passage(text=made.text, code=made.transport, by=made.hilda, **place(made.text, "autocarro"))
    taken = browser_of(made.rita).get(at("matrix_take", made.study)).content.decode("utf-8-sig")
    assert '"Transport","<5"' in taken


@pytest.mark.parametrize("side", ["group", "country", "language", "nonsense"])
def test_the_matrix_is_shown_by_every_side(made: Made, browser_of: Any, side: str) -> None:
    assert browser_of(made.hilda).get(at("matrix", made.study) + f"?side={side}").status_code == 200


def test_words_are_translated_and_taken_back_by_the_screens(made: Made, browser_of: Any) -> None:
    client = browser_of(made.rita)
    url = at("translation", made.source, language="en")
    client.post(url, {f"turn_{place}": f"line {place}" for place in range(5)})
    assert "line 3" in client.get(url).content.decode()
    assert client.get(at("translation", made.source, language="pt")).status_code == 404
    assert "Delete the words" in client.get(at("withdraw", made.source)).content.decode()
    client.post(at("withdraw", made.source))
    assert "took their words back" in client.get(at("interview", made.source)).content.decode()
    assert client.get(at("code", made.source)).status_code == 404


@pytest.mark.parametrize("name", ["interviews", "code", "quotes", "together", "codebook"])
def test_pages_cost_the_same_for_one_and_three(made: Made, browser_of: Any, queries_of: Any, name: str) -> None:
    client = browser_of(made.hilda)

    def more() -> None:
        source = agreed(made.study, partner=made.osby, group=made.refugees, text="R: O autocarro. E o resto.", language="pt", by=made.rita, second=made.ruben)
        for code in (made.transport, made.help):
            actions.mark_passage(text=source.texts.get(kind="redacted"), code=code, by=made.rita, **place(source.texts.get(kind="redacted"), "autocarro"))
            actions.mark_passage(text=made.text, code=code, start=source.pk % 50, end=100, by=made.rita)

    row = {"interviews": made.study, "code": made.source, "quotes": made.transport, "together": made.study, "codebook": made.study}[name]
    more()
    client.get(at(name, row))
    first = queries_of(lambda: client.get(at(name, row)))
    more()
    more()
    assert queries_of(lambda: client.get(at(name, row))) == first


def test_what_waits_stands_on_the_home_of_whom_it_waits_for(made: Made, browser_of: Any) -> None:
    source = actions.bring_source(study=made.study, partner=made.osby, group=made.refugees, language="pt", consent="signed", text="R: Sim, Amal.", by=made.rita)
    actions.save_redaction(source=source, by=made.rita)
    actions.ask_second_reader(source=source, by=made.rita)
    actions.give_to_two(text=made.text, coders=[made.ruben, made.hilda], by=made.rita)
    said = {one: browser_of(one).get("/home/").content.decode() for one in (made.rita, made.ruben, made.hilda)}
    assert ["One copy waits" in text for text in said.values()] == [False, True, False]
    assert ["Mark PT-R-01" in text for text in said.values()] == [False, True, True]
    assert not any("Amal" in text.replace("Amal Haddad", "") for text in said.values())
