"""What call activities call: processes of whichever file has them (10.3.6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.elements.data.called import call_as_stated
from bpmn_xml.compiler.elements.global_tasks import call_task
from bpmn_xml.compiler.file import CallMet, DiagramFile
from bpmn_xml.compiler.lowering import lower
from bpmn_xml.compiler.program import Kind
from bpmn_xml.compiler.program.scoping import NOBODY, Computed
from bpmn_xml.compiler.starts import is_plain
from bpmn_xml.model.walk import processes
from bpmn_xml.wording import quoted, suggest


def lower_called(files: Sequence[DiagramFile]) -> None:
    """Add the processes that call activities call, and those that these call.

    Where an expression says which, it may be every process that is marked executable.
    """
    tasks = {
        root.id: (file, root)
        for file in files
        for root in file.definitions.root_elements
        if isinstance(root, m.GlobalTask)
    }
    homes = {p.id: (file, p) for file in files for p in processes(file.definitions)}
    calls = [(file, call) for file in files for call in file.calls]
    for file, call in calls:
        wanted: Iterable[tuple[DiagramFile, m.Process]] = ()
        if call.draft.which is not None:
            wanted = [home for home in homes.values() if home[1].is_executable]
            if file.options.stub:
                _pass_unless_known(file, call, call.draft.which, homes)
        elif call.draft.called in tasks:
            call_task(file, call, *tasks[call.draft.called])
        elif call.draft.called in homes:
            wanted = (homes[call.draft.called],)
        else:
            _nothing_to_call(file, call, [*homes, *tasks])
        for home, process in wanted:
            if home.claimed.get(process.id, process) is not process:
                home.claim(process)
                continue
            if process.id not in home.claimed:
                met = len(home.calls)
                lower(home, process)
                calls += [(home, found) for found in home.calls[met:]]
            if call.draft.which is None:
                _check_begin(file, call, home, process)
                call.draft.call = call.draft.call or call_as_stated(file, call, home, process)


def _pass_unless_known(
    file: DiagramFile, call: CallMet, which: Computed, known: Collection[str]
) -> None:
    """In a stub run a call passes like a task where it is not known what it calls."""

    def evaluate(names: Mapping[str, object]) -> object:
        name = which.evaluate(names)
        return name if isinstance(name, str) and name in known else NOBODY

    call.draft.which = Computed(which.text, evaluate, which.language)
    what = f"what it calls, {quoted(which.text)}, is an expression: without a value it passes"
    file.report(codes.CALLED, call.element, f"{what} in this stub run", "")


def _check_begin(file: DiagramFile, call: CallMet, home: DiagramFile, process: m.Process) -> None:
    """See that a called process has one place where it begins by itself (10.5.2)."""
    draft = next(one for one in home.drafts.containers if one.id == process.id)
    plain = [e for e in process.flow_elements if isinstance(e, m.StartEvent) and is_plain(e)]
    if len(plain) > 1:
        what = f"{quoted(process.id)}, which it calls, has {len(plain)} start events"
        _refuse(file, call, what, "keep one that waits for nothing")
    elif draft.triggered and not draft.starts:
        what = f"{quoted(process.id)}, which it calls, begins only when something happens"
        _refuse(file, call, what, "draw a start event in it that waits for nothing")


def _nothing_to_call(file: DiagramFile, call: CallMet, known: Iterable[str]) -> None:
    _refuse(file, call, *_why(call.draft.called, known))


def _refuse(file: DiagramFile, call: CallMet, what: str, remedy: str) -> None:
    """Report a call of nothing; in a stub run it passes like a task."""
    if file.options.stub:
        call.draft.kind, call.draft.called = Kind.TASK, ""
        what = f"{what}, so it passes in this stub run"
    file.report(codes.CALLED, call.element, what, remedy)


def _why(called: str, known: Iterable[str]) -> tuple[str, str]:
    if not called:
        return "it does not say what it calls", "name a process"
    what = f"no file has the process {quoted(called)} that it calls"
    return what, suggest(called, known, "give the file that has it too")
