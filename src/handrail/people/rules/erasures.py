"""When somebody may be erased: asked for by one, agreed to by another, neither of them the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handrail.kit.errors import RuleBroken
from handrail.kit.text import _


@dataclass(frozen=True)
class Part:
    """What an app keeps of a person, in one sentence: it goes with the person, or stays for a reason; or whoever decides should know."""

    text: Any
    kind: str = "goes"  # or "stays", or "beware"


def sign_of(person: UUID, numbers: Sequence[str]) -> str:
    """What is typed to erase somebody: the participation number, or for whoever has none the first eight signs of the person's identifier."""
    return numbers[0] if numbers else person.hex[:8].upper()


def erasure_may_be_asked(*, person: UUID, by: UUID, is_erased: bool, is_waiting: bool) -> None:
    """Somebody else asks, once. Raises RuleBroken with what to do instead."""
    if by == person:
        raise RuleBroken(_("You cannot erase yourself. Ask your process leader or an administrator."))
    if is_erased:
        raise RuleBroken(_("This person has been erased already."))
    if is_waiting:
        raise RuleBroken(_("This erasure has been asked for already, and waits for somebody else to agree."))


def erasure_may_be_agreed(*, person: UUID, asked_by: UUID, by: UUID, is_waiting: bool) -> None:
    """Another person agrees. Raises RuleBroken with what to do instead."""
    if not is_waiting:
        raise RuleBroken(_("This erasure does not wait any more. Reload the page."))
    if by == person:
        raise RuleBroken(_("This is about yourself. Somebody else has to agree."))
    if by == asked_by:
        raise RuleBroken(_("You asked for it yourself. Somebody else has to agree."))


def check_sign(typed: str, sign: str) -> None:
    """What was typed is the person's sign, whatever its blanks and capitals. Raises RuleBroken (field `typed`)."""
    if "".join(typed.split()).upper() != "".join(sign.split()).upper():
        raise RuleBroken(_("This is not the number above. Write it exactly, so that nobody else is erased."), field="typed")
