"""The list of participants goes on from the row that was last, in every order, forwards and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from handrail.kit import clock
from handrail.kit.tables import Paged
from handrail.people.models import Employment, Identity, Person, Unit
from handrail.programmes.forms import MOST_UNITS
from handrail.programmes.models import Participation

pytestmark = pytest.mark.django_db
PEOPLE = 130


@pytest.fixture
def many(cast: Any) -> list[str]:
    """So many more in Oskar's municipality, three to a name, some protected, one without any identity; answers the expected order by name."""
    persons = Person.objects.bulk_create(Person(created_at=clock.now()) for _index in range(PEOPLE))
    names = [f"test{(index * 37) % 41:02}" for index in range(PEOPLE)]
    Identity.objects.bulk_create(
        Identity(person=one, given_name="Test", family_name=name[4:], search_name=name, is_protected=index % 29 == 0)
        for index, (one, name) in enumerate(zip(persons, names, strict=True)) if index != 7
    )  # fmt: skip
    Employment.objects.bulk_create(Employment(person=one, organisation=cast.osby, started_on=date(2017, 1, 1)) for one in persons)
    Participation.objects.bulk_create(
        Participation(programme=cast.programme, person=one, organisation=cast.osby, number=f"L-{index:04}", contact=("direct", "indirect", "unknown")[index % 3], joined_on=date(2017, 1, 1))
        for index, one in enumerate(persons)
    )
    return [f"L-{index:04}" for index in sorted(range(PEOPLE), key=lambda index: (index % 29 == 0 or index == 7, "" if index % 29 == 0 or index == 7 else names[index], index))]


def numbers(page: str) -> list[str]:
    return re.findall(r'data-label="Nummer">(L-\d{4})<', page)


