"""Entering a programme: who owns it, who takes part, what pays for it, what it aims at, what visitors read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.core.validators import slug_re
from django.db.transaction import atomic

from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Organisation, Person
from handrail.programmes.events import (
    AreaAdded,
    ContactPersonNamed,
    FundingLineAdded,
    PartnerAdded,
    ProgrammeStarted,
    PublicPageChanged,
    TargetGroupAdded,
)
from handrail.programmes.models import DevelopmentArea, FundingLine, Partner, Programme, TargetGroup

Texts = Mapping[str, str]


@atomic
def start_programme(
    *,
    slug: str,
    code: str,
    name: Texts,
    owner: Organisation,
    starts_on: date,
    ends_on: date,
    summary: Texts | None = None,
    background: Texts | None = None,
    currency: str = "SEK",
    funder: Texts | None = None,
    funder_statement: Texts | None = None,
    funder_emblem: str = "",
    is_demonstration: bool = False,
    is_public: bool = True,
    by: Person | None,
) -> Programme:
    """Enter a funded programme with its owner, period and public words. `code` begins participation numbers.

    Raises RuleBroken when it would end before it starts, or its address is not plain letters, or is taken.
    """
    if ends_on < starts_on:
        raise RuleBroken(_("The programme would end before it starts. Choose a later last day."), field="ends_on")
    if not slug_re.match(slug):
        raise RuleBroken(_("Use letters a to z, digits and hyphens in the address."), field="slug")
    if Programme.objects.filter(slug=slug).exists():
        raise RuleBroken(_("Another programme has this address. Choose a different one."), field="slug")
    if not code.strip() or not any(name.values()):
        raise RuleBroken(_("Give the programme a name and a short code."), field="name")
    programme = Programme.objects.create(
        slug=slug, code=code.strip(), name=dict(name), owner=owner, starts_on=starts_on, ends_on=ends_on,
        summary=dict(summary or {}), background=dict(background or {}), currency=currency, funder=dict(funder or {}),
        funder_statement=dict(funder_statement or {}), funder_emblem=funder_emblem, is_demonstration=is_demonstration,
        is_public=is_public,
    )  # fmt: skip
    programme.refresh_from_db(fields=["name", "summary", "background", "funder", "funder_statement"])
    announce(ProgrammeStarted(programme.uid, owner.uid), by=by)
    return programme


@atomic
def add_partner(
    *,
    programme: Programme,
    organisation: Organisation,
    part: str,
    order: int = 0,
    contact_person: Person | None = None,
    by: Person | None,
) -> Partner:
    """Let an organisation take part in a programme as owner, participating municipality or partner.

    Raises RuleBroken when it takes part already, or the part is unknown.
    """
    if part not in Partner.Part.values:
        raise RuleBroken(_("Choose what part the organisation has."), field="part")
    if Partner.objects.filter(programme=programme, organisation=organisation).exists():
        raise RuleBroken(_("This organisation already takes part."), field="organisation")
    partner = Partner.objects.create(
        programme=programme, organisation=organisation, part=part, order=order, contact_person=contact_person
    )
    announce(PartnerAdded(programme.uid, organisation.uid, part), by=by)
    return partner


@atomic
def name_contact_person(*, partner: Partner, contact_person: Person | None, by: Person | None) -> Partner:
    """Say who gets what visitors write to a partner; the address itself is never shown.

    Raises RuleBroken when the person has no e-mail address.
    """
    if contact_person is not None and not contact_person.identity.email:
        raise RuleBroken(_("The person has no e-mail address. Choose somebody who has one."), field="contact_person")
    partner.contact_person = contact_person
    partner.save(update_fields=["contact_person"])
    announce(
        ContactPersonNamed(partner.programme.uid, partner.organisation.uid, contact_person.uid if contact_person else None),
        by=by,
    )
    return partner


@atomic
def add_funding_line(
    *, programme: Programme, name: Texts, amount: Decimal, participation_share: Decimal, source: str, by: Person | None
) -> FundingLine:
    """Enter money of the budget and the share that participation must bring (0.25 is 25 %), with where that stands.

    Raises RuleBroken for a negative amount, a share outside 0 to 1, or no source.
    """
    if amount < 0:
        raise RuleBroken(_("An amount is not negative."), field="amount")
    if not 0 <= participation_share <= 1:
        raise RuleBroken(_("The share lies between 0 and 100 %."), field="participation_share")
    if not source.strip():
        raise RuleBroken(_("Say where the amount stands: the decision, its date and page."), field="source")
    line = FundingLine.objects.create(
        programme=programme, name=dict(name), amount=amount, participation_share=participation_share, source=source.strip()
    )
    announce(FundingLineAdded(programme.uid, line.uid), by=by)
    return line


@atomic
def add_area(*, programme: Programme, code: str, name: Texts, order: int, by: Person | None) -> DevelopmentArea:
    """Name an area in which the programme develops competence.

    Raises RuleBroken when the code is taken.
    """
    if DevelopmentArea.objects.filter(programme=programme, code=code).exists():
        raise RuleBroken(_("Another area has this code. Choose a different one."), field="code")
    area = DevelopmentArea.objects.create(programme=programme, code=code, name=dict(name), order=order)
    announce(AreaAdded(programme.uid, area.uid), by=by)
    return area


@atomic
def add_target_group(*, programme: Programme, name: Texts, order: int, by: Person | None) -> TargetGroup:
    """Name a group of people that the programme's application aims at."""
    if not any(name.values()):
        raise RuleBroken(_("Write the target group's name."), field="name")
    group = TargetGroup.objects.create(programme=programme, name=dict(name), order=order)
    announce(TargetGroupAdded(programme.uid, group.uid), by=by)
    return group


@atomic
def change_public_page(
    *,
    programme: Programme,
    summary: Texts | None = None,
    background: Texts | None = None,
    funder: Texts | None = None,
    funder_statement: Texts | None = None,
    funder_emblem: str | None = None,
    is_public: bool | None = None,
    by: Person | None,
) -> Programme:
    """Change what visitors read about a programme; what is left out stays as it is."""
    wanted = {
        "summary": summary, "background": background, "funder": funder, "funder_statement": funder_statement,
        "funder_emblem": funder_emblem, "is_public": is_public,
    }  # fmt: skip
    changed = []
    for field, value in wanted.items():
        plain = dict(value) if isinstance(value, Mapping) else value
        if plain is not None and plain != getattr(programme, field):
            setattr(programme, field, plain)
            changed.append(field)
    if changed:
        programme.save(update_fields=changed)
        programme.refresh_from_db(fields=changed)
        announce(PublicPageChanged(programme.uid, tuple(changed)), by=by)
    return programme
