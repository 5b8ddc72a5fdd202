"""From models to a program: choose the processes, lower them, refuse or assemble."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml.compiler import codes, gate
from bpmn_xml.compiler.assemble import assemble
from bpmn_xml.compiler.dialects.judge import judge_rest
from bpmn_xml.compiler.drafts import Drafts
from bpmn_xml.compiler.elements import producers
from bpmn_xml.compiler.elements.calls import StoodIn, lower_called, stood_in
from bpmn_xml.compiler.engine_rules import rule
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.lowering import lower
from bpmn_xml.compiler.merge import Whole, merge
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Program
from bpmn_xml.compiler.selection import check_selection, processes_to_run, with_choices_by_id
from bpmn_xml.errors import CheckError, Finding, Severity, in_order
from bpmn_xml.model.sharing import with_shared_events

PLAIN: Final = Options()
NO_PYTHON: Final = StoodIn()

APART: Final = frozenset({codes.NO_EXPRESSION, codes.VALUE, codes.LOOSE_FLOW})
"""What is wrong with a value or a flow alone: all else is compiled as it is drawn."""


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
    drafts, findings = draft(models, options)
    if _refused(findings):
        return None, findings
    program = assemble(drafts)
    findings += producers.check(program)
    return None if _refused(findings) else program, findings


def without_values(
    models: Sequence[m.Definitions], options: Options, findings: Sequence[Finding]
) -> Program | None:
    """The program without what is refused, if that is no more than values and flows.

    It has all its nodes, so that more can be told of them, but it must not run.
    """
    grave = {found.code for found in findings if found.severity is Severity.ERROR}
    return assemble(draft(models, options)[0]) if grave <= APART else None


def draft(
    models: Sequence[m.Definitions], options: Options = PLAIN
) -> tuple[Drafts, list[Finding]]:
    """Lower the processes that are run; what is refused is missing in the drafts."""
    models = [with_shared_events(definitions) for definitions in models]
    files = _lowered(models, options)
    instead = stood_in(files, options.stand_ins)
    if instead.names:
        files = _lowered(models, options, instead)
    check_selection(files, options)
    whole = Whole()
    for file in files:
        rule(file)
        merge(whole, file)
    found = sorted([one for file in files for one in file.findings], key=attrgetter("code"))
    return whole.drafts, [*in_order(found)]


def _lowered(
    models: Sequence[m.Definitions], options: Options, instead: StoodIn = NO_PYTHON
) -> list[DiagramFile]:
    """The files with what is run of them; a process whose work Python does is only if named."""
    options = with_choices_by_id(models, replace(options, stand_ins=instead.names))
    files = [DiagramFile(definitions=definitions, options=options) for definitions in models]
    runs = [(file, one) for file in files for one in processes_to_run(file.definitions, options)]
    called = {*instead.spared} - {options.process}
    own = [(file, one) for file, one in runs if one.id not in called]
    for file in () if options.alone else files:
        gate.check_extensions(file)
        judge_rest(file)
    for file, process in own or runs:
        lower(file, process)
    lower_called(files)
    return files


def _refused(findings: Sequence[Finding]) -> bool:
    return any(found.severity is Severity.ERROR for found in findings)
