"""The mapping: framework, role profiles, the first round, managers' ratings, confidence before, after and six months later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from handrail.competences import actions as competences
from handrail.competences.formats import DraftArea, DraftCompetence, FrameworkDraft, write_framework_csv
from handrail.competences.models import Competence, ProfileAssignment
from handrail.desk.demonstration.content import both, framework, programme
from handrail.desk.demonstration.forms_of import confidence_form, mapping_form
from handrail.desk.demonstration.world import World
from handrail.instruments import actions as instruments
from handrail.instruments import formats
from handrail.instruments.models import Invitation, Round
from handrail.people.models import Person

ANSWERS_FIRST = 0.72
HARDER = {0: 0.0, 1: 0.15, 2: -0.25, 3: 0.05, 4: 0.4}  # how far municipalities stand apart, by their place in the list


def build_before(world: World) -> None:
    """October to December 2016."""
    with world.at(date(2016, 10, 24), 10):
        bring_in_framework(world)
    with world.at(date(2016, 11, 4), 13):
        publish(world)
    with world.at(date(2016, 11, 7), 8):
        first = open_round(world, "mapping", "Kartläggning hösten 2016", "Mapping, autumn 2016", "before", date(2016, 11, 7), date(2016, 12, 9), world.everybody)
        sample = [person for person in world.everybody if world.rng.random() < 0.34]
        trust = open_round(world, "confidence", "Trygghet före", "Confidence before", "before", date(2016, 11, 7), date(2016, 12, 9), sample)
    for week in range(4):
        with world.at(date(2016, 11, 9) + timedelta(days=7 * week), 15):
            answer_mapping(world, first, part=(week, 4), share=ANSWERS_FIRST)
            answer_confidence(world, trust, part=(week, 4), share=0.9, lift=0.0)
    with world.at(date(2016, 11, 28), 8):
        share_with_managers(world)
        mirza = world.cast["participant"].pk
        managers = [one for one in world.everybody if one.pk in world.managers and (one.pk == mirza or world.rng.random() < 0.2)]
        manager_round = open_round(
            world, "mapping", "Chefernas skattning", "Managers' ratings", "before", date(2016, 11, 28), date(2016, 12, 20), managers, respondent="manager",
        )  # fmt: skip
    with world.at(date(2016, 12, 8), 16):
        answer_for_reports(world, manager_round)
    with world.at(date(2016, 12, 21), 9):
        for one in (first, trust, manager_round):
            instruments.close_round(round=one, by=world.amal)
    world.versions["confidence-before"] = trust
    world.versions["mapping-before"] = first


def bring_in_framework(world: World) -> None:
    """Our framework as its CSV file, then what each role asks."""
    data = framework()
    draft = FrameworkDraft(
        areas=tuple(DraftArea(one["code"], both(one["name"]), development_area=one["code"]) for one in data["area"]),
        competences=tuple(
            DraftCompetence(
                one["code"], area["code"], both(one["name"]), both(one["text"]),
                levels={level: both(texts) for level, texts in enumerate(one["levels"])},
            )
            for area in data["area"]
            for one in area["competence"]
        ),
        levels={int(level): both(texts) for level, texts in data["levels"].items()},
        code="lfi", names={"sv": "Kompetens för mottagande", "en": "Competence for reception"},
    )  # fmt: skip
    world.framework = competences.import_framework(
        programme=world.programme, file_name="ramverk.csv", content=write_framework_csv(draft), by=world.amal
    )
    world.competences = {one.code: one for one in Competence.objects.filter(framework=world.framework)}
    for one in programme()["profile"]:
        profile = competences.add_profile(
            framework=world.framework, code=one["code"], name=both(one["name"]), job_titles=one["titles"], is_default=one["code"] == "moter", by=world.amal,
        )  # fmt: skip
        competences.set_targets(
            profile=profile, targets={world.competences[code]: (level, Decimal(weight)) for code, (level, weight) in one["targets"].items()}, by=world.amal,
        )  # fmt: skip
    competences.assign_profiles_by_title(framework=world.framework, by=world.amal)
    rows = ProfileAssignment.objects.filter(is_current=True).values_list("person_id", "profile__code")
    world.profile_of = dict(rows)


def publish(world: World) -> None:
    """The questionnaires as XLSForm workbooks."""
    for kind, form in (("mapping", mapping_form()), ("confidence", confidence_form())):
        world.versions[kind] = instruments.publish_questionnaire(
            programme=world.programme, file_name=f"{form.id}.xlsx", content=formats.write_xlsform(form), kind=kind, by=world.amal
        )


def open_round(
    world: World, kind: str, sv: str, en: str, phase: str, opens_on: date, closes_on: date, persons: list[Person], *,
    respondent: str = "self", follows: Round | None = None,
) -> Round:  # fmt: skip
    """Open a round, invite, send."""
    made = instruments.open_round(
        programme=world.programme, version=world.versions[kind], title={"sv": sv, "en": en}, respondent=respondent, phase=phase,
        opens_on=opens_on, closes_on=closes_on, follows=follows, by=world.amal,
    )  # fmt: skip
    instruments.invite_to_round(round=made, persons=persons, by=world.amal)
    instruments.send_invitations(round=made, by=world.amal)
    return made


def invitations(made: Round, part: tuple[int, int]) -> list[Invitation]:
    """Every n-th invitation of a round."""
    rows = [row for index, row in enumerate(Invitation.objects.filter(round=made).select_related("respondent", "about").order_by("pk")) if index % part[1] == part[0]]
    for row in rows:
        row.round = made  # known: its questionnaire is long
    return rows


def said(world: World, person: Person, organisation_id: int, lift: float = 0.0) -> dict[str, int]:
    """What somebody says of themselves: somewhat under what the role asks, more so where the municipality stands behind."""
    targets = {one["code"]: one["targets"] for one in programme()["profile"]}[world.profile_of.get(person.pk, "moter")]
    place = next(index for index, one in enumerate(world.organisations) if one.pk == organisation_id)
    hard = {"B2": 0.5, "C1": 0.45, "B1": 0.3, "C2": -0.5, "A2": -0.1, "D1": 0.2}
    answers = {}
    for area in framework()["area"]:
        for one in area["competence"]:
            code = one["code"]
            target = targets.get(code, [2, 1])[0]
            level = target - 0.7 - hard.get(code, 0.0) - HARDER[place] + lift + world.rng.gauss(0, 0.75)
            answers[code] = max(0, min(4, round(level)))
    return answers


def send(answered: Iterable[tuple[Invitation, dict[str, Any]]]) -> None:
    """Answer by the same rules that a phone's answer goes by, many at once."""
    instruments.submit_all_answers(
        [instruments.Answered(row, answers, "sv", f"demonstration-{row.uid}", by=row.respondent) for row, answers in answered]
    )


