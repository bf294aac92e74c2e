"""2017 and 2018: modules, sessions month by month, who came and for how long, months certified and handed in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from handrail.curriculum import actions as curriculum
from handrail.delivery import actions as delivery
from handrail.desk.demonstration import hours
from handrail.desk.demonstration.content import both, programme
from handrail.desk.demonstration.world import World
from handrail.people.models import Organisation, Person

ZONE = ZoneInfo(settings.TIME_ZONE)
PLACES = ("Osby bibliotek", "Östra Göinge kommunhus", "Rådhus Skåne", "Hässleholm kulturhus", "Hörby medborgarhus")
MOST_SESSIONS_EACH = 6
# year, month, day, hour, module, municipality (index), length in minutes or 0 for the module's own
HELD = (
    (2017, 2, 8, 13, "M01", 0, 0), (2017, 2, 15, 13, "M01", 2, 0),
    (2017, 3, 8, 9, "M12", 0, 0), (2017, 3, 15, 13, "M02", 0, 0), (2017, 3, 29, 13, "M04", 2, 0),
    (2017, 4, 5, 9, "M03", 0, 0), (2017, 4, 19, 13, "M02", 2, 0), (2017, 4, 26, 13, "M01", 4, 0),
    (2017, 5, 3, 13, "M05", 1, 0), (2017, 5, 10, 9, "M03", 2, 0),
    (2017, 6, 14, 9, "M07", 1, 0),
    (2017, 8, 30, 13, "M04", 0, 0),
    (2017, 9, 6, 13, "M02", 4, 0), (2017, 9, 13, 9, "M08", 2, 0), (2017, 9, 20, 13, "M05", 0, 0),
    (2017, 10, 4, 9, "M03", 1, 0), (2017, 10, 11, 13, "M10", 0, 0), (2017, 10, 25, 9, "M11", 2, 0),
    (2017, 11, 8, 9, "M03", 3, 0), (2017, 11, 15, 13, "M05", 2, 0), (2017, 11, 29, 9, "M07", 0, 0),
    (2017, 12, 6, 13, "M09", 2, 0),
    (2018, 1, 17, 13, "M04", 1, 0), (2018, 1, 24, 9, "M03", 4, 0), (2018, 1, 31, 13, "M02", 0, 0),
    (2018, 2, 7, 13, "M05", 3, 0), (2018, 2, 14, 9, "M08", 0, 0),
    (2018, 3, 7, 13, "M09", 0, 0), (2018, 3, 14, 8, "M03", 0, 90), (2018, 3, 21, 9, "M07", 2, 0), (2018, 3, 27, 13, "M02", 0, 120),
    (2018, 4, 11, 13, "M04", 0, 0),
)  # fmt: skip
COMING = (
    (2018, 4, 17, 13, "M10", 0, 0), (2018, 4, 18, 13, "M05", 0, 0), (2018, 4, 19, 8, "M03", 0, 90), (2018, 4, 24, 13, "M02", 2, 0),
    (2018, 5, 8, 9, "M07", 3, 0), (2018, 5, 16, 13, "M06", 1, 0), (2018, 5, 23, 9, "M08", 4, 0), (2018, 6, 5, 13, "M01", 2, 0),
)  # fmt: skip
MAXIMUM = {"lecture": 38, "group_work": 18, "online": 60}
COST = {"lecture": Decimal(9000), "group_work": Decimal(12000), "online": Decimal(5000)}


def build(world: World) -> None:
    """Everything that was held, month by month, and what is planned."""
    with world.at(date(2017, 1, 9)):
        add_modules(world)
        hours.add_rules(world)
        for index, organisation in enumerate(world.organisations):
            world.places[organisation.pk] = delivery.add_place(
                programme=world.programme, organisation=organisation, name=PLACES[index], address="", seats=120, by=world.amal
            )
    months = sorted({(row[0], row[1]) for row in HELD})
    for year, month in months:
        hold_month(world, [row for row in HELD if row[:2] == (year, month)])
        if (year, month) < (2018, 4):
            hours.certify(world, date(year, month, 1))
    plan_coming(world)


def add_modules(world: World) -> None:
    """The modules with their outcomes."""
    for one in programme()["module"]:
        module = curriculum.add_module(
            programme=world.programme, code=one["code"], title=both(one["title"]), form=one["form"], minutes=one["minutes"],
            requires=world.modules.get(one.get("requires", "")), prepares_for=one.get("prepares_for", ""), by=world.amal,
        )  # fmt: skip
        world.modules[one["code"]] = module
        for number, (code, level, adds, sv, en) in enumerate(one["outcomes"], start=1):
            curriculum.add_outcome(
                module=module, code=f"{one['code']}.{number}", statement={"sv": sv, "en": en}, competence=world.competences[code],
                to_level=level, adds=adds, by=world.amal,
            )  # fmt: skip


def times(row: tuple[int, int, int, int, str, int, int], minutes: int) -> tuple[datetime, datetime, int]:
    """Start, end and breaks of a session: a quarter for each three hours, an hour for lunch in a whole day."""
    length = row[6] or minutes
    pause = 0 if length < 180 else 15 if length < 300 else 75
    start = datetime.combine(date(*row[:3]), time(row[3], 30 if row[3] == 8 else 0), ZONE)
    return start, start + timedelta(minutes=length + pause), pause


def schedule(world: World, row: tuple[int, int, int, int, str, int, int], **options: Any) -> Any:
    """Put one session of the calendar up."""
    module, organisation = world.modules[row[4]], world.organisations[row[5]]
    starts, ends, pause = times(row, module.minutes)
    return delivery.schedule_session(
        programme=world.programme, module=module, starts_at=starts, ends_at=ends, break_minutes=pause,
        maximum=options.pop("maximum", MAXIMUM[module.form]), minimum=8, place=None if module.form == "online" else world.places[organisation.pk],
        organisation=organisation, online_address="https://example.org/rum" if module.form == "online" else "",
        trainer=world.cast["trainer"], cost=COST[module.form], by=world.amal, **options,
    )  # fmt: skip


def hold_month(world: World, rows: list[Any]) -> None:
    """Plan, invite and hold one month's sessions."""
    first = date(rows[0][0], rows[0][1], 1)
    with world.at(first - timedelta(days=21), 10):
        sessions = [schedule(world, row) for row in rows]
        for session, row in zip(sessions, rows, strict=True):
            invite(world, session, world.modules[row[4]], world.organisations[row[5]])
    for session, row in zip(sessions, rows, strict=True):
        hold(world, session, row)


