"""Fill an installation on PostgreSQL with many people, by SQL; print what the pages need, as one JSON line.

Everything grows in step: for each person sixty ratings up to 10,000 people (six beyond), two seats, two lines of attendance where the
session was held, a month and its ledger line. People stand in five municipalities, in units of forty.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

PASSWORD = "correct horse battery"
EACH = 15  # people to a session: thirty seats a session, two sessions a person


def pour(model: Any, source: str, **given: str) -> None:
    """One row of a model for each row of `source`: given columns as SQL, the others by the field's own default."""
    from django.db import connection, models
    from django.db.models.fields import NOT_PROVIDED

    columns, values = [], []
    for field in model._meta.concrete_fields:
        if field.primary_key or (field.null and field.name not in given):
            continue
        value = given.get(field.name)
        if value is None:
            if isinstance(field, models.UUIDField):
                value = "gen_random_uuid()"
            elif isinstance(field, models.JSONField):
                value = "'{}'::jsonb"
            elif callable(field.default) and field.default is not NOT_PROVIDED:
                value = "md5(random()::text)"
            elif field.default is NOT_PROVIDED:
                value = "''"
            else:
                value = f"'{field.default}'"
        columns.append(f'"{field.column}"')
        values.append(value)
    with connection.cursor() as cursor:
        cursor.execute(f"insert into {model._meta.db_table} ({', '.join(columns)}) select {', '.join(values)} from {source}")


