"""Change: confidence before, after and six months later, and levels before and after; small groups hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from handrail.competences.models import Competence, Rating
from handrail.evidence import rules
from handrail.evidence.models import LeftOut
from handrail.instruments.formats import SELECT_ONE, from_json
from handrail.instruments.models import Questionnaire, QuestionnaireVersion, Round, Submission
from handrail.kit import clock
from handrail.kit.disclosure import INSIDE, hidden_parts
from handrail.kit.text import in_language
from handrail.people.models import Organisation
from handrail.people.queries import current_employments
from handrail.programmes.models import Participation, Programme

STEPS = 5
Phase = Round.Phase


@dataclass(frozen=True)
class Asked:
    """A question about confidence with five answers, from no to yes."""

    name: str
    text: str
    scale: tuple[str, ...]
    choices: tuple[str, ...]


@dataclass
class Answers:
    """Counts of answers by question, phase and organisation, and who answered what, for the paired line."""

    asked: list[Asked] = field(default_factory=list)
    by_person: dict[str, dict[str, dict[int, tuple[int, int]]]] = field(default_factory=dict)  # question → phase → person → (org, step)

    def counts(self, question: str, phase: str, *, organisation: int | None = None, people: Iterable[int] | None = None) -> list[int]:
        """How many chose each of the five steps."""
        among = None if people is None else set(people)
        found = [0] * STEPS
        for person, (where, step) in self.by_person.get(question, {}).get(phase, {}).items():
            if (organisation is None or where == organisation) and (among is None or person in among):
                found[step] += 1
        return found

    def people(self, question: str, phase: str, organisation: int | None = None) -> set[int]:
        """Who answered a question in a phase."""
        rows = self.by_person.get(question, {}).get(phase, {})
        return {person for person, (where, _step) in rows.items() if organisation is None or where == organisation}

    def sizes(self, question: str, phase: str) -> dict[int, int]:
        """How many answered, by organisation."""
        found: dict[int, int] = defaultdict(int)
        for where, _step in self.by_person.get(question, {}).get(phase, {}).values():
            found[where] += 1
        return dict(found)


def confidence_answers(programme: Programme) -> Answers:
    """All answers about confidence that may be shown today, in two queries.

    Of a closed round every latest answer counts. Of an open one only whole handfuls per organisation, by time of arrival and
    each person's first answer, so that two looks never differ by fewer than five people.
    """
    versions = QuestionnaireVersion.objects.filter(
        questionnaire__programme=programme, questionnaire__kind=Questionnaire.Kind.CONFIDENCE
    ).order_by("questionnaire_id", "number")
    answers = Answers()
    known: dict[str, Asked] = {}
    for version in versions:
        for asked in _asked(version.definition):
            known[asked.name] = asked  # the newest wording stands above the bars
    answers.asked = list(known.values())
    rows = list(
        Submission.objects.filter(
            is_complete=True, invitation__round__programme=programme, invitation__round__respondent=Round.Respondent.SELF,
            invitation__round__version__in=versions,
        ).exclude(invitation__about__in=left_out(programme)).order_by("pk").values_list(
            "invitation_id", "invitation__about_id", "invitation__organisation_id", "invitation__round__phase",
            "invitation__round__closed_at", "invitation__round__closes_on", "answers",
        )
    )  # fmt: skip
    today = clock.today()
    shown: dict[int, tuple[int, int, str, dict[str, Any]]] = {}
    arriving: dict[tuple[str, int], list[int]] = defaultdict(list)
    for invitation, about, organisation, phase, closed_at, closes_on, given in rows:
        is_open = closed_at is None and closes_on >= today
        if is_open and invitation in shown:
            continue
        if is_open:
            arriving[phase, organisation].append(invitation)
        shown[invitation] = (about, organisation, phase, given)
    for some in arriving.values():
        for late in some[rules.shown_of(len(some), INSIDE.new_answers):]:
            del shown[late]
    for about, organisation, phase, given in shown.values():
        for asked in answers.asked:
            if given.get(asked.name) in asked.choices:
                by_phase = answers.by_person.setdefault(asked.name, {}).setdefault(phase, {})
                by_phase[about] = (organisation, asked.choices.index(given[asked.name]))
    return answers


def left_out(programme: Programme) -> QuerySet[LeftOut, Any]:
    """The ids of those who left the figures of change together with somebody who was erased."""
    return LeftOut.objects.filter(programme=programme).values("person_id")


def _asked(definition: Mapping[str, Any]) -> list[Asked]:
    return [
        Asked(
            item.name, in_language(dict(item.labels)), tuple(in_language(dict(one.labels)) for one in item.choices),
            tuple(one.name for one in item.choices),
        )
        for item in from_json(definition).questions()
        if item.kind == SELECT_ONE and len(item.choices) == STEPS
    ]  # fmt: skip


@dataclass(frozen=True)
class PhaseCounts:
    """The answers of one phase to one question; hidden where they are too few, or could be worked out."""

    phase: str
    n: int
    counts: list[int]
    is_hidden: bool
    is_paired: bool = False


def phases_of(answers: Answers, question: str, *, organisation: int | None, seen: Iterable[int] | None) -> list[PhaseCounts]:
    """One question's phases for everybody or one organisation, and the same for those who answered before and after.

    `seen` are the organisations whose figures this viewer can open (None: all of them); the others count as one part, because
    they can be worked out from the total.
    """
    found = []
    for phase in Phase.values:
        counts = answers.counts(question, phase, organisation=organisation)
        if n := sum(counts):
            is_hidden = n < INSIDE.means if organisation is None else organisation in _hidden(answers.sizes(question, phase), seen)
            found.append(PhaseCounts(phase, n, [] if is_hidden else counts, is_hidden))
    if organisation is None and all(not one.is_hidden for one in found):
        found += _paired(answers, question)
    return found


def _paired(answers: Answers, question: str) -> list[PhaseCounts]:
    """Those who answered both before and after, for everybody together only: by municipality, who did not could be worked out."""
    before, after = answers.people(question, Phase.BEFORE), answers.people(question, Phase.AFTER)
    both = before & after
    rest = (len(before - both), len(after - both))
    if len(both) < INSIDE.means or not any(rest) or any(0 < one < INSIDE.means for one in rest):
        return []
    return [
        PhaseCounts(phase, len(both), answers.counts(question, phase, people=both), False, is_paired=True)
        for phase in (Phase.BEFORE, Phase.AFTER)
    ]


def _hidden(sizes: Mapping[int, int], seen: Iterable[int] | None) -> frozenset[Any]:
    """Which organisations are hidden among those a viewer can open, together with the rest as one part."""
    if seen is None:
        return hidden_parts(sizes, threshold=INSIDE.means)
    opened = set(seen)
    parts: dict[Any, int] = {key: size for key, size in sizes.items() if key in opened}
    rest = sum(size for key, size in sizes.items() if key not in opened)
    return hidden_parts({**parts, "rest": rest} if rest else parts, threshold=INSIDE.means)


@dataclass(frozen=True)
class LevelChange:
    """A mean level before and after, of people who have both; hidden where they are fewer than five."""

    label: str
    before: float
    after: float
    n: int
    is_hidden: bool


def level_changes(
    programme: Programme, *, organisation: Organisation | None, seen: Iterable[int] | None, only: Competence | None = None
) -> list[LevelChange]:
    """Own ratings before and after by competence (or of one), of people who have both; only of rounds that are closed."""
    pairs = _pairs(programme, only)
    where = dict(Participation.objects.filter(programme=programme).values_list("person_id", "organisation_id"))
    asked = Competence.objects.filter(framework__programme=programme, retired_at=None)
    names = {one.pk: str(one) for one in (asked.filter(pk=only.pk) if only else asked)}
    changes = []
    for competence, label in names.items():
        rows = pairs.get(competence, {})
        sizes: dict[int, int] = defaultdict(int)
        for person in rows:
            if person in where:
                sizes[where[person]] += 1
        chosen = [levels for person, levels in rows.items() if person in where and (organisation is None or where[person] == organisation.pk)]
        if chosen:
            hidden = len(chosen) < INSIDE.means if organisation is None else organisation.pk in _hidden(sizes, seen)
            changes.append(_change(label, chosen, hidden=hidden))
    return changes


def unit_changes(programme: Programme, organisation: Organisation) -> list[LevelChange]:
    """The mean of all competences before and after, unit by unit of one organisation; small units hidden with a neighbour."""
    by_unit: dict[str, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    employed = current_employments().filter(organisation=organisation).exclude(unit=None)
    units = dict(employed.values_list("person_id", "unit__name"))
    taking_part = set(Participation.objects.filter(programme=programme, organisation=organisation).values_list("person_id", flat=True))
    for rows in _pairs(programme).values():
        for person, levels in rows.items():
            if person in taking_part:
                by_unit[units.get(person, "")][person].append(levels)
    hidden = hidden_parts({name: len(people) for name, people in by_unit.items()}, threshold=INSIDE.means)
    found = []
    for name, people in sorted(by_unit.items()):
        means = [(sum(a for a, _b in some) / len(some), sum(b for _a, b in some) / len(some)) for some in people.values()]
        if name:
            found.append(_change(name, means, hidden=name in hidden))
    return found


def _change(label: str, levels: list[Any], *, hidden: bool) -> LevelChange:
    n = len(levels)
    if hidden:
        return LevelChange(label, 0, 0, n, True)
    return LevelChange(label, sum(one[0] for one in levels) / n, sum(one[1] for one in levels) / n, n, False)


def _pairs(programme: Programme, only: Competence | None = None) -> dict[int, dict[int, tuple[int, int]]]:
    """competence → person → (level before, level after); six months later counts as after where it is there."""
    today = clock.today()
    closed = Q(round__closed_at__isnull=False) | Q(round__closes_on__lt=today)
    rows = Rating.objects.filter(closed, competence__framework__programme=programme, kind=Rating.Kind.SELF, is_latest=True).order_by("pk")
    rows = rows.exclude(person__in=left_out(programme))
    if only is not None:
        rows = rows.filter(competence=only)
    found: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for competence, person, phase, level in rows.values_list("competence_id", "person_id", "round__phase", "level"):
        found[competence][person][phase] = level
    return {
        competence: {
            person: (levels[Phase.BEFORE], levels.get(Phase.LATER, levels.get(Phase.AFTER, 0)))
            for person, levels in people.items()
            if Phase.BEFORE in levels and (Phase.AFTER in levels or Phase.LATER in levels)
        }
        for competence, people in found.items()
    }
