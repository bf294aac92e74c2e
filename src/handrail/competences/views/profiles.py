"""Role profiles: what each role asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.competences import access, actions, queries
from handrail.competences.forms import ProfileForm, TargetsForm
from handrail.competences.models import Framework, RoleProfile
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _


@screen(queries.frameworks_visible_to)
def profile_list(request: HttpRequest, framework: Framework) -> HttpResponse:
    """Every role profile's targets side by side."""
    profiles, targets = list(queries.profiles_of(framework)), queries.targets_of(framework)
    rows = [
        (area, [(one, [targets.get((profile.pk, one.pk)) for profile in profiles]) for one in competences])
        for area, competences in queries.MapTable([], list(queries.competences_of(framework))).areas()
    ]
    person = request.person  # type: ignore[attr-defined]
    return page(
        request, "competences/profile_list.html", framework=framework, profiles=profiles, rows=rows,
        may_edit=access.may_edit_framework(person, framework), may_assign=access.may_assign_profiles(person, framework),
    )  # fmt: skip


@screen(queries.frameworks_edited_by)
def profile_add(request: HttpRequest, framework: Framework) -> HttpResponse:
    """Add a role profile."""
    form = ProfileForm.of(request)
    if profile := form.perform(actions.add_profile, framework=framework, by=request.person):  # type: ignore[attr-defined]
        return redirect("competences:profile_targets", profile.uid)
    return page(request, "competences/form.html", form=form, framework=framework, title=_("Add a role profile"), submit=_("Add the role profile"))


@screen(queries.profiles_edited_by)
def profile_edit(request: HttpRequest, profile: RoleProfile) -> HttpResponse:
    """Rename a role profile, say which job titles lead to it."""
    form = ProfileForm.of(request, profile=profile)
    if form.perform(actions.change_profile, profile=profile, by=request.person):  # type: ignore[attr-defined]
        return redirect("competences:profile_list", profile.framework.uid)
    return page(request, "competences/form.html", form=form, framework=profile.framework, title=profile, submit=_("Save the role profile"))


@screen(queries.profiles_edited_by)
def profile_targets(request: HttpRequest, profile: RoleProfile) -> HttpResponse:
    """Target level and weight, competence by competence."""
    framework = profile.framework
    targets = {key[1]: row for key, row in queries.targets_of(framework).items() if key[0] == profile.pk}
    form = TargetsForm.of(
        request, competences=queries.competences_of(framework), targets=targets, level_names=queries.level_names(framework)
    )
    if form.perform(actions.set_targets, profile=profile, by=request.person) is not None:  # type: ignore[attr-defined]
        message(request, _("The targets are saved. The map follows in a moment."))
        return redirect("competences:profile_list", framework.uid)
    return page(request, "competences/profile_targets.html", form=form, profile=profile, framework=framework)
