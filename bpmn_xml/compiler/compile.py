"""From models to a program: choose the processes, lower them, refuse or assemble."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from bpmn_xml import model as m
from bpmn_xml.compiler import producers
from bpmn_xml.compiler.assemble import Drafts, assemble
from bpmn_xml.compiler.codes import finding
from bpmn_xml.compiler.lowering import Lowering, lower
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import CAMUNDA7, CAMUNDA8, STANDARD, Program, ScopeRules
from bpmn_xml.errors import CheckError, Finding, Severity

PLAIN = Options()

RULES: dict[str, ScopeRules] = {rules.dialect: rules for rules in (STANDARD, CAMUNDA7, CAMUNDA8)}


def compile_models(models: Sequence[m.Definitions], options: Options = PLAIN) -> Program:
    """Compile the executable processes of some files into one program.

    Raises:
        CheckError: something cannot be run faithfully; all findings at once.
    """
    program, findings = analyse(models, options)
    if program is None:
        raise CheckError(f for f in findings if f.severity is Severity.ERROR)
    return program


def analyse(
    models: Sequence[m.Definitions], options: Options = PLAIN
) -> tuple[Program | None, list[Finding]]:
    """Compile as far as it goes: the program, if there is no error, and all findings."""
    drafts, findings, dialects = Drafts(), list[Finding](), list[str]()
    for definitions in models:
        work = Lowering(definitions=definitions, options=options, drafts=Drafts())
        for process in _chosen(definitions, options):
            lower(work, process)
        findings += [*work.findings, *join_drafts(drafts, work)]
        dialects += work.dialects
    findings += _nothing_to_run(models, options, drafts)
    findings += _unknown_choices(options, drafts)
    findings.sort(key=_order)
    if any(f.severity is Severity.ERROR for f in findings):
        return None, findings
    drafts.rules = RULES[dialects[0]] if dialects else STANDARD
    program = assemble(drafts)
    findings += producers.check(program)
    failed = any(f.severity is Severity.ERROR for f in findings)
    return None if failed else program, findings


def _chosen(definitions: m.Definitions, options: Options) -> list[m.Process]:
    """The processes to compile: the one that is named, else those marked executable.

    Where nothing is marked either way and there is but one process, it is that one.
    """
    processes = [e for e in definitions.root_elements if isinstance(e, m.Process)]
    if options.process:
        return [process for process in processes if process.id == options.process]
    executable = [process for process in processes if process.is_executable]
    if not executable and len(processes) == 1 and processes[0].is_executable is None:
        return processes
    return executable


def join_drafts(drafts: Drafts, work: Lowering) -> list[Finding]:
    """Add a file's drafts to those of other files; ids used twice get their process's id before.

    Returns:
        Findings about processes with the same id.
    """
    taken = {draft.id for draft in drafts.containers}
    taken |= {draft.id for draft in drafts.nodes} | {draft.id for draft in drafts.flows}
    own = work.drafts
    clashing = [container for container in own.containers if container.id in taken]
    faults = [
        Finding(
            code="BX125",
            place=work.definitions.place,
            id=container.id,
            message="another file has a process of this id",
            remedy="rename one of them",
        )
        for container in clashing
        if not container.node
    ]
    if taken and own.containers:
        rename(own, taken, own.containers[0].id)
    drafts.containers += own.containers
    drafts.nodes += own.nodes
    drafts.flows += own.flows
    return faults


def rename(drafts: Drafts, taken: set[str], prefix: str) -> None:
    """Put a prefix before every id that is taken, wherever it is named."""

    def new(name: str) -> str:
        return f"{prefix}:{name}" if name in taken else name

    for container in drafts.containers:
        container.node = new(container.node)
        container.id = new(container.id) if container.node else container.id
        container.starts = [new(start) for start in container.starts]
    for node in drafts.nodes:
        node.id, node.container = new(node.id), new(node.container)
        node.default, node.host = new(node.default), new(node.host)
    for flow in drafts.flows:
        flow.id, flow.container = new(flow.id), new(flow.container)
        flow.source, flow.target = new(flow.source), new(flow.target)


def _nothing_to_run(
    models: Sequence[m.Definitions], options: Options, drafts: Drafts
) -> Iterable[Finding]:
    if drafts.containers or not models:
        return
    processes = [e for d in models for e in d.root_elements if isinstance(e, m.Process)]
    ids = [process.id for process in processes]
    remedy = f"name one of {', '.join(ids)} with --process" if ids else "draw a process"
    if options.process:
        near = get_close_matches(options.process, ids, n=1)
        remedy = f"did you mean {near[0]}?" if near else remedy
        yield Finding(
            code="BX131",
            place=models[0].place,
            message=f"there is no process {options.process!r}",
            remedy=remedy,
        )
    elif processes:
        message = "no process is marked executable (isExecutable)"
        yield finding("BX130", processes[0], message, f"mark one, or {remedy}")
    else:
        yield Finding(
            code="BX130",
            place=models[0].place,
            message="there is no process in the file",
            remedy=remedy,
        )


def _unknown_choices(options: Options, drafts: Drafts) -> Iterable[Finding]:
    ids = [node.id for node in drafts.nodes]
    for gateway in options.choices:
        if drafts.nodes and gateway not in ids:
            near = get_close_matches(gateway, ids, n=1)
            yield Finding(
                code="BX112",
                message=f"--choose: there is no element {gateway!r}",
                remedy=f"did you mean {near[0]}?" if near else "name an element with choices",
            )


def _order(found: Finding) -> tuple[str, int, int, str]:
    return found.place.file, found.place.line, found.place.column, found.code
