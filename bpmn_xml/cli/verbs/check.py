"""Read diagrams, compile them and look for their Python: say what is wrong, run nothing."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Final

from bpmn_xml.check import check_files
from bpmn_xml.cli import outcomes
from bpmn_xml.cli.binding import add_binding_arguments, sources_of
from bpmn_xml.cli.compiling import add_compiling_arguments, options_of
from bpmn_xml.cli.messages import say, show_findings
from bpmn_xml.errors import Finding, Severity

EXAMPLE: Final = "bpmn-xml check order.bpmn --json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which options there are."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a .bpmn or .conf file")
    parser.add_argument("--json", action="store_true", help="print a list of findings as JSON")
    add_compiling_arguments(parser)
    add_binding_arguments(parser)


def execute(asked: argparse.Namespace) -> int:
    """Check; 1 if there are errors."""
    findings = check_files(asked.files, options_of(asked), sources_of(asked))
    if asked.json:
        json.dump([as_json(found) for found in findings], sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        show_findings(findings)
        say(summary(findings))
    failed = any(found.severity is Severity.ERROR for found in findings)
    return outcomes.FAILED if failed else outcomes.COMPLETED


def summary(findings: list[Finding]) -> str:
    """How many findings of each kind there are.

    >>> summary([])
    'no findings'
    """
    counts = dict.fromkeys(Severity, 0)
    for found in findings:
        counts[found.severity] += 1
    told = [f"{n} {severity}{'s' * (n > 1)}" for severity, n in counts.items() if n]
    return ", ".join(told) or "no findings"


def as_json(found: Finding) -> dict[str, object]:
    """A finding as the keys and values that are promised."""
    return {
        "file": found.place.file,
        "code": found.code,
        "severity": str(found.severity),
        "line": found.place.line,
        "column": found.place.column,
        "id": found.id,
        "name": found.name,
        "message": found.message,
        "remedy": found.remedy,
    }
