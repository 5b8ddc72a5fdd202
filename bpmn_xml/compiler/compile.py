"""From models to a program: choose the processes, lower them, refuse or assemble."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler import codes, gate, producers
from bpmn_xml.compiler.assemble import assemble
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.lowering import lower
from bpmn_xml.compiler.merge import Whole, merge
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import CAMUNDA7, CAMUNDA8, STANDARD, Program, ScopeRules
from bpmn_xml.compiler.words import listed, quoted, suggest
from bpmn_xml.errors import CheckError, Finding, Place, Severity
from bpmn_xml.model.walk import processes

PLAIN: Final = Options()

RULES: Final[dict[str, ScopeRules]] = {r.dialect: r for r in (STANDARD, CAMUNDA7, CAMUNDA8)}
ENGINES: Final = {"camunda7": "Camunda 7", "camunda8": "Camunda 8"}
MODELER: Final = "http://camunda.org/schema/modeler/1.0"
PLATFORMS: Final = {"Camunda Platform": "camunda7", "Camunda Cloud": "camunda8"}
"""What the Camunda Modeler calls the engine that a file is drawn for."""


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
    whole, findings = Whole(), list[Finding]()
    files = [DiagramFile(definitions=definitions, options=options) for definitions in models]
    for file in files:
        gate.check_extensions(file)
        for process in chosen(file.definitions, options):
            lower(file, process)
    _lower_called(files)
    for file in files:
        merge(whole, file)
    findings += [found for file in files for found in file.findings]
    dialects = [dialect_of(file) for file in files]
    findings += [*_unused(files), *_unknown(files), *_mixed(files, dialects)]
    findings.sort(key=_order)
    if any(found.severity is Severity.ERROR for found in findings):
        return None, findings
    whole.drafts.rules = rules_of(dialects)
    program = assemble(whole.drafts)
    findings += producers.check(program)
    failed = any(found.severity is Severity.ERROR for found in findings)
    return None if failed else program, findings


def _lower_called(files: Sequence[DiagramFile]) -> None:
    """Add the processes that call activities call, from whichever file has them."""
    homes = {p.id: (file, p) for file in files for p in processes(file.definitions)}
    calls = [(file, *call) for file in files for call in file.calls]
    for file, call, name in calls:
        if name not in homes:
            what = f"no file has the process {quoted(name)} that it calls"
            remedy = suggest(name, homes, "give the file that has it too")
            file.report(codes.CALLED, call, what, remedy)
            continue
        home, process = homes[name]
        if process.id not in home.claimed:
            met = len(home.calls)
            lower(home, process)
            calls += [(home, *found) for found in home.calls[met:]]


def chosen(definitions: m.Definitions, options: Options) -> list[m.Process]:
    """The processes to compile: the one that is named, else those marked executable.

    Where nothing is marked either way and there is but one process, it is that one.
    """
    known = processes(definitions)
    if options.process:
        return [process for process in known if process.id == options.process]
    executable = [process for process in known if process.is_executable]
    if not executable and len(known) == 1 and known[0].is_executable is None:
        return list(known)
    return executable


def _unused(files: Sequence[DiagramFile]) -> Iterable[Finding]:
    """What is the matter with files of which no process is run."""
    named = files[0].options.process if files else ""
    if any(file.claimed for file in files):
        for file in files if not named else ():
            if not file.claimed:
                yield _about(file, codes.LEFT_OUT, "no process in it is run", "")
    elif named:
        yield _no_such_process(files, named)
    else:
        yield from map(_nothing_to_run, files)


def _no_such_process(files: Sequence[DiagramFile], named: str) -> Finding:
    ids = [process.id for file in files for process in processes(file.definitions)]
    known = f"name {listed(ids, 'or')}" if ids else "draw a process"
    what = f"there is no process {quoted(named)}"
    return _about(files[0], codes.NO_PROCESS, what, suggest(named, ids, known))


def _nothing_to_run(file: DiagramFile) -> Finding:
    known = processes(file.definitions)
    if not known:
        return _about(file, codes.NOTHING, "there is no process in it", "draw a process")
    which = "the process is not" if len(known) == 1 else f"none of its {len(known)} processes is"
    options = listed([f"--process {shlex.quote(process.id)}" for process in known], "or")
    remedy = f'set isExecutable="true", or name one to run: {options}'
    return codes.finding(codes.NOTHING, known[0], f"{which} marked executable", remedy)


def _unknown(files: Sequence[DiagramFile]) -> Iterable[Finding]:
    """Choices that name nothing of what is run."""
    nodes = {name: e for f in files for name, e in f.claimed.items() if isinstance(e, m.FlowNode)}
    if not nodes:
        return
    for name in files[0].options.choices:
        if name not in nodes:
            what = f"--choose: there is no element {quoted(name)} in what is run"
            remedy = suggest(name, nodes, "name a gateway of a process that is run")
            yield _about(files[0], codes.CHOICE, what, remedy)


def dialect_of(file: DiagramFile) -> str:
    """For which engine a file is drawn: its modeler's word, else the vendor met most often.

    A file that uses no vendor's words is drawn for none.
    """
    met = Counter(file.dialects)
    platform = file.definitions.extension_attribute(MODELER, "executionPlatform") or ""
    named = PLATFORMS.get(platform, "")
    return named if named in met else next((d for d, _ in met.most_common(1)), STANDARD.dialect)


def _mixed(files: Sequence[DiagramFile], dialects: Sequence[str]) -> Iterable[Finding]:
    """A warning where files for different engines become one program."""
    for file, dialect in zip(files, dialects, strict=True):
        if dialect not in {STANDARD.dialect, rules_of(dialects).dialect}:
            ours, other = ENGINES[rules_of(dialects).dialect], ENGINES[dialect]
            what = f"it is drawn for {other}, but data and errors follow the rules of {ours}"
            yield _about(file, codes.DIALECTS, what, "run the files apart")


def rules_of(dialects: Sequence[str]) -> ScopeRules:
    """The rules of the first file that is drawn for an engine."""
    return next((RULES[d] for d in dialects if d != STANDARD.dialect), STANDARD)


def _about(file: DiagramFile, code: str, message: str, remedy: str) -> Finding:
    """A finding about a file as a whole."""
    place = Place(file.definitions.place.file)
    severity = codes.severity(code)
    return Finding(code=code, severity=severity, place=place, message=message, remedy=remedy)


def _order(found: Finding) -> tuple[str, int, int, str]:
    return found.place.file, found.place.line, found.place.column, found.code
