"""Compile the files of a command line: warnings are printed, errors raise."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from bpmn_xml.cli.complaints import complain
from bpmn_xml.cli.loading import Loaded
from bpmn_xml.compiler.compile import analyse
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import CheckError, Severity
from bpmn_xml.model import Definitions, Process
from bpmn_xml.model.walk import processes


def compiled(
    files: Sequence[Loaded],
    options: Options,
    others: Sequence[str] = (),
) -> Program:
    """Compile files.

    Args:
        files: the files, as read.
        options: how to compile.
        others: ids of processes that are started besides the main one.

    Raises:
        CheckError: something cannot be run faithfully.
    """
    models = [file.definitions for file in files]
    known = {process.id for definitions in models for process in processes(definitions)}
    beside = known.intersection(others)
    if beside:
        wanted = beside | {options.process} if options.process else beside
        models = [marked(d, wanted, only=bool(options.process)) for d in models]
        options = msgspec.structs.replace(options, process="")
    program, findings = analyse(models, options)
    errors = [found for found in findings if found.severity is Severity.ERROR]
    if program is None or errors:
        raise CheckError(found for found in findings if found.severity is not Severity.NOTE)
    complain(found for found in findings if found.severity is Severity.WARNING)
    return program


def marked(definitions: Definitions, wanted: Collection[str], *, only: bool = True) -> Definitions:
    """The file with these processes marked executable, and, if `only`, no others."""
    elements = tuple(
        msgspec.structs.replace(
            element, is_executable=element.id in wanted or (not only and element.is_executable)
        )
        if isinstance(element, Process)
        else element
        for element in definitions.root_elements
    )
    return msgspec.structs.replace(definitions, root_elements=elements)
