"""One line per screen."""

from __future__ import annotations

from django.urls import path

from handrail.competences import views

app_name = "competences"
urlpatterns = [
    path("programmes/<uuid:uid>/map/", views.map_show, name="map"),
    path("programmes/<uuid:uid>/map/file/<slug:kind>/", views.map_file, name="map_file"),
    path("programmes/<uuid:uid>/map/people/", views.map_people, name="map_people"),
    path("programmes/<uuid:uid>/map/frameworks/", views.framework_list, name="framework_list"),
    path("programmes/<uuid:uid>/map/frameworks/import/", views.framework_import, name="framework_import"),
    path("frameworks/<uuid:uid>/", views.framework_show, name="framework"),
    path("frameworks/<uuid:uid>/file/<slug:kind>/", views.framework_file, name="framework_file"),
    path("frameworks/<uuid:uid>/areas/add/", views.area_add, name="area_add"),
    path("frameworks/areas/<uuid:uid>/edit/", views.area_edit, name="area_edit"),
    path("frameworks/areas/<uuid:uid>/competences/add/", views.competence_add, name="competence_add"),
    path("frameworks/competences/<uuid:uid>/edit/", views.competence_edit, name="competence_edit"),
    path("frameworks/competences/<uuid:uid>/retire/", views.competence_retire, name="competence_retire"),
    path("frameworks/<uuid:uid>/profiles/", views.profile_list, name="profile_list"),
    path("frameworks/<uuid:uid>/profiles/add/", views.profile_add, name="profile_add"),
    path("frameworks/profiles/<uuid:uid>/edit/", views.profile_edit, name="profile_edit"),
    path("frameworks/profiles/<uuid:uid>/targets/", views.profile_targets, name="profile_targets"),
    path("frameworks/<uuid:uid>/assignments/", views.assignment_list, name="assignment_list"),
    path("frameworks/<uuid:uid>/assignments/by-title/", views.assignment_by_title, name="assignment_by_title"),
    path("frameworks/<uuid:uid>/assignments/title/", views.assignment_title, name="assignment_title"),
    path("frameworks/<uuid:uid>/assignments/<uuid:person>/", views.assignment_person, name="assignment_person"),
    path("findings/<uuid:uid>/competences/", views.need_link, name="need_link"),
    path("findings/competences/<uuid:uid>/end/", views.need_unlink, name="need_unlink"),
    path("my/levels/", views.levels_own, name="levels"),
    path("my/levels/share/<uuid:uid>/", views.sharing_start, name="sharing_start"),
    path("my/levels/stop/<uuid:uid>/", views.sharing_end, name="sharing_end"),
    path("my/levels/decline/<uuid:uid>/", views.sharing_decline, name="sharing_decline"),
    path("my/levels/shared/<uuid:uid>/", views.levels_shared, name="levels_shared"),
    path("my/levels/shared/<uuid:uid>/ask/", views.sharing_ask, name="sharing_ask"),
    path("my/levels/shared/<uuid:uid>/observe/<uuid:competence>/", views.level_observe, name="level_observe"),
]
