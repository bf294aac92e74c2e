"""How names and addresses are compared."""

from __future__ import annotations

import unicodedata


def search_name(*parts: str) -> str:
    """A name as it is searched: small letters, without accents, so that "ostergard" finds Östergård."""
    text = unicodedata.normalize("NFKD", " ".join(part for part in parts if part).casefold())
    return " ".join("".join(letter for letter in text if not unicodedata.combining(letter)).split())[:220]


def plain_email(email: str) -> str:
    """An e-mail address as it is compared: without blanks, in small letters."""
    return email.strip().lower()