def chosen(world: World, module: Any, organisation: Organisation, most: int) -> list[tuple[Person, dict[str, Any]]]:
    """Whom the module would help most: own municipality first, then the neighbours; nobody twice."""
    if module.prepares_for:
        return [(leader, {"code": "role", "role": module.prepares_for}) for key, leader in world.leaders.items() if key != world.organisations[1].pk]
    found = []
    own = {person.pk for person in world.staff[organisation.pk]}
    for person in world.everybody:
        if person.pk == world.cast["participant"].pk:  # his way through the programme is told on purpose, see `invite`
            continue
        done = world.attended.setdefault(person.pk, set())
        if module.code in done or len(done) >= MOST_SESSIONS_EACH:
            continue
        weighted, why = need_of(world, person, module)
        if weighted > 0:
            near = person.pk in own
            found.append((not near, -weighted, world.rng.random(), person, why))
    found.sort(key=lambda row: row[:3])
    return [(person, why) for _near, _gap, _tie, person, why in found[:most]]


def need_of(world: World, person: Person, module: Any) -> tuple[float, dict[str, Any]]:
    """The widest weighted gap that a module closes for a person, with the reason that it gives; 0 where there is none."""
    codes = [one[0] for one in next(m for m in programme()["module"] if m["code"] == module.code)["outcomes"]]
    targets = {one["code"]: one["targets"] for one in programme()["profile"]}
    wanted, said = targets[world.profile_of.get(person.pk, "moter")], world.levels.get(person.pk, {})
    best = max(codes, key=lambda code: wanted.get(code, [0, 0])[0] - said.get(code, 1))
    target, weight = wanted.get(best, [0, 0])
    gap = target - said.get(best, 1)
    if gap <= 0:
        return 0, {"code": "hand"}
    return gap * weight, {"code": "gap", "competence": str(world.competences[best].uid), "now": said.get(best, 1), "target": target}


def invite(world: World, session: Any, module: Any, organisation: Organisation) -> list[Person]:
    """Offer the seats by need."""
    people = chosen(world, module, organisation, session.maximum - 2)
    mirza = world.cast["participant"]
    wanted = {"M01", "M02", "M03", "M04", "M05"}
    if module.code in wanted and organisation == world.organisations[0] and all(person.pk != mirza.pk for person, _why in people):
        people.insert(0, (mirza, need_of(world, mirza, module)[1]))
    delivery.invite_many(session=session, persons_with_why=people, by=world.amal)
    return [person for person, _why in people]


