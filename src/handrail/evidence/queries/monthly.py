"""One month in words: its heading, its facts, what goes with it."""

from __future__ import annotations

from handrail.evidence.queries.claims import ClaimCheck
from handrail.evidence.queries.ledger import MonthRow
from handrail.evidence.queries.people import Going
from handrail.evidence.queries.pictures import difference, review_words, tag_of
from handrail.kit.text import _, date_medium, hours, local, moment, money, month_name, number, plural


def month_heading(row: MonthRow) -> str:
    """What the month has come to."""
    month = month_name(row.month)
    month = month[:1].upper() + month[1:]
    if row.people_waiting and not row.is_reviewed:
        return str(_("%(month)s: %(hours)s certified, %(waiting)s wait")) % {
            "month": month, "hours": hours(row.hours), "waiting": hours(row.waiting),
        }  # fmt: skip
    return str(_("%(month)s: %(hours)s certified")) % {"month": month, "hours": hours(row.hours)}


def month_lead(row: MonthRow) -> str:
    """What the month waits for."""
    if row.state == "handed_in":
        frozen = str(_("Handed in and frozen. Later changes are corrections and go with the next month."))
        return f"{frozen} {review_words(row)}" if row.is_reviewed else frozen
    if row.state == "running":
        return str(_("The month still runs. It opens for signing when it is over."))
    if not row.people_waiting:
        return str(_("Everything is signed. The project owner can hand the month in."))
    words = plural("One person's month waits for a signature.", "%(n)s people's months wait for a signature.", row.people_waiting)
    return str(words) % {"n": number(row.people_waiting)}


def month_facts(row: MonthRow, check: ClaimCheck | None, currency: str) -> list[tuple[str, str]]:
    """The row of facts below a month's heading."""
    facts = [
        (str(_("State")), tag_of(row)[1]), (str(_("Value")), money(row.amount, currency)),
        (str(_("Corrected")), difference(row.corrected)),
    ]  # fmt: skip
    if row.not_counted:
        facts.append((str(_("Above the annual cap")), hours(row.not_counted)))
    if check:
        facts += [
            (str(_("Handed in")), moment(local(check.claim.submitted_at))), (str(_("Claimed")), money(check.claim.amount, currency)),
            (str(_("Digest")), check.claim.digest[:12]),
        ]  # fmt: skip
    elif row.lock_on:
        facts.append((str(_("To be handed in by")), date_medium(row.lock_on)))
    return facts


def going_facts(going: Going, row: MonthRow, currency: str) -> list[tuple[str, str]]:
    """What goes with a month when it is handed in."""
    return [
        (str(_("Participants")), number(going.people)), (str(_("Hours of the month")), hours(going.hours)),
        (str(_("Corrections of earlier months")), difference(going.corrected)), (str(_("Claimed")), money(going.amount, currency)),
        *([(str(_("To be handed in by")), date_medium(row.lock_on))] if row.lock_on else []),
    ]  # fmt: skip
