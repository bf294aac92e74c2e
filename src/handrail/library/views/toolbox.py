"""The toolbox as everybody reads it, without signing in: no person stands in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from handrail.kit import clock
from handrail.kit.kept import kept
from handrail.kit.pdf import as_pdf
from handrail.kit.screens import as_json, download, error_page, page, public
from handrail.kit.tables import paged
from handrail.kit.text import _
from handrail.kit.throttle import network_of, too_often
from handrail.library import access, queries, rules
from handrail.library.events import PracticeMoved, PracticeWritten
from handrail.library.formats import FeedEntry, card_json, write_feed, write_sitemap, write_whole
from handrail.library.forms import FilterForm
from handrail.library.models import Practice
from handrail.library.queries.whole import page_of, pages_of

PER_PAGE, IN_FEED, HOUR = 20, 40, timedelta(hours=1)
PRINTS_AN_HOUR = 60  # by one network: a town hall behind one address comes nowhere near


@public
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every published practice, narrowed by what the reader chose; prints as it stands."""
    filters = _filters(request)
    chosen = filters.chosen()
    found = paged(request, queries.practices_found(chosen), per_page=PER_PAGE)
    return page(
        request, "library/public/catalogue.html", filters=filters, chosen=chosen, in_words=filters.in_words(), is_filtered=any(chosen.values()), paged=found,
        cards=queries.cards_of(found.rows, chosen["language"]), today=clock.today(),
    )  # fmt: skip


@public
def overview(request: HttpRequest) -> HttpResponse:
    """How many practices there are of each country and field, with the gaps."""
    return page(request, "library/public/overview.html", overview=queries.overview_of(queries.public_practices()))


@public
def barriers(request: HttpRequest) -> HttpResponse:
    """What usually stands in the way, where it was reported, and what lowers it."""
    found = paged(request, queries.public_barriers(), per_page=PER_PAGE)
    shown = queries.barriers_shown(queries.public_barriers().filter(pk__in=[one.pk for one in found.rows]))
    return page(request, "library/public/barriers.html", barriers=shown, paged=found)


@public
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """One practice: the card, the steps, what others made of it. A withdrawn one says so and nothing else."""
    practice = _find(slug)
    if not practice.is_public:
        return page(request, "library/public/withdrawn.html", status=410)
    person = getattr(request, "person", None)
    return page(
        request, "library/public/card.html", **_card(request, practice), remedies=queries.barriers_lowered_by(practice), transfers=queries.transfers_of(practice),
        may_adopt=person is not None and access.may_adopt(person, practice), inside=person is not None and queries.reads_any(person),
    )  # fmt: skip


@public
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    """The card at a glance: one page, on screen and on paper."""
    practice = _shown(slug)
    return page(request, "library/public/summary.html", **_card(request, practice))


@public
def summary_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same page as an accessible PDF."""
    practice = _shown(slug)
    if too_often("toolbox-pdf", network_of(request), limit=PRINTS_AN_HOUR, within=HOUR):
        return error_page(request, 429)
    shown = _card(request, practice)
    made = kept("toolbox-summary", [practice.pk, shown["text"].pk], lambda: as_pdf(render_to_string("library/public/summary_pdf.html", shown)), events=(PracticeMoved, PracticeWritten))
    return download(made, name=f"{practice.slug}-{shown['text'].language}.pdf", kind="application/pdf")


@public
def card_data(request: HttpRequest, slug: str) -> HttpResponse:
    """The card for machines, as schema.org says it."""
    shown = _card(request, _shown(slug))
    here = f"{settings.SITE_URL}{shown['url']}"
    others = [(one["code"], f"{here}?lang={one['code']}") for one in shown["languages"] if not one["current"]]
    answer = as_json(card_json(page_of(shown["practice"], shown["spoken"], shown["codes"]), others))
    answer["Content-Type"] = "application/ld+json"
    return answer


@public
def feed(request: HttpRequest) -> HttpResponse:
    """What was published lately."""
    rows = list(queries.public_practices().order_by("-published_at")[:IN_FEED])
    home = f"{settings.SITE_URL}{reverse('library:catalogue')}"
    written = write_feed(
        _entries(rows), title=str(_("Toolbox")), url=f"{settings.SITE_URL}{reverse('library:feed')}", home=home, language=translation.get_language() or "en", now=clock.now()
    )
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every address of the toolbox, for search engines."""
    more = [f"{settings.SITE_URL}{reverse(f'library:{name}')}" for name in ("catalogue", "overview", "barriers")]
    return HttpResponse(write_sitemap(_entries(list(queries.public_practices().order_by("pk"))), more=more), content_type="application/xml; charset=utf-8")


@public
def whole(request: HttpRequest) -> HttpResponse:
    """The whole toolbox to keep, for use without a line."""
    built = queries.whole_toolbox()
    if built is None and too_often("toolbox-whole", network_of(request), limit=PRINTS_AN_HOUR, within=HOUR):
        return error_page(request, 429)
    content = bytes(built.content) if built is not None else write_whole(pages_of(queries.public_practices()), clock.today())
    return download(content, name="toolbox.zip", kind="application/zip")


def _filters(request: HttpRequest) -> FilterForm:
    return FilterForm(request.GET, countries_present=queries.countries_present(), languages_present=queries.languages_present())


def _find(slug: str) -> Practice:
    practice = queries.practice_at(slug)
    if practice is None:
        raise Http404
    return practice


def _shown(slug: str) -> Practice:
    practice = _find(slug)
    if not practice.is_public:
        raise Http404
    return practice


def _card(request: HttpRequest, practice: Practice) -> dict[str, Any]:
    """What every face of a card needs."""
    texts = queries.spoken_texts([practice])[practice.pk]
    spoken = queries.best_text(texts, practice.language, request.GET.get("lang", ""))
    codes, names, known = queries.tags_of([practice]).get(practice.pk, {}), rules.work_fields(), rules.text_languages()
    url = reverse("library:card", args=[practice.slug])
    return {
        "practice": practice, "spoken": spoken, "text": spoken.text, "url": url, "codes": codes.get("field", []), "fields": [names.get(code, code) for code in codes.get("field", [])],
        "parts": queries.parts_shown(spoken.text, texts[practice.language].text), "steps_from": spoken.text if spoken.text.steps else texts[practice.language].text,
        "languages": [{"code": code, "label": known.get(code, code), "url": f"{url}?lang={code}", "current": code == spoken.language} for code in sorted(texts)],
        "licence": rules.licence(practice.licence), "country": rules.country_name(practice.country), "absolute": f"{settings.SITE_URL}{url}",
    }  # fmt: skip


def _entries(rows: list[Practice]) -> list[FeedEntry]:
    home, texts = settings.SITE_URL, queries.spoken_texts(rows)
    found = []
    for one in rows:
        spoken, url = queries.best_text(texts[one.pk], one.language), f"{home}{reverse('library:card', args=[one.slug])}"
        others = [(code, f"{url}?lang={code}") for code in sorted(texts[one.pk])]
        found.append(FeedEntry(url, spoken.text.title, spoken.text.parts.get("summary", ""), spoken.language, one.brought_by, spoken.text.written_at, others))
    return found
