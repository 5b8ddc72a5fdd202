"""What call activities call: processes of whichever file has them (10.3.6), or Python instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.elements.data.called import call_as_stated
from bpmn_xml.compiler.elements.global_tasks import GLOBAL, call_task, put_inside
from bpmn_xml.compiler.file import CallMet, DiagramFile
from bpmn_xml.compiler.lowering import lower
from bpmn_xml.compiler.program import Kind, Lack, Work
from bpmn_xml.compiler.program.scoping import NOBODY, Computed
from bpmn_xml.compiler.starts import is_plain
from bpmn_xml.compiler.words import not_run
from bpmn_xml.model.walk import processes
from bpmn_xml.wording import quoted, suggest

Home = tuple[DiagramFile, m.Process]
"""A process and the file that has it."""


class StoodIn(NamedTuple):
    """The names by which Python stands in for what is called, and the processes that it spares."""

    names: frozenset[str] = frozenset()
    spared: Collection[str] = ()


NEAR: Final = 0.74
"""How like its name is what may be meant: many processes are called alike at the end."""

OTHERWISE: Final = "give the file that has it too, or a handler of its id in its place"


UNKNOWN: Final = m.Process(id="")
"""A process of which nothing is known yet: its data has the names that its call gives."""


def lower_called(files: Sequence[DiagramFile]) -> None:
    """Add the processes that call activities call, and those that these call.

    Where an expression says which, it may be every process that is marked executable.
    """
    calls = [(file, call) for file in files for call in file.calls]
    if not calls:
        return
    tasks = {
        root.id: (file, root)
        for file in files
        for root in file.definitions.root_elements
        if isinstance(root, m.GlobalTask)
    }
    homes = {p.id: (file, p) for file in files for p in processes(file.definitions)}
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
                _pass_as_stated(file, call, home, process)
        if call.draft.which is not None:
            _pass_as_stated(file, call, file, UNKNOWN)


def _wanted(
    file: DiagramFile,
    call: CallMet,
    homes: Mapping[str, Home],
    tasks: Mapping[str, tuple[DiagramFile, m.GlobalTask]],
) -> Iterable[Home]:
    """The processes that a call may begin; what is none is put in the call's place."""
    called = call.draft.called
    if not file.options.stand_ins.isdisjoint(_names(call)):
        _stand_in(file, call, homes)
    elif call.draft.which is not None:
        if file.options.stub:
            _pass_unless_known(file, call, call.draft.which, homes)
        return [home for home in homes.values() if home[1].is_executable]
    elif called in tasks:
        call_task(file, call, *tasks[called])
    elif called in homes:
        return (homes[called],)
    else:
        _stand_in(file, call, homes, _nothing_to_call(file, called, [*homes, *tasks]))
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
        lacks = Lack(codes.CALLED, what, "keep one that waits for nothing")
        _stand_in(file, call, {process.id: (home, process)}, lacks)
    elif draft.triggered and not draft.starts:
        what = f"{quoted(process.id)}, which it calls, begins only when something happens"
        remedy = "draw a start event in it that waits for nothing"
        lacks = Lack(codes.CALLED, what, remedy)
        _stand_in(file, call, {process.id: (home, process)}, lacks)


def _pass_as_stated(file: DiagramFile, call: CallMet, home: DiagramFile, called: m.Process) -> None:
    """Pass by the standard's words what no vendor's words pass."""
    call.draft.call = call.draft.call or call_as_stated(file, call, home, called)


def _names(call: CallMet) -> tuple[str, ...]:
    """By which names Python stands in for what is called: its id, and what calls it."""
    draft, element = call.draft, call.element
    names = (draft.called if draft.which is None else "", element.id, draft.name)
    return tuple(dict.fromkeys(filter(None, names)))


def _stand_in(
    file: DiagramFile, call: CallMet, homes: Mapping[str, Home], lacks: Lack | None = None
) -> None:
    """Let Python do the work of a process that is called: it gets and gives what that would.

    It is bound by the id of the process or by what calls it; without it `lacks` is refused, and a
    stub run passes.
    """
    draft, element, names = call.draft, call.element, _names(call)
    name = draft.called if draft.which is None else ""
    draft.called, draft.which = name or element.id, None
    _pass_as_stated(file, call, *homes.get(name, (file, m.Process(id=name))))
    put_inside(file, call, Kind.SERVICE_TASK, Work(names=names, lacks=lacks))


def stood_in(files: Sequence[DiagramFile], given: Collection[str]) -> StoodIn:
    """What Python stands in for, of the names under which it is given.

    A name that a task's work has is that of the task.
    """
    drafts = [draft for file in files for draft in file.drafts.nodes if draft.work is not None]
    tasks = [one.bound_by for one in drafts if one.kind in GLOBAL or not one.is_stand_in]
    names = frozenset(given).difference(*tasks)
    calls = [call for file in files for call in file.calls]
    instead = [call for call in calls if not names.isdisjoint(_names(call))]
    called = {one.draft.called for one in instead if one.draft.container != one.draft.called}
    return StoodIn(names.intersection(chain(*map(_names, instead))), called)


def _nothing_to_call(file: DiagramFile, called: str, known: Iterable[str]) -> Lack:
    """Why nothing is called, and what to do about it."""
    if not called:
        return Lack(codes.CALLED, "it does not say what it calls", "name a process")
    if (instead := not_run(file.roots.get(called))) is not None:
        what = f"{quoted(called)}, which it calls, is {instead[0]}, not a process"
        return Lack(codes.CALLED, what, instead[1])
    what = f"no file has the process {quoted(called)} that it calls"
    return Lack(codes.CALLED, what, suggest(called, known, OTHERWISE, NEAR))
