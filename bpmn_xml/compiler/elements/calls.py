"""What call activities call: processes of whichever file has them (10.3.6), or Python instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.drafts import ContainerDraft, NodeDraft
from bpmn_xml.compiler.elements.data.called import call_as_stated
from bpmn_xml.compiler.elements.global_tasks import call_task
from bpmn_xml.compiler.file import CallMet, DiagramFile
from bpmn_xml.compiler.lowering import lower
from bpmn_xml.compiler.program import Kind, Lack, Work
from bpmn_xml.compiler.program.scoping import NOBODY, Computed
from bpmn_xml.compiler.starts import is_plain
from bpmn_xml.model.walk import processes
from bpmn_xml.wording import quoted, suggest

Home = tuple[DiagramFile, m.Process]
"""A process and the file that has it."""

NEAR: Final = 0.74
"""How like its name is what may be meant: many processes are called alike at the end."""

OTHERWISE: Final = "give the file that has it too, or a handler of its id in its place"


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
        for home, process in _wanted(file, call, homes, tasks):
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


def _wanted(
    file: DiagramFile,
    call: CallMet,
    homes: Mapping[str, Home],
    tasks: Mapping[str, tuple[DiagramFile, m.GlobalTask]],
) -> Iterable[Home]:
    """The processes that a call may begin; what is none is put in the call's place."""
    called = call.draft.called
    if not file.options.stand_ins.isdisjoint((call.element.id, called)):
        _stand_in(file, call)
    elif call.draft.which is not None:
        if file.options.stub:
            _pass_unless_known(file, call, call.draft.which, homes)
        return [home for home in homes.values() if home[1].is_executable]
    elif called in tasks:
        call_task(file, call, *tasks[called])
    elif called in homes:
        return (homes[called],)
    else:
        _stand_in(file, call, _nothing_to_call(called, [*homes, *tasks]))
    return ()


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
        _stand_in(file, call, Lack(codes.CALLED, what, "keep one that waits for nothing"))
    elif draft.triggered and not draft.starts:
        what = f"{quoted(process.id)}, which it calls, begins only when something happens"
        remedy = "draw a start event in it that waits for nothing"
        _stand_in(file, call, Lack(codes.CALLED, what, remedy))


def _stand_in(file: DiagramFile, call: CallMet, lacks: Lack | None = None) -> None:
    """Let Python do the work of a process that is called: it gets and gives what that would.

    It is bound by the id of the process or by what calls it; without it `lacks` is refused, and a
    stub run passes.
    """
    draft, element = call.draft, call.element
    name = draft.called if draft.which is None else ""
    draft.called, draft.which = name or element.id, None
    names = [one for one in (name, element.id, draft.name) if one]
    inside = ContainerDraft(
        id=f"{element.id}/called", name=name, node=element.id, starts=[f"{element.id}/stand-in"]
    )
    stands = NodeDraft(
        id=inside.starts[0],
        name=name or draft.name,
        kind=Kind.SERVICE_TASK,
        container=inside.id,
        work=Work(names=tuple(dict.fromkeys(names)), lacks=lacks),
        place=element.place,
        about=element.id,
    )
    file.drafts.containers.append(inside)
    file.drafts.nodes.append(stands)


def _nothing_to_call(called: str, known: Iterable[str]) -> Lack:
    """Why nothing is called, and what to do about it."""
    if not called:
        return Lack(codes.CALLED, "it does not say what it calls", "name a process")
    what = f"no file has the process {quoted(called)} that it calls"
    return Lack(codes.CALLED, what, suggest(called, known, OTHERWISE, NEAR))
