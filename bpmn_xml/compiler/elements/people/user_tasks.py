"""User tasks: assignee, candidates, dates and priority, and the form to fill in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

import msgspec

from bpmn_xml import expressions
from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.settings import Settings, is_template
from bpmn_xml.compiler.drafts import FrameDraft
from bpmn_xml.compiler.elements.people.forms import read_form
from bpmn_xml.compiler.elements.python_values import answer_variable, question
from bpmn_xml.compiler.elements.values import (
    SourceText,
    computed,
    fault,
    is_evaluated,
    variable,
)
from bpmn_xml.compiler.elements.work import compile_work
from bpmn_xml.compiler.engine_rules import dialect_of
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import Work
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.compiler.program.scoping import ASKED, CAMUNDA8, TOLD, Assign, Computed
from bpmn_xml.compiler.times.timers import moment_of, read_date
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.wording import describe
from bpmn_xml.model.about import place_of
from bpmn_xml.model.vendors import ZEEBE
from bpmn_xml.wording import quoted


def compile_user_task(file: DiagramFile, task: m.UserTask, settings: Settings) -> Work:
    """The work of a person; Camunda 7 computes the task's name too."""
    name = " ".join((task.name or "").split())
    if is_template(name) and dialect_of(file) != CAMUNDA8.dialect:
        settings.user_task_settings["name"] = name
    strict = CAMUNDA8.dialect in settings.dialects and not file.options.stub
    values = {
        name: _setting(file, task, name, text, strict=strict)
        for name, text in settings.user_task_settings.items()
    }
    return msgspec.structs.replace(
        compile_work(file, task, settings),
        form=_form(file, task, settings),
        user_task_settings=tuple(
            (name, value) for name, value in values.items() if value is not None
        ),
    )


def tell_of_task(work: Work, frame: FrameDraft) -> Work:
    """Let the listeners around a task be told, and change, what a person will be told of it.

    What Python computes of that is known behind them only.
    """
    known = [(name, value) for name, value in work.user_task_settings if not asks_python(value)]

    def evaluate(names: Mapping[str, object]) -> object:
        return {name: value.evaluate(names) for name, value in known}

    frame.told.append(Assign((TOLD,), Computed("", evaluate)))
    return msgspec.structs.replace(work, listened=True)


def asks_python(value: Computed) -> bool:
    """Whether Python computes a setting when all listeners have been called."""
    return value.text.startswith(ASKED)


def _setting(
    file: DiagramFile, task: m.UserTask, name: str, text: str, *, strict: bool = False
) -> Computed | None:
    """The value of a setting; a wrong constant is refused, a wrong expression an incident."""
    what, kind = _known(name)
    demand = kind.demand if strict else _same
    source = SourceText(task, what, text, code=codes.EXTENSION)
    by_python = work_for_setting(file, task, name, text) is not None
    value = variable(answer_variable(name)) if by_python else computed(file, source)
    if value is None:
        return None
    evaluate = value.evaluate
    constant = not by_python and not is_evaluated(source)

    def answer(names: Mapping[str, object]) -> object:
        found = evaluate(names)
        try:
            if not constant:
                demand(found)
            return None if found is None or found == "" else kind.read(found)
        except ValueError as error:
            by = f" by {quoted(text)}" if strict else ""
            null = expressions.why_null(text, value.language, names) if found is None else ""
            why = f"{error}; {null}" if null else error
            raise ExpressionError(f"the {what} cannot be told{by}: {why}", text=text) from error

    if constant:
        limit = demand if kind.limits else _same
        try:
            limit(kind.read(text))
        except ValueError as error:
            fault(file, source, codes.VALUE, f"its {what}: {error}", "correct it")
    return Computed(value.text, answer, value.language)


def work_for_setting(file: DiagramFile, task: m.UserTask, name: str, text: str) -> Work | None:
    """The work that computes a setting; None where it is known, or can be evaluated."""
    what, _ = _known(name)
    source = SourceText(task, what, text)
    work = question(file, source, f"{task.id}.{name}") if is_evaluated(source) else None
    return msgspec.structs.replace(work, result=answer_variable(name)) if work else None


