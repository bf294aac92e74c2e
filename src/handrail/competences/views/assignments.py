"""Who has which role profile: by job title, and by hand where a title says too little."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.competences import access, actions, queries
from handrail.competences.forms import PersonProfileForm, TitleForm
from handrail.competences.models import Framework
from handrail.kit.screens import message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _, plural
from handrail.people.models import Person
from handrail.people.queries import names_visible_to, persons_visible_to


@screen(queries.frameworks_assigned_by, may=access.may_assign_profiles)
def assignment_list(request: HttpRequest, framework: Framework) -> HttpResponse:
    """Job titles that wait for a decision, and everybody with their role profile."""
    person = request.person  # type: ignore[attr-defined]
    staff = queries.staff_of(framework, [one.pk for one in queries.organisations_led(person, framework.programme)])
    titles, profiles = queries.titles_of(staff), list(queries.profiles_of(framework))
    wanted = request.GET.get("title")
    shown = paged(request, [row for row in staff if wanted is None or row.title == wanted])
    names = names_visible_to(person, [row.person_id for row in shown.rows])
    return page(
        request, "competences/assignments.html", framework=framework, paged=shown, rows=[(row, names[row.person_id]) for row in shown.rows],
        waiting=[(row, TitleForm(profiles=profiles, initial={"title": row.title}, auto_id=f"t{index}_%s")) for index, row in enumerate(titles) if row.undecided],
        decided=[row for row in titles if not row.undecided], title=wanted, people=len(staff),
    )  # fmt: skip


@screen(queries.frameworks_assigned_by, may=access.may_assign_profiles)
def assignment_by_title(request: HttpRequest, framework: Framework) -> HttpResponse:
    """Give everybody without a role profile the one their job title leads to."""
    if request.method == "POST":
        person = request.person  # type: ignore[attr-defined]
        given = sum(
            actions.assign_profiles_by_title(framework, organisation, by=person)
            for organisation in queries.organisations_led(person, framework.programme)
        )
        _say(request, given)
    return redirect("competences:assignment_list", framework.uid)


@screen(queries.frameworks_assigned_by, may=access.may_assign_profiles)
def assignment_title(request: HttpRequest, framework: Framework) -> HttpResponse:
    """Give everybody with one job title a role profile."""
    form = TitleForm.of(request, profiles=queries.profiles_of(framework))
    if request.method == "POST" and form.is_valid():
        person = request.person  # type: ignore[attr-defined]
        given = sum(
            actions.assign_profile_to_title(framework=framework, organisation=one, by=person, **form.cleaned_data)
            for one in queries.organisations_led(person, framework.programme)
        )
        _say(request, given)
    elif request.method == "POST":
        message(request, _("Choose a role profile first."), kind="wait")
    return redirect("competences:assignment_list", framework.uid)


@screen(queries.frameworks_assigned_by, may=access.may_assign_profiles)
def assignment_person(request: HttpRequest, framework: Framework, person: UUID) -> HttpResponse:
    """Give one person of the own municipality another role profile."""
    viewer: Person = request.person  # type: ignore[attr-defined]
    somebody = queries.person_led(viewer, framework.programme, persons_visible_to(viewer), person)
    if somebody is None:
        raise Http404
    now = queries.profile_name(somebody, framework)
    form = PersonProfileForm.of(request, profiles=queries.profiles_of(framework), initial={"profile": str(now.uid) if now else ""})
    if form.perform(actions.assign_profile, person=somebody, by=viewer):
        return redirect("competences:assignment_list", framework.uid)
    name = names_visible_to(viewer, [somebody.pk])[somebody.pk]
    return page(request, "competences/assignment_person.html", framework=framework, form=form, name=name, now=now)


def _say(request: HttpRequest, given: int) -> None:
    text = plural("%(n)d person was given a role profile.", "%(n)d people were given a role profile.", given) % {"n": given}
    message(request, text if given else _("No job title led to a role profile. Choose by hand."), kind="ok" if given else "wait")


