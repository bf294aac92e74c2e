"""How the account library behaves here: no self-registration, and the answer is the same whether an address is known or not."""

from __future__ import annotations

import secrets
import time
from base64 import b64decode, b64encode
from dataclasses import dataclass
from io import BytesIO
from typing import Any, ClassVar
from urllib.parse import urlencode, urlparse

import segno
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.account.utils import get_login_redirect_url
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.auth import logout
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from handrail.kit.hashing import is_crowded
from handrail.kit.mail import send_mail
from handrail.kit.screens import message
from handrail.kit.shared import SharedMemory
from handrail.kit.text import _
from handrail.kit.throttle import Limit, try_once
from handrail.people import actions
from handrail.people.models import Account
from handrail.people.queries import FACTORS, account_with_person, accounts_at, browser_of

OWN_MAILS = {"password_reset_key", "unknown_account"}
SENTENCES = {
    "account_inactive": _("This account is closed."),
    "email_password_mismatch": _("The address or the password is wrong. Check both and try again, or choose a new password."),
    "enter_current_password": _("This is not your password now. Try again."),
    "incorrect_code": _("The code is wrong or too old. Write the six digits that the app shows now."),
    "incorrect_password": _("The password is wrong. Try again."),
    "invalid_or_expired_key": _("The link no longer works. Ask for a new one."),
    "invalid_password_reset": _("The link no longer works. Ask for a new one."),
    "crowded": _("Many people are signing in just now. Wait a few seconds, then write the password and send it again."),
    "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again, or choose a new password."),
    "rate_limited": _("Too many tries. Wait a minute, then try again."),
    "same_as_current": _("Choose a password that differs from the one you have."),
}


