"""Finds mentors and whom they stand beside: a mentor one's own while it lasts, a coordinator those of the organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum

from handrail.cases.models import Case
from handrail.cases.queries import cases_visible_to, conflicts_with, coordinated, kept_away, names_of_cases, out_of_conflict
from handrail.kit import clock
from handrail.kit.crypto import KeyDestroyed, Unreadable, opened
from handrail.kit.text import _, language_name, month_start
from handrail.mentoring import rules
from handrail.mentoring.models import Contact, Mentor, MentorNote, Mentorship, Terms
from handrail.people.models import Identity, Organisation, Person, Role
from handrail.people.queries import account_states, authority_of
from handrail.programmes.models import Programme


def terms_of(programme: Programme) -> Terms:
    """What a programme agreed about calls; the usual terms where nobody has written them down."""
    return Terms.objects.filter(programme=programme).first() or Terms(programme=programme)


def mentors_visible_to(person: Person) -> QuerySet[Mentor]:
    """The mentors of whom a person is placement coordinator."""
    return Mentor.objects.filter(coordinated(person)).select_related("person__identity", "programme", "organisation", "prepared_by__identity")


def mentorships_steered_by(person: Person) -> QuerySet[Mentorship]:
    """Open mentorships of the cases that a person works on or coordinates."""
    rows = Mentorship.objects.filter(ended_on=None, case__in=cases_visible_to(person))
    return rows.select_related("case__programme", "case__organisation", "case__person", "mentor__person__identity", "backup__person__identity")


def mentorships_visible_to(person: Person) -> QuerySet[Mentorship]:
    """A mentor's own people, while the mentorship lasts and the person is a mentor there; nobody else's, the back-up's neither."""
    held = [one.programme for one in authority_of(person).held if one.role == Role.MENTOR]
    where = Q() if None in held else Q(mentor__programme__uid__in=held)
    rows = Mentorship.objects.filter(where, out_of_conflict(person, "case"), mentor__person=person, mentor__ended_on=None, ended_on=None, starts_on__lte=clock.today())
    rows = rows if held else rows.none()
    return rows.select_related("case__programme", "case__person__identity", "mentor__person__identity", "backup__person__identity")


def mentorships_to_log(person: Person) -> QuerySet[Mentorship]:
    """Those whose minutes a person may note: the own, and those steered, for mentors who have no account."""
    rows = Mentorship.objects.filter(Q(pk__in=mentorships_visible_to(person).values("pk")) | Q(pk__in=mentorships_steered_by(person).values("pk")))
    return rows.select_related("case__programme", "case__person__identity", "mentor__person__identity")


def organisations_recruiting(person: Person, programme: Programme) -> list[Organisation]:
    """The organisations for which a person is placement coordinator in a programme."""
    partners = Organisation.objects.filter(pk__in=programme.partners.values("organisation_id"))
    authority = authority_of(person)
    return [one for one in partners if authority.has(Role.PLACEMENT_COORDINATOR, programme=programme.uid, organisation_id=one.pk)]


def mentor_of_person(person: Person, programme: Programme) -> Mentor | None:
    """Whether somebody is a mentor in a programme just now."""
    return Mentor.objects.filter(person=person, programme=programme, ended_on=None).first()


def case_by_uid(uid: UUID) -> Case:
    """One case; asked by listeners alone."""
    return Case.objects.select_related("programme", "person", "organisation").get(uid=uid)


def mentorship_of_case(case: Case) -> Mentorship | None:
    """The mentorship that lasts, if there is one."""
    rows = Mentorship.objects.filter(case=case, ended_on=None)
    return rows.select_related("case__programme", "mentor__person__identity", "backup__person__identity").first()


def free_mentors(case: Case) -> list[tuple[Mentor, int]]:
    """Who may stand beside somebody, with how many they have: mentors of the case's organisation, those who speak the person's language first."""
    rows = Mentor.objects.filter(programme=case.programme, organisation=case.organisation, ended_on=None).exclude(person__in=kept_away(case)).select_related("person__identity")
    counted = rows.annotate(has=Count("mentorships", filter=Q(mentorships__ended_on=None)))
    spoken = set(case.languages.filter(level="first").values_list("code", flat=True))
    found = [(one, one.has) for one in counted]
    return sorted(found, key=lambda pair: (not spoken & set(pair[0].languages), pair[0].person.called))


