"""Words, numbers and dates as the reader writes them; rules take `_` from here so that they need no framework."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date as babel_date
from babel.dates import format_time as babel_time
from babel.numbers import format_decimal
from django.conf import settings
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy, ngettext_lazy

_ = gettext_lazy
plural = ngettext_lazy

NBSP = "\u00a0"


def locale() -> Locale:
    """The reader's locale; British English where nothing else is known."""
    return _locale_of(translation.get_language() or "en")


def plain_language() -> str:
    """The reader's language without its country: sv, da, en."""
    return (translation.get_language() or settings.LANGUAGE_CODE).partition("-")[0]


def told(words: Sequence[str]) -> str:
    """A text of our own data, written in English, Swedish and Danish in that order, in the reader's language."""
    return in_language(dict(zip(("en", "sv", "da"), words, strict=True)))


def language_name(code: str) -> str:
    """A language in the reader's own, Tigrinya; its code where nobody has a word for it."""
    plain = code.replace("-", "_")
    if known := locale().languages.get(plain):  # Dari has a name of its own
        return str(known).capitalize()
    try:
        return (Locale.parse(plain).get_display_name(locale()) or code).capitalize()
    except (ValueError, UnknownLocaleError):
        return code


def country_name(code: str) -> str:
    """A country (ISO 3166-1, two letters) in the reader's language; its code where nobody has a word for it."""
    return str(locale().territories.get(code, code))


@lru_cache
def _locale_of(language: str) -> Locale:
    return Locale.parse("en_GB" if language.startswith("en") else language.replace("-", "_"))


# The same figures and days come back on every page; writing one by Babel costs more than anything else about a table's cell.
@lru_cache(maxsize=4096)
def _figure(value: Decimal | float, pattern: str, where: Locale) -> str:
    return format_decimal(value, format=pattern, locale=where).replace("-", "\u2212")


@lru_cache(maxsize=4096)
def _date(value: date, pattern: str, where: Locale) -> str:
    if where.language == "da":  # onsdag den 18. april 2018
        pattern = pattern.replace("EEEE d", "EEEE 'den' d").replace("d M", "d. M")
    return babel_date(value, pattern, locale=where)


def number(value: Decimal | float | None, digits: int = 0) -> str:
    """A number with the reader's separators and a true minus; the dash where there is no number."""
    if value is None:
        return "–"
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return _figure(value + 0, pattern, locale())  # + 0: nought has no sign


def signed(value: Decimal | float | None, digits: int = 1) -> str:
    """A distance with its sign: +0.1, −0.4; zero has none."""
    if value is None:
        return "–"
    text = number(value, digits)
    is_zero = not any(character in "123456789" for character in text)
    return text.lstrip("\u2212") if is_zero else ("+" + text if value > 0 else text)


def money(value: Decimal | None, currency: str = "SEK", *, digits: int | None = None) -> str:
    """An amount in the programme's currency; öre only where there are any, unless `digits` says otherwise."""
    if value is None:
        return "–"
    places = digits if digits is not None else (0 if value == value.to_integral_value() else 2)
    return f"{number(value, places)}{NBSP}{currency_unit(currency)}"


def currency_unit(currency: str) -> str:
    """What stands behind an amount: kr, €; a currency without a sign of its own stands as its code."""
    return {"SEK": "kr", "DKK": "kr.", "EUR": "€"}.get(currency, currency)


def percent(value: Decimal | float | None, digits: int = 1) -> str:
    """A share (0.164) as a percentage (16.4 %)."""
    if value is None:
        return "–"
    return f"{number(value * 100, digits)}{NBSP}%"


def hours(value: Decimal | int | None) -> str:
    """Whole hours with their unit."""
    return "–" if value is None else f"{number(value)}{NBSP}{'t.' if locale().language == 'da' else 'h'}"


def minutes(value: int | None) -> str:
    """Whole minutes with their unit."""
    return "–" if value is None else f"{number(value)}{NBSP}min"


def local(moment: datetime) -> datetime:
    """An instant in the time zone of the programme that is being shown."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def spelled(value: int) -> str:
    """A count within a sentence: up to ten as a word, two; else in figures."""
    words = {2: _("two"), 3: _("three"), 4: _("four"), 5: _("five"), 6: _("six"), 7: _("seven"), 8: _("eight"), 9: _("nine"), 10: _("ten")}
    return str(words.get(value) or number(value))


def date_plain(value: date | datetime | None) -> str:
    """18 April, with its year only where that is not this one's."""
    from handrail.kit import clock

    if value is None:
        return "–"
    return _date(_day(value), "d MMMM" if _day(value).year == clock.today().year else "d MMMM y", locale())


def date_long(value: date | datetime | None) -> str:
    """Wednesday 18 April 2018."""
    return "–" if value is None else _date(_day(value), "EEEE d MMMM y", locale())


def date_medium(value: date | datetime | None) -> str:
    """18 April 2018."""
    return "–" if value is None else _date(_day(value), "d MMMM y", locale())


def date_short(value: date | datetime | None) -> str:
    """18 Apr."""
    return "–" if value is None else _date(_day(value), "d MMM", locale()).rstrip(".")


def day_in(language: str, value: date, *, short: bool = False) -> str:
    """A day with its weekday in a language of its own, whatever the reader's is: for pages by link in many languages."""
    return _date(value, "EEE d MMM" if short else "EEEE d MMMM", _locale_of(language))


def month_name(value: date | None) -> str:
    """March 2018."""
    return "–" if value is None else _date(value, "MMMM y", locale())


def month_short(value: date | None) -> str:
    """Mar 2018."""
    return "–" if value is None else _date(value, "MMM y", locale()).replace(".", "")


def weekday_short(value: date | datetime | None) -> str:
    """Wed."""
    return "–" if value is None else _date(_day(value), "EEE", locale()).rstrip(".")


def time_short(value: datetime | None) -> str:
    """08.30 as it is written in Sweden and Denmark, 08:30 in English."""
    if value is None:
        return "–"
    text = str(babel_time(local(value), "HH:mm", locale=locale()))
    return text.replace(":", ".") if locale().language in {"sv", "da"} else text


def moment(value: datetime | None) -> str:
    """2 April 2018 19.42."""
    return "–" if value is None else f"{date_medium(value)} {time_short(value)}"


def month_start(value: date) -> date:
    """The first day of a date's month; months are named by it everywhere."""
    return value.replace(day=1)


def in_language(texts: Mapping[str, str] | None, language: str | None = None) -> str:
    """The text in the reader's language, else in the programme's, English, or whichever there is."""
    if not texts:
        return ""
    wanted = (language or translation.get_language() or "en").split("-")[0]
    for code in (wanted, settings.LANGUAGE_CODE, "en"):
        if texts.get(code):
            return texts[code]
    return next((text for text in texts.values() if text), "")


class Translations(dict[str, str]):
    """One text in several languages, which prints itself in the reader's."""

    def __str__(self) -> str:
        return in_language(self)


class TranslatedText(models.JSONField):
    """A text that its owners write in several languages: {"sv": "…", "en": "…"}."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Translations:
        loaded = super().from_db_value(value, expression, connection)
        return Translations(loaded or {})

    def to_python(self, value: Any) -> Any:
        return Translations(value) if isinstance(value, dict) else value
