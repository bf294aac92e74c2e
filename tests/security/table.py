"""The hand-written table: for every address whose object it shows, who may look (GET) and who may act (POST).

Written from the issue, paragraph "People and programmes":

* Everything is scoped and denied by default; a role counts in its programme and its municipality, and nowhere else.
* Answers and personal levels: the person, and the line manager while it is agreed.
* The process leader: names, attendance and hours of the own municipality, levels by unit only.
* The project owner: totals of all municipalities. No names, no single person's hours.
* The auditor: participation numbers, hours, signatures; names for a drawn sample only; never ratings; changes nothing.
* The administrator configures (names project owners) and reads nobody's case (security.md, rule 5).

Where the issue is silent the line says what was decided and why. A word stands for somebody in the object's own place:
`leader` is the process leader of the object's municipality, `leaders` are all of the programme; `person` is whom the object is
about, `colleague` works in the same town under the same manager. See `doors.who`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handrail.library.rules import card_parts, criteria

TOWNS, PROGRAMMES, ONE = ("osby", "horby"), ("lfi", "other"), ("lfi",)


@dataclass(frozen=True)
class Line:
    """One address as one kind of object: who may open it, who may act on it, and what an act would send."""

    of: str = ""  # the object in the address; none for what everybody has of one's own
    get: str = ""
    post: str | None = None  # None: whoever may look may act
    ask: str = ""  # what stands behind the question mark
    fill: Mapping[str, str] = field(default_factory=dict)  # further parts of the address
    body: Mapping[str, str | list[str]] = field(default_factory=dict)  # a form that would be accepted
    places: tuple[str, ...] = TOWNS
    acts: bool = False  # the body changes something when somebody sends it who may
    inner: bool = False  # the view itself decides more narrowly than its guard, from what stands in the address


def programme(get: str, **more: object) -> Line:
    """About a whole programme: ours and the other one."""
    return Line("programme", get, places=PROGRAMMES, **more)  # type: ignore[arg-type]


def shared(of: str, get: str, *, places: tuple[str, ...] = PROGRAMMES, **more: object) -> Line:
    """An object that a programme has once, ours and the other one's."""
    return Line(of, get, places=places, **more)  # type: ignore[arg-type]


def town(of: str, get: str, **more: object) -> Line:
    """An object of Osby and the same of Hörby."""
    return Line(of, get, **more)  # type: ignore[arg-type]


def once(get: str, **more: object) -> Line:
    """An address without an object."""
    return Line("", get, places=ONE, **more)  # type: ignore[arg-type]


# What a programme does and teaches is read by everybody in it. Silent in the issue: nothing in it is about a person. The
# administrator reads it in every programme, since whoever configures must find what to configure.
READ = "insiders, administrator"
LEDGER = "owner, leaders, auditor"
# A person's month: the person; who signs it; the municipality's leader; the auditor by number. Never the owner: totals only.
MONTH = "person, manager, leader, auditor"
ON_SESSION = "owner, leaders, auditor, trainer, manager, person, colleague"
LEADS_SESSION = "trainer, leader"  # on the day: whoever trains it, and the leader of the town where it is held
RUNS_SESSION = "owner, leader"
FINDS_COURSE = "trainer, caseworkers, placers"  # a course for newcomers: its trainer, and whoever accompanies people in the programme
STUDY = "owner, researchers"  # whoever holds a study together, and whoever does research in it
SERVES = "consultant, placers"  # the programme's companies
GIVEN = {"go": "send", "key": "a-key-of-this-visit", "language": "sv", "kept": '{{"interpreter":"l1","trained":"no","trauma":"l2"}}'}  # a whole set of answers

IN_LIBRARY = "owner, leaders, trainers, researchers"  # a programme's library from the inside; what is published is read in every one
WRITES = "owner, researcher"  # what an organisation brings: its own researchers, and whoever keeps the library
CARD = {one.code: "Ord" for one in card_parts()} | {"step_0_what": "Ord"}
VERDICT = {one.code: "yes" for one in criteria()} | {"recommends": "yes"}