@dataclass(frozen=True)
class MentorRow:
    """One line of the coordinator's list."""

    mentor: Mentor
    name: str
    languages: str
    has: int
    this_month: int
    last_month: int
    last_on: date | None
    quiet: tuple[str, ...]  # the numbers of the people with whom there was no contact for too long
    may_sign_in: bool


def mentor_rows(programme: Programme, mentors: Iterable[Mentor], *, viewer: Person) -> list[MentorRow]:
    """The lines of the list, with people, minutes and silence in a query each. Somebody from whom the viewer is kept away is counted and not numbered."""
    mentors = list(mentors)
    today, ids = clock.today(), [one.pk for one in mentors]
    this, days = month_start(today), terms_of(programme).quiet_days
    before = month_start(this - timedelta(days=1))
    minutes: dict[tuple[int, bool], int] = {}
    for row in Contact.objects.filter(mentor__in=ids, day__gte=before).values("mentor", "day").annotate(sum=Sum("minutes")):
        key = (row["mentor"], row["day"] >= this)
        minutes[key] = minutes.get(key, 0) + row["sum"]
    mentorships = list(Mentorship.objects.filter(mentor__in=ids, ended_on=None).select_related("case").order_by("case__number"))
    hidden = conflicts_with(viewer)
    last = _last_contacts([it.case_id for it in mentorships])
    of: dict[int, list[Mentorship]] = {}
    for it in mentorships:
        of.setdefault(it.mentor_id, []).append(it)
    states = account_states([one.person_id for one in mentors])
    rows = []
    for one in mentors:
        own = of.get(one.pk, [])
        quiet = [it.case.number for it in own if it.case_id not in hidden and rules.is_too_quiet(last=last.get(it.case_id), since=it.starts_on, today=today, days=days)]
        days_heard = [last[it.case_id] for it in own if it.case_id in last]
        rows.append(MentorRow(
            one, one.person.called, ", ".join(language_name(code) for code in one.languages), len(own), minutes.get((one.pk, True), 0), minutes.get((one.pk, False), 0),
            max(days_heard) if days_heard else None, tuple(quiet), states.get(one.person_id) == "open",
        ))  # fmt: skip
    return sorted(rows, key=lambda row: (row.mentor.ended_on is not None, not row.quiet, row.name))


def _last_contacts(cases: Iterable[int]) -> dict[int, date]:
    rows = Contact.objects.filter(case__in=list(cases)).values("case").annotate(last=Max("day"))
    return {row["case"]: row["last"] for row in rows}


def minutes_by_month(mentor: Mentor, *, months: int = 6) -> list[tuple[date, int, int]]:
    """The minutes and contacts of a mentor by month, the latest first."""
    first = month_start(clock.today())
    for _step in range(months - 1):
        first = month_start(first - timedelta(days=1))
    found: dict[date, list[int]] = {}
    for day, minutes in Contact.objects.filter(mentor=mentor, day__gte=first).values_list("day", "minutes"):
        found.setdefault(month_start(day), []).append(minutes)
    return [(month, sum(found[month]), len(found[month])) for month in sorted(found, reverse=True)]


def given_name(viewer: Person | None, case: Case) -> str:
    """What a mentor calls a person: the given name alone. A protected identity is not written; the mentor knows whom they meet."""
    identity = Identity.objects.filter(person_id=case.person_id).first()
    if identity is None or identity.is_protected:
        return str(_("Protected identity")) if identity else str(_("Erased person"))
    return identity.given_name or str(_("No name"))


@dataclass(frozen=True)
class Mentee:
    """What a mentor sees of one person, and no more."""

    mentorship: Mentorship
    name: str
    language: str
    last_on: date | None
    is_quiet: bool
    minutes: int  # this month


