"""How groups for group work are formed: an open rule that anybody can check by hand."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class GroupMember(Generic[K]):
    """Somebody to put in a group: where they come from, what they do, and a number that decides between equals."""

    key: K
    organisation: str
    job_title: str
    lot: str = ""


def deal(members: Sequence[GroupMember[K]], count: int) -> list[list[K]]:
    """Even groups that mix organisations and job titles: people stand in line by organisation and title and are dealt out one by one, like cards.

    Sizes differ by at most one. Raises RuleBroken when there are more groups than people.
    """
    if count < 1:
        raise RuleBroken(_("Form at least one group."), field="count")
    if count > len(members):
        raise RuleBroken(
            _("There are %(people)d people for %(groups)d groups. Choose %(people)d groups or fewer.")
            % {"people": len(members), "groups": count}, field="count",
        )  # fmt: skip
    line = sorted(members, key=lambda one: (one.organisation, one.job_title.casefold(), one.lot))
    return [[one.key for one in line[start::count]] for start in range(count)]
