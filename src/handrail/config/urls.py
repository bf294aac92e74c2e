"""The site's addresses: each app brings its own; libraries are listed in settings.FOREIGN_ROUTES."""

from __future__ import annotations

from django.urls import include, path

from handrail.kit import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("handrail.config.sign_in")),
    path("", include("handrail.kit.urls")),
    path("", include("handrail.people.urls")),
    path("", include("handrail.programmes.urls")),
    path("", include("handrail.instruments.urls")),
    path("", include("handrail.research.urls")),
    path("", include("handrail.library.urls")),
    path("", include("handrail.competences.urls")),
    path("", include("handrail.curriculum.urls")),
    path("", include("handrail.delivery.urls")),
    path("", include("handrail.planning.urls")),
    path("", include("handrail.cases.urls")),
    path("", include("handrail.mentoring.urls")),
    path("", include("handrail.placements.urls")),
    path("", include("handrail.support.urls")),
    path("", include("handrail.evidence.urls")),
    path("", include("handrail.desk.urls")),
]

handler400 = "handrail.config.errors.bad_request"
handler403 = "handrail.config.errors.forbidden"
handler429 = "handrail.config.errors.too_often"
handler404 = "handrail.config.errors.absent"
handler500 = "handrail.config.errors.fault"
