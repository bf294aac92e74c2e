"""A4: what a form does not show cannot be written through it: every field of every table is sent along, and nothing else happens.

It also shows that what the matrix sends where it is forbidden does something where it is allowed.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from tests.security.doors import NEVER_CHANGE, Door, Visitors, acting, effective
from tests.security.table import TABLE, Line
from tests.security.world import World

pytestmark = pytest.mark.django_db
Happened = tuple[int, Counter[str], Counter[str]]
MASKS = [
    (re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"), "<uid>"),
    (re.compile(r"[0-9a-f]{64}|[A-Za-z0-9_-]{27,}"), "<secret>"),
    (re.compile(r"datetime\.datetime\(20[2-9][^)]*\)"), "<now>"),
    (re.compile(r"20[2-9]\d-\d\d-\d\d[T ][0-9:.]+"), "<now>"),
]  # fmt: skip


def every_field(world: World) -> dict[str, str]:
    """Every field name of every table with a value that somebody would like to slip in."""
    other = world.values("other")
    wanted = {"programme": other["programme"], "organisation": other["organisation"], "person": other["person"], "role": "coordinator", "by": other["person"]}
    names = {one.name for model in apps.get_models() for one in model._meta.get_fields() if one.concrete}
    names |= {getattr(one, "attname", one.name) for model in apps.get_models() for one in model._meta.get_fields() if one.concrete}
    return {name: wanted.get(name.removesuffix("_id"), "1") for name in names | {"by", "pk", "is_staff", "is_superuser"}}


def rows() -> Counter[str]:
    """Every row of every table, without what is random or the machine's own time."""
    found: Counter[str] = Counter()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model._meta.db_table not in NEVER_CHANGE:
            for row in model._base_manager.values_list():
                text = f"{model._meta.db_table} {row!r}"
                for pattern, word in MASKS:
                    text = pattern.sub(word, text)
                found[text] += 1
    return found


@pytest.fixture(scope="module")
def at_first(visitors: Visitors) -> Counter[str]:
    """All rows before anything is sent; every act is undone."""
    return rows()


def shown(client: Client, url: str) -> set[str]:
    """The names of the fields that the page shows, which may be sent."""
    page = client.get(url)
    html = page.content.decode(errors="ignore") if not page.streaming else ""
    return set(re.findall(r'name="([^"]+)"', html))


def happened(visitors: Visitors, door: Door, session: str, body: dict[str, Any], before: Counter[str]) -> Happened:
    """The status, and what an act adds and takes away; then it is undone."""
    url = door.url(visitors.world)
    with transaction.atomic():
        status = visitors.ask(session, "POST", url, body, keep=True).status
        after = rows()
        transaction.set_rollback(True)
    return status, after - before, before - after


@pytest.mark.parametrize(("name", "line"), [pytest.param(*one, id=f"{one[0]} {one[1].of}") for one in acting()])
def test_a_form_does_what_it_shows_and_no_more(world: World, visitors: Visitors, at_first: Counter[str], name: str, line: Line) -> None:
    plain, extended = both(world, visitors, name, line, at_first)
    assert plain[1] or plain[2], "what is sent here changes nothing, so that refusing it shows nothing"
    assert extended == plain


def test_a_page_that_writes_whatever_it_is_sent_is_noticed(world: World, visitors: Visitors, at_first: Counter[str], settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.security.planted"
    plain, extended = both(world, visitors, "curriculum:module_change", TABLE["curriculum:module_change"], at_first)
    assert extended != plain


def both(world: World, visitors: Visitors, name: str, line: Any, at_first: Counter[str]) -> tuple[Happened, Happened]:
    """What a form does as it is, and with every field that it does not show sent along."""
    found = effective(visitors, name, line)
    assert found, "nobody who may changes anything here"
    door, session = found
    body = door.body(world)
    known = shown(visitors.clients[session], door.url(world)) | set(body)
    extra = {name: value for name, value in every_field(world).items() if name not in known}
    return happened(visitors, door, session, body, at_first), happened(visitors, door, session, {**body, **extra}, at_first)


def test_a_field_that_slips_in_is_noticed(world: World, visitors: Visitors) -> None:
    """The comparison sees one changed value among all rows."""
    before = rows()
    with transaction.atomic():
        seat = world.places["osby"]["seat"]
        type(seat).objects.filter(pk=seat.pk).update(sequence=99)
        assert rows() != before
        transaction.set_rollback(True)