TABLE: dict[str, Line | tuple[Line, ...]] = {
    "healthz": once("everybody"),
    "readyz": once("everybody"),
    # --- kit
    "kit:preferences": once("everybody", body={"theme": "dark"}),
    "kit:gallery": once("local"),
    "kit:task": shared("task", "owner"),  # whoever asked for the work
    "kit:task_stop": shared("task", "owner", acts=True),
    # --- people
    "people:invitation_ask": once("everybody", body={"email": "nobody@example.org"}),
    "people:invitation": town("invitation_token", "everybody"),
    "people:security": once("accounts"),
    "people:device_end": once("accounts", body={"device": "others"}),
    # Who has lost passkey and app: anybody may say so; administrators act, and only they see who it is. The person holds the links.
    "people:recovery_ask": once("everybody", body={"email": "nobody@example.org"}),
    "people:recovery_stop": town("stop_token", "everybody", acts=True),
    "people:recovery_finish": town("recovery_token", "everybody"),
    "people:recoveries": once("administrator"),
    "people:recovery_open": town("", "administrator", body={"email": "{lost}", "checked": "met", "reason": "Ny telefon"}, acts=True),
    "people:recovery": (
        town("recovery", "administrator", acts=True),
        town("wish", "administrator", body={"checked": "met", "reason": "Ny telefon"}, acts=True),
    ),
    "people:recovery_refuse": town("recovery", "administrator", acts=True),
    # Erasing: whoever leads the person's municipality, or gives the person's role, asks; the owner of the person's programme or an
    # administrator agrees, by number and never by name. Neither is the person. The other programme's owner has no say.
    "people:erasures": once("steering", body={"which": "LFI-9999"}),
    "people:person_erase": (
        town("new", "leader, other leader", body={"reason": "wish", "typed": "{new_sign}"}, acts=True),
        town("person", "leader, other leader"),
        town("accompanied", "caseworker, placer", body={"reason": "wish", "typed": "{accompanied_sign}"}, acts=True),
        town("manager", "owner, leader, administrator, other leader"),
        town("leader", "owner, administrator, other leader"),
    ),
    "people:erasure": town("erasure", "leader, owner, administrator"),
    "people:erasure_agree": town("erasure", "owner, administrator", body={"typed": "{erasure_sign}"}, acts=True),
    "people:erasure_stop": town("erasure", "leader, owner, administrator", acts=True),
    # Staff belong to their municipality, not to a programme: whoever leads there in any programme brings in the list and
    # invites its people (silent in the issue; the list would otherwise be kept twice).
    "people:person_invite": (
        town("new", "leader, other leader", acts=True),
        town("leader", "owner, other leader"),  # by staff list at home, by role for the one who gives the role
        shared("trainer", "owner", places=ONE),
        shared("owner", "leader Osby, administrator", places=ONE),  # she is on Osby's staff
    ),
    # Closing ends every role at once, so all roles of the other must lie in one's own scope.
    "people:account_close": (
        town("person", "leader, other leader", acts=True),
        town("manager", "owner, leader"),
        town("leader", "owner", acts=True),
        shared("owner", "administrator", places=ONE, acts=True),
    ),
    "people:account_reopen": (town("person", "leader, other leader"), town("leader", "owner"), shared("owner", "administrator", places=ONE)),
    "people:staff": town("organisation", "leader, other leader"),
    "people:staff_upload": town("organisation", "leader, other leader"),
    "people:staff_list": town("staff_import", "leader, other leader"),
    "people:staff_list_save": town("staff_import", "leader, other leader", body={"discard": "1"}, acts=True),
    "people:staff_list_problems": town("staff_import", "leader, other leader"),
    # --- cases: the own caseworker writes and opens; the town's placement coordinator sees and gives; nobody else, not even a colleague.
    "cases:case_list": shared("programme", "caseworkers, placers", places=ONE),
    "cases:case_open": shared("programme", "caseworkers, placers", places=ONE, body={"given_name": "Ny", "organisation": "{town.uid}"}),
    "cases:day": shared("programme", "caseworkers, placers", places=ONE),
    "cases:referral_list": shared("programme", "caseworkers, placers", places=ONE),
    "cases:case_detail": town("case", "caseworker, placer"),
    "cases:case_change": (
        town("case", "caseworker", body={"strengths": "Nytt"}, acts=True),
        town("free", "placer", body={"strengths": "Nytt"}, acts=True),  # until somebody is its caseworker
    ),
    "cases:case_languages": town("case", "caseworker", body={"code_0": "sv", "level_0": "B1"}, acts=True),
    "cases:case_give": town("free", "placer", body={"caseworker": "{caseworker}"}, acts=True),
    "cases:case_end": town("case", "caseworker", body={"reason": "moved"}, acts=True),
    "cases:case_reopen": town("ended_case", "caseworker", body={"started_on": "2018-04-18"}, acts=True),
    "cases:need_note": town("case", "caseworker", body={"domain": "work", "text": "Något"}, acts=True),
    "cases:path_plan": town("case", "caseworker", body={"domain": "work", "title": "Något", "due_on": "2018-05-01"}, acts=True),
    "cases:need_settle": town("need", "caseworker", body={"state": "met"}, acts=True),
    "cases:step_plan": town("need", "caseworker", body={"title": "Något", "due_on": "2018-05-01"}, acts=True),
    "cases:step_done": town("step", "caseworker", acts=True),
    "cases:star_note": town("case", "caseworker", body={"citizen_language": "4"}, acts=True),
    "cases:star": town("talk", "caseworker, placer"),
    "cases:note_seal": town("case", "caseworker", body={"kind": "health", "text": "Något"}),  # sealed twice, it is never the same
    "cases:note_open": town("note", "caseworker", body={"reason": "Samtal med läkaren"}, acts=True),
    "cases:openings": town("case", "caseworker, placer"),
    "cases:glass_break": town("case", "placer", body={"reason": "Personen är inlagd på sjukhus"}, acts=True),
    "cases:conflicts": town("case", "caseworker, placer", body={"person": "{spare_helper}", "tie": "other"}, acts=True),
    "cases:conflict_lift": town("conflict", "caseworker, placer", acts=True),
    "cases:looks": town("case", "caseworker, placer"),
    "cases:consents": town("case", "caseworker, placer"),
    "cases:consent_give": town(
        "case", "caseworker", acts=True,
        body={"recipient": "{receiver}", "fields_told": ["languages"], "purpose": "referral", "interpreter": "none", "until": "2018-06-01"},
    ),
    "cases:consent_withdraw": town("consent", "caseworker, placer", acts=True),  # taking back must not wait for one colleague
    # Places in courses: whoever accompanies the person gives them and takes them back; every caseworker finds the course, and reads the own people in it.
    "cases:course_choose": town("case", "caseworker, placer", body={"sessions": "{open_course}", "domain": ""}, acts=True),
    "cases:course_places": town("open_course", "caseworkers, placers", body={"cases": "{case}"}),
    "cases:course_leave": town("place_to_come", "caseworker, placer", body={"reason": "En annan kurs"}, acts=True),
    "cases:course_told": town("place_to_tell", "placer", acts=True),
    "cases:case_refer": town("free", "placer", body={"receiver": "{receiver}", "asks": "Hjälp"}),
    # A referral: the sending side that sees the case, and the receiving town while the person agrees.
    "cases:referral": town("referral", "caseworker, placer, receivers"),
    "cases:referral_accept": town("referral", "receivers", acts=True),
    "cases:referral_decline": town("referral", "receivers", body={"reason": "Fullt"}, acts=True),
    "cases:referral_finish": town("accepted", "receivers", acts=True),
    "cases:referral_take_back": town("referral", "caseworker", acts=True),
    # --- research: the project owner and whoever researches; the frame is set by whoever holds the study together; what was found is
    # read by everybody with a role once it is shown
    "research:study_list": shared("programme", "owner, researchers", places=ONE),
    "research:study_open": shared("programme", "owner, researchers", places=ONE),
    "research:study": shared("study", STUDY, places=ONE),
    "research:partner_add": shared("study", "steers study", places=ONE),
    "research:group_add": shared("study", "steers study", places=ONE, acts=True, body={"code": "W", "title_en": "Workers", "consent_en": "We ask."}),
    "research:consent_write": shared("study_group", "steers study", places=ONE, acts=True, body={"consent_en": "Other words"}),
    "research:round_add": shared("study", "steers study", places=ONE, acts=True, body={"title_en": "Autumn", "opens_on": "2018-09-01", "closes_on": "2018-09-30"}),
    "research:survey_choose": shared("study", "steers study", places=ONE),
    "research:quotas": shared("study", "steers study", places=ONE),
    "research:gather": shared("study", "steers study", places=ONE, acts=True, body={"round": "{study_round}", "way": "closed", "is_anonymous": "1"}),
    "research:renew": shared("study", "steers study", places=ONE, acts=True),
    "research:guide_add": shared("study", STUDY, places=ONE, acts=True, body={"title": "B", "t0_q0_en": "Who?", "seen": "0"}),
    "research:guide": shared("guide", STUDY, places=ONE),
    "research:guide_edit": shared("guide", STUDY, places=ONE, acts=True, body={"t0_q0_en": "Who else?", "seen": "1"}),
    # Interviews: whoever does research. Words as they were said: the organisation that heard them, never the project owner; two people of it for a copy.
    "research:interviews": shared("study", "researchers", places=ONE),
    "research:interview_new": shared(
        "study", "researchers", places=ONE, acts=True,
        body={"partner": "{study_partner}", "group": "{study_group}", "language": "en", "consent": "signed", "text": "I: Who? R: I."},
    ),
    "research:open_answers": shared("study", "researchers", places=ONE),
    "research:answers_bring": shared("study", "researchers", places=ONE),
    "research:interview": town("raw_source", "researchers"),
    "research:reader_name": town("raw_source", "researcher Osby", body={"reader": "{helper_researcher}"}, acts=True),
    "research:withdraw": (town("raw_source", "researcher"), town("agreed_source", "researcher", acts=True)),
    "research:translation": town("agreed_source", "researchers", fill={"language": "sv"}, body={"turn_0": "Hej", "turn_1": "Bra"}, acts=True),
    "research:redact": town("raw_source", "researcher", acts=True, body={"body": "R: I.", "act": "save"}),
    "research:second_read": town("asked_source", "researcher", acts=True, body={"act": "agree"}),
    "research:code": town("agreed_source", "researchers", acts=True, body={"code": "{research_code}", "first": "2.1"}),
    "research:code_news": town("agreed_source", "researchers"),
    "research:give_to_two": town("agreed_source", "researcher Osby"),
    "research:mark": town("mark", "researcher", acts=True, body={"memo": "Why"}),  # one's own marks alone
    "research:mark_remove": town("mark", "researcher", acts=True),
    "research:comparison": shared("compared", "researchers", places=ONE),
    "research:part_done": shared("task_open", "researchers", places=ONE, acts=True),
    "research:task_off": shared("task_open", "researcher Osby", places=ONE, acts=True),
    "research:codebook": shared("study", STUDY, places=ONE),
    "research:code_new": shared("study", "researchers", places=ONE, acts=True, body={"name_en": "One more", "is_codable": "1"}),
    "research:codebook_bring": shared("study", "researchers", places=ONE),
    "research:codebook_take": shared("study", STUDY, places=ONE),
    "research:code_change": shared("research_code", "researchers", places=ONE),
    "research:code_move": shared("research_code", "researchers", places=ONE, acts=True, body={"to": "down"}),
    "research:code_merge": shared("research_code", "researchers", places=ONE, acts=True, body={"into": "{other_code}"}),
    "research:code_retire": shared("research_code", "researchers", places=ONE, acts=True),
    "research:quotes": shared("research_code", STUDY, places=ONE),
    "research:side_by_side": shared("research_code", STUDY, places=ONE),
    "research:matrix": shared("study", STUDY, places=ONE),
    "research:matrix_take": shared("study", STUDY, places=ONE),
    "research:together": shared("study", STUDY, places=ONE),
    "research:exchange": shared("study", "researchers", places=ONE),
    "research:project_take": shared("study", "researchers", places=ONE, acts=True),
    "research:finding_list": shared("study", STUDY, places=ONE),
    "research:finding_add": shared("study", STUDY, places=ONE, acts=True, body={"kind": "need", "title_en": "One more"}),
    "research:finding_rank": shared("study", STUDY, places=ONE),
    "research:finding": (shared("finding", "roles", places=ONE), shared("hidden_finding", STUDY, places=ONE)),
    "research:finding_edit": shared("finding", STUDY, places=ONE, acts=True, body={"kind": "need", "title_en": "Other words"}),
    "research:finding_count": shared("finding", STUDY, places=ONE),
    "research:count_drop": shared("count", STUDY, places=ONE, acts=True),
    "research:finding_quotes": shared("finding", STUDY, places=ONE, acts=True),
    "research:finding_show": shared("finding", "steers study", places=ONE, acts=True),
    "competences:need_link": shared("finding", "owners", places=ONE),
    "competences:need_unlink": shared("need_link", "owner", places=ONE, acts=True),
    # --- mentoring: the town's placement coordinator recruits; the own caseworker gives a mentor and a card too; a mentor sees the own people
    # and the calls told to them, never a case. Whoever holds a card asks and sees nothing; whoever holds a mail's link answers.
    "mentoring:mentor_list": shared("programme", "placers", places=ONE),
    "mentoring:mentor_recruit": shared("programme", "placers", places=ONE),
    "mentoring:terms": shared("programme", "placers", places=ONE, acts=True, body={"answer_minutes": "15", "quiet_from": "21:00", "quiet_until": "06:00", "quiet_days": "9"}),
    "mentoring:languages": shared("programme", "placers", places=ONE, acts=True, body={"language": "ar", "is_on": "1"}),
    "mentoring:mentor_detail": town("mentor_row", "placer"),
    "mentoring:mentor_change": town("mentor_row", "placer", body={"capacity": "5"}, acts=True),
    "mentoring:mentor_prepare": town("mentor_row", "placer", body={"prepared_on": "2018-04-17"}, acts=True),
    "mentoring:mentor_end": town("spare", "placer", acts=True),
    "mentoring:mentor_match": (
        town("case", "caseworker, placer"), town("free", "placer", body={"mentor": "{spare}", "starts_on": "2018-04-18"}, acts=True),
    ),
    "mentoring:card": town("case", "caseworker, placer", body={"language": "en"}, acts=True),
    "mentoring:card_end": town("case", "caseworker, placer", acts=True),
    "mentoring:backup": town("mentorship", "caseworker, placer", body={"backup": "{spare}"}, acts=True),
    "mentoring:mentor_relieve": town("mentorship", "caseworker, placer", body={"reason": "done"}, acts=True),
    "mentoring:contact_log": town("mentorship", "caseworker, placer, mentor", body={"how": "met", "minutes": "5", "day": "2018-04-18"}, acts=True),
    "mentoring:my_people": shared("programme", "mentors", places=ONE),
    "mentoring:mentee": town("mentorship", "mentor"),
    "mentoring:next_contact": town("mentorship", "mentor", body={"next_on": "2018-04-20"}, acts=True),
    "mentoring:note": town("mentorship", "mentor", body={"text": "Något"}),  # sealed anew each time: no two rows are alike
    "mentoring:call_detail": (
        town("call", "mentor", body={"act": "ring"}, acts=True), town("placers_call", "placer", body={"act": "reached", "how": "phone", "minutes": "5"}, acts=True),
    ),
    "mentoring:call_close": (town("placers_call", "placer", acts=True), town("call", "nobody")),
    "mentoring:call_by_link": town("call_token", "everybody", body={"act": "ring"}, acts=True),
    "mentoring:lifeline": town("lifeline_token", "everybody", body={"key": "key-of-a-page", "act": "back"}, acts=True),
    "mentoring:away": once("everybody"),
    # --- programmes
    "programmes:about": programme(READ),
    "programmes:public_change": programme("owner", body={"summary_sv": "Ny text", "is_public": "on"}, acts=True),
    "programmes:participants": programme("owner, leaders, managers, auditor"),
    "programmes:participants_mark": programme("leaders"),
    "programmes:participants_enrol": programme("leaders"),
    "programmes:roles": programme("owner, leaders, placers, administrator"),
    "programmes:role_give": programme(
        "owner, leaders, placers, administrator", acts=True,
        body={"email": "somebody@example.org", "given_name": "Ny", "family_name": "Ledare", "role": "coordinator"},
    ),
    "programmes:role_end": (
        town("grant", "owner, leader", acts=True),
        town("leaders_grant", "owner", acts=True),
        shared("trainers_grant", "owner", places=ONE),
        shared("owners_grant", "administrator", acts=True),  # never one's own
    ),
    "programmes:contact_name": (town("partner", "owner", acts=True), shared("partner", "owner", places=("other",))),
    "programmes:messages": programme("owner, contacts"),
    "programmes:message_answer": town("message", "owner, leader", acts=True),  # the leaders are contact persons here
    "programmes:public": shared("slug", "everybody", places=ONE),
    "programmes:contact": shared("slug", "everybody", places=ONE),
    "programmes:contact_sent": shared("slug", "everybody", places=ONE),
    "programmes:public_privacy": shared("slug", "everybody", places=ONE),
    "programmes:public_accessibility": shared("slug", "everybody", places=ONE),
    "programmes:privacy": once("everybody"),
    "programmes:accessibility": once("everybody"),
    # --- instruments: questions are seen by those who send them, answers by nobody but their author
    "instruments:rounds": programme("owner, leaders"),
    "instruments:round_open": programme(
        "owner, leaders", acts=True,
        body={"version": "{version.pk}", "whom": "{town.uid}", "title": "Ny", "respondent": "self", "phase": "before", "opens_on": "2018-04-18", "closes_on": "2018-05-18"},
    ),
    "instruments:questionnaire_upload": programme("owner, researchers"),
    "instruments:set_aside_list": programme("owner"),
    "instruments:set_aside_settle": town("set_aside", "owner", body={"note": "Sett"}, acts=True),
    "instruments:questionnaire": (shared("version", "owner, leaders"), shared("study_version", "owner, leaders, researchers", places=ONE)),
    "instruments:questionnaire_words": (shared("version", "owner", places=ONE), shared("study_version", STUDY, places=ONE)),
    "instruments:questionnaire_download": (shared("version", "owner, leaders"), shared("study_version", "owner, leaders, researchers", places=ONE)),
    # What people without an account answered: the owner (and researchers) read it with small groups hidden; a leader follows the own desks.
    "instruments:results_list": programme("owner, researchers"),
    "instruments:results": shared("book", STUDY),
    "instruments:results_cross": shared("book", STUDY),
    "instruments:results_change": shared("book", STUDY),
    "instruments:collection_results": shared("answered_collection", STUDY),
    "instruments:desk_trend": programme("owner, leaders, researchers"),
    "instruments:scales": shared("version", "owner"),
    # A round is the programme's: every leader follows the own people in it, so also one in which there are none yet.
    "instruments:round": (town("round", "owner, leaders, manager"), shared("round", "owner, leaders", places=("other",))),
    "instruments:round_invite": town("round", "owner, leaders"),
    "instruments:round_send": town("round", "owner, leaders", acts=True),
    "instruments:round_remind": town("round", "owner, leaders"),
    "instruments:round_close": town("round", "owner, leader", acts=True),
    "instruments:own_answers": once("accounts"),
    "instruments:own_submission": town("submission", "person"),
    "instruments:answer_start": town("invitation", "person", acts=True),
    # By secret link: whoever holds it, signed in or not, as whomever.
    "instruments:answer": town("answer_token", "everybody"),
    "instruments:answer_page": town("answer_token", "everybody", fill={"uid": "{invitation}", "number": "0"}),
    "instruments:answer_review": town("answer_token", "everybody", fill={"uid": "{invitation}"}),
    "instruments:answer_later": town("answer_token", "everybody", fill={"uid": "{invitation}"}),
    "instruments:answer_sent": town("answer_token", "everybody", fill={"uid": "{invitation}"}),
    # Collections: opened and followed by the project owner and by the researchers of the organisation that asks. Only the latter put questions
    # to people, let devices in and take answers away; nobody reads an answer on screen. Respondents have an address, or a link of their own.
    "instruments:collections": programme("owner, researchers"),
    "instruments:collection_open": shared(
        "version", "owner, researchers", acts=True,
        body={"organisation": "{town.pk}", "way": "open", "opens_on": "2018-04-18", "closes_on": "2018-05-18", **{f"{name}_{code}": "Nya frågor" for name in ("title", "consent") for code in ("sv", "en", "ar")}},
    ),
    "instruments:collection": town("collection", "owner, researcher"),
    "instruments:collection_poster": town("collection", "owner, researcher"),
    "instruments:collection_tickets": town("closed_collection", "owner, researcher", body={"count": "2"}, acts=True),
    "instruments:collection_answers": town("collection", "researcher", body={"kind": "csv", "purpose": "analysis"}, acts=True),
    "instruments:collection_close": town("collection", "owner, researcher", acts=True),
    "instruments:collection_device": town("collection", "researcher", body={"collections": "{collection.pk}", "label": "Telefon 2", "until": "2018-04-30"}, acts=True),
    "instruments:device_end": town("device", "owner, researcher", acts=True),
    "instruments:interview": town("collection", "researcher", fill={"channel": "paper"}, body=GIVEN, acts=True),
    "instruments:collect": town("collection_code", "everybody", body=GIVEN, acts=True),
    "instruments:collect_worker": once("everybody"),
    "instruments:collect_kept": town("collection_code", "everybody"),
    "instruments:collect_sent": town("collection_code", "everybody"),
    "instruments:collect_ticket": town("closed_code", "everybody", fill={"secret": "{ticket_secret}"}, body=GIVEN, acts=True),
    # An app on a device holds the secret that lets it in.
    "instruments:openrosa_root": town("device_token", "everybody"),
    "instruments:form_list": town("device_token", "everybody"),
    "instruments:form_xml": town("device_token", "everybody", fill={"uid": "{collection}"}),
    "instruments:form_manifest": town("device_token", "everybody", fill={"uid": "{collection}"}),
    "instruments:submission": town("device_token", "everybody"),
    # --- competences: groups for those who steer and for managers of such a group (decided: the unit of one's own reports is what
    # a manager plans with; the issue names the levels of single persons only); never for the auditor
    "competences:map": programme("owner, leaders, managers"),
    "competences:map_file": shared("programme", "owner, leaders, managers", fill={"kind": "csv"}, places=ONE),
    "competences:map_people": programme("managers"),
    "competences:framework_list": programme(READ),
    "competences:framework_import": programme("owner"),
    "competences:framework": shared("framework", READ),
    "competences:framework_file": shared("framework", READ, fill={"kind": "csv"}),
    "competences:area_add": shared("framework", "owner", body={"code": "Z", "name_sv": "Ny"}, acts=True),
    "competences:area_edit": shared("area", "owner", body={"code": "C", "name_sv": "Ny"}, acts=True),
    "competences:competence_add": shared("area", "owner", body={"code": "Z9", "name_sv": "Ny"}, acts=True),
    "competences:competence_edit": shared("competence", "owner", body={"code": "C1", "name_sv": "Ny"}, acts=True),
    "competences:competence_retire": shared("competence", "owner", acts=True),
    "competences:profile_list": shared("framework", READ),
    "competences:profile_add": shared("framework", "owner", body={"code": "NEW", "name_sv": "Ny"}, acts=True),
    "competences:profile_edit": shared("profile", "owner", body={"name_sv": "Ny", "job_titles": ""}, acts=True),
    "competences:profile_targets": shared("profile", "owner"),
    "competences:assignment_list": shared("framework", "leaders"),
    "competences:assignment_by_title": shared("framework", "leaders", acts=True),
    "competences:assignment_title": shared("framework", "leaders", body={"title": "Lärare", "profile": "{profile}"}, acts=True),
    "competences:assignment_person": town("framework", "leader", fill={"person": "{person}"}, body={"profile": "{profile}"}, acts=True, inner=True),
    "competences:levels": once("accounts"),
    "competences:sharing_start": town("manager", "person, colleague"),
    "competences:sharing_end": town("manager", "person, colleague", acts=True),
    "competences:sharing_decline": town("manager", "person, colleague"),
    "competences:levels_shared": town("person", "manager"),
    "competences:sharing_ask": town("person", "manager"),
    "competences:level_observe": town("person", "manager", fill={"competence": "{competence}"}, body={"level": "2", "note": ""}, acts=True),
    # --- curriculum
    "curriculum:module_list": programme(READ),
    "curriculum:module_add": programme("owner", body={"code": "M9", "title_sv": "Ny", "form": "lecture", "minutes": "60"}, acts=True),
    "curriculum:module_detail": shared("module", READ),
    "curriculum:module_change": shared("module", "owner", body={"code": "M1", "title_sv": "Ny", "form": "lecture", "minutes": "60"}, acts=True),
    "curriculum:module_retire": shared("module", "owner", acts=True),
    "curriculum:outcome_add": shared(
        "module", "owner", body={"code": "M9.9", "statement_sv": "Kan", "competence": "{competence.pk}", "to_level": "3", "adds": "1"}, acts=True
    ),
    "curriculum:outcome_change": shared(
        "outcome", "owner", body={"code": "M9.9", "statement_sv": "Kan", "competence": "{competence.pk}", "to_level": "2", "adds": "1"}, acts=True
    ),
    "curriculum:outcome_remove": shared("outcome", "owner", acts=True),
    # --- delivery
    "delivery:session_list": programme(READ),
    "delivery:session_schedule": programme("owner, leaders, placers"),  # placement coordinators: courses for newcomers
    "delivery:place_list": programme("owner, leaders, placers", body={"organisation": "{town.pk}", "name": "Ny sal", "seats": "9"}, acts=True),
    "delivery:sessions_away": programme("managers"),
    "delivery:seats_approve": programme("managers, leaders"),
    # Every leader sees that a session is held in another town, and the own people in it; others are counted, never named.
    "delivery:session_detail": (
        town("session", ON_SESSION),
        town("course", FINDS_COURSE),
        town("candidate", "owner, leaders, auditor"),
        shared("candidate", "owner, leaders", places=("other",)),
    ),
    "delivery:session_change": (town("session", RUNS_SESSION), town("candidate", RUNS_SESSION), town("next_course", "placer")),
    "delivery:session_repeat": (
        town("session", RUNS_SESSION, body={"day": "2018-06-01", "starts_at": "09:00", "ends_at": "10:00"}, acts=True),
        town("course", "placer", body={"day": "2018-06-01", "starts_at": "13:00", "ends_at": "14:00"}, acts=True),
    ),
    "delivery:session_cancel": (
        town("coming", RUNS_SESSION, body={"reason": "Sjukdom"}, acts=True), town("next_course", "placer", body={"reason": "Sjukdom"}, acts=True),
    ),
    "delivery:session_plan": town("candidate", RUNS_SESSION, acts=True),
    "delivery:session_invite": (town("session", "leaders"), town("next_course", "nobody")),  # each leader the own people, wherever it is held
    "delivery:session_groups": (
        town("session", LEADS_SESSION, body={"count": "1"}, acts=True), town("course", "trainer"),
    ),
    # Those who were in a group read what all groups made, and write in their own.
    "delivery:group_detail": town(
        "group", "trainer, leader, person, colleague", post="trainer, leader, person", body={"title": "Det", "text": "Vi kom fram till"}, acts=True
    ),
    "delivery:attendance_list": (town("session", LEADS_SESSION), town("course", "trainer")),
    "delivery:attendance_file": (town("session", LEADS_SESSION), town("course", "trainer")),
    "delivery:attendance_file_empty": (town("session", LEADS_SESSION), town("course", "trainer")),
    "delivery:session_qr": (town("session", LEADS_SESSION), town("course", "trainer")),
    "delivery:session_codes": (town("session", LEADS_SESSION), town("course", "trainer")),  # the wall's next codes: whoever may show the wall has them
    # A check-in that came after the list was saved: whoever takes that list says whether it counts. Nobody for themselves.
    "delivery:late_check_in": town("late", LEADS_SESSION, body={"act": "not-there"}, acts=True),
    "delivery:session_sheet": (town("session", LEADS_SESSION), town("course", "trainer")),
    "delivery:session_sheet_pdf": (town("session", LEADS_SESSION), town("course", "trainer")),
    "delivery:my_sessions": once("accounts"),
    "delivery:my_calendar": once("accounts", acts=True),
    "delivery:seat_detail": (town("seat", "person", body={"act": "decline"}, acts=True), town("course_seat", "nobody")),  # a newcomer has no account
    "delivery:seat_calendar": town("seat", "person"),
    # The line manager approves; where there is none, the municipality's process leader. Nobody decides for themselves.
    "delivery:seat_decide": (
        town("asked", "manager", body={"approve": "1"}, acts=True), town("asked_alone", "leader", body={"approve": "1"}, acts=True),
    ),
    "delivery:seat_withdraw": (town("asked", "leader", body={"reason": "Fel person"}, acts=True), town("place_to_come", "nobody")),
    "delivery:attendance_correct": (
        town("seat", LEADS_SESSION, body={"minutes": "60", "reason": "Gick tidigare"}, acts=True),
        town("course_seat", "trainer", body={"minutes": "30", "reason": "Gick tidigare"}, acts=True),
    ),
    "delivery:seat_by_link": town("seat_token", "everybody", body={"act": "decline"}, acts=True),
    "delivery:seat_calendar_by_link": town("seat_token", "everybody"),
    "delivery:calendar_feed": town("calendar_token", "everybody"),
    "delivery:check_in": once("everybody"),
    "delivery:check_in_code": town("code", "everybody"),  # the code on the wall; checking in needs an account and a session one may come to
    # What a phone keeps is read from the phone itself: these say nothing but who is asking.
    "delivery:phone": once("everybody"),
    "delivery:phone_now": once("everybody"),
    "delivery:phone_worker": once("everybody"),
    # --- planning
    "planning:plans": programme("owner, leaders"),
    "planning:plan_ask": programme("owner"),
    "planning:what_if_ask": programme("owner"),
    "planning:replan_ask": programme("owner"),
    "planning:plan": shared("plan", "owner, leaders", places=ONE),
    "planning:plan_adopt": shared("plan", "owner", places=ONE, acts=True),
    "planning:pin": (
        town("plan", "owner", ask="kind=drop&session={candidate}", body={"kind": "drop", "session": "{candidate}", "reason": "Skäl"}, inner=True),
        town(
            "plan", "leader", ask="kind=attend&session={candidate}&person={alone}", inner=True, acts=True,
            body={"kind": "attend", "session": "{candidate}", "person": "{alone}", "reason": "Skäl"},
        ),
    ),
    "planning:pin_lift": (town("pin", "leader", acts=True), town("session_pin", "owner", acts=True)),
    "planning:organisational_plans": programme("owner, leaders, auditor"),
    "planning:organisational_plan_write": town(
        "programme", "owner, leader", fill={"organisation": "{organisation}"}, inner=True, acts=True,
        body={"owner": "{leader}", "aim": "Nytt", "decided_on": "2018-04-01", "review_on": "2019-04-01", "action_0": "Ny", "due_0": "2018-12-01"},
    ),
    "planning:organisational_plan": town("organisational_plan", "owner, leaders, auditor"),
    "planning:measure_done": town("organisational_plan", "owner, leader", fill={"measure": "{measure}"}, acts=True),
    # --- placements: companies belong to the programme; a placement to whoever sees the case, and to those who serve its company, who look
    # after preparation and signatures and decide nothing about the person. The funnel's totals are for all of them and the figures' owner;
    # the people behind one for those who accompany people.
    "placements:company_list": programme(f"{SERVES}, caseworkers"),
    "placements:company_add": programme(SERVES),
    "placements:company_detail": town("company", f"{SERVES}, caseworkers"),
    "placements:company_change": town("company", SERVES, body={"name": "Nytt namn", "ordinary_staff": "20", "region": "Skåne"}, acts=True),
    "placements:company_withdraw": town("company", SERVES, acts=True),
    "placements:contact_add": town("company", SERVES, body={"name": "Ny", "phone": "010"}, acts=True),
    "placements:contact_end": town("contact", SERVES, acts=True),
    "placements:position_offer": town("company", SERVES, body={"title": "Ny", "tasks": "Städa", "hours": "20", "places": "1"}, acts=True),
    "placements:position_close": town("counter", SERVES, acts=True),
    "placements:placement_agree": town(
        "case", "caseworker, placer", acts=True, body={"position": "{counter}", "starts_on": "2018-04-18", "ends_on": "2018-06-01", "hours": "20"},
    ),
    "placements:placement_detail": town("running", f"{SERVES}, caseworker"),
    "placements:placement_sign": town("placement", f"{SERVES}, caseworker", body={"part": "employer"}, acts=True),
    "placements:placement_prepare": town("placement", f"{SERVES}, caseworker", body={"item": "safety", "waived": "Vet det redan sedan förra gången"}, acts=True),
    "placements:placement_start": town("placement", "caseworker, placer"),
    "placements:placement_call_off": town("placement", "caseworker, placer", acts=True),
    "placements:placement_extend": town("running", "caseworker, placer", body={"until": "2018-07-01", "reason": "Vill lära sig mer"}, acts=True),
    "placements:placement_complete": town("running", "caseworker, placer"),
    "placements:placement_stop": town("running", "caseworker, placer", body={"reason": "tasks"}, acts=True),
    "placements:follow_up": town("follow_up", "caseworker, placer", body={"participant_says": "Bra"}, acts=True),
    # --- days with everybody's word: read by both sides' staff, settled by whoever steers the case; the person's own page, by link
    "placements:day_list": town("running", f"{SERVES}, caseworker"),
    "placements:day_write": town("running", "caseworker, placer", body={"day": "2018-04-16", "hours": "3", "minutes": "30"}, acts=True),
    "placements:day_settle": town("running", "caseworker, placer", body={"line": "{disputed}"}, acts=True),
    "placements:aside_settle": town("running", "caseworker, placer", body={"aside": "{aside}", "act": "leave"}, acts=True),
    "placements:own_card": town("own_case", "caseworker, placer", body={"language": "en", "code": "2580"}, acts=True),
    "placements:own_card_end": town("ending_case", "caseworker, placer", acts=True),
    "placements:week": town("week_token", "everybody", body={"act": "there", "day": "2018-04-18", "minutes": "240", "key": "a-key-of-this-page"}, acts=True),
    "placements:status_note": town("left_case", "caseworker, placer", fill={"name": "exit"}, body={"does": "education", "evidence": "none"}, acts=True),
    "placements:funnel": programme(f"{SERVES}, caseworkers, owner, auditor"),
    "placements:funnel_people": shared("programme", "placers, caseworkers", fill={"step": "started"}, places=ONE),
    "placements:histories": shared("programme", "placers", places=ONE),
    "placements:workbook": town("workbook", "placer"),
    "placements:histories_empty": shared("programme", "placers", places=ONE),
    # --- the company's own page, by link; whoever serves the programme's companies sends it
    "placements:company_page": town("company_token", "everybody"),
    "placements:company_day": town(
        "company_token", "everybody", fill={"uid": "{placement}"}, body={"day": "2018-04-17", "was": "there", "hours": "4", "minutes": "30", "key": "a-key-of-this-page"}, acts=True
    ),
    "placements:company_prepare": town("company_token", "everybody", fill={"uid": "{placement}"}, body={"items": "safety"}, acts=True),
    # Matching: the placement coordinators, each for the organisations they coordinate; a person's proposals as their case; a company's side sees
    # what is proposed for its places, without a name, and may say no.
    "placements:round_list": shared("programme", "placers", places=ONE),
    "placements:round_ask": shared("programme", "placers", places=ONE),
    "placements:ways": shared("programme", "placers", places=ONE, acts=True, body={"one": "Osby", "other": "Höör", "minutes": "30"}),
    "placements:mentor_reach": shared("programme", "placers", places=ONE),
    "placements:round": town("proposals", "placer"),
    "placements:round_way": town("proposals", "placer", acts=True, body={"way": "stable", "reason": "Ingen vill byta då"}),
    "placements:round_again": town("proposals", "placer"),
    "placements:round_stop": (town("running_round", "placer", acts=True), town("proposals", "nobody")),
    "placements:wishes": town("seeker", "caseworker, placer", acts=True, body={"area": "osby", "wish_0": "shop"}),
    "placements:company_exclude": town("seeker", "caseworker, placer", acts=True, body={"company": "{company}", "side": "person"}),
    "placements:shortlist": town("seeker", "caseworker, placer"),
    "placements:proposal_refuse": town("listed", "caseworker, placer", acts=True, body={"side": "person"}),
    "placements:mentor_refuse": town("listed", "caseworker, placer"),
    "placements:proposal_decide": town(
        "listed", "caseworker, placer", acts=True, body={"starts_on": "2018-04-18", "ends_on": "2018-06-01", "hours": "20", "why": "Passar oss båda bäst"},
    ),
    "placements:company_refuse": town("listed", SERVES, acts=True, body={"reason": "no_time"}),
    "placements:refusal_take_back": (town("refusal", "caseworker, placer", acts=True), town("company_no", f"caseworker, {SERVES}", acts=True)),
    "placements:position_asks": town("wanted", SERVES, acts=True, body={"fields_of_work": ["kitchen"], "half_days_needed": "3"}),
    "placements:position_proposals": town("wanted", SERVES),
    "placements:company_review": town("company_token", "everybody", fill={"uid": "{running}"}, body={"tasks": "3", "help": "2", "welcome": "4", "words": "Bra"}, acts=True),
    "placements:link_send": town("contact", SERVES, acts=True),
    # --- support: companies belong to the programme, so all who serve them see what they ask; caseworkers and mentors read guidance and playbooks, and
    # how soon companies get an answer is no secret.
    "support:question_list": shared("programme", SERVES, places=ONE),
    "support:duty": shared("programme", "placers", body={"person": "{helper}"}, places=ONE, acts=True),
    "support:guidance_list": shared("programme", f"{SERVES}, caseworkers, mentors", places=ONE),
    "support:guidance_write": shared("programme", SERVES, body={"title": "Ny", "text": "Alla får fråga.", "language": "sv"}, places=ONE, acts=True),
    "support:playbook": shared("programme", f"{SERVES}, caseworkers, mentors", fill={"code": "hire"}, places=ONE),
    "support:times": programme(READ),
    "support:company_history": town("company", SERVES),
    "support:question_ask": town("company", SERVES, body={"text": "En fråga på telefon"}, acts=True),
    "support:question": town("question", SERVES),
    "support:question_answer": town("question", SERVES, body={"text": "Ett svar"}, acts=True),
    "support:question_give": town("question", SERVES, body={"owner": "{helper}"}, acts=True),
    "support:question_close": town("answered", SERVES, acts=True),
    "support:guidance_keep": town("answered", SERVES, body={"title": "Ny", "text": "Alla får fråga.", "language": "sv"}, acts=True),
    "support:guidance_change": town("guidance", SERVES, body={"title": "Ny", "text": "Alla får fråga.", "language": "sv"}, acts=True),
    "support:guidance_withdraw": town("guidance", SERVES, acts=True),
    "support:duty_end": town("duty", "placers", acts=True),
    "support:company_ask": town("company_token", "everybody", body={"text": "En fråga", "key": "a-key-of-this-page"}, acts=True),
    "support:company_guidance": town("company_token", "everybody"),
    "support:company_playbook": town("company_token", "everybody", fill={"code": "hire"}),
    "support:company_times": town("company_token", "everybody"),
    # --- library: everybody reads the toolbox, and finds no person in it; whoever was sent a link writes one card; drafts belong to who brings them.
    **{f"library:{name}": once("everybody") for name in ("catalogue", "overview", "barriers", "feed", "whole", "sitemap")},
    **{f"library:{name}": town("practice_slug", "everybody") for name in ("card", "summary", "summary_pdf", "card_data")},
    "library:draft": shared("research_code", "researchers", places=ONE),
    "library:board": programme(IN_LIBRARY),
    "library:board_overview": programme(IN_LIBRARY),
    "library:begin": programme("owner, researchers"),
    "library:invite": programme("owner", body={"email": "nobody@example.org", "brought_by": "Klubben", "title": "Ny", "language": "sv", "country": "SE"}, acts=True),
    "library:barrier_list": programme(IN_LIBRARY),
    "library:barrier_note": programme("owner, researchers", body={"title": "Nytt", "language": "sv", "field": "work"}, acts=True),
    "library:checklist": programme(IN_LIBRARY),
    "library:checklist_answer": programme(IN_LIBRARY),
    "library:practice": (
        town("practice_draft", WRITES), town("practice_reading", "owner, researchers"), town("practice", "readers"), town("practice_link", "owner"),
    ),
    "library:write": town("practice_draft", WRITES, fill={"part": "card"}, body={"title": "Ny titel"}, acts=True),
    "library:submit": town("practice_draft", WRITES, acts=True),
    "library:revise": town("practice", WRITES, body=CARD | {"changes_meaning": "no"}, acts=True),
    "library:translate": town("practice", "owner, researchers", fill={"language": "en"}, body=CARD, acts=True),
    "library:ask_reviews": town("practice_reading", "owner", body={"reviewers": ["{owner}"]}, acts=True),
    "library:publish": town("practice_ready", "owner", acts=True),
    "library:keep": town("practice", "owner", acts=True),
    "library:send_back": town("practice_reading", "owner", body={"reason": "Mer om kostnad"}, acts=True),
    "library:withdraw": town("practice", "owner", body={"reason": "Stängt"}, acts=True),
    "library:link_send": town("practice_link", "owner", body={"email": "nobody@example.org"}, acts=True),
    "library:adopt": town("practice", "readers"),
    "library:review": town("practice_review", "reviewer", body=VERDICT, acts=True),
    "library:barrier": town("barrier", IN_LIBRARY),
    "library:barrier_report": town("barrier", "owner, researchers", body={"country": "SE"}, acts=True),
    "library:barrier_lower": town("barrier", "owner, researchers", body={"practice": "{practice}", "how": "Så"}, acts=True),
    "library:adoption": town("adoption", IN_LIBRARY),
    "library:adoption_tick": town("adoption", "owner, leader, researcher", body={"place": "0", "is_done": "on", "done_on": "2018-04-17"}, acts=True),
    "library:adoption_report": town("adoption", "owner, leader, researcher", body={"happened": "Bra", "changed": "Inget", "advice": "yes"}, acts=True),
    "library:adoption_stop": town("adoption", "owner, leader, researcher", acts=True),
    "library:written": town("practice_token", "everybody"),
    "library:write_by_link": town("practice_token", "everybody", fill={"part": "card"}, body={"title": "Ny titel"}, acts=True),
    # --- evidence
    "evidence:hours": programme(f"{LEDGER}, managers"),  # totals; a manager signs what stands in them
    "evidence:hours_mine": programme("takers"),
    "evidence:hours_countersign": programme("managers, leaders"),
    "evidence:terms": programme(f"{LEDGER}, managers"),
    "evidence:rule_add": programme("owner"),
    "evidence:unit_cost_add": programme("owner"),
    "evidence:sheets": programme(LEDGER),
    "evidence:sheet_download": (
        shared("programme", "owner, auditor", fill={"name": "2018-02", "kind": "xlsx"}, places=ONE, inner=True),
        town("programme", "owner, auditor, leader", fill={"name": "2018-02", "kind": "xlsx"}, ask="of={organisation}", inner=True),
    ),
    "evidence:month": shared("programme", f"{LEDGER}, managers", fill={"key": "2018-03"}, places=ONE),
    "evidence:month_submit": shared("programme", "owner", fill={"key": "2018-03"}, places=ONE),
    "evidence:month_remind": shared("programme", "leaders", fill={"key": "2018-03"}, acts=True),
    "evidence:person_hours": town("participation", MONTH),
    "evidence:certificate": (town("certificate", MONTH), town("certificate_alone", "leader, auditor")),
    "evidence:certificate_confirm": town("certificate", "person", body={"key": "a-key-of-this-page", "digest": ""}, acts=True),
    "evidence:certificate_object": town("certificate", "person", body={"text": "Fel"}, acts=True),
    "evidence:my_months_by_link": town(
        "months_token", "everybody", body={"certificate": "{certificate}", "act": "confirm", "key": "a-key-of-this-page", "digest": ""}, acts=True
    ),
    "evidence:objection": town("objection", LEADS_SESSION, body={"answer": "Rättat"}, acts=True),
    "evidence:evidence": programme(LEDGER),
    "evidence:sample_draw": programme("auditor"),
    "evidence:sample": shared("sample", "auditor", body={"participation": "{drawn}", "reason": "Kontroll"}, places=ONE, acts=True),
    "evidence:sample_names": shared("sample", "auditor", body={"reason": "Kontroll"}, places=ONE, acts=True),
    "evidence:change": programme("owner, leaders"),
    # --- desk
    "desk:start": once("everybody"),
    "desk:continue_as": once("nobody", body={"key": "somebody"}),  # only as one of the demonstration's cast: the journeys begin with it
    "desk:outbox": once("local"),
    "desk:outbox_mail": shared("mail", "local", places=ONE),
    "desk:clock": once("local"),
    "desk:home": once("accounts"),
    "desk:tasks": once("accounts"),
    "desk:search": once("accounts", ask="q=a"),
    # The owner sees totals, the auditor numbers: neither opens a person.
    "desk:person": (town("person", "person, manager, leader, other leader"), town("alone", "leader, other leader")),
    "desk:evidence": programme(LEDGER),
    "desk:thread": (
        shared("programme", LEDGER, fill={"kind": "total"}, inner=True),
        # Hörby takes part in the other programme too: its leader and the owner there read that programme's total at this address.
        town("organisation", "owner, auditor, leader, other leader, other owner", fill={"kind": "organisation-total"}, inner=True),
        shared("claim", LEDGER, fill={"kind": "month"}, places=ONE, inner=True),
        town("line", MONTH, fill={"kind": "ledger-line"}, inner=True),
        town("certified", MONTH, fill={"kind": "certificate"}, inner=True),
        town("attendance", f"{MONTH}, trainer", fill={"kind": "attendance"}, inner=True),
        town("session", ON_SESSION, fill={"kind": "session"}, inner=True),
        shared("outcome", READ, fill={"kind": "outcome"}, inner=True),
        shared("competence", READ, fill={"kind": "competence"}, inner=True),
        shared("competence", "owner, leaders", fill={"kind": "cell"}, inner=True),
        town("rating", "person, manager", fill={"kind": "rating"}, inner=True),  # the manager while it is shared
        town("submission", "person, manager", fill={"kind": "submission"}, inner=True),
        town("session", "nobody", fill={"kind": "nonsense"}, inner=True),
    ),
}


def lines() -> list[tuple[str, Line]]:
    """Every line with the name of its address."""
    return [(name, line) for name, found in TABLE.items() for line in (found if isinstance(found, tuple) else (found,))]
