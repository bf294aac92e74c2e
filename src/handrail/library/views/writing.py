"""Writing a card part by part: the same four pages for those who sign in and for those who came by link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from handrail.kit.forms import ActionForm
from handrail.kit.text import _
from handrail.library import actions, queries, rules
from handrail.library.forms import ContactForm, SortForm, WordsForm
from handrail.library.models import Practice
from handrail.people.models import Person

PARTS = {"about": _("What it is about"), "card": _("The card"), "steps": _("How to do the same"), "contact": _("Licence and contact")}


@dataclass(frozen=True)
class Stage:
    """One part of the writing: its name, its address, whether something is still missing."""

    code: str
    label: Any
    url: str
    is_done: bool
    is_here: bool


def form_of(request: HttpRequest, practice: Practice, part: str) -> ActionForm:
    """The form of one part with what stands there already."""
    if part == "about":
        return SortForm.of(request, initial=SortForm.known(practice, queries.tags_of([practice]).get(practice.pk, {})))
    if part == "contact":
        return ContactForm.of(request, initial=ContactForm.known(practice))
    text = queries.text_of(practice, practice.language)
    return WordsForm.of(request, group=part, has_steps=part == "steps", words=text.parts if text else {}, steps=text.steps if text else ())


def saved(form: ActionForm, practice: Practice, part: str, by: Person | None) -> bool:
    """Save one part; False with the reason in the form."""
    action: Any = {"about": actions.sort_practice, "contact": actions.settle_contact}.get(part, actions.write_text)
    return form.perform(action, practice=practice, by=by) is not None


def stages(practice: Practice, here: str, address: Any) -> list[Stage]:
    """The four parts in order, with what is done; `address(part)` says where each stands."""
    text = queries.text_of(practice, practice.language)
    missing = rules.missing_parts(text.parts if text else {})
    groups = {group: {one.code for one in rules.card_parts(group)} for group in ("card", "steps")}
    done = {
        "about": practice.starts_on is not None and bool(queries.tags_of([practice])), "card": not groups["card"] & set(missing),
        "steps": not groups["steps"] & set(missing) and bool(text and text.steps), "contact": bool(practice.licence),
    }  # fmt: skip
    return [Stage(code, label, address(code), done[code], code == here) for code, label in PARTS.items()]


def following(part: str) -> str:
    """The part after this one; the first after the last."""
    order = list(PARTS)
    return order[(order.index(part) + 1) % len(order)]
