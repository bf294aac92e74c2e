"""A canary: one person of whom the same word stands in every field that may hold words, put there by the actions."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from smtplib import SMTPRecipientsRefused
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.test import override_settings

from handrail.cases import actions as cases
from handrail.cases.models import Case
from handrail.competences import actions as competences
from handrail.curriculum import actions as curriculum
from handrail.curriculum.models import Module
from handrail.delivery import actions as delivery
from handrail.delivery.models import Seat, Session
from handrail.delivery.rules import Mark
from handrail.evidence import actions as evidence
from handrail.evidence.models import Certificate
from handrail.instruments import actions as instruments
from handrail.instruments.models import Invitation
from handrail.kit import clock, later
from handrail.kit.models import SetAside
from handrail.library import actions as library
from handrail.mentoring import actions as mentoring
from handrail.people import actions as people
from handrail.people.models import Person
from handrail.placements import actions as placements
from handrail.placements.actions import matching
from handrail.placements.models import Listed, Placement, Seeking
from handrail.placements.rules import preparation_items
from handrail.planning import actions as planning
from handrail.planning.models import Availability
from handrail.programmes import actions as programmes
from handrail.programmes.models import Participation, Partner
from handrail.support import actions as support
from tests.cast import START, account_of
from tests.competences.made import make_framework, rate
from tests.evidence.world import terms
from tests.instruments.forms import WHOLE, mapping

WORD = "zqcanary"
ZONE = ZoneInfo("Europe/Stockholm")
KEY = "a-key-made-on-the-device"


@dataclass
class Canary:
    """Who it is, and what the checks afterwards look at."""

    person: Person
    number: str
    report: Person
    waits: Person
    coming: Session
    ada: Person


def plant(cast: Any, client_of: Any) -> Canary:
    """Everything that the product lets be written about one person, by the person and by others."""
    person = people.add_person(given_name=WORD.title(), family_name=f"{WORD.title()}son", email=f"{WORD}@example.org", by=None)
    people.employ_person(
        person=person, organisation=cast.horby, unit=cast.school, manager=cast.lena, job_title=f"Lärare {WORD}", employee_number=WORD[:8], aid_code=WORD,
        started_on=START, by=None,
    )  # fmt: skip
    report = people.add_person(given_name="Rut", family_name="Under", email="rut@example.org", by=None)
    people.employ_person(person=report, organisation=cast.horby, unit=cast.school, manager=person, job_title="Lärare", started_on=START, by=None)
    for one in (person, report):
        programmes.enrol_person(programme=cast.programme, person=one, organisation=cast.horby, by=None)
    number = Participation.objects.get(person=person).number
    ada = _way_in(cast, person, client_of)
    _visitor(cast, person)
    framework = make_framework(cast)
    module = curriculum.add_module(programme=cast.programme, code="M1", title={"sv": "Samtal", "en": "Talks"}, form="lecture", minutes=90, by=cast.amal)
    competence = framework.competences.get(code="C1")
    curriculum.add_outcome(module=module, code="M1.1", statement={"sv": "Kan", "en": "Can"}, competence=competence, to_level=3, by=cast.amal)
    rate([*cast.more_staff(6), report], framework, {"B1": 1, "C1": 2}, round=None)
    _answers(cast, person, report)
    competences.assign_profile(person=person, profile=framework.profiles.get(code="TEACH"), by=cast.paula)
    competences.rate_person(person=person, competence=competence, kind="observed", level=1, note=f"{WORD} behöver tid", by=cast.lena)
    rate([person], framework, {"B1": 1, "C1": 0}, round=None)
    competences.share_levels(person=person, manager=cast.lena, by=person)
    competences.ask_to_share(person=report, manager=person, by=person)
    competences.draw_map(framework=framework, by=None)
    _plan(cast, person, module)
    coming = _sessions(cast, person, module)
    _months(cast, person, module)
    _way_to_work(cast, person)
    _refused_mail(person)
    pia = Person.objects.get(identity__email="pia@example.org")
    rows = f"Key;Given name;First day\nA-1;{WORD};2018-04-01\n".encode()
    placements.hand_in_workbook(programme=cast.programme, organisation=cast.horby, content=rows, name="b.csv", by=pia)  # waits for a worker
    return Canary(person, number, report, cast.bo, coming, ada)


def _way_in(cast: Any, person: Person, client_of: Any) -> Person:
    """Invited, signed in, with an app and an address of the account library's; a staff list and a recovery wait."""
    people.invite_person(person=person, by=cast.paula)
    account = account_of(person)
    client_of(person).get("/home/")
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    EmailAddress.objects.get_or_create(user=account, email=account.email)
    ada = people.add_person(given_name="Ada", family_name="Min", email="ada@example.org", by=None)
    people.grant_role(person=ada, role="administrator", by=None)
    people.grant_role(person=person, role="trainer", programme=cast.programme.uid, by=cast.amal)
    account_of(ada)
    people.open_recovery(account=account, checked="met", reason=f"{WORD} har ny telefon", by=ada)
    people.upload_staff_list(
        organisation=cast.horby, file_name="lista.csv", content=f"Anställningsnummer;Förnamn;Efternamn\n1;{WORD};{WORD}\n".encode(), by=cast.paula
    )
    return ada


