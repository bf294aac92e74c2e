"""Who may do what in studies."""

from __future__ import annotations

from handrail.people.models import Person, Role
from handrail.people.queries import authority_of
from handrail.programmes.models import Programme
from handrail.research.models import Code, CodingTask, Finding, FindingCount, Source, Study, StudyPartner
from handrail.research.queries import organisations_researched, sources, steered_studies


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


def may_read_interviews(person: Person, study: Study) -> bool:
    """Whoever does research in the study's programme; the project owner reads quotes and tables."""
    return may_research(person, study)


def may_bring_sources(person: Person, study: Study) -> bool:
    """Researchers of a partner of the study, while it is open."""
    return study.closed_at is None and may_research(person, study) and sources.partners_collected_for(person, study).exists()


def may_redact(person: Person, source: Source) -> bool:
    """Whoever may read the words as they were said, until a second reader has agreed."""
    return sources.state_of(source) in {sources.BROUGHT, sources.DRAFTED, sources.SENT_BACK, sources.ASKED}


def may_second_read(person: Person, source: Source) -> bool:
    """Another person than who redacted, of the same organisation or named for it."""
    text = sources.redacted_text(source)
    return text is not None and text.agreed_at is None and text.asked_at is not None and text.made_by_id != person.pk


def may_name_reader(person: Person, source: Source) -> bool:
    """Who holds the study together, until a second reader has agreed."""
    return sources.state_of(source) not in {sources.AGREED, sources.WITHDRAWN} and may_steer_study(person, source.study)


def may_withdraw(person: Person, source: Source) -> bool:
    """Researchers of the organisation that heard the words: it knows whose they are."""
    return source.withdrawn_at is None and sources.raw_sources_of(person).filter(pk=source.pk).exists()


def may_code(person: Person, source: Source) -> bool:
    """Every researcher of the programme marks agreed texts while the study is open."""
    return source.study.closed_at is None


def may_change_codebook(person: Person, study: Study) -> bool:
    """Every researcher of the programme: the codebook is the study's common word list."""
    return study.closed_at is None and may_research(person, study)


def may_change_code(person: Person, code: Code) -> bool:
    """As changing the codebook, while the code is in use."""
    return code.retired_at is None and may_change_codebook(person, code.codebook.study)


def may_give_to_two(person: Person, source: Source) -> bool:
    """Who holds the study together."""
    return source.study.closed_at is None and may_steer_study(person, source.study)


def may_compare(person: Person, task: CodingTask) -> bool:
    """Everybody in the research, once both are done."""
    return task.found is not None


def may_finish_part(person: Person, task: CodingTask) -> bool:
    """Each of the two for themselves."""
    return task.closed_at is None and any(one.coder_id == person.pk and one.done_at is None for one in task.parts.all())


def may_call_off(person: Person, task: CodingTask) -> bool:
    """Who holds the study together, until both are done."""
    return task.closed_at is None and may_steer_study(person, task.text.source.study)


def may_take_project(person: Person, study: Study) -> bool:
    """Researchers: it holds the agreed texts."""
    return may_research(person, study)


def sees_true_counts(person: Person, study: Study) -> bool:
    """Researchers, who read the texts anyway; everybody else sees small groups hidden."""
    return may_research(person, study)
