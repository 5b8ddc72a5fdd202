"""Collect the findings of every stage: of reading, of the gate, of binding, sorted by place.

A stage is only entered when the one before found no error; nothing is ever raised for what is
wrong with a diagram or its file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypedDict, Unpack

from bpmn_xml.compiler.compile import analyse
from bpmn_xml.compiler.options import Options
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import (
    BpmnXmlError,
    Finding,
    FindingsError,
    Place,
    ReadError,
    Severity,
    UsageError,
)
from bpmn_xml.formats import read_with_findings
from bpmn_xml.model import CallActivity, Definitions
from bpmn_xml.model.walk import processes, walk

UNREADABLE: Final = "BX403"
"""The code of what is no file, cannot be read, or has a format that nobody knows."""

_BINDING: Final = ("options", "folders", "allow_imports", "bindings", "modules")
"""The options that an engine needs too."""

Source = str | os.PathLike[str] | bytes | Definitions


class CheckOptions(TypedDict, total=False):
    """What a check may assume.

    Attributes:
        options: as for the compiler.
        folders: from whose modules handlers may be imported, beside that of the file.
        allow_imports: installed modules that the diagram may name.
        bindings: a table of names, or the path of a binding file.
        modules: modules to import for their `@task` functions.
        others: further files, whose processes may be called.
    """

    options: Options
    folders: Sequence[Path | str]
    allow_imports: Sequence[str]
    bindings: Mapping[str, str] | Path | str
    modules: Sequence[str]
    others: Sequence[Definitions]


def check(
    source: Source, handlers: object = None, **options: Unpack[CheckOptions]
) -> tuple[Finding, ...]:
    """Find all that is wrong with a diagram, and all that is doubtful.

    Args:
        source: a path, the bytes of a file, or what `read` gave.
        handlers: what does the tasks' work, as for an engine.
        options: see `CheckOptions`.

    Returns:
        The findings in the order of the file.
    """
    definitions, findings = _read(source)
    if definitions is None:
        return findings
    program, more = analyse(
        [definitions, *options.get("others", ())], options.get("options", Options())
    )
    findings += tuple(more)
    if program is not None:
        findings += _unbound(program, definitions, handlers, options)
    return tuple(sorted(dict.fromkeys(findings), key=_order))


def _read(source: Source) -> tuple[Definitions | None, tuple[Finding, ...]]:
    """The model, if there is one, and the findings of reading."""
    if isinstance(source, Definitions):
        return source, ()
    try:
        return read_with_findings(source)
    except ReadError as error:
        return None, error.findings
    except BpmnXmlError as error:
        name = "" if isinstance(source, bytes) else os.fspath(source)
        return None, (refusal(name, error),)


def refusal(name: str, error: BpmnXmlError) -> Finding:
    """Make a finding of what keeps a file from being read at all."""
    remedy = (
        error.remedy if isinstance(error, UsageError) else "see that it is there and may be read"
    )
    message = str(error).removesuffix(f": {remedy}").removeprefix(f"{name}: ")
    return Finding(code=UNREADABLE, place=Place(name), message=message, remedy=remedy)


def _unbound(
    program: Program, definitions: Definitions, handlers: object, options: CheckOptions
) -> tuple[Finding, ...]:
    from bpmn_xml.check.beside import engine_beside

    known: Mapping[str, Any] = options
    binding: Any = {key: known[key] for key in _BINDING if key in known}
    file = Path(definitions.place.file)
    files = [file] if definitions.place.file and file.is_file() else []
    try:
        engine_beside(program, files, handlers, workers=0, **binding).stop()
    except FindingsError as error:
        return error.findings
    return ()


def check_files(
    paths: Sequence[str], handlers: object = None, **options: Unpack[CheckOptions]
) -> tuple[Finding, ...]:
    """Check several files; each may call the processes of the others.

    Returns:
        The findings, file after file.
    """
    read = {path: _read(path) for path in paths}
    models = {path: found for path, (found, _) in read.items() if found is not None}
    findings: list[Finding] = []
    for path, (_, faults) in read.items():
        if path not in models:
            findings += faults
            continue
        called = _called(models[path], [m for other, m in models.items() if other != path])
        options["others"] = called
        own = check(models[path], handlers, **options)
        findings += sorted([*faults, *(f for f in own if f.place.file in ("", path))], key=_order)
    return tuple(dict.fromkeys(findings))


def _called(definitions: Definitions, others: Sequence[Definitions]) -> list[Definitions]:
    """The other files whose processes a file calls, directly or not; not what it has itself."""
    found: list[Definitions] = []
    waiting = [definitions]
    known = {process.id for process in processes(definitions)}
    while waiting:
        calls = {
            element.called_element
            for element, _ in walk(waiting.pop())
            if isinstance(element, CallActivity)
        }
        for other in others:
            ids = {process.id for process in processes(other)}
            if ids & calls and not ids & known:
                known |= ids
                found.append(other)
                waiting.append(other)
    return found


def failed(findings: Iterable[Finding]) -> bool:
    """Tell whether there is an error among findings."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return place.file, place.line, place.column, finding.code, finding.id
