"""The account library's addresses that we use. Registering and changing the address are left out: people are invited."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from allauth.account import views as account
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.db.transaction import atomic
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from handrail.kit.kept import kept_for_visitors
from handrail.people.accounts import count_try


def left_out(request: HttpRequest) -> NoReturn:
    """The library wants the name of this address, but there is nothing at it."""
    raise Http404


def whole(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What the library changes when a form is sent, and what our journal says of it, are one transaction."""

    @wraps(view)
    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with atomic():
            return view(request, *args, **kwargs)

    return handle


def counted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A form sent to sign in is a try for its network, whatever stands in it: counted with the password it brings, else by itself."""

    @wraps(view)
    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET":
            return view(request, *args, **kwargs)
        request.is_uncounted = True  # type: ignore[attr-defined]
        try:
            answer = view(request, *args, **kwargs)
        except ImmediateHttpResponse as refused:
            return refused.response  # type: ignore[no-any-return]
        if request.__dict__.pop("is_uncounted", False) and not count_try(request, "sign_in"):
            return respond_429(request)  # type: ignore[no-any-return]
        return answer

    return handle


class ConfirmPasskey(passkeys.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """The library would send whoever fails home; here they may try again, or take another way."""

    def form_invalid(self, form: Any) -> HttpResponse:
        super().form_invalid(form)  # says what is wrong
        return HttpResponseRedirect(self.passthrough_next_url(self.request.path))


urlpatterns = [
    path("sign-in/", never_cache(counted(kept_for_visitors(account.login))), name="account_login"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/change/", account.password_change, name="account_change_password"),
    path("account/password/reset/", account.password_reset, name="account_reset_password"),
    path("account/password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key, name="account_reset_password_from_key",
    ),
    path("account/password/reset/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("account/second-factor/", RedirectView.as_view(pattern_name="people:security"), name="mfa_index"),
    path("account/second-factor/code/", mfa.authenticate, name="mfa_authenticate"),
    path("account/second-factor/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/off/", whole(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/passkeys/", RedirectView.as_view(pattern_name="people:security"), name="mfa_list_webauthn"),
    path("account/passkeys/new/", whole(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("account/passkeys/confirm/", ConfirmPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", whole(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("account/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/recovery-codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/sign-up/", left_out, name="account_signup"),
    path("account/address/", left_out, name="account_email"),
    path("account/password/set/", left_out, name="account_set_password"),
    path("account/address/sent/", left_out, name="account_email_verification_sent"),
]  # fmt: skip
