"""Saving a list of many: as few questions for thirty as for one, the short ways answering what the long ones do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from handrail.delivery import access, actions, queries
from handrail.delivery.events import AttendanceRecorded
from handrail.delivery.models import Attendance, CoTrainer, Seat, Session
from handrail.delivery.queries import screens
from handrail.delivery.queries.screens.seats import seats_shown
from handrail.delivery.rules import Disputed, Mark
from handrail.kit import clock, intake
from handrail.kit.events import _plain
from handrail.kit.models import JournalEntry, Received, SetAside
from handrail.people import actions as people
from handrail.people.models import Role
from tests.delivery.made import module_of, session_of

pytestmark = pytest.mark.django_db


def seated(cast: Any, count: int, **more: Any) -> Session:
    """Today's session with so many of Hörby, Birgit and Kim."""
    session = session_of(cast, days=0, maximum=60, **more)
    persons = [*cast.more_staff(count), cast.birgit, cast.kim]
    with clock.at(session.starts_at - timedelta(days=2)):
        actions.invite_many(session=session, persons_with_why=[(person, None) for person in persons], by=cast.paula)
        Seat.objects.filter(session=session).update(state=Seat.State.ACCEPTED)
    return session


def address(session: Session) -> str:
    return reverse("delivery:attendance_list", args=[session.uid])


def form_of(client: Any, session: Session) -> dict[str, str]:
    """What a browser would send: everybody ticked."""
    text = client.get(address(session)).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', text))
    named = re.findall(r'<input type="(?:checkbox|number|text)"[^>]*? name="([\w-]+)"', text)
    return hidden | {name: "1" if name.startswith("present-") else "" for name in named}


def late(sent: dict[str, str], minutes: int) -> dict[str, str]:
    return sent | {name: str(minutes) for name in sent if name.startswith("late-")} | {name: "Sen" for name in sent if name.startswith("reason-")}


def test_saving_thirty_lines_costs_as_many_queries_as_three(cast: Any, client_of: Any, queries_of: Any) -> None:
    """Given lists of 3 and of 31 with every line stored, when all are changed, then both cost the same, and each line has its event."""
    counts = []
    for count in (2, 30):
        session, client = seated(cast, count, hours=-count / 10), client_of(cast.paula)
        assert client.post(address(session), late(form_of(client, session), 5)).status_code == 302
        sent = late(form_of(client, session), 6)
        JournalEntry.objects.all().delete()
        counts.append(queries_of(lambda client=client, session=session, sent=sent: client.post(address(session), sent)))
        rows = queries.latest_of(session).values()
        assert {(row.late_minutes, row.reason) for row in rows} == {(6, "Sen")} and len(rows) == count + 1, "Kim is of another municipality"
        said = JournalEntry.objects.filter(name="AttendanceRecorded").values_list("data__attendance", flat=True)
        assert sorted(said) == sorted(str(row.uid) for row in rows)
    assert counts[0] == counts[1] <= 17


def test_the_same_form_twice_is_taken_once_and_another_under_its_key_is_set_aside(cast: Any, client_of: Any) -> None:
    session = seated(cast, 2)
    marks = [Mark(cast.birgit.uid)]
    receipts = [actions.save_attendance_list(session=session, marks=some, list_version=0, key="k" * 16, by=cast.carlos)
                for some in (marks, marks, [*marks, Mark(cast.kim.uid)])]  # fmt: skip
    assert [one.state for one in receipts] == ["new", "again", "aside"]
    assert {one.result for one in receipts} == {session.uid} == set(Received.objects.values_list("result", flat=True))
    assert (Attendance.objects.count(), SetAside.objects.count(), Received.objects.count()) == (1, 1, 1)


def test_a_result_that_turns_out_another_is_the_one_that_is_kept() -> None:
    said, found = uuid4(), uuid4()
    receipt = intake.take_once(key="k" * 16, scope="lamps", content={}, perform=lambda: found, result=said)
    assert receipt.result == found == Received.objects.get().result


def test_lines_known_from_before_are_asked_for_again_where_others_count(cast: Any) -> None:
    session = seated(cast, 2)
    actions.record_attendance(session=session, person=cast.birgit, by=cast.carlos)
    known = queries.latest_of(session)
    assert queries.latest_of(session, known) == known and queries.latest_of(session, known)[cast.birgit.pk] is known[cast.birgit.pk]
    actions.record_attendance(session=session, person=cast.birgit, late_minutes=9, by=cast.paula, reason="Kom senare")
    actions.record_attendance(session=session, person=cast.kim, by=cast.carlos)
    assert {pk: row.late_minutes for pk, row in queries.latest_of(session, known).items()} == {cast.birgit.pk: 9, cast.kim.pk: 0}
    marks = [Mark(cast.birgit.uid, late_minutes=3, reason="x", seen=str(known[cast.birgit.pk].uid))]
    marks = [Mark(cast.birgit.uid, late_minutes=3, reason="x", seen=str(known[cast.birgit.pk].uid))]
    with pytest.raises(Disputed):
        actions.save_attendance_list(session=session, marks=marks, list_version=None, key="k" * 16, by=cast.carlos, known=known)


