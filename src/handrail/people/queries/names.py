"""Names for a screen: looked up once for all its rows, and only those that the viewer may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from handrail.kit.text import _
from handrail.people.models import Identity, Person
from handrail.people.queries.scope import current_employments, persons_visible_to

A_PARTICIPANT = _("A participant")
ERASED = _("Erased person")


@dataclass(frozen=True)
class Name:
    """How a person is called on this screen. Hidden ones carry no trace of the name."""

    text: str
    initials: str = ""
    is_hidden: bool = False
    is_protected: bool = False
    is_erased: bool = False
    given_name: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Names:
    """Names by person id; whoever is missing is called `otherwise`."""

    by_id: dict[int, Name] = field(default_factory=dict)
    otherwise: Any = A_PARTICIPANT

    def __getitem__(self, person_id: int) -> Name:
        return self.by_id.get(person_id) or Name(str(self.otherwise), is_hidden=True)

    def get(self, person_id: int) -> Name:
        """As indexing, for templates."""
        return self[person_id]


def names_visible_to(viewer: Person | None, person_ids: Iterable[int], *, also: Iterable[int] = ()) -> Names:
    """The names that `viewer` may read among these persons, in one query; a second one where an identity is protected.

    `also` holds persons whom the caller's own rule lets the viewer see (a trainer's participants). A protected identity is
    shown only to the person and the person's line manager; everybody else reads "Protected identity". Who was erased has no name.
    """
    ids = set(person_ids)
    if viewer is None or not ids:
        return Names()
    told = ids & set(also)
    read = Q(person_id__in=told)
    if others := ids - told:
        read |= Q(person__in=persons_visible_to(viewer).filter(pk__in=others))
    rows = list(Identity.objects.filter(read))
    protected = {one.person_id for one in rows if one.is_protected} - {viewer.pk}
    reports = current_employments().filter(manager=viewer, person_id__in=protected).values_list("person_id", flat=True)
    trusted = {viewer.pk, *(reports if protected else ())}
    found: dict[int, Name] = {}
    for identity in rows:
        if identity.is_protected and identity.person_id not in trusted:
            found[identity.person_id] = Name(str(_("Protected identity")), is_hidden=True, is_protected=True)
        else:
            found[identity.person_id] = Name(
                str(identity) or str(_("A participant")), identity.initials, is_protected=identity.is_protected,
                given_name=identity.given_name,
            )  # fmt: skip
    for gone in told - set(found):  # everybody has an identity until they are erased
        found[gone] = Name(str(ERASED), is_hidden=True, is_erased=True)
    return Names(found)
