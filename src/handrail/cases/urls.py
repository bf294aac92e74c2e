"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.cases.views import cases, consents, courses, day, guards, needs, notes, referrals, star

app_name = "cases"
urlpatterns = [
    path("programmes/<uuid:uid>/cases/", cases.case_list, name="case_list"),
    path("programmes/<uuid:uid>/cases/new/", cases.case_open, name="case_open"),
    path("programmes/<uuid:uid>/cases/day/", day.day, name="day"),
    path("programmes/<uuid:uid>/referrals/", referrals.referral_list, name="referral_list"),
    path("cases/<uuid:uid>/", cases.case_detail, name="case_detail"),
    path("cases/<uuid:uid>/change/", cases.case_change, name="case_change"),
    path("cases/<uuid:uid>/languages/", cases.case_languages, name="case_languages"),
    path("cases/<uuid:uid>/give/", cases.case_give, name="case_give"),
    path("cases/<uuid:uid>/end/", cases.case_end, name="case_end"),
    path("cases/<uuid:uid>/again/", cases.case_reopen, name="case_reopen"),
    path("cases/<uuid:uid>/needs/", needs.need_note, name="need_note"),
    path("cases/<uuid:uid>/path/", needs.path_plan, name="path_plan"),
    path("cases/<uuid:uid>/star/", star.star_note, name="star_note"),
    path("stars/<uuid:uid>/", star.star, name="star"),
    path("cases/<uuid:uid>/consents/", consents.consents, name="consents"),
    path("cases/<uuid:uid>/consents/new/", consents.consent_give, name="consent_give"),
    path("consents/<uuid:uid>/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
    path("cases/<uuid:uid>/courses/", courses.course_choose, name="course_choose"),
    path("sessions/<uuid:uid>/places/", courses.course_places, name="course_places"),
    path("places/<uuid:uid>/back/", courses.course_leave, name="course_leave"),
    path("places/<uuid:uid>/told/", courses.course_told, name="course_told"),
    path("cases/<uuid:uid>/refer/", referrals.case_refer, name="case_refer"),
    path("referrals/<uuid:uid>/", referrals.referral, name="referral"),
    path("referrals/<uuid:uid>/accept/", referrals.referral_accept, name="referral_accept"),
    path("referrals/<uuid:uid>/decline/", referrals.referral_decline, name="referral_decline"),
    path("referrals/<uuid:uid>/done/", referrals.referral_finish, name="referral_finish"),
    path("referrals/<uuid:uid>/back/", referrals.referral_take_back, name="referral_take_back"),
    path("needs/<uuid:uid>/settle/", needs.need_settle, name="need_settle"),
    path("needs/<uuid:uid>/steps/", needs.step_plan, name="step_plan"),
    path("steps/<uuid:uid>/done/", needs.step_done, name="step_done"),
    path("cases/<uuid:uid>/sealed/", notes.note_seal, name="note_seal"),
    path("cases/<uuid:uid>/openings/", notes.openings, name="openings"),
    path("cases/<uuid:uid>/emergency/", notes.glass_break, name="glass_break"),
    path("cases/<uuid:uid>/conflicts/", guards.conflicts, name="conflicts"),
    path("conflicts/<uuid:uid>/lift/", guards.conflict_lift, name="conflict_lift"),
    path("cases/<uuid:uid>/looks/", guards.looks, name="looks"),
    path("sealed/<uuid:uid>/", notes.note_open, name="note_open"),
]