def _known(name: str) -> tuple[str, SettingKind]:
    """The wording of a setting and its kind, or those of the default of a field."""
    return USER_TASK_SETTINGS.get(name, (f"default of {name.partition(':')[2]}", DEFAULT))


def _same(value: object) -> object:
    return value


def _one(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError(f"{quoted(str(value))} is no text")
    return value


def several(value: object) -> list[str]:
    """Names, given one by one or with commas between them."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple):
        raise ValueError(f"{quoted(str(value))} is no list of names")
    return [name for part in parts if (name := str(part).strip())]


def _number(value: object) -> object:
    try:
        return int(str(value).strip())
    except ValueError:
        raise ValueError(f"{quoted(str(value))} is no whole number") from None


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError(f"{describe(value)} is no text")
    return value


def _texts(value: object) -> object:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{describe(value)} is no list of texts")
    return value


def _level(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError(f"{describe(value)} is no number")
    if value % 1 or not 0 <= value <= URGENT:
        raise ValueError(f"{value} is no whole number from 0 to {URGENT}")
    return value


def _zoned(value: object) -> object:
    if isinstance(value, str) and value and not ZONED.search(value.strip()):
        raise ValueError(f"{quoted(value)} has no time zone")
    return value


ZONED: Final = re.compile(r"(Z|[+-]\d\d:?\d\d|\])$")
"""How a date with a zone ends."""

URGENT: Final = 100
"""The highest priority of Camunda 8."""


class SettingKind(NamedTuple):
    """What is told of a task in one way.

    Attributes:
        read: how a value is read; times are microseconds since 1970 UTC.
        demand: what an expression of Camunda 8 must give, which takes null for a date alone.
        show: how what was recorded is shown.
        limits: what an expression must give, a constant must be as well, as it is read.
    """

    read: Callable[[object], object]
    demand: Callable[[object], object]
    show: Callable[[Any], object]
    limits: bool = False


TEXT: Final = SettingKind(_one, _text, str)
NAMES: Final = SettingKind(several, _texts, tuple)
DATE: Final = SettingKind(read_date, _zoned, moment_of)
LEVEL: Final = SettingKind(_number, _level, int, limits=True)
DEFAULT: Final = SettingKind(_same, _same, _same)

USER_TASK_SETTINGS: Final[Mapping[str, tuple[str, SettingKind]]] = {
    "assignee": ("assignee", TEXT),
    "candidate_users": ("candidate users", NAMES),
    "candidate_groups": ("candidate groups", NAMES),
    "due": ("due date", DATE),
    "follow_up": ("follow-up date", DATE),
    "priority": ("priority", LEVEL),
    "form_key": ("form key", TEXT),
    "name": ("name", TEXT._replace(demand=_same)),
}
"""Setting -> its wording, and its kind; these are the fields of an open task."""


def _form(file: DiagramFile, task: m.UserTask, settings: Settings) -> tuple[FormField, ...]:
    """The fields of a form that is drawn, is in the file, or stands beside it."""
    if settings.form or not settings.form_name:
        return tuple(settings.form)
    name = settings.form_name
    own = _embedded(file).get(name)
    text = own or file.options.forms.get(name)
    if text is None:
        what = f"its form {name!r} is not here, so what is answered is not checked"
        remedy = f"put {f'{name}.form'!r} beside the drawing"
        file.report_at(place_of(task, name), codes.NO_FORM, task, what, remedy)
        return ()
    try:
        return read_form(text)
    except ValueError as error:
        where = "" if own else f" ({name}.form, or the .form of that id, beside the drawing)"
        file.report(codes.VALUE, task, f"its form {name!r}{where}: {error}", "correct the form")
        return ()


def _embedded(file: DiagramFile) -> dict[str, str]:
    """The forms in a file by their id."""
    return {
        found.attribute("id") or "": found.text
        for root in file.definitions.root_elements
        for found in root.extension_elements
        if found.namespace == ZEEBE and found.name == "userTaskForm"
    }
