"""Who gets which screen, and what stands in it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from handrail.competences import actions, formats, queries
from handrail.competences.models import Framework, LevelSharing, MapRelease, Rating
from handrail.kit import clock, slots
from handrail.people import actions as people
from handrail.programmes import actions as programmes
from tests.cast import make_cast
from tests.competences.made import competence, draft, make_framework, make_round, profile, rate
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
Client = Callable[[Any], Any]


@pytest.fixture
def world(db: None) -> Any:
    """Hörby with a school of nine and a home care of seven, Kristianstad's library with eight; all rated."""
    return remembered("mapped", make_world)


def make_world() -> Any:
    """What `world` remembers."""
    cast = make_cast()
    framework = make_framework(cast)
    round = make_round(cast)
    cast.framework, cast.round = framework, round
    cast.staff = cast.more_staff(9)
    rate(cast.staff, framework, {"B1": 1, "B2": 2, "C1": 3}, round=round)
    rate(cast.more_staff(7, unit=cast.care), framework, {"B1": 2, "B2": 3, "C1": 3}, round=round)
    rate(cast.more_staff(8, organisation=cast.kristianstad, unit=cast.library), framework, {"B1": 3, "B2": 3, "C1": 3}, round=round)
    rate([cast.birgit], framework, {"B1": 1, "B2": 2, "C1": 3}, round=round)
    actions.draw_map(framework)
    cast.map = f"/programmes/{cast.programme.uid}/map/"
    return cast


def test_who_may_open_a_municipality(world: Any, client_of: Client) -> None:
    address = f"{world.map}?in={world.horby.uid}"
    may = {name: client_of(getattr(world, name)).get(address).status_code for name in ("amal", "oskar", "paula", "lena", "elin", "stranger")}
    assert may == {"amal": 404, "oskar": 404, "paula": 200, "lena": 404, "elin": 404, "stranger": 404}, "the owner sees totals"
    assert client_of(world.paula).get(f"{world.map}?in={world.kristianstad.uid}").status_code == 404
    assert client_of(world.paula).get(f"{world.map}?in=nonsense").status_code == 404


def test_the_map_states_the_finding_and_shows_municipalities(world: Any, client_of: Client) -> None:
    page = client_of(world.paula).get(world.map).content.decode()
    assert "Samtala om sömn och oro" in page and "Hörby" in page and "Kristianstad" in page
    assert "Georgshillsskolan" not in page, "units come with the municipality"
    assert page.index("Hörby") < page.index("Kristianstad"), "the own municipality comes first"
    assert "Anna0" not in page


def test_a_municipality_shows_its_units_and_the_cell_its_lines(world: Any, client_of: Client) -> None:
    units = client_of(world.paula).get(f"{world.map}?in={world.horby.uid}").content.decode()
    assert "Georgshillsskolan" in units and "Hemtjänsten" in units
    b1 = competence(world.framework, "B1")
    panel = client_of(world.paula).get(f"{world.map}?cell={b1.uid}&column={world.horby.uid}").content.decode()
    assert 'id="cell"' in panel and "Georgshillsskolan" in panel
    other = client_of(world.paula).get(f"{world.map}?cell={b1.uid}&column={world.kristianstad.uid}").content.decode()
    assert 'id="cell"' in other and "Biblioteket" not in other, "not another municipality's units"


def test_the_owner_sees_totals_and_no_unit_in_map_cell_table_or_file(world: Any, client_of: Client) -> None:
    client, b1 = client_of(world.amal), competence(world.framework, "B1")
    pages = [
        client.get(world.map + more).content.decode()
        for more in ("", "?view=table", f"?cell={b1.uid}&column={world.horby.uid}", f"?cell={b1.uid}&column=all", "file/csv/")
    ]
    for page in pages:
        assert "Hörby" in page and not any(unit in page for unit in ("Georgshillsskolan", "Hemtjänsten", "Biblioteket"))
    assert f"?in={world.horby.uid}" not in pages[0]


