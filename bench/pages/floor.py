"""The floor: the least that a page of Django costs on this machine. One file, no features; our pages are told as multiples of it.

`dash` is what a logged-in start page cannot do without: session, person, five small queries by index, a page with a menu.
`list` is 25 people after a key. Tables are filled by `seed`.
"""

from __future__ import annotations

import os
import sys
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings

ADDRESS = urlsplit(os.environ["FLOOR_DATABASE"])
BASE = "<!doctype html><html lang=en><title>{{ title }}</title><nav><ul>{% for one in menu %}<li><a href='/{{ one }}/'>{{ one }}</a>{% endfor %}</ul></nav><main>{% block main %}{% endblock %}</main></html>"
DASH = "{% extends 'base' %}{% block main %}<h1>Welcome {{ user.username }}</h1><ul>{% for one in taken %}<li>Course {{ one.course }}: {{ one.progress }} %{% endfor %}</ul><ul>{% for one in levels %}<li>{{ one.competence }}: {{ one.level }}{% endfor %}</ul><p>{{ low }} low, {{ due }} due, {{ me.name }}</p>{% endblock %}"
LIST = "{% extends 'base' %}{% block main %}<table>{% for one in people %}<tr><td><a href='/read/{{ one.pk }}'>{{ one.name }}</a><td>{{ one.email }}<td>{{ one.unit }}{% endfor %}</table>{% endblock %}"

settings.configure(
    SECRET_KEY="bench", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", {"base": BASE, "dash": DASH, "list": LIST})])]},
    }],
    DATABASES={"default": {
        "ENGINE": "django.db.backends.postgresql", "NAME": ADDRESS.path[1:], "USER": "postgres", "HOST": parse_qs(ADDRESS.query)["host"][0], "CONN_MAX_AGE": None,
    }},
)  # fmt: skip
django.setup()

from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


class Human(models.Model):
    name, email, unit = models.CharField(max_length=100), models.CharField(max_length=100), models.IntegerField()

    class Meta:
        app_label = "floor"


class Level(models.Model):
    human, competence, level = models.IntegerField(db_index=True), models.IntegerField(), models.SmallIntegerField()

    class Meta:
        app_label = "floor"


class Taken(models.Model):
    human, course, progress = models.IntegerField(db_index=True), models.IntegerField(), models.SmallIntegerField()

    class Meta:
        app_label = "floor"


MENU = ["overview", "mapping", "plan", "sessions", "hours", "change", "evidence", "settings"]


def enter(request: HttpRequest) -> HttpResponse:
    user, _made = User.objects.get_or_create(username="u" + request.GET["u"])
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponse("in")


@login_required
def dash(request: HttpRequest) -> HttpResponse:
    key = request.user.pk
    return render(request, "dash", {
        "menu": MENU, "title": "Dashboard", "taken": list(Taken.objects.filter(human=key)[:8]), "levels": list(Level.objects.filter(human=key).order_by("level")[:8]),
        "low": Level.objects.filter(human=key, level=1).count(), "due": Taken.objects.filter(human=key, progress__lt=50).count(), "me": Human.objects.get(pk=key),
    })  # fmt: skip


def people(request: HttpRequest, after: int) -> HttpResponse:
    return render(request, "list", {"people": Human.objects.filter(pk__gt=after).order_by("pk")[:25], "menu": MENU, "title": "People"})


def hello(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), path("enter/", enter), path("dash/", dash), path("people/<int:after>/", people)]
application = get_wsgi_application()


def seed(people: int) -> None:
    """The tables, with sixty levels for each of 10,000 people and ten courses for each of all."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    with connection.schema_editor() as editor:
        for model in (Human, Level, Taken):
            editor.create_model(model)
    with connection.cursor() as cursor:
        cursor.execute("insert into floor_human(name, email, unit) select 'Person '||i, 'p'||i||'@example.org', i %% 500 from generate_series(1, %s) i", [people])
        cursor.execute("insert into floor_level(human, competence, level) select p, c, (p*7+c*13) % 5 from generate_series(1, 10000) p, generate_series(1, 60) c")
        cursor.execute("insert into floor_taken(human, course, progress) select 1 + i %% %s, i %% 300, i %% 101 from generate_series(1, %s) i", [people, people * 10])
        cursor.execute("analyze")


if __name__ == "__main__":
    seed(int(sys.argv[1]))
