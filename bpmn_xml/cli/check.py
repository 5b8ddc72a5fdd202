"""Print what is wrong with diagrams, for people or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any, Final

from bpmn_xml.cli import loading
from bpmn_xml.cli.complaints import complain
from bpmn_xml.cli.outcomes import Exit
from bpmn_xml.cli.words import amount
from bpmn_xml.errors import Finding

DESCRIPTION: Final = """Read diagrams, compile them, look for their Python; run nothing.

The exit code is 0 if there is no error, else 1.
"""

EXAMPLES: Final = """  bpmn-xml check order.bpmn
  bpmn-xml check --json *.bpmn
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be given."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a .bpmn or .conf")
    parser.add_argument(
        "--json",
        action="store_true",
        help="a list of objects: file, code, severity, line, column, id, name, message, remedy",
    )
    loading.add_compiling(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Check every file."""
    from bpmn_xml.check.checking import check_files, failed

    files = list(dict.fromkeys(arguments.files))
    findings = check_files(
        files,
        options=loading.options_of(arguments),
        **loading.bindings_of(arguments),
    )
    if arguments.json:
        print(as_json(findings))
    else:
        complain(findings, sys.stdout)
        if not findings:
            print(f"{amount(len(files), 'file')}, no findings")
    return Exit.FAILED if failed(findings) else Exit.COMPLETED


def as_json(findings: Sequence[Finding]) -> str:
    """Write findings as a list of objects."""
    return json.dumps([_plain(finding) for finding in findings], indent=2)


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.place.file,
        "code": finding.code,
        "severity": str(finding.severity),
        "line": finding.place.line,
        "column": finding.place.column,
        "id": finding.id,
        "name": finding.name,
        "message": finding.message,
        "remedy": finding.remedy,
    }
