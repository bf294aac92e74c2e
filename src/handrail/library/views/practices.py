"""One practice from the inside: where it stands, writing it, and every decision about it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from handrail.kit.forms import attempt
from handrail.kit.screens import message, page, screen
from handrail.kit.text import _
from handrail.library import access, actions, queries, rules
from handrail.library.forms import AskForm, LinkForm, PublishForm, ReasonForm, ReviseForm, WordsForm
from handrail.library.models import Practice
from handrail.library.views.writing import PARTS, following, form_of, saved, stages


@screen(queries.practices_visible_to)
def practice(request: HttpRequest, found: Practice) -> HttpResponse:
    """Where a practice stands: its history, its reviews beside each other, its languages, and what can be done."""
    text = queries.text_of(found, found.language)
    spoken = queries.spoken_texts([found]).get(found.pk, {}) if found.shown_number else {}
    known, person = rules.text_languages(), request.person
    may = {name: getattr(access, f"may_{name}")(person, found) for name in (
        "write", "revise", "translate", "ask_reviews", "publish", "send_back", "say_it_holds", "withdraw", "send_link", "adopt", "see_reviews",
    )}  # fmt: skip
    return page(
        request, "library/practice.html", programme=found.programme, practice=found, text=text, history=queries.history_of(found), may=may,
        standing=queries.standing_of(found) if may["see_reviews"] else None, has_link=found.by_link and queries.has_open_link(found), country=rules.country_name(found.country),
        languages=[{"code": code, "label": known.get(code, code), "old": one.is_outdated, "original": code == found.language} for code, one in sorted(spoken.items())],
        drafted=queries.drafted_from(found, person),
        others=[(code, label) for code, label in sorted(known.items(), key=lambda one: one[1]) if code != found.language] if may["translate"] else [],
        stages=stages(found, "", lambda part: reverse("library:write", args=[found.uid, part])) if may["write"] else [],
    )  # fmt: skip


@screen(queries.practices_visible_to, may=access.may_write)
def write(request: HttpRequest, found: Practice, part: str) -> HttpResponse:
    """Write one part of a draft."""
    if part not in PARTS:
        raise Http404
    form = form_of(request, found, part)
    if saved(form, found, part, request.person):
        message(request, _("Saved."))
        return redirect("library:write", uid=found.uid, part=following(part)) if part != "contact" else redirect("library:practice", uid=found.uid)
    shown = stages(found, part, lambda one: reverse("library:write", args=[found.uid, one]))
    return page(request, "library/write.html", status=422 if form.is_bound else 200, programme=found.programme, practice=found, form=form, stages=shown, heading=PARTS[part])


@screen(queries.practices_visible_to, may=access.may_write)
def submit(request: HttpRequest, found: Practice) -> HttpResponse:
    """Hand it in."""
    if request.method == "POST":
        _done, wrong = attempt(actions.submit_practice, practice=found, by=request.person)
        message(request, wrong or _("Handed in. Two people who did not write it are asked to review it."), kind="alarm" if wrong else "ok")
    return redirect("library:practice", uid=found.uid)


@screen(queries.practices_visible_to, may=access.may_revise)
def revise(request: HttpRequest, found: Practice) -> HttpResponse:
    """Write a new version of what everybody reads."""
    text = queries.text_of(found, found.language)
    form = ReviseForm.of(request, has_steps=True, words=text.parts if text else {}, steps=text.steps if text else (), needed=[one.code for one in rules.card_parts() if not one.is_optional])
    if form.perform(actions.revise_practice, practice=found, by=request.person):
        message(request, _("Saved."))
        return redirect("library:practice", uid=found.uid)
    return page(request, "library/words.html", status=422 if form.is_bound else 200, programme=found.programme, practice=found, form=form, heading=_("A new version"), lead="", original=None)


@screen(queries.practices_visible_to, may=access.may_translate)
def translate(request: HttpRequest, found: Practice, language: str) -> HttpResponse:
    """Translate what everybody reads; the original stands beside each part."""
    names = rules.text_languages()
    if language not in names or language == found.language:
        raise Http404
    original = queries.text_of(found, found.language, number=found.shown_number)
    text = queries.text_of(found, language, number=found.shown_number)
    steps = text.steps if text and text.steps else [{"what": ""} for _one in original.steps] if original else []
    form = WordsForm.of(request, has_steps=True, words=text.parts if text else {}, steps=steps, needed=rules.TRANSLATED_FIRST)
    if form.perform(actions.write_text, practice=found, language=language, by=request.person):
        message(request, _("Saved. Everybody can read it in this language now."))
        return redirect("library:practice", uid=found.uid)
    heading = _("Translate into %(language)s") % {"language": names[language]}
    return page(request, "library/words.html", status=422 if form.is_bound else 200, programme=found.programme, practice=found, form=form, heading=heading, lead="", original=original)


@screen(queries.practices_visible_to, may=access.may_ask_reviews)
def ask_reviews(request: HttpRequest, found: Practice) -> HttpResponse:
    """Ask two people to review it."""
    free = queries.reviewers_of(found.programme).exclude(pk__in=queries.authors_of(found))
    form = AskForm.of(request, reviewers=free)
    if form.perform(actions.ask_for_reviews, practice=found, by=request.person) is not None:
        message(request, _("Asked. It waits on their home page."))
        return redirect("library:practice", uid=found.uid)
    return _form(request, found, form, _("Who reviews it?"), _("Two people who did not write it look at it, each alone."))


@screen(queries.practices_visible_to, may=access.may_publish)
def publish(request: HttpRequest, found: Practice) -> HttpResponse:
    """Let everybody read it."""
    form = PublishForm.of(request)
    if form.perform(actions.publish_practice, practice=found, by=request.person):
        message(request, _("Published. It stands in the toolbox now."))
        return redirect("library:practice", uid=found.uid)
    return _form(request, found, form, _("Publish it?"), _("Everybody can read it then, also without an account."), form.act)


@screen(queries.practices_visible_to, may=access.may_say_it_holds)
def keep(request: HttpRequest, found: Practice) -> HttpResponse:
    """Say that it still holds."""
    form = PublishForm.of(request)
    if form.perform(actions.keep_practice, practice=found, by=request.person):
        message(request, _("Saved."))
        return redirect("library:practice", uid=found.uid)
    return _form(request, found, form, _("Does it still hold?"), _("Say so, and when somebody should look again."), _("It still holds"))


@screen(queries.practices_visible_to, may=access.may_send_back)
def send_back(request: HttpRequest, found: Practice) -> HttpResponse:
    """Send it back to whoever writes it."""
    form = ReasonForm.of(request)
    if form.perform(actions.send_back, practice=found, by=request.person):
        message(request, _("Sent back."))
        return redirect("library:practice", uid=found.uid)
    return _form(request, found, form, _("Send it back?"), _("Whoever writes it reads your reason and goes on."), _("Send back"))


@screen(queries.practices_visible_to, may=access.may_withdraw)
def withdraw(request: HttpRequest, found: Practice) -> HttpResponse:
    """Withdraw it for good."""
    form = ReasonForm.of(request)
    if form.perform(actions.archive_practice, practice=found, by=request.person):
        message(request, _("Withdrawn."))
        return redirect("library:practice", uid=found.uid)
    return _form(request, found, form, _("Withdraw it?"), _("Its address says that it was withdrawn, and shows nothing else. This cannot be undone."), _("Withdraw"))


@screen(queries.practices_visible_to, may=access.may_send_link)
def link_send(request: HttpRequest, found: Practice) -> HttpResponse:
    """Send a new link to whoever writes it."""
    form = LinkForm.of(request)
    if form.perform(actions.send_link, practice=found, by=request.person):
        message(request, _("The link is on its way. It works for sixty days."))
        return redirect("library:practice", uid=found.uid)
    return _form(request, found, form, _("Send a new link"), _("Earlier links end."))


def _form(request: HttpRequest, found: Practice, form: object, heading: object, lead: object, submit: object = "") -> HttpResponse:
    back = reverse("library:practice", args=[found.uid])
    return page(request, "library/form.html", programme=found.programme, form=form, heading=heading, lead=lead, back=back, submit=submit)
