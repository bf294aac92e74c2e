"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.library.views import board, by_link, drafting, practices, reviews, toolbox, use

app_name = "library"
urlpatterns = [
    path("toolbox/", toolbox.catalogue, name="catalogue"),
    path("toolbox/overview/", toolbox.overview, name="overview"),
    path("toolbox/barriers/", toolbox.barriers, name="barriers"),
    path("toolbox/feed.xml", toolbox.feed, name="feed"),
    path("toolbox/download/", toolbox.whole, name="whole"),
    path("toolbox/<slug:slug>/", toolbox.card, name="card"),
    path("toolbox/<slug:slug>/summary/", toolbox.summary, name="summary"),
    path("toolbox/<slug:slug>/summary.pdf", toolbox.summary_pdf, name="summary_pdf"),
    path("toolbox/<slug:slug>/card.json", toolbox.card_data, name="card_data"),
    path("sitemap.xml", toolbox.sitemap, name="sitemap"),
    path("programmes/<uuid:uid>/library/", board.board, name="board"),
    path("programmes/<uuid:uid>/library/overview/", board.board_overview, name="board_overview"),
    path("programmes/<uuid:uid>/library/new/", board.begin, name="begin"),
    path("programmes/<uuid:uid>/library/invite/", board.invite, name="invite"),
    path("programmes/<uuid:uid>/library/barriers/", use.barrier_list, name="barrier_list"),
    path("programmes/<uuid:uid>/library/barriers/new/", use.barrier_note, name="barrier_note"),
    path("programmes/<uuid:uid>/library/checklist/", use.checklist, name="checklist"),
    path("programmes/<uuid:uid>/library/checklist/answer/", use.checklist_answer, name="checklist_answer"),
    path("codes/<uuid:uid>/practice/", drafting.draft, name="draft"),
    path("practices/<uuid:uid>/", practices.practice, name="practice"),
    path("practices/<uuid:uid>/write/<slug:part>/", practices.write, name="write"),
    path("practices/<uuid:uid>/submit/", practices.submit, name="submit"),
    path("practices/<uuid:uid>/revise/", practices.revise, name="revise"),
    path("practices/<uuid:uid>/translate/<slug:language>/", practices.translate, name="translate"),
    path("practices/<uuid:uid>/reviewers/", practices.ask_reviews, name="ask_reviews"),
    path("practices/<uuid:uid>/publish/", practices.publish, name="publish"),
    path("practices/<uuid:uid>/still-holds/", practices.keep, name="keep"),
    path("practices/<uuid:uid>/send-back/", practices.send_back, name="send_back"),
    path("practices/<uuid:uid>/withdraw/", practices.withdraw, name="withdraw"),
    path("practices/<uuid:uid>/link/", practices.link_send, name="link_send"),
    path("practices/<uuid:uid>/do-the-same/", use.adopt, name="adopt"),
    path("reviews/<uuid:uid>/", reviews.review, name="review"),
    path("barriers/<uuid:uid>/", use.barrier, name="barrier"),
    path("barriers/<uuid:uid>/report/", use.barrier_report, name="barrier_report"),
    path("barriers/<uuid:uid>/lower/", use.barrier_lower, name="barrier_lower"),
    path("adoptions/<uuid:uid>/", use.adoption, name="adoption"),
    path("adoptions/<uuid:uid>/tick/", use.adoption_tick, name="adoption_tick"),
    path("adoptions/<uuid:uid>/result/", use.adoption_report, name="adoption_report"),
    path("adoptions/<uuid:uid>/stop/", use.adoption_stop, name="adoption_stop"),
    path("practice/<str:token>/", by_link.written, name="written"),
    path("practice/<str:token>/<slug:part>/", by_link.write_by_link, name="write_by_link"),
]
