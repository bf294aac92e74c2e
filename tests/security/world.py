"""One small world in which every kind of object stands once for Osby and once for Hörby, made by the actions.

A second programme stands beside it: whoever steers that one steers nothing here, not even in the same municipality.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import TOTP

from handrail.cases import actions as cases
from handrail.competences import actions as competences
from handrail.curriculum import actions as curriculum
from handrail.delivery import actions as delivery
from handrail.delivery.models import LateCheckIn, Seat, Session
from handrail.delivery.rules import code_at
from handrail.evidence import actions as evidence
from handrail.evidence.actions.reminders import own_link
from handrail.evidence.models import Certificate, LedgerLine
from handrail.instruments import actions as instruments
from handrail.instruments.models import Invitation, Submission
from handrail.kit import clock, later, links
from handrail.kit.models import SentMail, SetAside
from handrail.people import actions as people
from handrail.people.models import Grant, Person, Role
from handrail.planning import actions as planning
from handrail.programmes import actions as programmes
from handrail.programmes.models import Participation, Partner, Programme
from tests.cast import START, Cast, account_of, make_cast
from tests.competences.made import draft, make_framework, rate
from tests.evidence.world import terms
from tests.instruments.forms import WHOLE, mapping
from tests.security.collecting import add_collections
from tests.security.companies import make_companies
from tests.security.library import add_library
from tests.security.matching import add_matching
from tests.security.mentoring import add_lifelines, add_mentors
from tests.security.research import add_research, add_researchers
from tests.security.results import add_results

ZONE = ZoneInfo("Europe/Stockholm")
FEBRUARY, MARCH = date(2018, 2, 1), date(2018, 3, 1)
KEY = "a-key-made-on-the-device"


@dataclass
class World:
    """Who plays, and the objects of each place: `places["osby"]["session"]`. Places are osby, horby, lfi and other."""

    cast: Cast
    people: dict[str, Person] = field(default_factory=dict)  # session's name -> who is signed in
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    _values: dict[str, dict[str, str]] = field(default_factory=dict)
    _fresh: dict[str, Person] = field(default_factory=dict)

    def values(self, place: str) -> dict[str, str]:
        """What addresses and forms of a place are filled in with: uids, and what is text already."""
        if place not in self._values:
            self._values[place] = {kind: one if isinstance(one, str) else str(one.uid) for kind, one in self.places[place].items()}
        return self._values[place]

    def fresh(self, session: str) -> Person:
        """Who is signed in, read after everything was made: a person keeps in mind which roles they hold."""
        if session not in self._fresh:
            self._fresh[session] = Person.objects.get(pk=self.people[session].pk)
        return self._fresh[session]


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant on the wall clock of the five municipalities."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def make_world() -> World:
    """Build it all; the clock stands where the tests' clock stands."""
    cast = make_cast()
    world = World(cast)
    _cast_more(world)
    add_mentors(world)
    add_researchers(world)
    for name, person in world.people.items():
        if name != "visitor":
            account_of(person)
    _programme(world)
    for place in ("osby", "horby"):
        _town(world, place)
    _hand_in(world)
    for place in ("osby", "horby"):
        _cases(world, place)
        _courses(world, place)
        add_lifelines(world, place)
    _recoveries(world)
    _erasures(world)
    _plans(world)
    make_companies(world)
    add_matching(world)
    add_research(world)
    add_library(world)
    add_collections(world)
    _other(world)
    add_results(world)
    return world


def _person(given: str, family: str) -> Person:
    return people.add_person(given_name=given, family_name=family, email=f"{given}.{family}@example.org".lower(), by=None)


