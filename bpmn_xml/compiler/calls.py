"""What call activities call: processes of whichever file has them (10.3.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.settings import is_expression
from bpmn_xml.compiler.file import CallMet, DiagramFile
from bpmn_xml.compiler.global_tasks import call_task
from bpmn_xml.compiler.lowering import lower
from bpmn_xml.compiler.program import Kind
from bpmn_xml.compiler.words import quoted, suggest
from bpmn_xml.model.walk import processes


def lower_called(files: Sequence[DiagramFile]) -> None:
    """Add the processes that call activities call, and those that these call."""
    tasks = {
        root.id: (file, root)
        for file in files
        for root in file.definitions.root_elements
        if isinstance(root, m.GlobalTask)
    }
    homes = {p.id: (file, p) for file in files for p in processes(file.definitions)}
    calls = [(file, call) for file in files for call in file.calls]
    for file, call in calls:
        home, process = homes.get(call.draft.called, (None, None))
        if call.draft.called in tasks:
            call_task(file, call, *tasks[call.draft.called])
        elif home is None or process is None:
            _nothing_to_call(file, call, [*homes, *tasks])
        elif process.id not in home.claimed:
            met = len(home.calls)
            lower(home, process)
            calls += [(home, found) for found in home.calls[met:]]


def _nothing_to_call(file: DiagramFile, call: CallMet, known: Iterable[str]) -> None:
    """Say that there is nothing to call; in a stub run the call passes like a task."""
    what, remedy = _why(call.draft.called, known)
    if file.options.stub:
        call.draft.kind, call.draft.called = Kind.TASK, ""
        what = f"{what}, so it passes in this stub run"
    file.report(codes.CALLED, call.element, what, remedy)


def _why(called: str, known: Iterable[str]) -> tuple[str, str]:
    if not called:
        return "it does not say what it calls", "name a process"
    if is_expression(called):
        return f"what it calls, {quoted(called)}, is an expression", "name the process"
    what = f"no file has the process {quoted(called)} that it calls"
    return what, suggest(called, known, "give the file that has it too")