def _visitor(cast: Any, person: Person) -> None:
    """Named on the public page, the contact person of a practice, and once a visitor there."""
    partner = Partner.objects.get(programme=cast.programme, organisation=cast.horby)
    programmes.name_contact_person(partner=partner, contact_person=person, by=cast.amal)
    programmes.write_to_programme(
        programme=cast.programme, organisation=cast.horby, sender_name=WORD, sender_email=f"{WORD}@example.org", text=f"Hej från {WORD}"
    )
    practice = library.begin_practice(programme=cast.programme, title="God praxis", language="sv", country="SE", organisation=cast.horby, by=cast.amal)
    library.settle_contact(practice=practice, licence="CC0-1.0", contact_name=str(person.identity), contact_email=f"{WORD}@example.org", contact_agrees=True, by=cast.amal)


def _answers(cast: Any, person: Person, report: Person) -> None:
    """Answers about oneself and about others, by a manager about the person; something under a used key; a draft."""
    version = instruments.publish_questionnaire(programme=cast.programme, file_name="k.xlsx", content=mapping(competences=("C1", "B1")), by=cast.amal)
    for respondent in ("self", "manager"):
        made = instruments.open_round(
            programme=cast.programme, version=version, title="Våren", respondent=respondent, opens_on=date(2018, 4, 9), closes_on=date(2018, 4, 30), by=cast.amal
        )
        instruments.invite_to_round(round=made, persons=[person, report], by=cast.amal)
        instruments.send_invitations(round=made, by=cast.amal)
    later.run_waiting()
    for invitation in Invitation.objects.all():
        sent: dict[str, Any] = {"invitation": invitation, "language": "sv", "key": KEY, "by": invitation.respondent}
        about = WORD if person in (invitation.respondent, invitation.about) else "inget"
        instruments.submit_answers(answers={**WHOLE, "wish": about}, is_complete=True, **sent)
        instruments.submit_answers(answers={**WHOLE, "wish": f"{about} annat"}, is_complete=True, **sent)
        instruments.submit_answers(answers={"wish": f"{about} utkast"}, is_complete=False, **(sent | {"key": f"{KEY}-2"}))
    later.run_waiting()
    own = Invitation.objects.get(respondent=person, about=person)
    instruments.settle_set_aside(set_aside=SetAside.objects.get(scope=f"answers:{own.uid.hex}"), note=f"{WORD} ringde", by=cast.amal)


