"""Global tasks: whoever calls one is a task of its kind, with its work (10.3.4, 13.3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.elements.work import compile_work
from bpmn_xml.compiler.file import CallMet, DiagramFile
from bpmn_xml.compiler.program import Kind

KINDS: Final[Mapping[type[m.GlobalTask], tuple[Kind, type[m.Task]]]] = {
    m.GlobalTask: (Kind.TASK, m.Task),
    m.GlobalManualTask: (Kind.MANUAL_TASK, m.ManualTask),
    m.GlobalUserTask: (Kind.USER_TASK, m.UserTask),
    m.GlobalScriptTask: (Kind.SCRIPT_TASK, m.ScriptTask),
    m.GlobalBusinessRuleTask: (Kind.BUSINESS_RULE_TASK, m.BusinessRuleTask),
}
"""What a call to each is to the core, and the task that says the same."""


def call_task(file: DiagramFile, call: CallMet, home: DiagramFile, called: m.GlobalTask) -> None:
    """Make the draft of a call activity the draft of the task that it calls."""
    draft = call.draft
    if draft.call is not None:
        what = "passing single variables to a global task"
        file.refuse(codes.DATA, call.element, what, "let it see all of them")
    draft.kind, kind = KINDS[type(called)]
    draft.called, draft.call = "", None
    task = _as_task(called, kind)
    settings = home.settings(task)
    if draft.kind not in (Kind.TASK, Kind.MANUAL_TASK):
        work = compile_work(home, task, settings)
        draft.work = msgspec.structs.replace(work, names=(*work.names, called.id))


def _as_task(called: m.GlobalTask, kind: type[m.Task]) -> m.Task:
    """The same task, standing in a process."""
    shared = set(kind.__struct_fields__) & set(called.__struct_fields__)
    fields = {name: getattr(called, name) for name in sorted(shared)}
    if isinstance(called, m.GlobalScriptTask):
        fields["script_format"] = called.script_language
    return kind(**fields)