def mentees_of(person: Person, programme: Programme | None = None) -> list[Mentee]:
    """A mentor's people: given name, language, how to reach, the agreed next contact; whom one has not heard for long first."""
    rows = mentorships_visible_to(person)
    rows = rows.filter(case__programme=programme) if programme else rows
    return _mentees(list(rows))


def mentee_of(mentorship: Mentorship) -> Mentee:
    """The same of one person."""
    return _mentees([mentorship])[0]


def _mentees(rows: list[Mentorship]) -> list[Mentee]:
    ids, today = [one.case_id for one in rows], clock.today()
    last = _last_contacts(ids)
    sums = Contact.objects.filter(case__in=ids, day__gte=month_start(today)).values("case").annotate(sum=Sum("minutes"))
    minutes = {row["case"]: row["sum"] for row in sums}
    identities = {one.person_id: one for one in Identity.objects.filter(person__in=[row.case.person_id for row in rows])}
    days = {one.programme_id: one.quiet_days for one in Terms.objects.filter(programme__in={row.case.programme_id for row in rows})}
    found = []
    for row in rows:
        identity = identities.get(row.case.person_id)
        hidden = identity is None or identity.is_protected
        name = str(_("Protected identity")) if hidden else identity.given_name or str(_("No name"))  # type: ignore[union-attr]
        quiet = rules.is_too_quiet(last=last.get(row.case_id), since=row.starts_on, today=today, days=days.get(row.case.programme_id, Terms().quiet_days))
        language = language_name(identity.language) if identity else ""
        found.append(Mentee(row, name, language, last.get(row.case_id), quiet, minutes.get(row.case_id, 0)))
    return sorted(found, key=lambda one: (not one.is_quiet, one.mentorship.next_on or date.max, one.name))


def place_of_note(mentorship: Mentorship) -> str:
    """Where a note's seal is bound to: moved to another mentorship, it does not open."""
    return f"mentoring_mentornote|sealed|{mentorship.uid}"


def note_of(mentorship: Mentorship) -> str:
    """A mentor's own words about a person; empty where there are none, and where the person's key is gone."""
    note = MentorNote.objects.filter(mentorship=mentorship).first()
    if note is None:
        return ""
    try:
        return opened(bytes(note.sealed), person=mentorship.case.person.uid, place=place_of_note(mentorship))
    except (KeyDestroyed, Unreadable):
        return ""


@dataclass(frozen=True)
class CasePanel:
    """What a person's page says about mentor and lifeline."""

    mentorship: Mentorship | None
    mentor: str
    backup: str
    last: Contact | None
    minutes: int  # this month
    is_quiet: bool


def case_panel(case: Case) -> CasePanel:
    """Mentor, back-up, the last contact and this month's minutes."""
    found, today = mentorship_of_case(case), clock.today()
    this_month = Contact.objects.filter(case=OuterRef("case"), day__gte=month_start(today)).order_by().values("case").annotate(sum=Sum("minutes"))
    last = Contact.objects.filter(case=case).annotate(this_month=Subquery(this_month.values("sum"))).first()
    minutes = (last.this_month if last else None) or 0
    if found is None:
        return CasePanel(None, "", "", last, minutes, is_quiet=False)
    quiet = rules.is_too_quiet(last=last.day if last else None, since=found.starts_on, today=today, days=terms_of(case.programme).quiet_days)
    return CasePanel(found, found.mentor.person.called, found.backup.person.called if found.backup else "", last, minutes, quiet)



def people_of_mentor(viewer: Person, mentor: Mentor) -> list[tuple[Mentorship, str]]:
    """Beside whom a mentor stands, by the names that the viewer may read."""
    rows = list(Mentorship.objects.filter(mentor=mentor, ended_on=None, case__in=cases_visible_to(viewer)).select_related("case", "backup__person__identity"))
    names = names_of_cases(viewer, [row.case for row in rows])
    return [(row, names[row.case.person_id].text) for row in rows]


def contacts_of(mentorship: Mentorship, *, most: int = 8) -> list[Contact]:
    """A mentor's latest contacts with one person."""
    return list(Contact.objects.filter(case=mentorship.case, mentor=mentorship.mentor)[:most])