def _sessions(cast: Any, person: Person, module: Any) -> Session:
    """A session that was, with a correction and a list that came twice; one to come with somebody waiting; words about seats."""
    was = _session(cast, module, datetime(2018, 4, 17, 8, 30, tzinfo=ZONE))
    with clock.at(was.ends_at - timedelta(days=3)):
        seat = delivery.invite_to_session(session=was, person=person, by=cast.paula)
        delivery.decline_seat(seat=seat, by=person, reason=f"{WORD} är sjuk")
    delivery.record_attendance(session=was, person=person, minutes=60, by=cast.carlos)
    delivery.record_attendance(session=was, person=person, minutes=80, reason=f"{WORD} gick tidigare", by=cast.carlos)
    mark = {"person": person.uid, "minutes": 80, "late_minutes": 0, "left_early_minutes": 0}
    for reason in ("", f"{WORD} igen"):
        with suppress(ValueError):
            delivery.save_attendance_list(session=was, marks=[Mark(**mark, reason=reason)], list_version=0, key=KEY, by=cast.carlos)
    coming = _session(cast, module, datetime(2018, 5, 14, 9, 0, tzinfo=ZONE), maximum=1)
    delivery.accept_seat(seat=delivery.invite_to_session(session=coming, person=person, by=cast.paula), by=person)
    delivery.invite_to_session(session=coming, person=cast.bo, by=cast.paula)
    assert Seat.objects.get(session=coming, person=cast.bo).state == "waiting"
    _session(cast, module, datetime(2018, 5, 21, 9, 0, tzinfo=ZONE), trainer=person)
    delivery.subscribe_calendar(by=person)
    later.run_waiting()
    return coming


def _session(cast: Any, module: Any, starts: datetime, **more: Any) -> Session:
    with clock.at(min(starts - timedelta(days=7), clock.now())):
        return delivery.schedule_session(
            programme=cast.programme, module=module, starts_at=starts, ends_at=starts + timedelta(minutes=90), organisation=cast.horby,
            by=cast.amal, **({"maximum": 20, "trainer": cast.carlos} | more),
        )  # fmt: skip


def _plan(cast: Any, person: Person, module: Any) -> None:
    """A seat proposed with its reason, and a decision about the person."""
    starts = datetime(2018, 9, 4, 9, tzinfo=ZONE)
    candidate = delivery.schedule_session(
        programme=cast.programme, module=module, starts_at=starts, ends_at=starts + timedelta(hours=2), organisation=cast.horby, maximum=20, minimum=1,
        state="candidate", by=cast.amal,
    )  # fmt: skip
    planning.pin(programme=cast.programme, kind="attend", session=candidate, person=person, reason=f"{WORD} vill", by=cast.paula)
    Availability.objects.create(person=person, from_date=date(2018, 10, 1), to_date=date(2018, 10, 2))
    asked = planning.ask_plan(
        programme=cast.programme, first=date(2018, 9, 3), last=date(2018, 9, 28), budget=Decimal(100_000), absence_share=Decimal(1), moves=20, by=cast.amal
    )
    plan = planning.compute(asked)
    assert plan.seats.filter(person=person).exists(), plan.violations


def _months(cast: Any, person: Person, module: Any) -> None:
    """February certified and handed in, March objected to."""
    terms(cast.programme)
    for month in (2, 3):
        held = _session(cast, module, datetime(2018, month, 14, 8, tzinfo=ZONE))
        with clock.at(held.ends_at):
            for one, minutes in ((person, 85), (cast.birgit, 90)):
                delivery.record_attendance(session=held, person=one, minutes=minutes, by=cast.carlos)
        evidence.open_month(programme=cast.programme, month=date(2018, month, 1), by=None)
    for one in (person, cast.birgit):
        certificate = Certificate.objects.get(person=one, month=date(2018, 2, 1))
        evidence.confirm_month(certificate, by=one)
        evidence.countersign_month(certificate, by=cast.lena)
    march = Certificate.objects.get(person=person, month=date(2018, 3, 1))
    objection = evidence.object_to_month(march, text=f"{WORD} var där längre", by=person)
    evidence.settle_objection(objection, answer=f"Nej, {WORD}", by=cast.carlos)
    evidence.submit_month(programme=cast.programme, month=date(2018, 2, 1), by=cast.amal)