def answer_mapping(world: World, made: Round, *, part: tuple[int, int], share: float, lift: float = 0.0) -> None:
    """A part of the invited answer the mapping; some say in their own words what would help."""
    voices = programme()["voices"]
    answered = []
    for row in invitations(made, part):
        silent = row.about_id == world.cast["participant"].pk and lift > 0
        if silent or (world.rng.random() > share and row.about_id != world.cast["participant"].pk):
            continue
        levels = said(world, row.about, row.organisation_id, lift)
        if row.about_id == world.cast["participant"].pk:
            levels.update(C1=1, B2=1)
        if lift == 0.0:
            world.levels[row.about_id] = levels
        answers: dict[str, Any] = {f"k_{code.lower()}": f"n{level}" for code, level in levels.items()}
        meets = world.rng.random() < 0.8
        answers["moter"] = "ja" if meets else "nej"
        if meets:
            answers["moten_vecka"] = world.rng.randint(0, 20)
        if world.rng.random() < 0.25 or row.about_id == world.cast["participant"].pk:
            answers["behov"] = voices[1] if row.about_id == world.cast["participant"].pk else world.rng.choice(voices)
        answered.append((row, answers))
    send(answered)


def answer_confidence(world: World, made: Round, *, part: tuple[int, int], share: float, lift: float) -> None:
    """A part of the invited say how confident they are."""
    send(
        (row, {one["code"]: str(max(1, min(5, round(2.7 + lift + world.rng.gauss(0, 0.9))))) for one in programme()["confidence"]})
        for row in invitations(made, part)
        if world.rng.random() <= share
    )


def share_with_managers(world: World) -> None:
    """Many let their manager see their levels; the rest do not, and need not say why."""
    for person in world.everybody:
        manager = world.managers.get(person.pk)
        if manager is not None and (world.rng.random() < 0.4 or person.pk == world.cast["participant"].pk):
            competences.share_levels(person=person, manager=manager, by=person)


def answer_for_reports(world: World, made: Round) -> None:
    """Managers rate most of those they were asked about, mostly close to what the person said."""
    answered = []
    for row in invitations(made, (0, 1)):
        if world.rng.random() > 0.85 and row.about_id != world.cast["participant"].pk:
            continue
        own = world.levels.get(row.about_id) or said(world, row.about, row.organisation_id)
        answered.append((row, {f"k_{code.lower()}": f"n{max(0, min(4, level + world.rng.choice([-1, 0, 0, 0, 1])))}" for code, level in own.items()} | {"moter": "ja"}))
    send(answered)


def build_after(world: World) -> None:
    """Confidence after (June 2017) and six months later (December 2017); the mapping again, open now."""
    before: Round = world.versions["confidence-before"]
    people = [row.about for row in invitations(before, (0, 1))]
    after = later_round(world, "confidence", "Trygghet efter", "Confidence after", "after", date(2017, 6, 12), people, before, 0.7, 0.55)
    later_round(world, "confidence", "Trygghet sex månader efter", "Confidence six months later", "later", date(2017, 12, 11), people, after, 0.6, 0.8)
    with world.at(date(2018, 4, 3), 8):
        now = open_round(
            world, "mapping", "Kartläggning våren 2018", "Mapping, spring 2018", "after", date(2018, 4, 3), date(2018, 5, 11), world.everybody,
            follows=world.versions["mapping-before"],
        )  # fmt: skip
    for day in (5, 12, 17):
        with world.at(date(2018, 4, day), 15):
            answer_mapping(world, now, part=((5, 12, 17).index(day), 3), share=(0.5, 0.4, 0.3)[(5, 12, 17).index(day)], lift=0.55)


def later_round(
    world: World, kind: str, sv: str, en: str, phase: str, opens_on: date, people: list[Person], follows: Round, share: float, lift: float
) -> Round:
    """A round of the same questions to the same people, answered and closed."""
    with world.at(opens_on, 8):
        made = open_round(world, kind, sv, en, phase, opens_on, opens_on + timedelta(days=18), people, follows=follows)
    with world.at(opens_on + timedelta(days=8), 15):
        answer_confidence(world, made, part=(0, 1), share=share, lift=lift)
    with world.at(opens_on + timedelta(days=19), 9):
        instruments.close_round(round=made, by=world.amal)
    return made
