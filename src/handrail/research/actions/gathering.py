"""Collecting begins: a group of a partner gets its address in a round."""

from __future__ import annotations

from collections.abc import Mapping

from babel import Locale
from django.conf import settings
from django.db import transaction

from handrail.instruments import actions as instruments
from handrail.instruments.actions.books import Part
from handrail.instruments.models import Collection, Questionnaire
from handrail.instruments.queries import latest_version
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.research.events import CollectingBegan
from handrail.research.models import Gathering, Study, StudyPartner, StudyRound, StudySurvey


@transaction.atomic
def gather(
    *, survey: StudySurvey, partner: StudyPartner, round: StudyRound, way: str = "open", is_anonymous: bool = True, keeps_together: bool = False,
    tells_apart: bool = True, by: Person | None,
) -> Gathering:  # fmt: skip
    """Let a partner collect a group's answers in a round, with the latest version of what the group answers and the group's own words before it."""
    study = survey.study
    if partner.study_id != study.pk or round.study_id != study.pk:
        raise RuleBroken(_("That is of another study."), field="partner")
    if study.closed_at is not None:
        raise RuleBroken(_("The study is closed. What it found stays as it is."))
    here = Gathering.objects.filter(partner=partner, group=survey.group, round=round, collection__version__questionnaire=survey.questionnaire)
    if here.filter(collection__way=way).exists():
        raise RuleBroken(_("This group's answers are collected there already."), field="group")
    collection = instruments.open_collection(
        programme=study.programme, organisation=partner.organisation, version=latest_version(survey.questionnaire), title=dict(survey.questionnaire.title),
        consent=dict(survey.group.consent), consent_number=survey.group.consent_number, way=Collection.Way(way), is_anonymous=is_anonymous,
        keeps_together=keeps_together, opens_on=round.opens_on, closes_on=round.closes_on, by=by,
    )  # fmt: skip
    made = Gathering.objects.create(study=study, partner=partner, group=survey.group, round=round, collection=collection)
    if tells_apart:
        tell_apart(questionnaire=survey.questionnaire)
    announce(CollectingBegan(study.uid, made.uid, collection.uid), by=by)
    return made


@transaction.atomic
def gather_for_all(*, round: StudyRound, way: str = "open", is_anonymous: bool = True, keeps_together: bool = False, by: Person | None) -> list[Gathering]:
    """Open a round's collecting for every partner and group at once, where it is not open yet."""
    made = []
    have = set(Gathering.objects.filter(round=round, collection__way=way).values_list("partner_id", "group_id", "collection__version__questionnaire_id"))
    for survey in StudySurvey.objects.filter(study=round.study).select_related("study__programme", "group", "questionnaire").order_by("group__order", "pk"):
        for partner in round.study.partners.select_related("organisation"):
            if (partner.pk, survey.group_id, survey.questionnaire_id) not in have:
                made.append(
                    gather(survey=survey, partner=partner, round=round, way=way, is_anonymous=is_anonymous, keeps_together=keeps_together, tells_apart=False, by=by)
                )
    if not made:
        raise RuleBroken(_("Nothing is left to open: every partner collects from every group in this round already, or no group has a survey yet."))
    for questionnaire in {one.collection.version.questionnaire_id: one.collection.version.questionnaire for one in made}.values():
        tell_apart(questionnaire=questionnaire)
    return made


def tell_apart(*, questionnaire: Questionnaire) -> None:
    """Let a questionnaire's results be told apart by group, country and round, as its studies collect them."""
    by_group: dict[int, tuple[Mapping[str, str], list[Collection]]] = {}
    by_country: dict[str, list[Collection]] = {}
    by_round: dict[int, tuple[Mapping[str, str], list[Collection]]] = {}
    rows = Gathering.objects.filter(collection__version__questionnaire=questionnaire).select_related("group", "partner", "round", "collection")
    for one in rows.order_by("round__opens_on", "round__number", "group__order", "pk"):
        by_group.setdefault(one.group_id, (one.group.title, []))[1].append(one.collection)
        by_country.setdefault(one.partner.country, []).append(one.collection)
        by_round.setdefault(one.round_id, (one.round.title, []))[1].append(one.collection)
    splits: list[tuple[str, Mapping[str, str], list[Part], bool]] = [
        ("group", {"en": "Group", "sv": "Grupp", "da": "Gruppe"}, [Part(f"g{key}", title, places) for key, (title, places) in by_group.items()], False),
        ("country", {"en": "Country", "sv": "Land", "da": "Land"}, [Part(code, _country(code), places) for code, places in sorted(by_country.items())], False),
        ("round", {"en": "Round", "sv": "Omgång", "da": "Runde"}, [Part(f"r{key}", title, places) for key, (title, places) in by_round.items()], True),
    ]  # fmt: skip
    for name, title, parts, is_round in splits:
        if len(parts) > 1:
            instruments.set_split(questionnaire=questionnaire, name=name, title=title, parts=parts, is_round=is_round)


def _country(code: str) -> dict[str, str]:
    """A country in the languages of our screens."""
    return {language: str(Locale.parse(language).territories.get(code, code)) for language, _name in settings.LANGUAGES}


@transaction.atomic
def renew_gatherings(*, study: Study, by: Person | None) -> int:
    """Let every address of a study that is still open ask the newest version of its questionnaire; answers how many moved on."""
    moved = 0
    rows = Gathering.objects.filter(study=study, collection__closed_at=None).select_related("collection__version__questionnaire", "collection__programme")
    newest = {one.version.questionnaire_id: latest_version(one.version.questionnaire) for one in (row.collection for row in rows)}
    for row in rows:
        version = newest[row.collection.version.questionnaire_id]
        if row.collection.version_id != version.pk:
            instruments.use_version(collection=row.collection, version=version, by=by)
            moved += 1
    return moved
