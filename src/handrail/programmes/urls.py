"""One line per screen."""

from __future__ import annotations

from django.urls import URLPattern, path

from handrail.programmes import views

app_name = "programmes"
urlpatterns: list[URLPattern] = [
    path("programmes/<uuid:uid>/", views.about, name="about"),
    path("programmes/<uuid:uid>/public-page/", views.public_change, name="public_change"),
    path("programmes/<uuid:uid>/participants/", views.participants, name="participants"),
    path("programmes/<uuid:uid>/participants/mark/", views.mark, name="participants_mark"),
    path("programmes/<uuid:uid>/participants/enrol/", views.enrol, name="participants_enrol"),
    path("programmes/<uuid:uid>/roles/", views.roles, name="roles"),
    path("programmes/<uuid:uid>/roles/give/", views.role_give, name="role_give"),
    path("roles/<uuid:uid>/end/", views.role_end, name="role_end"),
    path("partners/<uuid:uid>/contact-person/", views.contact_name, name="contact_name"),
    path("programmes/<uuid:uid>/messages/", views.messages, name="messages"),
    path("messages/<uuid:uid>/answered/", views.message_answer, name="message_answer"),
    path("p/<slug:slug>/", views.public, name="public"),
    path("p/<slug:slug>/contact/", views.contact, name="contact"),
    path("p/<slug:slug>/contact/sent/", views.contact_sent, name="contact_sent"),
    path("p/<slug:slug>/privacy/", views.public_privacy, name="public_privacy"),
    path("p/<slug:slug>/accessibility/", views.public_accessibility, name="public_accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