def _cast_more(world: World) -> None:
    """Osby gets what Hörby has; an administrator, somebody whose roles ended, and those who steer the other programme."""
    cast, programme = world.cast, world.cast.programme
    unit = people.add_unit(organisation=cast.osby, name="Klockarskogsskolan", by=None)
    mia, pelle, nils, nora = _person("Mia", "Falk"), _person("Pelle", "Ask"), _person("Nils", "Bok"), _person("Nora", "Gran")
    workers = {f"{word} {where}": _person(given, where.replace("ö", "o")) for word, given in (("caseworker", "Cajsa"), ("placer", "Pia")) for where in ("Osby", "Hörby")}
    tova, egon, ada, xenia, xaver = (
        _person("Tova", "Sten"), _person("Egon", "Forn"), _person("Ada", "Min"), _person("Xenia", "Annan"), _person("Xaver", "Annan"),
    )  # fmt: skip
    new = _person("Ny", "Utan"), _person("Nya", "Utan")
    for person, place, where, manager in (
        (mia, cast.osby, unit, None), (pelle, cast.osby, unit, mia), (nils, cast.osby, unit, None), (nora, cast.horby, cast.school, None),
        (new[0], cast.osby, unit, mia), (new[1], cast.horby, cast.school, cast.lena),
    ):  # fmt: skip
        people.employ_person(person=person, organisation=place, unit=where, job_title="Lärare", manager=manager, started_on=START, by=None)
    for person, place in ((pelle, cast.osby), (nils, cast.osby), (nora, cast.horby)):
        programmes.enrol_person(programme=programme, person=person, organisation=place, by=None)
    other = programmes.start_programme(
        slug="other", code="OTH", name={"sv": "En annan", "en": "Another"}, owner=cast.hassleholm, starts_on=START, ends_on=date(2018, 12, 31), by=None
    )
    for order, (place, part) in enumerate(((cast.hassleholm, "owner"), (cast.horby, "participant"))):
        programmes.add_partner(programme=other, organisation=place, part=part, order=order, by=None)
    ended = {"starts_on": START, "ends_on": date(2018, 4, 17), "by": None}
    since: dict[str, Any] = {"starts_on": START, "by": None}
    people.grant_role(person=tova, role=Role.TRAINER, programme=programme.uid, **since)
    people.grant_role(person=mia, role=Role.LINE_MANAGER, programme=programme.uid, organisation=cast.osby, **since)
    people.grant_role(person=cast.lena, role=Role.LINE_MANAGER, programme=programme.uid, organisation=cast.horby, **since)
    for role, place in ((Role.PROCESS_LEADER, cast.horby), (Role.COORDINATOR, None), (Role.AUDITOR, None), (Role.TRAINER, None)):
        people.grant_role(person=egon, role=role, programme=programme.uid, organisation=place, **ended)
    for name, person in workers.items():
        role = Role.CASEWORKER if name.startswith("caseworker") else Role.PLACEMENT_COORDINATOR
        people.grant_role(person=person, role=role, programme=programme.uid, organisation=cast.osby if name.endswith("Osby") else cast.horby, **since)
    people.grant_role(person=ada, role=Role.ADMINISTRATOR, **since)
    people.grant_role(person=xenia, role=Role.COORDINATOR, programme=other.uid, **since)
    people.grant_role(person=xaver, role=Role.PROCESS_LEADER, programme=other.uid, organisation=cast.horby, **since)
    world.people = {
        "owner": cast.amal, "auditor": cast.elin, "trainer Osby": tova, "trainer Hörby": cast.carlos, "leader Osby": cast.oskar,
        "leader Hörby": cast.paula, "manager Osby": mia, "manager Hörby": cast.lena, "person Osby": pelle, "person Hörby": cast.birgit,
        "colleague": cast.bo, "ended": egon, "stranger": cast.stranger, "administrator": ada, "other owner": xenia, "other leader": xaver, **workers,
    }  # fmt: skip
    world.places = {
        "osby": {"organisation": cast.osby, "unit": unit, "person": pelle, "manager": mia, "leader": cast.oskar, "alone": nils, "new": new[0]},
        "horby": {"organisation": cast.horby, "unit": cast.school, "person": cast.birgit, "manager": cast.lena, "leader": cast.paula, "alone": nora, "new": new[1]},
        "lfi": {"programme": programme}, "other": {"programme": other},
    }  # fmt: skip