def test_what_is_wrong_is_shown_by_name_in_the_order_of_names(cast: Any, client_of: Any) -> None:
    session, client = seated(cast, 3), client_of(cast.carlos)
    sent = form_of(client, session) | {f"late-{cast.birgit.uid}": "5000"}
    answer = client.post(address(session), sent)
    text = answer.content.decode()
    names = re.findall(r"<h2>([^<]+)</h2><p>([^<]*)</p>", text)
    shown = re.findall(r"<h2>([^<]+)</h2><p>([^<]*)</p>", client.get(address(session)).content.decode())
    assert answer.status_code == 422 and names == shown == sorted(shown) and len(names) == 5
    row = text.split("Birgit Nyström</h2>")[1].split("<h2>")[0]
    assert 'value="5000"' in row and 'class="error" id="error-' in row


def test_a_line_that_cannot_be_written_is_named_by_its_place_on_the_senders_list(cast: Any, client_of: Any) -> None:
    """People are asked for by key, but counted as the sender sees them: Kim stands last, whoever was enrolled first."""
    session, client = seated(cast, 2), client_of(cast.carlos)
    sent = form_of(client, session)
    order = [name.removeprefix("seen-") for name in sent if name.startswith("seen-")]
    persons = screens.persons_on_list(cast.carlos, Session.objects.get(pk=session.pk), {})
    from django.http import QueryDict

    from handrail.delivery.forms import in_order_sent

    given = QueryDict(mutable=True)
    given.update(sent)
    assert [str(one.uid) for one, _label, _sub in in_order_sent(reversed(persons), given)] == order
    assert order[-1] == str(cast.kim.uid)


def test_the_short_questions_answer_what_the_long_ones_do(cast: Any) -> None:
    """Whose minutes one may mark, and at which sessions: asked for one session alone, or among all that one may see."""
    module_of(cast, "M2")
    where = {"horby": cast.horby, "kristianstad": cast.kristianstad, "online": None}
    sessions = [seated(cast, 1, hours=-index * 3, organisation=one) for index, one in enumerate(where.values())]
    sessions.append(session_of(cast, days=2, trainer=cast.oskar))
    sessions.append(session_of(cast, days=0, hours=3, trainer=cast.bo))
    sessions.append(session_of(cast, days=0, hours=5, trainer=cast.elin, state="candidate"))
    actions.cancel_session(session=session_of(cast, days=0, hours=8), reason="Sjuk", by=cast.amal)
    CoTrainer.objects.create(session=sessions[1], person=cast.lena)
    people.grant_role(person=cast.bo, role=Role.PROCESS_LEADER, organisation=cast.kristianstad, programme=uuid4(), starts_on=clock.today(), by=None)  # elsewhere
    for viewer in cast.everybody.values():
        viewer = type(viewer).objects.get(pk=viewer.pk)
        seen, led = ({one.pk for one in found(viewer) if access.may_record(viewer, one)} for found in (queries.sessions_visible_to, queries.sessions_to_lead))
        assert seen == led, viewer.identity
        for session in Session.objects.all():
            if queries.is_trainer(viewer, session) or viewer == cast.elin:
                continue
            short = set(seats_shown(viewer, session)[0].values_list("pk", flat=True))
            assert short == set(queries.seats_visible_to(viewer).filter(session=session).exclude(state="withdrawn").values_list("pk", flat=True)), viewer.identity
            listed = {one.pk for one in screens.persons_on_list(viewer, session, {})}
            assert listed == {person.pk for person, _label, _sub in screens.people_on_list(viewer, session, {})}


def test_a_journal_entry_says_what_its_event_does() -> None:
    from dataclasses import asdict
    from datetime import date

    event = AttendanceRecorded(uuid4(), uuid4(), uuid4(), date(2018, 4, 1))
    assert _plain(event) == _plain(asdict(event)) == {
        "attendance": str(event.attendance), "session": str(event.session), "person": str(event.person), "month": "2018-04-01", "replaces": None,
    }  # fmt: skip
