"""Words as they are looked for: without accents and endings, so that one search finds in every language and on both databases alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

NAMES = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french", "it": "italian", "nl": "dutch",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
# Bulgarian has no stemmer there: the article and the plural stand at a word's end (Andreychin, Gramatika na balgarskiya ezik).
BULGARIAN = ("ите", "ята", "ата", "ето", "ото", "ове", "ият", "ът", "ят", "та", "то", "те", "а", "я", "о", "е", "и")
_WORD = re.compile(r"[^\W_]+")
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": ""})
LONGEST, MOST_WORDS, SHORTEST = 40, 8, 2


def fold(word: str) -> str:
    """A word in small letters without accents, vowel signs and other dress: Åre and are are one."""
    plain = word.casefold().translate(_PLAIN)
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Any:
    if language not in NAMES:
        return None
    from snowballstemmer import stemmer  # half a megabyte of tables: loaded when somebody searches or publishes

    return stemmer(NAMES[language])


def stems_of(word: str, language: str) -> set[str]:
    """What a word is found by in a language: its stem, with accents taken into account and without, for many people type none; and as it stands."""
    small = unicodedata.normalize("NFC", word).casefold()
    found = {fold(_stem(small, language)), _stem(fold(small), language), fold(small)}
    return {one[:LONGEST] for one in found if one}


def _stem(word: str, language: str) -> str:
    if language == "bg":
        return next((word[: -len(end)] for end in BULGARIAN if word.endswith(end) and len(word) - len(end) >= 4), word)
    if language == "pt":  # the stemmer takes ação and ações for two words
        for plural, singular in (("ões", "ão"), ("oes", "ao")):
            word = word.removesuffix(plural) + singular if word.endswith(plural) else word
    found = _stemmer(language)
    return str(found.stemWord(word)) if found is not None else word


def index_of(texts: Iterable[str], language: str) -> set[str]:
    """Every stem by which a card is found in one language."""
    words = {word for text in texts for word in _WORD.findall(text) if len(word) >= SHORTEST}
    return {stem for word in words for stem in stems_of(word, language)}


def looked_for(words: str, languages: Iterable[str]) -> list[set[tuple[str, str]]]:
    """For each word of a search the (language, stem) pairs that would be a hit: in any language, since nobody says in which they write."""
    known = list(languages)
    return [{(language, stem) for language in known for stem in stems_of(word, language)} for word in _WORD.findall(words)[:MOST_WORDS] if len(word) >= SHORTEST]