def _programme(world: World) -> None:
    """What the whole programme has once: framework, module, questionnaire, terms, and its people's roles."""
    cast, here = world.cast, world.places["lfi"]
    framework = make_framework(cast)
    area, profile = framework.areas.get(code="C"), framework.profiles.get(code="TEACH")
    competence = framework.competences.get(code="C1")
    module = curriculum.add_module(programme=cast.programme, code="M1", title={"sv": "Samtal", "en": "Talks"}, form="lecture", minutes=90, by=cast.amal)
    outcome = curriculum.add_outcome(
        module=module, code="M1.1", statement={"sv": "Leda ett samtal", "en": "Lead a talk"}, competence=competence, to_level=3, by=cast.amal
    )
    version = instruments.publish_questionnaire(
        programme=cast.programme, file_name="k.xlsx", content=mapping(competences=("C1", "B1")), by=cast.amal
    )
    terms(cast.programme)
    for organisation, contact in ((cast.osby, cast.oskar), (cast.horby, cast.paula)):
        programmes.name_contact_person(partner=Partner.objects.get(programme=cast.programme, organisation=organisation), contact_person=contact, by=None)
    owners_grant = Grant.objects.get(person=cast.amal, role=Role.COORDINATOR)
    here.update(
        framework=framework, area=area, profile=profile, competence=competence, module=module, outcome=outcome, version=version,
        owners_grant=owners_grant, trainers_grant=Grant.objects.get(person=cast.carlos), owner=cast.amal, trainer=cast.carlos, slug="lfi",
    )  # fmt: skip


def _town(world: World, place: str) -> None:
    """One municipality: its list, its round, its sessions, its months."""
    here = world.places[place]
    here.update(world.places["lfi"])
    organisation, leader, person = here["organisation"], here["leader"], here["person"]
    programme = world.cast.programme
    here["partner"] = Partner.objects.get(programme=programme, organisation=organisation)
    here["grant"] = Grant.objects.get(person=here["manager"], role=Role.LINE_MANAGER)
    here["leaders_grant"] = Grant.objects.get(person=leader, role=Role.PROCESS_LEADER, programme=programme.uid)
    here["message"] = programmes.write_to_programme(
        programme=programme, organisation=organisation, sender_name="Elsa", sender_email="elsa@example.org", text="Hej"
    )
    here["staff_import"] = people.upload_staff_list(
        organisation=organisation, file_name="lista.csv", content="Anställningsnummer;Förnamn;Efternamn\n1;Rut;Ek\n".encode(), by=leader
    )
    here["participation"] = Participation.objects.get(programme=programme, person=person)
    here["invitation_token"] = people.invite_person(person=here["new"], by=leader)
    _round(world, here)
    _sessions(world, here)
    _months(world, here)


def _round(world: World, here: dict[str, Any]) -> None:
    """The person answered, and shares levels with the manager; one answer came twice under one key."""
    leader, person, manager = here["leader"], here["person"], here["manager"]
    here["round"] = instruments.open_round(
        programme=world.cast.programme, version=here["version"], title=f"Våren {here['organisation']}", opens_on=date(2018, 4, 9), closes_on=date(2018, 4, 30), by=leader
    )
    instruments.invite_to_round(round=here["round"], persons=[person, here["alone"]], by=leader)
    here["invitation"] = Invitation.objects.get(round=here["round"], about=person)
    sent: dict[str, Any] = {"invitation": here["invitation"], "is_complete": True, "language": "sv", "key": KEY, "by": person}
    here["secret"] = f"Hemlig tanke i {here['organisation']}"  # nobody but the one who wrote it reads this
    instruments.submit_answers(answers={**WHOLE, "wish": here["secret"]}, **sent)
    instruments.submit_answers(answers={**WHOLE, "wish": "Något annat"}, **sent)
    here["submission"] = Submission.objects.get(invitation=here["invitation"])
    here["set_aside"] = SetAside.objects.get(scope=f"answers:{here['invitation'].uid.hex}")
    here["rating"] = competences.rate_person(person=person, competence=here["competence"], kind="self", level=1, by=person)
    competences.share_levels(person=person, manager=manager, by=person)
    later.run_waiting()
    here["answer_token"] = instruments.link_for(here["invitation"]).split("/")[2]


