"""Collecting begins: a group of a partner gets its address in a round."""

from __future__ import annotations

from django.db import transaction

from handrail.instruments import actions as instruments
from handrail.instruments.models import Collection
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
    by: Person | None,
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
                    gather(survey=survey, partner=partner, round=round, way=way, is_anonymous=is_anonymous, keeps_together=keeps_together, by=by)
                )
    if not made:
        raise RuleBroken(_("Nothing is left to open: every partner collects from every group in this round already, or no group has a survey yet."))
    return made


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
