"""Screens that span apps: the way in, home, my tasks, search; in local mode the cast, the outbox and the clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from handrail.desk import access, forms, queries
from handrail.kit import clock
from handrail.kit.kept import kept_screen
from handrail.kit.models import SentMail
from handrail.kit.screens import local_only, page, public, screen
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.programmes.queries import current_programme, public_programmes


@public
def start(request: HttpRequest) -> HttpResponse:
    """The way in: whom to continue as in local mode, else the public programmes and the sign-in."""
    return page(request, "desk/start.html", cast=queries.cast_by_programme(), programmes=public_programmes())


@local_only
def continue_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demonstration's cast."""
    account = queries.person_of_cast(request.POST.get("key", "")) if request.method == "POST" else None
    if account is None:
        raise Http404
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, account, method="password")  # nobody knows the cast's passwords: this is how they confirm that it is them
    left = request.session.get("left", {})
    answer = redirect(left["path"] if left.get("person") == str(account.person.uid) else "desk:home")  # who was away too long goes on where they were
    language = account.person.identity.language
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and language in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")  # each programme in its own language
    return answer


@local_only
def outbox(request: HttpRequest) -> HttpResponse:
    """The mail that was sent."""
    return page(request, "desk/outbox.html", paged=paged(request, queries.mails()))


@local_only
def outbox_mail(request: HttpRequest, uid: str) -> HttpResponse:
    """One mail, as its recipient reads it."""
    mail: SentMail | None = queries.mails().filter(uid=uid).first()
    if mail is None:
        raise Http404
    return page(request, "desk/outbox_mail.html", mail=mail)


@local_only
def turn_clock(request: HttpRequest) -> HttpResponse:
    """Turn the demonstration's clock to a day, at the same time of day."""
    form = forms.ClockForm(request.POST or None, initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        now = timezone.localtime(clock.now())
        day: datetime = datetime.combine(form.cleaned_data["day"], time(now.hour, now.minute))
        clock.turn_to(timezone.make_aware(day))
        return redirect("desk:clock")
    today = clock.today()
    jumps = [(_("A day later"), today + timedelta(days=1)), (_("A month later"), today + timedelta(days=30)), (_("Six months later"), today + timedelta(days=183))]
    return page(request, "desk/clock.html", form=form, jumps=jumps)


@screen(may=access.may_have_home)
@kept_screen
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, and how things stand."""
    person = request.person  # type: ignore[attr-defined]
    programme = current_programme(person, request)
    waiting = queries.waiting_for(request, person, programme)
    return page(
        request, "desk/home.html", greeting=queries.greeting(), given_name=person.identity.given_name, today=clock.today(),
        waiting=waiting[:5], waiting_count=len(waiting), panels=queries.panels_for(person, programme),
        first_due=next((one.due for one in waiting if one.due), None), first_late=any(one.is_overdue for one in waiting[:1]),
    )  # fmt: skip


@screen(may=access.may_have_home)
def tasks(request: HttpRequest) -> HttpResponse:
    """Everything that waits for me."""
    person = request.person  # type: ignore[attr-defined]
    waiting = queries.waiting_for(request, person, current_programme(person, request))
    return page(request, "desk/tasks.html", waiting=waiting)


@screen(may=access.may_have_home)
def search(request: HttpRequest) -> HttpResponse:
    """Find a person, a session, a figure."""
    person = request.person  # type: ignore[attr-defined]
    words = request.GET.get("q", "")
    found = queries.hits(person, current_programme(person, request), words)
    return page(request, "desk/search.html", words=words, hits=found)
