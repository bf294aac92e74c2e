"""Recruiting, preparing, matching, relieving, minutes, notes; who sees what of whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest

from handrail.cases import actions as cases
from handrail.kit import clock
from handrail.kit.errors import RuleBroken
from handrail.kit.models import Link, SentMail
from handrail.mentoring import access, actions, queries
from handrail.mentoring.models import Contact, Mentor, MentorNote, Mentorship
from handrail.people import actions as people
from handrail.people.models import Grant, Person, Role
from tests.mentoring.world import Town

SECRET = "Taler helst om fodbold, blå dør"


def fresh(one: Person) -> Person:
    return Person.objects.get(pk=one.pk)


def recruit(town: Town, given: str = "Nina", **more: Any) -> Mentor:
    facts: dict[str, Any] = {"given_name": given, "family_name": "Ny", "email": f"{given}.ny@strandby.example.org".lower(), "capacity": 1, **more}
    return actions.recruit_mentor(programme=town.programme, organisation=town.strandby, by=town.sofie, **facts)


def test_recruit_mentor_gives_the_role_and_invites_only_when_asked(town: Town) -> None:
    plain, invited = recruit(town), recruit(town, "Inger", invite=True)
    assert plain.recruited_on == clock.today() and plain.prepared_on is None
    assert Grant.objects.filter(role=Role.MENTOR, person__in=[plain.person, invited.person], programme=town.programme.uid).count() == 2
    assert list(Link.objects.filter(purpose="invitation").values_list("subject", flat=True)) == [invited.person.uid]


def test_recruit_mentor_refuses_twice_without_address_and_at_odd_sizes(town: Town) -> None:
    for facts, field in (({"email": ""}, "email"), ({"capacity": 0}, "capacity"), ({"capacity": 21}, "capacity"), ({"email": "morten.dahl@strandby.example.org"}, "email")):
        with pytest.raises(RuleBroken) as broken:
            recruit(town, **facts)
        assert broken.value.field == field


def test_who_left_comes_back_as_the_same_mentor(town: Town) -> None:
    actions.relieve_mentor(mentorship=town.mentorship, reason="mentor", by=town.sofie)
    actions.let_mentor_go(mentor=town.morten, by=town.sofie)
    assert not Grant.objects.filter(person=town.morten.person, role=Role.MENTOR, ends_on=None).exists()
    again = actions.recruit_mentor(
        programme=town.programme, organisation=town.strandby, given_name="", family_name="", email="morten.dahl@strandby.example.org", by=town.sofie
    )
    assert again.pk == town.morten.pk and again.ended_on is None


def test_match_over_capacity_is_refused_with_a_clear_answer(town: Town) -> None:
    actions.match_mentor(case=town.another_case(), mentor=town.morten, by=town.sofie)
    third = town.another_case("Tredje")
    with pytest.raises(RuleBroken, match="Morten Dahl already stands beside 2 of at most 2") as broken:
        actions.match_mentor(case=third, mentor=town.morten, by=town.sofie)
    assert broken.value.field == "mentor"
    actions.change_mentor(mentor=town.morten, capacity=3, by=town.sofie)
    actions.match_mentor(case=third, mentor=town.morten, by=town.sofie)
    assert Mentorship.objects.filter(mentor=town.morten, ended_on=None).count() == 3


def test_match_refuses_the_unprepared_the_mentor_as_backup_a_second_and_strangers(town: Town) -> None:
    new, case = recruit(town), town.another_case()
    elsewhere = actions.recruit_mentor(
        programme=town.programme, organisation=town.other_town, given_name="V", family_name="V", email="v@strandby.example.org", by=town.ola
    )
    for asked, field in (
        ({"case": case, "mentor": new}, "mentor"), ({"case": case, "mentor": town.leyla, "backup": town.leyla}, "backup"),
        ({"case": town.case, "mentor": town.leyla}, None), ({"case": case, "mentor": elsewhere}, "mentor"), ({"case": case, "mentor": town.leyla, "backup": elsewhere}, "backup"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as broken:
            actions.match_mentor(by=town.sofie, **asked)
        assert broken.value.field == field
    cases.end_case(case=case, reason="moved", by=town.karen)
    with pytest.raises(RuleBroken, match="stay"):
        actions.match_mentor(case=case, mentor=town.leyla, by=town.sofie)


def test_handing_over_takes_the_way_to_the_person_along_and_no_note(town: Town) -> None:
    actions.keep_note(mentorship=town.mentorship, text=SECRET, by=town.morten.person)
    actions.agree_next_contact(mentorship=town.mentorship, next_on=date(2018, 4, 20), next_where="Café", by=town.morten.person)
    new = actions.relieve_mentor(mentorship=Mentorship.objects.get(pk=town.mentorship.pk), reason="mentor", successor=town.leyla, by=town.sofie)
    assert new is not None
    assert (new.mentor, new.backup, new.reach, new.next_on, new.next_where) == (town.leyla, None, "22 11 00 99, ring", date(2018, 4, 20), "Café")
    old = Mentorship.objects.get(pk=town.mentorship.pk)
    assert (old.ended_on, old.reason, old.reach, old.next_on) == (clock.today(), "mentor", "", None)
    assert not MentorNote.objects.exists()
    with pytest.raises(RuleBroken, match="ended already"):
        actions.relieve_mentor(mentorship=old, reason="done", by=town.sofie)


def test_handing_over_to_a_full_mentor_changes_nothing(town: Town) -> None:
    actions.change_mentor(mentor=town.leyla, capacity=1, by=town.sofie)
    actions.match_mentor(case=town.another_case(), mentor=town.leyla, by=town.sofie)
    with pytest.raises(RuleBroken, match="1 of at most 1") as broken:
        actions.relieve_mentor(mentorship=town.mentorship, reason="mentor", successor=town.leyla, by=town.sofie)
    assert broken.value.field == "successor"
    assert Mentorship.objects.get(pk=town.mentorship.pk).ended_on is None


def test_a_mentor_with_people_cannot_be_let_go(town: Town) -> None:
    with pytest.raises(RuleBroken, match="Hand these people over"):
        actions.let_mentor_go(mentor=town.morten, by=town.sofie)
    actions.let_mentor_go(mentor=town.leyla, by=town.sofie)
    assert Mentorship.objects.get(pk=town.mentorship.pk).backup is None, "the coordinator is told instead"


def test_log_contact_counts_and_ends_what_was_agreed(town: Town) -> None:
    actions.agree_next_contact(mentorship=town.mentorship, next_on=clock.today(), by=town.morten.person)
    actions.log_contact(mentorship=Mentorship.objects.get(pk=town.mentorship.pk), minutes=25, how="met", by=town.morten.person)
    actions.log_contact(mentorship=town.mentorship, minutes=5, how="message", day=date(2018, 4, 3), by=town.morten.person)
    assert [(one.day, one.minutes, one.how) for one in Contact.objects.all()] == [(date(2018, 4, 18), 25, "met"), (date(2018, 4, 3), 5, "message")]
    assert Mentorship.objects.get(pk=town.mentorship.pk).next_on is None
    assert queries.minutes_by_month(town.morten) == [(date(2018, 4, 1), 30, 2)]
    for wrong in ({"how": "smoke"}, {"minutes": 0}, {"day": date(2018, 4, 1)}, {"day": date(2018, 4, 19)}):
        with pytest.raises(RuleBroken):
            actions.log_contact(**{"mentorship": town.mentorship, "minutes": 5, "how": "met", "by": town.morten.person, **wrong})


def test_notes_are_sealed_read_by_the_mentor_alone_and_bound_to_their_place(town: Town) -> None:
    actions.keep_note(mentorship=town.mentorship, text=SECRET, by=town.morten.person)
    assert queries.note_of(town.mentorship) == SECRET
    note = MentorNote.objects.get()
    assert SECRET.encode() not in bytes(note.sealed)
    other = actions.match_mentor(case=town.another_case(), mentor=town.morten, by=town.sofie)
    MentorNote.objects.filter(pk=note.pk).update(mentorship=other)
    assert queries.note_of(other) == "", "moved to another person's row it does not open"
    with pytest.raises(RuleBroken, match="Only the mentor"):
        actions.keep_note(mentorship=town.mentorship, text="x", by=town.karen)
    actions.keep_note(mentorship=other, text=" ", by=town.morten.person)
    assert not MentorNote.objects.exists()


def test_mentor_sees_own_people_while_it_lasts_and_nothing_of_the_case(town: Town) -> None:
    mine = queries.mentees_of(fresh(town.morten.person))
    assert [(one.name, one.language, one.mentorship.reach) for one in mine] == [("Dana", "Arabic", "22 11 00 99, ring")]
    assert queries.mentees_of(fresh(town.leyla.person)) == [], "standing behind a mentor shows nobody"
    for one in (town.sofie, town.karen, town.stranger):
        assert not queries.mentorships_visible_to(one).exists()
    actions.relieve_mentor(mentorship=town.mentorship, reason="done", by=town.sofie)
    assert queries.mentees_of(fresh(town.morten.person)) == []


def test_mentorship_that_begins_later_or_whose_role_ended_shows_nobody(town: Town) -> None:
    Mentorship.objects.update(starts_on=date(2018, 4, 19))
    assert queries.mentees_of(fresh(town.morten.person)) == []
    with clock.at(clock.now() + timedelta(days=1)):
        assert len(queries.mentees_of(fresh(town.morten.person))) == 1
        people.end_grant(grant=Grant.objects.get(person=town.morten.person, role=Role.MENTOR), by=None)
        assert queries.mentees_of(fresh(town.morten.person)) == []


def test_protected_identity_stays_unnamed(town: Town) -> None:
    town.case.person.identity.is_protected = True
    town.case.person.identity.save()
    assert [one.name for one in queries.mentees_of(fresh(town.morten.person))] == ["Protected identity"]


def test_list_says_how_many_of_how_many_minutes_and_who_is_too_quiet(town: Town) -> None:
    actions.log_contact(mentorship=town.mentorship, minutes=40, how="met", day=date(2018, 4, 3), by=town.morten.person)
    rows = {row.name: row for row in queries.mentor_rows(town.programme, queries.mentors_visible_to(town.sofie), viewer=town.sofie)}
    assert (rows["Morten Dahl"].has, rows["Morten Dahl"].this_month, rows["Morten Dahl"].quiet, rows["Leyla Omar"].has) == (1, 40, (town.case.number,), 0)
    actions.set_terms(programme=town.programme, answer_minutes=30, quiet_from=time(22), quiet_until=time(7), quiet_days=15, by=town.sofie)
    rows = {row.name: row for row in queries.mentor_rows(town.programme, queries.mentors_visible_to(town.sofie), viewer=town.sofie)}
    assert rows["Morten Dahl"].quiet == (), "the threshold is the programme's own"
    with clock.at(clock.now() + timedelta(days=20)):
        rows = {row.name: row for row in queries.mentor_rows(town.programme, queries.mentors_visible_to(town.sofie), viewer=town.sofie)}
        assert (rows["Morten Dahl"].this_month, rows["Morten Dahl"].last_month) == (0, 40)


def test_list_costs_the_same_for_one_and_three(town: Town, queries_of: Callable[[Callable[[], Any]], int]) -> None:
    Mentor.objects.filter(pk=town.leyla.pk).update(ended_on=date(2018, 4, 1))
    Mentorship.objects.update(backup=None)

    def look() -> Any:
        return queries.mentor_rows(town.programme, queries.mentors_visible_to(town.sofie), viewer=town.sofie)

    look()  # roles are read once a request
    one = queries_of(look)
    for given in ("Nina", "Inger"):
        new = recruit(town, given)
        actions.prepare_mentor(mentor=new, by=town.sofie)
        actions.match_mentor(case=town.another_case(given), mentor=new, by=town.sofie)
    assert queries_of(look) == one
    queries.mentees_of(town.morten.person)
    mine = queries_of(lambda: queries.mentees_of(town.morten.person))
    actions.match_mentor(case=town.another_case("Ali"), mentor=town.morten, by=town.sofie)
    assert queries_of(lambda: queries.mentees_of(town.morten.person)) == mine


def test_access_belongs_to_coordinator_and_own_caseworker(town: Town) -> None:
    may = {
        name: (
            access.may_list_mentors(one, town.programme), access.may_match_mentor(one, town.case), access.may_relieve_mentor(one, town.mentorship),
            access.may_log_contact(one, town.mentorship), access.may_see_own_people(one, town.programme), queries.mentors_visible_to(one).count(),
            queries.mentorships_steered_by(one).count(),
        )
        for name, one in {
            "sofie": town.sofie, "karen": town.karen, "kurt": town.kurt, "ola": town.ola, "stranger": town.stranger, "morten": fresh(town.morten.person),
            "leyla": fresh(town.leyla.person),
        }.items()
    }  # fmt: skip
    assert may == {
        "sofie": (True, True, True, True, False, 2, 1),
        "karen": (False, True, True, True, False, 0, 1),
        "kurt": (False, False, False, False, False, 0, 0),
        "ola": (True, False, False, False, False, 0, 0),
        "stranger": (False, False, False, False, False, 0, 0),
        "morten": (False, False, False, True, True, 0, 0),
        "leyla": (False, False, False, False, True, 0, 0),
    }


def test_stay_that_ends_ends_mentorship_card_and_call(town: Town, run_later: Callable[[], int]) -> None:
    actions.keep_note(mentorship=town.mentorship, text=SECRET, by=town.morten.person)
    call = town.call()
    cases.end_case(case=town.case, reason="work", by=town.karen)
    assert Mentorship.objects.get(pk=town.mentorship.pk).reason == "stay"
    assert not queries.works(town.lifeline) and not MentorNote.objects.exists()
    call.refresh_from_db()
    assert (call.end, list(call.steps.values_list("turn", flat=True))) == ("closed", ["mentor"])


def test_erased_mentee_leaves_minutes_alone(town: Town, run_later: Callable[[], int]) -> None:
    actions.keep_note(mentorship=town.mentorship, text=SECRET, by=town.morten.person)
    actions.log_contact(mentorship=town.mentorship, minutes=25, how="met", by=town.morten.person)
    town.call()
    people.erase_person(person=town.case.person, reason="wish", by=town.sofie)
    run_later()
    mentorship = Mentorship.objects.get(pk=town.mentorship.pk)
    assert (mentorship.reason, mentorship.reach) == ("erased", "")
    assert not MentorNote.objects.exists() and not queries.works(town.lifeline)
    assert Contact.objects.get().minutes == 25
    town.lifeline.refresh_from_db()
    assert town.lifeline.language == "en"
    assert town.lifeline.calls.get().end == "closed"


def test_erased_mentor_hands_the_open_call_to_the_coordinator(town: Town, run_later: Callable[[], int]) -> None:
    actions.keep_note(mentorship=town.mentorship, text=SECRET, by=town.morten.person)
    call = town.call()
    SentMail.objects.all().delete()
    people.erase_person(person=town.morten.person, reason="wish", by=town.sofie)
    mentor = Mentor.objects.get(pk=town.morten.pk)
    assert (mentor.phone, mentor.hours, mentor.languages, mentor.ended_on) == ("", "", [], clock.today())
    assert Mentorship.objects.get(pk=town.mentorship.pk).reason == "mentor" and not MentorNote.objects.exists()
    assert list(call.steps.values_list("turn", flat=True)) == ["mentor", "coordinator"]
    assert list(SentMail.objects.values_list("to", flat=True)) == ["sofie.lund@strandby.example.org"]