def _sessions(world: World, here: dict[str, Any]) -> None:
    """Today's session with a group, one to come that needs approval, a possible one in September."""
    town, trainer, leader = here["organisation"], _trainer(world, here), here["leader"]
    today = date(2018, 4, 18)
    here["session"] = _session(world, here, local(today, 8, 30), local(today, 11), **trainer)
    for one in (here["person"], here["alone"], *([world.cast.bo] if town == world.cast.horby else [])):
        delivery.accept_seat(seat=delivery.invite_to_session(session=here["session"], person=one, by=leader), by=one)
    own, others = delivery.form_groups(session=here["session"], names_or_count=2, by=leader)
    here["group"] = own
    for seat in here["session"].seats.all():
        delivery.put_in_group(group=own if seat.person == here["person"] else others, seat=seat, by=leader)
    here["code"] = code_at(here["session"].check_in_secret, here["session"].uid, clock.now())
    here["seat"] = Seat.objects.get(session=here["session"], person=here["person"])
    delivery.record_attendance(session=here["session"], person=here["person"], minutes=100, by=here["trainer"])
    here["late"] = LateCheckIn.objects.create(
        session=here["session"], person=here["alone"], arrived_at=here["session"].starts_at, received_at=clock.now()
    )
    here["coming"] = _session(world, here, local(date(2018, 5, 14), 9), local(date(2018, 5, 14), 11), needs_approval=True, **trainer)
    here["asked"] = delivery.invite_to_session(session=here["coming"], person=here["person"], by=leader)
    here["asked_alone"] = delivery.invite_to_session(session=here["coming"], person=here["alone"], by=leader)
    here["candidate"] = _session(world, here, local(date(2018, 9, 4), 9), local(date(2018, 9, 4), 11), state="candidate", minimum=1)
    seat = here["seat"]
    soon = clock.now() + timedelta(days=30)
    here["seat_token"] = links.make_link("seat", subject=seat.uid, person=seat.person.uid, expires_at=soon)
    here["calendar_token"] = delivery.subscribe_calendar(by=here["person"])


def _trainer(world: World, here: dict[str, Any]) -> dict[str, Any]:
    """Hörby's sessions have a trainer, Osby's only a second one: both ways of training are played."""
    if here["organisation"] == world.cast.horby:
        here["trainer"] = world.people["trainer Hörby"]
        return {"trainer": here["trainer"]}
    here["trainer"] = world.people["trainer Osby"]
    return {"trainer": None, "co_trainers": [here["trainer"]]}


def _session(world: World, here: dict[str, Any], starts: datetime, ends: datetime, **more: Any) -> Session:
    with clock.at(min(starts - timedelta(days=7), clock.now())):
        return delivery.schedule_session(
            programme=world.cast.programme, module=here["module"], starts_at=starts, ends_at=ends, organisation=here["organisation"], maximum=20,
            by=world.cast.amal, **more,
        )  # fmt: skip


def _months(world: World, here: dict[str, Any]) -> None:
    """February and March were trained; February is to be certified, in March the person says that something is wrong."""
    for day in (date(2018, 2, 14), date(2018, 3, 14)):
        held = _session(world, here, local(day, 8), local(day, 11), **_trainer(world, here))
        with clock.at(held.ends_at):
            for one in (here["person"], here["alone"]):
                here["attendance"] = delivery.record_attendance(session=held, person=one, minutes=150, by=here["trainer"])
    here["held"] = held
    here["attendance"] = held.attendances.get(person=here["person"])


def _hand_in(world: World) -> None:
    """February is certified and handed in; March waits: the person has to confirm, whoever has no manager has done so."""
    cast = world.cast
    for month in (FEBRUARY, MARCH):
        evidence.open_month(programme=cast.programme, month=month, by=None)
    for place in ("osby", "horby"):
        here = world.places[place]
        for person, signer in ((here["person"], here["manager"]), (here["alone"], here["leader"])):
            february, march = Certificate.objects.filter(person=person, month__in=(FEBRUARY, MARCH)).order_by("month")
            evidence.confirm_month(february, by=person)
            evidence.countersign_month(february, by=signer)
            if person == here["alone"]:
                evidence.confirm_month(march, by=person)
                here["certificate_alone"] = march
            else:
                here.update(certificate=march, certified=february, line=LedgerLine.objects.get(certificate=february))
        here["objection"] = evidence.object_to_month(here["certificate"], text="Jag var där längre", attendance=here["attendance"].uid, by=here["person"])
        here["months_token"] = own_link(here["participation"].uid, here["person"])
    claim = evidence.submit_month(programme=cast.programme, month=FEBRUARY, by=cast.amal)
    sample = evidence.draw_sample(programme=cast.programme, month=FEBRUARY, size=4, reason="Kontroll", by=cast.elin)
    rate(cast.more_staff(6), world.places["lfi"]["framework"], {"B1": 1, "C1": 2}, round=None)
    competences.draw_map(framework=world.places["lfi"]["framework"], by=None)
    mail = SentMail.objects.order_by("pk").first()
    assert mail is not None
    for place in ("osby", "horby", "lfi"):
        world.places[place] |= {"claim": claim, "sample": sample, "mail": mail, "drawn": world.places["osby"]["participation"]}


