"""XForms out and submissions in, as the field's clients and servers exchange them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import fromstring

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.instruments.formats import Form, read_instance, read_sheets, write_instance, write_xform
from handrail.instruments.rules import answer_problems, clean_answers
from handrail.kit.errors import RuleBroken
from tests.instruments.every import WHOLE, every

H, J = "{http://www.w3.org/2002/xforms}", "{http://openrosa.org/javarosa}"
ID = "uuid:0b6f5f5e-2f6a-4a55-9d0e-4a8c9fca7a8e"
TODAY = date(2018, 4, 18)


@pytest.fixture(autouse=True, scope="module")
def _english() -> Iterator[None]:
    """Sentences are compared in the source language."""
    with translation.override("en"):
        yield


def form() -> Form:
    found = read_sheets(every()).form
    assert found is not None
    return found


FORM = form()


def test_an_xform_has_id_version_instance_id_and_all_questions() -> None:
    text = write_xform(FORM, form_id="handrail-1", version="9")
    tree = fromstring(text)
    data = next(tree.iter(f"{H}instance"))[0]
    assert (data.get("id"), data.get("version")) == ("handrail-1", "9")
    assert any(element.tag.endswith("instanceID") for element in data.iter())
    names = {element.tag.rpartition("}")[2] for element in data.iter()}
    assert {item.name for item in FORM.walk()} <= names
    assert "العربية" in text


def test_a_submission_written_is_read_as_the_same_answers() -> None:
    kept = clean_answers(FORM, WHOLE, today=TODAY)
    found = read_instance(write_instance(FORM, kept, instance_id=ID, deprecated_id="uuid:1"))
    assert (found.form_id, found.version, found.instance_id, found.deprecated_id) == ("mottagande", "7", ID, "uuid:1")
    answers = found.answers(FORM)
    assert answer_problems(FORM, answers, language="sv", complete=True, today=TODAY) == []
    assert clean_answers(FORM, answers, today=TODAY) == kept
    assert "amal.jpg" in found.files()


@pytest.mark.parametrize(
    "meta",
    [
        "<meta><instanceID>{id}</instanceID></meta>",
        '<orx:meta xmlns:orx="http://openrosa.org/xforms"><orx:instanceID>{id}</orx:instanceID></orx:meta>',
        '<meta xmlns="http://openrosa.org/xforms"><instanceID> {id} </instanceID></meta>',
    ],
)
def test_meta_is_found_in_both_namespaces(meta: str) -> None:
    found = read_instance(f'<x id="mottagande" version="7"><about><name>Amal</name></about><unknown>1</unknown>{meta.format(id=ID)}</x>'.encode())
    assert (found.instance_id, found.answers(FORM)) == (ID, {"name": "Amal"})


def test_the_template_of_a_repeat_is_no_answer() -> None:
    data = f"""<data id="f" xmlns:jr="http://openrosa.org/javarosa"><members jr:template=""><member>x</member></members>
        <members><member>Sami</member></members><meta><instanceID>{ID}</instanceID></meta></data>"""
    assert read_instance(data.encode()).answers(FORM) == {"members": [{"member": "Sami"}]}


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<", b"{}", b"<data/>", b'<data id="f"/>', b"<data><meta><instanceID>uuid:1</instanceID></meta></data>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><data id="f"><meta><instanceID>&a;</instanceID></meta></data>',
        b'<!DOCTYPE data><data id="f"><meta><instanceID>uuid:1</instanceID></meta></data>', b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><data id="f"/>', b"<a>" * 40 + b"</a>" * 40, b"<a>" + b"<b/>" * 60_000 + b"</a>",
        b'<data id="' + b"x" * 300 + b'"><meta><instanceID>1</instanceID></meta></data>', b"<?xml version='1.0' encoding='klingon'?><data/>",
        b" " * 3_000_000, b'<data id="f"><meta><instanceID>\x00</instanceID></meta></data>',
    ],
)  # fmt: skip
def test_what_is_no_submission_is_refused(data: bytes) -> None:
    with pytest.raises(RuleBroken):
        read_instance(data)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f'<data id="f"><name>{text}</name><meta><instanceID>1</instanceID></meta></data>'.encode("utf-8", "ignore")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = read_instance(data)
    except RuleBroken:
        return
    clean_answers(FORM, found.answers(FORM), today=TODAY)
