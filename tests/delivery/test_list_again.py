"""The attendance list looked at again: the same page at a quarter of the cost, with a key of its own; whatever changes shows at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import override_settings
from django.urls import reverse

from handrail.delivery import actions
from handrail.delivery.models import Attendance, CoTrainer, LateCheckIn, Seat, Session
from handrail.delivery.rules import Mark, code_at
from handrail.kit import clock
from handrail.people import actions as people
from handrail.people.models import Identity, Role
from tests.delivery.made import session_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def memory() -> Iterator[None]:
    """A memory as in a running process."""
    with override_settings(CACHES={name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"list-{name}"} for name in ("default", "process")}):
        caches["process"].clear()
        yield
        caches["process"].clear()


@pytest.fixture
def session(cast: Any) -> Session:
    """Today's session, going on, with Birgit, Bo and Kim."""
    one = session_of(cast, days=0)
    for person in (cast.birgit, cast.bo, cast.kim):
        with clock.at(one.starts_at - timedelta(days=2)):
            actions.accept_seat(seat=actions.invite_to_session(session=one, person=person, by=cast.paula), by=person)
    return one


def address(session: Session) -> str:
    return reverse("delivery:attendance_list", args=[session.uid])


def seen(client: Any, session: Session) -> str:
    answer = client.get(address(session))
    return answer.content.decode() if answer.status_code == 200 else f"status {answer.status_code}"


def own(text: str) -> list[str]:
    """What a look has of its own: the key, and the tokens of its forms."""
    return re.findall(r'name="(?:key|csrfmiddlewaretoken)" value="([^"]*)"', text)


def without_own(text: str) -> str:
    return re.sub(r'(name="(?:key|csrfmiddlewaretoken)" value|data-at)="[^"]*"', r'\1=""', text)


def test_a_look_again_is_the_same_page_with_a_key_a_token_and_a_moment_of_its_own(cast: Any, client_of: Any, queries_of: Any, session: Session) -> None:
    client = client_of(cast.carlos)
    first, again = seen(client, session), []
    assert queries_of(lambda: again.append(seen(client, session))) <= 6
    third = seen(client, session)
    assert without_own(first) == without_own(again[0]) == without_own(third)
    looks = [set(own(text)) for text in (first, again[0], third)]
    assert all(len(one) >= 2 for one in looks) and len(set.union(*looks)) == sum(map(len, looks)), "nothing of one look stands in another"
    assert all(re.fullmatch(r"[0-9A-Za-z_-]{22}|[0-9A-Za-z]{64}", one) for one in own(first) + own(third))
    with clock.at(clock.now() + timedelta(seconds=7)):
        later = seen(client, session)
    moments = [float(re.findall(r'data-at="([\d.]+)"', text)[0]) for text in (first, third, later)]
    assert moments[1] == moments[0] and moments[2] == moments[0] + 7