def link(page: str, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}" href="([^"]*)"', page)
    return found[1].replace("&amp;", "&") if found else None


def walk(client: Any, address: str, rel: str, query: str) -> list[tuple[str, list[str]]]:
    found, query_now = [], query
    while True:
        page = client.get(address + query_now).content.decode()
        found.append((query_now, numbers(page)))
        following = link(page, rel)
        if following is None:
            return found
        query_now = following


@pytest.mark.parametrize("sort", ["name", "-name", "number", "-number", "municipality", "contact", "-contact"])
def test_every_row_stands_once_forwards_and_back(cast: Any, client_of: Callable[[Any], Any], many: list[str], sort: str) -> None:
    client, address = client_of(cast.oskar), reverse("programmes:participants", args=[cast.programme.uid])
    there = walk(client, address, "next", f"?sort={sort}")
    forwards = [number for _query, rows in there for number in rows]
    assert sorted(forwards) == sorted(many), "everybody once, whoever has no name too"
    if sort == "name":
        assert forwards == many
    if sort in {"number", "-number"}:
        assert forwards == sorted(many, reverse=sort.startswith("-"))
    back = walk(client, address, "prev", there[-1][0])
    assert [number for _query, rows in reversed(back) for number in rows] == forwards
    assert back[-1][1] == there[0][1]
    assert not re.search(r"test\d", " ".join(query for query, _rows in there + back).lower()), "no name in an address"


def test_a_page_after_somebody_who_has_left_is_the_page_of_that_number(cast: Any, client_of: Callable[[Any], Any], many: list[str]) -> None:
    client, address = client_of(cast.oskar), reverse("programmes:participants", args=[cast.programme.uid])
    second = link(client.get(address + "?sort=number").content.decode(), "next") or ""
    shown = numbers(client.get(address + second).content.decode())
    Participation.objects.filter(uid=re.search(r"after=([0-9a-f-]{36})", second)[1]).update(left_on=date(2018, 1, 1))  # type: ignore[index]
    assert set(numbers(client.get(address + second).content.decode())) - {*shown} <= {*many}
    assert len(numbers(client.get(address + second).content.decode())) >= 49
    late = walk(client, address, "next", "?sort=number")[-1][0]
    Participation.objects.filter(number__in=numbers(client.get(address + late).content.decode())).update(left_on=date(2018, 1, 1))
    assert numbers(client.get(address + late).content.decode()), "nothing is left beyond: the last page there is"
    for nonsense in ("?page=2&after=nothing", "?page=2&after=00000000-0000-0000-0000-000000000000", "?page=99999", "?page=-1&before=x"):
        assert client.get(address + nonsense).status_code == 200


def test_a_late_page_asks_as_much_as_the_second(cast: Any, client_of: Callable[[Any], Any], many: list[str], queries_of: Callable[[Callable[[], Any]], int]) -> None:
    client, address = client_of(cast.oskar), reverse("programmes:participants", args=[cast.programme.uid])
    pages = [query for query, _rows in walk(client, address, "next", "?sort=number")]
    assert queries_of(lambda: client.get(address + pages[1])) == queries_of(lambda: client.get(address + pages[2]))


def test_more_units_than_anybody_reads_through_are_searched(cast: Any, client_of: Callable[[Any], Any], many: list[str]) -> None:
    client, address = client_of(cast.oskar), reverse("programmes:participants", args=[cast.programme.uid])
    department = Unit.objects.create(organisation=cast.osby, name="Omsorg")
    units = Unit.objects.bulk_create(Unit(organisation=cast.osby, parent=department, name=f"Ängens förskola {index}") for index in range(MOST_UNITS - 1))
    works = list(Employment.objects.filter(organisation=cast.osby).order_by("pk"))
    for number, one in enumerate(works):
        one.unit = units[number % 3]
    Employment.objects.bulk_update(works, ["unit"])
    page = client.get(address).content.decode()
    assert '<select name="unit"' in page and str(units[0].uid) in page, "so many can be read through"
    Unit.objects.create(organisation=cast.osby, parent=department, name="Skogens förskola")
    page = client.get(address).content.decode()
    assert '<input type="search" name="unit"' in page and str(units[0].uid) not in page
    there = {one.person_id for one in works if one.unit_id == units[1].pk}
    shown = set(Participation.objects.filter(person__in=there, person__identity__is_protected=False).values_list("number", flat=True))
    for words in ("ÄNGENS förskola 1", "omsorg 1"):
        found = [number for _query, rows in walk(client, address, "next", f"?unit={words}") for number in rows]
        assert (shown == {*found} if words.startswith("Ä") else shown <= {*found}) and not {*found} & {one.number for one in Participation.objects.filter(person__identity__is_protected=True)}
    assert numbers(client.get(address + "?unit=Ängens förskola 2&sort=number").content.decode())
    assert "Ingen passar" in client.get(address + "?unit=Finns inte").content.decode()


@pytest.mark.parametrize("query", ["", "?q=test05", "?contact=direct", "?q=nobody"])
def test_the_heading_counts_those_who_are_listed(cast: Any, client_of: Callable[[Any], Any], many: list[str], query: str) -> None:
    for who in (cast.oskar, cast.paula, cast.lena, cast.elin):
        client, address = client_of(who), reverse("programmes:participants", args=[cast.programme.uid])
        page = client.get(address + query).content.decode()
        listed = sum(len(re.findall(r'data-label="Kommun"', client.get(address + part).content.decode())) for part, _rows in walk(client, address, "next", query))
        told = re.search(r"<h1>([\d\u00a0]+) ", page)
        if listed and told and who != cast.elin:
            assert int(told[1].replace("\u00a0", "")) == listed
        of = re.search(r" av ([\d\u00a0]+)</p>", page)
        assert of is None or int(of[1].replace("\u00a0", "")) == listed
        assert listed or "Ingen passar" in page or "<tbody>" in page


def test_a_heading_that_does_not_count_to_the_end_says_so(cast: Any, client_of: Callable[[Any], Any], many: list[str]) -> None:
    for capped, words in ((True, "Fler än 10 000 deltagare hos dig"), (False, "10 000 deltagare hos dig")):
        paged = Paged(rows=[1], number=1, total=10_000, is_capped=capped, per_page=50, previous_url="", next_url="")
        with translation.override("sv"):
            html = render_to_string("programmes/participants.html", {"programme": cast.programme, "with_names": True, "table": [1], "paged": paged, "total": {"total": 1}, "columns": [], "split": []})
        assert words in re.sub(r"\s+|\u00a0", " ", html[html.index("<h1>") : html.index("</h1>")])
