"""Screens of modules and their learning outcomes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.curriculum import access, actions, queries
from handrail.curriculum.forms import ModuleForm, OutcomeForm
from handrail.curriculum.models import LearningOutcome, Module
from handrail.kit import slots
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to


@screen(programmes_visible_to, may=access.may_see_modules)
def module_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """All modules of a programme, under the areas that their outcomes lead to."""
    modules = list(queries.modules_visible_to(request.person).filter(programme=programme, retired_at=None))
    outcomes = queries.outcomes_of(module.pk for module in modules)
    rows = [queries.module_row(module, outcomes.get(module.pk, [])) for module in modules]
    return page(
        request, "curriculum/module_list.html", programme=programme, areas=queries.modules_by_area(rows), total=len(rows),
        without=sum(not row.outcomes for row in rows), may_edit=access.may_edit_modules(request.person, programme),
    )  # fmt: skip


@screen(queries.modules_visible_to)
def module_detail(request: HttpRequest, module: Module) -> HttpResponse:
    """A module: what it leads to, what it asks for, which sessions hold it."""
    row = queries.module_row(module, queries.outcomes_of([module.pk]).get(module.pk, []))
    panels = sorted(slots.gathered("module.panels", request.person, module), key=lambda panel: panel.order)
    may_edit = access.may_edit_module(request.person, module)
    return page(request, "curriculum/module_detail.html", module=module, row=row, panels=panels, may_edit=may_edit)


@screen(programmes_visible_to, may=access.may_edit_modules)
def module_add(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Add a module."""
    form = ModuleForm.of(request, programme=programme)
    if module := form.perform(actions.add_module, programme=programme, by=request.person):
        return redirect("curriculum:module_detail", uid=module.uid)
    return page(request, "curriculum/module_form.html", programme=programme, form=form)


@screen(queries.modules_visible_to, may=access.may_edit_module)
def module_change(request: HttpRequest, module: Module) -> HttpResponse:
    """Change a module's facts."""
    form = ModuleForm.of(request, programme=module.programme, module=module)
    if form.perform(actions.change_module, module=module, by=request.person):
        message(request, _("The module is saved."))
        return redirect("curriculum:module_detail", uid=module.uid)
    return page(request, "curriculum/module_form.html", programme=module.programme, module=module, form=form)


@screen(queries.modules_visible_to, may=access.may_edit_module)
def module_retire(request: HttpRequest, module: Module) -> HttpResponse:
    """Stop offering a module, after asking once."""
    if request.method == "POST":
        actions.retire_module(module=module, by=request.person)
        message(request, _("The module is no longer offered. What was held of it stays."))
        return redirect("curriculum:module_list", uid=module.programme.uid)
    return page(request, "curriculum/module_retire.html", module=module)


@screen(queries.modules_visible_to, may=access.may_edit_module)
def outcome_add(request: HttpRequest, module: Module) -> HttpResponse:
    """Add a learning outcome to a module."""
    form = OutcomeForm.of(request, programme=module.programme)
    if form.perform(actions.add_outcome, module=module, by=request.person):
        return redirect("curriculum:module_detail", uid=module.uid)
    return page(request, "curriculum/outcome_form.html", module=module, form=form)


@screen(queries.outcomes_visible_to, may=access.may_edit_outcome)
def outcome_change(request: HttpRequest, outcome: LearningOutcome) -> HttpResponse:
    """Reword a learning outcome."""
    form = OutcomeForm.of(request, programme=outcome.module.programme, outcome=outcome)
    if form.perform(actions.change_outcome, outcome=outcome, by=request.person):
        return redirect("curriculum:module_detail", uid=outcome.module.uid)
    return page(request, "curriculum/outcome_form.html", module=outcome.module, outcome=outcome, form=form)


@screen(queries.outcomes_visible_to, may=access.may_edit_outcome)
def outcome_remove(request: HttpRequest, outcome: LearningOutcome) -> HttpResponse:
    """Take an outcome out of its module, after asking once."""
    module = outcome.module
    if request.method == "POST":
        actions.remove_outcome(outcome=outcome, by=request.person)
        message(request, _("The outcome is removed."))
        return redirect("curriculum:module_detail", uid=module.uid)
    return page(request, "curriculum/outcome_remove.html", module=module, outcome=outcome)