def test_a_look_again_is_what_is_seen_where_nothing_is_kept(cast: Any, client_of: Any, session: Session) -> None:
    actions.record_attendance(session=session, person=cast.birgit, late_minutes=15, by=cast.carlos)
    client = client_of(cast.carlos)
    seen(client, session)
    again = seen(client, session)
    caches["process"].clear()
    with override_settings(CACHES={name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"} for name in ("default", "process")}):
        plain = seen(client, session)
    assert without_own(again) == without_own(plain)


def test_lists_sent_from_two_looks_are_two_lists_and_one_look_is_taken_once(cast: Any, client_of: Any, session: Session) -> None:
    client = client_of(cast.carlos)

    def fields(text: str) -> dict[str, str]:
        found = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', text))
        return found | {f"present-{cast.birgit.uid}": "1"}

    looks = [fields(seen(client, session)) for _look in range(3)]
    assert client.post(address(session), looks[1]).status_code == 302
    assert client.post(address(session), looks[1]).status_code == 409, "the list changed since that look"
    assert Attendance.objects.count() == 1
    after = fields(seen(client, session))
    assert client.post(address(session), after).status_code == 302
    assert Attendance.objects.count() == 1, "it says the same"
    assert len({one["key"] for one in [*looks, after]}) == 4


def kept_by_another(cast: Any, session: Session) -> None:
    actions.save_attendance_list(session=session, marks=[Mark(cast.bo.uid)], list_version=0, key="k" * 16, by=cast.paula)


def corrected(cast: Any, session: Session) -> None:
    actions.record_attendance(session=session, person=cast.birgit, late_minutes=20, by=cast.paula, reason="Kom senare")


def checked_in(cast: Any, session: Session) -> None:
    actions.check_in(session=session, code=code_at(session.check_in_secret, session.uid, clock.now()), person=cast.kim, by=cast.kim)


def check_in_came_late(cast: Any, session: Session) -> None:
    kept_by_another(cast, session)
    code = code_at(session.check_in_secret, session.uid, session.starts_at + timedelta(minutes=3))
    assert isinstance(actions.check_in_late(session=session, code=code, person=cast.kim, by=cast.kim), LateCheckIn)


def written_by_whoever_ended_later(cast: Any, session: Session) -> None:
    """Two write at one instant: the journal's last entry is the other's, and was there before."""
    Attendance.objects.create(session=session, person=cast.kim, minutes=95, method="qr", recorded_by=cast.kim, recorded_at=clock.now())


def seat_given(cast: Any, session: Session) -> None:
    person = cast.more_staff(1)[0]
    actions.invite_to_session(session=session, person=person, by=cast.paula)


def seat_taken_back(cast: Any, session: Session) -> None:
    actions.withdraw_seat(seat=Seat.objects.get(session=session, person=cast.kim), by=cast.paula, reason="Sjuk")


def time_changed(cast: Any, session: Session) -> None:
    actions.change_session(session=session, break_minutes=20, by=cast.amal)


def cancelled(cast: Any, session: Session) -> None:
    Attendance.objects.all().delete()
    actions.cancel_session(session=session, reason="Sjuk", by=cast.amal)


def held(cast: Any, session: Session) -> None:
    actions.hold_session(session=session, by=cast.carlos)


def trainer_changed(cast: Any, session: Session) -> None:
    actions.change_session(session=session, trainer=cast.oskar, by=cast.amal)


def erased(cast: Any, session: Session) -> None:
    people.erase_person(person=cast.bo, reason="Art. 17", by=cast.amal)


def protected_by_a_staff_list(cast: Any, session: Session) -> None:
    text = "Förnamn;Efternamn;E-post;Enhet;Skyddad\n" + "".join(
        f"{one.given_name};{one.family_name};{one.email};Georgshillsskolan;{'ja' if one.person_id == cast.birgit.pk else 'nej'}\n"
        for one in Identity.objects.filter(person__in=[cast.paula, cast.lena, cast.birgit, cast.bo]).order_by("pk")
    )
    one = people.upload_staff_list(organisation=cast.horby, file_name="personal.csv", content=text.encode(), by=cast.paula)
    people.apply_staff_list(staff_import=one, by=cast.paula)
    assert Identity.objects.get(person=cast.birgit).is_protected


CHANGES: list[Callable[[Any, Session], None]] = [
    kept_by_another, corrected, checked_in, check_in_came_late, written_by_whoever_ended_later, seat_given, seat_taken_back, time_changed, cancelled, held,
    trainer_changed, erased, protected_by_a_staff_list,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_whatever_changes_the_list_shows_at_the_next_look(cast: Any, client_of: Any, session: Session, change: Callable[[Any, Session], None]) -> None:
    if change is not seat_taken_back:
        actions.record_attendance(session=session, person=cast.birgit, by=cast.carlos)
    client = client_of(cast.carlos)
    seen(client, session)
    before = seen(client, session)
    change(cast, session)
    after = seen(client, session)
    caches["process"].clear()
    plain = seen(client, session)
    assert without_own(after) == without_own(plain), "as if nothing had been kept"
    assert without_own(after) != without_own(before)


def test_a_late_check_in_that_was_decided_is_gone_at_the_next_look(cast: Any, client_of: Any, session: Session) -> None:
    check_in_came_late(cast, session)
    client = client_of(cast.carlos)
    assert "Kim" in seen(client, session).split('id="late"')[1].split("</section>")[0]
    actions.settle_late_check_in(late=LateCheckIn.objects.get(), counts=False, by=cast.carlos)
    assert 'id="late"' not in seen(client, session)


def test_the_end_of_a_session_is_seen_by_the_clock_alone(cast: Any, client_of: Any, session: Session) -> None:
    """Once it is held and over, a phone keeps the page no longer."""
    actions.hold_session(session=session, by=cast.carlos)
    client = client_of(cast.carlos)
    with clock.at(session.ends_at - timedelta(seconds=1)):
        assert "data-keeps-page" in seen(client, session)
    with clock.at(session.ends_at):
        assert "data-keeps-page" not in seen(client, session)


def test_a_list_is_kept_for_its_reader_and_goes_with_the_right(cast: Any, client_of: Any, session: Session) -> None:
    CoTrainer.objects.create(session=session, person=cast.oskar)
    carlos, paula, oskar = (client_of(one) for one in (cast.carlos, cast.paula, cast.oskar))
    pages = [seen(one, session) for one in (carlos, paula, oskar, carlos)]
    assert "Kim Lund" in pages[0] and "Kim Lund" not in pages[1] and "Kim Lund" in pages[2]
    assert without_own(pages[0]) == without_own(pages[3])
    CoTrainer.objects.all().delete()  # without a word in the journal: rights are asked each time
    assert seen(oskar, session) == "status 404"


def test_a_message_stands_on_the_list_once(cast: Any, client_of: Any, session: Session) -> None:
    check_in_came_late(cast, session)
    client = client_of(cast.carlos)
    seen(client, session)
    client.post(reverse("delivery:late_check_in", args=[LateCheckIn.objects.get().uid]), {"act": "not-there"})
    first, again = seen(client, session), seen(client, session)
    assert ("räknas inte" in first, "räknas inte" in again) == (True, False)


def test_a_role_that_ends_takes_the_list_along(cast: Any, client_of: Any, session: Session) -> None:
    from handrail.people.models import Grant

    client = client_of(cast.paula)
    assert "Birgit" in seen(client, session) and "Birgit" in seen(client, session)
    Grant.objects.filter(person=cast.paula, role=Role.PROCESS_LEADER).delete()
    assert seen(client, session) == "status 404"
