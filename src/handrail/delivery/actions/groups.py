"""Group work: groups formed, people moved, and what a group made, version after version."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from handrail.delivery import events, queries, rules
from handrail.delivery.actions.seats import locked
from handrail.delivery.models import GroupProduct, Seat, Session, WorkGroup
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person

GROUPS_AT_MOST = 20


@transaction.atomic
def form_groups(*, session: Session, names_or_count: int | Sequence[str], by: Person) -> list[WorkGroup]:
    """Part those who have a seat into even groups that mix organisations and job titles; groups formed before are formed anew.

    Raises RuleBroken when a group has already saved something, or there are more groups than people.
    """
    session = locked(session)
    names = _names(names_or_count)
    if GroupProduct.objects.filter(group__session=session).exists():
        raise RuleBroken(_("The groups have already saved what they made. Move people one by one instead."))
    seats = _people(session)
    titles = queries.workplaces_in({seat.organisation_id for seat in seats}, [seat.person_id for seat in seats])
    members = [
        rules.GroupMember(
            seat.pk, str(seat.organisation_id), work.job_title if (work := titles.get((seat.organisation_id, seat.person_id))) else "", str(seat.uid)
        )
        for seat in seats
    ]
    dealt = rules.deal(members, len(names))
    session.groups.all().delete()
    groups = []
    for name, chosen in zip(names, dealt, strict=True):
        group = WorkGroup.objects.create(session=session, name=name)
        group.members.set(chosen)
        groups.append(group)
    announce(events.GroupsFormed(session.uid, len(groups)), by=by)
    return groups


@transaction.atomic
def put_in_group(*, group: WorkGroup, seat: Seat, by: Person) -> WorkGroup:
    """Put somebody in a group, out of the one they were in."""
    if seat.session_id != group.session_id:
        raise RuleBroken(_("This person has no seat in the group's session."), field="seat")
    seat.groups.set([group])
    announce(events.GroupChanged(group.uid, group.session.uid, seat.uid), by=by)
    return group


@transaction.atomic
def save_group_product(*, group: WorkGroup, title: str, text: str, by: Person) -> GroupProduct:
    """Keep what a group made. A later version stands beside the earlier ones; saving the same again changes nothing."""
    if not title.strip() or not text.strip():
        raise RuleBroken(_("Write a title and what the group arrived at."), field="text" if title.strip() else "title")
    last = group.products.first()
    if last and (last.title, last.text) == (title.strip(), text.strip()):
        return last
    product = GroupProduct.objects.create(group=group, title=title.strip()[:200], text=text.strip(), saved_by=by, saved_at=clock.now())
    announce(events.GroupProductSaved(product.uid, group.uid, group.session.uid), by=by)
    return product


def _names(names_or_count: int | Sequence[str]) -> list[str]:
    if isinstance(names_or_count, int):
        if not 1 <= names_or_count <= GROUPS_AT_MOST:
            raise RuleBroken(_("Form 1 to %(most)d groups.") % {"most": GROUPS_AT_MOST}, field="count")
        return [str(_("Group %(number)d") % {"number": number}) for number in range(1, names_or_count + 1)]
    names = [name.strip() for name in names_or_count if name.strip()]
    if not names or len({name.casefold() for name in names}) < len(names):
        raise RuleBroken(_("Each group needs a name of its own."), field="names")
    return names


def _people(session: Session) -> list[Seat]:
    """Those with a seat; once some are marked present, whoever was marked absent is left out."""
    absent = {person_id for person_id, row in queries.latest_of(session).items() if row.minutes == 0}
    seats = session.seats.filter(state__in=Seat.HOLDING).order_by("id")
    return [seat for seat in seats if seat.person_id not in absent]