def _way_to_work(cast: Any, person: Person) -> None:
    """Accompanied on the way into work: strengths, needs and steps, a sealed note opened by the caseworker and in an emergency, consent, a referral."""

    def somebody(given: str, role: str, organisation: Any) -> Person:
        made = people.add_person(given_name=given, family_name="Dahl", email=f"{given}@example.org".lower(), by=None)
        people.grant_role(person=made, role=role, programme=cast.programme.uid, organisation=organisation, by=None)
        return made

    kim, pia, ove = somebody("Kim", "caseworker", cast.horby), somebody("Pia", "place_coordinator", cast.horby), somebody("Ove", "caseworker", cast.osby)
    taking_part = Participation.objects.get(person=person, programme=cast.programme)
    case = Case.objects.create(
        programme=cast.programme, participation=taking_part, person=person, organisation=cast.horby, caseworker=kim, number=taking_part.number, opened_on=clock.today(),
        search_name=person.identity.search_name, external_key=WORD, interpreter=WORD[:10],
    )  # fmt: skip
    case.entries.create(started_on=clock.today())
    case.languages.create(code="so", level="first")
    texts = {"strengths": f"{WORD} lagar mat", "wishes": f"{WORD} vill", "experience": WORD, "hours_wanted": 20, "travel_minutes": 30, "interpreter": WORD[:10]}
    cases.change_case(case=case, by=kim, **texts)
    _courses(cast, case, kim)
    need = cases.note_need(case=case, domain="legal", text=f"{WORD} behöver", by=kim)
    cases.plan_step(need=need, title=f"{WORD} träffar juristen", due_on=clock.today(), helper=WORD, by=kim)
    note = cases.seal_note(case=case, kind="health", text=f"{WORD} sover illa", by=kim)
    cases.open_note(note=note, reason=f"{WORD} ringde i dag", by=kim)
    cases.break_glass(case=case, reason=f"{WORD} är inlagd", by=pia)
    cases.note_star(case=case, citizen={"language": 3}, caseworker={"language": 4}, by=kim)
    people.give_consent(
        person=person, recipient_kind="organisation", recipient=cast.osby.uid, fields=["first_name"], purpose=f"{WORD} vill ha hjälp", basis=WORD,
        wording="2026-11/sv", language="sv", until=clock.today() + timedelta(days=30), by=kim,
    )  # fmt: skip
    referral = cases.refer_case(case=case, receiver=cast.osby, asks=f"{WORD} behöver språkcafé", by=kim)
    cases.decline_referral(referral=referral, reason=f"Ingen plats för {WORD}", by=ove)
    _placement(cast, case, kim, pia)


def _courses(cast: Any, case: Case, kim: Person) -> None:
    """In a course for newcomers: minutes corrected in words, a place taken back in words, one to come."""
    module = Module.objects.get(programme=cast.programme, code="M1")
    was, back, coming = (_session(cast, module, datetime(2018, month, day, 15, tzinfo=ZONE), audience="newcomers") for month, day in ((4, 16), (5, 15), (5, 22)))
    with clock.at(was.starts_at - timedelta(days=1)):
        cases.take_part_in_courses(case=case, sessions=[was, back, coming], by=kim)
    delivery.record_attendance(session=was, person=case.person, minutes=60, by=cast.carlos)
    delivery.record_attendance(session=was, person=case.person, minutes=70, reason=f"{WORD} kom sent", by=cast.carlos)
    delivery.withdraw_seat(seat=Seat.objects.get(session=back, person=case.person), reason=f"{WORD} orkar inte", by=kim)
    later.run_waiting()