def test_the_map_for_a_line_manager_is_the_own_unit(world: Any, client_of: Client) -> None:
    page = client_of(world.lena).get(world.map).content.decode()
    assert "Georgshillsskolan" in page and "Kristianstad" not in page
    assert 'name="profile"' not in page and 'name="kind"' not in page


def test_a_hidden_cell_has_no_number_in_page_table_or_file(world: Any, client_of: Client) -> None:
    garden = people.add_unit(organisation=world.horby, name="Parken", by=None)
    rate(world.more_staff(4, unit=garden), world.framework, {"B1": 0}, round=(later := make_round(world, title="Nästa", opens_on=world.round.closes_on, closes_on=world.round.closes_on)))
    rate(world.staff, world.framework, {"B1": 4}, round=later)
    rate([*world.staff[:6]], world.framework, {"B1": 4}, round=later)
    actions.draw_map(world.framework)
    address = f"?in={world.horby.uid}&round={later.uid}"
    page = client_of(world.paula).get(world.map + address).content.decode()
    assert page.count('class="hidden"') >= 2 and "4 svar" not in page
    rows = workbook(client_of(world.paula).get(f"{world.map}file/xlsx/{address}").content)
    assert {row[2]: row[3:] for row in rows[1:] if row[2] != "Hörby"} == {
        "Parken": ("dold", None, "dold", None), "Georgshillsskolan": ("dold", None, "dold", None),
    }  # fmt: skip


