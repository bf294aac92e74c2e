"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.delivery.views import attendance, phone, seats, sessions

app_name = "delivery"
urlpatterns = [
    path("programmes/<uuid:uid>/sessions/", sessions.session_list, name="session_list"),
    path("programmes/<uuid:uid>/sessions/new/", sessions.session_schedule, name="session_schedule"),
    path("programmes/<uuid:uid>/sessions/rooms/", sessions.place_list, name="place_list"),
    path("programmes/<uuid:uid>/sessions/away/", seats.sessions_away, name="sessions_away"),
    path("programmes/<uuid:uid>/sessions/approve/", seats.seats_approve, name="seats_approve"),
    path("sessions/<uuid:uid>/", sessions.session_detail, name="session_detail"),
    path("sessions/<uuid:uid>/change/", sessions.session_change, name="session_change"),
    path("sessions/<uuid:uid>/repeat/", sessions.session_repeat, name="session_repeat"),
    path("sessions/<uuid:uid>/cancel/", sessions.session_cancel, name="session_cancel"),
    path("sessions/<uuid:uid>/plan/", sessions.session_plan, name="session_plan"),
    path("sessions/<uuid:uid>/invite/", sessions.session_invite, name="session_invite"),
    path("sessions/<uuid:uid>/groups/", sessions.session_groups, name="session_groups"),
    path("groups/<uuid:uid>/", sessions.group_detail, name="group_detail"),
    path("sessions/<uuid:uid>/attendance/", attendance.attendance_list, name="attendance_list"),
    path("sessions/<uuid:uid>/attendance/file/", attendance.attendance_file, name="attendance_file"),
    path("sessions/<uuid:uid>/attendance/empty.csv", attendance.attendance_file_empty, name="attendance_file_empty"),
    path("sessions/<uuid:uid>/qr/", attendance.session_qr, name="session_qr"),
    path("sessions/<uuid:uid>/qr/codes/", attendance.session_codes, name="session_codes"),
    path("late/<uuid:uid>/", attendance.late_check_in, name="late_check_in"),
    path("sessions/<uuid:uid>/sheet/", attendance.session_sheet, name="session_sheet"),
    path("sessions/<uuid:uid>/sheet.pdf", attendance.session_sheet_pdf, name="session_sheet_pdf"),
    path("my/sessions/", seats.my_sessions, name="my_sessions"),
    path("my/calendar/", seats.my_calendar, name="my_calendar"),
    path("seats/<uuid:uid>/", seats.seat_detail, name="seat_detail"),
    path("seats/<uuid:uid>/booking.ics", seats.seat_calendar, name="seat_calendar"),
    path("seats/<uuid:uid>/decide/", seats.seat_decide, name="seat_decide"),
    path("seats/<uuid:uid>/take-back/", seats.seat_withdraw, name="seat_withdraw"),
    path("seats/<uuid:uid>/minutes/", attendance.attendance_correct, name="attendance_correct"),
    path("s/<str:token>/", seats.seat_by_link, name="seat_by_link"),
    path("s/<str:token>/booking.ics", seats.seat_calendar_by_link, name="seat_calendar_by_link"),
    path("feed/<str:token>.ics", seats.calendar_feed, name="calendar_feed"),
    path("phone/", phone.phone, name="phone"),
    path("phone/now/", phone.phone_now, name="phone_now"),
    path("phone-worker.js", phone.phone_worker, name="phone_worker"),
    path("q/", seats.check_in_start, name="check_in"),
    path("q/<str:token>/", seats.check_in_code, name="check_in_code"),
]