def _placement(cast: Any, case: Case, kim: Person, pia: Person) -> None:
    """At a company beyond its number, followed up, extended, asked about; a mentor beside the person, with own notes."""
    company = placements.add_company(programme=cast.programme, name="Bageriet", ordinary_staff=20, region="Skåne", by=pia)
    placements.offer_position(company=company, title="Hjälpreda", tasks=["Baka"], hours=20, by=pia)
    placement = matching.decide_on(
        listed=_proposed(cast, case, kim, pia), starts_on=clock.today(), ends_on=clock.today() + timedelta(days=40), hours=20, why=f"{WORD} ville helst dit",
        adaptations=f"{WORD} sitter lugnt", by=kim,
    )  # fmt: skip
    Placement.objects.filter(pk=placement.pk).update(over_limit_reason=f"{WORD} kan börja ändå", tasks=[f"{WORD} bakar"])  # as the action writes it where a company is full
    for item, _text in preparation_items():
        placements.settle_preparation(placement=placement, item=item, waived=f"{WORD} vet det redan", by=kim)
    for part in ("participant", "employer", "employees", "municipality"):
        placements.sign_placement(placement=placement, part=part, by=kim)
    placement = placements.start_placement(placement=placement, by=kim)
    placements.hold_follow_up(follow_up=placement.follow_ups.get(week=1), participant_says=f"{WORD} trivs", company_says=f"{WORD} lär sig", by=kim)
    own, _token = placements.make_own_page(case=case, language="so", code="2580", by=kim)
    for side in ("participant", "company"):
        placements.say_opinion(follow_up=placement.follow_ups.get(week=4), side=side, answers={"tasks": 3}, words=f"{WORD} vill stanna, säger {side}")
    for minutes in (240, 300):
        placements.say_day(placement=placement, key=KEY, day=clock.today(), minutes=minutes, programme=cast.programme.uid)
    placements.say_star(own=own, key=KEY, values={"language": 4})
    placements.extend_placement(placement=placement, until=placement.ends_on + timedelta(days=20), reason=f"{WORD} vill lära sig mer", by=kim)
    question = support.ask_question(company=company, text=f"Hur säger vi det till {WORD}?", placement=placement, by=pia)
    support.answer_question(question=question, text=f"Säg det till {WORD} som till andra.", by=pia)
    mentor = mentoring.recruit_mentor(programme=cast.programme, organisation=cast.horby, given_name="Mona", family_name="Dahl", email="mona@example.org", by=pia)
    mentoring.prepare_mentor(mentor=mentor, by=pia)
    beside = mentoring.match_mentor(case=case, mentor=mentor, reach=f"Ring {WORD}", next_on=clock.today(), next_where=f"Hos {WORD}", by=kim)
    mentoring.keep_note(mentorship=beside, text=f"{WORD} tycker om te", by=mentor.person)
    mentoring.make_lifeline(case=case, language="so", by=kim)


def _proposed(cast: Any, case: Case, kim: Person, pia: Person) -> Listed:
    """The place was proposed in a round of matching, looked at, and had been said no to once."""
    people.give_consent(
        person=case.person, recipient_kind="company", recipient=cast.programme.uid, fields=["languages", "availability"], purpose="placement", wording="2026-11/sv", language="sv",
        until=clock.today() + timedelta(days=30), by=kim,
    )  # fmt: skip
    matching.note_way(programme=cast.programme, one="Hörby", other="Skåne", minutes=20, by=pia)
    matching.say_wishes(case=case, area="Hörby", wishes=["kitchen"], not_fitting=["lifting"], skills={"cooking": 2}, growth={"guests": 1}, by=kim)
    found = matching.compute_round(matching.ask_round(programme=cast.programme, organisation=cast.horby, by=pia))
    found = matching.choose_way(found=found, way="best_total", reason="Bäst för alla just nu", by=pia)
    Seeking.objects.filter(case=case).update(area=WORD)  # as if somebody had written more than a town
    matching.note_look(round=found, case=case, by=kim)
    listed = Listed.objects.select_related("position__company", "shortlist__round", "shortlist__case__programme", "shortlist__case__person").get(shortlist__round=found, shortlist__way="best_total")
    matching.take_back_refusal(refusal=matching.refuse_listed(listed=listed, side="person", by=kim), by=kim)
    return listed


def _refused_mail(person: Person) -> None:
    """A mail that the server refuses: the address stands in the task's trace."""
    delivery_at = {"EMAIL_BACKEND": "tests.desk.refusing.Backend"}
    from handrail.kit.mail import send_mail

    send_mail("delivery/mail/reminder", to=f"{WORD}@example.org", language="sv", context={"name": WORD, "url": "x"})
    with override_settings(**delivery_at), suppress(SMTPRecipientsRefused):
        later.run_waiting()