class SignIn(AuthenticationBackend):  # type: ignore[misc]
    """The library's way in by address and password."""

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session, with the person behind it: both are needed on every page, so both come in one query."""
        account = account_with_person(user_id)
        return account if account and self.user_can_authenticate(account) else None

    def _authenticate_by_email(self, email: str, password: str) -> Account | None:
        """As the library does, who owns the address before who once had it: one query for whoever knows the password."""
        for account in accounts_at(email):
            if self._check_password(account, password):
                return account
        return None


def last_seen(request: HttpRequest) -> float:
    """When whoever holds this session last asked for anything, in seconds of the machine's clock; at the earliest when they signed in.

    The browser carries it, signed for this session alone, so that looking at a page writes nothing.
    """
    at, _dot, mark = request.COOKIES.get(settings.SEEN_COOKIE_NAME, "").partition(".")
    known = [float(at)] if at.isdecimal() and constant_time_compare(mark, _mark(request, at)) else []
    records = get_authentication_records(request, request.user)
    return max([*known, float(request.session.get("began", 0.0)), *(float(record["at"]) for record in records)])


def note_seen(request: HttpRequest, answer: HttpResponse, *, at: float | None = None) -> None:
    """Let the browser carry that somebody asked for something just now."""
    when = str(int(time.time() if at is None else at))
    answer.set_cookie(
        settings.SEEN_COOKIE_NAME, f"{when}.{_mark(request, when)}", httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
    )  # fmt: skip


def _mark(request: HttpRequest, at: str) -> str:
    return salted_hmac("handrail.seen", f"{request.session.session_key}:{at}", algorithm="sha256").hexdigest()


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """End the session of somebody who was away too long, and send them to signing in; from there they come back to where they were.

    A form that was sent is kept for them: sealed with a key that only this browser holds, so that neither of the two tells anything alone.
    """
    left = {"person": str(request.person.uid), "path": request.get_full_path()}  # type: ignore[attr-defined]
    key, body = secrets.token_bytes(32), _typed(request)
    if body:
        nonce = secrets.token_bytes(12)
        left["form"] = b64encode(nonce + AESGCM(key).encrypt(nonce, body.encode(), left["path"].encode())).decode()
    logout(request)
    request.session["left"] = left
    message(request, _("You were away for a while. Sign in again; you come back to where you were."), kind="wait")
    answer = HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': left['path']})}")
    if body:
        answer.set_cookie(settings.LEFT_COOKIE_NAME, key.hex(), httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE))
    return answer


def what_was_left(request: HttpRequest) -> HttpResponse | None:
    """What somebody had typed and sent when they had been away too long: shown to them once they are back, to be sent or thrown away."""
    left = request.session.get("left")
    if left is None:
        return None
    is_theirs = left["person"] == str(request.person.uid)  # type: ignore[attr-defined]
    if is_theirs and left["path"] != request.get_full_path():
        return None
    typed = _kept(request, left) if is_theirs and request.method == "GET" else None
    if typed is None:
        del request.session["left"]
        return HttpResponseRedirect(left["path"]) if "throw_away" in request.POST else None
    fields = [(name, value) for name, values in typed.lists() for value in values]
    return render(request, "account/left.html", {"fields": fields, "path": left["path"]})


def _typed(request: HttpRequest) -> str:
    """A form as it was sent, without its token; none where there is a file in it."""
    if request.method != "POST" or request.FILES:
        return ""
    body = request.POST.copy()
    body.pop("csrfmiddlewaretoken", None)
    return body.urlencode()


def _kept(request: HttpRequest, left: dict[str, str]) -> QueryDict | None:
    try:
        key, content = bytes.fromhex(request.COOKIES[settings.LEFT_COOKIE_NAME]), b64decode(left["form"])
        return QueryDict(AESGCM(key).decrypt(content[:12], content[12:], left["path"].encode()))
    except (KeyError, ValueError, InvalidTag):
        return None


def count_try(request: HttpRequest, *actions: str, key: str | None = None) -> Any:
    """Count a try under the library's limits for these actions (`ACCOUNT_RATE_LIMITS`), one after the other.

    True unless one was reached; `rollback` takes back what was counted under the last. Where the shared memory is our table, all of them take
    one look and one statement; the library's way is four for each limit.
    """
    memory, app = caches["default"], "allauth.account"
    if not isinstance(memory, SharedMemory):
        used: Any = None
        for action in actions:
            used = ratelimit.consume(request, app=app, action=action, key=key)
            if not used:
                return Refused(action)
        return used
    limits = {
        Limit(ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key), rate.amount, rate.duration): action
        for action in actions for rate in ratelimit.get_rates(app=app, action=action)
    }  # fmt: skip
    tried = try_once(memory, list(limits))
    if tried.reached:
        return Refused(limits[tried.reached])
    tried.counted = {limit: written for limit, written in tried.counted.items() if limits[limit] == actions[-1]}
    return tried


@dataclass(frozen=True)
class Refused:
    """A try that was one too many, and under which action."""

    action: str

    def __bool__(self) -> bool:
        return False


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come by invitation only; mails go the way of all our mails."""

    error_messages: ClassVar = {**DefaultAccountAdapter.error_messages, **SENTENCES}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers: people are invited."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home."""
        return str(settings.LOGIN_REDIRECT_URL)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The start page."""
        return "/"

    def is_reauthentication_required(self, *, app: str, **known: Any) -> bool:
        """Not by whoever signed in just now: that was the same proof."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(record.get("method") in {"password", "mfa"} and record["at"] > fresh for record in records)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """A password is a try for the network and for the address, before anybody looks whether it is right; a right one is taken back.

        While somebody signs in, the form that was sent is counted with it (`config/sign_in.py`). Where too many wait for their password to be
        looked at, nobody joins them: whoever does not stand in line leaves a thread for the pages of others.
        """
        if is_crowded():
            raise self.validation_error("crowded")
        first = ("sign_in",) if request.__dict__.pop("is_uncounted", False) else ()
        used = count_try(request, *first, "login_failed", key=self._get_login_attempts_cache_key(request, **credentials))
        if not used:
            if used.action == "sign_in":
                raise ImmediateHttpResponse(respond_429(request))
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage = used

    def post_login(self, request: HttpRequest, user: Any, *, redirect_url: str | None, signup: bool, **known: Any) -> HttpResponse:
        """Note the device, and go where one wanted to go. What is over of older devices goes once a day, not while somebody waits."""
        actions.note_device(
            account=user, session_key=request.session.session_key or "", is_new=getattr(request.session, "is_new", False), network=self.get_client_ip(request),
            user_agent=request.META.get("HTTP_USER_AGENT", ""),
        )  # fmt: skip
        return HttpResponseRedirect(get_login_redirect_url(request, redirect_url, signup=signup))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Reset mails, in the language of the page that asked (the same for unknown addresses, which have no other)."""
        name = template_prefix.rsplit("/", 1)[-1]
        if name in OWN_MAILS:
            known = {key: str(context[key]) for key in ("password_reset_url",) if key in context}
            send_mail(f"people/mail/{name}", to=email, language=translation.get_language() or "sv", context=known)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the holder of an account that the way in was changed; no address, device or time of day stands in it."""
        send_mail(
            "people/mail/account_changed", to=user.email, language=user.person.identity.language, person=user.person.uid,
            context={"reset_path": reverse("account_reset_password")},
        )  # fmt: skip


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor, in our words; the app on the phone shows the neutral name of the service."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": SENTENCES["incorrect_code"],
        "cannot_delete_authenticator": _("The second factor cannot be turned off."),
    }

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Whether there is a second factor; while signing in it came with the account.

        One that is added meanwhile ends every session of the account, this one too: its mark is made of the account as it was read.
        """
        known: bool | None = getattr(user, "has_factor", None)
        return known if known is not None and set(types or ()) == set(FACTORS) else bool(super().is_mfa_enabled(user, types))

    def build_totp_svg(self, url: str) -> str:
        """The QR code black on white, so that it can be read in the dark theme too."""
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called until its holder says otherwise: the browser it was made in."""
        return browser_of(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom a passkey is for: the host name of HANDRAIL_URL, whichever of its hosts is open; on one's own machine the one in the address.

        Browsers bind a passkey to this name for ever: see docs/decisions/0010-passkeys.md before changing it.
        """
        host = context.request.get_host() if settings.LOCAL_MODE else urlparse(settings.SITE_URL).netloc
        return {"id": host.partition(":")[0], "name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """How the device lists it: by the address that one signs in with, and no name."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.email}
