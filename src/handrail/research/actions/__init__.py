"""Everything that changes studies, interviews, marks and findings."""

from handrail.research.actions.codebook import (
    add_code,
    bring_codebook,
    change_code,
    merge_codes,
    move_code,
    retire_code,
)
from handrail.research.actions.coding import (
    call_off,
    finish_part,
    give_to_two,
    mark_passage,
    note_mark,
    remove_mark,
)
from handrail.research.actions.exchange import (
    bring_project,
    look_at_project,
    take_project,
)
from handrail.research.actions.findings import (
    count_all_anew,
    count_anew,
    count_for,
    drop_count,
    quote_for,
    rank_findings,
    show_finding,
    withdraw_finding,
    write_finding,
)
from handrail.research.actions.gathering import (
    gather,
    gather_for_all,
    renew_gatherings,
)
from handrail.research.actions.guides import (
    write_guide,
)
from handrail.research.actions.open_answers import (
    agree_answers,
    bring_open_answers,
)
from handrail.research.actions.quotas import (
    set_quotas,
)
from handrail.research.actions.sources import (
    agree_redaction,
    ask_second_reader,
    bring_source,
    drop_raw_texts,
    name_reader,
    raw_days,
    raw_reason,
    read_raw,
    save_redaction,
    send_redaction_back,
    withdraw_source,
    write_translation,
)
from handrail.research.actions.studies import (
    add_group,
    add_study_partner,
    choose_survey,
    open_study,
    open_study_round,
    set_quota,
    write_consent,
)

__all__ = [
    "add_code",
    "add_group",
    "add_study_partner",
    "agree_answers",
    "agree_redaction",
    "ask_second_reader",
    "bring_codebook",
    "bring_open_answers",
    "bring_project",
    "bring_source",
    "call_off",
    "change_code",
    "choose_survey",
    "count_all_anew",
    "count_anew",
    "count_for",
    "drop_count",
    "drop_raw_texts",
    "finish_part",
    "gather",
    "gather_for_all",
    "give_to_two",
    "look_at_project",
    "mark_passage",
    "merge_codes",
    "move_code",
    "name_reader",
    "note_mark",
    "open_study",
    "open_study_round",
    "quote_for",
    "rank_findings",
    "raw_days",
    "raw_reason",
    "read_raw",
    "remove_mark",
    "renew_gatherings",
    "retire_code",
    "save_redaction",
    "send_redaction_back",
    "set_quota",
    "set_quotas",
    "show_finding",
    "take_project",
    "withdraw_finding",
    "withdraw_source",
    "write_consent",
    "write_finding",
    "write_guide",
    "write_translation",
]
