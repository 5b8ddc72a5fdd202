"""Which processes of the files are run, and what is the matter if that leaves none."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.elements.conditions import CHOOSING
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.words import not_run
from bpmn_xml.model.walk import homes, message_flows, processes, walk
from bpmn_xml.reach import reachable
from bpmn_xml.wording import listed, on_one_line, quoted, suggest


def processes_to_run(definitions: m.Definitions, options: Options) -> list[m.Process]:
    """The processes to compile: the one that is named, else those marked executable.

    With one that is named come, unless it is `alone`, the executable ones to which it sends
    messages, as these begin them (9.4). Beside pools one that stands in none is not begun, only
    called (9).

    Where nothing is marked either way and something is drawn in one process alone, it is that
    one; a stub run takes it, too, where it is marked as not executable, as modelers write it.
    """
    known = processes(definitions)
    if options.process:
        named = options.process
        heard = {named} if options.alone else _heard(definitions, named)
        return [process for process in known if process.id in heard]
    executable = [process for process in known if process.is_executable]
    pooled = _in_pools(definitions)
    if any(process.id in pooled for process in executable):
        executable = [process for process in executable if process.id in pooled]
    drawn = [process for process in known if process.flow_elements] or known
    if not executable and len(drawn) == 1 and (options.stub or drawn[0].is_executable is None):
        return list(drawn)
    return executable


def _heard(definitions: m.Definitions, named: str) -> set[str]:
    """The ids of a process and of all executable ones to which message flows lead from it."""
    between = message_flows(definitions)
    if not between:
        return {named}
    onward: dict[str, list[str]] = {p.id: [] for p in processes(definitions) if p.is_executable}
    onward.setdefault(named, [])
    home = homes(definitions)
    for flow in between:
        source, target = home.get(flow.source_ref, ""), home.get(flow.target_ref, "")
        if source in onward and target in onward:
            onward[source].append(target)
    return reachable([named], onward.__getitem__)


def _in_pools(definitions: m.Definitions) -> set[str | None]:
    """The processes that are somebody's, where pools are drawn."""
    roots = [root for root in definitions.root_elements if isinstance(root, m.Collaboration)]
    return {pool.process_ref for root in roots for pool in root.participants}


def with_choices_by_id(models: Sequence[m.Definitions], options: Options) -> Options:
    """The options, with choices by id: of an element that has that id, else of all so called."""
    if not options.choices:
        return options
    known = [one for model in models for one, _ in walk(model) if isinstance(one, m.FlowNode)]
    ids = {node.id for node in known}
    found = {name: way for name, way in options.choices.items() if name in ids}
    for node in known:
        name = on_one_line(node.name or "")
        if name in options.choices and name not in ids:
            found.setdefault(node.id, options.choices[name])
    return replace(options, choices=found)


def check_selection(files: Sequence[DiagramFile], options: Options) -> None:
    """Report files that add nothing, and names that are nowhere."""
    used = [file for file in files if file.claimed]
    if options.process and files and not used:
        _no_such_process(files, options.process)
    elif not options.process:
        for file in files:
            if not used:
                _nothing_to_run(file)
            elif not file.claimed:
                file.remark(codes.LEFT_OUT, "no process in it is run", "")
    if used:
        _check_choices(used, options)


def _no_such_process(files: Sequence[DiagramFile], named: str) -> None:
    ids = [process.id for file in files for process in processes(file.definitions)]
    known = f"name {listed(ids, 'or')}" if ids else "draw a process"
    what = f"there is no process {quoted(named)}"
    files[0].remark(codes.NO_PROCESS, what, suggest(named, ids, known))


def _nothing_to_run(file: DiagramFile) -> None:
    known = processes(file.definitions)
    if not known:
        _no_process(file)
        return
    which = "the process is not" if len(known) == 1 else f"none of its {len(known)} processes is"
    ways = listed([f"--process {shlex.quote(process.id)}" for process in known], "or")
    remedy = f'set isExecutable="true", or name one to run: {ways}'
    file.report(codes.NOTHING, known[0], f"{which} marked executable", remedy)


def _no_process(file: DiagramFile) -> None:
    """Say that there is no process, and what is drawn instead."""
    roots = file.definitions.root_elements
    drawn = next(((root, found) for root in roots if (found := not_run(root)) is not None), None)
    foreign = [(one.namespace, one.name) for one in file.definitions.foreign_elements]
    if ("", "process") in foreign:
        file.remark(codes.NOTHING, "its process is in no namespace", "put it into that of BPMN")
    elif drawn is not None:
        root, (kind, remedy) = drawn
        file.report(codes.NOTHING, root, f"there is no process in it, only {kind}", remedy)
    else:
        file.remark(codes.NOTHING, "there is no process in it", "draw a process")


def _check_choices(files: Sequence[DiagramFile], options: Options) -> None:
    """Report choices that name no element of what is run, or several."""
    claimed = [element for file in files for element in file.claimed.values()]
    nodes = [element for element in claimed if isinstance(element, m.FlowNode)]
    ways = Counter(flow.source_ref for flow in claimed if isinstance(flow, m.SequenceFlow))
    called: dict[str, list[str]] = {node.id: [node.id] for node in nodes}
    for node in nodes:
        name = on_one_line(node.name or "")
        if name and called.get(name) != [name]:
            called.setdefault(name, []).append(node.id)
    splits = [called_so(one) for one in nodes if isinstance(one, CHOOSING) and ways[one.id] > 1]
    known = f"name {listed(splits, 'or')}" if splits else "name a gateway of a process that is run"
    for name in options.choices:
        found = [one for one in called.get(name, []) if one in files[0].options.choices]
        if not found:
            what = f"--choose: there is no element {quoted(name)} in what is run"
            files[0].remark(codes.CHOICE, what, suggest(name, called, known))
        elif found[1:]:
            what = f"--choose: {len(found)} elements are called {quoted(name)}"
            files[0].remark(codes.CHOICE, what, f"name {listed(found, 'or')}")


def called_so(node: m.FlowNode) -> str:
    """An element's id, and its name if it has one."""
    return f"{node.id} ({quoted(node.name)})" if node.name else node.id
