"""Who may do what in studies."""

from __future__ import annotations

from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme
from handrail.research.models import Finding, FindingCount, Study, StudyPartner
from handrail.research.queries import organisations_researched, steered_studies


def may_see_studies(person: Person, programme: Programme) -> bool:
    """The project owner and the programme's researchers."""
    return bool(authority_of(person).roles(programme.uid) & {Role.COORDINATOR, Role.RESEARCHER})


def may_open_study(person: Person, programme: Programme) -> bool:
    """A study begins with the project owner or a researcher."""
    return may_see_studies(person, programme)


def may_steer_study(person: Person, study: Study) -> bool:
    """The frame of a study: the project owner, and researchers of the organisation that coordinates."""
    return steered_studies(person).filter(pk=study.pk).exists()


def may_research(person: Person, study: Study) -> bool:
    """Whoever does research in the study's programme."""
    return authority_of(person).has(Role.RESEARCHER, programme=study.programme.uid)


def may_collect_for(person: Person, partner: StudyPartner) -> bool:
    """A partner's own people, and nobody else's, bring in what was answered and said there."""
    own = organisations_researched(person, partner.study.programme)
    return own is None or partner.organisation_id in own


def may_write_guide(person: Person, study: Study) -> bool:
    """Guides are written together: whoever does research in the study, and whoever holds it together."""
    return study.closed_at is None and (may_research(person, study) or may_steer_study(person, study))


def may_write_findings(person: Person, study: Study) -> bool:
    """Findings are written by those who do research in the study or hold it together."""
    return may_research(person, study) or may_steer_study(person, study)


def may_change_finding(person: Person, finding: Finding) -> bool:
    """Whoever writes findings of its study."""
    return may_write_findings(person, finding.study)


def may_change_count(person: Person, count: FindingCount) -> bool:
    """Whoever writes findings of its study."""
    return may_write_findings(person, count.finding.study)


def may_show_finding(person: Person, finding: Finding) -> bool:
    """Whoever holds the study together decides who reads what was found."""
    return may_steer_study(person, finding.study)
