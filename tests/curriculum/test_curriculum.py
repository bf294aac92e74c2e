"""Modules and outcomes: what is refused, what is pointed out, who may change them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from handrail.curriculum import actions, queries, rules
from handrail.curriculum.models import LearningOutcome, Module
from handrail.kit.errors import RuleBroken
from tests.delivery.made import competence_of, module_of, session_of

codes = lambda statement: {one.code for one in rules.wording_warnings(statement)}


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("Leda ett samtal genom tolk", set()), ("Deltagaren kan förklara tolkens roll för en nyanländ", set()), ("describe the duty of confidentiality", set()),
        ("The participant can plan a conversation about sleep", set()), ("Förstå migrationsprocessen", {"weak"}), ("be aware of trauma", {"weak"}),
        ("Sömn och oro", {"verb"}), ("Participants will be shown the law", {"teaching", "verb"}), ("Genomgång av socialtjänstlagen", {"teaching", "verb"}),
        ("Planera och genomföra ett möte", {"several"}), ("Leda ett samtal om sömn och oro", set()), ("", set()),
    ],
)  # fmt: skip
def test_wording_warnings_point_at_what_cannot_be_assessed(statement, found):
    assert codes(statement) == found


@pytest.mark.parametrize(("outcomes", "minutes", "found"), [(0, 90, ["none"]), (1, 90, []), (9, 90, ["many"]), (3, 360, ["few"]), (4, 360, [])])
def test_module_warnings(outcomes, minutes, found):
    assert [one.code for one in rules.module_warnings(outcomes=outcomes, minutes=minutes)] == found


@pytest.mark.parametrize(("to_level", "adds", "field"), [(0, 1, "to_level"), (5, 1, "to_level"), (2, 3, "adds"), (2, 0, "adds")])
def test_an_outcome_stays_within_the_levels(to_level, adds, field):
    with pytest.raises(RuleBroken) as broken:
        rules.check_outcome(statement={"sv": "Leda"}, to_level=to_level, adds=adds)
    assert broken.value.field == field


def test_modules_refuse_a_second_code_and_a_circle(cast):
    first, second = module_of(cast), module_of(cast, "M2")
    with pytest.raises(RuleBroken) as broken:
        module_of(cast, "M1")
    assert broken.value.field == "code"
    facts = {"title": {"sv": "Ny"}, "form": "lecture", "minutes": 60}
    actions.change_module(module=second, code="M2", requires=first, by=cast.amal, **facts)
    with pytest.raises(RuleBroken) as broken:
        actions.change_module(module=first, code="M1", requires=Module.objects.get(pk=second.pk), by=cast.amal, **facts)
    assert broken.value.field == "requires"


def test_outcomes_belong_to_the_programmes_own_competences(cast):
    from datetime import date

    from handrail.competences.models import Area, Competence, Framework
    from handrail.programmes.actions import start_programme

    other = start_programme(slug="annat", code="ANN", name={"sv": "Annat"}, owner=cast.osby, starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31), by=None)
    framework = Framework.objects.create(programme=other, code="X")
    foreign = Competence.objects.create(framework=framework, area=Area.objects.create(framework=framework, code="A"), code="X1")
    module = module_of(cast)
    with pytest.raises(RuleBroken):
        actions.add_outcome(module=module, code="M1.2", statement="Leda", competence=foreign, to_level=2, by=cast.amal)
    with pytest.raises(RuleBroken):
        actions.add_outcome(module=module, code="M1.1", statement="Leda", competence=competence_of(cast), to_level=2, by=cast.amal)


def test_a_coordinator_adds_a_module_with_an_outcome_and_takes_them_away(cast, client_of):
    client, competence = client_of(cast.amal), competence_of(cast)
    added = client.post(
        reverse("curriculum:module_add", args=[cast.programme.uid]),
        {"code": "M5", "title_sv": "Fråga om sömn", "form": "lecture", "minutes": "120", "prepares_for": "", "requires": ""},
    )
    module = Module.objects.get(code="M5")
    assert added["Location"] == reverse("curriculum:module_detail", args=[module.uid])
    assert "inget lärandemål" in client.get(added["Location"]).content.decode()
    wrong = {"code": "M5.1", "statement_sv": "", "competence": competence.pk, "to_level": "3", "adds": "1"}
    assert "field-wrong" in client.post(reverse("curriculum:outcome_add", args=[module.uid]), wrong).content.decode()
    client.post(reverse("curriculum:outcome_add", args=[module.uid]), wrong | {"statement_sv": "Förstå sömn"})
    body = client.get(added["Location"]).content.decode()
    assert "går inte att bedöma" in body and "från nivå 2 till 3" in body
    outcome = LearningOutcome.objects.get()
    client.post(reverse("curriculum:outcome_change", args=[outcome.uid]), wrong | {"statement_sv": "Beskriva tecken på sömnbrist"})
    assert "går inte att bedöma" not in client.get(added["Location"]).content.decode()
    client.post(reverse("curriculum:outcome_remove", args=[outcome.uid]))
    client.post(reverse("curriculum:module_retire", args=[module.uid]))
    assert not LearningOutcome.objects.exists() and Module.objects.get().retired_at


def test_the_module_page_shows_its_sessions(cast, client_of):
    session = session_of(cast)
    assert str(session.uid) in client_of(cast.paula).get(reverse("curriculum:module_detail", args=[session.module.uid])).content.decode()
    assert str(session.uid) not in client_of(cast.kim).get(reverse("curriculum:module_detail", args=[session.module.uid])).content.decode()


def test_the_list_of_modules_costs_the_same_with_one_three_and_thirty(cast, client_of, queries_of):
    client, url, counts = client_of(cast.amal), reverse("curriculum:module_list", args=[cast.programme.uid]), []
    for chunk in (range(1), range(1, 3), range(3, 30)):
        for number in chunk:
            module_of(cast, f"M{number}")
        client.get(url)
        counts.append(min(queries_of(lambda: client.get(url)) for _try in range(3)))
    assert len(set(counts)) == 1, counts


def test_modules_stand_under_the_areas_of_their_outcomes_and_those_without_come_first(cast):
    module_of(cast)
    actions.add_module(programme=cast.programme, code="M0", title="Utan mål", form="online", minutes=30, by=cast.amal)
    modules = list(queries.modules_visible_to(cast.amal))
    outcomes = queries.outcomes_of(module.pk for module in modules)
    areas = queries.modules_by_area(queries.module_row(module, outcomes.get(module.pk, [])) for module in modules)
    assert [(str(area) if area else None, [row.module.code for row in rows]) for area, rows in areas] == [(None, ["M0"]), ("Samtal", ["M1"])]
