"""The rows of the survey sheet: questions, notes, calculations, and the groups and repeats around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from handrail.instruments.formats.form import (
    CALCULATE,
    FILE,
    GROUP,
    HIDDEN,
    INTEGER,
    NOTE,
    RANK,
    REPEAT,
    SELECT_MULTIPLE,
    SELECT_ONE,
    TEXT,
    Item,
)
from handrail.instruments.formats.xlsform_checks import REFERENCE
from handrail.instruments.formats.xlsform_columns import Column
from handrail.instruments.formats.xlsform_lists import read_list
from handrail.instruments.formats.xlsform_sheets import NAME_LENGTH, Sheets
from handrail.instruments.formats.xlsform_words import (
    END_GROUP,
    END_REPEAT,
    MEDIA,
    META,
    SELECT,
    TYPES,
    is_known_appearance,
    type_remedy,
)
from handrail.kit.files import Rows
from handrail.kit.text import _

DEEPEST = 10
EXPRESSION_LENGTH = 4_000
_NAME = re.compile(r"[^\W\d][\w.-]*")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})
_PARAMETER = re.compile(r"([\w-]+)\s*=\s*('[^']*'|\"[^\"]*\"|[^\s,;]+)")
_YES = {"yes", "true", "true()", "ja", "1"}
_NO = {"no", "false", "false()", "nej", "0"}
_SILENT = {GROUP, REPEAT, CALCULATE, HIDDEN}


@dataclass
class _Open:
    """A group or repeat that is not yet closed."""

    item: Item | None
    items: list[Item] = field(default_factory=list)


@dataclass
class Reader(Sheets):
    """Reads the questions row by row; `tables` are other sheets and files by name, for lists of choices that stand there."""

    tables: Mapping[str, Rows] = field(default_factory=dict)
    asked_for: set[str] = field(default_factory=set)  # every name in ${…} of the sheet
    strange_appearances: set[str] = field(default_factory=set)
    stack: list[_Open] = field(default_factory=list)

    def read_items(self) -> list[Item]:
        self.asked_for = {name.strip() for _row, cells in self.survey.rows for text in cells.values() for name in REFERENCE.findall(text)}
        self.stack = [_Open(None)]
        for row, cells in self.survey.rows:
            text = self.first(cells, "type")
            if text:
                self.read_row(row, cells, text)
            elif self.first(cells, "name") or self.texts("survey", row, cells, "label"):
                self.say("survey", row, "type", "type_missing", _("The row has no type."), type_remedy())
        for still in self.stack[1:]:
            assert still.item is not None  # only the bottom of the stack has none
            self.say("survey", still.item.row, "type", "group_open", _("The group %(name)s is not closed.") % {"name": still.item.name},
                     _("Add a row with end_group or end_repeat after its last question."))  # fmt: skip
        found = self.stack[0].items
        if not any(item.is_question for top in found for item in top.walk()) and not self.has_errors:
            self.say("survey", self.survey.rows[0][0], "type", "no_questions", _("The form asks nothing."), _("Add at least one question."))
        return found

    def read_row(self, row: int, cells: Mapping[Column, str], text: str) -> None:
        plain = " ".join(text.replace("_", " ").casefold().split())
        if plain in META:
            self.pass_over(row, cells, plain)
        elif TYPES.get(plain) in {END_GROUP, END_REPEAT}:
            self.close(row, REPEAT if TYPES[plain] == END_REPEAT else GROUP)
        elif plain in TYPES:
            self.add(self.item(row, cells, TYPES[plain], "", MEDIA.get(plain, "")))
        elif match := SELECT.fullmatch(" ".join(text.split())):
            self.read_select(row, cells, match)
        else:
            self.say("survey", row, "type", "type", _("The type %(type)s is not used here.") % {"type": text[:60]}, type_remedy(plain))

    def add(self, item: Item) -> None:
        if not item.holds_items:
            self.stack[-1].items.append(item)
            return
        self.stack.append(_Open(item))
        if len(self.stack) > DEEPEST + 1:
            self.say("survey", item.row, "type", "group_depth", _("The groups lie too deep in each other."),
                     _("Use at most %(limit)d groups within each other.") % {"limit": DEEPEST})  # fmt: skip

    def close(self, row: int, kind: str) -> None:
        last = self.stack[-1].item
        if last is None or last.kind != kind:
            self.say("survey", row, "type", "group_end",
                     _("The group ends without having begun.") if last is None
                     else _("Here %(name)s from row %(row)d has to be closed first.") % {"name": last.name, "row": last.row},
                     _("Delete the row, or add begin_group or begin_repeat where it begins."))  # fmt: skip
            return
        closed = self.stack.pop()
        self.stack[-1].items.append(replace(last, items=tuple(closed.items)))

    def pass_over(self, row: int, cells: Mapping[Column, str], kind: str) -> None:
        """What a phone would record by itself is left out; where the form looks at it, it is empty, and today is worked out."""
        name = self.first(cells, "name")
        self.say("survey", row, "type", "type_meta",
                 _("%(type)s is recorded by the device in other tools. It is not collected here, and the row is passed over.") % {"type": kind},
                 _("Nothing needs to be done: when an answer arrived is known anyway."), is_error=False)  # fmt: skip
        if name in self.asked_for:
            self.check_name(row, name)
            self.add(Item(CALCULATE if kind == "today" else HIDDEN, name, calculation="today()" if kind == "today" else "", row=row))

    def read_select(self, row: int, cells: Mapping[Column, str], match: re.Match[str]) -> None:
        kind = SELECT_MULTIPLE if match["many"] else RANK if match["rank"] else SELECT_ONE
        list_name = match["list"]
        source = (match["source"] or "").replace("_", " ").strip().casefold()
        if source in {"from file", "external"}:
            list_name = read_list(self, row, list_name, source, self.parameters(row, cells, say=False), self.first(cells, "choice_filter"))
        elif list_name not in self.lists:
            self.say("survey", row, "type", "list_missing", _("The list %(name)s is not in the sheet choices.") % {"name": list_name[:60]},
                     _("Add its choices there, or correct the name."))  # fmt: skip
        self.used.add(list_name)
        item = self.item(row, cells, kind, list_name)
        self.add(item)
        if match["other"] and list_name in self.lists:
            name = f"{item.name}_other"
            self.check_name(row, name)
            self.add(Item(TEXT, name, self.other_words(1), relevant=f"selected(${{{item.name}}}, 'other')", row=row))

    def item(self, row: int, cells: Mapping[Column, str], kind: str, list_name: str, media: str = "") -> Item:
        name = self.first(cells, "name") or (f"generated_note_name_{row}" if kind == NOTE else "")
        self.check_name(row, name)
        item = Item(
            kind=kind, name=name, labels=self.texts("survey", row, cells, "label"), row=row, list_name=list_name,
            choices=tuple(self.lists.get(list_name, ())),
            hints=self.texts("survey", row, cells, "hint"),
            guidance=self.texts("survey", row, cells, "guidance_hint"),
            images=self.texts("survey", row, cells, "image"),
            relevant=self.expression(row, cells, "relevant"),
            required=self.condition(row, cells, "required"),
            required_messages=self.texts("survey", row, cells, "required_message"),
            constraint=self.expression(row, cells, "constraint"),
            constraint_messages=self.texts("survey", row, cells, "constraint_message"),
            appearance=self.appearance(row, cells),
            competence=self.first(cells, "competence")[:NAME_LENGTH],
            choice_filter=self.expression(row, cells, "choice_filter") if list_name else "",
            calculation=self.expression(row, cells, "calculation"),
            default=self.expression(row, cells, "default"),
            readonly=self.condition(row, cells, "readonly"),
            repeat_count=self.expression(row, cells, "repeat_count") if kind == REPEAT else "",
            parameters=self.parameters(row, cells),
            media=media if kind == FILE else "",
        )  # fmt: skip
        if item.is_question and item.calculation and not (item.labels or item.hints):
            item = replace(item, kind=CALCULATE)  # nobody is asked: the field's tools calculate it as well
        if "${last-saved#" in item.default:
            self.say("survey", row, "default", "last_saved", _("What was answered on a device the last time is not known here; the default is passed over."),
                     _("Nothing needs to be done if people can answer the question themselves."), is_error=False)  # fmt: skip
            item = replace(item, default="")
        self.check_item(row, item)
        if item.kind not in {GROUP, REPEAT, NOTE} or not (item.constraint or item.required):
            return item
        self.say("survey", row, "constraint" if item.constraint else "required", "not_a_question",
                 _("Nobody answers a group or a note, so nothing can be required of it."), _("Empty the cell."), is_error=False)  # fmt: skip
        return replace(item, constraint="", required="", constraint_messages={}, required_messages={})

    def check_item(self, row: int, item: Item) -> None:
        if not (item.labels or item.hints or item.guidance or item.images or item.kind in _SILENT):
            self.say("survey", row, "label", "label_missing", _("%(name)s has no label.") % {"name": item.name[:60] or item.kind},
                     _("Write what people are to read."))  # fmt: skip
        if item.kind == CALCULATE and not (item.calculation or item.default):
            self.say("survey", row, "calculation", "calculation_missing", _("%(name)s calculates nothing.") % {"name": item.name[:60]},
                     _("Write the calculation, or delete the row."))  # fmt: skip
        if item.images:
            self.say("survey", row, "media::image", "image", _("Pictures beside questions are not shown here yet."),
                     _("Say in the label or hint what the picture shows."), is_error=False)  # fmt: skip
        if item.competence and item.kind not in {SELECT_ONE, INTEGER}:
            self.say("survey", row, "competence", "competence", _("Only select_one and integer questions can give a level of competence."),
                     _("Empty the cell, or change the type of the question."))  # fmt: skip
        elif item.competence and any(one.item is not None and one.item.kind == REPEAT for one in self.stack):
            self.say("survey", row, "competence", "competence", _("A question in a repeat cannot give a level of competence."),
                     _("Empty the cell, or move the question out of the repeat."))  # fmt: skip
        elif item.competence and item.kind == SELECT_ONE and not any(choice.level is not None for choice in item.choices):
            self.say("survey", row, "competence", "competence_levels", _("No choice of the list %(name)s stands for a level.") % {"name": item.list_name},
                     _("Write the levels in the column level of the sheet choices."))  # fmt: skip

    def check_name(self, row: int, name: str) -> None:
        if not name:
            self.say("survey", row, "name", "name_missing", _("The row has no name."),
                     _("Write a short name without spaces, such as years_in_job."))  # fmt: skip
        elif not _NAME.fullmatch(name) or len(name) > NAME_LENGTH or name.casefold() == "meta":
            self.say("survey", row, "name", "name", _("The name %(name)s cannot be used.") % {"name": name[:60]},
                     _("Begin with a letter and use letters, digits, - _ and . without spaces."))  # fmt: skip
        elif name in self.names:
            self.say("survey", row, "name", "name_twice", _("The name %(name)s is used in row %(row)d as well.") % {"name": name, "row": self.names[name]},
                     _("Give every question and group a name of its own."))  # fmt: skip
        else:
            self.names[name] = row

    # cells

    def expression(self, row: int, cells: Mapping[Column, str], base: str) -> str:
        text = " ".join(self.first(cells, base).translate(_QUOTES).split())
        if len(text) > EXPRESSION_LENGTH:
            self.say("survey", row, base, "too_long", _("The expression is too long."),
                     _("Write at most %(limit)d characters.") % {"limit": EXPRESSION_LENGTH})  # fmt: skip
            return ""
        return text

    def condition(self, row: int, cells: Mapping[Column, str], base: str) -> str:
        text = self.expression(row, cells, base)
        return "true()" if text.casefold() in _YES else "" if text.casefold() in _NO else text

    def parameters(self, row: int, cells: Mapping[Column, str], *, say: bool = True) -> dict[str, str]:
        text = self.first(cells, "parameters").translate(_QUOTES)
        found = {name.casefold(): value.strip("'\"") for name, value in _PARAMETER.findall(text)}
        wrong = [name for name in ("start", "end", "step") if name in found and not _is_number(found[name])]
        if say and (wrong or found.get("step") == "0"):
            self.say("survey", row, "parameters", "parameters", _("The parameter %(name)s is not a number.") % {"name": (wrong or ["step"])[0]},
                     _("Write for example start=0 end=10 step=1."))  # fmt: skip
        return found

    def appearance(self, row: int, cells: Mapping[Column, str]) -> str:
        text = " ".join(self.first(cells, "appearance").split())[:NAME_LENGTH]
        for word in text.split():
            if not is_known_appearance(word.casefold()) and word not in self.strange_appearances:
                self.strange_appearances.add(word)
                self.say("survey", row, "appearance", "appearance", _("The appearance %(name)s is not drawn here; the question is shown in the usual way.") % {"name": word},
                         _("Nothing needs to be done if the form works without it."), is_error=False)  # fmt: skip
        return text


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d{1,9}(?:\.\d{1,6})?", text) is not None
