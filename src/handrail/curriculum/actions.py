"""Changes modules and learning outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from handrail.competences.models import Competence
from handrail.curriculum import events, rules
from handrail.curriculum.models import LearningOutcome, Module
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.events import announce
from handrail.kit.text import _
from handrail.people.models import Person
from handrail.programmes.models import Programme

Text = str | Mapping[str, str] | None


@transaction.atomic
def add_module(
    *, programme: Programme, code: str, title: Text, form: str, minutes: int, description: Text = None,
    requires: Module | None = None, prepares_for: str = "", by: Person,
) -> Module:  # fmt: skip
    """Add a module to a programme. `minutes` is its usual length without breaks; `prepares_for` names a role whose course it is."""
    facts = _checked(programme, None, code=code, title=title, form=form, minutes=minutes, description=description, requires=requires)
    module = Module.objects.create(programme=programme, prepares_for=prepares_for, **facts)
    announce(events.ModuleAdded(module.uid, programme.uid), by=by)
    return module


@transaction.atomic
def change_module(
    *, module: Module, code: str, title: Text, form: str, minutes: int, description: Text = None,
    requires: Module | None = None, prepares_for: str = "", by: Person,
) -> Module:  # fmt: skip
    """Change a module's facts; sessions that were held keep their own times."""
    facts = _checked(module.programme, module, code=code, title=title, form=form, minutes=minutes, description=description, requires=requires)
    facts["prepares_for"] = prepares_for
    changed = tuple(name for name, value in facts.items() if getattr(module, name) != value)
    for name in changed:
        setattr(module, name, facts[name])
    if changed:
        module.save(update_fields=list(changed))
        announce(events.ModuleChanged(module.uid, changed), by=by)
    return module


@transaction.atomic
def retire_module(*, module: Module, by: Person) -> Module:
    """Stop offering a module. What was held of it stays, and so do its outcomes."""
    if module.retired_at is None:
        module.retired_at = clock.now()
        module.save(update_fields=["retired_at"])
        announce(events.ModuleRetired(module.uid), by=by)
    return module


@transaction.atomic
def add_outcome(
    *, module: Module, code: str, statement: Text, competence: Competence, to_level: int, adds: int = 1, by: Person
) -> LearningOutcome:
    """Say what a participant can do after a module: which competence, to which level, adding how many levels at most."""
    facts = _checked_outcome(module, None, code=code, statement=statement, competence=competence, to_level=to_level, adds=adds)
    last = module.outcomes.aggregate(last=Max("order"))["last"]
    outcome = LearningOutcome.objects.create(module=module, order=(last or 0) + 1, **facts)
    announce(events.OutcomeAdded(outcome.uid, module.uid, competence.uid), by=by)
    return outcome


@transaction.atomic
def change_outcome(
    *, outcome: LearningOutcome, code: str, statement: Text, competence: Competence, to_level: int, adds: int = 1, by: Person
) -> LearningOutcome:
    """Reword a learning outcome or lead it elsewhere."""
    facts = _checked_outcome(outcome.module, outcome, code=code, statement=statement, competence=competence, to_level=to_level, adds=adds)
    changed = tuple(name for name, value in facts.items() if getattr(outcome, name) != value)
    for name in changed:
        setattr(outcome, name, facts[name])
    if changed:
        outcome.save(update_fields=list(changed))
        announce(events.OutcomeChanged(outcome.uid, outcome.module.uid, changed), by=by)
    return outcome


@transaction.atomic
def remove_outcome(*, outcome: LearningOutcome, by: Person) -> None:
    """Take a learning outcome out of its module."""
    event = events.OutcomeRemoved(outcome.uid, outcome.module.uid)
    outcome.delete()
    announce(event, by=by)


def _checked(programme: Programme, module: Module | None, **facts: Any) -> dict[str, Any]:
    facts["code"] = facts["code"].strip()
    facts["title"] = rules.texts(facts["title"], settings.LANGUAGE_CODE)
    facts["description"] = rules.texts(facts["description"], settings.LANGUAGE_CODE)
    if not facts["code"]:
        raise RuleBroken(_("Give the module a short code, such as M3."), field="code")
    if not facts["title"]:
        raise RuleBroken(_("Give the module a title."), field="title_sv")
    if not 1 <= facts["minutes"] <= 24 * 60:
        raise RuleBroken(_("A module lasts 1 to 1 440 minutes."), field="minutes")
    others = Module.objects.filter(programme=programme, code=facts["code"])
    if (others.exclude(pk=module.pk) if module else others).exists():
        raise RuleBroken(_("Another module is already called %(code)s. Choose another code.") % {"code": facts["code"]}, field="code")
    if module and facts["requires"]:
        rules.check_chain(module.pk, _chain(facts["requires"]))
    return facts


def _chain(module: Module | None) -> list[int]:
    """The ids of a module, of what it asks for, and so on."""
    ids: list[int] = []
    while module is not None and module.pk not in ids:
        ids.append(module.pk)
        module = module.requires
    return ids


def _checked_outcome(module: Module, outcome: LearningOutcome | None, **facts: Any) -> dict[str, Any]:
    facts["code"] = facts["code"].strip()
    facts["statement"] = rules.texts(facts["statement"], settings.LANGUAGE_CODE)
    rules.check_outcome(statement=facts["statement"], to_level=facts["to_level"], adds=facts["adds"])
    if not facts["code"]:
        raise RuleBroken(_("Give the outcome a short code, such as M3.1."), field="code")
    if facts["competence"].framework.programme_id != module.programme_id:
        raise RuleBroken(_("The competence belongs to another programme. Choose one of this programme's."), field="competence")
    same = module.outcomes.filter(code=facts["code"])
    if (same.exclude(pk=outcome.pk) if outcome else same).exists():
        raise RuleBroken(_("Another outcome of the module is already called %(code)s.") % {"code": facts["code"]}, field="code")
    return facts
