"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.placements.views import company

app_name = "placements"
urlpatterns = [
    path("company/<str:token>/", company.company, name="company_page"),
    path("company/<str:token>/days/<uuid:uid>/", company.company_day, name="company_day"),
    path("company/<str:token>/preparation/<uuid:uid>/", company.company_prepare, name="company_prepare"),
    path("contacts/<uuid:uid>/link/", company.link_send, name="link_send"),
]
