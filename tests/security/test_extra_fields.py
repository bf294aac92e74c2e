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
from django.db.models import AutoField, Max
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


def tables() -> list[Any]:
    """The models whose rows are compared."""
    return [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and one._meta.db_table not in NEVER_CHANGE]


class Rows:
    """All rows as they stood at first, and what was added and taken away since: without what is random, the machine's own time, and
    the numbers of new rows, which PostgreSQL does not give twice."""

    def __init__(self) -> None:
        self.last = {one: one._base_manager.filter(pk__lte=DRAWN).aggregate(last=Max("pk"))["last"] for one in tables() if isinstance(one._meta.pk, AutoField)}
        self.first = self.now()

    def now(self) -> Counter[str]:
        """Every row of every table."""
        return Counter(self._text(model, row) for model in tables() for row in model._base_manager.values_list())

    def changed(self) -> tuple[Counter[str], Counter[str]]:
        """What came and what went."""
        now = self.now()
        return now - self.first, self.first - now

    def _text(self, model: Any, row: tuple[Any, ...]) -> str:
        values = [self._known(model if field.primary_key else field.related_model, value) for field, value in zip(model._meta.concrete_fields, row, strict=True)]
        text = f"{model._meta.db_table} {values}"
        for pattern, word in MASKS:
            text = pattern.sub(word, text)
        return text

    def _known(self, model: Any, value: Any) -> Any:
        last = self.last.get(model)
        if isinstance(value, int) and value > DRAWN:
            return "<new>"  # a number drawn at random, which tells nothing of when it came
        return "<new>" if isinstance(value, int) and model in self.last and value > (last or 0) else value


DRAWN = 2**31


@pytest.fixture(scope="module")
def at_first(visitors: Visitors) -> Rows:
    """All rows before anything is sent; every act is undone."""
    return Rows()


def shown(client: Client, url: str) -> set[str]:
    """The names of the fields that the page shows, which may be sent."""
    page = client.get(url)
    html = page.content.decode(errors="ignore") if not page.streaming else ""
    return set(re.findall(r'name="([^"]+)"', html))


def happened(visitors: Visitors, door: Door, session: str, body: dict[str, Any], at_first: Rows) -> Happened:
    """The status, and what an act adds and takes away; then it is undone."""
    url = door.url(visitors.world)
    with transaction.atomic():
        status = visitors.ask(session, "POST", url, body, keep=True).status
        came, went = at_first.changed()
        transaction.set_rollback(True)
    return status, came, went


@pytest.mark.parametrize(("name", "line"), [pytest.param(*one, id=f"{one[0]} {one[1].of}") for one in acting()])
def test_a_form_does_what_it_shows_and_no_more(world: World, visitors: Visitors, at_first: Rows, name: str, line: Line) -> None:
    plain, extended = both(world, visitors, name, line, at_first)
    assert plain[1] or plain[2], "what is sent here changes nothing, so that refusing it shows nothing"
    assert extended == plain


def test_a_page_that_writes_whatever_it_is_sent_is_noticed(world: World, visitors: Visitors, at_first: Rows, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.security.planted"
    plain, extended = both(world, visitors, "curriculum:module_change", TABLE["curriculum:module_change"], at_first)
    assert extended != plain


def both(world: World, visitors: Visitors, name: str, line: Any, at_first: Rows) -> tuple[Happened, Happened]:
    """What a form does as it is, and with every field that it does not show sent along."""
    found = effective(visitors, name, line)
    assert found, "nobody who may changes anything here"
    door, session = found
    body = door.body(world)
    known = shown(visitors.clients[session], door.url(world)) | set(body)
    extra = {name: value for name, value in every_field(world).items() if name not in known}
    return happened(visitors, door, session, body, at_first), happened(visitors, door, session, {**body, **extra}, at_first)


def test_one_changed_value_among_all_rows_is_noticed(world: World, at_first: Rows) -> None:
    assert at_first.changed() == (Counter(), Counter())
    seat = world.places["osby"]["seat"]
    type(seat).objects.filter(pk=seat.pk).update(sequence=99)
    came, went = at_first.changed()
    assert sum(came.values()) == sum(went.values()) == 1
