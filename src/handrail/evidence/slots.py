"""What hours and change show on lower screens: stations, what waits, the gauge at home."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from handrail.evidence import access, queries
from handrail.kit import clock
from handrail.kit.slots import Panel, Station, Waiting, fill
from handrail.kit.text import _, date_medium, hours, month_name, number, plural
from handrail.people.models import Person
from handrail.people.rules import Part
from handrail.programmes.models import Programme


@fill("shell.stations")
def stations(person: Person, programme: Programme | None) -> list[Station]:
    """Hours and Change, for those who have them; Evidence is the desk's, which leads on to what was handed in."""
    if programme is None:
        return []
    found = []
    if access.may_see_ledger(person, programme):
        found.append(_station(60, _("Hours"), "evidence:hours", programme))
    if access.may_see_change(person, programme):
        found.append(_station(70, _("What changed"), "evidence:change", programme))
    return found


def _station(order: int, label: Any, name: str, programme: Programme) -> Station:
    url = reverse(name, args=[programme.uid])
    return Station(order, label, url, url)


@fill("home.waiting", order=20, where=lambda person, _programme: queries.unconfirmed_of(person))
def months_to_confirm(person: Person, programme: Programme | None) -> list[Waiting]:
    """A participant's months to confirm."""
    if programme is None:
        return []
    return [
        Waiting(
            title=_("Your hours in %(month)s wait for you") % {"month": month_name(one.month)},
            why=_("%(hours)s by the sessions you were at. Look through them and confirm.") % {"hours": hours(one.hours)},
            act=_("Confirm"), url=reverse("evidence:hours_mine", args=[programme.uid]), due=one.lock_on, is_overdue=one.is_late,
        )
        for one in queries.months_to_confirm(person, programme)
    ]  # fmt: skip


@fill("home.waiting", order=20, where=lambda person, programme: queries.confirmed_for(person, programme))
def months_to_countersign(person: Person, programme: Programme | None) -> list[Waiting]:
    """Months that wait for a manager's signature: one task for them all."""
    waiting = queries.countersigning_waits(person, programme) if programme else []
    if not waiting or programme is None:
        return []
    people = sum(one.people for one in waiting)
    months = [month_name(one.month) for one in waiting]
    return [
        Waiting(
            title=plural("One month waits for your signature", "%(n)s months wait for your signature", people) % {"n": number(people)},
            why=_("%(hours)s, %(months)s.") % {"hours": hours(sum(one.hours for one in waiting)), "months": ", ".join(months[:4])},
            act=_("Countersign"), url=reverse("evidence:hours_countersign", args=[programme.uid]), due=waiting[0].lock_on,
            is_overdue=waiting[0].is_late,
        )
    ]  # fmt: skip


@fill("home.waiting", order=10)
def people_to_remind(person: Person, programme: Programme | None) -> list[Waiting]:
    """People of the own municipality who have not confirmed: one act reminds them."""
    if programme is None or not access.leads_here(person, programme):
        return []
    return [
        Waiting(
            title=plural("One person has not confirmed %(month)s", "%(n)s people have not confirmed %(month)s", one.people)
            % {"n": number(one.people), "month": month_name(one.month)},
            why=_("%(hours)s wait.") % {"hours": hours(one.hours)},
            act=plural("Remind one", "Remind %(n)s", one.people) % {"n": number(one.people)},
            url=reverse("evidence:month_remind", args=[programme.uid, one.key]), due=one.lock_on, is_overdue=one.is_late, is_post=True,
            fields=(("next", reverse("desk:home")),),
        )
        for one in queries.unconfirmed_waits(person, programme)
    ]  # fmt: skip


@fill("home.waiting", order=10)
def months_to_submit(person: Person, programme: Programme | None) -> list[Waiting]:
    """Months that the project owner can hand in; the first one has the act."""
    if programme is None or not access.is_coordinator(person, programme):
        return []
    return [
        Waiting(
            title=_("%(month)s is not handed in") % {"month": month_name(one.month).capitalize()},
            why=_("%(hours)s of %(people)s people are certified.") % {"hours": hours(one.hours), "people": number(one.people)},
            act=_("Hand in"), url=reverse("evidence:month_submit", args=[programme.uid, one.key]), due=one.lock_on, is_overdue=one.is_late,
        )
        for one in queries.months_to_submit(programme)
    ]  # fmt: skip


@fill("home.waiting", order=15, where=lambda _person, _programme: queries.unsettled_objections())
def objections(person: Person, programme: Programme | None) -> list[Waiting]:
    """What participants say is wrong, for those who can put it right."""
    if programme is None:
        return []
    rows = queries.objections_visible_to(person).filter(certificate__programme=programme, settled_at=None).order_by("pk")
    return [
        Waiting(
            title=_("Somebody says that their hours in %(month)s are wrong") % {"month": month_name(one.certificate.month)},
            why=_("Participation %(number)s.") % {"number": one.certificate.participation.number},
            act=_("Look at it"), url=reverse("evidence:objection", args=[one.uid]),
        )
        for one in rows[:20]
    ]  # fmt: skip


@fill("home.panels")
def gauge(person: Person, programme: Programme | None) -> list[Panel]:
    """The gauge, in the side column of those who see the ledger."""
    if programme is None or not access.sees_whole_ledger(person, programme):
        return []
    forecast = queries.forecast_of(programme)
    if not forecast.target:  # nothing is to be brought in by participation (yet)
        return []
    picture = queries.gauge_of(forecast, programme)
    where = queries.all_words(programme)
    return [Panel(20, "evidence/_home_gauge.html", {"gauge": picture, "programme": programme, "where": where}, "side")]


@fill("home.panels")
def own_hours(person: Person, programme: Programme | None) -> list[Panel]:
    """A participant's own hours this year, with the latest months."""
    if programme is None:
        return []
    months = list(queries.own_months(person, programme).order_by("-month")[:6])
    if not months:
        return []
    year = clock.today().year
    total = sum(one.hours for one in months if one.state == "certified" and one.month.year == year)
    return [Panel(30, "evidence/_home_hours.html", {"months": months, "total": total, "year": year, "programme": programme}, "side")]


@fill("person.panels")
def person_hours(viewer: Person, person: Person, programme: Programme | None) -> list[Panel]:
    """A person's months, for those who may open them."""
    if programme is None:
        return []
    months = list(
        queries.certificates_visible_to(viewer).filter(programme=programme, person=person).exclude(state="replaced").order_by("-month")[:12]
    )
    return [Panel(60, "evidence/_person_panel.html", {"months": months, "programme": programme}, "main")] if months else []


@fill("erasure.parts", order=70)
def parts_of_months(person: Person) -> list[Part]:
    """Hours, signatures and money, and until when."""
    until = queries.kept_until(person)
    unsigned = queries.unsigned_months(person)
    found = [
        Part(_("Figures of change lose the person together with four others of the unit, so that nothing can be worked out.")),
        Part(_("What the person said was wrong about a month, and the answers.")),
        Part(
            _("Certified hours, the dates and digests of signatures, and the ledger, under the participation number: as long as the funder may check, so not before %(day)s.")
            % {"day": date_medium(until)} if until else _("Hours and signatures, as long as the funder may check."),
            "stays",
        ),
    ]
    if unsigned:
        found.append(Part(_("There are months that the person has not confirmed. Nobody can do that afterwards: their hours will never count."), "beware"))
    return found
