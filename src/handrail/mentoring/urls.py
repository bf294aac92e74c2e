"""One line per screen. The addresses that a participant sees say nothing."""

from __future__ import annotations

from django.urls import path

from handrail.mentoring.views import calls, lifelines, mentors, mentorships, mine

app_name = "mentoring"
urlpatterns = [
    path("programmes/<uuid:uid>/mentors/", mentors.mentor_list, name="mentor_list"),
    path("programmes/<uuid:uid>/mentors/new/", mentors.mentor_recruit, name="mentor_recruit"),
    path("programmes/<uuid:uid>/mentors/terms/", mentors.terms, name="terms"),
    path("programmes/<uuid:uid>/mentors/languages/", mentors.languages, name="languages"),
    path("mentors/<uuid:uid>/", mentors.mentor_detail, name="mentor_detail"),
    path("mentors/<uuid:uid>/change/", mentors.mentor_change, name="mentor_change"),
    path("mentors/<uuid:uid>/prepared/", mentors.mentor_prepare, name="mentor_prepare"),
    path("mentors/<uuid:uid>/end/", mentors.mentor_end, name="mentor_end"),
    path("cases/<uuid:uid>/mentor/", mentorships.mentor_match, name="mentor_match"),
    path("cases/<uuid:uid>/card/", mentorships.card, name="card"),
    path("cases/<uuid:uid>/card/end/", mentorships.card_end, name="card_end"),
    path("mentorships/<uuid:uid>/backup/", mentorships.backup, name="backup"),
    path("mentorships/<uuid:uid>/end/", mentorships.mentor_relieve, name="mentor_relieve"),
    path("mentorships/<uuid:uid>/contact/", mine.contact_log, name="contact_log"),
    path("programmes/<uuid:uid>/my-people/", mine.my_people, name="my_people"),
    path("mentorships/<uuid:uid>/", mine.mentee, name="mentee"),
    path("mentorships/<uuid:uid>/next/", mine.next_contact, name="next_contact"),
    path("mentorships/<uuid:uid>/note/", mine.note, name="note"),
    path("calls/<uuid:uid>/", calls.call_detail, name="call_detail"),
    path("calls/<uuid:uid>/close/", calls.call_close, name="call_close"),
    path("asked/<str:token>/", calls.call_by_link, name="call_by_link"),
    path("my/<str:token>/", lifelines.lifeline, name="lifeline"),
    path("today/", lifelines.away, name="away"),
]
