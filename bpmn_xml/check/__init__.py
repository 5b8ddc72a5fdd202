"""Know before you run: everything that is found out about a diagram without running it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bpmn_xml.compiler import Options, analyse
from bpmn_xml.errors import BpmnXmlError, Finding, FindingsError, Place
from bpmn_xml.formats import read_with_findings
from bpmn_xml.model import Definitions

UNREADABLE = "BX001"
"""A file that cannot be opened, or in a format that nobody knows."""


def check_files(
    files: Iterable[str], options: Options, sources: Mapping[str, Any]
) -> list[Finding]:
    """Read, compile and bind; all findings, file by file.

    Args:
        files: paths. Each file is checked with the others, which it may call.
        options: what may be assumed.
        sources: where Python may come from, as options of an engine.
    """
    findings: list[Finding] = []
    models: list[Definitions] = []
    for file in files:
        try:
            definitions, remarks = read_with_findings(file)
        except FindingsError as error:
            findings += error.findings
        except BpmnXmlError as error:
            findings.append(Finding(code=UNREADABLE, place=Place(file), message=str(error)))
        else:
            models.append(definitions)
            findings += remarks
    if models:
        findings += check(models, options, sources)
    return findings


def check(models: list[Definitions], options: Options, sources: Mapping[str, Any]) -> list[Finding]:
    """Compile and bind: what is found in models that could be read."""
    program, findings = analyse(models, options)
    if program is None:
        return findings
    from bpmn_xml.runtime import Engine

    try:
        Engine(models, options=options, workers=0, **sources).stop()
    except FindingsError as error:
        findings += error.findings
    return findings