def main(people: int) -> dict[str, Any]:
    """All of it; the seconds that it took, and the cookies of those who look."""
    import django

    django.setup()
    from django.db import connection

    from handrail.competences.actions import draw_map
    from handrail.competences.models import Rating
    from handrail.evidence.actions import recount_tallies
    from handrail.kit import clock
    from handrail.programmes.models import Participation

    started = time.perf_counter()
    base = beginning(people)
    programme, framework = base["programme"], base["framework"]
    competences = 60 if people <= 10_000 else 6
    first = staff(people, base)
    pour(
        Rating, f"generate_series(0, {people - 1}) i, unnest(array{base['competences'][:competences]}) with ordinality as c(id, n)", person=f"{first} + i", competence="c.id", kind="'self'",
        level="(i * 7 + c.n * 13 + i / 40) % 5", rated_at="timestamptz '2018-03-15 09:00Z'", round=str(base["round"]),
    )  # fmt: skip
    delivered(people, first, base)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    seeded = time.perf_counter() - started
    recount_tallies(programme=programme)  # lines were poured in past the actions, which say what changed
    drawing = time.perf_counter()
    release = draw_map(framework)
    drawing = time.perf_counter() - drawing
    plain = time.perf_counter()
    with connection.cursor() as cursor:  # the same from nothing but SQL, with which performance.md compares
        cursor.execute(
            "select e.unit_id, r.competence_id, count(*), sum(r.level) from competences_rating r join people_employment e on e.person_id = r.person_id group by 1, 2"
        )
        cursor.fetchall()
    plain = time.perf_counter() - plain
    ordered = Participation.objects.filter(organisation=base["organisations"][0]).order_by("person__identity__search_name", "number")
    late = ordered[people // 5 * 9 // 10 - 1].uid
    today = clock.now()
    cookies, session = sign_in(base, first, today)
    return {
        "programme": str(programme.uid), "session": str(session.uid), "organisation": str(base["organisations"][0].uid), "cookies": cookies, "people": people,
        "of_first": people // 5, "seed_s": round(seeded, 1), "draw_s": round(drawing, 2), "plain_s": round(plain, 2), "ratings": Rating.objects.count(), "mapped": release.answers,
        "late": str(late),
    }  # fmt: skip


def beginning(people: int) -> dict[str, Any]:
    """Programme, municipalities, framework, module, rules: by the product's own actions."""
    from handrail.competences import actions as competences
    from handrail.competences.formats import DraftArea, DraftCompetence, FrameworkDraft
    from handrail.curriculum.actions import add_module
    from handrail.evidence.actions import add_rule, add_unit_cost
    from handrail.instruments.models import Questionnaire, QuestionnaireVersion, Round
    from handrail.kit import clock
    from handrail.people.actions import add_organisation, add_person, grant_role
    from handrail.people.models import Role, Unit
    from handrail.programmes.actions import add_funding_line, add_partner, start_programme

    organisations = [add_organisation(name=f"Kommun {index}", short_name=f"Kommun {index}", by=None) for index in range(5)]
    begins, ends = date(2016, 10, 1), date(2035, 12, 31)
    programme = start_programme(slug="bench", code="B", name={"sv": "Mätning"}, owner=organisations[0], starts_on=begins, ends_on=ends, by=None)
    for order, one in enumerate(organisations):
        add_partner(programme=programme, organisation=one, part="participant", order=order, by=None)
    owner = add_person(given_name="Amal", family_name="Bench", email="amal@example.org", by=None)
    grant_role(person=owner, role=Role.COORDINATOR, programme=programme.uid, starts_on=begins, by=None)
    grant_role(person=owner, role=Role.PROCESS_LEADER, organisation=organisations[0], programme=programme.uid, starts_on=begins, by=None)
    add_funding_line(programme=programme, name={"sv": "Budget"}, amount=Decimal(500 * people), participation_share=Decimal("0.25"), source="bench", by=None)
    add_rule(programme=programme, rounding="month", annual_cap_hours=None, required_share=Decimal("0.25"), valid_from=begins, source="bench", by=None)
    add_unit_cost(programme=programme, amount=Decimal(250), valid_from=begins, valid_to=ends, source="bench", by=None)
    draft = FrameworkDraft(
        areas=tuple(DraftArea(f"A{i}", {"sv": f"Område {i}"}) for i in range(4)),
        competences=tuple(DraftCompetence(f"K{i}", f"A{i % 4}", {"sv": f"Kompetens {i}"}) for i in range(60)), code="B",
    )  # fmt: skip
    framework = competences.save_framework(programme=programme, draft=draft, by=None)
    known = list(framework.competences.order_by("pk"))
    profiles = [competences.add_profile(framework=framework, code=f"P{i}", name={"sv": f"Profil {i}"}, by=None) for i in range(6)]
    for number, profile in enumerate(profiles):
        competences.set_targets(profile=profile, targets={one: (2 + (number + index) % 3, Decimal(1)) for index, one in enumerate(known)}, by=None)
    questionnaire = Questionnaire.objects.create(programme=programme, code="B", title={"sv": "B"})
    version = QuestionnaireVersion.objects.create(questionnaire=questionnaire, number=1, definition={}, sha256="", published_at=clock.now())
    mapping = Round.objects.create(
        version=version, programme=programme, title={"sv": "Våren 2018"}, opens_on=date(2018, 3, 1), closes_on=date(2018, 3, 31), closed_at=clock.now()
    )
    units = Unit.objects.bulk_create(Unit(organisation=one, name=f"Enhet {index}") for one in organisations for index in range(max(1, people // 200)))
    module = add_module(programme=programme, code="M1", title={"sv": "Samtal genom tolk"}, form="lecture", minutes=120, by=owner)
    return {
        "programme": programme, "organisations": organisations, "owner": owner, "framework": framework, "competences": [one.pk for one in known],
        "profiles": [one.pk for one in profiles], "round": mapping.pk, "units": [one.pk for one in units], "module": module,
    }  # fmt: skip


def staff(people: int, base: dict[str, Any]) -> int:
    """Persons with names, work, participation and profile; answers the key of the first."""
    from handrail.competences.models import ProfileAssignment
    from handrail.people.models import Employment, Identity, Person
    from handrail.programmes.models import Participation

    before = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    pour(Person, f"generate_series(1, {people}) i", created_at="now()")
    first = Person.objects.filter(pk__gt=before).order_by("pk").values_list("pk", flat=True)[0]
    given, family = "'Anna' || i % 300", "'Test' || (i * 7919) % 20011"
    rows, person = f"generate_series(0, {people - 1}) i", f"{first} + i"
    organisation = f"(array{[one.pk for one in base['organisations']]})[1 + i * 5 / {people}]"
    each = max(1, people // 200)
    unit = f"(array{base['units']})[1 + (i * 5 / {people}) * {each} + i % {each}]"
    pour(Identity, rows, person=person, given_name=given, family_name=family, search_name=f"lower({given} || ' ' || {family})", email="'p' || i || '@example.org'")
    pour(Employment, rows, person=person, organisation=organisation, unit=unit, started_on="date '2017-01-01'", contact="'direct'")
    pour(
        Participation, rows, programme=str(base["programme"].pk), person=person, organisation=organisation, number="'B-' || lpad(i::text, 7, '0')", joined_on="date '2017-01-01'",
        contact="case when i % 3 = 0 then 'indirect' else 'direct' end",
    )  # fmt: skip
    pour(ProfileAssignment, rows, person=person, profile=f"(array{base['profiles']})[1 + i % 6]", assigned_at="now()", is_current="true")
    return int(first)


def delivered(people: int, first: int, base: dict[str, Any]) -> None:
    """Sessions of thirty, one in ten still to come; who was there; a month of each, certified for nine in ten, and its ledger line."""
    from handrail.delivery.models import Attendance, Seat, SeatStep, Session
    from handrail.evidence.models import Certificate, CertificateLine, FunderRule, LedgerLine, Signature, UnitCost

    programme, count = base["programme"].pk, people // EACH
    place = f"(array{[one.pk for one in base['organisations']]})[1 + k * 5 / {count}]"
    begins = "date_trunc('day', now()) - (k % 600) * interval '1 day' + interval '30 days' - interval '4 hours'"
    pour(
        Session, f"generate_series(0, {count - 1}) k order by k", programme=str(programme), module=str(base["module"].pk), title="'{\"sv\": \"Samtal genom tolk\"}'::jsonb",
        state="case when k % 600 > 30 then 'held' else 'planned' end", starts_at=begins, ends_at=f"{begins} + interval '2 hours'", organisation=place, maximum="35",
        held_at=f"case when k % 600 > 30 then {begins} + interval '3 hours' end", list_version="case when k % 600 > 30 then 1 else 0 end",
    )  # fmt: skip
    earliest = int(Session.objects.order_by("pk").values_list("pk", flat=True)[0])
    seats = f"generate_series(0, {count - 1}) k, generate_series(0, 29) n, lateral (select (k * {EACH} + n) % {people} as i) p"
    pour(
        Seat, seats, session=f"{earliest} + k", person=f"{first} + i", organisation=f"(array{[one.pk for one in base['organisations']]})[1 + i * 5 / {people}]", state="'accepted'", created_at="now()",
    )  # fmt: skip
    pour(SeatStep, "delivery_seat s", seat="s.id", state="s.state", at="s.created_at")
    pour(
        Attendance, "delivery_seat s join delivery_session x on x.id = s.session_id where x.state = 'held'", session="s.session_id", person="s.person_id", minutes="120", method="'list'",
        recorded_at="x.held_at",
    )  # fmt: skip
    rule, cost = FunderRule.objects.values_list("pk", flat=True)[0], UnitCost.objects.values_list("pk", flat=True)[0]
    lines = "(select distinct on (a.person_id) a.id, a.person_id, a.minutes, date_trunc('month', x.starts_at)::date as month from delivery_attendance a join delivery_session x on x.id = a.session_id order by a.person_id, x.starts_at) a"
    pour(
        Certificate, f"{lines} join programmes_participation t on t.person_id = a.person_id", programme=str(programme), participation="t.id", person="a.person_id", organisation="t.organisation_id", month="a.month",
        minutes="a.minutes", hours="2", state="case when a.person_id % 10 = 0 then 'open' else 'certified' end", created_at="now()",
    )  # fmt: skip
    pour(CertificateLine, f"evidence_certificate c join {lines} on a.person_id = c.person_id", certificate="c.id", attendance="a.id", minutes="a.minutes")
    for part in ("participant", "manager"):
        pour(Signature, "evidence_certificate c where c.state = 'certified'", certificate="c.id", part=f"'{part}'", by="c.person_id", at="now()", digest="'x'")
    pour(
        LedgerLine, "evidence_certificate c where c.state = 'certified'", programme=str(programme), certificate="c.id", person="c.person_id", organisation="c.organisation_id", month="c.month", minutes="120", hours="2",
        unit_cost=str(cost), rule=str(rule), amount="500", entered_at="now()",
    )  # fmt: skip


def sign_in(base: dict[str, Any], first: int, now: Any) -> tuple[dict[str, list[str]], Any]:
    """Eight process leaders, the owner and eight participants with an account and a session of the web; a session of thirty to take the list of."""
    from django.test import Client

    from handrail.delivery import actions as delivery
    from handrail.people.actions import grant_role, open_account
    from handrail.people.models import Person, Role

    programme, here = base["programme"], base["organisations"][0]
    persons = list(Person.objects.filter(pk__gte=first).order_by("pk")[:40])
    for one in persons[:8]:
        grant_role(person=one, role=Role.PROCESS_LEADER, organisation=here, programme=programme.uid, starts_on=date(2017, 1, 1), by=None)
    begins = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    session = delivery.schedule_session(
        programme=programme, module=base["module"], starts_at=begins, ends_at=begins + timedelta(hours=2), organisation=here, state="planned", minimum=1, maximum=40, by=base["owner"]
    )  # fmt: skip
    delivery.invite_many(session=session, persons_with_why=[(one, None) for one in persons[8:38]], by=base["owner"])
    cookies: dict[str, list[str]] = {}
    for name, some in (("leader", persons[:8]), ("owner", [base["owner"]]), ("participant", persons[8:16])):
        for one in some:
            client = Client(SERVER_NAME="127.0.0.1")
            client.force_login(open_account(person=one, password=PASSWORD, by=None))
            cookies.setdefault(name, []).append("; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items()))
    return cookies, session


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "handrail.config.settings"
    print(json.dumps(main(int(sys.argv[1]))))
