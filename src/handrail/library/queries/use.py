"""Finds barriers, adoptions and answers to the checklist, starting from who asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from handrail.library import rules
from handrail.library.models import Adoption, Barrier, BarrierRemedy, BarrierReport, ChecklistAnswer, Practice
from handrail.library.queries.practices import best_text, public_practices, spoken_texts
from handrail.library.queries.sight import acts_for, programmes_read, writes_for
from handrail.people.models import Organisation, Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme


def barriers_visible_to(person: Person) -> QuerySet[Barrier]:
    """The barriers of the programmes whose library one reads from the inside."""
    seen = programmes_read(person)
    rows = Barrier.objects.select_related("programme")
    return rows.none() if seen is None else rows.filter(seen)


@dataclass
class BarrierShown:
    """A barrier with where it was reported and what lowers it."""

    barrier: Barrier
    field_of_work: str
    reports: list[BarrierReport]
    countries: list[str]
    remedies: list[dict[str, Any]] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Its name within the page."""
        return f"barrier-{self.barrier.pk}"


def barriers_shown(rows: QuerySet[Barrier]) -> list[BarrierShown]:
    """The register: each barrier with its reports and the practices everybody reads that lower it; five queries, however many."""
    reports = BarrierReport.objects.select_related("organisation")
    remedies = BarrierRemedy.objects.filter(practice__in=public_practices()).select_related("practice")
    found = list(rows.prefetch_related(Prefetch("reports", reports), Prefetch("remedies", remedies)))
    practices = {one.practice.pk: one.practice for barrier in found for one in barrier.remedies.all()}
    texts, names = spoken_texts(practices.values()), rules.work_fields()
    shown = []
    for barrier in found:
        told = list(barrier.reports.all())
        for report in told:
            report.country_name = rules.country_name(report.country)  # type: ignore[attr-defined]
        shown.append(BarrierShown(
            barrier, names.get(barrier.field, barrier.field), told, sorted({rules.country_name(one.country) for one in told}),
            [{"practice": one.practice, "text": best_text(texts[one.practice.pk], one.practice.language).text, "how": one.how} for one in barrier.remedies.all() if one.practice.pk in texts],
        ))  # fmt: skip
    return shown


def public_barriers() -> QuerySet[Barrier]:
    """The barriers of programmes with a public page, and the installation's own."""
    return Barrier.objects.filter(Q(programme=None) | Q(programme__is_public=True))


def barriers_lowered_by(practice: Practice) -> list[BarrierRemedy]:
    """Which barriers a practice lowers, and how."""
    return list(BarrierRemedy.objects.filter(practice=practice, barrier__in=public_barriers()).select_related("barrier"))


def adoptions_visible_to(person: Person) -> QuerySet[Adoption]:
    """The adoptions of organisations that one acts for, and of the programmes whose library one reads."""
    seen = programmes_read(person)
    rows = Adoption.objects.select_related("practice", "organisation", "programme", "text", "started_by__identity")
    return rows.none() if seen is None else rows.filter(seen)


def adoptions_of(person: Person, programme: Programme) -> list[dict[str, Any]]:
    """What a programme's organisations have taken up, with how far each is."""
    rows = adoptions_visible_to(person).filter(programme=programme).annotate(ticked=Count("ticks")).order_by("state", "-started_at")
    return [{"adoption": one, "title": one.text.title, "done": one.ticked, "steps": len(one.text.steps)} for one in rows[:100]]


def steps_of(adoption: Adoption) -> list[dict[str, Any]]:
    """The steps that an organisation follows, with who did what when."""
    ticks = {one.place: one for one in adoption.ticks.select_related("done_by__identity")}
    return [{"place": place, "step": step, "tick": ticks.get(place)} for place, step in enumerate(adoption.text.steps)]


def running_adoption(practice: Practice, organisation: Organisation) -> Adoption | None:
    """What an organisation already does about a practice."""
    return Adoption.objects.filter(practice=practice, organisation=organisation, state=Adoption.State.RUNNING).first()


def writes_in(person: Person, barrier: Barrier) -> QuerySet[Organisation]:
    """The organisations for which a person may say that a barrier was reported."""
    return writes_for(person, barrier.programme) if barrier.programme is not None else Organisation.objects.none()


def may_act_in(person: Person, adoption: Adoption) -> bool:
    """Whether a person acts for the organisation that takes the practice up."""
    return adoption.programme is not None and acts_for(person, adoption.programme).filter(pk=adoption.organisation_id).exists()


def organisations_acting(person: Person) -> list[tuple[Programme, Organisation]]:
    """For whom a person may begin: programme by programme, organisation by organisation."""
    authority = authority_of(person)
    held = [one.programme for one in authority.held if one.role in (Role.COORDINATOR, Role.RESEARCHER, Role.PROCESS_LEADER, Role.TRAINER)]
    programmes = Programme.objects.all() if None in held else Programme.objects.filter(uid__in=[uid for uid in held if uid])
    return [(programme, one) for programme in programmes.order_by("pk") for one in acts_for(person, programme).order_by("name")]


def checklist_answers(programme: Programme, organisation: Organisation) -> list[ChecklistAnswer]:
    """What an organisation said of its own work, the oldest first."""
    return list(ChecklistAnswer.objects.filter(programme=programme, organisation=organisation, checklist=rules.checklist_code()))


def checklist_seen(person: Person, programme: Programme) -> list[tuple[Organisation, list[ChecklistAnswer]]]:
    """The answers of the organisations one acts for; the project owner sees those of all."""
    rows = ChecklistAnswer.objects.filter(programme=programme, checklist=rules.checklist_code())
    by_organisation: dict[int, list[ChecklistAnswer]] = {}
    for one in rows:
        by_organisation.setdefault(one.organisation_id, []).append(one)
    found = [(one, by_organisation.get(one.pk, [])) for one in acts_for(person, programme).order_by("name")]
    return sorted(found, key=lambda pair: not pair[1])  # who has answered stands first


