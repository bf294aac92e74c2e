"""Screens of companies and placements: who sees what, what the company's side never sees, and that lists cost the same however long they are."""

from __future__ import annotations

import pytest
from django.urls import reverse

from handrail.cases import actions as cases
from handrail.kit import clock
from handrail.people.actions import give_consent, withdraw_consent
from handrail.placements import actions
from handrail.placements.models import Company, Placement


def url(name, thing, *more):
    return reverse(f"placements:{name}", args=[thing.uid, *more])


def test_the_stranger_gets_404_everywhere(kolding, client_of):
    placement, client = kolding.running(kolding.dawit), client_of(kolding.stranger)
    pages = [url("company_detail", kolding.company), url("placement_detail", placement), url("placement_agree", kolding.selam), url("follow_up", placement.follow_ups.first()),
             url("status_note", kolding.dawit, "project"), url("company_list", kolding.programme), url("funnel", kolding.programme)]  # fmt: skip
    assert {client.get(page).status_code for page in pages} == {404}


def test_a_caseworker_does_not_decide_for_anothers_person(kolding, client_of):
    assert client_of(kolding.rasmus).get(url("placement_agree", kolding.dawit)).status_code == 404
    assert client_of(kolding.lars).get(url("placement_agree", kolding.dawit)).status_code == 404
    assert client_of(kolding.mette).get(url("placement_agree", kolding.dawit)).status_code == 200


def test_the_companys_side_sees_tasks_and_never_support_or_name(kolding, client_of):
    placement = kolding.running(kolding.dawit, adaptations="En rolig plads")
    need = cases.note_need(case=kolding.dawit, domain="legal", text="CANARY-NEED", by=kolding.mette)
    cases.plan_step(need=need, title="CANARY-STEP", due_on=clock.today(), by=kolding.mette)
    actions.hold_follow_up(follow_up=placement.follow_ups.first(), participant_says="CANARY-SAID", by=kolding.mette)
    own = client_of(kolding.mette).get(url("placement_detail", placement)).content.decode()
    assert all(word in own for word in ("CANARY-NEED", "CANARY-STEP", "CANARY-SAID", "Dawit Tesfay", "Slibe"))
    theirs = client_of(kolding.lars).get(url("placement_detail", placement)).content.decode()
    assert "Slibe" in theirs and "En rolig plads" in theirs
    assert not any(word in theirs for word in ("CANARY", "Dawit", "Tesfay", kolding.dawit.number))


def test_the_first_name_is_told_while_the_consent_holds_and_no_longer(kolding, client_of):
    placement, client = kolding.running(kolding.dawit), client_of(kolding.lars)
    pages = (url("placement_detail", placement), url("company_detail", kolding.company))
    consent = give_consent(
        person=kolding.dawit.person, recipient_kind="company", recipient=kolding.company.uid, fields=["first_name"], purpose="Praktik", wording="company-1",
        language="ti", until=placement.ends_on, by=kolding.mette,
    )  # fmt: skip
    bodies = [client.get(page).content.decode() for page in pages]
    assert all("Dawit" in body and "Tesfay" not in body for body in bodies)
    withdraw_consent(consent=consent, by=kolding.mette)
    assert not any("Dawit" in client.get(page).content.decode() for page in pages)


def test_a_placement_is_decided_prepared_signed_and_started_on_screen(kolding, client_of):
    client, consultant = client_of(kolding.mette), client_of(kolding.lars)
    sent = {"position": kolding.position.uid, "starts_on": "2018-04-18", "ends_on": "2018-07-17", "hours": "25"}
    assert client.post(url("placement_agree", kolding.dawit), sent).status_code == 302
    placement = Placement.objects.get()
    answer = client.post(url("placement_start", placement), follow=True, headers={"accept-language": "en"})
    assert "preparation is not finished" in answer.content.decode()
    for item in ("supervisor", "first_day", "colleagues", "safety", "help"):
        consultant.post(url("placement_prepare", placement), {"item": item})
    for part in ("participant", "employer", "employees", "municipality"):
        client.post(url("placement_sign", placement), {"part": part})
    client.post(url("placement_start", placement))
    placement.refresh_from_db()
    assert placement.state == Placement.State.RUNNING


def test_the_consultant_edits_companies_and_the_caseworker_reads_them(kolding, client_of):
    sent = {"name": "Ny ApS", "ordinary_staff": "8", "region": "Syddanmark"}
    assert client_of(kolding.mette).post(url("company_add", kolding.programme), sent).status_code == 404
    assert client_of(kolding.lars).post(url("company_add", kolding.programme), sent).status_code == 302
    assert Company.objects.filter(name="Ny ApS", consultant=kolding.lars).exists()
    assert client_of(kolding.mette).get(url("company_list", kolding.programme)).status_code == 200


def test_the_consultant_reads_no_sealed_note_and_no_case(kolding, client_of):
    client, note = client_of(kolding.lars), cases.seal_note(case=kolding.dawit, kind="health", text="CANARY-HEALTH", by=kolding.mette)
    for page in (reverse("cases:case_detail", args=[kolding.dawit.uid]), reverse("cases:note_open", args=[note.uid]), reverse("cases:case_list", args=[kolding.programme.uid])):
        assert client.get(page).status_code == 404
        assert client.post(page, {"reason": "Jeg vil gerne vide det hele"}).status_code == 404


@pytest.mark.parametrize("page", ["company_list", "funnel"])
def test_lists_cost_the_same_with_one_and_with_three(kolding, client_of, queries_of, page):
    client = client_of(kolding.coordinator)
    client.get(url(page, kolding.programme))
    kolding.running(kolding.dawit)
    one = queries_of(lambda: client.get(url(page, kolding.programme)))
    for index in range(3):
        company = actions.add_company(programme=kolding.programme, name=f"Firma {index}", ordinary_staff=20, region="Syddanmark", by=kolding.lars)
        actions.offer_position(company=company, title="Hjælper", tasks=["Hjælpe"], hours=20, by=kolding.lars)
    kolding.running(kolding.selam)
    assert queries_of(lambda: client.get(url(page, kolding.programme))) == one


def test_the_import_names_rows_on_screen_and_saves_nothing(kolding, client_of):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(kolding.coordinator)
    file = SimpleUploadedFile("b.csv", b"Key;Given name;First day\nA-1;Dawit;yesterday\n")
    body = client.post(url("histories", kolding.programme), {"file": file, "organisation": kolding.kommune.uid}, headers={"accept-language": "en"}).content.decode()
    assert "2018-04-18" in body and "First day" in body
    empty = client.get(url("histories_empty", kolding.programme))
    assert empty["Content-Disposition"].startswith("attachment") and empty.content[:2] == b"PK"
