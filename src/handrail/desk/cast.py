"""Whom the demonstration lets one continue as; the addresses end in example.org and belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handrail.kit.text import _


@dataclass(frozen=True)
class Part:
    """One part in the demonstration."""

    key: str
    given_name: str
    family_name: str
    does: Any
    programme: str = "larande-for-integration"

    @property
    def email(self) -> str:
        """The address: given.family@example.org without diacritics."""
        plain = str.maketrans("åäöéćüøæê", "aaoecuoae")
        return f"{self.given_name}.{self.family_name}@example.org".lower().translate(plain)


CAST = (
    Part("coordinator", "Amal", "Haddad", _("Leads the project from Osby, answers to the funder")),
    Part("process-leader-osby", "Malin", "Ekdahl", _("Process leader in Osby: who is trained, who waits, whose hours are missing")),
    Part("process-leader-horby", "Jonas", "Wiklund", _("Process leader in Hörby: sees Hörby's people and nobody else's")),
    Part("line-manager", "Åsa", "Nyström", _("Line manager in Osby: approves seats and countersigns months")),
    Part("trainer", "Samira", "Nouri", _("Trainer: holds sessions and takes attendance")),
    Part("participant", "Mirza", "Delić", _("Participant in Osby: sees the way ahead and confirms months")),
    Part("auditor", "Elin", "Falk", _("The funder's auditor: sees hours and signatures, changes nothing")),
    Part("placement-coordinator", "Karen", "Holm", _("Placement coordinator at Integrationsnet Kolding: answers for the way from start to work"), "place-and-train"),
    Part("caseworker", "Mette", "Juhl", _("Caseworker in Kolding: accompanies people into work"), "place-and-train"),
    Part("caseworker-two", "Rasmus", "Bech", _("Caseworker in Kolding: sees the own people and nobody else's"), "place-and-train"),
    Part("course-trainer", "Anne", "Bruun", _("Trainer at Integrationsnet Kolding: holds a course for newcomers and takes attendance"), "place-and-train"),
    Part("mentor", "Hanne", "Krogh", _("Mentor in Kolding: stands beside people, answers the lifeline"), "place-and-train"),
    Part("mentor-two", "Svend", "Dam", _("Mentor in Kolding: stands behind Hanne when she cannot answer"), "place-and-train"),
    Part("company-consultant", "Lars", "Friis", _("Company consultant at Business Kolding: finds companies and helps them"), "place-and-train"),
    Part("researcher", "Inês", "Duarte", _("Researcher at CRESCER in Lisbon: holds a study in four countries together"), "refu-in"),
    Part("researcher-two", "Erik", "Åslund", _("Researcher in Östersund: brings in what is said there, marks what everybody brought in"), "refu-in"),
    Part("researcher-three", "Marta", "Greco", _("Researcher in Catania: brings in what is said there, reads as the second reader"), "refu-in"),
    Part("researcher-four", "Elena", "Petrova", _("Researcher in Sofia: brings in what is said there"), "refu-in"),
)
