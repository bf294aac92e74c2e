"""How often something may be tried: counted in the database, so that limits hold with several processes."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from handrail.kit import clock
from handrail.kit.models import Throttle

KEPT = timedelta(days=2)


def too_often(what: str, who: str, *, limit: int, within: timedelta) -> bool:
    """Count one try and say whether there were more than `limit` in the window. Neither address nor network is stored."""
    key = salted_hmac("handrail.throttle", f"{what}:{who}", algorithm="sha256").hexdigest()
    now = clock.real_now()
    with transaction.atomic():
        row, made = Throttle.objects.select_for_update(no_key=True).get_or_create(
            key=key, defaults={"window_started_at": now, "count": 1}
        )
        if made:
            Throttle.objects.filter(window_started_at__lt=now - KEPT).delete()
            return limit < 1
        if now - row.window_started_at >= within:
            Throttle.objects.filter(pk=row.pk).update(window_started_at=now, count=1)
            return limit < 1
        Throttle.objects.filter(pk=row.pk).update(count=F("count") + 1)
        return row.count + 1 > limit


def network_of(request: HttpRequest) -> str:
    """The caller's network address, as the proxies in front of the site report it; for counting only."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(passed) >= proxies:
        return passed[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
