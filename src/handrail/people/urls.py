"""One line per screen."""

from __future__ import annotations

from django.urls import URLPattern, path

from handrail.people import views

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("invitation/", views.invitation_ask, name="invitation_ask"),
    path("invitation/<str:token>/", views.invitation_accept, name="invitation"),
    path("security/", views.security, name="security"),
    path("security/devices/", views.device_end, name="device_end"),
    path("recovery/", views.recovery_ask, name="recovery_ask"),
    path("recovery/stop/<str:token>/", views.recovery_stop, name="recovery_stop"),
    path("recovery/password/<str:token>/", views.recovery_finish, name="recovery_finish"),
    path("recoveries/", views.recoveries, name="recoveries"),
    path("recoveries/open/", views.recovery_open, name="recovery_open"),
    path("recoveries/<uuid:uid>/", views.recovery, name="recovery"),
    path("recoveries/<uuid:uid>/stop/", views.recovery_refuse, name="recovery_refuse"),
    path("people/<uuid:uid>/invite/", views.person_invite, name="person_invite"),
    path("people/<uuid:uid>/erase/", views.person_erase, name="person_erase"),
    path("erasures/", views.erasures, name="erasures"),
    path("erasures/<uuid:uid>/", views.erasure, name="erasure"),
    path("erasures/<uuid:uid>/agree/", views.erasure_agree, name="erasure_agree"),
    path("erasures/<uuid:uid>/stop/", views.erasure_stop, name="erasure_stop"),
    path("people/<uuid:uid>/account/close/", views.account_close, name="account_close"),
    path("people/<uuid:uid>/account/open/", views.account_reopen, name="account_reopen"),
    path("organisations/<uuid:uid>/staff/", views.staff, name="staff"),
    path("organisations/<uuid:uid>/staff/upload/", views.staff_upload, name="staff_upload"),
    path("staff-lists/<uuid:uid>/", views.staff_list, name="staff_list"),
    path("staff-lists/<uuid:uid>/save/", views.staff_list_save, name="staff_list_save"),
    path("staff-lists/<uuid:uid>/problems/", views.staff_list_problems, name="staff_list_problems"),
]
