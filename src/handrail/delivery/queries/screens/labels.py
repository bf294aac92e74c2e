"""What people are called on a screen, and why they have their seat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handrail.competences.models import Competence
from handrail.curriculum.models import LearningOutcome
from handrail.delivery.models import Seat, Session
from handrail.delivery.rules import Why, why_sentence
from handrail.people.models import Identity, Person, Role
from handrail.people.queries import ERASED_NAME, names_visible_to, persons_consenting
from handrail.programmes.models import Programme
from handrail.programmes.queries import numbers_of


@dataclass(frozen=True)
class Label:
    """What a person is called on this screen: the name, or the participation number where the name may not stand."""

    text: str
    sub: str = ""
    is_number: bool = False


def labels_for(viewer: Person | None, programme: Programme, seats: Sequence[Seat], *, all_names: bool) -> dict[int, Label]:
    """Names for those whom the viewer may name (`all_names`: a trainer's own session), numbers for the rest and for protected identities."""
    if seats and seats[0].session.for_newcomers:
        return newcomer_labels(seats[0].session, seats)
    ids = [seat.person_id for seat in seats]
    names = names_visible_to(viewer, ids, also=ids if all_names else ())
    nameless = [pk for pk in ids if names[pk].is_hidden]
    numbers = numbers_of(programme, nameless) if nameless else {}
    found = {}
    for seat in seats:
        name = names[seat.person_id]
        place = ", ".join(str(one) for one in (seat.organisation, seat.unit) if one)
        if name.is_hidden:
            found[seat.person_id] = Label(numbers.get(seat.person_id, name.text), str(seat.organisation), is_number=True)
        else:
            found[seat.person_id] = Label(name.text, place)
    return found


def newcomer_labels(session: Session, seats: Sequence[Seat]) -> dict[int, Label]:
    """What the trainers of a newcomers' course read: given name and number; the number alone where another organisation than the person's own
    holds it and the person has not agreed that it may know the first name. A protected name never."""
    holder = session.organisation or session.programme.owner
    ids = [seat.person_id for seat in seats]
    agreed = persons_consenting([seat.person_id for seat in seats if seat.organisation_id != holder.pk], holder.uid)
    told = {seat.person_id for seat in seats if seat.organisation_id == holder.pk or "first_name" in agreed.get(seat.person_id, ())}
    names = dict(Identity.objects.filter(person_id__in=told, is_protected=False).values_list("person_id", "given_name"))
    numbers = numbers_of(session.programme, ids)
    return {
        pk: Label(names[pk], numbers.get(pk, "")) if names.get(pk) else Label(numbers.get(pk) or str(ERASED_NAME), is_number=True) for pk in ids
    }


def why_of(seats: Sequence[Seat], *, viewer: Person | None) -> dict[int, Why]:
    """Why each of these seats is theirs, in one sentence each; levels only in the viewer's own."""
    uids = {str(gap.get("competence")) for seat in seats for gap in (seat.why.get("gaps") or [seat.why]) if gap.get("competence")}
    names = {str(one.uid): str(one.name) for one in Competence.objects.filter(uid__in=uids)} if uids else {}
    trains: dict[int, list[str]] = {}
    outcomes = LearningOutcome.objects.filter(module_id__in={seat.session.module_id for seat in seats}).select_related("competence")
    for outcome in outcomes:
        known = trains.setdefault(outcome.module_id, [])
        if str(outcome.competence.name) not in known:
            known.append(str(outcome.competence.name))
    roles = {role.value: role.label for role in Role}
    return {
        seat.pk: why_sentence(
            seat.why, own=viewer is not None and seat.person_id == viewer.pk, competences=names,
            trains=", ".join(trains.get(seat.session.module_id, [])), roles=roles,
        )
        for seat in seats
    }  # fmt: skip
