"""The funder's check: samples are drawn, their names opened with a reason, and sheets taken; each leaves a line in the journal."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from handrail.evidence import rules
from handrail.evidence.events import SampleDrawn, SampleNamesOpened, SheetTaken
from handrail.evidence.models import AuditSample, SampleOpening
from handrail.evidence.queries import counted_lines
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _, month_name, plural
from handrail.people.models import Organisation, Person
from handrail.programmes.models import Participation, Programme


@transaction.atomic
def draw_sample(*, programme: Programme, month: date, size: int, reason: str, by: Person) -> AuditSample:
    """Draw participants of a month for a check. The month keeps its seed: a second sample grows the first, it never swaps people."""
    month = month.replace(day=1)
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if not reason.strip():
        raise RuleBroken(_("Say why the sample is drawn."), field="reason")
    counted = counted_lines(programme).filter(month=month).values("certificate__participation_id")
    numbers = dict(Participation.objects.filter(pk__in=counted).values_list("number", "pk"))
    if not numbers:
        raise RuleBroken(_("Nobody has certified hours in %(month)s.") % {"month": month_name(month)}, field="month")
    most = rules.largest_sample(len(numbers))
    if not 1 <= size <= most:
        raise RuleBroken(
            plural(
                "%(people)d participant has certified hours in %(month)s. A sample holds at most %(most)d.",
                "%(people)d participants have certified hours in %(month)s. A sample holds at most %(most)d.",
                len(numbers),
            )
            % {"people": len(numbers), "month": month_name(month), "most": most},
            field="size",
        )
    first = AuditSample.objects.filter(programme=programme, month=month).order_by("pk").first()
    seed = first.seed if first else rules.new_seed()
    sample = AuditSample.objects.create(
        programme=programme, month=month, size=size, seed=seed, drawn_by=by, drawn_at=clock.now(), reason=reason.strip()[:300]
    )
    sample.participations.set([numbers[one] for one in rules.drawn_from(numbers, size=size, seed=seed)])
    announce(SampleDrawn(sample.uid, programme.uid, month, size), by=by)
    return sample


@transaction.atomic
def open_sample_names(sample: AuditSample, *, participation: Participation | None = None, reason: str, by: Person) -> list[SampleOpening]:
    """Open one name of a sample, or all of them; the opening is kept with its reason and stands in the journal."""
    if not reason.strip():
        raise RuleBroken(_("Say why the name is opened."), field="reason")
    drawn = sample.participations.all() if participation is None else sample.participations.filter(pk=participation.pk)
    people = list(drawn)
    if not people:
        raise RuleBroken(_("This participant is not in the sample."))
    now = clock.now()
    openings = SampleOpening.objects.bulk_create(
        [SampleOpening(sample=sample, participation=one, by=by, at=now, reason=reason.strip()[:300]) for one in people]
    )
    announce(SampleNamesOpened(sample.uid, tuple(one.uid for one in people)), by=by)
    return openings


@transaction.atomic
def note_sheet(
    *, programme: Programme, kind: str, month: date | None, organisation: Organisation | None, names: bool, by: Person
) -> None:
    """Note that somebody took a sheet out of the house."""
    announce(SheetTaken(programme.uid, kind, month, organisation.uid if organisation else None, names), by=by)