def _cases(world: World, place: str) -> None:
    """Somebody on the way into work in each town, with everything that is written about them, referred to the other town."""
    here, there = world.places[place], world.places["horby" if place == "osby" else "osby"]
    town = "Osby" if place == "osby" else "Hörby"
    caseworker, day = world.people[f"caseworker {town}"], clock.today()
    known = {"programme": world.cast.programme, "organisation": here["organisation"], "by": caseworker}
    case = cases.open_case(given_name="Selam", family_name=place, language="ti", strengths=SECRET_OF_CASE[place], **known)
    need = cases.note_need(case=case, domain="legal", text="Hyresavtal", by=caseworker)
    told = {"person": case.person, "recipient_kind": "organisation", "recipient": there["organisation"].uid, "purpose": "referral", "wording": "2026-11/sv", "language": "sv"}
    here["consent"] = people.give_consent(**told, fields=["languages"], until=day + timedelta(days=60), by=caseworker)
    accepted = cases.open_case(given_name="Amina", **known)
    people.give_consent(**(told | {"person": accepted.person}), fields=["languages"], until=day + timedelta(days=60), by=caseworker)
    taken = cases.refer_case(case=accepted, receiver=there["organisation"], asks="Hjälp", by=caseworker)
    ended = cases.open_case(given_name="Ended", **known)
    cases.end_case(case=ended, reason="moved", by=caseworker)
    here |= {
        "case": case, "need": need, "step": cases.plan_step(need=need, title="Juristen", due_on=day, by=caseworker), "ended_case": ended,
        "note": cases.seal_note(case=case, kind="health", text=SECRET_OF_CASE[place], by=caseworker), "accompanied": case.person,
        "talk": cases.note_star(case=case, citizen={"language": 3}, caseworker={}, by=caseworker), "receiver": there["organisation"],
        "referral": cases.refer_case(case=case, receiver=there["organisation"], asks="Språkcafé", by=caseworker), "accepted": taken,
        "free": cases.open_case(given_name="Fri", **(known | {"by": world.people[f"placer {town}"]})), "caseworker": caseworker,
        "accompanied_sign": case.number,
    }  # fmt: skip
    cases.accept_referral(referral=taken, by=world.people[f"caseworker {'Hörby' if place == 'osby' else 'Osby'}"])


def _courses(world: World, place: str) -> None:
    """Courses for newcomers: today's with minutes, one to come with a place, and with somebody who is to be told of it, one that is open."""
    here, trainer = world.places[place], _trainer(world, world.places[place])
    for name, day in (("course", clock.today()), ("next_course", date(2018, 5, 15)), ("open_course", date(2018, 5, 16))):
        here[name] = _session(world, here, local(day, 15), local(day, 16, 30), audience="newcomers", **trainer)
    by = here["caseworker"]
    for name in ("course", "next_course"):
        cases.give_course_places(session=here[name], cases=[here["case"], here["free"]], by=by)
    delivery.record_attendance(session=here["course"], person=here["case"].person, minutes=60, by=here["trainer"])
    here["course_seat"] = Seat.objects.get(session=here["course"], person=here["case"].person)
    here["place_to_come"] = Seat.objects.get(session=here["next_course"], person=here["case"].person)
    here["place_to_tell"] = Seat.objects.get(session=here["next_course"], person=here["free"].person)
    Seat.objects.filter(pk=here["place_to_tell"].pk).update(to_tell_since=clock.now())


SECRET_OF_CASE = {"osby": "lagar mat i Osby", "horby": "lagar mat i Horby"}


def _recoveries(world: World) -> None:
    """In each town somebody whom two administrators let in again at this moment, and one each who waits, asked, and lost a phone only now."""
    second = _person("Adam", "Min")
    people.grant_role(person=second, role=Role.ADMINISTRATOR, starts_on=START, by=None)
    account_of(second)
    said = {"checked": "met", "reason": "Ny telefon"}
    for place in ("osby", "horby"):
        accounts = [account_of(_person(name, place)) for name in ("Inne", "Vantar", "Fragar", "Forlorat")]
        for account in accounts:
            TOTP.activate(account, "JBSWY3DPEHPK3PXP")
        inside, waits, asks, lost = accounts
        confirmed = people.open_recovery(account=inside, by=second, **said)
        people.confirm_recovery(recovery=confirmed, by=world.people["administrator"])
        waiting = people.open_recovery(account=waits, by=second, **said)
        soon = clock.now() + timedelta(days=1)
        world.places[place] |= {
            "recovery": waiting, "wish": people.note_recovery_asked(account=asks), "lost": lost.email,
            "recovery_token": links.make_link("recovery", subject=confirmed.uid, expires_at=soon),
            "stop_token": links.make_link("recovery-stop", subject=waiting.uid, expires_at=soon),
        }  # fmt: skip