def workbook(content: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def test_the_file_holds_exactly_what_the_table_shows(world: Any, client_of: Client) -> None:
    answer = client_of(world.paula).get(f"{world.map}file/xlsx/")
    rows = workbook(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    assert rows[0] == ("Kompetens", "Område", "Kommun", "Nivå", "Mål", "Avstånd", "Svar")
    assert ("Samtala om sömn och oro", "Psykisk hälsa", "Hörby", 1.4, 3, -1.6, 17) in rows
    assert len(rows) == 1 + 3 * 3
    text = client_of(world.paula).get(f"{world.map}file/csv/").content.decode("utf-8-sig")
    assert "Samtala om sömn och oro;Psykisk hälsa;Hörby;1,4;3,0;" in text
    page = client_of(world.paula).get(f"{world.map}?view=table").content.decode()
    assert page.count("<tr") == 1 + 3 * 3
    assert client_of(world.paula).get(f"{world.map}file/pdf/").status_code == 404


def test_a_text_in_a_file_is_never_a_formula(world: Any, client_of: Client) -> None:
    one = competence(world.framework, "B1")
    actions.save_competence(area=one.area, code="B1", name={"sv": "=1+1"}, competence=one, by=None)
    assert "'=1+1;" in client_of(world.paula).get(f"{world.map}file/csv/").content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(client_of(world.paula).get(f"{world.map}file/xlsx/").content))
    assert {cell.data_type for row in book.active.iter_rows(min_row=2, max_col=3) for cell in row} == {"s"}


def test_the_map_asks_as_many_questions_of_the_database_for_many_units_as_for_few(
    world: Any, client_of: Client, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    client = client_of(world.paula)
    address = f"{world.map}?in={world.horby.uid}"

    def look() -> None:
        clock.forget()  # the clock is read again every two seconds: let it be read both times
        client.get(address)

    look()
    few = queries_of(look)
    for index in range(6):
        unit = people.add_unit(organisation=world.horby, name=f"Enhet {index}", by=None)
        rate(world.more_staff(5, unit=unit), world.framework, {"B1": 2}, round=world.round)
    actions.draw_map(world.framework)
    assert "Enhet 5" in client.get(address).content.decode()
    assert queries_of(look) == few


@pytest.fixture
def many_units(world: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two units to a page, and six units: Alfa (three people) is hidden with Omega, the next smallest, which stands on the last page."""
    monkeypatch.setattr("handrail.competences.views.map_parts.look.UNITS_A_PAGE", 2)
    monkeypatch.setattr("handrail.competences.views.map_parts.opened.UNITS_A_PAGE", 2)
    for name, count in (("Alfa", 3), ("Beta", 8), ("Gamma", 9), ("Omega", 5)):
        unit = people.add_unit(organisation=world.horby, name=name, by=None)
        rate(world.more_staff(count, unit=unit), world.framework, {"B1": 2}, round=world.round)
    MapRelease.objects.all().delete()  # drawn from nothing: a unit of three enters no map that is closed
    actions.draw_map(world.framework)
    world.units = f"{world.map}?in={world.horby.uid}"
    return world


def names_in(page: str) -> list[str]:
    heads = page[page.index("<thead>") : page.index("</thead>")]
    return [name for name in ("Alfa", "Beta", "Gamma", "Georgshillsskolan", "Hemtjänsten", "Omega", "Hörby") if f">{name}<" in heads]


def test_units_are_drawn_a_page_at_a_time_and_the_table_and_the_file_are_whole(many_units: Any, client_of: Client) -> None:
    client = client_of(many_units.paula)
    pages = [client.get(many_units.units + more).content.decode() for more in ("", "&page=2", "&page=3", "&page=9", "&page=x")]
    assert [names_in(page) for page in pages] == [
        ["Alfa", "Beta", "Hörby"], ["Gamma", "Georgshillsskolan", "Hörby"], ["Hemtjänsten", "Omega", "Hörby"],
        ["Hemtjänsten", "Omega", "Hörby"], ["Alfa", "Beta", "Hörby"],
    ]  # fmt: skip
    assert "Enheter 1 till 2 av 6" in pages[0] and 'rel="next"' in pages[0] and 'rel="prev"' in pages[2]
    table = client.get(f"{many_units.units}&view=table&page=1").content.decode()
    rows = workbook(client.get(many_units.units.replace("/map/?", "/map/file/xlsx/?") + "&q=beta&page=2").content)
    for name in ("Alfa", "Beta", "Gamma", "Georgshillsskolan", "Hemtjänsten", "Omega"):
        assert name in table and name in {row[2] for row in rows}
    assert 'id="map_q"' in pages[0] and 'id="map_q"' not in table, "the table is whole"
    assert client_of(many_units.amal).get(f"{many_units.units}&page=2").status_code == 404


def test_units_are_searched_by_name(many_units: Any, client_of: Client) -> None:
    client = client_of(many_units.paula)
    found = client.get(f"{many_units.units}&q=MMa").content.decode()
    assert names_in(found) == ["Gamma", "Hörby"] and 'value="MMa"' in found and "Visa alla enheter" in found
    assert f'href="?in={many_units.horby.uid}&amp;view=table"' in found, "the table is whole"
    nobody = client.get(f"{many_units.units}&q=zz").content.decode()
    assert names_in(nobody) == ["Hörby"] and "Ingen enhet har det i sitt namn." in nobody


def test_an_opened_cell_leads_to_the_page_of_its_unit(many_units: Any, client_of: Client) -> None:
    client, b1 = client_of(many_units.paula), competence(many_units.framework, "B1")
    for column in (str(many_units.care.uid), str(many_units.care.uid)[:8]):
        page = client.get(f"{many_units.units}&cell={str(b1.uid)[: len(column)]}&column={column}").content.decode()
        assert "Hemtjänsten" in names_in(page) and 'id="cell"' in page and page.count('aria-current="true">') >= 1
    below = client.get(f"{many_units.map}?cell={b1.uid}&column={many_units.horby.uid}").content.decode()
    assert "Alla 6 enheter" in below and "Alfa" in below and "Gamma" not in below


def test_what_is_hidden_follows_from_all_units_and_not_from_those_of_a_page(many_units: Any) -> None:
    """Two pages together tell nothing that the whole table hides: neither of a small unit nor, to Paula who works in Kansliet and
    answered, of the four others there, whose neighbour stands on another page."""
    office = people.add_unit(organisation=many_units.horby, name="Kansliet", by=None)
    many_units.paula.employments.update(unit=office)
    programmes.enrol_person(programme=many_units.programme, person=many_units.paula, organisation=many_units.horby, by=None)
    rate([many_units.paula, *many_units.more_staff(4, unit=office)], many_units.framework, {"B1": 2}, round=many_units.round)
    release = actions.draw_map(many_units.framework)
    sight = queries.sight_of(many_units.paula, many_units.programme)

    def table(part: Any = None) -> Any:
        return queries.units_table(many_units.framework, release, many_units.horby, sight, part=part)

    def cells(some: Any) -> dict[str, Any]:
        return {one.label: one.cells for one in some.columns}

    whole, units = table(), queries.unit_names(release, many_units.horby)
    b1 = competence(many_units.framework, "B1").pk
    hidden = {name for name, found in cells(whole).items() if found[b1].why_hidden}
    assert hidden == {"Alfa", "Kansliet", "Omega"} or {"Alfa", "Kansliet"} < hidden
    for size in (1, 2, 3):
        parts = [units[start : start + size] for start in range(0, len(units), size)]
        together: dict[str, Any] = {}
        for some in parts:
            page = table(queries.UnitPart(some, len(units)))
            assert [one.label for one in page.columns if one.is_total] == ["Hörby"]
            together |= cells(page)
        assert together == cells(whole), f"{size} to a page"


# --- own levels -------------------------------------------------------------------------------------------------------------------


def test_own_levels_are_for_oneself_and_the_agreed_manager(world: Any, client_of: Client) -> None:
    page = client_of(world.birgit).get("/my/levels/").content.decode()
    assert "Samtala om sömn och oro" in page and "Lena Brandt" in page
    shared = f"/my/levels/shared/{world.birgit.uid}/"
    assert client_of(world.lena).get(shared).status_code == 404
    client_of(world.birgit).post(f"/my/levels/share/{world.lena.uid}/")
    assert LevelSharing.objects.filter(ended_at=None).count() == 1
    assert "Birgit Nyström" in client_of(world.lena).get(shared).content.decode()
    for name in ("amal", "paula", "carlos", "elin", "bo", "stranger"):
        assert client_of(getattr(world, name)).get(shared).status_code == 404, name
    client_of(world.birgit).post(f"/my/levels/stop/{world.lena.uid}/")
    assert client_of(world.lena).get(shared).status_code == 404


def test_nobody_shares_for_somebody_else_or_with_anybody(world: Any, client_of: Client) -> None:
    assert client_of(world.lena).post(f"/my/levels/share/{world.lena.uid}/").status_code == 404
    assert client_of(world.birgit).post(f"/my/levels/share/{world.paula.uid}/").status_code == 404
    assert not LevelSharing.objects.exists()


def test_a_manager_asks_and_the_person_answers(world: Any, client_of: Client) -> None:
    lena = client_of(world.lena)
    assert "Nobody" not in lena.get(f"{world.map}people/").content.decode()
    lena.post(f"/my/levels/shared/{world.birgit.uid}/ask/")
    (waiting,) = [one for one in slots.gathered("home.waiting", world.birgit, world.programme) if one.url == "/my/levels/"]
    assert "Lena Brandt" in str(waiting.title)
    client_of(world.birgit).post(f"/my/levels/decline/{world.lena.uid}/")
    assert not [one for one in slots.gathered("home.waiting", world.birgit, world.programme) if one.url == "/my/levels/"]
    assert lena.post(f"/my/levels/shared/{world.staff[0].uid}/ask/").status_code == 404, "not somebody else's report"


def test_levels_side_by_side_go_with_the_agreement_even_if_nothing_was_announced(world: Any, client_of: Client) -> None:
    memory = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"levels-{name}"} for name in ("default", "process")}
    with override_settings(CACHES=memory):
        caches["process"].clear()
        actions.share_levels(person=world.birgit, manager=world.lena, by=world.birgit)
        client, address = client_of(world.lena), f"{world.map}people/"
        seen = [client.get(address).content.decode() for _look in range(2)]
        LevelSharing.objects.update(ended_at=clock.now())
        seen.append(client.get(address).content.decode())
        caches["process"].clear()
    assert ['class="map"' in page for page in seen] == [True, True, False]
    assert all("Birgit" in page for page in seen), "she is named among those who can be asked"


def test_an_observed_level_stands_beside_the_others(world: Any, client_of: Client) -> None:
    actions.share_levels(person=world.birgit, manager=world.lena, by=world.birgit)
    b1 = competence(world.framework, "B1")
    address = f"/my/levels/shared/{world.birgit.uid}/observe/{b1.uid}/"
    assert client_of(world.lena).get(address).status_code == 200
    assert client_of(world.lena).post(address, {"level": "9", "note": ""}).status_code == 200
    assert client_of(world.lena).post(address, {"level": "2", "note": "Bra möte"}).status_code == 302
    kinds = set(Rating.objects.filter(person=world.birgit, competence=b1, is_latest=True).values_list("kind", "level"))
    assert kinds == {("self", 1), ("observed", 2)}
    assert "Bra möte" in client_of(world.birgit).get("/my/levels/").content.decode()
    assert client_of(world.paula).post(address, {"level": "2"}).status_code == 404


def test_panels_follow_the_same_rule(world: Any) -> None:
    def panels(viewer: Any, person: Any) -> int:
        return len([one for one in slots.gathered("person.panels", viewer, person, world.programme) if one.template.startswith("competences/")])

    assert panels(world.paula, world.birgit) == panels(world.lena, world.birgit) == panels(world.elin, world.birgit) == 0
    actions.share_levels(person=world.birgit, manager=world.lena, by=world.birgit)
    assert panels(world.lena, world.birgit) == panels(world.birgit, world.birgit) == 1
    assert panels(world.paula, world.birgit) == 0


def test_home_shows_the_small_map_to_those_who_lead(world: Any) -> None:
    def small(person: Any) -> list[Any]:
        return [one for one in slots.gathered("home.panels", person, world.programme) if one.template == "competences/_map_panel.html"]

    (panel,) = small(world.paula)
    assert panel.context["gap"]["competence"] == "Samtala om sömn och oro"
    assert [one["label"] for one in panel.context["columns"]] == ["Hörby", "Kristianstad"]
    assert small(world.amal) and not small(world.lena) and not small(world.elin) and not small(world.birgit)


def test_stations(world: Any) -> None:
    def label(person: Any) -> list[str]:
        return [str(one.label) for one in slots.gathered("shell.stations", person, world.programme) if one.url == world.map]

    assert label(world.paula) == ["Kartläggning"] and label(world.lena) == ["Min enhet"]
    assert label(world.birgit) == label(world.elin) == label(world.carlos) == []


# --- frameworks -------------------------------------------------------------------------------------------------------------------


def test_a_framework_comes_in_by_preview_and_goes_out_the_same(cast: Any, client_of: Client) -> None:
    client, address = client_of(cast.amal), f"/programmes/{cast.programme.uid}/map/frameworks/import/"
    content = formats.write_framework_csv(draft())
    page = client.post(address, {"file": SimpleUploadedFile("ramverk.csv", content)})
    assert not Framework.objects.exists(), "nothing is saved by looking"
    kept = page.context["kept"]
    assert client_of(cast.oskar).post(address, {"kept": kept}).status_code == 404
    answer = client.post(address, {"kept": kept})
    framework = Framework.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/frameworks/{framework.uid}/"
    assert formats.read_framework(client.get(f"/frameworks/{framework.uid}/file/csv/").content, name="r.csv").draft.competences == draft().competences
    assert client.get(f"/frameworks/{framework.uid}/file/moodle/").status_code == 200
    assert client.get(f"/frameworks/{framework.uid}/file/exe/").status_code == 404


def test_a_wrong_framework_file_is_told_by_row(cast: Any, client_of: Client) -> None:
    address = f"/programmes/{cast.programme.uid}/map/frameworks/import/"
    lines = formats.write_framework_csv(draft()).decode("utf-8-sig").splitlines()
    page = client_of(cast.amal).post(address, {"file": SimpleUploadedFile("r.csv", "\n".join([*lines, lines[-1]]).encode())})
    assert f"Rad {len(lines) + 1}" in page.content.decode() and not page.context["kept"]
    broken = client_of(cast.amal).post(address, {"file": SimpleUploadedFile("r.xlsx", b"PK\x03\x04nonsense")})
    assert broken.status_code == 200 and not broken.context["kept"]


def test_the_owner_writes_competences_profiles_and_targets(world: Any, client_of: Client) -> None:
    client, b1 = client_of(world.amal), competence(world.framework, "B1")
    client.post(f"/frameworks/competences/{b1.uid}/edit/", {"code": "B1", "name_sv": "Sömn", "name_en": "Sleep", "level_3_sv": "Kan själv"})
    b1.refresh_from_db()
    assert dict(b1.name) == {"sv": "Sömn", "en": "Sleep"} and queries.level_texts_of(b1)[3]["sv"] == "Kan själv"
    answer = client.post(f"/frameworks/{world.framework.uid}/profiles/add/", {"code": "NY", "name_sv": "Ny", "job_titles": "Vaktmästare\nvaktmästare, Kock"})
    made = profile(world.framework, "NY")
    assert made.job_titles == ["Vaktmästare", "Kock"] and answer["Location"].endswith(f"{made.uid}/targets/")
    sent = {f"level_{b1.pk}": "4", f"weight_{b1.pk}": "1,5"}
    assert client.post(f"/frameworks/profiles/{made.uid}/targets/", sent).status_code == 302
    target = queries.targets_of(world.framework)[made.pk, b1.pk]
    assert (target.level, str(target.weight)) == (4, "1.50")
    clash = client.post(f"/frameworks/{world.framework.uid}/profiles/add/", {"code": "NY", "name_sv": "Igen"})
    assert clash.status_code == 200 and clash.context["form"].errors


def test_a_process_leader_decides_for_own_staff_only(world: Any, client_of: Client) -> None:
    address, paula = f"/frameworks/{world.framework.uid}/assignments/", client_of(world.paula)
    page = paula.get(address).content.decode()
    assert "Undersköterska" in page and "Bibliotekarie" not in page
    teach = profile(world.framework, "TEACH")
    paula.post(f"{address}by-title/")
    paula.post(f"{address}title/", {"title": "Undersköterska", "profile": str(teach.uid)})
    assert queries.profile_of([world.bo.pk], world.framework)[world.bo.pk] == teach
    assert queries.profile_of([world.kim.pk], world.framework)[world.kim.pk].code == "STAFF", "Kristianstad is not touched"
    assert paula.get(f"{address}{world.birgit.uid}/").status_code == 200
    assert paula.get(f"{address}{world.kim.uid}/").status_code == 404
    for name in ("amal", "lena", "birgit", "elin", "stranger", "carlos"):
        assert client_of(getattr(world, name)).get(address).status_code == 404, name


def test_the_staff_list_asks_as_many_questions_for_one_as_for_many(
    world: Any, client_of: Client, queries_of: Callable[[Callable[[], Any]], int]
) -> None:
    client, address = client_of(world.paula), f"/frameworks/{world.framework.uid}/assignments/"

    def look() -> None:
        clock.forget()
        client.get(address)

    look()
    few = queries_of(look)
    world.more_staff(12)
    assert queries_of(look) == few
