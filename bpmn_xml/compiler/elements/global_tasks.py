"""Global tasks: whoever calls one is a task of its kind, with its work (10.3.4, 13.3.4).

Where the call says which data goes in, the task is inside it and sees nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.drafts import ContainerDraft, NodeDraft
from bpmn_xml.compiler.elements.data.called import call_as_stated
from bpmn_xml.compiler.elements.work import compile_work
from bpmn_xml.compiler.file import CallMet, DiagramFile
from bpmn_xml.compiler.program import Kind, Work

KINDS: Final[Mapping[type[m.GlobalTask], tuple[Kind, type[m.Task]]]] = {
    m.GlobalTask: (Kind.TASK, m.Task),
    m.GlobalManualTask: (Kind.MANUAL_TASK, m.ManualTask),
    m.GlobalUserTask: (Kind.USER_TASK, m.UserTask),
    m.GlobalScriptTask: (Kind.SCRIPT_TASK, m.ScriptTask),
    m.GlobalBusinessRuleTask: (Kind.BUSINESS_RULE_TASK, m.BusinessRuleTask),
}
"""What a call to each is to the core, and the task that says the same."""

GLOBAL: Final = frozenset(kind for kind, _ in KINDS.values())
"""The kinds of what does the work of a global task inside its call."""


def call_task(file: DiagramFile, call: CallMet, home: DiagramFile, called: m.GlobalTask) -> None:
    """Make the draft of a call activity the draft of the task that it calls."""
    draft = call.draft
    if draft.call is not None:
        what = "passing single variables to a global task"
        file.refuse(codes.DATA, call.element, what, "let it see all of them")
    draft.call = call_as_stated(file, call, home, called)
    does, kind = KINDS[type(called)]
    task, work = _as_task(called, kind), None
    settings = home.settings(task)
    if does not in (Kind.TASK, Kind.MANUAL_TASK):
        work = compile_work(home, task, settings)
        inside = () if draft.call is None else (call.element.id,)
        work = msgspec.structs.replace(work, names=(*work.names, called.id, *inside))
    if draft.call is None:
        draft.kind, draft.called, draft.work = does, "", work
    else:
        draft.called = called.id
        put_inside(file, call, does, work)


def put_inside(file: DiagramFile, call: CallMet, kind: Kind, work: Work | None) -> None:
    """Let a call begin one task in the place of a process, which is told of as the call."""
    element, draft = call.element, call.draft
    inside = ContainerDraft(
        id=f"{element.id}/called",
        name=draft.called,
        node=element.id,
        starts=[f"{element.id}/stand-in"],
    )
    task = NodeDraft(
        id=inside.starts[0],
        name=draft.name,
        kind=kind,
        container=inside.id,
        work=work,
        place=element.place,
        about=element.id,
        lane=draft.lane,
    )
    file.drafts.containers.append(inside)
    file.drafts.nodes.append(task)


def _as_task(called: m.GlobalTask, kind: type[m.Task]) -> m.Task:
    """The same task, standing in a process."""
    shared = set(kind.__struct_fields__) & set(called.__struct_fields__)
    fields = {name: getattr(called, name) for name in sorted(shared)}
    if isinstance(called, m.GlobalScriptTask):
        fields["script_format"] = called.script_language
    return kind(**fields)