def hold(world: World, session: Any, row: tuple[int, int, int, int, str, int, int]) -> None:
    """Take attendance at the end: most came, some late, some left early, some did not come."""
    end = session.ends_at.astimezone(ZONE)
    trainer = world.cast["trainer"]
    with world.at(end.date(), end.hour, end.minute):
        seats = list(session.seats.select_related("person").order_by("pk"))
        marks = []
        for seat in seats:
            draw = world.rng.random()
            own = seat.person_id in (world.cast["participant"].pk, *(one.pk for one in world.leaders.values()))
            if draw < 0.14 and not own:
                continue
            late = world.rng.choice([5, 10, 20]) if draw > 0.92 else 0
            early = world.rng.choice([10, 15, 30]) if 0.88 < draw <= 0.92 else 0
            marks.append({"person": str(seat.person.uid), "late_minutes": 0 if own else late, "left_early_minutes": 0 if own else early, "is_present": True})
            world.attended.setdefault(seat.person_id, set()).add(row[4])
        if session.module.form == "group_work":
            make_groups(world, session)
        delivery.save_attendance_list(session=session, marks=marks, list_version=session.list_version, key=f"demo-{session.uid}", by=trainer)
    if row[:3] == (2018, 3, 27):
        with world.at(date(2018, 3, 29), 10):
            delivery.record_attendance(
                session=session, person=world.cast["participant"], minutes=95, left_early_minutes=25, by=trainer,
                reason="Paus på 10 min glömd, gick 15 min tidigare",
            )  # fmt: skip


def make_groups(world: World, session: Any) -> None:
    """Three groups, each with what it made."""
    groups = delivery.form_groups(session=session, names_or_count=3, by=world.cast["trainer"])
    for group, text in zip(
        groups, ("Tolkens plats i rummet, ritad och provad.", "Fem frågor om sömn som går att svara på.", "Så säger vi nästa gång: tre meningar."), strict=False,
    ):  # fmt: skip
        delivery.save_group_product(group=group, title="Vårt gemensamma blad", text=text, by=world.cast["trainer"])


def plan_coming(world: World) -> None:
    """What is planned from now on, with seats asked for, answered and waited for; and a long list of candidates for the autumn."""
    with world.at(date(2018, 4, 3), 9):
        for row in COMING:
            small = {"maximum": 12} if row[:3] == (2018, 4, 19) else {}
            session = schedule(world, row, needs_approval=row[4] == "M07" or row[:3] == (2018, 4, 24), **small)
            people = invite(world, session, world.modules[row[4]], world.organisations[row[5]])
            if small:  # more want to come than there are seats
                extra = [(person, {"code": "hand"}) for person in world.staff[world.organisations[0].pk] if person not in people][:3]
                delivery.invite_many(session=session, persons_with_why=extra, by=world.leaders[world.organisations[0].pk])
                more = [(person, {"code": "hand"}) for person in world.staff[world.organisations[0].pk] if person not in people][3:6]
                delivery.invite_many(session=session, persons_with_why=more, by=world.leaders[world.organisations[0].pk])
            for seat in list(session.seats.filter(state="invited"))[:20]:
                draw = world.rng.random()
                if seat.person_id == world.cast["participant"].pk:
                    continue
                if draw < 0.6:
                    delivery.accept_seat(seat=seat, by=seat.person)
                elif draw < 0.68:
                    delivery.decline_seat(seat=seat, by=seat.person, reason="Tjänstgör den dagen")
    with world.at(date(2018, 4, 9), 9):
        codes = ("M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M10", "M11")
        for number in range(30):
            day = date(2018, 9, 3) + timedelta(days=(number * 2) % 38)
            day += timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
            code = codes[number % len(codes)]
            row = (day.year, day.month, day.day, 9 if world.modules[code].form == "group_work" else (9, 13)[number % 2], code, number % 5, 0)
            candidate(world, row)


def candidate(world: World, row: tuple[int, int, int, int, str, int, int]) -> None:
    """A session that a plan may choose to hold; trainers of the autumn are booked once it does."""
    module, organisation = world.modules[row[4]], world.organisations[row[5]]
    starts, ends, pause = times(row, module.minutes)
    delivery.schedule_session(
        programme=world.programme, module=module, starts_at=starts, ends_at=ends, break_minutes=pause, maximum=MAXIMUM[module.form], minimum=8,
        place=None if module.form == "online" else world.places[organisation.pk], organisation=organisation,
        online_address="https://example.org/rum" if module.form == "online" else "", cost=COST[module.form], state="candidate", by=world.amal,
    )  # fmt: skip


