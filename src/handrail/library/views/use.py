"""Barriers, taking practices up, and the quality checklist."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.kit import clock
from handrail.kit.drawing import slope
from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.tables import paged
from handrail.kit.text import _, date_medium
from handrail.library import access, actions, queries, rules
from handrail.library.forms import AdoptForm, BarrierForm, BarrierReportForm, ChecklistForm, RemedyForm, ResultForm, TickForm
from handrail.library.models import Adoption, Barrier, Practice
from handrail.programmes.models import Programme
from handrail.programmes.queries import programmes_visible_to

PER_PAGE = 20


@screen(programmes_visible_to, may=access.may_read_library)
def barrier_list(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The programme's register: where each barrier was reported, and what lowers it."""
    rows = queries.barriers_visible_to(request.person).filter(programme=programme)
    found = paged(request, rows, per_page=PER_PAGE)
    shown = queries.barriers_shown(rows.filter(pk__in=[one.pk for one in found.rows]))
    return page(request, "library/barriers.html", programme=programme, barriers=shown, paged=found, may_note=access.may_note_barriers(request.person, programme))


@screen(programmes_visible_to, may=access.may_note_barriers)
def barrier_note(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Put a barrier into the register."""
    form = BarrierForm.of(request)
    if barrier := form.perform(actions.note_barrier, programme=programme, by=request.person):
        return redirect("library:barrier", uid=barrier.uid)
    back = reverse("library:barrier_list", args=[programme.uid])
    return page(request, "library/form.html", programme=programme, form=form, heading=_("Note a barrier"), lead=_("What usually stands in the way, in general; it names nobody."), back=back)


@screen(queries.barriers_visible_to)
def barrier(request: HttpRequest, found: Barrier) -> HttpResponse:
    """One barrier with everything that is known of it."""
    shown = queries.barriers_shown(queries.barriers_visible_to(request.person).filter(pk=found.pk))[0]
    return page(request, "library/barrier.html", programme=found.programme, shown=shown, may_change=access.may_change_barrier(request.person, found))


@screen(queries.barriers_visible_to, may=access.may_change_barrier)
def barrier_report(request: HttpRequest, found: Barrier) -> HttpResponse:
    """Say where it was reported."""
    form = BarrierReportForm.of(request, organisations=queries.writes_in(request.person, found))
    if form.perform(actions.report_barrier, barrier=found, by=request.person):
        message(request, _("Saved."))
        return redirect("library:barrier", uid=found.uid)
    return _form(request, found, form, _("Where was it reported?"))


@screen(queries.barriers_visible_to, may=access.may_change_barrier)
def barrier_lower(request: HttpRequest, found: Barrier) -> HttpResponse:
    """Say which practice lowers it."""
    cards = queries.cards_of(queries.public_practices().order_by("-published_at")[:300])
    form = RemedyForm.of(request, practices=[(one.practice, one.text.title) for one in cards])
    if form.perform(actions.lower_barrier, barrier=found, by=request.person):
        message(request, _("Saved."))
        return redirect("library:barrier", uid=found.uid)
    return _form(request, found, form, _("What lowers it?"))


@screen(queries.practices_to_adopt, may=access.may_adopt)
def adopt(request: HttpRequest, practice: Practice) -> HttpResponse:
    """Let an organisation begin to do the same."""
    organisations = queries.organisations_acting(request.person)
    form = AdoptForm.of(request, organisations=organisations, initial={"where": f"{organisations[0][0].pk}-{organisations[0][1].pk}" if len(organisations) == 1 else ""})
    if adoption := form.perform(actions.begin_adoption, practice=practice, by=request.person):
        return redirect("library:adoption", uid=adoption.uid)
    lead = _("Tick the steps as you take them, and tell the result at the end. Later readers see it on the card.")
    back = reverse("library:card", args=[practice.slug])
    return page(request, "library/form.html", programme=practice.programme, form=form, heading=_("Do the same"), lead=lead, back=back)


@screen(queries.adoptions_visible_to)
def adoption(request: HttpRequest, found: Adoption) -> HttpResponse:
    """The steps with who took which when, and what came of it."""
    steps = queries.steps_of(found)
    done = sum(1 for one in steps if one["tick"])
    return page(
        request, "library/adoption.html", programme=found.programme, adoption=found, steps=steps, done=done, may_act=access.may_act(request.person, found),
        country=rules.country_name(found.country), today=clock.today(),
    )  # fmt: skip


@screen(queries.adoptions_visible_to, may=access.may_act)
def adoption_tick(request: HttpRequest, found: Adoption) -> HttpResponse:
    """Tick a step, or take the tick away."""
    form = TickForm.of(request)
    if request.method == "POST" and not form.perform(actions.tick_step, adoption=found, by=request.person):
        message(request, "; ".join(str(text) for texts in form.errors.values() for text in texts), kind="alarm")
    return redirect("library:adoption", uid=found.uid)


@screen(queries.adoptions_visible_to, may=access.may_act)
def adoption_report(request: HttpRequest, found: Adoption) -> HttpResponse:
    """Tell what came of it."""
    form = ResultForm.of(request)
    back = reverse("library:adoption", args=[found.uid])
    if form.perform(actions.report_adoption, adoption=found, by=request.person):
        message(request, _("Thank you. Later readers see it on the card."))
        return redirect(back)
    return page(request, "library/form.html", programme=found.programme, form=form, heading=_("What came of it?"), lead=found.text.title, back=back)


@screen(queries.adoptions_visible_to, may=access.may_act)
def adoption_stop(request: HttpRequest, found: Adoption) -> HttpResponse:
    """Stop before the end."""
    if request.method == "POST":
        _done, wrong = attempt(actions.stop_adoption, adoption=found, by=request.person)
        message(request, wrong or _("Stopped. Nothing of it is shown to others."), kind="alarm" if wrong else "ok")
    return redirect("library:adoption", uid=found.uid)


@screen(programmes_visible_to, may=access.may_answer_checklist)
def checklist(request: HttpRequest, programme: Programme) -> HttpResponse:
    """How good an organisation's answer to newcomers is, by its own word: first and latest answer."""
    shown = []
    for organisation, answers in queries.checklist_seen(request.person, programme):
        changes = rules.change_between(answers[0].values, answers[-1].values) if len(answers) > 1 else []
        rows = [
            {"label": one.label, "before": one.before, "after": one.after, "n": 1, "slope": slope(one.before, one.after, lowest=1, highest=5)}
            for one in changes if one.before is not None and one.after is not None
        ]  # fmt: skip
        days = [date_medium(one.answered_on) for one in answers]
        shown.append({"organisation": organisation, "answers": answers, "rows": rows, "first": days[0] if days else "", "last": days[-1] if days else ""})
    return page(request, "library/checklist.html", programme=programme, shown=shown, steps=rules.checklist_steps())


@screen(programmes_visible_to, may=access.may_answer_checklist)
def checklist_answer(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Answer the checklist."""
    form = ChecklistForm.of(request, organisations=queries.acts_for(request.person, programme).order_by("name"))
    back = reverse("library:checklist", args=[programme.uid])
    if form.perform(actions.answer_checklist, programme=programme, by=request.person):
        message(request, _("Saved. Answer it again in half a year, and the change shows."))
        return redirect(back)
    return page(request, "library/form.html", programme=programme, form=form, heading=_("The quality checklist"), lead=_("As it is today, by your own word. It ranks nobody."), back=back)


def _form(request: HttpRequest, found: Barrier, form: object, heading: object) -> HttpResponse:
    back = reverse("library:barrier", args=[found.uid])
    return page(request, "library/form.html", programme=found.programme, form=form, heading=heading, lead=str(found.title), back=back)
