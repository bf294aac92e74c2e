"""Frameworks and role profiles: brought in, written, aimed and given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from handrail.competences import rules
from handrail.competences.events import (
    FrameworkChanged,
    ProfileAdded,
    ProfileAssigned,
    ProfileChanged,
    ProfilesAssigned,
    TargetsSet,
)
from handrail.competences.models import (
    Area,
    Competence,
    Framework,
    LevelText,
    ProfileAssignment,
    ProfileTarget,
    RoleProfile,
)
from handrail.competences.queries import staff_to_assign
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Organisation, Person

Texts = Mapping[str, str]
HEAVIEST = Decimal("9.99")


@transaction.atomic
def save_area(
    *, framework: Framework, code: str, name: Texts, order: int | None = None, area: Area | None = None, by: Person | None
) -> Area:
    """Write an area of a framework, a new one or the one given. Raises RuleBroken for a code that is taken."""
    _named(name, code)
    taken = Area.objects.filter(framework=framework, code=code).exclude(pk=area.pk if area else 0)
    if taken.exists():
        raise RuleBroken(_("The code “%(code)s” is taken by another area. Choose another.") % {"code": code}, field="code")
    row = area or Area(framework=framework, order=framework.areas.count())
    row.code, row.name = code, _merged(row.name, name)
    if order is not None:
        row.order = order
    row.save()
    announce(FrameworkChanged(framework.uid, row.uid, ("code", "name")), by=by)
    return row


@transaction.atomic
def save_competence(
    *, area: Area, code: str, name: Texts, description: Texts | None = None, levels: Mapping[int, Texts] | None = None,
    competence: Competence | None = None, by: Person | None,
) -> Competence:  # fmt: skip
    """Write a competence with its level texts, a new one or the one given; texts in other languages stay.

    Raises RuleBroken for a code that another competence has.
    """
    _named(name, code)
    framework = area.framework
    taken = Competence.objects.filter(framework=framework, code=code).exclude(pk=competence.pk if competence else 0)
    if taken.exists():
        raise RuleBroken(_("The code “%(code)s” is taken by another competence. Choose another.") % {"code": code}, field="code")
    row = competence or Competence(framework=framework, order=area.competences.count())
    row.area, row.code, row.name, row.retired_at = area, code, _merged(row.name, name), None
    row.description = _merged(row.description, description or {})
    row.save()
    for level, text in (levels or {}).items():
        rules.check_level(level)
        kept = LevelText.objects.filter(competence=row, level=level).first() or LevelText(competence=row, level=level)
        kept.text = _merged(kept.text, text)
        kept.save()
    announce(FrameworkChanged(framework.uid, row.uid, ("code", "name", "description", "levels")), by=by)
    return row


@transaction.atomic
def retire_competence(*, competence: Competence, by: Person | None) -> Competence:
    """Take a competence out of use; its ratings stay, and bringing it in again revives it."""
    competence.retired_at = clock.now()
    competence.save(update_fields=["retired_at"])
    announce(FrameworkChanged(competence.framework.uid, competence.uid, ("retired_at",)), by=by)
    return competence


@transaction.atomic
def add_profile(
    *, framework: Framework, code: str, name: Texts, job_titles: Sequence[str] = (), is_default: bool = False, by: Person | None
) -> RoleProfile:
    """Add a role profile, and the job titles that lead to it. Raises RuleBroken for a code that is taken."""
    _named(name, code)
    try:
        with transaction.atomic():
            profile = RoleProfile.objects.create(
                framework=framework, code=code, name=dict(name), job_titles=list(job_titles), is_default=is_default
            )
    except IntegrityError:
        raise RuleBroken(_("The code “%(code)s” is taken by another role profile. Choose another.") % {"code": code}, field="code") from None
    if is_default:
        RoleProfile.objects.filter(framework=framework, is_default=True).exclude(pk=profile.pk).update(is_default=False)
    announce(ProfileAdded(profile.uid, framework.uid), by=by)
    return profile


@transaction.atomic
def change_profile(
    *, profile: RoleProfile, name: Texts, job_titles: Sequence[str], is_default: bool, by: Person | None
) -> RoleProfile:
    """Rename a role profile and say which job titles lead to it; people who have it keep it."""
    _named(name, profile.code)
    profile.name, profile.job_titles, profile.is_default = _merged(profile.name, name), list(job_titles), is_default
    profile.save()
    if is_default:
        RoleProfile.objects.filter(framework=profile.framework, is_default=True).exclude(pk=profile.pk).update(is_default=False)
    announce(ProfileChanged(profile.uid, profile.framework.uid, ("name", "job_titles", "is_default")), by=by)
    return profile


@transaction.atomic
def set_target(
    *, profile: RoleProfile, competence: Competence, level: int | None, weight: Decimal | int | float = 1, by: Person | None
) -> ProfileTarget | None:
    """Say which level (0 to 4) a role profile asks in a competence and how much it weighs; level None asks it no longer."""
    found = set_targets(profile=profile, targets={competence: (level, Decimal(str(weight)))}, by=by)
    return found[0] if found else None


@transaction.atomic
def set_targets(
    *, profile: RoleProfile, targets: Mapping[Competence, tuple[int | None, Decimal]], by: Person | None
) -> list[ProfileTarget]:
    """Say at once what a role profile asks: (level or None, weight) by competence; the others stay as they are."""
    before = {row.competence_id: row for row in ProfileTarget.objects.filter(profile=profile)}
    changed, kept = [], []
    for competence, (level, weight) in targets.items():
        if competence.framework_id != profile.framework_id:
            raise RuleBroken(_("The competence “%(code)s” belongs to another framework.") % {"code": competence.code}, field="competence")
        row = before.get(competence.pk)
        if level is None:
            if row is not None:
                row.delete()
                changed.append(competence.uid)
            continue
        rules.check_level(level)
        if not 0 < weight <= HEAVIEST:
            raise RuleBroken(_("A weight lies over 0 and under 10. 1 is usual, 2 counts twice."), field="weight")
        if row is None or (row.level, row.weight) != (level, weight):
            row = row or ProfileTarget(profile=profile, competence=competence)
            row.level, row.weight = level, weight
            row.save()
            changed.append(competence.uid)
        kept.append(row)
    if changed:
        announce(TargetsSet(profile.uid, profile.framework.uid, tuple(changed)), by=by)
    return kept


# --- who has which ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def assign_profile(*, person: Person, profile: RoleProfile, by: Person | None) -> ProfileAssignment:
    """Give a person a role profile by hand; the one before is kept as history."""
    now = ProfileAssignment.objects.filter(person=person, is_current=True).first()
    if now is not None and now.profile_id == profile.pk:
        return now
    ProfileAssignment.objects.filter(person=person, is_current=True).update(is_current=False)
    row = ProfileAssignment.objects.create(person=person, profile=profile, assigned_at=clock.now(), assigned_by=by)
    announce(ProfileAssigned(person.uid, profile.uid), by=by)
    return row


@transaction.atomic
def assign_profiles_by_title(
    framework: Framework, organisation: Organisation | None = None, *, by: Person | None
) -> int:
    """Give everybody without a role profile the one that the job title leads to; answers how many.

    Titles that no profile names, or two name equally, are left for a person to decide. Nobody's profile is changed.
    """
    titles = {profile.pk: profile.job_titles for profile in RoleProfile.objects.filter(framework=framework)}
    return _assign(
        framework, organisation, by,
        {person: rules.profile_for_title(title, titles) for person, title in _without_profile(framework, organisation)},
    )  # fmt: skip


@transaction.atomic
def assign_profile_to_title(
    *, framework: Framework, organisation: Organisation, title: str, profile: RoleProfile, by: Person | None
) -> int:
    """Give everybody in an organisation with a job title, and without a role profile, this one; answers how many."""
    if profile.framework_id != framework.pk:
        raise RuleBroken(_("The role profile belongs to another framework."), field="profile")
    wanted = rules.plain_title(title)
    found = {
        person: profile.pk for person, own in _without_profile(framework, organisation) if rules.plain_title(own) == wanted
    }
    return _assign(framework, organisation, by, found)


def _without_profile(framework: Framework, organisation: Organisation | None) -> list[tuple[int, str]]:
    decided = set(
        ProfileAssignment.objects.filter(is_current=True, profile__framework=framework).values_list("person_id", flat=True)
    )
    rows = staff_to_assign(framework, organisation).values_list("person_id", "job_title")
    return [(person, title) for person, title in rows if person not in decided]


def _assign(framework: Framework, organisation: Organisation | None, by: Person | None, found: Mapping[int, Any]) -> int:
    given = {person: profile for person, profile in found.items() if profile is not None}
    if not given:
        return 0
    ProfileAssignment.objects.filter(person_id__in=list(given), is_current=True).update(is_current=False)
    now = clock.now()
    ProfileAssignment.objects.bulk_create(
        ProfileAssignment(person_id=person, profile_id=profile, assigned_at=now, assigned_by=by) for person, profile in given.items()
    )
    announce(ProfilesAssigned(framework.uid, organisation.uid if organisation else None, len(given)), by=by)
    return len(given)


def _named(name: Texts, code: str) -> None:
    if not code.strip() or len(code) > 40:
        raise RuleBroken(_("A code of 1 to 40 characters is needed."), field="code")
    if not any(text.strip() for text in name.values()):
        raise RuleBroken(_("A name is needed."), field="name")


def _merged(before: Texts | None, after: Texts) -> dict[str, str]:
    return {**(before or {}), **{code: text.strip() for code, text in after.items() if text is not None}}