def _erasures(world: World) -> None:
    """In each town somebody whom the leader has asked to erase; nobody has agreed."""
    for place in ("osby", "horby"):
        here = world.places[place]
        leaving = _person("Bort", place)
        people.employ_person(person=leaving, organisation=here["organisation"], unit=here["unit"], job_title="Lärare", started_on=START, by=None)
        programmes.enrol_person(programme=world.cast.programme, person=leaving, organisation=here["organisation"], by=None)
        sign = Participation.objects.get(person=leaving).number
        here["erasure"] = people.ask_erasure(person=leaving, reason="wish", typed=sign, by=here["leader"])
        here |= {"erasure_sign": sign, "new_sign": here["new"].uid.hex[:8]}


def _plans(world: World) -> None:
    """A proposal, what is decided about it, and each municipality's own plan."""
    cast = world.cast
    asked = planning.ask_plan(
        programme=cast.programme, first=date(2018, 9, 3), last=date(2018, 9, 28), budget=Decimal(100_000), absence_share=Decimal(1), moves=20, by=cast.amal
    )
    plan = planning.compute(asked)
    assert plan.state == "proposed", plan.violations
    reason = {"programme": cast.programme, "reason": "Därför"}
    for place in ("osby", "horby"):
        here = world.places[place]
        here["pin"] = planning.pin(kind="forbid", session=here["candidate"], person=here["person"], by=here["leader"], **reason)
        here["session_pin"] = planning.pin(kind="hold", session=here["candidate"], by=cast.amal, **reason)
        written = planning.save_organisational_plan(
            programme=cast.programme, organisation=here["organisation"], owner=here["leader"], aim="Kompetensen stannar", decided_on=date(2018, 3, 1),
            review_on=date(2019, 3, 1), measures=[{"action": "Handledning", "due_on": date(2018, 12, 1)}], by=here["leader"],
        )  # fmt: skip
        here["organisational_plan"], here["measure"] = written, str(written.measures.get().pk)
    task = later.long_task("plan", subject=plan.uid, asked_by=cast.amal.uid)
    for place in ("osby", "horby", "lfi"):
        world.places[place] |= {"plan": plan, "task": task}


def _other(world: World) -> None:
    """The other programme's own framework, module, questionnaire and work."""
    here, xenia = world.places["other"], world.people["other owner"]
    programme: Programme = here["programme"]
    framework = competences.save_framework(programme=programme, draft=draft(), by=None)
    profile = competences.add_profile(framework=framework, code="ALL", name={"sv": "Alla", "en": "All"}, by=None)
    competence = framework.competences.get(code="C1")
    module = curriculum.add_module(programme=programme, code="O1", title={"sv": "Annat", "en": "Other"}, form="lecture", minutes=60, by=xenia)
    outcome = curriculum.add_outcome(module=module, code="O1.1", statement={"sv": "Kan", "en": "Can"}, competence=competence, to_level=3, by=xenia)
    version = instruments.publish_questionnaire(programme=programme, file_name="o.xlsx", content=mapping(form_id="annat"), by=xenia)
    made = instruments.open_round(programme=programme, version=version, title="Annan", opens_on=date(2018, 4, 9), closes_on=date(2018, 4, 30), by=xenia)
    starts = local(date(2018, 9, 5), 9)
    candidate = delivery.schedule_session(
        programme=programme, module=module, starts_at=starts, ends_at=starts + timedelta(hours=1), maximum=9, state="candidate", by=xenia
    )
    here.update(
        framework=framework, area=framework.areas.get(code="C"), profile=profile, competence=competence, module=module, outcome=outcome, version=version,
        round=made, candidate=candidate, task=later.long_task("plan", subject=programme.uid, asked_by=xenia.uid), owners_grant=Grant.objects.get(person=xenia), slug="other",
        organisation=world.cast.horby, person=world.cast.birgit, partner=Partner.objects.get(programme=programme, organisation=world.cast.horby),
    )  # fmt: skip
